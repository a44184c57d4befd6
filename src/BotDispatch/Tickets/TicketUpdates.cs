using System.Text.RegularExpressions;
using BotDispatch.Core;
using BotDispatch.Ports;
using BotDispatch.Tickets.File;

namespace BotDispatch.Tickets;

/// <summary>Finds the system of each ticket, and reads and writes there. Tickets of the file are in no system.</summary>
internal sealed partial class TicketUpdates(TicketFile file, TicketSystems systems) : ITicketUpdates
{
    static readonly IReadOnlyDictionary<string, TicketReading> Nothing = new Dictionary<string, TicketReading>();

    public bool Watches => Writers.Any(each => each.Settings.Watch);

    public TicketHandling? HandlingOf(Ticket ticket) => SystemOf(ticket) is { } system
        ? new(system.Name, system.Settings.WriteNotes, system.Settings.StatusOnAccepted,
            system.Settings.AssignOnAccepted, system.Settings.Watch, system.MostAtOnce)
        : ticket is { IsFreeText: false, System: { Length: > 0 } noted } && systems.Of(ticket) is null ? TicketHandling.NotSetUp(noted)
        : null;

    public Task<IReadOnlyDictionary<string, TicketReading>> ReadAsync(
        string system, IReadOnlyList<string> references, CancellationToken ct) =>
        Of(system) is { } writer ? writer.ReadAsync(references, ct) : Task.FromResult(Nothing);

    public Task<FoundTicket> FindAsync(string system, string reference, CancellationToken ct) =>
        Of(system) is { } writer ? writer.FindAsync(reference, ct) : Task.FromResult<FoundTicket>(new FoundTicket.Unknown());

    public Task<string?> FindWhoClosedAsync(string system, string reference, CancellationToken ct) =>
        Of(system) is { } writer ? writer.FindWhoClosedAsync(reference, ct) : Task.FromResult<string?>(null);

    public Task<bool?> HasNoteAsync(string system, string reference, string mark, CancellationToken ct) =>
        Of(system) is { } writer ? writer.HasNoteAsync(reference, mark, ct) : Task.FromResult<bool?>(null);

    public Task<TicketWritten.Refused?> FindWhyHiddenAsync(string system, string reference, string mark, CancellationToken ct) =>
        Of(system) is { } writer ? writer.FindWhyHiddenAsync(reference, mark, ct) : Task.FromResult<TicketWritten.Refused?>(null);

    public Task<TicketWritten> WriteNoteAsync(string system, string reference, string text, string mark, CancellationToken ct) =>
        Of(system) is { } writer ? writer.WriteNoteAsync(reference, Harmless(text), mark, ct) : Nowhere;

    public Task<TicketWritten> SetStatusAsync(string system, string reference, string status, CancellationToken ct) =>
        Of(system) is { } writer ? writer.SetStatusAsync(reference, status, ct) : Nowhere;

    public Task<TicketWritten> AssignAsync(string system, string reference, TicketAssignee who, CancellationToken ct) =>
        Of(system) is { } writer ? writer.AssignAsync(reference, who, ct) : Nowhere;

    static Task<TicketWritten> Nowhere =>
        Task.FromResult<TicketWritten>(new TicketWritten.Refused("The ticket's system is not set up any more.", ""));

    /// <summary>
    /// Returns the text without the marks that keep the order of right-to-left names, and with nothing that the systems would take for
    /// markup, a macro, an image or somebody to notify: names and titles are written by strangers.
    /// </summary>
    internal static string Harmless(string text)
    {
        var plain = string.Concat(text.Where(sign => sign is not (>= '\u2066' and <= '\u2069')));
        plain = Brackets().Replace(plain, found => string.Join(' ', found.Value.ToCharArray()));
        plain = Image().Replace(plain, "! ");
        plain = Mention().Replace(plain, "＠");
        return Tag().Replace(plain, found => found.Value == "<" ? "‹" : "›");
    }

    IEnumerable<ITicketWriter> Writers => systems.All.Select(each => each.System).OfType<ITicketWriter>();

    ITicketWriter? Of(string system) => Writers.FirstOrDefault(each => each.Name == system);

    ITicketWriter? SystemOf(Ticket ticket) => ticket.IsFreeText || systems.All.Count == 0
        || (ticket.System is null && file.ReferenceOf(ticket.Reference) is not null) ? null : systems.Of(ticket) as ITicketWriter;

    // {{macro}}, [[page]], ![image]
    [GeneratedRegex(@"\{\{|\}\}|\[\[|\]\]|!\[|\]\(", RegexOptions.CultureInvariant)]
    private static partial Regex Brackets();

    // !http://image! of Textile
    [GeneratedRegex(@"!(?=\S)", RegexOptions.CultureInvariant)]
    private static partial Regex Image();

    [GeneratedRegex(@"(?<![\p{L}\p{Nd}])@(?=[\p{L}\p{Nd}])", RegexOptions.CultureInvariant)]
    private static partial Regex Mention();

    [GeneratedRegex("[<>]", RegexOptions.CultureInvariant)]
    private static partial Regex Tag();
}
