using static BotDispatch.Core.DispatchEvent;
using static BotDispatch.Core.Tests.Cast;

namespace BotDispatch.Core.Tests;

/// <summary>Only a key is proof: a call that ended without one settles first.</summary>
public class SettlingStories
{
    [Fact]
    public void A_completed_call_without_a_key_is_no_success_but_settles()
    {
        var play = Answered(after: 60);
        play.Last.Events.Last().ShouldBe(new SettlingBegan(Call(0, 1), play.Now, play.Now + Seconds(15)));
        Agenda.Deadline(play.State).ShouldBe(play.Now + Seconds(15));
        play.Card.Headline.ShouldBe("The call to Ann ended without a key. Checking that no key was lost.");
    }

    [Fact]
    public void Nobody_is_called_while_a_call_settles() => Answered(after: 60).Waits(Seconds(14)).Wants(null);

    [Fact]
    public void The_records_are_asked_at_once_then_after_five_seconds_and_once_more_before_the_grace_ends()
    {
        var play = Answered(after: 60);
        Agenda.LegsToLookUp(play.State).Select(leg => leg.Attempt).ShouldBe([Call(0, 1)]);
        LookupsFrom(play.State, play.Now).ShouldBe([play.Now, play.Now + Seconds(5), play.Now + Seconds(13)]);
    }

    [Fact]
    public void A_1_from_the_records_ends_the_wait()
    {
        var play = Answered(after: 60).Waits(Seconds(5)).Presses("1");
        play.Last.Events.ToArray().ShouldBe([
            new KeyRecorded(Call(0, 1), Key.Accept, "1", AfterCall: true, Noon + Seconds(65 + 20)),
            new Accepted(Call(0, 1), play.Now, play.Now + TimeSpan.FromHours(8))]);
        play.Leg().Outcome.ShouldBe(CallOutcome.Accepted);
    }

    [Fact]
    public void A_2_from_the_records_ends_the_wait()
    {
        var play = Answered(after: 60).Waits(Seconds(5)).Presses("2").Wants(Bob);
        (play.Leg().Outcome, play.Leg().Evidence).ShouldBe((CallOutcome.Rejected, Evidence.None));
    }

    [Fact]
    public void A_wrong_key_from_the_records_does_not_end_the_wait()
    {
        var play = Answered(after: 60).Waits(Seconds(5)).Presses("9");
        play.State.Phase.ShouldBeOfType<Phase.Settling>();
        Ending(play).ShouldBe(new AttemptEnded(Call(0, 1), CallOutcome.NoAnswer, Evidence.WrongKeys));
    }

    [Fact]
    public void The_empty_report_does_not_end_the_wait() =>
        Answered(after: 60).Presses("").Last.Because.ShouldBe("no new key");

    [Fact]
    public void Without_a_key_it_is_no_answer_and_an_attempt_is_used_up()
    {
        var play = Answered(after: 60);
        Ending(play).ShouldBe(new AttemptEnded(Call(0, 1), CallOutcome.NoAnswer, Evidence.PressedNothing));
        play.State.Callees[0].UsedThisRound.ShouldBe(1);
    }

    [Theory]
    [InlineData(3, Evidence.HungUpEarly)]
    [InlineData(41.9, Evidence.HungUpEarly)]
    [InlineData(42, Evidence.PressedNothing)]
    [InlineData(60, Evidence.PressedNothing)]
    public void Hung_up_early_is_less_than_seven_tenths_of_what_is_said(double seconds, Evidence evidence) =>
        Ending(Answered(after: seconds)).ShouldBe(new AttemptEnded(Call(0, 1), CallOutcome.NoAnswer, evidence));

    [Fact]
    public void The_providers_clock_counts_more_than_ours()
    {
        var play = Answered(after: 60).Gets(new DispatchInput.LegProgressed(Call(0, 1), new LegReport(LegStatus.Completed, Duration: Seconds(5))));
        Ending(play).Evidence.ShouldBe(Evidence.HungUpEarly);
    }

    [Fact]
    public void A_duration_of_nothing_says_nothing()
    {
        var play = Answered(after: 60).Gets(new DispatchInput.LegProgressed(Call(0, 1), new LegReport(LegStatus.Completed, Duration: TimeSpan.Zero, Price: 0.1m)));
        Ending(play).Evidence.ShouldBe(Evidence.PressedNothing);
    }

    [Fact]
    public void A_completed_call_whose_answer_nobody_saw_has_no_evidence() =>
        Ending(Play.With(Ann, Bob).Dials(Ann).HangsUp()).ShouldBe(new AttemptEnded(Call(0, 1), CallOutcome.NoAnswer));

