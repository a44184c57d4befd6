using static BotDispatch.Core.DispatchEvent;
using static BotDispatch.Core.Tests.Cast;

namespace BotDispatch.Core.Tests;

/// <summary>The line as a whole is down: nobody's attempts are used up.</summary>
public class LineStories
{
    [Theory]
    [InlineData(LineDownReason.NoBalance)]
    [InlineData(LineDownReason.BadCredentials)]
    [InlineData(LineDownReason.Unreachable)]
    [InlineData(LineDownReason.Throttled)]
    public void A_line_that_is_down_uses_up_nobodys_attempt_and_is_said_at_once(LineDownReason reason)
    {
        var play = Down(Play.With(Ann, Bob), reason);
        play.Last.Events.ToArray().ShouldBe([new CallWithdrawn(Call(0, 1)), new LineWentDown(reason, 1, Noon + Seconds(15))]);
        play.State.Callees[0].UsedThisRound.ShouldBe(0);
        play.State.Legs.ShouldBeEmpty();
        play.Card.Status.ShouldBe(CardStatus.Paused);
        play.Waits(Seconds(14)).Wants(null).Waits(Seconds(1)).Wants(Ann);
    }

    [Fact]
    public void The_pause_doubles_up_to_the_longest()
    {
        var play = Play.With(Ann);
        var pauses = new List<double>();
        for (var times = 0; times < 8; times++)
        {
            var before = Down(play, LineDownReason.Unreachable).Now;
            pauses.Add((play.WaitsForItsDeadline().Now - before).TotalSeconds);
        }
        pauses.ShouldBe([15, 30, 60, 120, 240, 300, 300, 300]);
        play.Happened<LineWentDown>().Select(down => down.Times).ShouldBe([1, 2, 3, 4, 5, 6, 7, 8]);
    }

    [Fact]
    public void A_long_outage_does_not_overflow_the_pause()
    {
        var state = Down(Play.With(Ann), LineDownReason.Unreachable).WaitsForItsDeadline().State with { TimesLineDown = 5000 };
        state = Decider.Decide(state, new DispatchInput.BeginCall(Call(0, 1), Length), Noon).State;
        var again = Decider.Decide(state, new DispatchInput.CallNotPlaced(Call(0, 1), new NotPlaced.LineIsDown(LineDownReason.Throttled)), Noon);
        again.Events.ShouldContain(new LineWentDown(LineDownReason.Throttled, 5001, Noon + Minutes(5)));
    }

    [Fact]
    public void Unsent_means_no_balance()
    {
        var play = Play.With(Ann, Bob).Dials(Ann).Says(LegStatus.Unsent);
        play.Last.Events.Skip(1).ToArray().ShouldBe([new AttemptEnded(Call(0, 1), CallOutcome.LineDown), new LineWentDown(LineDownReason.NoBalance, 1, Noon + Seconds(15))]);
        play.State.Callees[0].UsedThisRound.ShouldBe(0);
        play.Waits(Seconds(15)).Dials(Ann).Current.ShouldBe(Call(0, 2));
        play.Leg().InRound.ShouldBe(1);
    }

    [Fact]
    public void Without_balance_the_pause_doubles_although_each_call_is_taken_before_it_is_not_sent()
    {
        var play = Play.With(Ann, Bob).Dials(Ann).Says(LegStatus.Queued).Says(LegStatus.Unsent);
        play.Waits(Seconds(15)).Dials(Ann).Says(LegStatus.Queued).Says(LegStatus.Initiated).Says(LegStatus.Unsent);
        play.Last.Events.Last().ShouldBe(new LineWentDown(LineDownReason.NoBalance, 2, play.Now + Seconds(30)));
        play.Happened<LineRestored>().ShouldBeEmpty();
    }

    [Theory]
    [InlineData(LegStatus.Terminated)]
    [InlineData(LegStatus.Unsent)]
    public void A_call_cut_off_for_want_of_balance_settles_first_and_uses_up_no_attempt(LegStatus end)
    {
        var play = end is LegStatus.Terminated
            ? Play.With(Ann, Bob).Dials(Ann).PicksUp().Waits(Seconds(5)).Says(end)
            : Play.With(Ann, Bob).Dials(Ann).WaitsForItsDeadline().Says(end);
        play.State.Phase.ShouldBeOfType<Phase.Settling>();
        play.WaitsForItsDeadline().Last.Events.ToArray().ShouldBe([
            new AttemptEnded(Call(0, 1), CallOutcome.LineDown), new LineWentDown(LineDownReason.NoBalance, 1, play.Now + Seconds(15))]);
        play.State.Callees[0].UsedThisRound.ShouldBe(0);
    }

