using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace BotDispatch.Core;

/// <summary>Everything known about a dispatch: the sum of its events.</summary>
public sealed record DispatchState
{
    /// <summary>The state before the first event.</summary>
    public static DispatchState Initial { get; } = new();

    /// <summary>
    /// The plan from the dialog, with the ticket as it is now. The plan as it was sent is stored beside the state, because only the ticket
    /// in it ever changes.
    /// </summary>
    [JsonIgnore] public DispatchPlan Plan { get; init; } = null!;
    /// <summary>What the dispatch is doing now.</summary>
    public Phase Phase { get; init; } = new Phase.NotStarted();
    /// <summary>The round through the roster, from 1.</summary>
    public int Round { get; init; }
    /// <summary>The list that is called, as an index into the lists of the plan; 0 if there are none.</summary>
    public int List { get; init; }
    /// <summary>The number of rounds through earlier lists.</summary>
    public int RoundsBefore { get; init; }
    /// <summary>Whose turn it is, as an index into the roster.</summary>
    public int Turn { get; init; }
    /// <summary>After this moment no new call is begun.</summary>
    public DateTimeOffset GiveUpAt { get; init; }
    /// <summary>That moment as it was set at the start; null if no other list has been called since.</summary>
    public DateTimeOffset? FirstGiveUpAt { get; init; }
    /// <summary>How often in a row the telephone line was down.</summary>
    public int TimesLineDown { get; init; }
    /// <summary>The progress of each callee, in the order of the roster.</summary>
    public ImmutableArray<CalleeProgress> Callees { get; init; } = [];
    /// <summary>Every call of this dispatch, in the order they were begun.</summary>
    public ImmutableArray<Leg> Legs { get; init; } = [];

    /// <summary>
    /// The further places that show the dispatch. The first of them has thread number 1; the place where the dispatch began has 0.
    /// </summary>
    public ImmutableArray<Mirror> Mirrors { get; init => field = value.IsDefault ? [] : value; } = [];
    /// <summary>The thread numbers of the places that no longer show the dispatch.</summary>
    public ImmutableArray<int> GivenUpThreads { get; init => field = value.IsDefault ? [] : value; } = [];

    /// <summary>The ticket, if its text was changed in its own system since the dispatch began; otherwise null.</summary>
    public Ticket? ChangedTicket { get; init; }
    /// <summary>When that text was last changed; null if it never was. Calls that were begun before speak the earlier text.</summary>
    public DateTimeOffset? TicketChangedAt { get; init; }
    /// <summary>What the threads have reported about the ticket, by what identifies it.</summary>
    public ImmutableArray<string> TicketReports { get; init => field = value.IsDefault ? [] : value; } = [];

    /// <summary>Returns the state with the plan as it was sent. If the ticket was changed since, it is the changed one.</summary>
    public DispatchState WithPlan(DispatchPlan sent) =>
        this with { Plan = ChangedTicket is { } ticket ? sent with { Ticket = ticket } : sent };

    /// <summary>Every place that was meant to show the dispatch, in the order of thread numbers.</summary>
    [JsonIgnore] public IEnumerable<ChatChannel> Places => Mirrors.Select(mirror => mirror.Channel).Prepend(Plan.Channel);

    /// <summary>Returns the thread number of that place; null if the dispatch is not shown there.</summary>
    public int? ThreadIn(ChatChannel place) => Places.ToList().IndexOf(place) is >= 0 and var thread ? thread : null;

    /// <summary>How hard is tried now: the policy of the list that is called, or else of the plan.</summary>
    [JsonIgnore] public EscalationPolicy Policy => PolicyOf(List);

    /// <summary>The round through the list that is called, from 1.</summary>
    [JsonIgnore] public int ListRound => Round - RoundsBefore;

    /// <summary>The list that is called; null if people were picked without a list.</summary>
    [JsonIgnore] public PlannedList? CurrentList => Plan.Lists.IsEmpty ? null : Plan.Lists[List];

