using static BotDispatch.Core.DispatchEvent;
using static BotDispatch.Core.Tests.Cast;

namespace BotDispatch.Core.Tests;

/// <summary>The buttons of the card: cancel, skip, I take it, done.</summary>
public class ButtonStories
{
    static readonly DispatchInput.Cancel Cancel = new(Boss);

    [Fact]
    public void Cancel_while_a_phone_rings_closes_at_once_and_takes_the_call_back()
    {
        var play = Play.With(Ann, Bob).Dials(Ann).Rings().Gets(Cancel);
        play.Last.Events.ToArray().ShouldBe([new Cancelled(Boss, Noon)]);
        play.State.Phase.ShouldBe(new Phase.Closed(new Resolution.Cancelled(Boss), Noon));
        Agenda.LegsToEnd(play.State).Single().ShouldBe(new LegToEnd(play.Leg(), EndLegBy.Rejecting, Noon));
        play.Leg().Outcome.ShouldBe(CallOutcome.CutShort);
    }

    [Fact]
    public void Cancel_while_somebody_listens_tells_them_and_hangs_up_six_seconds_later()
    {
        var play = Play.With(Ann, Bob).Dials(Ann).PicksUp().Waits(Seconds(5)).Gets(Cancel);
        Agenda.LegsToEnd(play.State).Single().ShouldBe(new LegToEnd(play.Leg(), EndLegBy.Telling, Noon));
        SpokenAnswer.BeforeHangingUp(play.State, Call(0, 1)).ShouldBe(new SpokenAnswer.WasCancelled());
        play.Gets(new DispatchInput.LegInformed(Call(0, 1)));
        Agenda.LegsToEnd(play.State).Single().ShouldBe(new LegToEnd(play.Leg(), EndLegBy.HangingUp, play.Now + Seconds(6)));
        play.Waits(Seconds(6)).Gets(new DispatchInput.LegCut(Call(0, 1)));
        Agenda.LegsToEnd(play.State).ShouldBeEmpty();
        Agenda.Deadline(play.State).ShouldBe(play.Now + Seconds(15));
        play.Waits(Seconds(15)).State.HasLiveLeg.ShouldBeFalse();
    }

    [Fact]
    public void Cancel_works_in_every_open_phase_and_only_once()
    {
        Play.With(Ann).Gets(Cancel).State.IsClosed.ShouldBeTrue();
        Play.With(Ann).Dials(Ann).RingsOut().Gets(Cancel).State.IsClosed.ShouldBeTrue();
        Play.With(Ann).Gets(Cancel).Gets(Cancel).Last.Because.ShouldBe("it is not open");
        Decider.Decide(DispatchState.Initial, Cancel, Noon).Because.ShouldBe("it is not open");
    }

    [Fact]
    public void A_1_after_the_cancellation_hears_that_it_was_cancelled()
    {
        var play = Play.With(Ann).Dials(Ann).PicksUp().Gets(Cancel).Presses("1");
        play.State.Resolution.ShouldBe(new Resolution.Cancelled(Boss));
        SpokenAnswer.ToKeys(play.State, Call(0, 1)).ShouldBe(new SpokenAnswer.WasCancelled());
    }

    [Fact]
    public void Skip_ends_the_turn_and_the_live_call_and_turns_to_the_next_one()
    {
        var play = Play.With(Ann, Bob).Dials(Ann).PicksUp().Gets(new DispatchInput.Skip(Boss, 0, 1));
        play.Last.Events.ToArray().ShouldBe([new Skipped(0, Boss), new CallWanted(Call(1, 1))]);
        Agenda.LegsToEnd(play.State).Single().By.ShouldBe(EndLegBy.Telling);
        SpokenAnswer.BeforeHangingUp(play.State, Call(0, 1)).ShouldBe(new SpokenAnswer.GoesOnWithoutYou());
        play.Wants(null).HangsUp().Wants(Bob);
    }

    [Fact]
    public void Skip_is_not_a_rejection_so_the_next_round_asks_again()
    {
        var play = Play.With(Ann, Bob).Gets(new DispatchInput.Skip(Boss, 0, 1)).LosesEveryAttempt(Bob).Waits(Minutes(2)).Wants(Ann);
        play.State.Callees[0].Rejected.ShouldBeFalse();
    }

    [Fact]
    public void A_skipped_turn_stays_over_when_the_provider_refuses_its_call_late()
    {
        var play = Play.With(Ann, Bob).Begins(Ann).Gets(new DispatchInput.Skip(Boss, 0, 1));
        play.Gets(new DispatchInput.CallNotPlaced(Call(0, 1), new NotPlaced.Refused("no"))).State.Callees[0].TurnOver.ShouldBeTrue();
    }

    [Fact]
    public void Skip_counts_only_for_whom_it_was_drawn()
    {
        var play = Play.With(Ann, Bob).Gets(new DispatchInput.Skip(Boss, 1, 1));
        play.Last.Because.ShouldBe("it is not their turn any more");
        play.Gets(new DispatchInput.Skip(Boss, 0, 2)).Last.Because.ShouldBe("it is not their turn any more");
        play.Gets(new DispatchInput.Skip(Boss, 0, 1)).Gets(new DispatchInput.Skip(Boss, 0, 1)).Last.Because.ShouldBe("it is not their turn any more");
        play.Wants(Bob).Gets(Cancel).Gets(new DispatchInput.Skip(Boss, 1, 1)).Last.Because.ShouldBe("it is not open");
    }

    [Fact]
    public void Skip_of_the_last_round_does_not_skip_in_this_one()
    {
        var play = Play.With(Ann).LosesEveryAttempt(Ann).Waits(Minutes(2)).Wants(Ann);
        play.Gets(new DispatchInput.Skip(Boss, 0, 1)).Last.IsIgnored.ShouldBeTrue();
    }

