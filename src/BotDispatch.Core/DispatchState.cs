using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace BotDispatch.Core;

/// <summary>All that is known of a dispatch: the sum of its events.</summary>
public sealed record DispatchState
{
    /// <summary>Before anything happened.</summary>
    public static DispatchState Initial { get; } = new();

    /// <summary>What was asked for; stored beside the state, since it never changes.</summary>
    [JsonIgnore] public DispatchPlan Plan { get; init; } = null!;
    /// <summary>What the dispatch is doing.</summary>
    public Phase Phase { get; init; } = new Phase.NotStarted();
    /// <summary>The round through the roster, from 1.</summary>
    public int Round { get; init; }
    /// <summary>Whose turn it is, as an index into the roster.</summary>
    public int Turn { get; init; }
    /// <summary>After this no call is begun.</summary>
    public DateTimeOffset GiveUpAt { get; init; }
    /// <summary>How often in a row the telephone line was down.</summary>
    public int TimesLineDown { get; init; }
    /// <summary>How far each of the roster is, in its order.</summary>
    public ImmutableArray<CalleeProgress> Callees { get; init; } = [];
    /// <summary>Every call of this dispatch, in the order they were begun.</summary>
    public ImmutableArray<Leg> Legs { get; init; } = [];

    /// <summary>Where else it is shown. The thread of the first is number 1; the one where it was begun is 0.</summary>
    public ImmutableArray<Mirror> Mirrors { get; init => field = value.IsDefault ? [] : value; } = [];
    /// <summary>The numbers of the threads in which nothing is shown any more.</summary>
    public ImmutableArray<int> GivenUpThreads { get; init => field = value.IsDefault ? [] : value; } = [];

    /// <summary>Every place that it was to be shown in, by the number of its thread.</summary>
    [JsonIgnore] public IEnumerable<ChatChannel> Places => Mirrors.Select(mirror => mirror.Channel).Prepend(Plan.Channel);

    /// <summary>The number of its thread in that place; null if it is not shown there.</summary>
    public int? ThreadIn(ChatChannel place) => Places.ToList().IndexOf(place) is >= 0 and var thread ? thread : null;

    /// <summary>Closed stays closed.</summary>
    [JsonIgnore] public bool IsClosed => Phase is Phase.Closed;

    /// <summary>How the dispatch was closed; null while it is open.</summary>
    [JsonIgnore] public Resolution? Resolution => (Phase as Phase.Closed)?.Resolution;

    /// <summary>The leg of this attempt, if it was begun.</summary>
    public Leg? Leg(AttemptId attempt)
    {
        foreach (var leg in Legs)
            if (leg.Attempt == attempt)
                return leg;
        return null;
    }

    /// <summary>Whether any phone of this dispatch may be ringing or off the hook.</summary>
    [JsonIgnore] public bool HasLiveLeg => Legs.Any(leg => leg.IsLive);

    /// <summary>The next call that this callee would get; its number counts over all rounds.</summary>
    public AttemptId NextAttempt(int callee) =>
        new(Plan.Id, callee, Legs.Where(leg => leg.Attempt.Callee == callee).Select(leg => leg.Attempt.Number).DefaultIfEmpty().Max() + 1);
}

/// <summary>What a dispatch is doing. The arrows between them are drawn in STATES.md.</summary>
[JsonDerivedType(typeof(NotStarted), "not-started")]
[JsonDerivedType(typeof(Placing), "placing")]
[JsonDerivedType(typeof(Calling), "calling")]
[JsonDerivedType(typeof(Settling), "settling")]
[JsonDerivedType(typeof(AwaitingRecords), "awaiting-records")]
[JsonDerivedType(typeof(Pausing), "pausing")]
[JsonDerivedType(typeof(AwaitingPerson), "awaiting-person")]
[JsonDerivedType(typeof(LineDown), "line-down")]
[JsonDerivedType(typeof(Closed), "closed")]
public abstract record Phase
{
    private Phase() { }

    /// <summary>Nothing has happened.</summary>
    public sealed record NotStarted : Phase;

    /// <summary>This call is wanted, as soon as no other leg is live.</summary>
    public sealed record Placing(AttemptId Attempt) : Phase;

    /// <summary>This call is under way.</summary>
    public sealed record Calling(AttemptId Attempt) : Phase;

    /// <summary>This call has ended without a key; one that was lost on its way is awaited.</summary>
    public sealed record Settling(AttemptId Attempt, DateTimeOffset Until) : Phase;

    /// <summary>This call has ended, and the provider's records have not said whether a key was pressed in it. Nobody is called until they do, or until then.</summary>
    public sealed record AwaitingRecords(AttemptId Attempt, DateTimeOffset Since, DateTimeOffset Until) : Phase;

    /// <summary>A pause before the same callee again, or, without a callee, before the next round.</summary>
    public sealed record Pausing(DateTimeOffset Until, int? Callee) : Phase;

    /// <summary>Only busy people remain; somebody may be free earlier.</summary>
    public sealed record AwaitingPerson(DateTimeOffset Until) : Phase;

    /// <summary>The telephone line is down; tried again then.</summary>
    public sealed record LineDown(LineDownReason Reason, DateTimeOffset Until) : Phase;

    /// <summary>It is over, and stays so.</summary>
    public sealed record Closed(Resolution Resolution, DateTimeOffset At) : Phase;
}

