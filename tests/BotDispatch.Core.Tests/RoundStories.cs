using static BotDispatch.Core.DispatchEvent;
using static BotDispatch.Core.Tests.Cast;

namespace BotDispatch.Core.Tests;

/// <summary>The list is exhausted: again from the top, until nobody is left or the time is up.</summary>
public class RoundStories
{
    [Fact]
    public void When_everybody_had_their_turn_the_next_round_begins_after_a_pause()
    {
        var play = Play.With(Ann, Bob).LosesEveryAttempt(Ann).LosesEveryAttempt(Bob);
        play.Last.Events.Last().ShouldBe(new RoundEnded(1, play.Now + Minutes(2)));
        play.Waits(Minutes(2) - Seconds(1)).Wants(null).Waits(Seconds(1)).Wants(Ann);
    }

    [Fact]
    public void A_new_round_brings_three_new_attempts_with_new_numbers()
    {
        var play = Play.With(Ann).LosesEveryAttempt(Ann).Waits(Minutes(2)).Dials(Ann).Rings();
        play.Current.ShouldBe(Call(0, 4));
        (play.Leg().Round, play.Leg().InRound).ShouldBe((2, 1));
        play.Card.Headline.ShouldBe("Ringing Ann, round 2, attempt 1 of 3.");
        play.Says(LegStatus.Busy).Waits(Seconds(20)).Dials(Ann).Says(LegStatus.Busy).Waits(Seconds(20)).Dials(Ann).Says(LegStatus.Busy);
        play.Last.Events.Last().ShouldBe(new RoundEnded(2, play.Now + Minutes(2)));
    }

    [Fact]
    public void Somebody_who_rejected_is_left_out_of_the_next_round()
    {
        var play = Play.With(Ann, Bob).Dials(Ann).Rejects().LosesEveryAttempt(Bob).Waits(Minutes(2)).Wants(Bob);
        play.State.Round.ShouldBe(2);
    }

    [Fact]
    public void When_everyone_rejected_it_is_exhausted_at_once()
    {
        var play = Play.With(Ann, Bob).Dials(Ann).Rejects().Dials(Bob).PicksUp().Presses("2");
        play.Last.Events.Last().ShouldBe(new Exhausted(ExhaustedBecause.NobodyLeft, play.Now));
        Agenda.Deadline(play.HangsUp().State).ShouldBeNull();
    }

    [Fact]
    public void A_late_rejection_of_the_last_one_left_exhausts_at_once_even_between_rounds()
    {
        var play = Play.With(Ann).Dials(Ann).PicksUp().Waits(Seconds(60)).HangsUp().Waits(Seconds(20)).LosesEveryAttempt(Ann, times: 2);
        play.State.Phase.ShouldBeOfType<Phase.Pausing>().Callee.ShouldBeNull();
        play.Presses("2", on: Call(0, 1)).Last.Events.Last().ShouldBe(new Exhausted(ExhaustedBecause.NobodyLeft, play.Now));
    }

    [Fact]
    public void A_bad_number_skips_the_person_for_good()
    {
        var play = Play.With(Ann, Bob).Begins(Ann).Gets(new DispatchInput.CallNotPlaced(Call(0, 1), new NotPlaced.NumberIsBad()));
        play.Last.Events.ToArray().ShouldBe([new AttemptEnded(Call(0, 1), CallOutcome.BadNumber), new CallWanted(Call(1, 1))]);
        play.State.Callees[0].UsedThisRound.ShouldBe(0);
        play.LosesEveryAttempt(Bob).Waits(Minutes(2)).Wants(Bob);
    }

    [Fact]
    public void When_nobody_can_be_called_at_all_it_is_exhausted_at_once()
    {
        var play = Play.With(Ann, Bob).Dials(Ann).Rejects().Begins(Bob).Gets(new DispatchInput.CallNotPlaced(Call(1, 1), new NotPlaced.NumberIsBad()));
        play.State.Resolution.ShouldBe(new Resolution.Exhausted(ExhaustedBecause.NobodyLeft));
    }

    [Fact]
    public void A_number_that_turns_out_bad_after_its_turn_exhausts_at_once_if_nobody_is_left()
    {
        var play = Play.With(Ann).Begins(Ann).Gets(new DispatchInput.Skip(Boss, 0, 1));
        play.State.Phase.ShouldBeOfType<Phase.Pausing>();
        play.Gets(new DispatchInput.CallNotPlaced(Call(0, 1), new NotPlaced.NumberIsBad()));
        play.State.Resolution.ShouldBe(new Resolution.Exhausted(ExhaustedBecause.NobodyLeft));
    }

