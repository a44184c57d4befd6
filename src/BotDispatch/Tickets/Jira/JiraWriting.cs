using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using BotDispatch.Http;
using BotDispatch.Ports;

namespace BotDispatch.Tickets.Jira;

/// <summary>Reads how issues stand, and writes into them.</summary>
/// <remarks>
/// https://developer.atlassian.com/cloud/jira/platform/rest/v3/, search-and-reconcile beside it, and
/// https://docs.atlassian.com/software/jira/docs/api/REST/. A search of Jira Cloud may be old by minutes, so issues are fetched in bulk
/// instead, which leaves out those that were moved, deleted or hidden; in Data Center a search for a key that does not exist is refused
/// unless validateQuery is false. A status cannot be set: a transition leads to it, which may require fields, with status 400 and the
/// reason by field. Users are account ids in the Cloud and names in Data Center. Names of statuses are in the language of the site, so the
/// key of the category says what is done. A comment in a service project is mailed to the customer unless it is internal.
/// </remarks>
internal sealed partial class JiraSystem
{
    static readonly string AddComments = Permission("Add comments");
    static readonly string Transition = Permission("Transition issues");
    static readonly string Assign = Permission("Assign issues");
    static readonly string[] StandingFields = ["status", "assignee", "priority", "updated", "resolutiondate", "statuscategorychangedate"];

    const int MostMoved = 10_000;

    readonly ConcurrentDictionary<string, string> moved = new(StringComparer.OrdinalIgnoreCase);
    IReadOnlyList<string>? priorities;

    public SystemSettings Settings => settings;

    public int MostAtOnce => 100;

