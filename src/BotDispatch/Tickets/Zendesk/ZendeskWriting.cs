using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using BotDispatch.Http;
using BotDispatch.Ports;

namespace BotDispatch.Tickets.Zendesk;

/// <summary>Reads how tickets stand, and writes into them.</summary>
/// <remarks>
/// https://developer.zendesk.com/api-reference/ticketing/tickets/tickets/ and ticket_comments beside it. A comment is written by a change
/// of its ticket, and is public, with a mail to the requester, unless it says otherwise. With safe_update and updated_stamp a change is
/// refused with status 409 if somebody else has changed the ticket since. A closed ticket can never be changed: 422. A list of tickets
/// leaves out those that are deleted. An assignee must be an agent and a member of the ticket's group.
/// https://support.zendesk.com/hc/en-us/articles/4408882445594-Merging-tickets: a ticket that is merged into another one is closed and gets
/// the tag closed_by_merge. That is what the article says; no Zendesk was asked. Without the tag the ticket counts as closed.
/// </remarks>
internal sealed partial class ZendeskSystem
{
    const string Agent = "Use the email of an agent who may edit the ticket.";

    static readonly string[] Priorities = ["low", "normal", "high", "urgent"];

    /// <summary>The statuses that a ticket can be given.</summary>
    public static readonly string[] Statuses = ["open", "pending", "hold", "solved"];

    public SystemSettings Settings => settings;

    public int MostAtOnce => 100;

    public async Task<IReadOnlyDictionary<string, TicketReading>> ReadAsync(IReadOnlyList<string> references, CancellationToken ct)
    {
        var reads = client.BeginReads(CheckAsync);
        var asked = reads.ToAsk(references);
        if (asked.Count == 0)
            return reads.Found;
        await reads.AskAsync(asked, each => each,
            some => $"api/v2/tickets/show_many.json?ids={string.Join(',', some.Select(NumberOf))}&include=users",
            (some, answer) =>
            {
                if (answer is not { } body || body.Field("tickets") is null)
                    return;
                var tickets = body.List("tickets").FirstBy(each => each.Text("id"));
                foreach (var reference in some)
                    if (tickets.TryGetValue(NumberOf(reference), out var ticket))
                        Note(reference, ticket, body, reads);
                    else
                        reads.LeftOut(reference);
            }, ct);
        await reads.AskAloneAsync(reference => ReadOneAsync(reference, reads, ct), ct);
        return reads.Found;
    }

    public async Task<string?> FindWhoClosedAsync(string reference, CancellationToken ct)
    {
        var path = $"api/v2/tickets/{NumberOf(reference)}/audits.json?sort=-created_at&page[size]=50";
        if (await client.GetAsync(path, ct) is not SystemAnswer.Content(var body))
            return null;
        var closing = body.List("audits").FirstOrDefault(audit => audit.List("events").Any(change =>
            change.Text("field_name") == "status" && change.Text("value") is "solved" or "closed"));
        return closing.Text("author_id") is { } author
            && await client.GetAsync($"api/v2/users/{author}.json", ct) is SystemAnswer.Content(var user)
                ? user.Name("user", "name") : null;
    }

    public Task<bool?> HasNoteAsync(string reference, string mark, CancellationToken ct) => client.HasNoteAsync(
        size => [$"api/v2/tickets/{NumberOf(reference)}/comments.json?sort=-created_at&page[size]={size}"], body => body.List("comments"),
        each => each.Text("body")?.Contains(NoteText.Core(mark), StringComparison.Ordinal) is true, ct);

    public Task<TicketWritten> WriteNoteAsync(string reference, string text, string mark, CancellationToken ct) => client.WriteNoteAsync(
        () => PutAsync(reference, new() { ["comment"] = new JsonObject { ["body"] = text, ["public"] = false } }, ct),
        () => HasNoteAsync(reference, mark, ct), "the comment", Agent);

    public async Task<TicketWritten> SetStatusAsync(string reference, string status, CancellationToken ct)
    {
        var read = await client.GetAsync($"api/v2/tickets/{NumberOf(reference)}.json", ct);
        if (TicketIn(read) is not { } ticket)
            return client.Unreadable(read, "the ticket", "the status", Agent);
        var wanted = status.Trim().ToLowerInvariant();
        if (ticket.Text("status") == wanted)
            return new TicketWritten.Done();
        if (IsClosed(ticket))
            return new TicketWritten.Refused($"The ticket is {ticket.Text("status")} in {Name} already, so its status stays so.", "");
        return await SafelyAsync(reference, ticket, new() { ["status"] = wanted },
            after => after.Text("status") == wanted || IsClosed(after),
            after => $"the status {after.Text("status")} and did not set {wanted}", "the status",
            "The ticket may need an assignee or further fields first. " + Agent, ct);
    }

