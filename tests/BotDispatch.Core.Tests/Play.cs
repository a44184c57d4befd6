using System.Collections.Immutable;

using static BotDispatch.Core.Tests.Cast;

namespace BotDispatch.Core.Tests;

/// <summary>
/// A whole history, played like a phone: the wanted call is dialled, somebody picks up, presses keys, and time passes.
/// <see cref="Now"/> moves only where a test says so; deadlines on the way come true.
/// </summary>
sealed class Play
{
    readonly List<DispatchEvent> log = [];
    bool recordsAnswer = true;

    public Play(DispatchPlan plan, params ImmutableArray<Mirror> mirrors) => Gets(new DispatchInput.Start(plan, mirrors));

    public static Play With(params Callee[] roster) => new(Plan(roster));

    public static Play With(EscalationPolicy policy, params Callee[] roster) => new(Plan(policy, roster));

    public DateTimeOffset Now { get; private set; } = Noon;

    public DispatchState State { get; private set; } = DispatchState.Initial;

    public IReadOnlyList<DispatchEvent> Log => log;

    public Decision Last { get; private set; } = null!;

    /// <summary>The call that was dialled last.</summary>
    public AttemptId Current { get; private set; }

    public DispatchCard Card => DispatchCard.Of(State);

    public Leg Leg(AttemptId? attempt = null) => State.Leg(attempt ?? Current)!;

    public IEnumerable<T> Happened<T>() where T : DispatchEvent => log.OfType<T>();

    public Play Gets(DispatchInput input)
    {
        Last = Decider.Decide(State, input, Now);
        log.AddRange(Last.Events);
        State = Last.State;
        return this;
    }

    /// <summary>The wanted call is to <paramref name="who"/>; we set out to place it.</summary>
    public Play Begins(Callee who, LineStatus line = default)
    {
        Wants(who);
        Current = Agenda.CallToPlace(State)!.Value;
        return Gets(new DispatchInput.BeginCall(Current, Length, line));
    }

    /// <summary>The wanted call is to <paramref name="who"/>; it is placed, and the provider takes it.</summary>
    public Play Dials(Callee who)
    {
        Begins(who);
        return Gets(new DispatchInput.CallPlaced(Current, $"conversation-{Current}"));
    }

    public Play Wants(Callee? who)
    {
        var wanted = Agenda.CallToPlace(State);
        (wanted is { } call ? State.Plan.Roster[call.Callee].Name : "nobody").ShouldBe(who?.Name ?? "nobody", $"at {Now:T}, in {State.Phase}");
        return this;
    }

    public Play Says(LegStatus status, AttemptId? on = null) =>
        Gets(new DispatchInput.LegProgressed(on ?? Current, new LegReport(status, $"leg-{on ?? Current}")));

    public Play Rings() => Says(LegStatus.Ringing);

    public Play PicksUp() => Says(LegStatus.InProgress);

    public Play HangsUp(AttemptId? on = null) => Says(LegStatus.Completed, on);

    public Play RingsOut() => Waits(State.Plan.Policy.RingTimeout).Says(LegStatus.NoAnswer);

    public Play Presses(string tones, AttemptId? on = null) => Gets(new DispatchInput.KeysPressed(on ?? Current, tones));

    public Play Rejects() => PicksUp().Presses("2").HangsUp();

    /// <summary>Time passes; every deadline on the way comes true.</summary>
    public Play Waits(TimeSpan time)
    {
        var until = Now + time;
        while (Agenda.Deadline(State) is { } deadline && deadline <= until)
            Passes(deadline);
        Now = until;
        return this;
    }

    /// <summary>The moment comes that the state waits for.</summary>
    public Play WaitsForItsDeadline() => Passes(Agenda.Deadline(State) ?? throw new InvalidOperationException($"{State.Phase} waits for nothing"));

    /// <summary>All attempts of one round, or so many of them, are lost by ringing out.</summary>
    public Play LosesEveryAttempt(Callee who, int? times = null)
    {
        var calls = times ?? State.Plan.Policy.AttemptsPerEmployee;
        for (var attempt = 1; attempt <= calls; attempt++)
        {
            Dials(who).RingsOut();
            if (attempt < calls)
                WaitsForItsDeadline();
        }
        return this;
    }

    /// <summary>From now on the provider's records do not answer.</summary>
    public Play LosesTheRecords()
    {
        recordsAnswer = false;
        return this;
    }

    /// <summary>The records were read; null is that they know of no such call.</summary>
    public Play LooksUp(LegStatus? said, AttemptId? on = null) => Gets(new DispatchInput.LookedUp(on ?? Current, said));

    Play Passes(DateTimeOffset deadline)
    {
        // As the lane that looks up does, just before the grace of a call is over.
        if (recordsAnswer && State.Phase is Phase.Settling(var attempt, var until) && until == deadline)
        {
            Now = until - Seconds(2) > Now ? until - Seconds(2) : Now;
            LooksUp(State.Leg(attempt)!.Status is var status && status is LegStatus.Lost ? LegStatus.None : status, attempt);
        }
        Now = deadline > Now ? deadline : Now;
        return Gets(new DispatchInput.DeadlinePassed(deadline));
    }
}
