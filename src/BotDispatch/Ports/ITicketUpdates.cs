using System.Text.Json;
using System.Text.Json.Serialization;
using BotDispatch.Core;

namespace BotDispatch.Ports;

/// <summary>
/// Reads how tickets stand in their own systems, and writes into them. A system is named as <see cref="TicketHandling.System"/>, so that
/// nothing of one system is ever read from or written into another.
/// </summary>
internal interface ITicketUpdates
{
    /// <summary>
    /// Returns what may be done with this ticket in its own system; null if it is in none, as typed text or a ticket of a file. Asks
    /// nobody and returns at once. A ticket belongs to the system that was noted with it, whether that one is set up or not.
    /// </summary>
    TicketHandling? HandlingOf(Ticket ticket);

    /// <summary>Whether changes of any ticket count, so that tickets have to be read.</summary>
    bool Watches { get; }

    /// <summary>
    /// Returns how these tickets of one system stand; a reference that the system could not be asked about is missing. Throws for nothing
    /// but the caller's cancellation.
    /// </summary>
    /// <param name="system">The name of the system.</param>
    /// <param name="references">At most <see cref="TicketHandling.MostAtOnce"/>.</param>
    /// <param name="ct">The caller waits no longer.</param>
    Task<IReadOnlyDictionary<string, TicketReading>> ReadAsync(string system, IReadOnlyList<string> references, CancellationToken ct);

    /// <summary>Reads the text of a ticket from its own system, and from nothing that is remembered.</summary>
    Task<FoundTicket> FindAsync(string system, string reference, CancellationToken ct);

    /// <summary>Returns who closed a ticket, as the system names them; null if it does not say.</summary>
    Task<string?> FindWhoClosedAsync(string system, string reference, CancellationToken ct);

    /// <summary>Whether a note with this mark is in the ticket; null if the system could not be asked.</summary>
    Task<bool?> HasNoteAsync(string system, string reference, string mark, CancellationToken ct);

    /// <summary>
    /// Returns why a note with this mark can never be seen in the ticket, so that waiting is of no use; null if it can, or if that is not
    /// known.
    /// </summary>
    Task<TicketWritten.Refused?> FindWhyHiddenAsync(string system, string reference, string mark, CancellationToken ct) =>
        Task.FromResult<TicketWritten.Refused?>(null);

    /// <summary>Writes a note of plain text.</summary>
    /// <param name="system">The name of its system.</param>
    /// <param name="reference">The ticket.</param>
    /// <param name="text">Several lines.</param>
    /// <param name="mark">The last of them, by which the note is recognised.</param>
    /// <param name="ct">The caller waits no longer.</param>
    Task<TicketWritten> WriteNoteAsync(string system, string reference, string text, string mark, CancellationToken ct);

    /// <summary>Sets the status, and reads back whether the system did so.</summary>
    Task<TicketWritten> SetStatusAsync(string system, string reference, string status, CancellationToken ct);

    /// <summary>Assigns the ticket, and reads back whether the system did so.</summary>
    Task<TicketWritten> AssignAsync(string system, string reference, TicketAssignee who, CancellationToken ct);
}

/// <summary>What may be done with a ticket in its own system.</summary>
/// <param name="System">The name of the system.</param>
/// <param name="WritesNotes">Whether the settings ask for notes.</param>
/// <param name="StatusOnAccepted">The status that an accepted ticket gets; empty if it keeps its own.</param>
/// <param name="Assigns">Whether an accepted ticket is assigned to the person who accepted.</param>
/// <param name="Watches">Whether changes of the ticket count.</param>
/// <param name="MostAtOnce">How many tickets one question can be about.</param>
internal sealed record TicketHandling(
    string System, bool WritesNotes, string StatusOnAccepted, bool Assigns, bool Watches, int MostAtOnce)
{
    /// <summary>
    /// Whether the system is set up. If it is not any more, nothing is read or written: the ticket is in no other system.
    /// </summary>
    public bool IsSetUp { get; private init; } = true;

    /// <summary>What may be done with a ticket whose system is not set up any more: nothing.</summary>
    public static TicketHandling NotSetUp(string system) => new(system, false, "", false, false, 1) { IsSetUp = false };

    /// <summary>Whether anything is written into the ticket.</summary>
    public bool Writes => WritesNotes || Assigns || StatusOnAccepted.Length > 0;
}

/// <summary>The person to whom a ticket is assigned.</summary>
/// <param name="Email">Their address in the directory; null if it has none.</param>
/// <param name="Name">Their name in the directory.</param>
internal sealed record TicketAssignee(string? Email, string Name);

/// <summary>How a ticket was found when it was read.</summary>
internal abstract record TicketReading
{
    private TicketReading() { }