    [Theory]
    [InlineData(LegStatus.Ringing)]
    [InlineData(LegStatus.InProgress)]
    [InlineData(LegStatus.Busy)]
    [InlineData(LegStatus.Failed)]
    public void A_call_that_is_really_made_restores_the_line_once(LegStatus said)
    {
        var play = Down(Play.With(Ann, Bob), LineDownReason.Unreachable).Waits(Seconds(15)).Dials(Ann);
        play.Happened<LineRestored>().ShouldBeEmpty();
        play.Says(said).Happened<LineRestored>().Count().ShouldBe(1);
        play.State.TimesLineDown.ShouldBe(0);
        play.HangsUp().Happened<LineRestored>().Count().ShouldBe(1);
    }

    [Fact]
    public void After_it_was_restored_the_pause_is_short_again()
    {
        var play = Down(Play.With(Ann, Bob), LineDownReason.Unreachable).Waits(Seconds(15)).Dials(Ann).RingsOut().WaitsForItsDeadline();
        Down(play, LineDownReason.Unreachable).Last.Events.Last().ShouldBe(new LineWentDown(LineDownReason.Unreachable, 1, play.Now + Seconds(15)));
    }

    [Fact]
    public void News_of_an_older_call_does_not_restore_the_line()
    {
        var play = Play.With(Ann, Bob).Dials(Ann).RingsOut().Waits(Seconds(20));
        Down(play, LineDownReason.Unreachable).Gets(new DispatchInput.LegProgressed(Call(0, 1), new LegReport(LegStatus.NoAnswer, Price: 0.02m)));
        play.Last.Events.Length.ShouldBe(1);
        play.State.TimesLineDown.ShouldBe(1);
    }

    [Fact]
    public void A_late_rejection_does_not_cut_the_pause_short()
    {
        var play = Down(Play.With(Ann, Bob).Dials(Ann).RingsOut().Waits(Seconds(20)), LineDownReason.NoBalance).Presses("2", on: Call(0, 1));
        play.State.Phase.ShouldBeOfType<Phase.LineDown>();
        play.Card.Buttons.ShouldNotContain(button => button.Action == CardAction.Skip);
        play.Gets(new DispatchInput.Skip(Boss, 0, 1)).Last.IsIgnored.ShouldBeTrue();
        play.Waits(Seconds(15)).Wants(Bob);
    }

    [Fact]
    public void A_late_rejection_of_the_last_one_ends_it_even_while_the_line_is_down()
    {
        var play = Down(Play.With(Ann).Dials(Ann).RingsOut().Waits(Seconds(20)), LineDownReason.NoBalance).Presses("2", on: Call(0, 1));
        play.State.Resolution.ShouldBe(new Resolution.Exhausted(ExhaustedBecause.NobodyLeft));
    }

    [Fact]
    public void Time_with_the_line_down_counts_towards_giving_up()
    {
        var play = Down(Play.With(new EscalationPolicy { GiveUpAfter = Seconds(10) }, Ann), LineDownReason.Unreachable);
        play.Waits(Seconds(10)).State.Resolution.ShouldBe(new Resolution.Exhausted(ExhaustedBecause.TimeIsUp));
    }

    [Fact]
    public void A_line_that_goes_down_after_the_time_for_trying_ends_it_at_once()
    {
        var play = Play.With(new EscalationPolicy { GiveUpAfter = Seconds(10) }, Ann, Bob).Dials(Ann).PicksUp().Waits(Seconds(20)).Says(LegStatus.Terminated);
        play.WaitsForItsDeadline().State.Resolution.ShouldBe(new Resolution.Exhausted(ExhaustedBecause.TimeIsUp));
    }

    [Fact]
    public void A_call_that_nobody_waits_for_any_more_is_withdrawn_quietly()
    {
        var play = Play.With(Ann, Bob).Begins(Ann).Gets(new DispatchInput.Skip(Boss, 0, 1));
        play.Gets(new DispatchInput.CallNotPlaced(Call(0, 1), new NotPlaced.LineIsDown(LineDownReason.Unreachable)));
        play.Last.Events.ToArray().ShouldBe([new CallWithdrawn(Call(0, 1))]);
        play.Wants(Bob);
    }

    static Play Down(Play play, LineDownReason reason) =>
        play.Begins(Ann).Gets(new DispatchInput.CallNotPlaced(play.Current, new NotPlaced.LineIsDown(reason)));
}
