using static BotDispatch.Core.DispatchEvent;
using static BotDispatch.Core.Tests.Cast;

namespace BotDispatch.Core.Tests;

/// <summary>Named lists that are called one after the other.</summary>
public class ListStories
{
    static readonly EscalationPolicy Once = new() { AttemptsPerEmployee = 1, Rounds = 1 };

    [Fact]
    public void When_nobody_of_a_list_answers_the_next_list_is_called()
    {
        var play = Listed([Ann, Bob, Carl], ListOf("lifts", Once, 0, 1), ListOf("house", Once, 2)).Dials(Ann).Says(LegStatus.Busy).Dials(Bob).Says(LegStatus.Busy);
        play.Happened<ListEnded>().ShouldBe([new ListEnded(0, ExhaustedBecause.RoundsAreOver, play.Now, play.Now + TimeSpan.FromHours(2))]);
        play.Wants(Carl);
        play.State.CurrentList!.Id.ShouldBe("house");
    }

    [Fact]
    public void When_everybody_of_a_list_rejects_the_next_list_is_called_at_once() =>
        Listed([Ann, Bob], ListOf("lifts", new(), 0), ListOf("house", new(), 1)).Dials(Ann).Rejects().Wants(Bob);

    [Fact]
    public void Somebody_who_rejected_is_not_called_by_the_next_list()
    {
        var play = Listed([Ann, Bob], ListOf("lifts", new(), 0), ListOf("house", Once, 0, 1)).Dials(Ann).Rejects().Dials(Bob).Says(LegStatus.Busy);
        play.State.Resolution.ShouldBe(new Resolution.Exhausted(ExhaustedBecause.RoundsAreOver));
        play.Happened<CallBegun>().Count(call => call.Attempt.Callee == 0).ShouldBe(1);
    }

    [Fact]
    public void Somebody_on_both_lists_who_did_not_answer_is_called_again_after_the_usual_pause()
    {
        var play = Listed([Ann], ListOf("lifts", Once, 0), ListOf("house", Once, 0)).Dials(Ann).Says(LegStatus.Busy);
        play.Wants(null).Waits(Seconds(20)).Dials(Ann).Says(LegStatus.Busy);
        play.Happened<CallBegun>().Select(call => (call.Attempt, call.Round, call.InRound)).ShouldBe([(Call(0, 1), 1, 1), (Call(0, 2), 1, 1)]);
        play.State.Resolution.ShouldBeOfType<Resolution.Exhausted>();
    }

    [Fact]
    public void Each_list_is_called_in_its_own_order() =>
        Listed([Ann, Bob, Carl], ListOf("lifts", Once, 2, 0), ListOf("house", Once, 1, 2)).Dials(Carl).Says(LegStatus.Busy).Dials(Ann).Says(LegStatus.Busy).Wants(Bob);

    [Fact]
    public void Each_list_has_a_policy_of_its_own()
    {
        var slow = new EscalationPolicy { AttemptsPerEmployee = 2, RetryPause = Seconds(40), RingTimeout = Seconds(50), GiveUpAfter = Minutes(10) };
        var play = Listed([Ann, Bob], ListOf("lifts", Once with { GiveUpAfter = Minutes(5) }, 0), ListOf("house", slow, 1));
        play.State.GiveUpAt.ShouldBe(Noon + Minutes(5));
        play.Dials(Ann).Says(LegStatus.Busy);
        play.State.GiveUpAt.ShouldBe(play.Now + Minutes(10));
        play.State.StartedAt.ShouldBe(Noon, "the next list has a time of its own, and the dispatch has begun before");
        play.Dials(Bob);
        play.Leg().EndsBy.ShouldBe(play.Now + Seconds(50) + Length.Longest + Seconds(15));
        play.Says(LegStatus.Busy).Wants(null).Waits(Seconds(39)).Wants(null).Waits(Seconds(1)).Dials(Bob);
        play.Card.Headline.ShouldBe("Calling Bob, attempt 2 of 2.");
    }

    [Fact]
    public void A_list_whose_time_is_over_gives_way_to_the_next_one()
    {
        var play = Listed([Ann, Bob], ListOf("lifts", new() { GiveUpAfter = Minutes(1) }, 0), ListOf("house", Once, 1)).Dials(Ann).RingsOut().Waits(Minutes(2));
        play.Happened<ListEnded>().Select(each => each.Because).ShouldBe([ExhaustedBecause.TimeIsUp]);
        play.Wants(Bob);
    }

