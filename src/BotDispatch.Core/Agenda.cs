using System.Collections.Immutable;

namespace BotDispatch.Core;

/// <summary>How a call that should end is ended.</summary>
public enum EndLegBy
{
    /// <summary>The phone rings: reject the call.</summary>
    Rejecting,
    /// <summary>
    /// Somebody is on the line: play a closing message that says how the dispatch closed, or that it went on without them.
    /// </summary>
    Telling,
    /// <summary>The closing message was played: hang up.</summary>
    HangingUp,
}

/// <summary>A call that should end, how to end it, and from which moment on.</summary>
public sealed record LegToEnd(Leg Leg, EndLegBy By, DateTimeOffset DueAt);

/// <summary>
/// Reads from a state the work that is still to do. The work is computed each time and never stored as a message, so it cannot be lost.
/// </summary>
public static class Agenda
{
    /// <summary>How long the closing message plays before the call is hung up: six seconds.</summary>
    public static readonly TimeSpan InformingTime = TimeSpan.FromSeconds(6);

    /// <summary>When to look up a call about which the provider has reported nothing, counted from the moment the call was begun.</summary>
    static readonly TimeSpan[] SilenceLookups = [TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(15), TimeSpan.FromSeconds(45)];

    /// <summary>How long after its latest possible moment a webhook counts as overdue.</summary>
    static readonly TimeSpan Overdue = TimeSpan.FromSeconds(5);

    /// <summary>How long before the key grace of an ended call runs out the records are looked up a last time.</summary>
    internal static readonly TimeSpan BeforeGraceEnds = TimeSpan.FromSeconds(2);

    /// <summary>The longest time between the start of an attempt and the moment its order was either answered or dropped.</summary>
    static readonly TimeSpan OrderTime = TimeSpan.FromSeconds(20);

    /// <summary>
    /// How old a call must be before its absence from the provider's records counts as proof. Younger calls may be missing because the
    /// records lag.
    /// </summary>
    static readonly TimeSpan RecordsLag = TimeSpan.FromSeconds(15);

    /// <summary>How often the provider's records are read again when they could not be read during the key grace of a call.</summary>
    static readonly TimeSpan RecordsPoll = TimeSpan.FromSeconds(10);

    /// <summary>How often, and (below) how many times, the records are read for a call that was given up with an unknown end.</summary>
    static readonly TimeSpan LateLookup = TimeSpan.FromSeconds(30);

    const int LateLookups = 20;

    /// <summary>
    /// Returns the call to place now. Returns null while the dispatch wants no call, or while another phone of this dispatch may be off the
    /// hook.
    /// </summary>
    public static AttemptId? CallToPlace(DispatchState state) =>
        state.Phase is Phase.Placing(var attempt) && !state.HasLiveLeg ? attempt : null;

    /// <summary>
    /// Returns the calls that should end. A call in which a valid key was pressed is not among them: it plays its answer and ends by
    /// itself.
    /// </summary>
    public static ImmutableArray<LegToEnd> LegsToEnd(DispatchState state)
    {
        var current = state.Phase switch { Phase.Calling(var attempt) => attempt, _ => (AttemptId?)null };
        // Nearly always empty, so no builder.
        ImmutableArray<LegToEnd> ends = [];
        foreach (var leg in state.Legs)
            if (leg is { IsLive: true, FirstKey: null, IsCut: false, MessageId: not null } && leg.Attempt != current)
                ends = ends.Add(leg switch
                {
                    { WasAnswered: true, InformedAt: null } => new(leg, EndLegBy.Telling, leg.BegunAt),
                    { WasAnswered: true, InformedAt: { } informed } => new(leg, EndLegBy.HangingUp, informed + InformingTime),
                    _ => new(leg, EndLegBy.Rejecting, leg.BegunAt),
                });
        return ends;
    }

