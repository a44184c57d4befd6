using System.Text.Json.Nodes;
using BotDispatch.Core;
using BotDispatch.Simulator;
using BotDispatch.Storage;

namespace BotDispatch.Tests.Flows;

/// <summary>What must hold of every order that the pretend Routee saw, whatever hung or broke.</summary>
internal static class Orders
{
    /// <summary>
    /// Every order came while its dispatch was at this very call: not before the call was begun, not after the dispatch was closed, and not after the attempt was given up.
    /// And no number rang twice at once.
    /// </summary>
    public static async Task ShouldAllHaveBeenWantedAsync(this World world, DispatchId id)
    {
        var events = await world.App.Get<DispatchStore>().EventsAfterAsync(id, 0, default);
        foreach (var order in Of(world))
        {
            var attempt = AttemptOf(order.Body);
            var state = DispatchState.Initial;
            var wanted = false;
            for (var next = 0; next < events.Length; next++)
            {
                state = Evolution.Evolve(state, events[next].Happened);
                // Of what happened at the same moment, the order may have come in between.
                wanted |= events[next].At <= order.At && (next + 1 == events.Length || events[next + 1].At >= order.At) && state.Phase is Phase.Calling(var current) && current == attempt;
            }
            wanted.ShouldBeTrue($"the order for {attempt} at {order.At:T} came when the dispatch was not at that call: {string.Join(", ", events.Select(each => $"{each.At:T} {each.Happened.GetType().Name}"))}");
        }
        foreach (var calls in world.Routee.Calls.GroupBy(call => call.To))
            foreach (var (earlier, later) in calls.Zip(calls.Skip(1)))
                (earlier.EndedAt <= later.PlacedAt).ShouldBeTrue($"{earlier.PlacedAt:T} to {earlier.EndedAt:T} and {later.PlacedAt:T}: one number rang twice at once");
    }

    public static IReadOnlyList<RecordedRequest> Of(World world) => [.. world.Routee.Requests.Where(request => request is { Method: "POST", Path: "/voice/conversation" })];

    static AttemptId AttemptOf(string body) =>
        AttemptId.Parse(new Uri(JsonNode.Parse(body)!["callback"]!["url"]!.ToString()).Segments[2].Split('.')[0], null);
}
