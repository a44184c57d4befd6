using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace BotDispatch.Core;

/// <summary>A job for one person. It is frozen into the dispatch at its start.</summary>
/// <param name="Reference">The ticket system's number, or the typed text if there is no ticket.</param>
/// <param name="Title">One line that says what is wrong.</param>
/// <param name="Description">Text of any length; the call speaks only as much as the speech budget allows.</param>
/// <param name="Priority">The priority in the ticket system's own words; null if it has none.</param>
/// <param name="Place">The place of the job; null if it is not known.</param>
/// <param name="Link">An address with more detail; never spoken.</param>
/// <param name="IsFreeText">The text was typed, and there is no ticket behind it.</param>
/// <param name="System">
/// The name of the ticket system that it was read from; empty if it was in the file of tickets; null if nobody noted that.
/// </param>
public sealed record Ticket(
    string Reference, string Title, string? Description = null, string? Priority = null, string? Place = null, string? Link = null,
    bool IsFreeText = false, string? System = null);

/// <summary>A person of the directory, as the directory describes them now.</summary>
/// <param name="Id">Identifies them for ever.</param>
/// <param name="Name">The name that the channel shows.</param>
/// <param name="Email">Links them to their chat accounts; null if there is none.</param>
/// <param name="Phone">E.164 with its plus sign; null if the directory has no number that can be called.</param>
/// <param name="Language">The language of their calls: one that the telephone provider speaks, such as <c>en-GB</c>.</param>
/// <param name="TimeZone">The IANA name of their time zone.</param>
/// <param name="Skills">Words to search by.</param>
/// <param name="PhoneProblem">Why they cannot be called, in words for the dialog; null if they can.</param>
/// <param name="PhoneNote">What is doubtful about a number that is called all the same, in words for the dialog; null if nothing
/// is.</param>
/// <param name="Hours">Their working hours, as <c>mon-fri 08:00-16:00</c>; null if the directory has none.</param>
/// <param name="Away">When they are away, as <c>2026-12-24..2026-12-26</c>, several separated by semicolons; null if never.</param>
public sealed record Employee(
    EmployeeId Id, string Name, string? Email, string? Phone, string Language, string TimeZone, ImmutableArray<string> Skills,
    string? PhoneProblem = null, string? PhoneNote = null, string? Hours = null, string? Away = null)
{
    /// <summary>
    /// When they do not want to be disturbed, as <c>2026-12-24 22:00..2026-12-25 07:00</c>, several separated by semicolons; null if never.
    /// They are called all the same while a shift of theirs is on.
    /// </summary>
    public string? Quiet { get; init; }
    /// <summary>Why they cannot be phoned, in words for people; null if they can.</summary>
    public string? CannotBePhoned => PhoneProblem ?? (Phone is null ? "No phone number in the directory" : null);
    /// <summary>The source names a language. Otherwise it is the default, and another source of the same person may name one.</summary>
    public bool HasOwnLanguage { get; init; } = true;
    /// <summary>The source names a time zone. Otherwise it is UTC, and another source of the same person may name one.</summary>
    public bool HasOwnTimeZone { get; init; } = true;
}

/// <summary>An employee who was picked for a dispatch, with everything needed to call them, frozen at the start.</summary>
/// <param name="Id">Their id in the directory.</param>
/// <param name="Name">The name that the channel shows.</param>
/// <param name="Phone">E.164 with its plus sign.</param>
/// <param name="Language">A language that the telephone provider speaks, such as <c>en-GB</c>.</param>
public sealed record Callee(EmployeeId Id, string Name, string Phone, string Language);

/// <summary>A person with an account in a chat, or a program that uses the HTTP API.</summary>
/// <param name="Platform">The chat.</param>
/// <param name="UserId">Their id in that chat.</param>
/// <param name="Name">Their name in that chat.</param>
public sealed record Person(string Platform, string UserId, string Name)
{
    const string Programs = "api";

    /// <summary>
    /// A program, which has no account in any chat: nobody can mention it, and it is a member of no place.
    /// </summary>
    [JsonIgnore] public bool IsProgram => Platform == Programs;

    /// <summary>Returns the program with the key of this id.</summary>
    public static Person OfProgram(string keyId, string name) => new(Programs, keyId, name);
}

