using BotDispatch.Chat;
using BotDispatch.Core;
using BotDispatch.Ports;
using static BotDispatch.Core.DispatchEvent;

namespace BotDispatch.Tests.Chat;

public sealed class UpdateLinesTests
{
    static readonly DateTimeOffset Noon = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);
    static readonly DispatchId Id = new("d1");
    static readonly Person Dana = new("slack", "U0DANA", "Dana");
    static readonly DispatchPlan Plan = new(
        Id, new("INC-1042", "Lift 2 is stuck"), null,
        [new(new("ann"), "Ann", "+447700900101", "en-GB"), new(new("bob"), "Bob", "+447700900102", "en-GB")],
        new(), Dana, new("slack", "C0OPS"));
    static readonly AttemptId Ann1 = new(Id, 0, 1), Ann2 = new(Id, 0, 2), Bob1 = new(Id, 1, 1);
    static readonly Started Start = new(Plan, Noon.AddHours(2));
    static readonly CallLength Length = new(TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(90));

    static CallBegun Call(AttemptId attempt, int round = 1, int inRound = 1) => new(attempt, round, inRound, Noon, Noon.AddMinutes(2), Length);
    static LegMoved Leg(AttemptId attempt, LegStatus status, int second = 0) => new(attempt, new(status), Noon.AddSeconds(second));
    static KeyRecorded Pressed(AttemptId attempt, Key key, bool afterCall = false) => new(attempt, key, "1", afterCall, Noon.AddMinutes(2));
    static Accepted Accepts(AttemptId attempt) => new(attempt, Noon, Noon.AddHours(8));

    [Fact]
    public void The_beginning() => LinesOf([], Start).ShouldBe(["Plain: Asked for by Dana. To be called, in this order: Ann, Bob."]);

    [Fact]
    public void The_beginning_again() =>
        LinesOf([], Start with { Plan = Plan with { Replaces = new("d0") } }).ShouldBe(["Plain: Re-dispatched by Dana. To be called, in this order: Ann, Bob."]);

    [Fact]
    public void Calls_say_which_attempt_and_round()
    {
        LinesOf([Start], Call(Ann1)).ShouldBe(["Plain: Calling Ann, attempt 1 of 3."]);
        LinesOf([Start, Call(Ann1)], Call(Ann2, 2)).ShouldBe(["Plain: Calling Ann, round 2, attempt 1 of 3."]);
    }

    [Fact]
    public void Answering_is_posted_once_and_ringing_never()
    {
        LinesOf([Start, Call(Ann1)], Leg(Ann1, LegStatus.Ringing), Leg(Ann1, LegStatus.InProgress, 5), Leg(Ann1, LegStatus.InProgress, 6), Leg(Ann1, LegStatus.Completed, 9))
            .ShouldBe(["Plain: Ann answered."]);
        LinesOf([Start, Call(Ann1), Leg(Ann1, LegStatus.InProgress, 5)], Leg(Ann1, LegStatus.InProgress, 6)).ShouldBeEmpty();
    }

    [Theory]
    [InlineData(CallOutcome.NoAnswer, Evidence.NotPickedUp, "Bad: Ann, attempt 1 of 3: No answer (not picked up).")]
    [InlineData(CallOutcome.NoAnswer, Evidence.HungUpEarly, "Bad: Ann, attempt 1 of 3: No answer (hung up early).")]
    [InlineData(CallOutcome.NoAnswer, Evidence.PressedNothing, "Bad: Ann, attempt 1 of 3: No answer (listened, pressed nothing).")]
    [InlineData(CallOutcome.NoAnswer, Evidence.WrongKeys, "Bad: Ann, attempt 1 of 3: No answer (wrong keys).")]
    [InlineData(CallOutcome.NoAnswer, Evidence.Voicemail, "Bad: Ann, attempt 1 of 3: No answer (voicemail).")]
    [InlineData(CallOutcome.NoAnswer, Evidence.None, "Bad: Ann, attempt 1 of 3: No answer.")]
    [InlineData(CallOutcome.Busy, Evidence.None, "Bad: Ann, attempt 1 of 3: Busy.")]
    [InlineData(CallOutcome.Failed, Evidence.None, "Bad: Ann, attempt 1 of 3: Failed.")]
    [InlineData(CallOutcome.Failed, Evidence.Unsure, "Bad: Ann, attempt 1 of 3: Failed (unsure: the telephone provider did not report).")]
    [InlineData(CallOutcome.Failed, Evidence.KeysUnknown, "Bad: Ann, attempt 1 of 3: Failed (unsure: we do not know whether they pressed a key).")]
    [InlineData(CallOutcome.BadNumber, Evidence.None, "Alert: Ann: Number cannot be called. The number in the directory must be corrected.")]
    [InlineData(CallOutcome.LineDown, Evidence.None, null)]
    public void An_attempt_ends_with_its_evidence(object outcome, object evidence, string? line) =>
        LinesOf([Start, Call(Ann1)], new AttemptEnded(Ann1, (CallOutcome)outcome, (Evidence)evidence)).ShouldBe(line is null ? [] : [line]);

    [Fact]
    public void Keys()
    {
        LinesOf([Start, Call(Ann1)], Pressed(Ann1, Key.Reject)).ShouldBe(["Bad: Ann pressed 2: Rejected."]);
        LinesOf([Start, Call(Ann1)], Pressed(Ann1, Key.Reject, true)).ShouldBe(["Bad: Ann pressed 2: Rejected (reported after the call)."]);
        LinesOf([Start, Call(Ann1)], Pressed(Ann1, Key.Wrong)).ShouldBe(["Plain: Ann pressed a key that is not an option."]);
        LinesOf([Start, Call(Ann1)], Pressed(Ann1, Key.Wrong, true)).ShouldBe(["Plain: Ann pressed a key that is not an option (reported after the call)."]);
    }

    [Fact]
    public void Keys_that_come_too_late_are_posted_with_their_effect()
    {
        DispatchEvent[] taken = [Start, Call(Ann1), Call(Bob1), Pressed(Bob1, Key.Accept), Accepts(Bob1)];
        LinesOf(taken, Pressed(Ann1, Key.Accept, true)).ShouldBe(["Plain: Ann also pressed 1 (reported after the call), but the dispatch was already closed: Bob accepted by phone."]);
        LinesOf(taken, Pressed(Ann1, Key.Reject)).ShouldBe(["Plain: Ann pressed 2, but the dispatch was already closed."]);
        LinesOf(taken, Pressed(Ann1, Key.Wrong)).ShouldBeEmpty();
        LinesOf([Start, Call(Ann1), Pressed(Ann1, Key.Reject), Call(Ann2)], Pressed(Ann2, Key.Accept)).ShouldBe(["Plain: Ann pressed 1, but rejected in another call. The rejection counts."]);
    }

    [Fact]
    public void A_rejection_that_closes_is_still_a_rejection() =>
        LinesOf([Start, Call(Ann1)], Pressed(Ann1, Key.Reject), new Exhausted(ExhaustedBecause.NobodyLeft, Noon))[0].ShouldBe("Bad: Ann pressed 2: Rejected.");

    [Fact]
    public void Acceptance_mentions_who_asked_and_is_for_the_whole_channel()
    {
        var update = Update([Start, Call(Ann1), new AttemptEnded(Ann1, CallOutcome.Busy), Call(Ann2, 1, 2)], Pressed(Ann2, Key.Accept), Accepts(Ann2)).ShouldNotBeNull();
        update.AlsoInChannel.ShouldBeTrue();
        update.Lines.ShouldHaveSingleItem().ShouldBe(new(Tone.Good, "Accepted: Ann pressed 1 (attempt 2 of 3). INC-1042: Lift 2 is stuck", Dana));
    }

    [Fact]
    public void An_acceptance_known_only_after_the_call_is_named_so() =>
        LinesOf([Start, Call(Ann1)], Pressed(Ann1, Key.Accept, true), Accepts(Ann1)).ShouldBe(["Good: Accepted: Ann pressed 1; reported after the call (attempt 1 of 3). INC-1042: Lift 2 is stuck"]);

    [Fact]
    public void Taking_mentions_who_asked_and_is_for_the_whole_channel()
    {
        var update = Update([Start], new Taken(new("slack", "U1", "Bob K."), new("bob"), 1, Noon, Noon)).ShouldNotBeNull();
        update.AlsoInChannel.ShouldBeTrue();
        update.Lines.ShouldHaveSingleItem().ShouldBe(new(Tone.Good, "Accepted: taken by Bob K. in the channel. INC-1042: Lift 2 is stuck", Dana));
    }

    [Fact]
    public void Cancelling_skipping_and_done_name_who_did_it()
    {
        LinesOf([Start], new Cancelled(Dana, Noon)).ShouldBe(["Plain: Cancelled by Dana. No further calls."]);
        LinesOf([Start], new Skipped(0, Dana)).ShouldBe(["Plain: Dana skipped Ann."]);
        LinesOf([Start, new RoundEnded(1, Noon)], new Skipped(0, Dana)).ShouldBe(["Plain: Dana skipped Ann for this round."]);
        LinesOf([Start, Call(Ann1), Accepts(Ann1)], new MarkedDone(Dana, Noon)).ShouldBe(["Plain: Dana marked it done."]);
    }

    [Fact]
    public void Pauses_and_rounds_say_how_long()
    {
        LinesOf([Start], new RetryPauseBegan(0, Noon)).ShouldBe(["Plain: Calling Ann again 20 seconds after their last call ended."]);
        LinesOf([Start], new RoundEnded(1, Noon)).ShouldBe(["Plain: Nobody accepted in round 1. Round 2 begins in 2 minutes."]);
        var hasty = Start with { Plan = Plan with { Policy = new() { RoundPause = TimeSpan.Zero } } };
        LinesOf([hasty], new RoundEnded(2, Noon)).ShouldBe(["Plain: Nobody accepted in round 2. Round 3 begins in 1 second."]);
    }

    [Fact]
    public void A_person_who_is_passed_over_is_named_with_the_reason_and_once_in_a_reply()
    {
        LinesOf([Start], new PassedOver(0, PassedOverReason.OffDuty, null)).ShouldBe(["Plain: Ann is passed over: Off duty."]);
        LinesOf([Start], new PassedOver(0, PassedOverReason.HasAccepted, null)).ShouldBe(["Plain: Ann is passed over: Busy with a job they accepted."]);
        DispatchEvent[] waiting = [new PassedOver(0, PassedOverReason.OnThePhone, Noon), new PassedOver(1, PassedOverReason.OffDuty, Noon), new PersonAwaited(Noon), new PersonFreed(0)];
        LinesOf([Start], [.. waiting, .. waiting]).ShouldBe(
        [
            "Plain: Ann is passed over: On the phone for another dispatch.",
            "Plain: Bob is passed over: Off duty.",
            "Plain: Everyone left is busy with another dispatch. We call the first who is free.",
        ]);
    }

    [Fact]
    public void Waiting_for_people_who_will_not_be_free_in_time_alerts_the_requester()
    {
        var shown = UpdateLines.Of(Evolution.Evolve(DispatchState.Initial, Start), 1, [new PersonAwaited(Start.GiveUpAt)]).ShouldNotBeNull().Lines.ShouldHaveSingleItem();
        shown.Tone.ShouldBe(Tone.Alert);
        shown.Mention.ShouldBe(Start.Plan.AskedBy);
        shown.Text.ShouldStartWith("Everyone left has accepted another job and will not be free in time.");
    }

    [Fact]
    public void A_line_that_goes_down_is_posted_at_once_and_then_ever_more_seldom()
    {
        LinesOf([Start], new LineWentDown(LineDownReason.NoBalance, 1, Noon)).ShouldBe(
            ["Alert: The Routee account has no balance: nobody can be called until it is topped up. This dispatch is paused and tries again by itself. No attempt is used up."]);
        var said = Enumerable.Range(2, 39).Where(times => LinesOf([Start], new LineWentDown(LineDownReason.Unreachable, times, Noon)).Count > 0);
        said.ShouldBe([4, 8, 16, 32]);
        LinesOf([Start], new LineWentDown(LineDownReason.Unreachable, 8, Noon)).ShouldBe(["Alert: Still down after 8 tries. Routee cannot be reached."]);
    }

    [Fact]
    public void While_the_line_is_down_a_retry_is_not_posted_until_it_works()
    {
        DispatchEvent[] first = [Call(Ann1), new CallWithdrawn(Ann1), new LineWentDown(LineDownReason.Unreachable, 1, Noon)];
        DispatchEvent[] again = [new CallWanted(Ann1), Call(Ann1), new CallWithdrawn(Ann1), new LineWentDown(LineDownReason.Unreachable, 2, Noon)];
        DispatchEvent[] works = [new CallPlaced(Ann1, "t"), new LineRestored()];
        string[] restored = ["Plain: The telephone line works again. Calling Ann, attempt 1 of 3."];

        LinesOf([Start], first).ShouldHaveSingleItem().ShouldStartWith("Alert: Routee cannot be reached.");
        LinesOf([Start, .. first], again).ShouldBeEmpty();
        LinesOf([Start, .. first, .. again], new CallWanted(Ann1), Call(Ann1)).ShouldBeEmpty();
        LinesOf([Start, .. first, .. again, Call(Ann1)], works).ShouldBe(restored);
        LinesOf([Start, .. first, .. again], [Call(Ann1), .. works]).ShouldBe(restored);
        LinesOf([Start, .. first, .. again, Call(Ann1)], Leg(Ann1, LegStatus.Ringing), new LineRestored()).ShouldBe(restored);
        LinesOf([Start, .. first, .. again, Call(Ann1), .. works, new AttemptEnded(Ann1, CallOutcome.Busy)], Call(Ann2, 1, 2)).ShouldBe(["Plain: Calling Ann, attempt 2 of 3."]);
    }

    [Fact]
    public void Exhausted_says_who_how_often_and_what_happened_and_what_to_do()
    {
        DispatchEvent[] history =
        [
            Start, Call(Ann1), new AttemptEnded(Ann1, CallOutcome.NoAnswer, Evidence.NotPickedUp), Call(Ann2, 1, 2), new AttemptEnded(Ann2, CallOutcome.NoAnswer, Evidence.NotPickedUp),
            Call(new(Id, 0, 3), 1, 3), Pressed(new(Id, 0, 3), Key.Reject), new PassedOver(1, PassedOverReason.OffDuty, null),
        ];
        var update = Update(history, new Exhausted(ExhaustedBecause.TimeIsUp, Noon)).ShouldNotBeNull();
        update.AlsoInChannel.ShouldBeFalse();
        update.Lines[0].Mention.ShouldBe(Dana);
        update.Lines.Select(Written).ShouldBe(
        [
            "Alert: Exhausted: Nobody accepted in time.",
            "Plain: Ann: called 3 times: No answer (not picked up) twice, Rejected.",
            "Plain: Bob: not called: Off duty.",
            "Plain: Press Re-dispatch on the card to start again. People who rejected are not ticked there.",
        ]);
    }

    [Fact]
    public void Many_events_are_one_reply_whose_key_names_exactly_them()
    {
        var update = UpdateLines.Of(StateAfter([Start, Call(Ann1), Pressed(Ann1, Key.Reject)]), 41, [Call(Ann1), Pressed(Ann1, Key.Reject)]).ShouldNotBeNull();
        update.Key.ShouldBe("d1-41-42");
        update.Lines.Select(Written).ShouldBe(["Plain: Calling Ann, attempt 1 of 3.", "Bad: Ann pressed 2: Rejected."]);
        update.AlsoInChannel.ShouldBeFalse();
        UpdateLines.Of(StateAfter([Start]), 1, []).ShouldBeNull();
    }

    [Fact]
    public void A_restart_says_that_the_call_is_being_looked_up()
    {
        LinesOf([Start, Call(Ann1)], new LookupBegan(Ann1, Noon, Noon)).ShouldBe(["Plain: BotDispatch restarted and is looking up the call to Ann."]);
        LinesOf([Start, Call(Ann1), new Cancelled(Dana, Noon)], new LookupBegan(Ann1, Noon, Noon)).ShouldBeEmpty();
    }

    [Fact]
    public void Records_that_cannot_be_asked_are_an_alert_that_says_for_how_long_nobody_is_called() =>
        LinesOf([Start, Call(Ann1)], new RecordsAwaited(Ann1, Noon, Noon.AddMinutes(5))).ShouldBe(
            ["Alert: We cannot read Routee's records, so we do not know yet whether Ann pressed a key. We call nobody until we can read them. After 5 minutes, the dispatch goes on without knowing."]);

    [Fact]
    public void A_job_that_is_no_longer_needed_says_why_and_that_nobody_is_called_any_more()
    {
        var shown = Update([Start, Call(Ann1)], new CalledOff("the ticket was closed in Redmine by Eve", Noon)).ShouldNotBeNull();
        shown.Lines.Single().ShouldBe(new(Tone.Alert, "Cancelled: the ticket was closed in Redmine by Eve. No further calls.", Dana));
        LinesOf([Start, Call(Ann1), Pressed(Ann1, Key.Accept), Accepts(Ann1)], new JobEnded("the ticket was closed in Redmine by Eve", Noon))
            .ShouldBe(["Plain: Done: the ticket was closed in Redmine by Eve."]);
        LinesOf([Start], new TicketReported("status", "Redmine kept its status.")).ShouldBe(["Alert: Redmine kept its status."]);
    }

    [Fact]
    public void A_changed_ticket_says_what_differs_and_who_listened_to_the_earlier_text()
    {
        var after = Plan.Ticket with { Title = "Lift 3 is stuck", Place = "Yard" };
        TicketChanged change = new(Plan.Ticket, after, "Redmine", Noon.AddSeconds(9));
        LinesOf([Start], change).ShouldBe(["Plain: Changed in Redmine: title “Lift 2 is stuck” is now “Lift 3 is stuck”; place (none) is now “Yard”. The next call speaks the new text."]);
        LinesOf([Start, Call(Ann1), Leg(Ann1, LegStatus.InProgress, 5)], change).Single().ShouldEndWith("The next call speaks the new text; Ann heard the earlier one.");
        LinesOf([Start, Call(Ann1), Pressed(Ann1, Key.Accept), Accepts(Ann1)], change).Single().ShouldEndWith("Ann accepted the earlier text.");
        LinesOf([Start], change with { After = Plan.Ticket with { Link = "https://x.example" } }).ShouldBeEmpty();
    }

    [Fact]
    public void Events_that_matter_only_to_machines_are_not_posted() => Update(
        [Start, Call(Ann1)],
        new CallWanted(Ann1), new CallPlaced(Ann1, "t"), new SettlingBegan(Ann1, Noon, Noon), new LegInformed(Ann1, Noon), new LegCut(Ann1, Noon), new PersonFreed(0), Leg(Ann1, LegStatus.Lost)).ShouldBeNull();

    [Fact]
    public void A_list_is_named_with_those_that_follow_and_a_first_call_says_why_it_is_their_turn()
    {
        var policy = new EscalationPolicy { Rounds = 1 };
        var plan = Plan with
        {
            Lists =
            [
                new("lifts", "Lift engineers", [new(0, "lifts, longest since last called (19 days)")], policy)
                    { MentionedWhenExhausted = [new("slack", "U1", "Olga")] },
                new("house", "House", [new(1, "as listed")], policy),
            ],
        };
        var start = Start with { Plan = plan };
        LinesOf([], start).ShouldBe([$"Plain: Asked for by Dana. To {"Lift engineers".Isolated()}, in this order: Ann. Then, if nobody accepts, House: Bob."]);
        LinesOf([start], Call(Ann1) with { Why = "On shift until 08:00 (UTC)" })
            .ShouldBe(["Plain: Calling Ann, attempt 1 of 3. First: on shift until 08:00 (UTC), lifts, longest since last called (19 days)."]);
        LinesOf([start, Call(Ann1)], Call(Ann2, 1, 2)).ShouldBe(["Plain: Calling Ann, attempt 2 of 3."]);
        LinesOf([start], new ListEnded(0, ExhaustedBecause.NobodyLeft, Noon, Noon.AddHours(2))).ShouldBe(
        [
            $"Alert: {"Lift engineers".Isolated()} is exhausted: Everyone rejected or cannot be called. Going on with House: Bob.",
            $"Alert: For Olga: nobody on {"Lift engineers".Isolated()} has accepted.",
        ]);
    }

    [Fact]
    public void Every_kind_of_event_has_been_thought_of()
    {
        string[] shown =
        [
            nameof(Started), nameof(CallBegun), nameof(LegMoved), nameof(KeyRecorded), nameof(AttemptEnded), nameof(RetryPauseBegan), nameof(RoundEnded), nameof(PassedOver),
            nameof(PersonAwaited), nameof(LineWentDown), nameof(LineRestored), nameof(Skipped), nameof(Accepted), nameof(Taken), nameof(Cancelled), nameof(Exhausted), nameof(MarkedDone),
            nameof(MirrorAdded), nameof(ThreadGivenUp), nameof(LookupBegan), nameof(RecordsAwaited),
            nameof(CalledOff), nameof(JobEnded), nameof(TicketChanged), nameof(TicketReported), nameof(ListEnded),
        ];
        string[] silent = [nameof(CallWanted), nameof(CallPlaced), nameof(CallWithdrawn), nameof(SettlingBegan), nameof(LegInformed), nameof(LegCut), nameof(PersonFreed),
            nameof(CallUnsure), nameof(RecordsRead), nameof(RecordsMissed)];
        typeof(DispatchEvent).GetNestedTypes().Select(each => each.Name).Order().ShouldBe(shown.Concat(silent).Order());
    }

    [Theory]
    [InlineData(0, "0 seconds")]
    [InlineData(1, "1 second")]
    [InlineData(20, "20 seconds")]
    [InlineData(60, "1 minute")]
    [InlineData(150, "2 minutes 30 seconds")]
    [InlineData(7200, "2 hours")]
    [InlineData(90061, "25 hours 1 minute 1 second")]
    public void Durations_are_spelled(int seconds, string words) => Durations.InWords(TimeSpan.FromSeconds(seconds)).ShouldBe(words);

    static DispatchState StateAfter(IEnumerable<DispatchEvent> events) => events.Aggregate(DispatchState.Initial, Evolution.Evolve);

    static ThreadUpdate? Update(DispatchEvent[] before, params DispatchEvent[] now) => UpdateLines.Of(StateAfter(before.Concat(now)), before.Length + 1, now);

    static List<string> LinesOf(DispatchEvent[] before, params DispatchEvent[] now) => Update(before, now) is { } update ? [.. update.Lines.Select(Written)] : [];

    static string Written(UpdateLine line) => $"{line.Tone}: {line.Text}";
}