    public async Task<IReadOnlyDictionary<string, TicketReading>> ReadAsync(IReadOnlyList<string> references, CancellationToken ct)
    {
        var reads = client.BeginReads(CheckAsync);
        var asked = reads.ToAsk(references);
        if (asked.Count == 0)
            return reads.Found;
        if (moved.Count > MostMoved)
            moved.Clear();
        var keys = asked.Select(KeyOf).ToList();
        var order = await PrioritiesAsync(ct);
        await client.TurnAsync(ct);
        JsonArray fields = [.. StandingFields.Select(each => (JsonNode)each)];
        var answer = IsCloud
            ? await client.AskAsync($"{api}/issue/bulkfetch", new JsonObject
            {
                ["issueIdsOrKeys"] = new JsonArray([.. keys.Select(each => (JsonNode)each)]),
                ["fields"] = fields,
            }, "issues", ct)
            : await client.AskAsync($"{api}/search", new JsonObject
            {
                ["jql"] = $"key in ({string.Join(", ", keys.Select(each => $"\"{each}\""))})",
                ["fields"] = fields,
                ["maxResults"] = MostAtOnce,
                ["validateQuery"] = false,
            }, "issues", ct);
        await reads.LoseIfRefusedAsync(asked, answer, ct);
        if (answer is not SystemAnswer.Content(var body))
            return reads.Found;
        var issues = body.List("issues").FirstBy(each => each.Text("key"), StringComparer.OrdinalIgnoreCase);
        foreach (var reference in asked)
            if (issues.TryGetValue(KeyOf(reference), out var issue))
                reads[reference] = Standing(issue, order);
            else
                reads.LeftOut(reference);
        await reads.AskAloneAsync(reference => ReadOneAsync(reference, order, reads, ct), ct);
        return reads.Found;
    }

    public async Task<string?> FindWhoClosedAsync(string reference, CancellationToken ct) =>
        await client.GetAsync($"{IssuePath(reference)}?fields=status&expand=changelog", ct) is not SystemAnswer.Content(var body) ? null
            : body.Field("changelog")?.List("histories")
                .Where(each => each.List("items").Any(item => item.Text("field") == "status"))
                // The Cloud begins with the last change, and Data Center with the first.
                .MaxBy(each => DateOf(each, "created")) is { ValueKind: JsonValueKind.Object } change
                    ? change.Name("author", "displayName") : null;

    public Task<bool?> HasNoteAsync(string reference, string mark, CancellationToken ct) => client.HasNoteAsync(
        size => [$"{IssuePath(reference)}/comment?orderBy=-created&maxResults={size}"], body => body.List("comments"),
        each => each.Field("body")?.GetRawText().Contains(NoteText.Core(mark), StringComparison.Ordinal) is true, ct);

    public Task<TicketWritten> WriteNoteAsync(string reference, string text, string mark, CancellationToken ct) => client.WriteNoteAsync(
        () => client.SendAsync(HttpMethod.Post, $"{IssuePath(reference)}/comment", new JsonObject
        {
            ["body"] = IsCloud ? NoteText.AsDocument(text) : NoteText.AsWiki(text),
            ["properties"] = new JsonArray(new JsonObject
            {
                ["key"] = "sd.public.comment",
                ["value"] = new JsonObject { ["internal"] = true },
            }),
        }, ct),
        () => HasNoteAsync(reference, mark, ct), "the comment", AddComments);

    public async Task<TicketWritten> SetStatusAsync(string reference, string status, CancellationToken ct)
    {
        var read = await IssueAnswerAsync(reference, ct);
        if (IssueIn(read) is not { } issue)
            return client.Unreadable(read, "the issue", "the status", Transition);
        if (IsSame(StatusOf(issue), status))
            return new TicketWritten.Done();
        if (IsDone(issue))
            return new TicketWritten.Refused($"The issue is {StatusOf(issue)} in {Name} already, so its status stays so.", "");
        var offered = await client.GetAsync($"{IssuePath(reference)}/transitions", ct);
        if (offered is not SystemAnswer.Content(var body))
            return client.Unreadable(offered, "its transitions", "the status", Transition);
        var transitions = body.List("transitions").ToList();
        if (transitions.Find(each => IsSame(each.Text("to", "name"), status)).Text("id") is not { } id)
            return new TicketWritten.Refused($"{Name} offers no transition from {StatusOf(issue)} to {status}.",
                $"{Correct}: {string.Join(", ", transitions.Select(each => each.Text("to", "name")).Distinct())}. {Transition}");
        return await client.ChangeAsync(
            () => client.SendAsync(HttpMethod.Post, $"{IssuePath(reference)}/transitions",
                new JsonObject { ["transition"] = new JsonObject { ["id"] = id } }, ct),
            () => IssueAsync(reference, ct), after => IsSame(StatusOf(after), status) || IsDone(after),
            after => $"the status {StatusOf(after)} and did not set {status}", "the status",
            $"Take a transition that requires no further fields, or give them default values. {Transition}");
    }

    public async Task<TicketWritten> AssignAsync(string reference, TicketAssignee who, CancellationToken ct)
    {
        var (user, fault) = await users.FindAsync(who,
            email => client.GetAsync($"{api}/user/assignable/search?issueKey={Uri.EscapeDataString(reference)}"
                + $"&{(IsCloud ? "query" : "username")}={Uri.EscapeDataString(email)}&maxResults=50", ct),
            (body, email) => body.ValueKind is JsonValueKind.Array
                // Jira finds by the beginning of a name or an email, so one whose email is hidden must have the name as well.
                ? SystemUsers.ByEmail(body.EnumerateArray().Where(each =>
                    each.Name("emailAddress") is not null || IsSame(each.Name("displayName"), who.Name)), email, UserId, "emailAddress")
                : null);
        return user is null ? fault! : await client.ChangeAsync(
            () => client.SendAsync(HttpMethod.Put, $"{IssuePath(reference)}/assignee", new JsonObject { [UserId] = user }, ct),
            () => IssueAsync(reference, ct), after => IsSame(AssigneeOf(after)?.Text(UserId), user),
            after => $"{AssigneeOf(after)?.Name("displayName") ?? "nobody"} as assignee and did not assign {who.Name}", "the assignee",
            $"The person must have the permission Assignable user in the project. {Assign}");
    }

    public async Task<IReadOnlyList<string>> FindMissingRightsAsync(CancellationToken ct)
    {
        List<(string Setting, string Key, string Remedy)> wanted = [];
        if (settings.WriteNotes)
            wanted.Add(("WriteNotes", "ADD_COMMENTS", AddComments));
        if (settings.StatusOnAccepted.Length > 0)
            wanted.Add(("StatusOnAccepted", "TRANSITION_ISSUES", Transition));
        if (settings.AssignOnAccepted)
            wanted.Add(("AssignOnAccepted", "ASSIGN_ISSUES", Assign));
        List<string> missing = [];
        if (wanted.Count == 0)
            return missing;
        // Without a project the answer says what the account may do in any project.
        foreach (var project in settings.Projects.Count == 0 ? [""] : settings.Projects)
            if (await client.GetAsync($"{api}/mypermissions?permissions={string.Join(',', wanted.Select(each => each.Key))}"
                + (project.Length == 0 ? "" : $"&projectKey={Uri.EscapeDataString(project)}"), ct) is SystemAnswer.Content(var body))
                missing.AddRange(wanted.Where(each => body.Field("permissions", each.Key)?.Field("havePermission")
                    is { ValueKind: JsonValueKind.False }).Select(each => $"{settings.Section}:{each.Setting} has no effect"
                    + $"{(project.Length == 0 ? "" : $" in {project}")}: {SystemSettingsCheck.AsEnd(each.Remedy)}"));
        return missing;
    }

    static string Permission(string name) =>
        $"Give BotDispatch's account the permission {name} in the project (Project settings, Permissions).";

    string Correct => $"Correct {settings.Section}:StatusOnAccepted";

    string UserId => IsCloud ? "accountId" : "name";

    string IssuePath(string reference) => $"{api}/issue/{Uri.EscapeDataString(reference)}";

    Task<SystemAnswer> IssueAnswerAsync(string reference, CancellationToken ct) =>
        client.GetAsync($"{IssuePath(reference)}?fields={string.Join(',', StandingFields)}", ct);

    async Task<JsonElement?> IssueAsync(string reference, CancellationToken ct) => IssueIn(await IssueAnswerAsync(reference, ct));

    static JsonElement? IssueIn(SystemAnswer answer) =>
        answer is SystemAnswer.Content(var body) && body.Field("fields") is not null ? body : null;

    // An issue that was moved answers under its old key as well. One that is gone and one that is hidden are both 404.
    async Task ReadOneAsync(string reference, IReadOnlyList<string> order, TicketReads reads, CancellationToken ct)
    {
        moved.TryRemove(reference, out _);
        var answer = await IssueAnswerAsync(reference, ct);
        if (IssueIn(answer) is { } issue)
        {
            if (issue.Name("key") is { } key && !IsSame(key, reference))
                moved[reference] = key;
            reads[reference] = Standing(issue, order);
        }
        else
            await reads.LoseIfGoneAsync(reference, answer, TicketReads.DeletedOrHidden, TicketReads.DeletedOrHidden, ct);
    }

    // A list has the issues by the keys that they have now.
    string KeyOf(string reference) => moved.GetValueOrDefault(reference, reference);

    // The order of the list is the order of urgency, beginning with the most urgent. It is read once.
    async Task<IReadOnlyList<string>> PrioritiesAsync(CancellationToken ct) =>
        (priorities ??= await client.GetAsync(IsCloud ? $"{api}/priority/search?maxResults=100" : $"{api}/priority", ct)
            is SystemAnswer.Content(var body)
            ? [.. (body.ValueKind is JsonValueKind.Array ? body.EnumerateArray() : body.List("values")).Select(each => each.Text("id"))
                .OfType<string>()] : null) ?? [];

    static TicketReading.Standing Standing(JsonElement issue, IReadOnlyList<string> order) => new(
        StatusOf(issue), IsDone(issue), AssigneeOf(issue)?.Name("accountId") ?? AssigneeOf(issue)?.Name("name"),
        AssigneeOf(issue)?.Name("displayName"), issue.Field("fields", "priority")?.Name("name"),
        order.ToList().IndexOf(issue.Field("fields", "priority")?.Text("id") ?? "") is >= 0 and var position ? -position : null,
        issue.Field("fields")?.Text("updated") ?? "",
        DateOf(issue.Field("fields") ?? default, "resolutiondate") ?? DateOf(issue.Field("fields") ?? default, "statuscategorychangedate"));

    static JsonElement? AssigneeOf(JsonElement issue) => issue.Field("fields", "assignee");

    static string StatusOf(JsonElement issue) => issue.Field("fields", "status")?.Name("name") ?? "?";

    static bool IsDone(JsonElement issue) => issue.Field("fields", "status")?.Text("statusCategory", "key") == "done";

    static DateTimeOffset? DateOf(JsonElement element, string field) =>
        DateTimeOffset.TryParse(element.Text(field), CultureInfo.InvariantCulture, out var at) ? at : null;

    static bool IsSame(string? one, string? other) => string.Equals(one?.Trim(), other?.Trim(), StringComparison.OrdinalIgnoreCase);
}
