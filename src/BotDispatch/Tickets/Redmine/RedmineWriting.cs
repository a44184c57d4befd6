using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using BotDispatch.Http;
using BotDispatch.Ports;

namespace BotDispatch.Tickets.Redmine;

/// <summary>Reads how issues stand, and writes into them.</summary>
/// <remarks>
/// Redmine 5.0.4 itself: it answers 204 to a status that the workflow forbids, to an unknown status and to nothing at all, and changes
/// nothing; so whatever was written is read back. A note beside a refused status is stored all the same, so the note comes last. A refused
/// change moves <c>updated_on</c>, so that only status, assignee and priority are compared. <c>closed_on</c> stays after reopening, so only
/// <c>status.is_closed</c> says that an issue is closed. A list holds open issues alone unless <c>status_id=*</c>. If-Match is ignored.
/// </remarks>
internal sealed partial class RedmineSystem
{
    const string AddNotes = "Give the role of BotDispatch's account the permission Add notes (Administration, Roles and permissions).";
    const string EditIssues = "Give the role of BotDispatch's account the permission Edit issues, and allow the change of status in its "
        + "workflow (Administration, Workflow).";

    IReadOnlyList<string>? priorities;

    public SystemSettings Settings => settings;

    public int MostAtOnce => 100;

    public async Task<IReadOnlyDictionary<string, TicketReading>> ReadAsync(IReadOnlyList<string> references, CancellationToken ct)
    {
        var reads = client.BeginReads(CheckAsync);
        var numbers = reads.ToAsk(references).Select(each => (Reference: each, Number: NumberIn(each)))
            .Where(each => each.Number is not null).ToList();
        if (numbers.Count == 0)
            return reads.Found;
        var order = await PrioritiesAsync(ct);
        await reads.AskAsync(numbers, each => each.Reference,
            some => $"issues.json?issue_id={string.Join(',', some.Select(each => each.Number))}&status_id=*&limit=100",
            (some, body) =>
            {
                if (body is null)
                    return;
                var issues = body.Value.List("issues").FirstBy(each => each.Text("id"));
                foreach (var (reference, number) in some)
                    if (issues.TryGetValue(number!, out var issue))
                        reads[reference] = Standing(issue, order);
                    else
                        reads.LeftOut(reference);
            }, ct);
        await reads.AskAloneAsync(reference => ReadOneAsync(reference, Number(reference), order, reads, ct), ct);
        return reads.Found;
    }

    public async Task<string?> FindWhoClosedAsync(string reference, CancellationToken ct) =>
        await IssueAsync(reference, ct) is not { } issue ? null : issue.List("journals").LastOrDefault(journal => journal.List("details")
            .Any(detail => detail.Text("name") == "status_id")) is { ValueKind: JsonValueKind.Object } journal
            ? journal.Name("user", "name") : null;

    public async Task<bool?> HasNoteAsync(string reference, string mark, CancellationToken ct) =>
        await IssueAsync(reference, ct) is { } issue
            ? issue.List("journals").Any(journal => journal.Text("notes")?.Contains(mark, StringComparison.Ordinal) is true) : null;

    public Task<TicketWritten> WriteNoteAsync(string reference, string text, string mark, CancellationToken ct) => client.WriteNoteAsync(
        () => PutAsync(reference, new() { ["notes"] = text }, ct), () => HasNoteAsync(reference, mark, ct), "the note", AddNotes);

    public async Task<TicketWritten> SetStatusAsync(string reference, string status, CancellationToken ct)
    {
        if (await IssueAsync(reference, ct) is not { } issue)
            return await WhyUnreadableAsync(reference, ct);
        if (IsStatus(issue, status))
            return new TicketWritten.Done();
        if (issue.Field("status")?.Has("is_closed") is true)
            return new TicketWritten.Refused($"The issue is closed in {Name} already, so its status stays {StatusOf(issue)}.", "");
        var statuses = await client.GetAsync("issue_statuses.json", ct);
        if (statuses is not SystemAnswer.Content(var body))
            return client.Unreadable(statuses, "its statuses", "the status", EditIssues);
        var id = body.List("issue_statuses").FirstOrDefault(each => IsName(each.Text("name"), status)).Text("id");
        if (id is null)
            return new TicketWritten.Refused($"{Name} has no status named {status}.",
                $"Correct {settings.Section}:StatusOnAccepted: "
                + $"{string.Join(", ", body.List("issue_statuses").Select(each => each.Text("name")))}.");
        return await client.ChangeAsync(
            () => PutAsync(reference, new() { ["status_id"] = long.Parse(id, CultureInfo.InvariantCulture) }, ct),
            () => IssueAsync(reference, ct), after => IsStatus(after, status) || after.Field("status")?.Has("is_closed") is true,
            after => $"the status {StatusOf(after)} and did not set {status}", "the status", EditIssues);
    }

    public async Task<TicketWritten> AssignAsync(string reference, TicketAssignee who, CancellationToken ct)
    {
        // A key of an administrator finds users by email. For all others Redmine answers 403, and memberships name people without email.
        var (id, fault) = await users.FindAsync(who,
            email => client.GetAsync($"users.json?name={Uri.EscapeDataString(email)}&limit=100", ct),
            (body, email) => body.List("users").FirstOrDefault(each =>
                string.Equals(each.Text("mail"), email, StringComparison.OrdinalIgnoreCase)).Text("id"));
        return id is null ? fault! : await client.ChangeAsync(
            () => PutAsync(reference, new() { ["assigned_to_id"] = long.Parse(id, CultureInfo.InvariantCulture) }, ct),
            () => IssueAsync(reference, ct), after => after.Text("assigned_to", "id") == id,
            after => $"{after.Name("assigned_to", "name") ?? "nobody"} as assignee and did not assign {who.Name}", "the assignee",
            "The person must be a member of the project and must not be locked, and the issue must be assignable in their role. "
            + EditIssues);
    }

