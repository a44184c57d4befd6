using BotDispatch.Chat;
using BotDispatch.Core;
using BotDispatch.Ports;
using static BotDispatch.Core.DispatchEvent;

namespace BotDispatch.Tests.Chat;

/// <summary>What threads say of the places in which a dispatch is shown, and how a thread that begins late catches up.</summary>
public sealed class MirrorWordsTests
{
    static readonly DateTimeOffset Noon = new(2026, 11, 27, 12, 0, 0, TimeSpan.Zero);
    static readonly DispatchId Id = new("d1");
    static readonly Person Dana = new("slack", "T0/U0DANA", "Dana");
    static readonly DispatchPlan Plan = new(
        Id, new("INC-1042", "Lift 2 is stuck"), null, [new(new("ann"), "Ann", "+447700900101", "en-GB"), new(new("bob"), "Bob", "+447700900102", "en-GB")], new(), Dana, new("slack", "T0/C0OPS"));
    static readonly Started Start = new(Plan, Noon.AddHours(2));
    static readonly Mirror Ops = new(new("teams", "t/19:ops"), "Operations", Dana);
    static readonly Mirror ByRule = Ops with { IsByRule = true };
    static readonly AttemptId Ann1 = new(Id, 0, 1), Bob1 = new(Id, 1, 1);

    [Fact]
    public void From_the_beginning_it_says_where_else() =>
        LinesOf([Start, new MirrorAdded(Ops, AtStart: true)]).ShouldBe(["Plain: Asked for by Dana. To be called, in this order: Ann, Bob.", "Plain: Shown in Slack and Operations."]);

    [Fact]
    public void Of_several_places_it_says_all_at_once() =>
        LinesOf([Start, new MirrorAdded(Ops, AtStart: true), new MirrorAdded(Ops with { Channel = new("teams", "t/19:yard"), Name = "Yard" }, AtStart: true)])[1..]
            .ShouldBe(["Plain: Shown in Slack, Operations and Yard."]);

    [Fact]
    public void A_successor_does_not_say_it_again() =>
        LinesOf([Start with { Plan = Plan with { Replaces = new("d0") } }, new MirrorAdded(Ops, AtStart: true)]).ShouldHaveSingleItem();

    [Fact]
    public void Later_it_says_by_whom() => LinesOf([Start], new MirrorAdded(Ops, AtStart: false)).ShouldBe(["Plain: Dana also shows this in Operations."]);

    [Theory]
    [InlineData(GivenUpBecause.Refused, "gone", "Alert: Not shown in Operations: the chat refuses it there (gone).")]
    [InlineData(GivenUpBecause.Refused, "", "Alert: Not shown in Operations: the chat refuses it there.")]
    [InlineData(GivenUpBecause.NotAllowed, "", "Alert: Not shown in Operations: an administrator does not allow it there any more.")]
    [InlineData(GivenUpBecause.NotAMember, "", "Alert: Not shown in Operations: Dana is not a member there.")]
    public void A_place_that_is_lost_is_reported_with_the_reason(GivenUpBecause because, string detail, string line) =>
        LinesOf([Start, new MirrorAdded(Ops, AtStart: true)], new ThreadGivenUp(1, because, detail)).ShouldBe([line]);

    [Fact]
    public void Where_it_was_begun_is_called_by_its_chat() =>
        LinesOf([Start, new MirrorAdded(Ops, AtStart: true)], new ThreadGivenUp(0, GivenUpBecause.Refused, "channel_not_found")).ShouldBe(["Alert: Not shown in Slack: the chat refuses it there (channel_not_found)."]);

    [Fact]
    public void That_it_is_not_shown_where_nobody_asked_for_it_is_said_without_alarm()
    {
        LinesOf([Start, new MirrorAdded(ByRule, AtStart: true)], new ThreadGivenUp(1, GivenUpBecause.NotAMember, "")).ShouldBe(["Plain: Not shown in Operations: Dana is not a member there."]);
        LinesOf([Start, new MirrorAdded(ByRule, AtStart: true)], new ThreadGivenUp(1, GivenUpBecause.Refused, "gone")).ShouldHaveSingleItem();
    }

    [Fact]
    public void A_summary_tells_what_came_of_every_call_and_what_is_happening_now()
    {
        var update = Summary(Start, Call(Ann1), Pressed(Ann1, Key.Reject), new LegMoved(Ann1, new(LegStatus.Completed), Noon), Call(Bob1), new LegMoved(Bob1, new(LegStatus.Ringing), Noon));
        update.Lines.Select(Written).ShouldBe(
        [
            "Plain: Asked for by Dana, and shown here from now on. To be called, in this order: Ann, Bob.",
            "Plain: Ann: called once: Rejected.",
            "Plain: Bob: called once: under way.",
            "Plain: Now: Ringing Bob, attempt 1 of 3.",
        ]);
        (update.Key, update.AlsoInChannel).ShouldBe(("d1-summary-7", false));
    }

    [Fact]
    public void A_summary_of_an_accepted_job_mentions_the_requester()
    {
        var update = Summary(Start, Call(Ann1), Pressed(Ann1, Key.Accept), new Accepted(Ann1, Noon, Noon.AddHours(8)));
        var last = update.Lines[^1];
        Written(last).ShouldBe("Good: Accepted: Ann accepted by phone. INC-1042: Lift 2 is stuck");
        (last.Mention, update.AlsoInChannel).ShouldBe((Dana, true));
        Summary(Start, Call(Ann1), new Exhausted(ExhaustedBecause.TimeIsUp, Noon)).Lines[^1].ShouldBe(new(Tone.Alert, "Exhausted: Nobody accepted in time.", Dana));
        Written(Summary(Start, Call(Ann1), new Cancelled(Dana, Noon)).Lines[^1]).ShouldBe("Plain: Now: Cancelled by Dana.");
    }

    static CallBegun Call(AttemptId attempt) => new(attempt, 1, 1, Noon, Noon.AddMinutes(2), new(TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(90)));

    static KeyRecorded Pressed(AttemptId attempt, Key key) => new(attempt, key, "1", false, Noon.AddMinutes(2));

    static ThreadUpdate Summary(params DispatchEvent[] events) => SummaryLines.Of(After(events), 7);

    static DispatchState After(IEnumerable<DispatchEvent> events) => events.Aggregate(DispatchState.Initial, Evolution.Evolve);

    static List<string> LinesOf(DispatchEvent[] before, params DispatchEvent[] now)
    {
        var lines = now.Length == 0 ? before : now;
        return UpdateLines.Of(After(before.Concat(now)), 1, lines) is { } update ? [.. update.Lines.Select(Written)] : [];
    }

    static string Written(UpdateLine line) => $"{line.Tone}: {line.Text}";
}
