using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace BotDispatch.Core;

/// <summary>What has to be done by a person. Frozen into the dispatch at its start.</summary>
/// <param name="Reference">The ticket system's number, or the typed words where there is no ticket.</param>
/// <param name="Title">One line that says what is wrong.</param>
/// <param name="Description">Any length; spoken only as far as the speech budget goes.</param>
/// <param name="Priority">The ticket system's own word.</param>
/// <param name="Place">Where to go.</param>
/// <param name="Link">Where to read more; never spoken.</param>
/// <param name="IsFreeText">The words were typed: there is no ticket behind them.</param>
public sealed record Ticket(
    string Reference, string Title, string? Description = null, string? Priority = null, string? Place = null, string? Link = null, bool IsFreeText = false);

/// <summary>Someone of the directory, as it is now.</summary>
/// <param name="Id">Theirs for ever.</param>
/// <param name="Name">As the channel reads it.</param>
/// <param name="Email">Links them to their chat accounts.</param>
/// <param name="Phone">E.164 with its plus sign; null if the directory has none that can be phoned.</param>
/// <param name="Language">Which of the telephone provider's languages they hear, as <c>en-GB</c>.</param>
/// <param name="TimeZone">IANA name.</param>
/// <param name="Skills">Words to search by.</param>
/// <param name="PhoneProblem">Why they cannot be phoned, in words for the dialog; null if they can.</param>
/// <param name="PhoneNote">What is doubtful about a number that is phoned all the same, in words for the dialog; null if nothing is.</param>
public sealed record Employee(
    EmployeeId Id, string Name, string? Email, string? Phone, string Language, string TimeZone, ImmutableArray<string> Skills, string? PhoneProblem = null,
    string? PhoneNote = null);

/// <summary>One employee as picked for a dispatch: everything that is needed to phone them, frozen at the start.</summary>
/// <param name="Id">Who it is in the directory.</param>
/// <param name="Name">How the channel reads them.</param>
/// <param name="Phone">E.164 with its plus sign.</param>
/// <param name="Language">One of the languages that the telephone provider speaks, as <c>en-GB</c>.</param>
public sealed record Callee(EmployeeId Id, string Name, string Phone, string Language);

/// <summary>Someone in a chat.</summary>
/// <param name="Platform">Which chat.</param>
/// <param name="UserId">Their id there.</param>
/// <param name="Name">How that chat shows them.</param>
public sealed record Person(string Platform, string UserId, string Name);

/// <summary>A place in a chat where a dispatch can have its thread.</summary>
/// <param name="Platform">Which chat.</param>
/// <param name="Address">That chat's own words for the place; opaque to everybody else.</param>
public sealed record ChatChannel(string Platform, string Address)
{
    /// <summary>The house it belongs to, as a workspace: what stands before the address's first slash; empty where a chat has but one.</summary>
    [JsonIgnore]
    public string Tenant => Address.IndexOf('/') is > 0 and var slash ? Address[..slash] : "";
}

/// <summary>A further place in which a dispatch is shown, with a card, buttons and a thread of its own.</summary>
/// <param name="Channel">Where.</param>
/// <param name="Name">What an administrator calls it.</param>
/// <param name="By">Who wants it there. They must be a member of that place.</param>
/// <param name="IsByRule">Nobody asked for it: every dispatch is shown there.</param>
public sealed record Mirror(ChatChannel Channel, string Name, Person By, bool IsByRule = false);

/// <summary>How hard a dispatch tries. Copied into the dispatch at its start, so that a changed setting never changes a running story.</summary>
public sealed record EscalationPolicy
{
    static readonly TimeSpan DefaultRecordsTimeout = TimeSpan.FromMinutes(5);

    /// <summary>Calls to one person in one round.</summary>
    public int AttemptsPerEmployee { get; init; } = 3;
    /// <summary>From the end of one call to the next call to the same person.</summary>
    public TimeSpan RetryPause { get; init; } = TimeSpan.FromSeconds(20);
    /// <summary>How long a phone may ring.</summary>
    public TimeSpan RingTimeout { get; init; } = TimeSpan.FromSeconds(25);
    /// <summary>How often the ticket and the options are spoken in one call.</summary>
    public int Plays { get; init; } = 2;
    /// <summary>The silence after each play in which a key is awaited.</summary>
    public TimeSpan AnswerWindow { get; init; } = TimeSpan.FromSeconds(10);
    /// <summary>Between two rounds through the roster.</summary>
    public TimeSpan RoundPause { get; init; } = TimeSpan.FromMinutes(2);
    /// <summary>After this, counted from the start, no new call is begun.</summary>
    public TimeSpan GiveUpAfter { get; init; } = TimeSpan.FromHours(2);
    /// <summary>How long an ended call without a key waits for one that was lost on its way.</summary>
    public TimeSpan KeyGrace { get; init; } = TimeSpan.FromSeconds(15);
    /// <summary>
    /// How much longer an ended call without a key waits for the provider's records, where they have not said what was pressed. Nobody is called meanwhile.
    /// </summary>
    // A plan that was stored without it is read with zero, which nobody can have meant: generated JSON readers give an init property that is missing its type's default.
    public TimeSpan RecordsTimeout { get; init => field = value > TimeSpan.Zero ? value : DefaultRecordsTimeout; } = DefaultRecordsTimeout;
    /// <summary>How long the person who accepted is not phoned for other dispatches.</summary>
    public TimeSpan AcceptedHold { get; init; } = TimeSpan.FromHours(8);
    /// <summary>How often a wrong key is answered with the question again, in one call.</summary>
    public int WrongKeysPerCall { get; init; } = 2;
    /// <summary>How long the first pause is when the telephone line is down; it doubles up to <see cref="LineDownLongestPause"/>.</summary>
    public TimeSpan LineDownPause { get; init; } = TimeSpan.FromSeconds(15);
    /// <summary>The longest pause while the telephone line is down.</summary>
    public TimeSpan LineDownLongestPause { get; init; } = TimeSpan.FromMinutes(5);
}