    // A role says what it may do; what its workflow allows cannot be asked.
    public async Task<IReadOnlyList<string>> FindMissingRightsAsync(CancellationToken ct)
    {
        if (!settings.Writes || await client.GetAsync("users/current.json?include=memberships", ct) is not SystemAnswer.Content(var body)
            || body.Field("user") is not { } user || user.Has("admin"))
            return [];
        Dictionary<string, HashSet<string>> rights = new(StringComparer.Ordinal);
        var projects = new List<(string Name, HashSet<string> Rights)>();
        foreach (var membership in user.List("memberships"))
        {
            var all = new HashSet<string>(StringComparer.Ordinal);
            foreach (var role in membership.List("roles").Select(each => each.Text("id")).OfType<string>())
            {
                if (!rights.TryGetValue(role, out var own))
                {
                    if (await client.GetAsync($"roles/{role}.json", ct) is not SystemAnswer.Content(var said))
                        return [];
                    rights[role] = own = [.. said.Field("role")?.List("permissions").Select(each => each.AsText()).OfType<string>() ?? []];
                }
                all.UnionWith(own);
            }
            projects.Add((membership.Name("project", "name") ?? "?", all));
        }
        return
        [
            .. Missing(settings.WriteNotes, "WriteNotes", AddNotes, "add_issue_notes", "edit_issues"),
            .. Missing(settings.StatusOnAccepted.Length > 0, "StatusOnAccepted", EditIssues, "edit_issues"),
            .. Missing(settings.AssignOnAccepted, "AssignOnAccepted", EditIssues, "edit_issues"),
        ];

        IEnumerable<string> Missing(bool isWanted, string setting, string remedy, params string[] oneOf)
        {
            var without = projects.Where(each => !oneOf.Any(each.Rights.Contains)).Select(each => each.Name).ToList();
            if (isWanted && (projects.Count == 0 || without.Count > 0))
                yield return $"{settings.Section}:{setting} {(projects.Count == 0 ? "may have" : "has")} no effect in "
                    + (projects.Count == 0 ? "any project, because BotDispatch's account is a member of none and may do only what the role "
                        + "Non member may"
                        : string.Join(", ", without.Take(3)) + (without.Count > 3 ? $" and {without.Count - 3} more projects" : ""))
                    + $": {SystemSettingsCheck.AsEnd(remedy)}";
        }
    }

    Task<SystemAnswer> PutAsync(string reference, JsonObject fields, CancellationToken ct) =>
        client.SendAsync(HttpMethod.Put, $"issues/{Number(reference)}.json", new JsonObject { ["issue"] = fields }, ct);

    async Task<TicketWritten> WhyUnreadableAsync(string reference, CancellationToken ct) =>
        client.Unreadable(await client.GetAsync($"issues/{Number(reference)}.json", ct), "the issue", "the status", EditIssues);

    async Task<JsonElement?> IssueAsync(string reference, CancellationToken ct) =>
        await client.GetNotesAsync($"issues/{Number(reference)}.json?include=journals", ct) is SystemAnswer.Content(var body)
            ? body.Field("issue") : null;

    // A project that was made private, or archived, hides an issue with 403; a deleted issue answers 404. A wrong key gets both as well.
    async Task ReadOneAsync(string reference, string number, IReadOnlyList<string> order, TicketReads reads, CancellationToken ct)
    {
        var answer = await client.GetAsync($"issues/{number}.json", ct);
        if (answer is SystemAnswer.Content(var body) && body.Field("issue") is { } issue && issue.Text("id") == number)
            reads[reference] = Standing(issue, order);
        else
            await reads.LoseIfGoneAsync(reference, answer, "it was deleted",
                "it was moved to where BotDispatch may not look, or its project was archived", ct);
    }

    // The order of the list is the order of urgency. It is read once, because administrators seldom change it.
    async Task<IReadOnlyList<string>> PrioritiesAsync(CancellationToken ct) =>
        (priorities ??= await client.GetAsync("enumerations/issue_priorities.json", ct) is SystemAnswer.Content(var body)
            ? [.. body.List("issue_priorities").Select(each => each.Text("id")).OfType<string>()] : null) ?? [];

    static TicketReading.Standing Standing(JsonElement issue, IReadOnlyList<string> order) => new(
        StatusOf(issue), issue.Field("status")?.Has("is_closed") is true, issue.Text("assigned_to", "id"),
        issue.Text("assigned_to", "name"), issue.Text("priority", "name"),
        order.ToList().IndexOf(issue.Text("priority", "id") ?? "") is >= 0 and var position ? position : null,
        issue.Text("updated_on") ?? "",
        DateTimeOffset.TryParse(issue.Text("closed_on"), CultureInfo.InvariantCulture, out var closed) ? closed : null);

    string Number(string reference) => NumberIn(reference) ?? "0";

    static string StatusOf(JsonElement issue) => issue.Name("status", "name") ?? "?";

    static bool IsStatus(JsonElement issue, string status) => IsName(issue.Text("status", "name"), status);

    static bool IsName(string? one, string other) => string.Equals(one, other.Trim(), StringComparison.OrdinalIgnoreCase);
}
