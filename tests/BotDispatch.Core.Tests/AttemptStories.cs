using static BotDispatch.Core.DispatchEvent;
using static BotDispatch.Core.Tests.Cast;
using static BotDispatch.Core.Tests.Scene;

namespace BotDispatch.Core.Tests;

/// <summary>Up to three attempts for one person, then the next one.</summary>
public class AttemptStories
{
    [Fact]
    public void A_dispatch_begins_with_the_first_of_the_roster()
    {
        var plan = Plan(Ann, Bob);
        Given()
            .When(new DispatchInput.Start(plan))
            .Then(new Started(plan, Noon + TimeSpan.FromHours(2)), new CallWanted(Call(0, 1)))
            .LeavingToDo(Call(0, 1), Nobody, deadline: Noon + TimeSpan.FromHours(2));
    }

    [Fact]
    public void A_dispatch_starts_only_once() =>
        Given(new Started(Plan(Ann), Noon + Minutes(9)), new CallWanted(Call(0, 1)))
            .When(new DispatchInput.Start(Plan(Bob)))
            .ThenNothing("it has already started");

    [Fact]
    public void A_call_that_begins_is_waited_for_as_long_as_it_can_ring_and_talk_and_a_little_more() =>
        Given(new Started(Plan(Ann), Noon + Minutes(9)), new CallWanted(Call(0, 1)))
            .When(new DispatchInput.BeginCall(Call(0, 1), Length))
            .Then(new CallBegun(Call(0, 1), 1, 1, Noon, Noon + Seconds(25 + 90 + 15), Length))
            .LeavingToDo(call: null, Nobody, deadline: Noon + Seconds(130));

    [Fact]
    public void A_call_whose_turn_has_not_come_begins_nothing() =>
        Given(new Started(Plan(Ann), Noon + Minutes(9)), new CallWanted(Call(0, 1)))
            .When(new DispatchInput.BeginCall(Call(0, 1), Length, IsEarly: true))
            .ThenNothing("its turn has not come");

    [Fact]
    public void Somebody_who_may_not_be_called_is_passed_over_before_the_turn_comes() =>
        Play.With(Ann, Bob).Gets(new DispatchInput.BeginCall(Call(0, 1), Length, new(PassedOverReason.OnThePhone), IsEarly: true))
            .State.Phase.ShouldBe(new Phase.Placing(Call(1, 1)));

    [Fact]
    public void Only_the_wanted_call_begins()
    {
        var play = Play.With(Ann, Bob);
        play.Gets(new DispatchInput.BeginCall(Call(1, 1), Length)).Last.Because.ShouldBe("this call is not wanted any more");
        play.Dials(Ann).Gets(new DispatchInput.BeginCall(Call(0, 1), Length)).Last.Because.ShouldBe("this call is not wanted any more");
    }

    // Routee's one status NoAnswer means both: "the destination rejected the call" and a phone that rang out.
    [Theory]
    [InlineData(4, Evidence.Declined)]
    [InlineData(19, Evidence.Declined)]
    [InlineData(20, Evidence.NotPickedUp)]
    [InlineData(26, Evidence.NotPickedUp)]
    public void A_call_that_ends_unanswered_long_before_the_ring_time_was_declined(int seconds, Evidence evidence) =>
        Play.With(Ann, Bob).Dials(Ann).Rings().Waits(Seconds(seconds)).Says(LegStatus.NoAnswer).Happened<AttemptEnded>().Single()
            .ShouldBe(new AttemptEnded(Call(0, 1), CallOutcome.NoAnswer, evidence));

    [Fact]
    public void Somebody_who_never_picks_up_is_called_three_times_and_then_the_next_one()
    {
        var play = Play.With(Ann, Bob);
        play.Dials(Ann).RingsOut().Waits(Seconds(20)).Dials(Ann).RingsOut().Waits(Seconds(20)).Dials(Ann).RingsOut().Wants(Bob);
        play.Happened<AttemptEnded>().ShouldAllBe(ended => ended.Outcome == CallOutcome.NoAnswer && ended.Evidence == Evidence.NotPickedUp);
        play.Happened<CallBegun>().Select(call => (call.Attempt, call.Round, call.InRound))
            .ShouldBe([(Call(0, 1), 1, 1), (Call(0, 2), 1, 2), (Call(0, 3), 1, 3)]);
    }

    [Fact]
    public void The_retry_pause_counts_from_the_end_of_the_call()
    {
        var play = Play.With(Ann).Dials(Ann).RingsOut();
        play.Last.Events.ShouldContain(new RetryPauseBegan(0, Noon + Seconds(25 + 20)));
        play.Waits(Seconds(19)).Wants(null).Waits(Seconds(1)).Wants(Ann);
    }

