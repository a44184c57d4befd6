using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using BotDispatch.Http;
using BotDispatch.Ports;

namespace BotDispatch.Tickets.GitLab;

/// <summary>Reads how issues stand, and writes into them.</summary>
/// <remarks>
/// https://docs.gitlab.com/api/issues/, https://docs.gitlab.com/api/notes/ and https://docs.gitlab.com/api/users/. Without Premium an
/// issue has one assignee, and more of them, or one who may not be assigned, are dropped with status 200; a state or a label is dropped in
/// the same way for a guest; so whatever was written is read back. What one may not see is 404. An issue that was moved is closed and has
/// the id of the new one. A line of a note that begins with a slash is a command. Users are found by the whole of a hidden email, which is
/// not shown.
/// </remarks>
internal sealed partial class GitLabSystem
{
    /// <summary>The status that closes an issue. Every other status is a label.</summary>
    public const string Closed = "closed";

    const int Planner = 15;
    const string Scope = "Make a token with the scope api for an account with the role Reporter or higher in the project.";

    // Incidents alone have a severity.
    static readonly string[] Severities = ["LOW", "MEDIUM", "HIGH", "CRITICAL"];

    public SystemSettings Settings => settings;

    public int MostAtOnce => 100;

    public async Task<IReadOnlyDictionary<string, TicketReading>> ReadAsync(IReadOnlyList<string> references, CancellationToken ct)
    {
        var reads = client.BeginReads(CheckAsync);
        foreach (var project in reads.ToAsk(references).Select(each => (Reference: each, Parts: this.references.Split(each)))
            .GroupBy(each => each.Parts.Project, StringComparer.OrdinalIgnoreCase))
            await reads.AskAsync([.. project], each => each.Reference,
                some => $"{ProjectPath(project.Key)}/issues?per_page=100&"
                    + string.Join('&', some.Select(each => $"iids[]={each.Parts.Number}")),
                (some, body) =>
                {
                    var issues = body is { ValueKind: JsonValueKind.Array } list
                        ? list.EnumerateArray().FirstBy(each => each.Text("iid")) : [];
                    foreach (var (reference, parts) in some)
                        if (issues.TryGetValue(parts.Number, out var issue))
                            reads[reference] = Standing(issue);
                        else
                            reads.LeftOut(reference);
                }, ct);
        await reads.AskAloneAsync(reference => ReadOneAsync(reference, reads, ct), ct);
        return reads.Found;
    }

    public async Task<string?> FindWhoClosedAsync(string reference, CancellationToken ct) =>
        (await IssueAsync(reference, ct))?.Name("closed_by", "name");

    public Task<bool?> HasNoteAsync(string reference, string mark, CancellationToken ct) => client.HasNoteAsync(
        size => [$"{IssuePath(reference)}/notes?order_by=created_at&sort=desc&per_page={size}"],
        body => body.ValueKind is JsonValueKind.Array ? body.EnumerateArray() : null,
        each => each.Text("body")?.Contains(NoteText.Core(mark), StringComparison.Ordinal) is true, ct);

    public Task<TicketWritten> WriteNoteAsync(string reference, string text, string mark, CancellationToken ct) => client.WriteNoteAsync(
        () => client.SendAsync(HttpMethod.Post, $"{IssuePath(reference)}/notes",
            new JsonObject { ["body"] = NoteText.AsMarkdown(text) }, ct),
        () => HasNoteAsync(reference, mark, ct), "the note", Scope);

    public async Task<TicketWritten> SetStatusAsync(string reference, string status, CancellationToken ct)
    {
        var read = await client.GetAsync(IssuePath(reference), ct);
        if (IssueIn(read) is not { } issue)
            return client.Unreadable(read, "the issue", "the status", Scope);
        var wanted = status.Trim();
        var isClosing = wanted.Equals(Closed, StringComparison.OrdinalIgnoreCase);
        if (isClosing ? IsClosed(issue) : HasLabel(issue, wanted))
            return new TicketWritten.Done();
        if (IsClosed(issue))
            return new TicketWritten.Refused($"The issue is closed in {Name} already, so it gets no label.", "");
        return await ChangeAsync(reference,
            isClosing ? new() { ["state_event"] = "close" } : new() { ["add_labels"] = wanted },
            after => IsClosed(after) || (!isClosing && HasLabel(after, wanted)),
            _ => isClosing ? "the issue open and did not close it" : $"its labels and did not add {wanted}",
            isClosing ? "the status" : "the label", Scope, ct);
    }

    public async Task<TicketWritten> AssignAsync(string reference, TicketAssignee who, CancellationToken ct)
    {
        var (user, fault) = await users.FindAsync(who, email => client.GetAsync($"users?search={Uri.EscapeDataString(email)}", ct),
            (body, email) => body.ValueKind is JsonValueKind.Array
                ? SystemUsers.ByEmail(body.EnumerateArray(), email, "id", "email", "public_email") : null);
        return user is null ? fault!
            : await ChangeAsync(reference, new() { ["assignee_ids"] = new JsonArray(long.Parse(user, CultureInfo.InvariantCulture)) },
                after => after.List("assignees").Any(each => each.Text("id") == user),
                after => $"{NamesOf(after) ?? "nobody"} as assignee and did not assign {who.Name}", "the assignee",
                $"The person must be a member of the project. {Scope}", ct);
    }