    public async Task<TicketWritten> AssignAsync(string reference, TicketAssignee who, CancellationToken ct)
    {
        var (user, fault) = await users.FindAsync(who,
            email => client.GetAsync($"api/v2/users/search.json?query={Uri.EscapeDataString($"email:\"{email}\"")}", ct),
            (body, email) => SystemUsers.ByEmail(body.List("users").Where(each => each.Text("role") is "agent" or "admin"), email, "id",
                "email"));
        if (user is null)
            return fault!;
        var read = await client.GetAsync($"api/v2/tickets/{NumberOf(reference)}.json", ct);
        if (TicketIn(read) is not { } ticket)
            return client.Unreadable(read, "the ticket", "the assignee", Agent);
        return await SafelyAsync(reference, ticket, new() { ["assignee_id"] = long.Parse(user, CultureInfo.InvariantCulture) },
            after => after.Text("assignee_id") == user,
            after => $"{(after.Text("assignee_id") is { } other ? $"agent {other}" : "nobody")} as assignee and did not assign {who.Name}",
            "the assignee", "The person must be an agent and a member of the ticket's group.", ct);
    }

    public async Task<IReadOnlyList<string>> FindMissingRightsAsync(CancellationToken ct) =>
        settings.Writes && await client.GetAsync("api/v2/users/me.json", ct) is SystemAnswer.Content(var body)
            && body.Text("user", "role") is { } role && role is not ("agent" or "admin")
            ? [$"{settings.Section}:Email is the email of an {role}, who cannot write into tickets: write that of an agent."] : [];

    // Somebody who has changed the ticket meanwhile may have closed it: then it is read again first.
    async Task<TicketWritten> SafelyAsync(string reference, JsonElement ticket, JsonObject fields, Func<JsonElement, bool> isSo,
        Func<JsonElement, string> kept, string what, string remedy, CancellationToken ct)
    {
        if (ticket.Text("updated_at") is { } stamp)
            (fields["safe_update"], fields["updated_stamp"]) = (true, stamp);
        return await client.ChangeAsync(
            () => PutAsync(reference, fields, ct), () => TicketAsync(reference, ct), isSo, kept, what, remedy);
    }

    Task<SystemAnswer> PutAsync(string reference, JsonObject fields, CancellationToken ct) => client.SendAsync(
        HttpMethod.Put, $"api/v2/tickets/{NumberOf(reference)}.json", new JsonObject { ["ticket"] = fields }, ct);

    async Task<JsonElement?> TicketAsync(string reference, CancellationToken ct) =>
        TicketIn(await client.GetAsync($"api/v2/tickets/{NumberOf(reference)}.json", ct));

    static JsonElement? TicketIn(SystemAnswer answer) => answer is SystemAnswer.Content(var body) ? body.Field("ticket") : null;

    async Task ReadOneAsync(string reference, TicketReads reads, CancellationToken ct)
    {
        var answer = await client.GetAsync($"api/v2/tickets/{NumberOf(reference)}.json?include=users", ct);
        if (answer is SystemAnswer.Content(var body) && TicketIn(answer) is { } ticket)
            Note(reference, ticket, body, reads);
        else
            await reads.LoseIfGoneAsync(reference, answer, "it was deleted", "it was moved to where BotDispatch may not look", ct);
    }

    // Zendesk closes a ticket that is merged into another one and gives it this tag; the job goes on there.
    static void Note(string reference, JsonElement ticket, JsonElement body, TicketReads reads)
    {
        if (IsClosed(ticket) && ticket.List("tags").Any(tag => tag.AsText() == "closed_by_merge"))
            reads.Lose(reference, "it was merged into another ticket");
        else
            reads[reference] = Standing(ticket, body);
    }

    string NumberOf(string reference) => NumberIn(reference) ?? "0";

    static bool IsClosed(JsonElement ticket) => ticket.Text("status") is "solved" or "closed" or "deleted";

    static TicketReading.Standing Standing(JsonElement ticket, JsonElement body) => new(
        ticket.Text("status") ?? "?", IsClosed(ticket), ticket.Text("assignee_id"),
        ticket.Text("assignee_id") is { } id ? body.List("users").FirstOrDefault(user => user.Text("id") == id).Name("name") : null,
        ticket.Text("priority"), Array.IndexOf(Priorities, ticket.Text("priority")) is >= 0 and var urgency ? urgency : null,
        ticket.Text("updated_at") ?? "",
        // Only the metrics of a ticket say when it was solved; it cannot have been later than its last change.
        IsClosed(ticket) && DateTimeOffset.TryParse(ticket.Text("updated_at"), CultureInfo.InvariantCulture, out var at) ? at : null);
}