    [Fact]
    public void Voicemail_is_said_only_if_the_provider_says_machine()
    {
        Ending(Answered(after: 60, by: AnsweredBy.Machine)).Evidence.ShouldBe(Evidence.Voicemail);
        Ending(Answered(after: 60, by: AnsweredBy.Human)).Evidence.ShouldBe(Evidence.PressedNothing);
        Ending(Answered(after: 3, by: AnsweredBy.Machine)).Evidence.ShouldBe(Evidence.Voicemail);
    }

    [Fact]
    public void Wrong_keys_only_are_no_answer_with_wrong_keys() =>
        Ending(Play.With(Ann, Bob).Dials(Ann).PicksUp().Presses("9").Waits(Seconds(60)).HangsUp())
            .ShouldBe(new AttemptEnded(Call(0, 1), CallOutcome.NoAnswer, Evidence.WrongKeys));

    [Fact]
    public void A_wrong_key_proves_that_somebody_picked_up_even_if_no_other_news_came() =>
        Ending(Play.With(Ann, Bob).Dials(Ann).Presses("9").WaitsForItsDeadline())
            .ShouldBe(new AttemptEnded(Call(0, 1), CallOutcome.NoAnswer, Evidence.WrongKeys, Noon + Seconds(145)));

    [Fact]
    public void An_answered_call_without_further_news_is_no_answer_but_unsure() =>
        Ending(Play.With(Ann, Bob).Dials(Ann).PicksUp().WaitsForItsDeadline())
            .ShouldBe(new AttemptEnded(Call(0, 1), CallOutcome.NoAnswer, Evidence.Unsure, Noon + Seconds(145)));

    [Theory]
    [InlineData(LegStatus.NoAnswer, CallOutcome.NoAnswer, Evidence.NotPickedUp)]
    [InlineData(LegStatus.Busy, CallOutcome.Busy, Evidence.None)]
    [InlineData(LegStatus.Failed, CallOutcome.Failed, Evidence.None)]
    [InlineData(LegStatus.Completed, CallOutcome.NoAnswer, Evidence.None)]
    public void What_the_records_say_of_a_lost_call_while_it_settles_counts(LegStatus said, CallOutcome outcome, Evidence evidence)
    {
        var play = Play.With(Ann, Bob).Dials(Ann).WaitsForItsDeadline().Says(said);
        play.State.Phase.ShouldBeOfType<Phase.Settling>();
        Ending(play).ShouldBe(new AttemptEnded(Call(0, 1), outcome, evidence));
    }

    [Fact]
    public void A_call_that_failed_while_somebody_talked_failed() =>
        Ending(Play.With(Ann, Bob).Dials(Ann).PicksUp().Says(LegStatus.Failed)).ShouldBe(new AttemptEnded(Call(0, 1), CallOutcome.Failed));

    [Fact]
    public void A_key_clears_what_the_outcome_rested_on_before()
    {
        var play = Answered(after: 3).Waits(Seconds(16)).Presses("1");
        (play.Leg().Outcome, play.Leg().Evidence).ShouldBe((CallOutcome.Accepted, Evidence.None));
    }

    [Fact]
    public void A_settling_call_that_the_channel_ends_is_not_shown_as_under_way()
    {
        Answered(after: 60).Gets(new DispatchInput.Skip(Boss, 0, 1)).Card.People[0].Calls.ShouldBe([CallOutcome.CutShort]);
        Answered(after: 60).Gets(new DispatchInput.Cancel(Boss)).Card.People[0].Calls.ShouldBe([CallOutcome.CutShort]);
    }

    static Play Answered(double after, AnsweredBy by = AnsweredBy.Unknown)
    {
        var play = Play.With(Ann, Bob).Dials(Ann).PicksUp().Waits(Seconds(after));
        return play.Gets(new DispatchInput.LegProgressed(Call(0, 1), new LegReport(LegStatus.Completed, AnsweredBy: by)));
    }

    static AttemptEnded Ending(Play play) => play.WaitsForItsDeadline().Last.Events.OfType<AttemptEnded>().Single();

    static List<DateTimeOffset> LookupsFrom(DispatchState state, DateTimeOffset from)
    {
        var moments = new List<DateTimeOffset>();
        while (Agenda.NextLookup(state, from) is { } next)
        {
            moments.Add(next);
            from = next.AddTicks(1);
        }
        return moments;
    }
}
