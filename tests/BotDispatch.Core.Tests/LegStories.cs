using static BotDispatch.Core.DispatchEvent;
using static BotDispatch.Core.Tests.Cast;

namespace BotDispatch.Core.Tests;

/// <summary>What the provider says of a leg may come twice, late and out of order; nobody is called while a leg may live.</summary>
public class LegStories
{
    [Fact]
    public void Nobody_is_called_while_another_leg_may_still_be_live()
    {
        var play = Play.With(Ann, Bob).Dials(Ann).PicksUp().Presses("2").Wants(null);
        play.Gets(new DispatchInput.BeginCall(Call(1, 1), Length)).Last.Because.ShouldBe("another phone of this dispatch may still be off the hook");
        play.Card.Headline.ShouldBe("The last call is ending. Bob is called next.");
        play.Waits(Seconds(19)).Wants(null).Waits(Seconds(1)).Wants(Bob);
    }

    [Fact]
    public void A_leg_never_goes_back()
    {
        var play = Play.With(Ann).Dials(Ann).PicksUp().Says(LegStatus.Ringing);
        play.Last.Because.ShouldBe("nothing new");
        play.HangsUp().Says(LegStatus.NoAnswer).Leg().Status.ShouldBe(LegStatus.Completed);
    }

    [Fact]
    public void The_same_news_twice_is_no_news() =>
        Play.With(Ann).Dials(Ann).Rings().Rings().Last.Because.ShouldBe("nothing new");

    [Fact]
    public void A_status_that_is_known_is_not_news_again_because_of_what_comes_with_it()
    {
        var play = Play.With(Ann).Dials(Ann).PicksUp().Gets(new DispatchInput.LegProgressed(Call(0, 1), new LegReport(LegStatus.InProgress, AnsweredBy: AnsweredBy.Human)));
        play.Last.Events.ToArray().ShouldBe([new LegMoved(Call(0, 1), new LegReport(LegStatus.None, AnsweredBy: AnsweredBy.Human), Noon)]);
        (play.Leg().Status, play.Leg().AnsweredBy).ShouldBe((LegStatus.InProgress, AnsweredBy.Human));
    }

    [Fact]
    public void News_of_a_call_that_never_was_is_ignored()
    {
        Play.With(Ann).Says(LegStatus.Ringing, on: Call(0, 1)).Last.Because.ShouldBe("no such call");
        Play.With(Ann).Gets(new DispatchInput.CallPlaced(Call(0, 1), "c")).Last.Because.ShouldBe("no such call");
    }

    [Fact]
    public void A_later_report_may_know_less_than_an_earlier_one()
    {
        var play = Play.With(Ann).Begins(Ann).Waits(Seconds(3));
        play.Gets(new DispatchInput.LegProgressed(Call(0, 1), new LegReport(LegStatus.InProgress, "leg", "conversation", AnsweredBy.Human, Seconds(5), 0.2m)));
        play.Waits(Seconds(3)).Gets(new DispatchInput.LegProgressed(Call(0, 1), new LegReport(LegStatus.Completed, "other", "other", Price: 0)));
        play.Leg().ShouldBe(new Leg
        {
            Attempt = Call(0, 1),
            Round = 1,
            InRound = 1,
            BegunAt = Noon,
            EndsBy = Noon + Seconds(130),
            Length = Length,
            Status = LegStatus.Completed,
            MessageId = "leg",
            TrackingId = "conversation",
            AnsweredBy = AnsweredBy.Human,
            Duration = Seconds(5),
            Price = 0.2m,
            AnsweredAt = Noon + Seconds(3),
            EndedAt = Noon + Seconds(6),
            SettlingSince = Noon + Seconds(6),
        });
    }

    [Fact]
    public void A_webhook_may_come_before_the_answer_to_our_own_request()
    {
        var play = Play.With(Ann).Begins(Ann).Gets(new DispatchInput.LegProgressed(Call(0, 1), new LegReport(LegStatus.Queued, TrackingId: "conversation")));
        play.Gets(new DispatchInput.CallPlaced(Call(0, 1), "conversation")).Last.Because.ShouldBe("its webhook came before the answer");
    }

    [Fact]
    public void The_provider_takes_a_call() =>
        Play.With(Ann).Begins(Ann).Gets(new DispatchInput.CallPlaced(Call(0, 1), "c")).Last.Events.ToArray().ShouldBe([new CallPlaced(Call(0, 1), "c")]);

    [Fact]
    public void A_lost_call_may_still_turn_out_to_have_ended_in_some_way_but_not_to_live()
    {
        var play = Play.With(Ann, Bob).Dials(Ann).WaitsForItsDeadline().Rings();
        play.Leg().Status.ShouldBe(LegStatus.Lost);
        play.Says(LegStatus.Completed).Leg().Status.ShouldBe(LegStatus.Completed);
        play.Says(LegStatus.Failed).Leg().Status.ShouldBe(LegStatus.Completed);
    }