/// <summary>How a dispatch ended.</summary>
[JsonDerivedType(typeof(Accepted), "accepted")]
[JsonDerivedType(typeof(Taken), "taken")]
[JsonDerivedType(typeof(Cancelled), "cancelled")]
[JsonDerivedType(typeof(Exhausted), "exhausted")]
public abstract record Resolution
{
    private Resolution() { }

    /// <summary>By key 1 on the phone.</summary>
    public sealed record Accepted(AttemptId Attempt, bool IsDone = false) : Resolution;

    /// <summary>By the button I take it. <paramref name="Callee"/> is -1 for somebody who is not on the roster.</summary>
    public sealed record Taken(Person By, EmployeeId Employee, int Callee, bool IsDone = false) : Resolution;

    /// <summary>By the button Cancel.</summary>
    public sealed record Cancelled(Person By) : Resolution;

    /// <summary>Nobody is left, or the time is up.</summary>
    public sealed record Exhausted(ExhaustedBecause Because) : Resolution;
}

/// <summary>How far one of the roster is.</summary>
/// <param name="UsedThisRound">Attempts used up in this round.</param>
/// <param name="TurnOver">Not phoned again in this round.</param>
/// <param name="Rejected">Pressed 2: not phoned again in this dispatch.</param>
/// <param name="BadNumber">Cannot be phoned at all.</param>
/// <param name="BusyUntil">On the phone or held for another dispatch until then, or until they are free.</param>
/// <param name="PassedOver">Why they were last passed over in this round.</param>
/// <param name="LastCallEnded">When their last call ended.</param>
public readonly record struct CalleeProgress(
    int UsedThisRound = 0, bool TurnOver = false, bool Rejected = false, bool BadNumber = false,
    DateTimeOffset? BusyUntil = null, PassedOverReason? PassedOver = null, DateTimeOffset? LastCallEnded = null)
{
    /// <summary>Not phoned again in this dispatch.</summary>
    [JsonIgnore] public bool IsOut => Rejected || BadNumber;
}

/// <summary>One phone call as far as it is known.</summary>
public sealed record Leg
{
    /// <summary>Which call.</summary>
    public required AttemptId Attempt { get; init; }
    /// <summary>The round it belongs to.</summary>
    public required int Round { get; init; }
    /// <summary>Which of the callee's attempts in that round.</summary>
    public required int InRound { get; init; }
    /// <summary>When we set out to phone.</summary>
    public required DateTimeOffset BegunAt { get; init; }
    /// <summary>When we stop waiting for news of it.</summary>
    public required DateTimeOffset EndsBy { get; init; }
    /// <summary>How long it lasts once answered.</summary>
    public required CallLength Length { get; init; }
    /// <summary>The conversation's id at the provider.</summary>
    public string? TrackingId { get; init; }
    /// <summary>The leg's id at the provider; needed to end it.</summary>
    public string? MessageId { get; init; }
    /// <summary>The furthest status.</summary>
    public LegStatus Status { get; init; }
    /// <summary>When it was answered, by our clock.</summary>
    public DateTimeOffset? AnsweredAt { get; init; }
    /// <summary>When it ended, by our clock.</summary>
    public DateTimeOffset? EndedAt { get; init; }
    /// <summary>How long it was answered, by the provider's clock.</summary>
    public TimeSpan? Duration { get; init; }
    /// <summary>What it cost, in the account's currency.</summary>
    public decimal? Price { get; init; }
    /// <summary>Who picked up.</summary>
    public AnsweredBy AnsweredBy { get; init; }
    /// <summary>All keys so far.</summary>
    public string Tones { get; init; } = "";
    /// <summary>The first valid key; it alone decides.</summary>
    public Key? FirstKey { get; init; }
    /// <summary>How many wrong keys came before it.</summary>
    public int WrongKeys { get; init; }
    /// <summary>How the attempt ended, once that is known.</summary>
    public CallOutcome? Outcome { get; init; }
    /// <summary>What that rests on.</summary>
    public Evidence Evidence { get; init; }
    /// <summary>When it was told that it will be ended.</summary>
    public DateTimeOffset? ToldAt { get; init; }
    /// <summary>We have ended it as far as the provider would.</summary>
    public bool IsCut { get; init; }
    /// <summary>When settling began.</summary>
    public DateTimeOffset? SettlingSince { get; init; }
    /// <summary>Since when nobody knows whether the provider took the call; null once there was news of it.</summary>
    public DateTimeOffset? UnsureSince { get; init; }
    /// <summary>Since when the records are asked because the process started anew; null once there was news of it.</summary>
    public DateTimeOffset? LookupSince { get; init; }
    /// <summary>Since when the records say that they know of no such call; null once there was news of it.</summary>
    public DateTimeOffset? MissingSince { get; init; }
    /// <summary>When the records said, after the call, what was pressed in it.</summary>
    public DateTimeOffset? RecordsReadAt { get; init; }
    /// <summary>When we stopped waiting for it, if nobody knew how it ended.</summary>
    public DateTimeOffset? GivenUpAt { get; init; }

    /// <summary>The phone may be ringing or off the hook.</summary>
    [JsonIgnore] public bool IsLive => Status < LegStatus.Completed;
    /// <summary>Picked up by somebody or something.</summary>
    [JsonIgnore] public bool WasAnswered => AnsweredAt is not null || Tones.Length > 0 || Status is LegStatus.InProgress or LegStatus.Completed or LegStatus.Terminated;
}