/// <summary>A place in a chat that can hold the thread of a dispatch.</summary>
/// <param name="Platform">The chat.</param>
/// <param name="Address">The place in that chat's own notation. Only that chat's adapter reads it.</param>
public sealed record ChatChannel(string Platform, string Address)
{
    /// <summary>
    /// The tenant, such as a workspace, that the place belongs to: the part of the address before its first slash. Empty for a chat with a
    /// single tenant.
    /// </summary>
    [JsonIgnore]
    public string Tenant => TenantIn(Address).ToString();

    /// <summary>Whether that place belongs to the same tenant. A chat with a single tenant is the same for all of its places.</summary>
    public bool IsInTenantOf(ChatChannel other) => Platform == other.Platform
        && TenantIn(Address) is var tenant && (tenant.IsEmpty || tenant.SequenceEqual(TenantIn(other.Address)));

    static ReadOnlySpan<char> TenantIn(string address) => address.IndexOf('/') is > 0 and var slash ? address.AsSpan(0, slash) : [];
}

/// <summary>A further place that shows a dispatch, with its own card, buttons and thread.</summary>
/// <param name="Channel">The place.</param>
/// <param name="Name">The name that an administrator gave the place.</param>
/// <param name="By">The person who asked for this place. They must be a member of it.</param>
/// <param name="IsByRule">A setting shows every dispatch there; nobody asked for this one.</param>
public sealed record Mirror(ChatChannel Channel, string Name, Person By, bool IsByRule = false);

/// <summary>
/// How hard a dispatch tries. The policy is copied into the dispatch at its start, so a changed setting never changes a running dispatch.
/// </summary>
public sealed record EscalationPolicy
{
    static readonly TimeSpan DefaultRecordsTimeout = TimeSpan.FromMinutes(5);

    /// <summary>Calls to one person in one round.</summary>
    public int AttemptsPerEmployee { get; init; } = 3;
    /// <summary>The pause between the end of a call and the next call to the same person.</summary>
    public TimeSpan RetryPause { get; init; } = TimeSpan.FromSeconds(20);
    /// <summary>How long a phone may ring.</summary>
    public TimeSpan RingTimeout { get; init; } = TimeSpan.FromSeconds(25);
    /// <summary>How often the ticket and the options are spoken in one call.</summary>
    public int Plays { get; init; } = 2;
    /// <summary>The silence after each play in which a key is awaited.</summary>
    public TimeSpan AnswerWindow { get; init; } = TimeSpan.FromSeconds(10);
    /// <summary>The pause between two rounds through the roster.</summary>
    public TimeSpan RoundPause { get; init; } = TimeSpan.FromMinutes(2);
    /// <summary>How long after the start of the dispatch the last new call may begin.</summary>
    public TimeSpan GiveUpAfter { get; init; } = TimeSpan.FromHours(2);
    /// <summary>How long an ended call without a key waits for a key that was lost on its way.</summary>
    public TimeSpan KeyGrace { get; init; } = TimeSpan.FromSeconds(15);
    /// <summary>
    /// How much longer an ended call without a key waits for the provider's records, if they have not said which keys were pressed. Nobody
    /// is called meanwhile.
    /// </summary>
    // A plan that was stored without this field is read with zero: generated JSON readers give a missing init property its type's
    // default. Nobody can have set zero, so zero means the default.
    public TimeSpan RecordsTimeout { get; init => field = value > TimeSpan.Zero ? value : DefaultRecordsTimeout; } = DefaultRecordsTimeout;
    /// <summary>How long other dispatches do not call the person who accepted.</summary>
    public TimeSpan AcceptedHold { get; init; } = TimeSpan.FromHours(8);
    /// <summary>How often, in one call, a wrong key is answered with the question again.</summary>
    public int WrongKeysPerCall { get; init; } = 2;
    /// <summary>The first pause when the telephone line is down. It doubles up to <see cref="LineDownLongestPause"/>.</summary>
    public TimeSpan LineDownPause { get; init; } = TimeSpan.FromSeconds(15);
    /// <summary>The longest pause while the telephone line is down.</summary>
    public TimeSpan LineDownLongestPause { get; init; } = TimeSpan.FromMinutes(5);
    /// <summary>How many rounds there are; 0 for as many as the time allows.</summary>
    public int Rounds { get; init; }
    /// <summary>How long somebody is not called after they accepted a job; null for as long as the settings say.</summary>
    public TimeSpan? Rest { get; init; }
    /// <summary>How often one person is called in one night; null for as often as the settings say.</summary>
    public int? MostCallsPerNight { get; init; }
}