    [Fact]
    public void The_grace_of_a_lost_call_begins_when_it_is_given_up()
    {
        var play = Play.With(Ann, Bob).Dials(Ann).PicksUp().WaitsForItsDeadline();
        play.Last.Events.ToArray().ShouldBe([
            new LegMoved(Call(0, 1), new LegReport(LegStatus.Lost), play.Now), new SettlingBegan(Call(0, 1), play.Now, play.Now + Seconds(15))]);
    }

    [Fact]
    public void Only_a_leg_with_an_id_that_has_not_answered_and_is_not_cut_can_be_ended()
    {
        Agenda.LegsToEnd(Play.With(Ann).Dials(Ann).Gets(new DispatchInput.Cancel(Boss)).State).ShouldBeEmpty("its id is not known");
        Agenda.LegsToEnd(Play.With(Ann).Dials(Ann).PicksUp().Presses("1").State).ShouldBeEmpty("it hears its answer");
        Agenda.LegsToEnd(Play.With(Ann).Dials(Ann).Rings().State).ShouldBeEmpty("it is the current call");
        var cancelled = Play.With(Ann).Dials(Ann).Rings().Gets(new DispatchInput.Cancel(Boss));
        Agenda.LegsToEnd(cancelled.State).Length.ShouldBe(1);
        Agenda.LegsToEnd(cancelled.Gets(new DispatchInput.LegCut(Call(0, 1))).State).ShouldBeEmpty("it is cut");
    }

    [Fact]
    public void A_wrong_key_is_answered_although_no_answering_was_reported()
    {
        var play = Play.With(Ann, Bob).Dials(Ann).Rings().Presses("9").Gets(new DispatchInput.Cancel(Boss));
        Agenda.LegsToEnd(play.State).Single().By.ShouldBe(EndLegBy.Telling);
    }

    [Fact]
    public void A_leg_is_informed_and_cut_once()
    {
        var play = Play.With(Ann).Dials(Ann).PicksUp().Gets(new DispatchInput.Cancel(Boss));
        play.Gets(new DispatchInput.LegInformed(Call(0, 1))).Last.Events.ToArray().ShouldBe([new LegInformed(Call(0, 1), Noon)]);
        play.Gets(new DispatchInput.LegInformed(Call(0, 1))).Last.Because.ShouldBe("no such live call, or already informed");
        play.Gets(new DispatchInput.LegCut(Call(0, 1))).Last.Events.ToArray().ShouldBe([new LegCut(Call(0, 1), Noon + Seconds(15))]);
        play.Gets(new DispatchInput.LegCut(Call(0, 1))).Last.Because.ShouldBe("no such live call, or already cut");
        play.HangsUp().Gets(new DispatchInput.LegInformed(Call(0, 1))).Last.IsIgnored.ShouldBeTrue();
    }

    [Fact]
    public void A_cut_never_makes_a_leg_live_longer()
    {
        var play = Play.With(Ann).Dials(Ann).PicksUp().Waits(Seconds(120)).Gets(new DispatchInput.Cancel(Boss)).Gets(new DispatchInput.LegCut(Call(0, 1)));
        play.Leg().EndsBy.ShouldBe(Noon + Seconds(130));
    }

    [Fact]
    public void A_closed_dispatch_still_follows_its_leg_to_the_end()
    {
        var play = Play.With(Ann).Dials(Ann).PicksUp().Presses("1");
        Agenda.Deadline(play.State).ShouldBe(Noon + Seconds(20));
        Agenda.Deadline(play.HangsUp().State).ShouldBeNull();
        play.State.Legs.Single().Status.ShouldBe(LegStatus.Completed);
    }

    [Fact]
    public void A_silent_call_is_looked_up_after_5_15_and_45_seconds()
    {
        var play = Play.With(Ann).Begins(Ann);
        Lookups(play).ShouldBe([5, 15, 45]);
        Agenda.LegsToLookUp(play.State).Count().ShouldBe(1);
    }

    [Fact]
    public void A_call_is_not_looked_up_before_its_first_moment()
    {
        var state = Play.With(Ann).Begins(Ann).State;
        var begun = state.Legs.Single().BegunAt;
        Agenda.LegsToLookUp(state, begun + Seconds(4.999)).ShouldBeEmpty();
        Agenda.LegsToLookUp(state, begun + Seconds(5)).Count().ShouldBe(1);
    }

    [Fact]
    public void A_call_that_must_have_gone_on_is_looked_up()
    {
        Lookups(Play.With(Ann).Dials(Ann)).ShouldBe([30, 125]);
        Lookups(Play.With(Ann).Dials(Ann).Waits(Seconds(4)).PicksUp()).ShouldBe([4 + 90 + 5]);
    }

    [Fact]
    public void A_call_that_has_ended_is_not_looked_up_any_more()
    {
        var play = Play.With(Ann).Dials(Ann).RingsOut();
        Lookups(play).ShouldBeEmpty();
        Agenda.LegsToLookUp(play.State).ShouldBeEmpty();
    }

    static List<double> Lookups(Play play)
    {
        var seconds = new List<double>();
        for (var from = Noon; Agenda.NextLookup(play.State, from) is { } next; from = next.AddTicks(1))
            seconds.Add((next - Noon).TotalSeconds);
        return seconds;
    }
}