    [Fact]
    public void Skip_ends_a_retry_pause_and_a_settling()
    {
        Play.With(Ann, Bob).Dials(Ann).RingsOut().Gets(new DispatchInput.Skip(Boss, 0, 1)).Wants(Bob);
        Play.With(Ann, Bob).Dials(Ann).PicksUp().HangsUp().Gets(new DispatchInput.Skip(Boss, 0, 1)).Wants(Bob);
    }

    [Fact]
    public void Skip_has_nobody_between_two_rounds() =>
        Play.With(Ann).LosesEveryAttempt(Ann).Gets(new DispatchInput.Skip(Boss, 0, 2)).Last.Because.ShouldBe("it is not their turn any more");

    [Fact]
    public void Skip_while_the_line_is_down_waits_for_the_line_and_then_turns_to_the_next_one()
    {
        var play = Play.With(Ann, Bob).Begins(Ann).Gets(new DispatchInput.CallNotPlaced(Call(0, 1), new NotPlaced.LineIsDown(LineDownReason.Throttled)));
        play.Gets(new DispatchInput.Skip(Boss, 0, 1)).Last.Events.ToArray().ShouldBe([new Skipped(0, Boss)]);
        play.Gets(new DispatchInput.Skip(Boss, 0, 1)).Last.IsIgnored.ShouldBeTrue();
        play.Waits(Seconds(15)).Wants(Bob);
    }

    [Fact]
    public void A_person_on_the_phone_who_takes_it_in_the_channel_hears_that_it_is_theirs() =>
        SpokenAnswer.BeforeHangingUp(Play.With(Ann, Bob).Dials(Ann).PicksUp().Gets(new DispatchInput.Take(Boss, Ann.Id)).State, Call(0, 1))
            .ShouldBe(new SpokenAnswer.YouHaveIt());

    [Fact]
    public void I_take_it_by_somebody_of_the_roster_is_an_acceptance()
    {
        var play = Play.With(Ann, Bob).Dials(Ann).PicksUp().Gets(new DispatchInput.Take(Boss, Bob.Id));
        play.Last.Events.ToArray().ShouldBe([new Taken(Boss, Bob.Id, 1, Noon, Noon + TimeSpan.FromHours(8), Bob.Phone)]);
        Agenda.LegsToEnd(play.State).Single().By.ShouldBe(EndLegBy.Telling);
        SpokenAnswer.BeforeHangingUp(play.State, Call(0, 1)).ShouldBe(new SpokenAnswer.AlreadyTaken("Bob"));
        play.Card.Headline.ShouldBe("Taken by Boss in the channel.");
        play.Card.People[1].State.ShouldBe("Accepted");
    }

    [Fact]
    public void I_take_it_by_an_outsider_names_them_by_their_chat_name()
    {
        var play = Play.With(Ann, Bob).Dials(Ann).PicksUp().Gets(new DispatchInput.Take(Boss, Outsider)).Presses("1");
        play.State.Resolution.ShouldBe(new Resolution.Taken(Boss, Outsider, -1));
        SpokenAnswer.ToKeys(play.State, Call(0, 1)).ShouldBe(new SpokenAnswer.AlreadyTaken("Boss"));
        play.Card.People.ShouldAllBe(person => person.State != "Accepted");
    }

    [Fact]
    public void A_person_who_took_it_and_presses_1_as_well_hears_that_they_have_it()
    {
        var play = Play.With(Ann).Dials(Ann).PicksUp().Gets(new DispatchInput.Take(Boss, Ann.Id)).Presses("1");
        SpokenAnswer.ToKeys(play.State, Call(0, 1)).ShouldBe(new SpokenAnswer.YouHaveIt());
    }

    [Fact]
    public void I_take_it_comes_too_late_on_a_closed_dispatch()
    {
        Play.With(Ann).Gets(Cancel).Gets(new DispatchInput.Take(Boss, Ann.Id)).Last.Because.ShouldBe("it is not open");
        Decider.Decide(DispatchState.Initial, new DispatchInput.Take(Boss, Ann.Id), Noon).Because.ShouldBe("it is not open");
    }

    [Fact]
    public void Done_frees_the_person_who_accepted_or_took_it_once()
    {
        var accepted = Play.With(Ann).Dials(Ann).PicksUp().Presses("1").Gets(new DispatchInput.MarkDone(Boss));
        accepted.Last.Events.ToArray().ShouldBe([new MarkedDone(Boss, Noon)]);
        accepted.State.Resolution.ShouldBe(new Resolution.Accepted(Call(0, 1), IsDone: true));
        accepted.Gets(new DispatchInput.MarkDone(Boss)).Last.Because.ShouldBe("nobody has it, or it is done");
        var taken = Play.With(Ann).Gets(new DispatchInput.Take(Boss, Outsider)).Gets(new DispatchInput.MarkDone(Boss));
        taken.State.Resolution.ShouldBe(new Resolution.Taken(Boss, Outsider, -1, IsDone: true));
        taken.Gets(new DispatchInput.MarkDone(Boss)).Last.IsIgnored.ShouldBeTrue();
    }

    [Fact]
    public void Done_means_nothing_where_nobody_has_the_job()
    {
        Play.With(Ann).Gets(new DispatchInput.MarkDone(Boss)).Last.IsIgnored.ShouldBeTrue();
        Play.With(Ann).Gets(Cancel).Gets(new DispatchInput.MarkDone(Boss)).Last.IsIgnored.ShouldBeTrue();
    }
}
