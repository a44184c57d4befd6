using System.Collections.Immutable;

namespace BotDispatch.Core;

/// <summary>What to do to a leg that should not live.</summary>
public enum EndLegBy
{
    /// <summary>It rings: take the call back.</summary>
    Rejecting,
    /// <summary>Somebody listens: say how the dispatch closed, or that it went on.</summary>
    Telling,
    /// <summary>They were told: hang up.</summary>
    HangingUp,
}

/// <summary>A leg that should not live, and what to do to it at which moment.</summary>
public sealed record LegToEnd(Leg Leg, EndLegBy By, DateTimeOffset DueAt);

/// <summary>What a state still wants done. Read from the state whenever somebody looks, never stored as a message.</summary>
public static class Agenda
{
    /// <summary>How long the truth takes to be spoken before the call is hung up.</summary>
    public static readonly TimeSpan TellingTime = TimeSpan.FromSeconds(6);

    /// <summary>When a call of which the provider has said nothing is looked up, counted from its beginning.</summary>
    static readonly TimeSpan[] SilenceLookups = [TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(15), TimeSpan.FromSeconds(45)];

    /// <summary>Webhooks of a call that must have gone on by then are overdue.</summary>
    static readonly TimeSpan Overdue = TimeSpan.FromSeconds(5);

    /// <summary>The last look-up of a settling call comes this long before its grace ends.</summary>
    static readonly TimeSpan BeforeGraceEnds = TimeSpan.FromSeconds(2);

    /// <summary>The call to place now; null while none is wanted or another phone of the dispatch may be off the hook.</summary>
    public static AttemptId? CallToPlace(DispatchState state) => state.Phase is Phase.Placing(var attempt) && !state.HasLiveLeg ? attempt : null;

    /// <summary>The legs that should not live. One that was answered with a valid key is hearing its answer and ends by itself.</summary>
    public static ImmutableArray<LegToEnd> LegsToEnd(DispatchState state)
    {
        var current = state.Phase switch { Phase.Calling(var attempt) => attempt, _ => (AttemptId?)null };
        var ends = ImmutableArray.CreateBuilder<LegToEnd>();
        foreach (var leg in state.Legs)
            if (leg is { IsLive: true, FirstKey: null, IsCut: false, MessageId: not null } && leg.Attempt != current)
                ends.Add(leg switch
                {
                    { WasAnswered: true, ToldAt: null } => new(leg, EndLegBy.Telling, leg.BegunAt),
                    { WasAnswered: true, ToldAt: { } told } => new(leg, EndLegBy.HangingUp, told + TellingTime),
                    _ => new(leg, EndLegBy.Rejecting, leg.BegunAt),
                });
        return ends.ToImmutable();
    }

    /// <summary>The one moment the state waits for: the earliest of all it waits for. Null if nothing in it waits for time.</summary>
    public static DateTimeOffset? Deadline(DispatchState state)
    {
        DateTimeOffset? earliest = state.Phase switch
        {
            Phase.Settling(_, var until) => until,
            Phase.Pausing(var until, _) => until,
            Phase.AwaitingPerson(var until) => until,
            Phase.LineDown(_, var until) => until,
            _ => null,
        };
        var live = false;
        foreach (var leg in state.Legs)
        {
            if (!leg.IsLive)
                continue;
            live = true;
            earliest = Earlier(earliest, leg.EndsBy);
        }
        return live || state.Phase is Phase.NotStarted or Phase.Closed or Phase.Settling ? earliest : Earlier(earliest, state.GiveUpAt);
    }

    /// <summary>The next moment, not before <paramref name="from"/>, at which the provider's records are worth a look; null if none is.</summary>
    public static DateTimeOffset? NextLookup(DispatchState state, DateTimeOffset from)
    {
        DateTimeOffset? next = null;
        foreach (var leg in state.Legs)
            foreach (var moment in LookupMoments(state, leg))
                if (moment >= from)
                    next = Earlier(next, moment);
        return next;
    }

    /// <summary>The legs whose records are worth a look now: what is live, and what settles.</summary>
    public static IEnumerable<Leg> LegsToLookUp(DispatchState state) => state.Legs.Where(leg => leg.IsLive || IsSettling(state, leg));

    static IEnumerable<DateTimeOffset> LookupMoments(DispatchState state, Leg leg)
    {
        if (IsSettling(state, leg) && state.Phase is Phase.Settling(_, var until) && leg.SettlingSince is { } since)
            return [since, since + Overdue, until - BeforeGraceEnds];
        if (!leg.IsLive)
            return [];
        if (leg is { TrackingId: null, MessageId: null })
            return SilenceLookups.Select(after => leg.BegunAt + after);
        return leg.AnsweredAt is { } answered
            ? [answered + leg.Length.Longest + Overdue]
            : [leg.BegunAt + state.Plan.Policy.RingTimeout + Overdue, leg.EndsBy - Overdue];
    }

    static bool IsSettling(DispatchState state, Leg leg) => state.Phase is Phase.Settling(var attempt, _) && attempt == leg.Attempt;

    static DateTimeOffset Earlier(DateTimeOffset? one, DateTimeOffset other) => one is { } first && first < other ? first : other;
}
