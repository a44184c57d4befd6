using static BotDispatch.Core.DispatchEvent;
using static BotDispatch.Core.Tests.Properties;

namespace BotDispatch.Core.Tests;

/// <summary>What holds in every history, whatever arrives, twice, late, out of order.</summary>
public class HistoryProperties
{
    [Fact]
    public void Closed_stays_closed() => AtEveryStep(step =>
    {
        if (!step.Before.IsClosed)
            return;
        WithoutDone(step.After.Resolution).ShouldBe(WithoutDone(step.Before.Resolution));
        Agenda.CallToPlace(step.After).ShouldBeNull();
        step.Decision.Events.Any(each => each is CallWanted or CallBegun or Accepted or Taken or Cancelled or Exhausted).ShouldBeFalse();
    });

    [Fact]
    public void The_same_input_twice_in_a_row_decides_once() => AtEveryStep(step =>
        Decider.Decide(step.After, step.Input, step.Now).Events.ShouldBeEmpty());

    [Fact]
    public void A_decision_has_events_or_a_reason_but_not_both() => AtEveryStep(step =>
        step.Decision.IsIgnored.ShouldBe(step.Decision.Events.IsEmpty));

    [Fact]
    public void The_state_is_the_sum_of_the_events() => InEveryHistory(steps =>
    {
        var sum = steps.SelectMany(step => step.Decision.Events).Aggregate(DispatchState.Initial, Evolution.Evolve);
        StoredJson.Of(sum).ShouldBe(StoredJson.Of(steps[^1].After));
    });

    [Fact]
    public void An_ignored_input_changes_nothing() => AtEveryStep(step =>
    {
        if (step.Decision.IsIgnored)
            step.After.ShouldBeSameAs(step.Before);
    });

    [Fact]
    public void Nobody_is_called_twice_for_the_same_attempt() => InEveryHistory(steps =>
    {
        var begun = new HashSet<AttemptId>();
        foreach (var happened in steps.SelectMany(step => step.Decision.Events))
            if (happened is CallBegun call)
                begun.Add(call.Attempt).ShouldBeTrue($"{call.Attempt} is begun again");
            else if (happened is CallWithdrawn never)
                begun.Remove(never.Attempt);
    });

    [Fact]
    public void The_attempts_of_one_person_are_numbered_in_rising_order() => AtEveryStep(step =>
    {
        foreach (var call in step.Decision.Events.OfType<CallBegun>())
            step.Before.Legs.All(leg => leg.Attempt.Callee != call.Attempt.Callee || leg.Attempt.Number < call.Attempt.Number).ShouldBeTrue();
    });

    [Fact]
    public void There_are_never_two_live_legs() => AtEveryStep(step =>
        step.After.Legs.Count(leg => leg.IsLive).ShouldBeLessThanOrEqualTo(1));

    [Fact]
    public void Nobody_is_called_before_their_attempts_are_due() => AtEveryStep(step =>
    {
        foreach (var call in step.Decision.Events.OfType<CallBegun>())
        {
            var person = step.Before.Callees[call.Attempt.Callee];
            person.IsOut.ShouldBeFalse("rejected, or a bad number");
            person.TurnOver.ShouldBeFalse("their turn is over");
            call.InRound.ShouldBeLessThanOrEqualTo(step.Before.Plan.Policy.AttemptsPerEmployee);
            call.At.ShouldBeLessThan(step.Before.GiveUpAt);
            (person.BusyUntil > call.At).ShouldBeFalse("busy elsewhere");
            var earlier = step.Before.Legs.Where(leg => leg.Attempt.Callee == call.Attempt.Callee && leg.Round == call.Round && leg.Outcome is not CallOutcome.CutShort);
            earlier.All(leg => call.InRound == 1 || leg.EndedAt + step.Before.Plan.Policy.RetryPause <= call.At).ShouldBeTrue();
        }
    });

    [Fact]
    public void Nobody_is_accepted_without_a_key_1_of_theirs_or_taking_it() => AtEveryStep(step =>
    {
        foreach (var happened in step.Decision.Events)
            if (happened is Accepted accepted)
                step.Input.ShouldBeOfType<DispatchInput.KeysPressed>().ShouldSatisfyAllConditions(
                    pressed => pressed.Attempt.ShouldBe(accepted.Attempt),
                    pressed => pressed.Tones.ShouldContain('1'));
            else if (happened is Taken taken)
                step.Input.ShouldBeOfType<DispatchInput.Take>().Employee.ShouldBe(taken.Employee);
    });

