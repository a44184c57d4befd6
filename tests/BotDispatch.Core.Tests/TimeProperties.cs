using static BotDispatch.Core.DispatchEvent;
using static BotDispatch.Core.Tests.Properties;

namespace BotDispatch.Core.Tests;

/// <summary>Time alone brings every history to its end.</summary>
public class TimeProperties
{
    const int ManySteps = 5000;

    [Fact]
    public void A_deadline_that_passed_is_followed_by_a_later_one_or_none() => AtEveryStep(step =>
    {
        if (step is { Input: DispatchInput.DeadlinePassed passed, Decision.IsIgnored: false })
            (Agenda.Deadline(step.After) <= passed.Deadline).ShouldBeFalse($"still waits for {Agenda.Deadline(step.After):T}");
    });

    [Fact]
    public void The_own_deadline_is_never_ignored_once_it_has_passed() => AtEveryStep(step =>
    {
        if (Agenda.Deadline(step.After) is { } deadline)
            Decider.Decide(step.After, new DispatchInput.DeadlinePassed(deadline), deadline > step.Now ? deadline : step.Now).IsIgnored.ShouldBeFalse();
    });

    [Fact]
    public void A_deadline_counts_only_if_it_is_the_own_one_and_has_passed() => AtEveryStep(step =>
    {
        if (Agenda.Deadline(step.After) is not { } deadline)
            return;
        Decider.Decide(step.After, new DispatchInput.DeadlinePassed(deadline), deadline.AddTicks(-1)).Because.ShouldBe("that moment has not come");
        Decider.Decide(step.After, new DispatchInput.DeadlinePassed(deadline.AddTicks(-1)), deadline).Because.ShouldBe("it waits for another moment");
    });

    [Fact]
    public void An_open_dispatch_wants_a_call_or_waits_for_a_moment() => AtEveryStep(step =>
    {
        if (!step.After.IsClosed)
            Agenda.Deadline(step.After).ShouldNotBeNull();
    });

    [Fact]
    public void Every_history_ends_if_every_phone_is_silent() => InEveryHistory(steps => EndsByItself(steps, _ => LineStatus.Free));

    [Fact]
    public void Every_history_ends_if_everybody_is_off_duty_until_a_moment() => InEveryHistory(steps => EndsByItself(steps, now => new(PassedOverReason.OffDuty, now + TimeSpan.FromMinutes(7))));

    [Fact]
    public void Every_history_ends_if_everybody_is_off_duty() => InEveryHistory(steps => EndsByItself(steps, _ => new(PassedOverReason.OffDuty)));

    [Fact]
    public void Every_history_ends_if_everybody_is_held() => InEveryHistory(steps => EndsByItself(steps, _ => new(PassedOverReason.HasAccepted)));

    [Fact]
    public void Every_history_ends_if_everybody_is_on_the_phone_for_a_moment_again_and_again() =>
        InEveryHistory(steps => EndsByItself(steps, now => new(PassedOverReason.OnThePhone, now + Cast.Seconds(30))));

    static void EndsByItself(IReadOnlyList<Step> history, Func<DateTimeOffset, LineStatus> line)
    {
        var (state, now) = (history[^1].After, history[^1].Now);
        for (var step = 0; step < ManySteps; step++)
        {
            if (Agenda.CallToPlace(state) is { } call)
                state = Decider.Decide(state, new DispatchInput.BeginCall(call, Cast.Length, line(now)), now).State;
            else if (Agenda.Deadline(state) is { } deadline)
            {
                now = deadline > now ? deadline : now;
                state = Decider.Decide(state, new DispatchInput.DeadlinePassed(deadline), now).State;
            }
            else
                break;
        }
        state.IsClosed.ShouldBeTrue(state.Phase.ToString());
        state.HasLiveLeg.ShouldBeFalse();
        Agenda.Deadline(state).ShouldBeNull();
        Agenda.LegsToEnd(state).ShouldBeEmpty();
        Agenda.NextLookup(state, now + Cast.Minutes(5)).ShouldBeNull();
    }

    [Fact]
    public void Exhausted_by_time_never_comes_while_a_leg_lives() => AtEveryStep(step =>
    {
        if (step.Decision.Events.OfType<Exhausted>().Any(end => end.Because is ExhaustedBecause.TimeIsUp))
            step.After.HasLiveLeg.ShouldBeFalse();
    });

    [Fact]
    public void Times_without_the_line_use_up_nobodys_attempt() => AtEveryStep(step =>
    {
        if (step.Decision.Events.Any(each => each is LineWentDown) && step.Input is not DispatchInput.DeadlinePassed)
            step.After.Callees.Select(person => person.UsedThisRound).ShouldBe(step.Before.Callees.Select(person => person.UsedThisRound));
    });
}
