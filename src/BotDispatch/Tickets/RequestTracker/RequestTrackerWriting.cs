using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using BotDispatch.Http;
using BotDispatch.Ports;

namespace BotDispatch.Tickets.RequestTracker;

/// <summary>Reads how tickets stand, and writes into them.</summary>
/// <remarks>
/// Request Tracker 5.0.3 itself: 200 is no success, and its words are in the language of the account, so whatever was written is read back.
/// A PUT is carried out in part, so each has one field. An owner is a user's name, which is asked for by email. A comment needs Content and
/// ContentType, or it is empty with status 201. A merged number answers as the other ticket, and a search by it finds nothing. Unset dates
/// are 1970-01-01T00:00:00Z, and Resolved keeps its date after reopening.
/// </remarks>
internal sealed partial class RequestTrackerSystem
{
    const string Fields = "fields=Status,Owner,Priority,LastUpdated,Resolved";
    const string Modify = "Give BotDispatch's account the rights ModifyTicket and OwnTicket or TakeTicket on the queue.";
    const string Comment = "Give BotDispatch's account the rights CommentOnTicket and ShowTicketComments on the queue.";

    const int MostMerged = 10_000;

    // No search finds a number that was merged away, so the one that it answers as is asked for instead.
    readonly ConcurrentDictionary<string, string> merged = new(StringComparer.Ordinal);

    // Statuses belong to the lifecycle of a queue. Request Tracker itself says which of them are inactive, and does not change its mind.
    readonly ConcurrentDictionary<string, bool> inactive = new(StringComparer.OrdinalIgnoreCase) { ["deleted"] = true };

    public SystemSettings Settings => settings;

    public int MostAtOnce => 50;

    public async Task<IReadOnlyDictionary<string, TicketReading>> ReadAsync(IReadOnlyList<string> references, CancellationToken ct)
    {
        var reads = client.BeginReads(CheckAsync);
        if (merged.Count > MostMerged)
            merged.Clear();
        var numbers = (from reference in reads.ToAsk(references)
                       let number = NumberIn(reference)
                       where number is not null
                       select (Reference: reference, Number: number, Present: merged.GetValueOrDefault(number, number))).ToList();
        if (numbers.Count == 0)
            return reads.Found;
        await client.TurnAsync(ct);
        var query = string.Join(" OR ", numbers.Select(each => $"id = {each.Present}").Distinct());
        var answer = await client.GetAsync($"{Api}/tickets?query={Uri.EscapeDataString(query)}&per_page=100&{Fields}", ct);
        await reads.LoseIfRefusedAsync(numbers.Select(each => each.Reference), answer, ct);
        if (ListIn(answer) is not { } tickets)
            return reads.Found;
        foreach (var (reference, number, present) in numbers)
            if (tickets.Find(each => each.Text("id") == present) is not { ValueKind: JsonValueKind.Object } ticket)
                reads.LeftOut(reference);
            else if (await StandingAsync(ticket, ct) is { } standing)
                reads[reference] = present == number ? standing : standing with { MergedInto = Reference(present) };
        await reads.AskAloneAsync(reference => ReadOneAsync(reference, NumberOf(reference), reads, ct), ct);
        return reads.Found;
    }

    public async Task<string?> FindWhoClosedAsync(string reference, CancellationToken ct) =>
        await ListAsync($"{Api}/ticket/{NumberOf(reference)}/history?fields=Type,Creator&per_page=100", ct) is not { } history ? null
            : history.LastOrDefault(each => each.Text("Type") == "Status") is { ValueKind: JsonValueKind.Object } change
                ? change.Name("Creator", "id") : null;

    public async Task<bool?> HasNoteAsync(string reference, string mark, CancellationToken ct) =>
        await ListAsync($"{Api}/ticket/{NumberOf(reference)}/attachments?fields=Subject&per_page=100&order=DESC&orderby=id", ct)
            is not { } notes ? null : notes.Exists(each => each.Text("Subject")?.Contains(mark, StringComparison.Ordinal) is true);

    // The subject of a comment can be listed without its content, which may be large.
    public Task<TicketWritten> WriteNoteAsync(string reference, string text, string mark, CancellationToken ct) => client.WriteNoteAsync(
        () => client.SendAsync(HttpMethod.Post, $"{Api}/ticket/{NumberOf(reference)}/comment",
            new JsonObject { ["Subject"] = mark, ["Content"] = text, ["ContentType"] = "text/plain" }, ct),
        () => HasNoteAsync(reference, mark, ct), "the comment", Comment);

    public async Task<TicketWritten> SetStatusAsync(string reference, string status, CancellationToken ct)
    {
        var read = await client.GetAsync($"{Api}/ticket/{NumberOf(reference)}", ct);
        if (TicketIn(read) is not { } ticket)
            return client.Unreadable(read, "the ticket", "the Status", Modify);
        if (IsSame(ticket.Text("Status"), status))
            return new TicketWritten.Done();
        if (await StandingAsync(ticket, ct) is { IsClosed: true })
            return new TicketWritten.Refused(
                $"The ticket is {ticket.Text("Status")} in {Name} already, so its status stays so.", "");
        return await PutAsync(reference, "Status", status, after => after.Text("Status"),
            $"Correct {settings.Section}:StatusOnAccepted: it must be a status of the queue's lifecycle, such as open. "
            + Modify, ct, async after => await StandingAsync(after, ct) is { IsClosed: true });
    }

