using static BotDispatch.Core.DispatchEvent;
using static BotDispatch.Core.Tests.Cast;

namespace BotDispatch.Core.Tests;

/// <summary>Only records that were read settle a call, a call that was ordered is in doubt no longer than it must be, and a restart asks at once.</summary>
public class RecordsStories
{
    static readonly DispatchInput Restarted = new DispatchInput.Restarted();
    static readonly DispatchInput Unsure = new DispatchInput.CallUnsure(Call(0, 1));

    [Fact]
    public void An_ended_call_waits_beyond_its_grace_for_records_that_were_not_read()
    {
        var play = Ended().LosesTheRecords().WaitsForItsDeadline();
        play.Last.Events.ToArray().ShouldBe([new RecordsAwaited(Call(0, 1), play.Now, play.Now + Minutes(5))]);
        play.Card.Headline.ShouldBe("We cannot read Routee's records yet, so we do not know whether Ann pressed a key. We call nobody until we can.");
        play.Waits(Minutes(5) - Seconds(1)).Wants(null);
    }

    [Fact]
    public void At_the_limit_it_goes_on_and_says_that_it_is_not_known_whether_a_key_was_pressed()
    {
        var play = Ended().LosesTheRecords().WaitsForItsDeadline().WaitsForItsDeadline();
        play.Last.Events.ToArray().ShouldBe([
            new AttemptEnded(Call(0, 1), CallOutcome.Failed, Evidence.KeysUnknown, play.Now), new RetryPauseBegan(0, play.Now + Seconds(20))]);
        Words.Of(Evidence.KeysUnknown).ShouldBe("unsure: we do not know whether they pressed a key");
    }

    [Fact]
    public void The_limit_is_the_policys()
    {
        var play = Ended(new EscalationPolicy { RecordsTimeout = Seconds(30) }).LosesTheRecords().WaitsForItsDeadline();
        Agenda.Deadline(play.State).ShouldBe(play.Now + Seconds(30));
    }

    [Fact]
    public void Records_that_are_read_after_the_grace_settle_it_at_once()
    {
        var play = Ended().LosesTheRecords().WaitsForItsDeadline().Waits(Seconds(40)).LooksUp(LegStatus.Completed);
        play.Last.Events.OfType<AttemptEnded>().Single().ShouldBe(new AttemptEnded(Call(0, 1), CallOutcome.NoAnswer, Evidence.PressedNothing));
    }

    [Theory]
    [InlineData("1", CallOutcome.Accepted)]
    [InlineData("2", CallOutcome.Rejected)]
    public void A_key_in_records_that_were_late_counts(string key, CallOutcome outcome) =>
        Ended().LosesTheRecords().WaitsForItsDeadline().Waits(Seconds(200)).Presses(key).Leg().Outcome.ShouldBe(outcome);

    [Fact]
    public void A_key_that_is_found_after_the_limit_still_counts_and_is_looked_for()
    {
        var play = Ended().LosesTheRecords().WaitsForItsDeadline().WaitsForItsDeadline();
        Agenda.LegsToLookUp(play.State).Select(leg => leg.Attempt).ShouldBe([Call(0, 1)]);
        Agenda.NextLookup(play.State, play.Now).ShouldBe(play.Now + Seconds(30));
        play.Presses("1", on: Call(0, 1)).State.Resolution.ShouldBe(new Resolution.Accepted(Call(0, 1)));
    }

    [Fact]
    public void What_was_given_up_is_not_looked_for_any_more_once_its_records_were_read()
    {
        var play = Ended().LosesTheRecords().WaitsForItsDeadline().WaitsForItsDeadline().LooksUp(LegStatus.Completed, on: Call(0, 1));
        Agenda.LegsToLookUp(play.State).ShouldBeEmpty();
    }

    [Theory]
    [InlineData(null)]
    [InlineData(LegStatus.Ringing)]
    [InlineData(LegStatus.InProgress)]
    public void Records_that_are_behind_are_no_proof_that_no_key_was_pressed(LegStatus? said)
    {
        var play = Ended().LosesTheRecords().Waits(Seconds(14)).LooksUp(said).Waits(Seconds(60)).LooksUp(said).Waits(Seconds(60)).LooksUp(said);
        play.State.Phase.ShouldBeOfType<Phase.AwaitingRecords>();
    }

    [Fact]
    public void Records_that_were_read_early_are_asked_once_more_before_the_grace_ends()
    {
        var play = Ended().LosesTheRecords().LooksUp(LegStatus.Completed);
        play.Last.Because.ShouldBe("they are asked once more before the grace ends");
        play.Waits(Seconds(15)).State.Phase.ShouldBeOfType<Phase.AwaitingRecords>();
    }

    [Fact]
    public void Records_are_asked_every_ten_seconds_while_they_are_awaited()
    {
        var play = Ended().LosesTheRecords().WaitsForItsDeadline();
        Agenda.NextLookup(play.State, play.Now).ShouldBe(play.Now);
        Agenda.NextLookup(play.State, play.Now.AddTicks(1)).ShouldBe(play.Now + Seconds(10));
    }