    [Fact]
    public void A_rejecter_never_accepts_later_by_phone() => AtEveryStep(step =>
        step.Decision.Events.OfType<Accepted>().Any(accepted => step.Before.Callees[accepted.Attempt.Callee].Rejected).ShouldBeFalse());

    [Fact]
    public void Only_the_person_who_has_it_hears_that_they_have_it() => AtEveryStep(step =>
    {
        int? holder = step.After.Resolution switch
        {
            Resolution.Accepted accepted => accepted.Attempt.Callee,
            Resolution.Taken taken => taken.Callee,
            _ => null,
        };
        foreach (var leg in step.After.Legs)
            if (SpokenAnswer.ToKeys(step.After, leg.Attempt) is SpokenAnswer.YouHaveIt || SpokenAnswer.BeforeHangingUp(step.After, leg.Attempt) is SpokenAnswer.YouHaveIt)
                leg.Attempt.Callee.ShouldBe(holder.ShouldNotBeNull());
    });

    [Fact]
    public void A_leg_that_has_ended_has_an_outcome_or_is_settling() => AtEveryStep(step =>
    {
        foreach (var leg in step.After.Legs)
            if (!leg.IsLive && leg.Outcome is null)
                (step.After.Phase switch
                {
                    Phase.Settling(var attempt, _) => attempt,
                    Phase.AwaitingRecords(var attempt, _, _) => attempt,
                    _ => (AttemptId?)null,
                }).ShouldBe(leg.Attempt);
    });

    [Fact]
    public void Nobody_is_said_to_have_pressed_nothing_before_the_records_were_read() => AtEveryStep(step =>
    {
        foreach (var ended in step.Decision.Events.OfType<AttemptEnded>())
            if (ended is { Outcome: CallOutcome.NoAnswer, Evidence: not (Evidence.NotPickedUp or Evidence.Declined) })
                step.After.Leg(ended.Attempt)!.RecordsReadAt.ShouldNotBeNull();
    });

    [Fact]
    public void Nobody_is_called_while_it_is_not_known_whether_a_key_was_pressed() => AtEveryStep(step =>
    {
        if (step.After.Phase is Phase.AwaitingRecords)
            Agenda.CallToPlace(step.After).ShouldBeNull();
        foreach (var unknown in step.Decision.Events.OfType<AttemptEnded>().Where(each => each.Evidence is Evidence.KeysUnknown))
            step.Before.Phase.ShouldBeOfType<Phase.AwaitingRecords>().Attempt.ShouldBe(unknown.Attempt);
    });

    [Fact]
    public void Only_the_phase_of_a_call_has_a_call_under_way() => AtEveryStep(step =>
    {
        if (step.After.Phase is Phase.Calling(var attempt))
            step.After.Leg(attempt).ShouldNotBeNull().IsLive.ShouldBeTrue();
    });

    [Fact]
    public void Every_card_can_be_drawn() => AtEveryStep(step =>
    {
        var card = DispatchCard.Of(step.After);
        card.Headline.ShouldNotBeNullOrWhiteSpace();
        card.People.Length.ShouldBe(step.After.Plan.Roster.Length);
        card.Buttons.ShouldNotBeEmpty();
        (card.Status is CardStatus.Accepted or CardStatus.Cancelled or CardStatus.Exhausted).ShouldBe(card.IsClosed);
        foreach (var skip in card.Buttons.Where(button => button.Action is CardAction.Skip))
            Decider.Decide(step.After, new DispatchInput.Skip(Cast.Boss, skip.Callee.ShouldNotBeNull(), skip.Round), step.Now).IsIgnored.ShouldBeFalse();
    });

    static Resolution? WithoutDone(Resolution? resolution) => resolution switch
    {
        Resolution.Accepted accepted => accepted with { IsDone = false },
        Resolution.Taken taken => taken with { IsDone = false },
        var other => other,
    };
}