    /// <summary>The list that is called when this one is exhausted; null if there is none.</summary>
    [JsonIgnore] public PlannedList? NextList => List + 1 < Plan.Lists.Length ? Plan.Lists[List + 1] : null;

    /// <summary>The callees of the list that is called, in its order, as indexes into the roster.</summary>
    [JsonIgnore]
    public IEnumerable<int> Order => CurrentList?.People.Select(each => each.Callee) ?? Enumerable.Range(0, Callees.Length);

    /// <summary>Returns the policy of a list, as an index into the lists of the plan.</summary>
    public EscalationPolicy PolicyOf(int list) => Plan.PolicyOf(list);

    /// <summary>When the dispatch started.</summary>
    [JsonIgnore] public DateTimeOffset StartedAt => (FirstGiveUpAt ?? GiveUpAt) - PolicyOf(0).GiveUpAfter;

    /// <summary>Who has accepted the job, done or not; null if nobody has.</summary>
    [JsonIgnore]
    public (EmployeeId Id, string Name)? Holder => Resolution switch
    {
        Resolution.Accepted { Attempt.Callee: var callee } => (Plan.Roster[callee].Id, Plan.Roster[callee].Name),
        Resolution.Taken taken => (taken.Employee, taken.By.Name),
        _ => null,
    };

    /// <summary>Somebody has accepted the job and has not done it.</summary>
    [JsonIgnore] public bool IsHeld => Resolution is Resolution.Accepted { IsDone: false } or Resolution.Taken { IsDone: false };

    /// <summary>Returns the policy under which a call was placed.</summary>
    public EscalationPolicy PolicyOf(Leg leg) => PolicyOf(leg.List);

    /// <summary>The dispatch is closed, and no input opens it again.</summary>
    [JsonIgnore] public bool IsClosed => Phase is Phase.Closed;

    /// <summary>How the dispatch was closed; null while it is open.</summary>
    [JsonIgnore] public Resolution? Resolution => (Phase as Phase.Closed)?.Resolution;

    /// <summary>When the dispatch was closed; null while it is open.</summary>
    [JsonIgnore] public DateTimeOffset? ClosedAt => (Phase as Phase.Closed)?.At;

    /// <summary>Returns the call of this attempt; null if it was never begun.</summary>
    public Leg? Leg(AttemptId attempt)
    {
        foreach (var leg in Legs)
            if (leg.Attempt == attempt)
                return leg;
        return null;
    }

    /// <summary>A phone of this dispatch may be ringing or off the hook.</summary>
    [JsonIgnore] public bool HasLiveLeg => Legs.Any(leg => leg.IsLive);

    /// <summary>The dispatch waits until somebody who is off duty is available, and for nobody who is on the phone.</summary>
    [JsonIgnore]
    public bool AwaitsDuty => Phase is Phase.AwaitingPerson
        && Callees.Any(callee => callee is { IsOffDuty: true, TurnOver: false, IsOut: false })
        && !Callees.Any(callee => callee is { PassedOver: PassedOverReason.OnThePhone, IsUnlisted: false });

    /// <summary>Returns the next attempt of this callee. Attempts are numbered over all rounds.</summary>
    public AttemptId NextAttempt(int callee) =>
        new(Plan.Id, callee, Legs.Where(leg => leg.Attempt.Callee == callee).Select(leg => leg.Attempt.Number).DefaultIfEmpty().Max() + 1);
}