    [Fact]
    public void Even_without_a_grace_the_records_are_read_first() =>
        Ended(new EscalationPolicy { KeyGrace = TimeSpan.Zero }).State.Phase.ShouldBeOfType<Phase.Settling>().Until.ShouldBe(Noon + Seconds(62));

    [Fact]
    public void A_channel_can_still_skip_take_and_cancel_while_the_records_are_awaited()
    {
        Play Awaiting() => Ended().LosesTheRecords().WaitsForItsDeadline();
        Awaiting().Gets(new DispatchInput.Skip(Boss, 0, 1)).Wants(Bob);
        Awaiting().Gets(new DispatchInput.Take(Boss, Bob.Id)).State.IsClosed.ShouldBeTrue();
        Awaiting().Gets(new DispatchInput.Cancel(Boss)).State.IsClosed.ShouldBeTrue();
    }

    [Fact]
    public void An_order_whose_answer_was_lost_is_asked_for_at_once_and_again()
    {
        var play = Play.With(Ann, Bob).Begins(Ann).Waits(Seconds(3)).Gets(Unsure);
        LookupsFrom(play, play.Now).Take(4).ShouldBe([0, 2, 5, 12]);
        play.Card.Headline.ShouldBe("We do not know yet whether Routee is calling Ann. Reading its records.");
    }

    [Fact]
    public void An_order_that_the_records_do_not_know_after_fifteen_seconds_never_became_a_call()
    {
        var play = Play.With(Ann, Bob).Begins(Ann).Gets(Unsure).LooksUp(null).Waits(Seconds(5)).LooksUp(null);
        play.State.Phase.ShouldBeOfType<Phase.Calling>();
        play.Waits(Seconds(10)).LooksUp(null).Last.Events.ToArray().ShouldBe([
            new LegMoved(Call(0, 1), new LegReport(LegStatus.Lost), play.Now),
            new AttemptEnded(Call(0, 1), CallOutcome.Failed, Evidence.Unsure, play.Now),
            new RetryPauseBegan(0, play.Now + Seconds(20))]);
    }

    [Fact]
    public void One_empty_answer_is_no_proof_however_late_it_comes()
    {
        var play = Play.With(Ann, Bob).Begins(Ann).Gets(Unsure).Waits(Seconds(50)).LooksUp(null);
        play.State.Phase.ShouldBeOfType<Phase.Calling>();
        Agenda.NextLookup(play.State, play.Now.AddTicks(1)).ShouldBe(play.Now + Seconds(10));
    }

    [Fact]
    public void Any_news_of_it_ends_the_doubt()
    {
        var play = Play.With(Ann, Bob).Begins(Ann).Gets(Unsure).LooksUp(null).Rings().Waits(Seconds(15)).LooksUp(null);
        play.State.Phase.ShouldBeOfType<Phase.Calling>();
        play.Card.Headline.ShouldBe("Ringing Ann, attempt 1 of 3.");
    }

    [Fact]
    public void An_order_may_be_under_way_for_twenty_seconds_before_its_missing_counts()
    {
        var play = Play.With(Ann, Bob).Begins(Ann).Waits(Seconds(5)).LooksUp(null).Waits(Seconds(29)).LooksUp(null);
        play.Last.Because.ShouldBe("soon after the call that is no proof");
        play.Waits(Seconds(1)).LooksUp(null).State.Phase.ShouldBeOfType<Phase.Pausing>();
    }

    [Fact]
    public void A_call_that_the_provider_has_named_exists_whatever_its_records_say() =>
        Play.With(Ann, Bob).Dials(Ann).Waits(Seconds(30)).LooksUp(null).Last.Because.ShouldBe("the provider has named this call");

    [Fact]
    public void A_restart_asks_at_once_about_every_call_that_may_be_under_way()
    {
        var play = Play.With(Ann, Bob).Dials(Ann).Rings().Waits(Seconds(7)).Gets(Restarted);
        play.Card.Headline.ShouldBe("Looking up the call to Ann after a restart.");
        play.Card.Until.ShouldBeNull();
        LookupsFrom(play, play.Now).Take(2).ShouldBe([0, 5]);
        var settling = Ended().Waits(Seconds(7)).Gets(Restarted);
        Agenda.NextLookup(settling.State, settling.Now).ShouldBe(settling.Now);
    }

    [Fact]
    public void Records_that_know_the_call_end_the_doubt_of_a_restart()
    {
        var play = Play.With(Ann, Bob).Dials(Ann).Rings().Gets(Restarted).LooksUp(LegStatus.Ringing);
        play.Card.Headline.ShouldBe("Ringing Ann, attempt 1 of 3.");
    }

    [Fact]
    public void After_a_restart_the_wait_ends_as_soon_as_the_records_keep_saying_that_no_phone_rings()
    {
        var play = Play.With(Ann, Bob).Dials(Ann).Rings().Gets(Restarted).LooksUp(null).Waits(Seconds(15)).LooksUp(null);
        play.State.Phase.ShouldBe(new Phase.Settling(Call(0, 1), play.Now + Seconds(15)));
        play.LosesTheRecords().Waits(Seconds(14)).LooksUp(null).Waits(Seconds(1));
        play.Happened<AttemptEnded>().Single().Evidence.ShouldBe(Evidence.Unsure);
    }

