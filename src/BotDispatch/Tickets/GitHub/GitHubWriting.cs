using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using BotDispatch.Http;
using BotDispatch.Ports;

namespace BotDispatch.Tickets.GitHub;

/// <summary>Reads how issues stand, and writes into them.</summary>
/// <remarks>
/// https://docs.github.com/en/rest/issues/issues, issues/assignees and issues/comments there, and
/// https://docs.github.com/en/rest/using-the-rest-api/best-practices-for-using-the-rest-api. Assignees who cannot be assigned are left out
/// of an answer with status 201, and a status or a label of an account without push access is dropped silently; so whatever was written is
/// read back. An answer 304 to an ETag costs nothing of the hourly limit, but counts towards the 900 points a minute of the secondary one.
/// Comments of one issue can be read from the first to the last only. GitHub finds nobody by a hidden email. An issue that was transferred
/// redirects, a deleted one answers 410, and one that we may not see 404.
/// </remarks>
internal sealed partial class GitHubSystem
{
    /// <summary>The status that closes an issue. Every other status is a label.</summary>
    public const string Closed = "closed";

    const string WriteIssues = "Give BotDispatch's token the permission Issues: Read and write.";
    const string Triage = WriteIssues + " Its account needs the role Triage or Write in the repository.";

    readonly RememberedReadings remembered = new();

    public SystemSettings Settings => settings;

    // The pace of all looks together is four in a second. The limit is fifteen.
    public int MostAtOnce => 1;

    public async Task<IReadOnlyDictionary<string, TicketReading>> ReadAsync(IReadOnlyList<string> references, CancellationToken ct)
    {
        var reads = client.BeginReads(CheckAsync);
        foreach (var reference in reads.ToAsk(references))
        {
            await client.TurnAsync(ct);
            var (reading, answer) = await remembered.ReadAsync(reference,
                etag => IssueAnswerAsync(reference, ct, etag), body => body.Text("number") is not null ? Standing(body) : null);
            if (reading is not null)
                reads[reference] = reading;
            else if (answer is SystemAnswer.Missing { MovedTo: { } elsewhere })
                reads.Lose(reference, $"it was transferred to {elsewhere}");
            else
                await reads.LoseIfGoneAsync(reference, answer, TicketReads.DeletedOrHidden, TicketReads.NoLongerShown, ct);
        }
        return reads.Found;
    }

    public async Task<string?> FindWhoClosedAsync(string reference, CancellationToken ct) =>
        (await IssueAsync(reference, ct))?.Name("closed_by", "login");

    public async Task<bool?> HasNoteAsync(string reference, string mark, CancellationToken ct)
    {
        if (await IssueAsync(reference, ct) is not { } issue)
            return null;
        // A note of ours is among the last. Somebody may have written more since the count was read.
        return await client.HasNoteAsync(
            size => (issue.Number("comments", 0) / size) + 1 is var last && last > 1
                ? [Page(size, last), Page(size, last - 1)] : [Page(size, 1)],
            body => body.ValueKind is JsonValueKind.Array ? body.EnumerateArray() : null,
            each => each.Text("body")?.Contains(NoteText.Core(mark), StringComparison.Ordinal) is true, ct);

        string Page(int size, int number) => $"{IssuePath(reference)}/comments?per_page={size}&page={number}";
    }

    public Task<TicketWritten> WriteNoteAsync(string reference, string text, string mark, CancellationToken ct) => client.WriteNoteAsync(
        () => client.SendAsync(HttpMethod.Post, $"{IssuePath(reference)}/comments",
            new JsonObject { ["body"] = NoteText.AsMarkdown(text) }, ct),
        () => HasNoteAsync(reference, mark, ct), "the comment", WriteIssues);

    public async Task<TicketWritten> SetStatusAsync(string reference, string status, CancellationToken ct)
    {
        var read = await IssueAnswerAsync(reference, ct);
        if (IssueIn(read) is not { } issue)
            return client.Unreadable(read, "the issue", "the status", Triage);
        var wanted = status.Trim();
        var isClosing = wanted.Equals(Closed, StringComparison.OrdinalIgnoreCase);
        if (isClosing ? IsClosed(issue) : HasLabel(issue, wanted))
            return new TicketWritten.Done();
        if (IsClosed(issue))
            return new TicketWritten.Refused($"The issue is closed in {Name} already, so it gets no label.", "");
        return await client.ChangeAsync(
            () => isClosing
                ? client.SendAsync(HttpMethod.Patch, IssuePath(reference),
                    new JsonObject { ["state"] = "closed", ["state_reason"] = "completed" }, ct)
                : client.SendAsync(HttpMethod.Post, $"{IssuePath(reference)}/labels",
                    new JsonObject { ["labels"] = new JsonArray(wanted) }, ct),
            () => IssueAsync(reference, ct), after => IsClosed(after) || (!isClosing && HasLabel(after, wanted)),
            after => isClosing ? $"the issue {StatusOf(after)} and did not close it" : $"its labels and did not add {wanted}",
            isClosing ? "the status" : "the label", Triage);
    }

