using BotDispatch.Core;
using BotDispatch.Ports;

namespace BotDispatch.Tickets;

/// <summary>One ticket system that is set up and can be asked.</summary>
internal interface ITicketSystem
{
    /// <summary>Its name for people, as <c>Redmine</c>.</summary>
    string Name { get; }

    /// <summary>The host that is asked.</summary>
    string Host { get; }

    /// <summary>
    /// Returns the reference that a whole text is by its form, in the system's own spelling; the text may be a link to a page of the
    /// system. Null if it has no such form. Asks nobody.
    /// </summary>
    /// <param name="text">A text that <see cref="TypedText"/> has cleaned.</param>
    string? ReferenceIn(string text);

    /// <summary>As <see cref="ReferenceIn"/>, for a text in which the system itself names a ticket.</summary>
    string? OwnReferenceIn(string text) => ReferenceIn(text);

    /// <summary>The address of the system's pages, to which links lead; null if it has none.</summary>
    Uri? Root => null;

    /// <summary>How references to its tickets look, so that no two systems are set up for the same ones.</summary>
    IReadOnlyList<ReferenceForm> Forms => [];

    /// <summary>Reads one ticket. Throws for nothing but the caller's cancellation.</summary>
    /// <param name="reference">A reference that <see cref="ReferenceIn"/> returned.</param>
    /// <param name="ct">The caller waits no longer.</param>
    Task<FoundTicket> FindAsync(string reference, CancellationToken ct);

    /// <summary>
    /// Returns open tickets with these words in their title, the one that changed last first; null if the system could not be asked.
    /// Throws for nothing but the caller's cancellation.
    /// </summary>
    /// <param name="words">Words of a title; empty for every open ticket.</param>
    /// <param name="most">How many are returned at most.</param>
    /// <param name="ct">The caller waits no longer.</param>
    Task<IReadOnlyList<Ticket>?> ListAsync(string words, int most, CancellationToken ct);

    /// <summary>Asks the system who we are. Throws for nothing but the caller's cancellation.</summary>
    Task<SystemCheck> CheckAsync(CancellationToken ct);
}

/// <summary>How references to the tickets of a system look.</summary>
/// <param name="Setting">The setting that says so.</param>
/// <param name="Sample">One such reference; null if none can be made up.</param>
internal sealed record ReferenceForm(string Setting, string? Sample);

/// <summary>A ticket system whose tickets can be watched, and into which notes can be written.</summary>
internal interface ITicketWriter : ITicketSystem
{
    /// <summary>The settings of the system.</summary>
    SystemSettings Settings { get; }

    /// <summary>How many tickets one question can be about.</summary>
    int MostAtOnce { get; }

    /// <summary>
    /// Returns how tickets stand. A ticket that the system could not be asked about is missing. Throws for nothing but the caller's
    /// cancellation.
    /// </summary>
    Task<IReadOnlyDictionary<string, TicketReading>> ReadAsync(IReadOnlyList<string> references, CancellationToken ct);

    /// <summary>Returns who closed a ticket; null if the system does not say.</summary>
    Task<string?> FindWhoClosedAsync(string reference, CancellationToken ct);

    /// <summary>Whether a note with this mark is in the ticket; null if the system could not be asked.</summary>
    Task<bool?> HasNoteAsync(string reference, string mark, CancellationToken ct);

    /// <summary>
    /// Returns why a note with this mark can never be seen in the ticket, so that waiting is of no use; null if it can, or if that is not
    /// known.
    /// </summary>
    Task<TicketWritten.Refused?> FindWhyHiddenAsync(string reference, string mark, CancellationToken ct) =>
        Task.FromResult<TicketWritten.Refused?>(null);

    /// <summary>Writes a note.</summary>
    /// <param name="reference">The ticket.</param>
    /// <param name="text">Plain text of several lines.</param>
    /// <param name="mark">Its last line, by which it is recognised.</param>
    /// <param name="ct">The caller waits no longer.</param>
    Task<TicketWritten> WriteNoteAsync(string reference, string text, string mark, CancellationToken ct);

    /// <summary>
    /// Sets the status by its name, and reads it back. It is also done if a workflow of the system moved the ticket on at once to a status
    /// that ends it.
    /// </summary>
    Task<TicketWritten> SetStatusAsync(string reference, string status, CancellationToken ct);

    /// <summary>Assigns the ticket, and reads back who has it.</summary>
    Task<TicketWritten> AssignAsync(string reference, TicketAssignee who, CancellationToken ct);

    /// <summary>
    /// Asks which rights the account lacks for what the settings want to be written. Each is a whole sentence that begins with the name of
    /// a setting and says what has to be given. Empty if nothing is missing, or if the system does not say.
    /// </summary>
    Task<IReadOnlyList<string>> FindMissingRightsAsync(CancellationToken ct);
}

/// <summary>What a ticket system said when it was asked who we are.</summary>
internal abstract record SystemCheck
{
    private SystemCheck() { }

    /// <summary>It knows us by this name.</summary>
    public sealed record Known(string As) : SystemCheck;

    /// <summary>It does not accept our credentials, or is not such a system. An administrator has to correct a setting.</summary>
    /// <param name="Because">A whole sentence that begins with the name of the setting.</param>
    public record Refused(string Because) : SystemCheck;

    /// <summary>No such system is at the address that is set.</summary>
    /// <param name="Because">A whole sentence that begins with the name of the setting.</param>
    public sealed record WrongAddress(string Because) : Refused(Because);

    /// <summary>It could not be asked.</summary>
    /// <param name="Because">Why, in words of ours.</param>
    public sealed record Unreachable(string Because) : SystemCheck;
}