    [Fact]
    public void After_a_restart_an_answered_call_that_the_records_do_not_show_goes_on_until_it_must_have_ended()
    {
        var play = Play.With(Ann, Bob).Dials(Ann).Rings().PicksUp().Gets(Restarted).LooksUp(null).Waits(Seconds(15)).LooksUp(null).Waits(Seconds(15)).LooksUp(null);
        play.State.HasLiveLeg.ShouldBeTrue("no phone rings beside a call that may go on");
        play.Presses("1").State.IsClosed.ShouldBeTrue();
    }

    [Fact]
    public void After_a_restart_a_call_with_a_key_is_waited_for_as_if_its_answer_had_been_lost()
    {
        var play = Play.With(Ann, Bob).Dials(Ann).Rings().PicksUp().Presses("2");
        play.Leg().EndsBy.ShouldBe(Noon + Seconds(20));
        play.Gets(Restarted).Leg().EndsBy.ShouldBe(Noon + Seconds(25 + 90));
        play.Waits(Seconds(60)).State.HasLiveLeg.ShouldBeTrue("no phone rings beside one that may be off the hook");
        play.HangsUp().Wants(Bob);
    }

    [Fact]
    public void After_a_restart_the_wait_is_never_longer_than_ringing_and_the_longest_call() =>
        Play.With(Ann, Bob).Dials(Ann).Rings().Gets(Restarted).Leg().EndsBy.ShouldBe(Noon + Seconds(25 + 90));

    [Fact]
    public void The_pause_after_a_call_whose_end_nobody_knows_counts_from_when_that_is_said()
    {
        var play = Play.With(Ann, Bob).Dials(Ann).WaitsForItsDeadline().WaitsForItsDeadline();
        play.Last.Events.ShouldContain(new RetryPauseBegan(0, play.Now + Seconds(20)));
        play.Waits(Seconds(19)).Wants(null).Waits(Seconds(1)).Wants(Ann);
    }

    [Fact]
    public void A_restart_without_a_call_under_way_changes_nothing() =>
        Play.With(Ann, Bob).Gets(Restarted).Last.Because.ShouldBe("no call is under way");

    [Fact]
    public void A_line_that_fails_before_the_call_begins_uses_up_nobodys_attempt()
    {
        var play = Play.With(Ann, Bob).Gets(new DispatchInput.LineFailed(Call(0, 1), LineDownReason.Unreachable));
        play.Last.Events.ToArray().ShouldBe([new LineWentDown(LineDownReason.Unreachable, 1, Noon + Seconds(15))]);
        play.State.Legs.ShouldBeEmpty();
        play.Waits(Seconds(15)).Wants(Ann);
        play.Dials(Ann).Gets(new DispatchInput.LineFailed(Call(0, 1), LineDownReason.Unreachable)).Last.Because.ShouldBe("this call is not wanted any more");
    }

    [Fact]
    public void An_order_that_was_not_sent_is_wanted_again_and_uses_up_nothing()
    {
        var play = Play.With(Ann, Bob).Begins(Ann).Gets(new DispatchInput.CallNotPlaced(Call(0, 1), new NotPlaced.NotSent()));
        play.Last.Events.ToArray().ShouldBe([new CallWithdrawn(Call(0, 1)), new CallWanted(Call(0, 1))]);
        play.Wants(Ann);
    }

    [Fact]
    public void An_order_that_was_not_sent_for_a_dispatch_that_was_closed_leaves_no_call_behind()
    {
        var play = Play.With(Ann, Bob).Begins(Ann).Gets(new DispatchInput.Cancel(Boss)).Gets(new DispatchInput.CallNotPlaced(Call(0, 1), new NotPlaced.NotSent()));
        play.State.Legs.ShouldBeEmpty();
        play.State.IsClosed.ShouldBeTrue();
        Agenda.Deadline(play.State).ShouldBeNull();
    }

    [Fact]
    public void A_given_up_call_that_turns_out_not_to_have_been_sent_is_wanted_again()
    {
        var play = Play.With(Ann, Bob).Begins(Ann).WaitsForItsDeadline().Gets(new DispatchInput.CallNotPlaced(Call(0, 1), new NotPlaced.NotSent()));
        play.Wants(Ann).State.Callees[0].UsedThisRound.ShouldBe(0);
    }

    static Play Ended(EscalationPolicy? policy = null) => Play.With(policy ?? new(), Ann, Bob).Dials(Ann).PicksUp().Waits(Seconds(60)).HangsUp();

    static List<double> LookupsFrom(Play play, DateTimeOffset from)
    {
        var seconds = new List<double>();
        for (var at = from; Agenda.NextLookup(play.State, at) is { } next; at = next.AddTicks(1))
            seconds.Add((next - from).TotalSeconds);
        return seconds;
    }
}
