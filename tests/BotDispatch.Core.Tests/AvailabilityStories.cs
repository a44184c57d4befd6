using static BotDispatch.Core.DispatchEvent;
using static BotDispatch.Core.Tests.Cast;

namespace BotDispatch.Core.Tests;

/// <summary>Two dispatches want the same person, or the person is off duty.</summary>
public class AvailabilityStories
{
    static readonly LineStatus OffDuty = new(PassedOverReason.OffDuty);

    [Fact]
    public void Somebody_off_duty_is_passed_over_with_the_reason()
    {
        var play = Play.With(Ann, Bob).Begins(Ann, OffDuty);
        play.Last.Events.ToArray().ShouldBe([new PassedOver(0, PassedOverReason.OffDuty, null), new CallWanted(Call(1, 1))]);
        play.Card.People[0].State.ShouldBe("Off duty");
        play.State.Legs.ShouldBeEmpty();
    }

    [Fact]
    public void Somebody_passed_over_is_asked_again_in_the_next_round_with_all_their_attempts()
    {
        var play = Play.With(Ann, Bob).Begins(Ann, OffDuty).LosesEveryAttempt(Bob).Waits(Minutes(2)).LosesEveryAttempt(Ann);
        play.Happened<CallBegun>().Where(call => call.Attempt.Callee == 0).Select(call => (call.Attempt, call.InRound))
            .ShouldBe([(Call(0, 1), 1), (Call(0, 2), 2), (Call(0, 3), 3)]);
    }

    [Fact]
    public void If_everybody_is_off_duty_the_next_round_asks_again()
    {
        var play = Play.With(Ann, Bob).Begins(Ann, OffDuty).Begins(Bob, OffDuty);
        play.Last.Events.Last().ShouldBe(new RoundEnded(1, Noon + Minutes(2)));
        play.Card.Headline.ShouldBe("Nobody has accepted yet. Round 2 begins after a pause.");
    }

    [Fact]
    public void Rounds_of_people_off_duty_are_at_least_a_second_apart()
    {
        var play = Play.With(new EscalationPolicy { RoundPause = TimeSpan.Zero }, Ann).Begins(Ann, OffDuty);
        play.Last.Events.Last().ShouldBe(new RoundEnded(1, Noon + Seconds(1)));
    }

    [Fact]
    public void Somebody_off_duty_until_a_moment_is_named_with_the_reason_and_called_from_that_moment_on()
    {
        var play = Play.With(Ann, Bob).Begins(Ann, Until(Minutes(30)));
        play.Last.Events.ToArray().ShouldBe([new PassedOver(0, PassedOverReason.OffDuty, Noon + Minutes(30), "Off shift until 12:30 (UTC)"), new CallWanted(Call(1, 1))]);
        play.Card.People[0].State.ShouldBe("Off shift until 12:30 (UTC)");
        play.LosesEveryAttempt(Bob);
        play.Card.Headline.ShouldBe("Nobody has accepted yet. Round 2 begins after a pause.", "somebody off duty keeps nobody else from being asked again");
        play.Card.People[0].State.ShouldBe("Off shift until 12:30 (UTC)", "that is still so in the next round");
        play.Waits(Noon + Minutes(30) - play.Now).Dials(Bob).Rejects().Wants(Ann);
    }

    [Fact]
    public void If_everybody_is_off_duty_the_first_to_be_available_is_called_at_that_moment()
    {
        var play = Play.With(Ann, Bob).Begins(Ann, Until(Minutes(30))).Begins(Bob, Until(Minutes(20)));
        play.Last.Events.Last().ShouldBe(new PersonAwaited(Noon + Minutes(20)));
        play.Card.Headline.ShouldBe("Nobody left can be called now; the first to be available is called.");
        play.Card.Next.ShouldBe("Ann (off duty now)");
        play.Waits(Minutes(20) - Seconds(1)).Wants(null).Waits(Seconds(1)).Wants(Bob);
    }

    [Fact]
    public void Somebody_who_is_back_early_is_called_at_once()
    {
        var play = Play.With(Ann).Begins(Ann, Until(Minutes(30))).Waits(Minutes(1)).Gets(new DispatchInput.LineFreed(Ann.Phone));
        play.Last.Events.ToArray().ShouldBe([new PersonFreed(0), new CallWanted(Call(0, 1))]);
        play.State.Callees[0].ShouldBe(new CalleeProgress());
    }

    [Fact]
    public void If_nobody_is_available_in_the_time_for_trying_the_card_says_what_can_be_done()
    {
        var play = Play.With(Ann).Begins(Ann, Until(TimeSpan.FromHours(20)));
        play.Card.Headline.ShouldBe("Nobody left can be called in the time for trying. Take this job, or cancel it and dispatch somebody else.");
        play.Card.Until.ShouldBe(Noon + TimeSpan.FromHours(2));
        play.WaitsForItsDeadline().State.Resolution.ShouldBe(new Resolution.Exhausted(ExhaustedBecause.TimeIsUp));
    }