    [Fact]
    public void A_number_that_turns_out_bad_is_not_called_although_its_next_turn_has_come()
    {
        var play = Play.With(new EscalationPolicy { RoundPause = Seconds(10) }, Ann, Bob).Dials(Ann).RingsOut().Waits(Seconds(20));
        play.Begins(Ann).Gets(new DispatchInput.Skip(Boss, 0, 1)).Gets(new DispatchInput.Skip(Boss, 1, 1)).Waits(Seconds(10));
        play.State.Phase.ShouldBe(new Phase.Placing(Call(0, 3)));
        play.Gets(new DispatchInput.CallNotPlaced(Call(0, 2), new NotPlaced.NumberIsBad())).Wants(Bob);
    }

    [Fact]
    public void An_attempt_number_is_not_used_again_when_an_older_call_is_withdrawn_late()
    {
        var play = Play.With(new EscalationPolicy { RoundPause = Seconds(10) }, Ann).Begins(Ann).Gets(new DispatchInput.Skip(Boss, 0, 1)).Waits(Seconds(10));
        play.State.Phase.ShouldBe(new Phase.Placing(Call(0, 2)));
        play.Gets(new DispatchInput.CallNotPlaced(Call(0, 1), new NotPlaced.LineIsDown(LineDownReason.Unreachable)));
        play.Dials(Ann).Says(LegStatus.Busy).Waits(Seconds(20)).Dials(Ann).Current.ShouldBe(Call(0, 3));
    }

    [Fact]
    public void Nobody_is_called_after_the_time_for_trying()
    {
        var play = Play.With(new EscalationPolicy { GiveUpAfter = Minutes(1) }, Ann);
        play.Waits(Minutes(1)).State.Phase.ShouldBe(new Phase.Closed(new Resolution.Exhausted(ExhaustedBecause.TimeIsUp), Noon + Minutes(1)));

        var late = Decider.Decide(Play.With(Ann).State, new DispatchInput.BeginCall(Call(0, 1), Length), Noon + TimeSpan.FromHours(2));
        late.Events.ToArray().ShouldBe([new Exhausted(ExhaustedBecause.TimeIsUp, Noon + TimeSpan.FromHours(2))]);
    }

    [Fact]
    public void The_end_of_trying_never_cuts_a_live_call()
    {
        var play = Play.With(new EscalationPolicy { GiveUpAfter = Minutes(1) }, Ann, Bob).Dials(Ann).PicksUp().Waits(Seconds(70));
        play.State.Phase.ShouldBe(new Phase.Calling(Call(0, 1)));
        Agenda.LegsToEnd(play.State).ShouldBeEmpty();
        play.Presses("1").State.Resolution.ShouldBe(new Resolution.Accepted(Call(0, 1)));
    }

    [Fact]
    public void After_the_time_for_trying_a_call_without_a_key_still_settles_first()
    {
        var play = Play.With(new EscalationPolicy { GiveUpAfter = Minutes(1) }, Ann, Bob).Dials(Ann).PicksUp().Waits(Seconds(70)).HangsUp();
        play.Waits(Seconds(14)).State.IsClosed.ShouldBeFalse();
        play.Waits(Seconds(1)).State.Resolution.ShouldBe(new Resolution.Exhausted(ExhaustedBecause.TimeIsUp));
    }

    [Fact]
    public void Exhausted_comes_when_the_last_leg_has_ended()
    {
        var play = Play.With(new EscalationPolicy { GiveUpAfter = Minutes(1) }, Ann, Bob).Dials(Ann).PicksUp().Waits(Seconds(65)).Presses("2");
        play.State.IsClosed.ShouldBeFalse();
        play.Wants(null).HangsUp().State.Resolution.ShouldBe(new Resolution.Exhausted(ExhaustedBecause.TimeIsUp));
    }

    [Fact]
    public void Exhausted_comes_also_when_no_news_of_the_last_leg_came()
    {
        var play = Play.With(new EscalationPolicy { GiveUpAfter = Minutes(1) }, Ann, Bob).Dials(Ann).PicksUp().Waits(Seconds(65)).Presses("2");
        play.Waits(Seconds(19)).State.IsClosed.ShouldBeFalse();
        play.Waits(Seconds(1)).State.Resolution.ShouldBe(new Resolution.Exhausted(ExhaustedBecause.TimeIsUp));
        play.State.Legs.Single().Status.ShouldBe(LegStatus.Lost);
    }

    [Fact]
    public void A_pause_between_rounds_ends_with_the_time_for_trying()
    {
        var play = Play.With(new EscalationPolicy { GiveUpAfter = Minutes(1), AttemptsPerEmployee = 1 }, Ann).Dials(Ann).Says(LegStatus.Busy);
        Agenda.Deadline(play.State).ShouldBe(Noon + Minutes(1));
        play.WaitsForItsDeadline().State.IsClosed.ShouldBeTrue();
    }
}
