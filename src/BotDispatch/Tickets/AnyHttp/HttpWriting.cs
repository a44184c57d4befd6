using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using BotDispatch.Ports;

namespace BotDispatch.Tickets.AnyHttp;

/// <summary>Reads how tickets stand, and writes into them, by the paths and the JSON of the settings.</summary>
internal sealed partial class HttpSystem
{
    readonly RememberedReadings remembered = new();

    public SystemSettings Settings => settings;

    // Nothing is known of such a system, so it is asked for one ticket at a time.
    public int MostAtOnce => 1;

    // JsonObject of System.Text.Json 10 accepts two fields of one name and throws when the first of them is used.
    static readonly JsonDocumentOptions UniqueNames = new() { AllowDuplicateProperties = false };

    /// <summary>Returns the JSON object of a setting; null if it is none, or has two fields of one name.</summary>
    public static JsonObject? BodyOf(string written)
    {
        try
        {
            return JsonNode.Parse(written, null, UniqueNames) as JsonObject;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>Whether a text in the JSON of a setting has this place to be filled in; not if it is no JSON object.</summary>
    public static bool HasPlace(string written, string place) =>
        BodyOf(written) is { } body && !JsonNode.DeepEquals(body, BodyWith(written, place, ""));

    public async Task<IReadOnlyDictionary<string, TicketReading>> ReadAsync(IReadOnlyList<string> references, CancellationToken ct)
    {
        var reads = client.BeginReads(CheckAsync);
        foreach (var reference in reads.ToAsk(references))
        {
            await client.TurnAsync(ct);
            var (reading, answer) = await remembered.ReadAsync(reference,
                etag => client.GetAsync(PathOf(settings.TicketPath, reference), ct, etag),
                body => ElementAt(body, settings.TicketRoot) is { } ticket ? Standing(reference, ticket) : null);
            if (reading is not null)
                reads[reference] = reading;
            else
                await reads.LoseIfGoneAsync(reference, answer, TicketReads.DeletedOrHidden, TicketReads.DeletedOrHidden, ct);
        }
        return reads.Found;
    }

    // Only the system's own history would say it.
    public Task<string?> FindWhoClosedAsync(string reference, CancellationToken ct) => Task.FromResult<string?>(null);

    public async Task<bool?> HasNoteAsync(string reference, string mark, CancellationToken ct) =>
        await client.GetNotesAsync(PathOf(settings.NotesPath, reference), ct) is SystemAnswer.Content(var body)
            ? body.GetRawText().Contains(NoteText.Core(mark), StringComparison.Ordinal) : null;

    public Task<TicketWritten> WriteNoteAsync(string reference, string text, string mark, CancellationToken ct) => client.WriteNoteAsync(
        () => client.SendAsync(HttpMethod.Post, PathOf(settings.NotePath, reference), BodyWith(settings.NoteBody, "{text}", text), ct),
        () => HasNoteAsync(reference, mark, ct), "the note", Remedy("NoteBody"));

    public async Task<TicketWritten> SetStatusAsync(string reference, string status, CancellationToken ct)
    {
        var read = await client.GetAsync(PathOf(settings.TicketPath, reference), ct);
        if (TicketIn(read) is not { } ticket)
            return client.Unreadable(read, "the ticket", "the status", Remedy("StatusBody"));
        var before = Standing(reference, ticket);
        return before.HasStatus(status) ? new TicketWritten.Done()
            : before.IsClosed ? new TicketWritten.Refused($"The ticket is {before.Status} in {Name} already, so its status stays so.", "")
            : await ChangeAsync(reference, BodyWith(settings.StatusBody, "{status}", status),
                after => Standing(reference, after) is var became && (became.HasStatus(status) || became.IsClosed),
                after => $"the status {Standing(reference, after).Status} and did not set {status}", "the status", "StatusBody", ct);
    }

    public async Task<TicketWritten> AssignAsync(string reference, TicketAssignee who, CancellationToken ct)
    {
        var (user, fault) = await users.FindAsync(who, null, (_, _) => null);
        return user is null ? fault! : await ChangeAsync(reference, BodyWith(settings.AssigneeBody, "{user}", user),
            after => string.Equals(assignee.Fill(after), user, StringComparison.OrdinalIgnoreCase),
            after => $"{(assignee.Fill(after) is { Length: > 0 } other ? other : "nobody")} as assignee and did not assign {who.Name}",
            "the assignee", "AssigneeBody", ct);
    }

    // Every system has rights of its own, and none of them is known here.
    public Task<IReadOnlyList<string>> FindMissingRightsAsync(CancellationToken ct) => Task.FromResult<IReadOnlyList<string>>(
        settings.AssignOnAccepted && settings.Users.Count == 0
            ? [$"{settings.Section}:AssignOnAccepted has no effect: write {settings.Section}:Users with the user for each email."]
            : []);

    Task<TicketWritten> ChangeAsync(string reference, JsonObject body, Func<JsonElement, bool> isSo, Func<JsonElement, string> kept,
        string what, string setting, CancellationToken ct) => client.ChangeAsync(
            () => client.SendAsync(HttpMethod.Parse(settings.ChangeMethod),
                PathOf(settings.ChangePath.Length > 0 ? settings.ChangePath : settings.TicketPath, reference), body, ct),
            async () => TicketIn(await client.GetAsync(PathOf(settings.TicketPath, reference), ct)), isSo, kept, what, Remedy(setting));

    string Remedy(string setting) => $"Look at {settings.Section}:{setting}, and at the rights of BotDispatch's account.";

    JsonElement? TicketIn(SystemAnswer answer) =>
        answer is SystemAnswer.Content(var body) ? ElementAt(body, settings.TicketRoot) : null;

    string PathOf(string path, string reference) => Filled(path, Values(reference, pattern.Match(reference)));

    // Filled in after it was parsed, so that no text can become JSON.
    static JsonObject BodyWith(string written, string place, string value)
    {
        var body = BodyOf(written)!;
        Fill(body);
        return body;

        void Fill(JsonNode? node)
        {
            if (node is JsonObject fields)
                foreach (var (name, inner) in fields.ToList())
                    if (Text(inner) is { } text)
                        fields[name] = text;
                    else
                        Fill(inner);
            else if (node is JsonArray entries)
                for (var n = 0; n < entries.Count; n++)
                    if (Text(entries[n]) is { } text)
                        entries[n] = text;
                    else
                        Fill(entries[n]);
        }

        string? Text(JsonNode? node) => node is JsonValue single && single.TryGetValue<string>(out var text)
            ? text.Replace(place, value, StringComparison.Ordinal) : null;
    }

    TicketReading.Standing Standing(string reference, JsonElement ticket)
    {
        var text = Read(reference, ticket, Values(reference, pattern.Match(reference)));
        var (state, who) = (status.Fill(ticket), assignee.Fill(ticket) is { Length: > 0 } name ? name : null);
        var position = settings.PriorityOrder.ToList().FindIndex(each =>
            each.Equals(text.Priority, StringComparison.OrdinalIgnoreCase));
        return new(state.Length > 0 ? state : "?", settings.ClosedStatuses.Contains(state, StringComparer.OrdinalIgnoreCase), who, who,
            text.Priority, position >= 0 ? position : null,
            // Such a system need not say when a ticket was changed.
            string.Create(CultureInfo.InvariantCulture, $"{(text.Title, text.Description, text.Place).GetHashCode()}"));
    }
}