/// <summary>What a dispatch is doing. STATES.md draws the transitions.</summary>
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

    /// <summary>The dispatch has not started.</summary>
    public sealed record NotStarted : Phase;

    /// <summary>The dispatch wants this call, and places it as soon as no other call is live.</summary>
    public sealed record Placing(AttemptId Attempt) : Phase;

    /// <summary>This call is under way.</summary>
    public sealed record Calling(AttemptId Attempt) : Phase;

    /// <summary>This call ended without a key. A key that was lost on its way is awaited until <paramref name="Until"/>.</summary>
    public sealed record Settling(AttemptId Attempt, DateTimeOffset Until) : Phase;

    /// <summary>
    /// This call ended, and the provider's records have not said whether a key was pressed. Nobody is called until they do, or until
    /// <paramref name="Until"/>.
    /// </summary>
    public sealed record AwaitingRecords(AttemptId Attempt, DateTimeOffset Since, DateTimeOffset Until) : Phase;

    /// <summary>A pause before the next call to the same callee or, if the callee is null, before the next round.</summary>
    public sealed record Pausing(DateTimeOffset Until, int? Callee) : Phase;

    /// <summary>Only callees who are busy or off duty remain. The wait ends early if one of them becomes free.</summary>
    public sealed record AwaitingPerson(DateTimeOffset Until) : Phase;

    /// <summary>The telephone line is down. It is tried again at <paramref name="Until"/>.</summary>
    public sealed record LineDown(LineDownReason Reason, DateTimeOffset Until) : Phase;

    /// <summary>The dispatch is over and stays over.</summary>
    public sealed record Closed(Resolution Resolution, DateTimeOffset At) : Phase;
}

/// <summary>How a dispatch ended.</summary>
[JsonDerivedType(typeof(Accepted), "accepted")]
[JsonDerivedType(typeof(Taken), "taken")]
[JsonDerivedType(typeof(Cancelled), "cancelled")]
[JsonDerivedType(typeof(Exhausted), "exhausted")]
[JsonDerivedType(typeof(CalledOff), "called-off")]
public abstract record Resolution
{
    private Resolution() { }

    /// <summary>A callee pressed 1 on the phone.</summary>
    public sealed record Accepted(AttemptId Attempt, bool IsDone = false) : Resolution;

    /// <summary>An employee pressed "I take it". <paramref name="Callee"/> is -1 if they are not on the roster.</summary>
    public sealed record Taken(Person By, EmployeeId Employee, int Callee, bool IsDone = false) : Resolution;

    /// <summary>Somebody pressed Cancel.</summary>
    public sealed record Cancelled(Person By) : Resolution;

    /// <summary>Nobody accepted: no callee is left, or the time for trying is over.</summary>
    public sealed record Exhausted(ExhaustedBecause Because) : Resolution;

    /// <summary>Another system said that the job is no longer needed, for a reason that is a clause for a sentence.</summary>
    public sealed record CalledOff(string Because) : Resolution;
}

/// <summary>The progress of one callee.</summary>
/// <param name="UsedThisRound">The number of attempts used up in this round.</param>
/// <param name="TurnOver">They are not called again in this round.</param>
/// <param name="Rejected">They pressed 2, so they are not called again in this dispatch.</param>
/// <param name="BadNumber">The provider refuses their number, so they cannot be called.</param>
/// <param name="BusyUntil">They are not called before this moment, unless they become free earlier.</param>
/// <param name="PassedOver">Why they were last passed over in this round.</param>
/// <param name="LastCallEnded">When their last call ended.</param>
/// <param name="PassedOverDetail">That reason in words, with its end; null if the reason says all.</param>
/// <param name="IsUnlisted">They are on another list of the plan than the one that is called.</param>
public readonly record struct CalleeProgress(
    int UsedThisRound = 0, bool TurnOver = false, bool Rejected = false, bool BadNumber = false,
    DateTimeOffset? BusyUntil = null, PassedOverReason? PassedOver = null, DateTimeOffset? LastCallEnded = null,
    string? PassedOverDetail = null, bool IsUnlisted = false)
{
    /// <summary>They are off duty, and it is known until when.</summary>
    [JsonIgnore] public bool IsOffDuty => PassedOver is PassedOverReason.OffDuty && BusyUntil is not null;

    /// <summary>They are not called again in this dispatch, or not by the list that is called.</summary>
    [JsonIgnore] public bool IsOut => Rejected || BadNumber || IsUnlisted;
}