    public async Task<IReadOnlyList<string>> FindMissingRightsAsync(CancellationToken ct)
    {
        List<string> missing = [];
        if (!settings.Writes)
            return missing;
        // Only personal, project and group access tokens know themselves.
        if (await client.GetAsync("personal_access_tokens/self", ct) is SystemAnswer.Content(var token)
            && token.Field("scopes") is { ValueKind: JsonValueKind.Array } && !token.List("scopes").Any(each => each.AsText() == "api"))
            missing.Add($"{settings.Section}:Token has not the scope api, so nothing can be written: make one with it.");
        foreach (var project in settings.Projects)
            if (await client.GetAsync(ProjectPath(project), ct) is SystemAnswer.Content(var body))
            {
                if (body.Text("path_with_namespace") is { } now && !now.Equals(project, StringComparison.OrdinalIgnoreCase))
                    missing.Add($"{settings.Section}:Projects: {project} is {now} now, and nothing can be written under the old name: "
                        + "write the new one.");
                else if (body.Has("archived"))
                    missing.Add($"{settings.Section}:Projects: {project} is archived, so nothing can be written there.");
                else if ((settings.AssignOnAccepted || settings.StatusOnAccepted.Length > 0) && body.Field("permissions") is { } rights
                    // What an account has from a group above is in neither: then both are null, and nothing is known.
                    && (IsSaid(rights, "project_access") || IsSaid(rights, "group_access"))
                    && Level(rights, "project_access") < Planner && Level(rights, "group_access") < Planner)
                    missing.Add($"{settings.Section}:Token may not assign or label issues of {project}: "
                        + SystemSettingsCheck.AsEnd(Scope));
            }
        return missing;

        static bool IsSaid(JsonElement rights, string kind) => rights.Field(kind) is { ValueKind: JsonValueKind.Object };
        static int Level(JsonElement rights, string kind) => rights.Field(kind)?.Number("access_level", 0) ?? 0;
    }

    Task<TicketWritten> ChangeAsync(string reference, JsonObject fields, Func<JsonElement, bool> isSo, Func<JsonElement, string> kept,
        string what, string remedy, CancellationToken ct) => client.ChangeAsync(
            () => client.SendAsync(HttpMethod.Put, IssuePath(reference), fields, ct), () => IssueAsync(reference, ct), isSo, kept, what,
            remedy);

    static string ProjectPath(string project) => $"projects/{Uri.EscapeDataString(project)}";

    string IssuePath(string reference)
    {
        var (project, number) = references.Split(reference);
        return $"{ProjectPath(project)}/issues/{number}";
    }

    async Task<JsonElement?> IssueAsync(string reference, CancellationToken ct) => IssueIn(await client.GetAsync(IssuePath(reference), ct));

    static JsonElement? IssueIn(SystemAnswer answer) =>
        answer is SystemAnswer.Content(var body) && body.Text("iid") is not null ? body : null;

    async Task ReadOneAsync(string reference, TicketReads reads, CancellationToken ct)
    {
        var answer = await client.GetAsync(IssuePath(reference), ct);
        if (IssueIn(answer) is { } issue)
            reads[reference] = Standing(issue);
        else
            await reads.LoseIfGoneAsync(reference, answer, TicketReads.DeletedOrHidden, TicketReads.DeletedOrHidden, ct);
    }

    static bool IsClosed(JsonElement issue) => issue.Text("state") == "closed";

    static bool HasLabel(JsonElement issue, string label) => issue.List("labels").Any(each =>
        string.Equals(each.AsText() ?? each.Text("name"), label, StringComparison.OrdinalIgnoreCase));

    static string? NamesOf(JsonElement issue) => TicketReading.Standing.Several(
        issue.List("assignees").Select(each => each.Name("name")).OfType<string>());

    static TicketReading Standing(JsonElement issue) => issue.Text("moved_to_id") is not null
        ? new TicketReading.Lost("it was moved to another project")
        : new TicketReading.Standing(issue.Text("state") ?? "?", IsClosed(issue),
            TicketReading.Standing.Several(issue.List("assignees").Select(each => each.Text("id")).OfType<string>()), NamesOf(issue),
            issue.Text("severity") is { } severity and not "UNKNOWN" ? severity : null,
            Array.IndexOf(Severities, issue.Text("severity")) is >= 0 and var urgency ? urgency : null, issue.Text("updated_at") ?? "",
            DateTimeOffset.TryParse(issue.Text("closed_at"), CultureInfo.InvariantCulture, out var closed) ? closed : null);
}
