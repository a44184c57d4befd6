using static BotDispatch.Core.DispatchEvent;
using static BotDispatch.Core.Tests.Cast;
using static BotDispatch.Core.Tests.Scene;

namespace BotDispatch.Core.Tests;

/// <summary>Late, repeated and wrong keys.</summary>
public class KeyStories
{
    [Fact]
    public void Pressing_1_closes_the_dispatch()
    {
        var plan = Plan(Ann, Bob);
        Given(new Started(plan, Noon + Minutes(9)), new CallWanted(Call(0, 1)), new CallBegun(Call(0, 1), 1, 1, Noon, Noon + Seconds(130), Length))
            .When(new DispatchInput.KeysPressed(Call(0, 1), "1"))
            .Then(new KeyRecorded(Call(0, 1), Key.Accept, "1", AfterCall: false, Noon + Seconds(20)), new Accepted(Call(0, 1), Noon, Noon + TimeSpan.FromHours(8)))
            .LeavingToDo(call: null, Nobody, deadline: Noon + Seconds(20));
    }

    [Fact]
    public void The_goodbye_after_a_key_never_outlives_the_call()
    {
        var play = Play.With(Ann, Bob).Dials(Ann).PicksUp().Waits(Seconds(125)).Presses("2");
        play.Leg().EndsBy.ShouldBe(Noon + Seconds(130));
    }

    [Fact]
    public void The_first_valid_digit_decides()
    {
        Play.With(Ann, Bob).Dials(Ann).PicksUp().Presses("21").State.IsClosed.ShouldBeFalse();
        Play.With(Ann, Bob).Dials(Ann).PicksUp().Presses("12").State.IsClosed.ShouldBeTrue();
        Play.With(Ann, Bob).Dials(Ann).PicksUp().Presses("931").State.IsClosed.ShouldBeTrue();
    }

    [Fact]
    public void Whatever_is_pressed_after_the_first_valid_digit_is_ignored()
    {
        var play = Play.With(Ann, Bob).Dials(Ann).PicksUp().Presses("2").Presses("21");
        play.Last.Because.ShouldBe("this call has already been answered");
        play.Presses("1").Last.IsIgnored.ShouldBeTrue();
    }

    [Fact]
    public void A_repeated_report_of_a_wrong_key_is_ignored() =>
        Play.With(Ann).Dials(Ann).PicksUp().Presses("9").Presses("9").Last.Because.ShouldBe("no new key");

    [Fact]
    public void A_wrong_key_brings_the_question_again_at_most_twice_per_call()
    {
        var play = Play.With(Ann).Dials(Ann).PicksUp().Presses("9");
        play.Last.Events.ToArray().ShouldBe([new KeyRecorded(Call(0, 1), Key.Wrong, "9", AfterCall: false, Noon + Seconds(130))]);
        Answer(play).ShouldBe(new SpokenAnswer.AskAgain());
        Answer(play.Presses("98")).ShouldBe(new SpokenAnswer.AskAgain());
        Answer(play.Presses("987")).ShouldBe(new SpokenAnswer.TooManyWrongKeys());
        play.Leg().WrongKeys.ShouldBe(3);
        play.Presses("9871").Leg().WrongKeys.ShouldBe(3);
    }

    [Fact]
    public void After_wrong_keys_a_1_still_accepts() =>
        Play.With(Ann).Dials(Ann).PicksUp().Presses("9").Presses("98").Presses("987").Presses("9871").State.Resolution.ShouldBe(new Resolution.Accepted(Call(0, 1)));

    [Fact]
    public void A_late_1_accepts_while_another_phone_rings_which_is_taken_back()
    {
        var play = AnnLateBobRinging().Presses("1", on: Call(0, 1));
        play.State.Resolution.ShouldBe(new Resolution.Accepted(Call(0, 1)));
        play.Happened<KeyRecorded>().Single().AfterCall.ShouldBeTrue();
        Agenda.LegsToEnd(play.State).Single().ShouldSatisfyAllConditions(end => end.Leg.Attempt.ShouldBe(Call(1, 1)), end => end.By.ShouldBe(EndLegBy.Rejecting));
        play.Leg(Call(1, 1)).Outcome.ShouldBe(CallOutcome.CutShort);
    }

    [Fact]
    public void The_second_person_who_presses_1_hears_that_it_is_already_taken()
    {
        var play = AnnLateBobRinging().PicksUp().Presses("1", on: Call(0, 1)).Presses("1", on: Call(1, 1));
        play.Last.Events.Length.ShouldBe(1);
        play.State.Resolution.ShouldBe(new Resolution.Accepted(Call(0, 1)));
        Answer(play, Call(1, 1)).ShouldBe(new SpokenAnswer.AlreadyTaken("Ann"));
        Answer(play, Call(0, 1)).ShouldBe(new SpokenAnswer.YouHaveIt());
    }

