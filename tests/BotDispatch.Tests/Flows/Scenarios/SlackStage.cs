using System.Text.RegularExpressions;
using BotDispatch.PretendSlack.Driver;
using BotDispatch.PretendSlack.State;
using BotDispatch.Tests.Flows.Slack;

namespace BotDispatch.Tests.Flows.Scenarios;

/// <summary>A channel of Slack.</summary>
internal sealed partial class SlackStage(SlackWorld world) : IStage
{
    const string Dana = "Dana Dispatcher";

    public World World => world.World;

    public async Task TypeAsync(string command) => await world.OpenAsync(world.Dana, command);

    public async Task PickAsync(params string[] people)
    {
        await world.Dana.PickAsync(world.Dana.Dialog!, "people", people);
        await world.SettleAsync();
    }

    public async Task SendAsync()
    {
        (await world.Dana.SubmitAsync(world.Dana.Dialog.ShouldNotBeNull())).ShouldBeOfType<Submitted.Closed>();
        await world.SettleAsync();
    }

    public Task PressAsync(Actor who, string button) => world.PressAsync(who is Actor.Dana ? world.Dana : world.Priya, Message, button);

    public IReadOnlyList<string> Thread => [.. SlackTelling.LinesOf(Message).Select(line => Stages.Bare(line, Dana))];

    public (string Status, string Headline) Card
    {
        get
        {
            var lines = SlackWorld.Read(Message.Words).Split('\n');
            return (Stages.Bare(lines[0].Split(" · ")[0], Dana), Stages.Bare(Strong().Match(lines[1]).Groups[1].Value, Dana));
        }
    }

    public IReadOnlyList<string> Buttons => world.Ops.Roots.Any(each => each.IsFromBot) ? Message.Buttons : [];

    public IReadOnlyList<string> PrivateMessagesTo(Actor who) => [.. (who is Actor.Dana ? world.Dana : world.Priya).Ephemerals.Select(each => Stages.Bare(SlackWorld.Read(each.Words), Dana))];

    public IReadOnlyList<string> Complaints => [.. world.Slack.Complaints.Select(each => each.During)];

    public ValueTask DisposeAsync() => world.DisposeAsync();

    Message Message => world.Card;

    [GeneratedRegex(@"^\*(.+?)\*")]
    private static partial Regex Strong();
}