    /// <summary>Returns the earliest moment at which time alone changes the state; null if the state waits for no moment.</summary>
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
        return live || state.Phase is Phase.NotStarted or Phase.Closed or Phase.Settling or Phase.AwaitingRecords
            ? earliest
            : Earlier(earliest, state.GiveUpAt);
    }

    /// <summary>
    /// Returns the first moment at or after <paramref name="from"/> at which to read the provider's records; null if there is none.
    /// </summary>
    public static DateTimeOffset? NextLookup(DispatchState state, DateTimeOffset from)
    {
        DateTimeOffset? next = null;
        foreach (var leg in state.Legs)
            foreach (var moment in LookupMoments(state, leg))
                if (moment >= from)
                    next = Earlier(next, moment);
        return next;
    }

    /// <summary>
    /// Returns the calls to look up now: those that are live, the one that settles, and those that were given up with an unknown end.
    /// </summary>
    public static IEnumerable<Leg> LegsToLookUp(DispatchState state) =>
        state.Legs.Where(leg => leg.IsLive || NextStep.CallOf(state.Phase) == leg.Attempt || IsGivenUp(state, leg));

    /// <summary>
    /// Returns those of <see cref="LegsToLookUp(DispatchState)"/> of which a moment has come at which to read the records.
    /// </summary>
    public static IEnumerable<Leg> LegsToLookUp(DispatchState state, DateTimeOffset now) =>
        LegsToLookUp(state).Where(leg => LookupMoments(state, leg).Any(moment => moment <= now));

    /// <summary>
    /// Returns the moment from which records that do not know this call prove that it does not exist. Before that, the records may only be
    /// late.
    /// </summary>
    internal static DateTimeOffset ProofFrom(Leg leg) =>
        (leg.UnsureSince ?? Later(leg.LookupSince, IsKnown(leg) ? leg.BegunAt : leg.BegunAt + OrderTime)) + RecordsLag;

    /// <summary>The provider has given the call an id, so the call has existed.</summary>
    internal static bool IsKnown(Leg leg) => leg is not { TrackingId: null, MessageId: null };

    /// <summary>The call was given up, a key pressed in it would still count, and its records have not been read since.</summary>
    internal static bool IsGivenUp(DispatchState state, Leg leg) =>
        !state.IsClosed && leg is { GivenUpAt: not null, RecordsReadAt: null, FirstKey: null, IsLive: false };

    static IEnumerable<DateTimeOffset> LookupMoments(DispatchState state, Leg leg)
    {
        // Nearly all calls of a dispatch are over and known: returning here, they cost no closure.
        if (!leg.IsLive && NextStep.CallOf(state.Phase) != leg.Attempt && !IsGivenUp(state, leg))
            return [];
        return MomentsOf(state, leg);
    }

    static IEnumerable<DateTimeOffset> MomentsOf(DispatchState state, Leg leg)
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
        return (leg.UnsureSince ?? leg.LookupSince) is { } doubted
            ? [doubted, .. SilenceLookups.Select(after => doubted + after), ProofFrom(leg), .. usual]
            : usual;
    }

    static IEnumerable<DateTimeOffset> Usual(DispatchState state, Leg leg)
    {
        if (!IsKnown(leg))
            return SilenceLookups.Select(after => leg.BegunAt + after);
        return leg.AnsweredAt is { } answered
            ? [answered + leg.Length.Longest + Overdue]
            : [leg.BegunAt + state.PolicyOf(leg).RingTimeout + Overdue, leg.EndsBy - Overdue];
    }

    static IEnumerable<DateTimeOffset> Every(TimeSpan step, DateTimeOffset from, int times) =>
        Enumerable.Range(0, Math.Max(1, times)).Select(n => from + step * n);

    static DateTimeOffset Later(DateTimeOffset? one, DateTimeOffset other) => one is { } first && first > other ? first : other;

    static DateTimeOffset Earlier(DateTimeOffset? one, DateTimeOffset other) => one is { } first && first < other ? first : other;
}