    [Fact]
    public void A_person_who_presses_2_after_an_acceptance_hears_that_it_is_already_taken()
    {
        var play = AnnLateBobRinging().PicksUp().Presses("1", on: Call(0, 1)).Presses("2", on: Call(1, 1));
        Answer(play, Call(1, 1)).ShouldBe(new SpokenAnswer.AlreadyTaken("Ann"));
        play.Leg(Call(1, 1)).Outcome.ShouldBe(CallOutcome.CutShort);
    }

    [Fact]
    public void A_rejection_before_the_end_stays_one_after_it()
    {
        var play = Play.With(Ann, Bob).Dials(Ann).Rejects().Gets(new DispatchInput.Cancel(Boss));
        Answer(play, Call(0, 1)).ShouldBe(new SpokenAnswer.YouRejected());
    }

    [Fact]
    public void A_late_1_accepts_from_somebody_skipped()
    {
        var play = Play.With(Ann, Bob).Dials(Ann).PicksUp().Gets(new DispatchInput.Skip(Boss, 0, 1)).Presses("1");
        play.State.Resolution.ShouldBe(new Resolution.Accepted(Call(0, 1)));
        Answer(play).ShouldBe(new SpokenAnswer.YouHaveIt());
    }

    [Fact]
    public void A_late_1_accepts_from_somebody_passed_over()
    {
        var play = Play.With(Ann, Bob).Dials(Ann).RingsOut().Waits(Seconds(20)).Begins(Ann, new(PassedOverReason.OffDuty)).Wants(Bob).Presses("1", on: Call(0, 1));
        play.State.Resolution.ShouldBe(new Resolution.Accepted(Call(0, 1)));
    }

    [Fact]
    public void A_late_1_does_not_accept_from_somebody_who_rejected()
    {
        var play = Play.With(Ann, Bob).Dials(Ann).RingsOut().Waits(Seconds(20)).Dials(Ann).Rejects().Presses("1", on: Call(0, 1));
        play.Last.Events.ToArray().ShouldBe([new KeyRecorded(Call(0, 1), Key.Accept, "1", AfterCall: true, play.Now + Seconds(20))]);
        play.State.IsClosed.ShouldBeFalse();
        Answer(play, Call(0, 1)).ShouldBe(new SpokenAnswer.YouRejectedBefore());
        play.Wants(Bob);
    }

    [Fact]
    public void A_late_2_rejects_and_ends_that_persons_current_call()
    {
        var play = Play.With(Ann, Bob).Dials(Ann).RingsOut().Waits(Seconds(20)).Dials(Ann).PicksUp().Presses("2", on: Call(0, 1));
        play.State.Callees[0].Rejected.ShouldBeTrue();
        play.State.Phase.ShouldBe(new Phase.Placing(Call(1, 1)));
        Agenda.LegsToEnd(play.State).Single().By.ShouldBe(EndLegBy.Telling);
        play.Leg(Call(0, 2)).Outcome.ShouldBe(CallOutcome.CutShort);
        play.Wants(null).HangsUp(on: Call(0, 2)).Wants(Bob);
    }

    [Fact]
    public void A_late_2_ends_that_persons_pause()
    {
        var play = Play.With(Ann, Bob).Dials(Ann).RingsOut().Presses("2").Wants(Bob);
        (play.Leg(Call(0, 1)).Outcome, play.Leg(Call(0, 1)).Evidence).ShouldBe((CallOutcome.Rejected, Evidence.None));
    }

    [Fact]
    public void A_late_2_leaves_the_call_to_somebody_else_alone()
    {
        var play = AnnLateBobRinging().Presses("2", on: Call(0, 1));
        play.Last.Events.Length.ShouldBe(1);
        play.State.Phase.ShouldBe(new Phase.Calling(Call(1, 1)));
        Agenda.LegsToEnd(play.State).ShouldBeEmpty();
    }

    [Fact]
    public void A_key_in_time_is_not_marked_as_late()
    {
        Play.With(Ann).Dials(Ann).PicksUp().Presses("1").Happened<KeyRecorded>().Single().AfterCall.ShouldBeFalse();
        Play.With(Ann).Dials(Ann).PicksUp().HangsUp().Presses("1").Happened<KeyRecorded>().Single().AfterCall.ShouldBeTrue();
    }

    [Fact]
    public void A_key_of_a_call_that_never_was_is_ignored() =>
        Play.With(Ann).Dials(Ann).Presses("1", on: Call(0, 7)).Last.Because.ShouldBe("no such call");

    [Fact]
    public void A_call_in_which_a_key_was_pressed_cannot_be_taken_back_as_not_placed() =>
        Play.With(Ann).Begins(Ann).Presses("9").Gets(new DispatchInput.CallNotPlaced(Call(0, 1), new NotPlaced.Refused("late"))).Last.IsIgnored.ShouldBeTrue();

    static Play AnnLateBobRinging() =>
        Play.With(new EscalationPolicy { AttemptsPerEmployee = 1 }, Ann, Bob).Dials(Ann).RingsOut().Dials(Bob).Rings();

    static SpokenAnswer Answer(Play play, AttemptId? attempt = null) => SpokenAnswer.ToKeys(play.State, attempt ?? play.Current);
}
