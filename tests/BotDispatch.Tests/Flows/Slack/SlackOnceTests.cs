using System.Text.Json.Nodes;
using BotDispatch.PretendSlack.Delivery;
using BotDispatch.PretendSlack.Driver;
using BotDispatch.PretendSlack.State;
using BotDispatch.Simulator;

namespace BotDispatch.Tests.Flows.Slack;

/// <summary>A delivery, a press or an event that comes twice is decided once.</summary>
public sealed class SlackOnceTests
{
    [Fact]
    public async Task A_dialog_that_is_sent_twice_at_once_begins_one_dispatch()
    {
        await using var world = await SlackTelling.BeginAsync();
        var dialog = await world.OpenAsync(world.Dana, "/dispatch INC-1042");
        await world.Dana.PickAsync(dialog, "people", "Marcus Reed", "Ann Lee");
        await world.SettleAsync();

        var payload = world.Slack.Locked(() => Payloads.Submission(world.Slack, world.Dana, dialog).DeepClone().AsObject());
        var answers = await Task.WhenAll(world.Slack.Courier.InteractAsync(payload), world.Slack.Courier.InteractAsync(payload));
        answers.ShouldAllBe(answer => answer.WasAccepted && answer.IsEmpty);
        await world.RestartAsync();
        var late = await world.Slack.Courier.InteractAsync(payload);
        late.IsEmpty.ShouldBeTrue(late.Body);
        await world.World.PassUntilAsync(() => Task.FromResult(world.Ops.Roots.Any(each => each.IsFromBot)));
        await world.ToTheEndAsync(world.Card);

        world.Ops.Roots.ShouldHaveSingleItem();
        SlackTelling.LinesOf(world.Card).ShouldBe(SlackTelling.ExpectedLines);
        (await SlackTelling.CountAsync(world, "SELECT COUNT(*) FROM dispatches")).ShouldBe(1);
        world.World.CallsTo("ann.lee").ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Two_dialogs_for_one_ticket_that_are_sent_at_once_begin_one_dispatch()
    {
        await using var world = await SlackTelling.BeginAsync();
        var first = await world.OpenAsync(world.Dana, "/dispatch INC-1042");
        var second = await world.OpenAsync(world.Priya, "/dispatch INC-1042");
        await world.Dana.PickAsync(first, "people", "Ann Lee");
        await world.Priya.PickAsync(second, "people", "Ann Lee");
        await world.SettleAsync();
        var came = await Task.WhenAll(world.Dana.SubmitAsync(world.Dana.Dialog!), world.Priya.SubmitAsync(world.Priya.Dialog!));
        await world.World.PassAsync(5);

        came.Count(each => each is Submitted.Closed).ShouldBe(1);
        SlackWorld.Read(came.OfType<Submitted.Updated>().ShouldHaveSingleItem().View.Words).ShouldContain("INC-1042");
        world.Ops.Roots.ShouldHaveSingleItem();
        world.World.CallsTo("ann.lee").ShouldHaveSingleItem();
        world.Slack.Complaints.ShouldBeEmpty();
    }

    [Fact]
    public async Task Two_people_who_dispatch_again_at_once_begin_one_more_dispatch()
    {
        await using var world = await SlackTelling.BeginAsync();
        var card = await world.DispatchAsync("/dispatch INC-1042", "Marcus Reed", "Ann Lee");
        await world.ToTheEndAsync(card);
        foreach (var user in (SlackUser[])[world.Dana, world.Priya])
            await world.PressAsync(user, card, "Re-dispatch");
        world.World.Phone("ann.lee").Script = new PersonScript.AnswersAndAccepts();
        var came = await Task.WhenAll(world.Dana.SubmitAsync(world.Dana.Dialog.ShouldNotBeNull()), world.Priya.SubmitAsync(world.Priya.Dialog.ShouldNotBeNull()));
        await world.World.PassAsync(60);

        came.Count(each => each is Submitted.Closed).ShouldBe(1);
        came.OfType<Submitted.Updated>().ShouldHaveSingleItem();
        (await SlackTelling.CountAsync(world, "SELECT COUNT(*) FROM dispatches")).ShouldBe(2);
        world.World.CallsTo("ann.lee").Count.ShouldBe(2);
        world.Ops.Roots.ShouldBe([card]);
        world.Slack.Complaints.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("Cancel", "Cancelled by")]
    [InlineData("Skip", "skipped")]
    public async Task Of_two_people_who_press_at_once_one_decides_and_the_other_is_answered_in_private(string button, string line)
    {
        await using var world = await SlackTelling.BeginAsync();
        world.World.Phone("marcus.reed").Script = new PersonScript.NeverAnswers();
        var card = await world.DispatchAsync("/dispatch INC-1042", "Marcus Reed", "Ann Lee");
        await world.World.PassAsync(3);
        await Task.WhenAll(world.Dana.PressAsync(card, button), world.Priya.PressAsync(card, button));
        await world.SettleAsync();
        await world.World.PassAsync(10);

        SlackTelling.LinesOf(card).Count(shown => shown.Contains(line, StringComparison.OrdinalIgnoreCase)).ShouldBe(1, string.Join(" | ", SlackTelling.LinesOf(card)));
        (world.Dana.Ephemerals.Count + world.Priya.Ephemerals.Count).ShouldBe(1);
        world.Slack.Complaints.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("Cancel")]
    [InlineData("Skip")]
    [InlineData("I take it")]
    public async Task A_press_that_is_delivered_again_after_a_restart_does_and_says_nothing(string button)
    {
        await using var world = await SlackTelling.BeginAsync();
        world.World.Phone("marcus.reed").Script = new PersonScript.NeverAnswers();
        var card = await world.DispatchAsync("/dispatch INC-1042", "Marcus Reed", "Ann Lee");
        await world.World.PassAsync(3);
        var press = PressOf(world, world.Priya, card, button);
        (await world.Slack.Courier.InteractAsync(press)).WasAccepted.ShouldBeTrue();
        await world.World.PassAsync(5);
        var seen = await SlackTelling.CountAsync(world, "SELECT COUNT(*) FROM seen");
        seen.ShouldBeGreaterThan(0);

        // A restart asks at once what became of the call that rings.
        await world.RestartAsync();
        var events = await SlackTelling.CountAsync(world, "SELECT COUNT(*) FROM dispatch_events");
        (await world.Slack.Courier.InteractAsync(press)).WasAccepted.ShouldBeTrue();
        await world.SettleAsync();
        (await SlackTelling.CountAsync(world, "SELECT COUNT(*) FROM seen")).ShouldBe(seen);
        (await SlackTelling.CountAsync(world, "SELECT COUNT(*) FROM dispatch_events")).ShouldBe(events);
        world.Priya.Ephemerals.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_press_whose_answer_died_with_the_process_is_decided_once_when_it_comes_again()
    {
        await using var world = await SlackTelling.BeginAsync();
        world.World.Phone("marcus.reed").Script = new PersonScript.NeverAnswers();
        var card = await world.DispatchAsync("/dispatch INC-1042", "Marcus Reed", "Ann Lee");
        await world.World.PassAsync(3);
        var press = PressOf(world, world.Dana, card, "Cancel");
        world.World.Life.EndIn(2);
        (await world.Slack.Courier.InteractAsync(press)).WasAccepted.ShouldBeFalse();
        await world.SettleAsync();
        (await world.Slack.Courier.InteractAsync(press)).WasAccepted.ShouldBeTrue();
        await world.World.PassAsync(20);

        SlackTelling.LinesOf(card).Count(shown => shown.Contains("Cancelled by", StringComparison.Ordinal)).ShouldBe(1);
        world.Dana.Ephemerals.ShouldBeEmpty();
    }

    [Fact]
    public async Task An_event_that_nobody_answered_is_taken_when_it_comes_again_and_once()
    {
        await using var world = await SlackTelling.BeginAsync();
        world.World.Life.Kill();
        await world.Dana.MentionAsync(world.Ops, "oncall");
        await world.SettleAsync();
        world.Dana.Ephemerals.ShouldBeEmpty();
        await world.World.PassAsync(400);

        world.Slack.Events.Tries.Count(each => each.WasAccepted).ShouldBe(1);
        world.Dana.Ephemerals.ShouldHaveSingleItem().Words.ShouldContain("Ann Lee");
    }

    [Fact]
    public async Task An_event_and_a_press_that_are_delivered_twice_at_once_are_answered_once()
    {
        await using var world = await SlackTelling.BeginAsync();
        world.Slack.Disorder.DuplicateDeliveries = true;
        await world.Dana.MentionAsync(world.Ops, "oncall");
        await world.World.PassAsync(400);
        world.Dana.Ephemerals.ShouldHaveSingleItem();

        var card = await world.DispatchAsync("/dispatch INC-1042", "Ann Lee");
        var press = PressOf(world, world.Dana, card, "Cancel");
        await Task.WhenAll(world.Slack.Courier.InteractAsync(press), world.Slack.Courier.InteractAsync(press));
        await world.World.PassAsync(20);
        SlackTelling.LinesOf(card).Count(shown => shown.Contains("Cancelled by", StringComparison.Ordinal)).ShouldBe(1);
        world.Dana.Ephemerals.ShouldHaveSingleItem();
    }

    // https://docs.slack.dev/reference/events/app_mention and /message/message_changed: an edit, also days later, and the preview of a link bring the same text again.
    [Theory]
    [InlineData("edited")]
    [InlineData("edited in a thread")]
    [InlineData("previewed")]
    [InlineData("message_changed")]
    public async Task A_mention_that_asked_for_a_cancellation_once_cancels_nothing_when_its_message_is_edited(string how)
    {
        await using var world = await SlackTelling.BeginAsync();
        world.World.Phone("ann.lee").Script = new PersonScript.NeverAnswers();
        var written = await world.Dana.MentionAsync(world.Ops, "cancel INC-1042");
        await world.SettleAsync();
        // Not so long that its age alone would tell.
        await world.World.PassAsync(20);
        var card = await world.DispatchAsync("/dispatch INC-1042", "Ann Lee");
        await world.World.PassAsync(3);
        var shown = world.Dana.Ephemerals.Count;

        await world.Slack.Events.TellAsync(world.Team, Again(how, written));
        await world.World.PassAsync(60);
        world.Slack.Events.Tries.ShouldAllBe(each => each.WasAccepted);
        SlackTelling.LinesOf(card).ShouldNotContain(line => line.Contains("ancelled", StringComparison.Ordinal));
        world.World.CallsTo("ann.lee").Count.ShouldBeGreaterThan(1);
        world.Dana.Ephemerals.Count.ShouldBe(shown);

        // The same words, written anew, are a command.
        var again = await world.DispatchAsync("/dispatch INC-1051", "Marcus Reed");
        await world.Dana.MentionAsync(world.Ops, "cancel INC-1051");
        await world.World.PassAsync(20);
        SlackTelling.LinesOf(again).ShouldContain(line => line.Contains("Cancelled by", StringComparison.Ordinal));
    }

    static JsonObject Again(string how, Message written)
    {
        var edited = new JsonObject { ["user"] = "U0DANA", ["ts"] = written.Ts };
        var mention = new JsonObject { ["type"] = "app_mention", ["user"] = "U0DANA", ["text"] = written.Text, ["ts"] = written.Ts, ["channel"] = written.Channel.Id, ["team"] = "T0ACME" };
        switch (how)
        {
            case "edited":
                mention["edited"] = edited;
                return mention;
            case "edited in a thread":
                (mention["edited"], mention["thread_ts"]) = (edited, written.Ts);
                return mention;
            case "previewed":
                mention["attachments"] = new JsonArray(new JsonObject { ["from_url"] = "https://example.com/INC-1042", ["id"] = 1 });
                return mention;
            default:
                return new()
                {
                    ["type"] = "message",
                    ["subtype"] = "message_changed",
                    ["hidden"] = true,
                    ["channel"] = written.Channel.Id,
                    ["channel_type"] = "channel",
                    ["ts"] = written.Ts,
                    ["message"] = new JsonObject { ["type"] = "message", ["user"] = "U0DANA", ["text"] = written.Text, ["ts"] = written.Ts, ["edited"] = edited },
                    ["previous_message"] = new JsonObject { ["type"] = "message", ["user"] = "U0DANA", ["text"] = "x", ["ts"] = written.Ts },
                };
        }
    }

    static JsonObject PressOf(SlackWorld world, SlackUser user, Message card, string label) => world.Slack.Locked(() =>
    {
        var (block, button) = Elements.Find(card.Blocks, "button").Single(each => Elements.Label(each.Element) == label);
        return Payloads.InMessage(world.Slack, user, card, Payloads.Press(world.Slack, block, button)).DeepClone().AsObject();
    });
}
