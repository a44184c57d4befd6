using BotDispatch.PretendSlack.Delivery;
using BotDispatch.PretendSlack.State;
using BotDispatch.Simulator;

namespace BotDispatch.Tests.Flows.Slack;

/// <summary>Two workspaces by OAuth share one process: neither knows of the other's dispatches.</summary>
public sealed class SlackTenantTests
{
    [Fact]
    public async Task A_press_from_another_workspace_does_nothing_and_says_nothing_of_the_dispatch()
    {
        await using var world = await SlackTelling.BeginAsync(byOAuth: true);
        var other = world.Slack.AddWorkspace("T0OTHER", "Other");
        other.AddPerson(new() { Id = "U0EVE", Team = other.Id, Name = "eve", RealName = "Eve Else", Email = "ann.lee@example.com" });
        var theirs = other.AddChannel("C0THEIRS", "theirs").With("U0EVE");
        await world.InstallAsync(world.Team, "U0DANA");
        await world.InstallAsync(other, "U0EVE");
        world.World.Phone("marcus.reed").Script = new PersonScript.NeverAnswers();
        var card = await world.DispatchAsync("/dispatch INC-1042", "Marcus Reed", "Ann Lee");
        await world.World.PassAsync(5);
        var eve = world.Slack.User("U0EVE");
        var events = await SlackTelling.CountAsync(world, "SELECT COUNT(*) FROM dispatch_events");

        foreach (var label in card.Buttons)
        {
            // The same button under a message of their own: only the id in it is another's.
            var press = world.Slack.Locked(() =>
            {
                var (block, button) = Elements.Find(card.Blocks, "button").Single(each => Elements.Label(each.Element) == label);
                var copy = new Message { Channel = theirs, Ts = card.Ts, User = other.BotUserId, Blocks = card.Blocks!.DeepClone().AsArray() };
                return Payloads.InMessage(world.Slack, eve, copy, Payloads.Press(world.Slack, block, button));
            });
            (await world.Slack.Courier.InteractAsync(press)).WasAccepted.ShouldBeTrue();
            await world.SettleAsync();
        }
        foreach (var typed in (string[])["status INC-1042", "cancel INC-1042", "done INC-1042", "list", "status", "INC-1042"])
        {
            await eve.TypeAsync("/dispatch " + typed, theirs);
            await world.SettleAsync();
        }
        await eve.OpenHomeAsync();
        await world.World.PassAsync(5);

        (await SlackTelling.CountAsync(world, "SELECT COUNT(*) FROM dispatch_events")).ShouldBe(events);
        string[] seen = [.. eve.Ephemerals.Select(each => each.Words), eve.Dialog?.Words ?? "", eve.Home?.Words ?? ""];
        eve.Ephemerals.Count.ShouldBeGreaterThanOrEqualTo(card.Buttons.Count + 5);
        foreach (var secret in (string[])["Dana", "Lift 2", "Marcus Reed, ", "Calling", "attempt", "C0OPS", card.Ts])
            seen.ShouldAllBe(words => !words.Contains(secret, StringComparison.Ordinal), $"'{secret}' in {string.Join(" | ", seen)}");
        theirs.Messages.ShouldBeEmpty();
        card.Words.ShouldContain("Calling");
    }
}