    [Fact]
    public void Why_somebody_is_called_is_kept_with_the_call() =>
        Play.With(Ann).Begins(Ann, new(null, null, "On shift until 18:00 (UTC)")).Happened<CallBegun>().ShouldHaveSingleItem().Why.ShouldBe("On shift until 18:00 (UTC)");

    static LineStatus Until(TimeSpan later) => new(PassedOverReason.OffDuty, Noon + later, $"Off shift until {Noon + later:HH:mm} (UTC)");

    [Theory]
    [InlineData(PassedOverReason.OnThePhone, "On the phone for another dispatch")]
    [InlineData(PassedOverReason.HasAccepted, "Busy with a job they accepted")]
    public void Somebody_busy_is_passed_over_and_the_next_one_is_called(PassedOverReason reason, string words)
    {
        var play = Play.With(Ann, Bob).Begins(Ann, new(reason, Noon + Minutes(1))).Wants(Bob);
        play.Card.People[0].State.ShouldBe(words);
        play.State.Callees[0].ShouldBe(new CalleeProgress(BusyUntil: Noon + Minutes(1), PassedOver: reason));
    }

    [Fact]
    public void Somebody_who_was_busy_has_their_turn_in_the_same_round_after_the_others()
    {
        var play = Play.With(new EscalationPolicy { AttemptsPerEmployee = 1 }, Ann, Bob).Begins(Ann, new(PassedOverReason.OnThePhone, Noon + Seconds(10)));
        play.Dials(Bob).RingsOut().Dials(Ann).State.Round.ShouldBe(1);
        play.State.Callees[0].ShouldBe(new CalleeProgress());
    }

    [Fact]
    public void If_only_busy_people_remain_it_waits_for_the_first_to_be_free()
    {
        var play = Play.With(Ann, Bob).Begins(Ann, new(PassedOverReason.OnThePhone, Noon + Minutes(5))).Begins(Bob, new(PassedOverReason.OnThePhone, Noon + Minutes(2)));
        play.Last.Events.Last().ShouldBe(new PersonAwaited(Noon + Minutes(2)));
        play.Card.Headline.ShouldBe("Everyone left is busy with another dispatch. We call the first who is free.");
        play.Waits(Minutes(2) - Seconds(1)).Wants(null).Waits(Seconds(1)).Wants(Bob);
    }

    [Fact]
    public void Somebody_may_be_free_earlier()
    {
        var play = Play.With(Ann).Begins(Ann, new(PassedOverReason.OnThePhone, Noon + Minutes(5))).Waits(Seconds(30)).Gets(new DispatchInput.LineFreed(Ann.Phone));
        play.Last.Events.ToArray().ShouldBe([new PersonFreed(0), new CallWanted(Call(0, 1))]);
        play.State.Callees[0].ShouldBe(new CalleeProgress());
    }

    [Fact]
    public void Somebody_freed_while_another_is_called_waits_for_their_turn()
    {
        var play = Play.With(Ann, Bob).Begins(Ann, new(PassedOverReason.HasAccepted)).Dials(Bob).Gets(new DispatchInput.LineFreed(Ann.Phone));
        play.Last.Events.ToArray().ShouldBe([new PersonFreed(0)]);
        play.State.Phase.ShouldBe(new Phase.Calling(Call(1, 1)));
        play.Presses("2").HangsUp().Wants(Ann);
    }

    [Fact]
    public void A_freed_line_that_nobody_waits_for_means_nothing()
    {
        Play.With(Ann, Bob).Gets(new DispatchInput.LineFreed(Ann.Phone)).Last.Because.ShouldBe("nobody here waits for that line");
        var held = Play.With(Ann, Bob).Begins(Ann, new(PassedOverReason.HasAccepted));
        held.Gets(new DispatchInput.LineFreed(Bob.Phone)).Last.Because.ShouldBe("nobody here waits for that line");
        held.Gets(new DispatchInput.Cancel(Boss)).Gets(new DispatchInput.LineFreed(Ann.Phone)).Last.Because.ShouldBe("it is closed");
    }

    [Fact]
    public void Somebody_held_without_an_end_is_waited_for_until_the_time_for_trying_is_over()
    {
        var play = Play.With(Ann).Begins(Ann, new(PassedOverReason.HasAccepted));
        play.State.Phase.ShouldBe(new Phase.AwaitingPerson(Noon + TimeSpan.FromHours(2)));
        play.WaitsForItsDeadline().State.Resolution.ShouldBe(new Resolution.Exhausted(ExhaustedBecause.TimeIsUp));
    }

