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
    internal static readonly TimeSpan BeforeGraceEnds = TimeSpan.FromSeconds(2);

    /// <summary>How long it takes at most from the beginning of a call until its order was sent and answered, or was not.</summary>
    static readonly TimeSpan OrderTime = TimeSpan.FromSeconds(20);

    /// <summary>How long records must have had time before it counts that they know nothing of a call.</summary>
    static readonly TimeSpan RecordsLag = TimeSpan.FromSeconds(15);

    /// <summary>How often records are asked that were not read after the grace of a call.</summary>
    static readonly TimeSpan RecordsPoll = TimeSpan.FromSeconds(10);

    /// <summary>How often, and how many times, the records of a call are asked that was given up without knowing how it ended.</summary>
    static readonly TimeSpan LateLookup = TimeSpan.FromSeconds(30);

    const int LateLookups = 20;

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
            Phase.AwaitingRecords(_, _, var until) => until,
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
        return live || state.Phase is Phase.NotStarted or Phase.Closed or Phase.Settling or Phase.AwaitingRecords ? earliest : Earlier(earliest, state.GiveUpAt);
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

    /// <summary>The legs whose records are worth a look now: what is live, what settles, and what was given up without knowing how it ended.</summary>
    public static IEnumerable<Leg> LegsToLookUp(DispatchState state) => state.Legs.Where(leg => leg.IsLive || NextStep.CallOf(state.Phase) == leg.Attempt || IsGivenUp(state, leg));

    /// <summary>From when on it counts that the records know nothing of this call; before that they may only be late.</summary>
    internal static DateTimeOffset ProofFrom(Leg leg) => (leg.UnsureSince ?? Later(leg.LookupSince, IsKnown(leg) ? leg.BegunAt : leg.BegunAt + OrderTime)) + RecordsLag;

    /// <summary>The provider has named it, so it has existed.</summary>
    internal static bool IsKnown(Leg leg) => leg is not { TrackingId: null, MessageId: null };

    /// <summary>It was given up, a key in it would still count, and the records have not been read since.</summary>
    internal static bool IsGivenUp(DispatchState state, Leg leg) => !state.IsClosed && leg is { GivenUpAt: not null, RecordsReadAt: null, FirstKey: null, IsLive: false };

    static IEnumerable<DateTimeOffset> LookupMoments(DispatchState state, Leg leg)
    {
        if (state.Phase is Phase.Settling(var settling, var until) && settling == leg.Attempt && leg.SettlingSince is { } since)
            return [since, since + Overdue, until - BeforeGraceEnds, leg.LookupSince ?? since];
        if (state.Phase is Phase.AwaitingRecords(var awaited, var from, var limit) && awaited == leg.Attempt)
            return Every(RecordsPoll, from, (int)Math.Min(1000, (limit - from) / RecordsPoll));
        if (IsGivenUp(state, leg))
            return Every(LateLookup, leg.GivenUpAt!.Value + LateLookup, LateLookups);
        if (!leg.IsLive)
            return [];
        var usual = leg.MissingSince is { } missing ? [missing + Lookups.BetweenAnswers, .. Usual(state, leg)] : Usual(state, leg);
        return (leg.UnsureSince ?? leg.LookupSince) is { } doubted ? [doubted, .. SilenceLookups.Select(after => doubted + after), ProofFrom(leg), .. usual] : usual;
    }

    static IEnumerable<DateTimeOffset> Usual(DispatchState state, Leg leg)
    {
        if (!IsKnown(leg))
            return SilenceLookups.Select(after => leg.BegunAt + after);
        return leg.AnsweredAt is { } answered
            ? [answered + leg.Length.Longest + Overdue]
            : [leg.BegunAt + state.Plan.Policy.RingTimeout + Overdue, leg.EndsBy - Overdue];
    }

    static IEnumerable<DateTimeOffset> Every(TimeSpan step, DateTimeOffset from, int times) => Enumerable.Range(0, Math.Max(1, times)).Select(n => from + step * n);

    static DateTimeOffset Later(DateTimeOffset? one, DateTimeOffset other) => one is { } first && first > other ? first : other;

    static DateTimeOffset Earlier(DateTimeOffset? one, DateTimeOffset other) => one is { } first && first < other ? first : other;
}