    public async Task<TicketWritten> AssignAsync(string reference, TicketAssignee who, CancellationToken ct)
    {
        var (login, fault) = await users.FindAsync(who, null, (_, _) => null);
        return login is null ? fault! : await client.ChangeAsync(
            () => client.SendAsync(HttpMethod.Post, $"{IssuePath(reference)}/assignees",
                new JsonObject { ["assignees"] = new JsonArray(login) }, ct),
            () => IssueAsync(reference, ct),
            after => Assignees(after).Contains(login, StringComparer.OrdinalIgnoreCase),
            after => $"{(Assignees(after) is { Count: > 0 } others ? string.Join(", ", others) : "nobody")} as assignee and did not assign "
                + who.Name,
            "the assignee", $"The person needs access to the repository, and the account of the token needs push access. {Triage}");
    }

    public async Task<IReadOnlyList<string>> FindMissingRightsAsync(CancellationToken ct)
    {
        List<string> missing = [];
        if (settings.AssignOnAccepted && settings.Users.Count == 0)
            missing.Add($"{settings.Section}:AssignOnAccepted has no effect, because GitHub finds nobody by email: "
                + $"write {settings.Section}:Users with the login for each email.");
        if (settings.Writes)
            foreach (var repository in settings.Repositories)
                if (await client.GetAsync($"repos/{repository}", ct) is SystemAnswer.Content(var body))
                {
                    if (body.Text("full_name") is { } now && !now.Equals(repository, StringComparison.OrdinalIgnoreCase))
                        missing.Add($"{settings.Section}:Repositories: {repository} is {now} now, and nothing can be written under "
                            + "the old name: write the new one.");
                    else if (body.Has("archived"))
                        missing.Add($"{settings.Section}:Repositories: {repository} is archived, so nothing can be written there.");
                    else if ((settings.AssignOnAccepted || settings.StatusOnAccepted.Length > 0) && body.Field("permissions") is { } rights
                        && !rights.Has("triage") && !rights.Has("push") && !rights.Has("admin"))
                        missing.Add($"{settings.Section}:Token may not assign or label issues of {repository}: "
                            + SystemSettingsCheck.AsEnd(Triage));
                }
        return missing;
    }

    string IssuePath(string reference)
    {
        var (repository, number) = references.Split(reference);
        return $"repos/{repository}/issues/{number}";
    }

    // Another issue than the one that was asked for must neither be read as it nor be taken for what was written.
    async Task<SystemAnswer> IssueAnswerAsync(string reference, CancellationToken ct, string? etag = null)
    {
        var answer = await client.GetAsync(IssuePath(reference), ct, etag);
        return IssueIn(answer) is { } issue && await MovedToAsync(reference, issue, ct) is { } elsewhere
            ? new SystemAnswer.Missing { MovedTo = elsewhere } : answer;
    }

    async Task<JsonElement?> IssueAsync(string reference, CancellationToken ct) => IssueIn(await IssueAnswerAsync(reference, ct));

    static JsonElement? IssueIn(SystemAnswer answer) =>
        answer is SystemAnswer.Content(var body) && body.Text("number") is not null ? body : null;

    static bool IsClosed(JsonElement issue) => issue.Text("state") == "closed";

    // Closed as done and closed as not planned are different news.
    static string StatusOf(JsonElement issue) => issue.Text("state_reason") switch
    {
        "not_planned" when IsClosed(issue) => "closed as not planned",
        "duplicate" when IsClosed(issue) => "closed as duplicate",
        _ => issue.Text("state") ?? "?",
    };

    static bool HasLabel(JsonElement issue, string label) =>
        issue.List("labels").Any(each => string.Equals(each.Text("name"), label, StringComparison.OrdinalIgnoreCase));

    static List<string> Assignees(JsonElement issue) =>
        [.. issue.List("assignees").Select(each => each.Name("login")).OfType<string>().Order(StringComparer.OrdinalIgnoreCase)];

    static TicketReading.Standing Standing(JsonElement issue) => new(
        StatusOf(issue), IsClosed(issue), TicketReading.Standing.Several(Assignees(issue)),
        TicketReading.Standing.Several(Assignees(issue)), null, null, issue.Text("updated_at") ?? "",
        DateTimeOffset.TryParse(issue.Text("closed_at"), CultureInfo.InvariantCulture, out var closed) ? closed : null);
}