    [Fact]
    public void Somebody_held_beyond_the_time_for_trying_is_not_waited_for_longer_than_that()
    {
        var play = Play.With(Ann).Begins(Ann, new(PassedOverReason.HasAccepted, Noon + TimeSpan.FromHours(8)));
        Agenda.Deadline(play.State).ShouldBe(Noon + TimeSpan.FromHours(2));
        play.Card.Until.ShouldBe(Noon + TimeSpan.FromHours(2));
        play.Card.Headline.ShouldBe("Nobody left will be free in time. Press Done on their job, or cancel this and re-dispatch it to others.");
        play.WaitsForItsDeadline().State.IsClosed.ShouldBeTrue();
    }

    [Fact]
    public void A_moment_that_has_passed_is_asked_about_again_a_second_later()
    {
        var play = Play.With(Ann).Waits(Seconds(5)).Begins(Ann, new(PassedOverReason.OnThePhone, Noon + Seconds(5)));
        play.State.Phase.ShouldBe(new Phase.AwaitingPerson(Noon + Seconds(6)));
    }

    [Fact]
    public void Somebody_busy_can_be_skipped_while_awaited()
    {
        var play = Play.With(Ann).Begins(Ann, new(PassedOverReason.HasAccepted)).Gets(new DispatchInput.Skip(Boss, 0, 1));
        play.Last.Events.Last().ShouldBe(new RoundEnded(1, Noon + Minutes(2)));
    }

    [Fact]
    public void A_new_round_forgets_why_somebody_was_passed_over()
    {
        var play = Play.With(Ann).Begins(Ann, OffDuty);
        play.State.Callees[0].ShouldBe(new CalleeProgress());
        play.Card.People[0].State.ShouldBe("Not called yet");
    }

    [Fact]
    public void Somebody_held_for_hours_does_not_keep_the_others_from_the_next_round()
    {
        var play = Play.With(Ann, Bob).Begins(Ann, new(PassedOverReason.HasAccepted, Noon + TimeSpan.FromHours(1))).LosesEveryAttempt(Bob);
        play.Last.Events.Last().ShouldBeOfType<RoundEnded>();
        play.Waits(Minutes(2)).Wants(Bob);
    }

    [Fact]
    public void Somebody_on_the_phone_is_waited_for_before_the_next_round_however_long_their_call_may_last()
    {
        var play = Play.With(Ann, Bob).Begins(Ann, new(PassedOverReason.OnThePhone, Noon + Minutes(30))).Gets(new DispatchInput.Skip(Boss, 1, 1));
        play.State.Phase.ShouldBe(new Phase.AwaitingPerson(Noon + Minutes(30)));
        play.Gets(new DispatchInput.LineFreed(Ann.Phone)).Wants(Ann);
    }

    [Fact]
    public void A_late_rejection_of_somebody_else_does_not_disturb_the_waiting()
    {
        var play = Play.With(new EscalationPolicy { AttemptsPerEmployee = 1 }, Ann, Bob).Begins(Ann, new(PassedOverReason.OnThePhone, Noon + Minutes(1)));
        play.Dials(Bob).RingsOut().State.Phase.ShouldBeOfType<Phase.AwaitingPerson>();
        play.Presses("2", on: Call(1, 1)).Last.Events.Length.ShouldBe(1);
    }

    [Fact]
    public void A_late_rejection_of_the_person_awaited_ends_the_waiting()
    {
        var play = Play.With(new EscalationPolicy { AttemptsPerEmployee = 2 }, Ann, Bob).Dials(Ann).RingsOut().Waits(Seconds(20));
        play.Begins(Ann, new(PassedOverReason.OnThePhone, Noon + Minutes(3))).LosesEveryAttempt(Bob).Presses("2", on: Call(0, 1));
        play.Last.Events.Last().ShouldBe(new RoundEnded(1, play.Now + Minutes(2)));
    }

    [Fact]
    public void The_person_whose_turn_it_is_keeps_it_although_somebody_before_them_is_free_again()
    {
        var play = Play.With(Ann, Bob).Begins(Ann, new(PassedOverReason.OnThePhone, Noon + Seconds(10)));
        play.Dials(Bob).RingsOut().Waits(Seconds(20)).Wants(Bob);
    }

    [Fact]
    public void Being_passed_over_uses_up_no_attempt()
    {
        var play = Play.With(Ann).Dials(Ann).RingsOut().Waits(Seconds(20)).Begins(Ann, new(PassedOverReason.OnThePhone, Noon + Minutes(2))).Waits(Minutes(2));
        play.Dials(Ann).Leg().InRound.ShouldBe(2);
    }
}