    /// <summary>The ticket could be read.</summary>
    /// <param name="Status">Its status in the system's words.</param>
    /// <param name="IsClosed">Nothing has to be done any more, in the system's opinion.</param>
    /// <param name="Assignee">Identifies the people who have it, as <see cref="Several"/> writes them; null if nobody has.</param>
    /// <param name="AssigneeName">Their names.</param>
    /// <param name="Priority">Its priority in the system's words.</param>
    /// <param name="Urgency">A number that is greater the more urgent the ticket is; null if that is not known.</param>
    /// <param name="Version">Differs whenever the text may have changed.</param>
    /// <param name="ClosedAt">When it was last closed, by the system's clock; null if that is not known.</param>
    /// <param name="StatusId">Its status as the system numbers it, which the settings may name as well; null if it has no number.</param>
    public sealed record Standing(
        string Status, bool IsClosed, string? Assignee, string? AssigneeName, string? Priority, double? Urgency, string Version,
        DateTimeOffset? ClosedAt = null, string? StatusId = null) : TicketReading
    {
        const string Between = ", ";

        /// <summary>The ticket into which this one was merged, so that it stands as that one; null if it was not.</summary>
        public string? MergedInto { get; init; }

        /// <summary>Returns several people as one text; null if there are none.</summary>
        public static string? Several(IEnumerable<string> people) =>
            string.Join(Between, people) is { Length: > 0 } all ? all : null;

        /// <summary>Whether somebody has it now who did not have it before.</summary>
        public bool IsGivenSince(Standing before) =>
            (Assignee?.Split(Between) ?? []).Except(before.Assignee?.Split(Between) ?? []).Any();

        /// <summary>The standing as it is stored.</summary>
        [JsonIgnore]
        public string Written => JsonSerializer.Serialize(this, TicketsJson.Default.Standing);

        /// <summary>Returns the standing that was stored; null if none was.</summary>
        public static Standing? Read(string? written) =>
            written is null ? null : JsonSerializer.Deserialize(written, TicketsJson.Default.Standing);

        /// <summary>Whether this is its status.</summary>
        /// <param name="status">A status, as the settings name it.</param>
        public bool HasStatus(string status) => status.Length > 0
            && (Status.Equals(status.Trim(), StringComparison.OrdinalIgnoreCase) || StatusId == status.Trim());
    }

    /// <summary>The ticket is gone or is hidden from us. That does not mean that it was closed.</summary>
    /// <param name="Because">Why, as the end of a sentence.</param>
    public sealed record Lost(string Because) : TicketReading;

    /// <summary>The system does not accept our credentials, so nothing is known of the ticket.</summary>
    /// <param name="Remedy">What an administrator can do about it, as a whole sentence.</param>
    public sealed record NotAdmitted(string Remedy) : TicketReading;
}

/// <summary>The result of writing into a ticket.</summary>
internal abstract record TicketWritten
{
    private TicketWritten() { }

    /// <summary>It is there: that was read back, or the system gave it a number.</summary>
    public sealed record Done : TicketWritten;

    /// <summary>The system did not do it and will not: asking again is of no use, unless it does not accept our credentials.</summary>
    /// <param name="Because">What the system did instead, as a whole sentence.</param>
    /// <param name="Remedy">What somebody can do about it, as a whole sentence.</param>
    public sealed record Refused(string Because, string Remedy) : TicketWritten
    {
        /// <summary>The system does not accept our credentials, which an administrator may correct: it can be tried again.</summary>
        public bool IsNotAdmitted { get; init; }
    }

    /// <summary>It is certainly not there. It can be tried again.</summary>
    public sealed record TryLater(string Because, TimeSpan After) : TicketWritten;

    /// <summary>The answer was lost: it may be there.</summary>
    public sealed record Unsure(string Because, TimeSpan After) : TicketWritten;
}

/// <summary>For a process without ticket systems: nothing is written, and nothing is watched.</summary>
internal sealed class NoTicketUpdates : ITicketUpdates
{
    public bool Watches => false;

    public TicketHandling? HandlingOf(Ticket ticket) => null;

    public Task<IReadOnlyDictionary<string, TicketReading>> ReadAsync(
        string system, IReadOnlyList<string> references, CancellationToken ct) =>
        Task.FromResult<IReadOnlyDictionary<string, TicketReading>>(new Dictionary<string, TicketReading>());

    public Task<FoundTicket> FindAsync(string system, string reference, CancellationToken ct) =>
        Task.FromResult<FoundTicket>(new FoundTicket.Unknown());

    public Task<string?> FindWhoClosedAsync(string system, string reference, CancellationToken ct) => Task.FromResult<string?>(null);

    public Task<bool?> HasNoteAsync(string system, string reference, string mark, CancellationToken ct) => Task.FromResult<bool?>(null);

    public Task<TicketWritten> WriteNoteAsync(string system, string reference, string text, string mark, CancellationToken ct) => Nowhere;

    public Task<TicketWritten> SetStatusAsync(string system, string reference, string status, CancellationToken ct) => Nowhere;

    public Task<TicketWritten> AssignAsync(string system, string reference, TicketAssignee who, CancellationToken ct) => Nowhere;

    static Task<TicketWritten> Nowhere => Task.FromResult<TicketWritten>(new TicketWritten.Refused("There is no ticket system.", ""));
}

/// <summary>How what is known of tickets is stored. The names are promises.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(TicketReading.Standing))]
[JsonSerializable(typeof(Dictionary<string, string>))]
internal sealed partial class TicketsJson : JsonSerializerContext;