    [Fact]
    public void Nobody_waits_for_hours_for_somebody_of_a_list_while_another_list_follows()
    {
        var play = Listed([Ann, Bob], ListOf("lifts", new(), 0), ListOf("house", Once, 1)).Begins(Ann, new(PassedOverReason.OffDuty, Noon + TimeSpan.FromHours(3), "Away"));
        play.Happened<ListEnded>().Select(each => each.Because).ShouldBe([ExhaustedBecause.NobodyAvailable]);
        play.Wants(Bob);
    }

    [Fact]
    public void Somebody_who_is_free_within_the_pause_of_a_round_is_waited_for()
    {
        var play = Listed([Ann, Bob], ListOf("lifts", new(), 0), ListOf("house", Once, 1)).Begins(Ann, new(PassedOverReason.OffDuty, Noon + Minutes(1), "Away"));
        play.State.Phase.ShouldBe(new Phase.AwaitingPerson(Noon + Minutes(1)));
        play.Waits(Minutes(1)).Wants(Ann);
    }

    [Fact]
    public void A_late_1_of_an_earlier_list_still_accepts()
    {
        var play = Listed([Ann, Bob], ListOf("lifts", Once, 0), ListOf("house", Once, 1)).Dials(Ann).PicksUp().HangsUp().Waits(Minutes(1)).Wants(Bob);
        play.Presses("1", Call(0, 1)).State.Resolution.ShouldBe(new Resolution.Accepted(Call(0, 1)));
    }

    [Fact]
    public void A_skip_that_was_drawn_for_an_earlier_list_skips_nobody()
    {
        var play = Listed([Ann], ListOf("lifts", Once, 0), ListOf("house", Once, 0));
        var drawn = play.Card.Buttons.Single(button => button.Action is CardAction.Skip);
        play.Dials(Ann).Says(LegStatus.Busy).Waits(Seconds(20)).Wants(Ann);
        play.Gets(new DispatchInput.Skip(Boss, drawn.Callee!.Value, drawn.Round)).Last.IsIgnored.ShouldBeTrue();
    }

    [Fact]
    public void The_places_of_a_list_show_the_dispatch_once_it_is_exhausted_before_it_closes()
    {
        var yard = MirrorIn("yard", isByRule: true);
        var play = Listed([Ann], ListOf("lifts", Once, 0) with { ShownWhenExhausted = [yard] }).Dials(Ann).Says(LegStatus.Busy);
        play.Log.TakeLast(2).ShouldBe([new MirrorAdded(yard, AtStart: false), new Exhausted(ExhaustedBecause.RoundsAreOver, play.Now)]);
    }

    [Fact]
    public void A_list_without_anybody_gives_way_at_once() =>
        Listed([Ann], ListOf("lifts", Once), ListOf("house", Once, 0)).Wants(Ann).Happened<ListEnded>().Count().ShouldBe(1);

    [Fact]
    public void The_card_says_which_list_follows()
    {
        var play = Listed([Ann, Bob], ListOf("lifts", Once, 0), ListOf("house", Once, 1));
        play.Card.Next.ShouldBe($"the list {"The house".Isolated()}");
        play.Card.People[1].State.ShouldBe($"On {"The house".Isolated()}");
        play.Dials(Ann).Says(LegStatus.Busy).Card.Next.ShouldBeNull();
        play.Card.People[0].State.ShouldBe("Called", "she had her turns by the list before, and nobody skipped her");
    }

    [Fact]
    public void Without_a_next_list_the_rounds_of_the_policy_exhaust_the_dispatch()
    {
        var play = Play.With(Once with { Rounds = 2, RoundPause = Minutes(1) }, Ann).Dials(Ann).Says(LegStatus.Busy).Waits(Minutes(1)).Dials(Ann).Says(LegStatus.Busy);
        play.Log[^1].ShouldBe(new Exhausted(ExhaustedBecause.RoundsAreOver, play.Now));
    }

    static Play Listed(Callee[] roster, params PlannedList[] lists) => new(Plan(lists[0].Policy, roster) with { Lists = [.. lists] });
}