/// <summary>What was asked for in the dialog. Never changes once the dispatch has started.</summary>
/// <param name="Id">The dispatch's id, derived from the delivery of the dialog.</param>
/// <param name="Ticket">The job.</param>
/// <param name="Note">What the asker added; spoken after the ticket.</param>
/// <param name="Roster">Whom to phone, in order; never empty.</param>
/// <param name="Policy">How hard to try.</param>
/// <param name="AskedBy">Who sent the dialog; mentioned at the acceptance.</param>
/// <param name="Channel">Where its thread stands.</param>
/// <param name="Replaces">The closed dispatch whose thread this one goes on in.</param>
public sealed record DispatchPlan(
    DispatchId Id, Ticket Ticket, string? Note, ImmutableArray<Callee> Roster, EscalationPolicy Policy, Person AskedBy, ChatChannel Channel, DispatchId? Replaces = null);

/// <summary>How far a call leg has come, in rising order: a leg never goes back. The last seven are final.</summary>
public enum LegStatus
{
    /// <summary>We meant to place it; the provider has said nothing.</summary>
    None,
    /// <summary>The provider has it.</summary>
    Queued,
    /// <summary>On its way to the carrier.</summary>
    Initiated,
    /// <summary>The phone rings.</summary>
    Ringing,
    /// <summary>Answered, by a person or a machine.</summary>
    InProgress,
    /// <summary>Was answered and has ended; says nothing about keys.</summary>
    Completed,
    /// <summary>The line was busy.</summary>
    Busy,
    /// <summary>Rang out, or was declined on the handset.</summary>
    NoAnswer,
    /// <summary>The provider or a carrier failed.</summary>
    Failed,
    /// <summary>Not started, for want of balance.</summary>
    Unsent,
    /// <summary>Cut off, for want of balance.</summary>
    Terminated,
    /// <summary>Nobody ever said how it ended; we stopped waiting.</summary>
    Lost,
}

/// <summary>Who the provider believes picked up.</summary>
public enum AnsweredBy
{
    /// <summary>Not said.</summary>
    Unknown,
    /// <summary>A person.</summary>
    Human,
    /// <summary>Voicemail or another machine.</summary>
    Machine,
}

/// <summary>How one attempt ended.</summary>
public enum CallOutcome
{
    /// <summary>They pressed 1.</summary>
    Accepted,
    /// <summary>They pressed 2.</summary>
    Rejected,
    /// <summary>No valid key was pressed.</summary>
    NoAnswer,
    /// <summary>The line was busy.</summary>
    Busy,
    /// <summary>The provider failed, or nobody knows how the call ended.</summary>
    Failed,
    /// <summary>The provider refuses this number.</summary>
    BadNumber,
    /// <summary>The account or the provider is down; nobody's fault, nobody's attempt.</summary>
    LineDown,
    /// <summary>Ended by us, because somebody in the chat skipped the callee or closed the dispatch, or another callee accepted.</summary>
    CutShort,
}

/// <summary>Why an attempt counts as "No answer" or "Failed".</summary>
public enum Evidence
{
    /// <summary>Nothing more is known.</summary>
    None,
    /// <summary>It rang for its full time and nobody picked up.</summary>
    NotPickedUp,
    /// <summary>Picked up and hung up before the question had been asked in full.</summary>
    HungUpEarly,
    /// <summary>Listened to the end and pressed nothing.</summary>
    PressedNothing,
    /// <summary>Pressed only keys that mean nothing.</summary>
    WrongKeys,
    /// <summary>The provider says that a machine picked up.</summary>
    Voicemail,
    /// <summary>Neither the provider's webhooks nor its records say how the call ended.</summary>
    Unsure,
    /// <summary>The call ended unanswered long before the phone had rung for its full time: it was declined on the handset.</summary>
    Declined,
    /// <summary>Somebody picked up, and the provider's records did not say in time whether they pressed a key.</summary>
    KeysUnknown,
}

/// <summary>What a pressed digit means.</summary>
public enum Key
{
    /// <summary>1: I take the job.</summary>
    Accept,
    /// <summary>2: I do not.</summary>
    Reject,
    /// <summary>Any other key.</summary>
    Wrong,
}

/// <summary>Why the telephone line as a whole is down.</summary>
public enum LineDownReason
{
    /// <summary>The provider cannot be reached.</summary>
    Unreachable,
    /// <summary>The provider asks us to slow down and keeps asking.</summary>
    Throttled,
    /// <summary>The account has no balance.</summary>
    NoBalance,
    /// <summary>The provider refuses our credentials, or they have no right to phone.</summary>
    BadCredentials,
}

/// <summary>Why somebody is passed over without being phoned.</summary>
public enum PassedOverReason
{
    /// <summary>Another dispatch is phoning them.</summary>
    OnThePhone,
    /// <summary>They accepted another dispatch that is not done.</summary>
    HasAccepted,
    /// <summary>Their shift, leave or quiet hours say no.</summary>
    OffDuty,
}