    public async Task<TicketWritten> AssignAsync(string reference, TicketAssignee who, CancellationToken ct)
    {
        var (user, fault) = await users.FindAsync(who, email => client.SendAsync(HttpMethod.Post, $"{Api}/users",
            new JsonArray(new JsonObject { ["field"] = "EmailAddress", ["operator"] = "=", ["value"] = email }), ct),
            (body, _) => body.List("items").Select(each => each.Text("id")).FirstOrDefault());
        return user is null ? fault!
            : await PutAsync(reference, "Owner", user, after => after.Name("Owner", "id") ?? after.Name("Owner"), Modify, ct);
    }

    // Request Tracker 5.0.3 offers with each ticket what the account may do with it, so the one that changed last is asked for.
    public async Task<IReadOnlyList<string>> FindMissingRightsAsync(CancellationToken ct)
    {
        var query = Uri.EscapeDataString("Status = '__Active__'");
        if (!settings.WriteNotes
            || await ListAsync($"{Api}/tickets?query={query}&orderby=LastUpdated&order=DESC&per_page=1", ct) is not [var last]
            || await TicketAsync(settings.Prefix + last.Text("id"), ct) is not { } ticket || ticket.Field("_hyperlinks") is null
            || ticket.List("_hyperlinks").Any(each => each.Text("ref") == "comment"))
            return [];
        return [$"{settings.Section}:WriteNotes has no effect in the queue of {settings.Prefix}{last.Text("id")}: "
            + SystemSettingsCheck.AsEnd(Comment)];
    }

    async Task<TicketWritten> PutAsync(
        string reference, string field, string value, Func<JsonElement, string?> read, string remedy, CancellationToken ct,
        Func<JsonElement, Task<bool>>? isBeyond = null)
    {
        var written = client.Outcome(await client.SendAsync(
            HttpMethod.Put, $"{Api}/ticket/{NumberOf(reference)}", new JsonObject { [field] = value }, ct), $"the {field}", remedy);
        if (written is not TicketWritten.Done)
            return written;
        return await TicketAsync(reference, ct) is not { } after
            ? new TicketWritten.Unsure($"{Name}: what it made of it could not be read back", SystemClient.Retry)
            : IsSame(read(after), value) || (isBeyond is not null && await isBeyond(after)) ? written
            : new TicketWritten.Refused($"{Name} kept the {field} {read(after) ?? "as it was"} and did not set {value}.", remedy);
    }

    async Task<JsonElement?> TicketAsync(string reference, CancellationToken ct) =>
        TicketIn(await client.GetAsync($"{Api}/ticket/{NumberOf(reference)}", ct));

    static JsonElement? TicketIn(SystemAnswer answer) =>
        answer is SystemAnswer.Content(var body) && body.Text("id") is not null ? body : null;

    // Merged or deleted: no search finds it, and its number answers as the other ticket, or as a deleted one.
    async Task ReadOneAsync(string reference, string number, TicketReads reads, CancellationToken ct)
    {
        merged.TryRemove(number, out _);
        var answer = await client.GetAsync($"{Api}/ticket/{number}", ct);
        if (TicketIn(answer) is not { } ticket)
            await reads.LoseIfGoneAsync(reference, answer, "it does not exist any more",
                "it was moved to a queue where BotDispatch may not look", ct);
        else
        {
            var present = ticket.Text("id")!;
            if (present != number)
                merged[number] = present;
            if (await StandingAsync(ticket, ct) is { } standing)
                reads[reference] = present == number ? standing : standing with { MergedInto = Reference(present) };
        }
    }

    async Task<TicketReading.Standing?> StandingAsync(JsonElement ticket, CancellationToken ct)
    {
        var (status, id) = (ticket.Text("Status") ?? "", ticket.Text("id")!);
        if (!inactive.TryGetValue(status, out var isClosed))
        {
            var query = Uri.EscapeDataString($"id = {id} AND Status = '__Inactive__'");
            if (await ListAsync($"{Api}/tickets?query={query}&fields=Status", ct) is not { } found)
                return null;
            // The status may have changed between the two questions.
            isClosed = found.Count > 0;
            if (isClosed ? IsSame(found[0].Text("Status"), status) : await TicketAsync(settings.Prefix + id, ct) is { } again
                && IsSame(again.Text("Status"), status))
                inactive[status] = isClosed;
            else
                return null;
        }
        var owner = (ticket.Name("Owner", "id") ?? ticket.Name("Owner")) is var name && IsSame(name, "Nobody") ? null : name;
        return new(status, isClosed, owner, owner, ticket.Text("Priority"),
            double.TryParse(ticket.Text("Priority"), CultureInfo.InvariantCulture, out var urgency) ? urgency : null,
            ticket.Text("LastUpdated") ?? "",
            isClosed && DateTimeOffset.TryParse(ticket.Text("Resolved"), CultureInfo.InvariantCulture, out var closed)
                && closed.Year > 1970 ? closed : null);
    }

    // A search that it cannot carry out counts tickets and lists none.
    async Task<List<JsonElement>?> ListAsync(string path, CancellationToken ct) => ListIn(await client.GetAsync(path, ct));

    static List<JsonElement>? ListIn(SystemAnswer answer) =>
        answer is SystemAnswer.Content(var body)
            && body.List("items").ToList() is var items && (items.Count > 0 || body.Number("total", 0) == 0) ? items : null;

    string NumberOf(string reference) => NumberIn(reference) ?? "0";

    static bool IsSame(string? one, string? other) => string.Equals(one?.Trim(), other?.Trim(), StringComparison.OrdinalIgnoreCase);
}