    [Fact]
    public void The_retry_pause_counts_from_the_end_of_the_call_also_when_it_had_to_settle()
    {
        var play = Play.With(Ann).Dials(Ann).PicksUp().Waits(Seconds(60)).HangsUp().Waits(Seconds(15));
        play.Last.Events.ShouldContain(new RetryPauseBegan(0, Noon + Seconds(60 + 20)));
    }

    [Fact]
    public void News_of_an_ended_call_does_not_lengthen_the_retry_pause()
    {
        var play = Play.With(Ann).Dials(Ann).RingsOut().Waits(Seconds(10));
        play.Gets(new DispatchInput.LegProgressed(Call(0, 1), new LegReport(LegStatus.NoAnswer, Price: 0.02m))).Last.Events.Length.ShouldBe(1);
        play.Waits(Seconds(10)).Wants(Ann);
    }

    [Fact]
    public void News_of_an_older_call_does_not_shorten_the_retry_pause()
    {
        var play = Play.With(Ann).Dials(Ann).RingsOut().Waits(Seconds(20)).Dials(Ann).RingsOut();
        play.Gets(new DispatchInput.LegProgressed(Call(0, 1), new LegReport(LegStatus.NoAnswer, Price: 0.02m)));
        play.State.Callees[0].LastCallEnded.ShouldBe(play.Now);
    }

    [Fact]
    public void A_busy_line_uses_up_an_attempt()
    {
        var play = Play.With(Ann, Bob).Dials(Ann).Says(LegStatus.Busy);
        play.Last.Events.ShouldContain(new AttemptEnded(Call(0, 1), CallOutcome.Busy));
        play.State.Callees[0].UsedThisRound.ShouldBe(1);
    }

    [Fact]
    public void A_failed_call_uses_up_an_attempt()
    {
        var play = Play.With(Ann, Bob).Dials(Ann).Says(LegStatus.Failed);
        play.Last.Events.ShouldContain(new AttemptEnded(Call(0, 1), CallOutcome.Failed));
        play.State.Callees[0].UsedThisRound.ShouldBe(1);
    }

    [Fact]
    public void A_call_that_the_provider_refuses_uses_up_an_attempt()
    {
        var play = Play.With(Ann, Bob).Begins(Ann).Gets(new DispatchInput.CallNotPlaced(Call(0, 1), new NotPlaced.Refused("why not")));
        play.Last.Events.ToArray().ShouldBe([new AttemptEnded(Call(0, 1), CallOutcome.Failed), new RetryPauseBegan(0, Noon + Seconds(20))]);
        play.Waits(Seconds(20)).Wants(Ann).State.NextAttempt(0).ShouldBe(Call(0, 2));
    }

    [Fact]
    public void What_the_provider_took_cannot_be_not_placed()
    {
        var refused = new DispatchInput.CallNotPlaced(Call(0, 1), new NotPlaced.Refused("late"));
        Play.With(Ann).Dials(Ann).Gets(refused).Last.Because.ShouldBe("the provider has said otherwise");
        Play.With(Ann).Begins(Ann).Rings().Gets(refused).Last.Because.ShouldBe("the provider has said otherwise");
        Play.With(Ann).Begins(Ann).Says(LegStatus.None).Gets(refused).Last.Because.ShouldBe("the provider has said otherwise");
        Play.With(Ann).Gets(refused).Last.Because.ShouldBe("the provider has said otherwise");
    }

    [Fact]
    public void A_call_without_any_news_failed_for_all_we_know_and_uses_up_an_attempt()
    {
        var play = Play.With(Ann, Bob).Begins(Ann).WaitsForItsDeadline();
        play.Now.ShouldBe(Noon + Seconds(130));
        play.State.Phase.ShouldBe(new Phase.Settling(Call(0, 1), play.Now + Seconds(15)));
        play.WaitsForItsDeadline().Last.Events.ShouldContain(new AttemptEnded(Call(0, 1), CallOutcome.Failed, Evidence.Unsure, play.Now));
        play.State.Callees[0].UsedThisRound.ShouldBe(1);
    }

    [Fact]
    public void A_rejection_turns_to_the_next_one_at_once()
    {
        var play = Play.With(Ann, Bob).Dials(Ann).PicksUp().Presses("2");
        play.Last.Events.Last().ShouldBe(new CallWanted(Call(1, 1)));
        play.Wants(null).HangsUp().Wants(Bob);
    }

    [Fact]
    public void The_card_says_which_attempt_it_is()
    {
        var play = Play.With(Ann, Bob).Dials(Ann).RingsOut().Waits(Seconds(20)).Dials(Ann).Rings();
        play.Card.Headline.ShouldBe("Ringing Ann, attempt 2 of 3.");
    }
}