/// <summary>Everything known about one phone call.</summary>
public sealed record Leg
{
    /// <summary>The attempt that this call belongs to.</summary>
    public required AttemptId Attempt { get; init; }
    /// <summary>The round of the call, from 1, through its list.</summary>
    public required int Round { get; init; }
    /// <summary>The number of the callee's attempt in that round, from 1.</summary>
    public required int InRound { get; init; }
    /// <summary>The list by which they were called, as an index into the lists of the plan; 0 if there are none.</summary>
    public int List { get; init; }
    /// <summary>When we set out to call.</summary>
    public required DateTimeOffset BegunAt { get; init; }
    /// <summary>When we stop waiting for news of the call.</summary>
    public required DateTimeOffset EndsBy { get; init; }
    /// <summary>How long the call lasts once it is answered.</summary>
    public required CallLength Length { get; init; }
    /// <summary>The provider's id of the conversation.</summary>
    public string? TrackingId { get; init; }
    /// <summary>The provider's id of the leg; needed to end the call.</summary>
    public string? MessageId { get; init; }
    /// <summary>The furthest status reported so far.</summary>
    public LegStatus Status { get; init; }
    /// <summary>When the call was answered, by our clock.</summary>
    public DateTimeOffset? AnsweredAt { get; init; }
    /// <summary>When the call ended, by our clock.</summary>
    public DateTimeOffset? EndedAt { get; init; }
    /// <summary>How long the call was answered, by the provider's clock.</summary>
    public TimeSpan? Duration { get; init; }
    /// <summary>What the call cost, in the account's currency.</summary>
    public decimal? Price { get; init; }
    /// <summary>Who picked up.</summary>
    public AnsweredBy AnsweredBy { get; init; }
    /// <summary>All keys pressed so far.</summary>
    public string Tones { get; init; } = "";
    /// <summary>The first valid key. It alone decides.</summary>
    public Key? FirstKey { get; init; }
    /// <summary>The number of wrong keys before the first valid one.</summary>
    public int WrongKeys { get; init; }
    /// <summary>How the attempt ended; null while that is not known.</summary>
    public CallOutcome? Outcome { get; init; }
    /// <summary>The reason for the outcome.</summary>
    public Evidence Evidence { get; init; }
    /// <summary>When the closing message was played, for a call that we end.</summary>
    [JsonPropertyName("toldAt")] public DateTimeOffset? InformedAt { get; init; }
    /// <summary>We have ended the call as far as the provider allowed.</summary>
    public bool IsCut { get; init; }
    /// <summary>When the wait for a lost key began.</summary>
    public DateTimeOffset? SettlingSince { get; init; }
    /// <summary>Since when we do not know whether the provider accepted the order; null once news of the call arrived.</summary>
    public DateTimeOffset? UnsureSince { get; init; }
    /// <summary>Since when the records are read because the process restarted; null once news of the call arrived.</summary>
    public DateTimeOffset? LookupSince { get; init; }
    /// <summary>Since when the records do not know the call; null once news of the call arrived.</summary>
    public DateTimeOffset? MissingSince { get; init; }
    /// <summary>When the records said, after the call, which keys were pressed in it.</summary>
    public DateTimeOffset? RecordsReadAt { get; init; }
    /// <summary>When we stopped waiting for a call with an unknown end.</summary>
    public DateTimeOffset? GivenUpAt { get; init; }

    /// <summary>The phone may be ringing or off the hook.</summary>
    [JsonIgnore] public bool IsLive => Status < LegStatus.Completed;
    /// <summary>A person or a machine picked up.</summary>
    [JsonIgnore]
    public bool WasAnswered =>
        AnsweredAt is not null || Tones.Length > 0 || Status is LegStatus.InProgress or LegStatus.Completed or LegStatus.Terminated;
}