/// <summary>How far a call is, in rising order: a call never goes back. The last seven are final.</summary>
public enum LegStatus
{
    /// <summary>We set out to place the call; the provider has reported nothing.</summary>
    None,
    /// <summary>The provider accepted the order.</summary>
    Queued,
    /// <summary>The provider passed the call on to the carrier.</summary>
    Initiated,
    /// <summary>The phone rings.</summary>
    Ringing,
    /// <summary>A person or a machine answered.</summary>
    InProgress,
    /// <summary>The call was answered and has ended. This says nothing about keys.</summary>
    Completed,
    /// <summary>The line was busy.</summary>
    Busy,
    /// <summary>The phone rang out, or the call was declined on the handset.</summary>
    NoAnswer,
    /// <summary>The provider or a carrier failed.</summary>
    Failed,
    /// <summary>The call was not started, because the account has no balance.</summary>
    Unsent,
    /// <summary>The call was cut off, because the account ran out of balance.</summary>
    Terminated,
    /// <summary>Nobody reported how the call ended, and we stopped waiting.</summary>
    Lost,
}

/// <summary>Who picked up, in the provider's opinion.</summary>
public enum AnsweredBy
{
    /// <summary>The provider has not said.</summary>
    Unknown,
    /// <summary>A person.</summary>
    Human,
    /// <summary>Voicemail or another machine.</summary>
    Machine,
}

/// <summary>How one attempt ended.</summary>
public enum CallOutcome
{
    /// <summary>The callee pressed 1.</summary>
    Accepted,
    /// <summary>The callee pressed 2.</summary>
    Rejected,
    /// <summary>No valid key was pressed.</summary>
    NoAnswer,
    /// <summary>The line was busy.</summary>
    Busy,
    /// <summary>The provider failed, or nobody knows how the call ended.</summary>
    Failed,
    /// <summary>The provider refuses this number.</summary>
    BadNumber,
    /// <summary>The account or the provider is down. It is nobody's fault, and no attempt is used up.</summary>
    LineDown,
    /// <summary>
    /// We ended the call, because somebody skipped the callee or closed the dispatch in the chat, or because another callee accepted.
    /// </summary>
    CutShort,
}

/// <summary>Why an attempt counts as "No answer" or "Failed".</summary>
public enum Evidence
{
    /// <summary>Nothing more is known.</summary>
    None,
    /// <summary>The phone rang for its full time, and nobody picked up.</summary>
    NotPickedUp,
    /// <summary>The callee hung up before the question had been asked in full.</summary>
    HungUpEarly,
    /// <summary>The callee listened to the end and pressed nothing.</summary>
    PressedNothing,
    /// <summary>The callee pressed only keys without a meaning.</summary>
    WrongKeys,
    /// <summary>The provider says that a machine picked up.</summary>
    Voicemail,
    /// <summary>Neither the provider's webhooks nor its records say how the call ended.</summary>
    Unsure,
    /// <summary>The call ended unanswered long before the phone had rung for its full time, so it was declined on the handset.</summary>
    Declined,
    /// <summary>Somebody picked up, and the provider's records did not say in time whether they pressed a key.</summary>
    KeysUnknown,
}

/// <summary>What a pressed digit means.</summary>
public enum Key
{
    /// <summary>1: the callee accepts the job.</summary>
    Accept,
    /// <summary>2: the callee rejects the job.</summary>
    Reject,
    /// <summary>Any other key.</summary>
    Wrong,
}

/// <summary>Why the telephone line is down for everybody.</summary>
public enum LineDownReason
{
    /// <summary>The provider cannot be reached.</summary>
    Unreachable,
    /// <summary>The provider asks us to slow down, again and again.</summary>
    Throttled,
    /// <summary>The account has no balance.</summary>
    NoBalance,
    /// <summary>The provider refuses our credentials, or they carry no right to place calls.</summary>
    BadCredentials,
}

/// <summary>Why a callee is passed over without a call.</summary>
public enum PassedOverReason
{
    /// <summary>Another dispatch is calling them.</summary>
    OnThePhone,
    /// <summary>They accepted another dispatch, and that job is not done.</summary>
    HasAccepted,
    /// <summary>Their shift, their leave or their quiet hours do not allow a call.</summary>
    OffDuty,
}
