using System.Net;
using System.Text;
using System.Text.Json.Nodes;

namespace BotDispatch.Tests.Flows.Tickets;

/// <summary>A Redmine with one issue, #7, that behaves as the real one was seen to (5.0.4): 204 says nothing about what was done.</summary>
/// <param name="root">What the path of every address begins with.</param>
/// <param name="key">The only API key that it knows; null for any.</param>
internal sealed class PretendRedmine(string root = "/redmine", string? key = null) : HttpMessageHandler
{
    public const string Address = "http://localhost/redmine";

    static readonly string[] Statuses = ["New", "In Progress", "Resolved", "Feedback", "Closed", "Rejected"];
    static readonly string[] Priorities = ["Low", "Normal", "High", "Urgent"];

    readonly Lock gate = new();
    readonly List<(string Author, string Field, string Value)> journals = [];
    int changes;
    int? closedAt;

    public string Title { get; private set; } = "Lift 2 is stuck";

    public string Description { get; private set; } = "Two people";

    public string Status { get; private set; } = "New";

    public string Priority { get; private set; } = "Urgent";

    /// <summary>The id of the user who has it; 0 if nobody has.</summary>
    public int Assignee { get; private set; }

    /// <summary>A status that is asked for is not set, although the answer is 204.</summary>
    public bool KeepsStatus { get; set; }

    /// <summary>Notes that are written are not kept, although the answer is 204.</summary>
    public bool DropsNotes { get; set; }

    /// <summary>The issue is there: 200. It was deleted: 404. It was moved to where nobody may look: 403.</summary>
    public HttpStatusCode Issue { get; set; } = HttpStatusCode.OK;

    /// <summary>The issue was closed years before anybody dispatched it.</summary>
    public bool ClosedLongAgo { get; set; }

    /// <summary>How many answers to something that was written are lost after it was done.</summary>
    public int AnswersToLose { get; set; }

    /// <summary>How many requests are answered with 503 before anything is done.</summary>
    public int Refusals { get; set; }

    /// <summary>What was written, in order: each note, each field that changed.</summary>
    public IReadOnlyList<(string Author, string Field, string Value)> Journals
    {
        get
        {
            lock (gate)
                return [.. journals];
        }
    }

    public IReadOnlyList<string> Notes => [.. Journals.Where(each => each.Field == "notes").Select(each => each.Value)];

    /// <summary>How often its issue was asked for or written into, in a list or alone.</summary>
    public int Touched { get; private set; }

    /// <summary>Requests are read and never answered: nothing is done (before), or what was asked for is done (after).</summary>
    public RedmineHang Hangs { get; set; }

    /// <summary>The list answers, and the issue alone does not.</summary>
    public bool IsTextDown { get; set; }

    /// <summary>Somebody changes the issue on its page.</summary>
    public void Change(string by, string? status = null, int? assignee = null, string? priority = null, string? title = null, string? description = null)
    {
        lock (gate)
        {
            changes++;
            Set(by, "status_id", status, value => Status = value);
            Set(by, "assigned_to_id", assignee?.ToString(), value => Assignee = int.Parse(value));
            Set(by, "priority_id", priority, value => Priority = value);
            Set(by, "subject", title, value => Title = value);
            Set(by, "description", description, value => Description = value);
        }
    }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var body = request.Content is null ? null : JsonNode.Parse(await request.Content.ReadAsStringAsync(cancellationToken));
        if (Hangs is RedmineHang.Before)
            await NeverAsync(cancellationToken);
        var (answer, isHanging) = (Answer(request, body), Hangs is RedmineHang.After);
        if (isHanging)
            await NeverAsync(cancellationToken);
        return answer;
    }

    static Task NeverAsync(CancellationToken ct) => new TaskCompletionSource().Task.WaitAsync(ct);

    HttpResponseMessage Answer(HttpRequestMessage request, JsonNode? body)
    {
        lock (gate)
        {
            if (Refusals > 0)
            {
                Refusals--;
                return new(HttpStatusCode.ServiceUnavailable);
            }
            if (key is not null && request.Headers.GetValues("X-Redmine-API-Key").Single() != key)
                return new(HttpStatusCode.Unauthorized);
            var path = request.RequestUri!.AbsolutePath[root.Length..];
            if (path == "/issues/7.json" || request.RequestUri.Query.Contains("issue_id=7", StringComparison.Ordinal))
                Touched++;
            return path switch
            {
                "/users/current.json" => Json("""{"user":{"id":5,"login":"botdispatch"}}"""),
                "/issue_statuses.json" => Json(new JsonObject { ["issue_statuses"] = new JsonArray([.. Statuses.Index().Select(each => (JsonNode)new JsonObject { ["id"] = each.Index + 1, ["name"] = each.Item })]) }.ToJsonString()),
                "/enumerations/issue_priorities.json" => Json(new JsonObject { ["issue_priorities"] = new JsonArray([.. Priorities.Index().Select(each => (JsonNode)new JsonObject { ["id"] = each.Index + 1, ["name"] = each.Item })]) }.ToJsonString()),
                "/users.json" => new(HttpStatusCode.Forbidden),
                "/issues.json" => Json(new JsonObject { ["issues"] = Issue is HttpStatusCode.OK ? new JsonArray(Written()) : [] }.ToJsonString()),
                "/issues/7.json" when Issue is not HttpStatusCode.OK => new(Issue),
                "/issues/7.json" when IsTextDown && request.Method == HttpMethod.Get => new(HttpStatusCode.ServiceUnavailable),
                "/issues/7.json" when request.Method == HttpMethod.Put => Write(body!["issue"]!.AsObject()),
                "/issues/7.json" => Json(new JsonObject { ["issue"] = Written() }.ToJsonString()),
                _ => new(HttpStatusCode.NotFound),
            };
        }
    }

    HttpResponseMessage Write(JsonObject fields)
    {
        changes++;
        if (!KeepsStatus && fields["status_id"] is { } status)
            Set("BotDispatch", "status_id", Statuses[status.GetValue<int>() - 1], value => Status = value);
        if (fields["assigned_to_id"] is { } assignee)
            Set("BotDispatch", "assigned_to_id", assignee.ToString(), value => Assignee = int.Parse(value));
        if (!DropsNotes && fields["notes"] is { } notes)
            journals.Add(("BotDispatch", "notes", notes.GetValue<string>()));
        if (AnswersToLose > 0)
        {
            AnswersToLose--;
            throw new HttpRequestException(HttpRequestError.ResponseEnded);
        }
        return new(HttpStatusCode.NoContent);
    }

    void Set(string by, string field, string? value, Action<string> set)
    {
        if (value is null)
            return;
        set(value);
        journals.Add((by, field, value));
        if (field == "status_id" && IsClosed)
            closedAt = changes;
    }

    bool IsClosed => Status is "Closed" or "Rejected";

    JsonObject Written() => new()
    {
        ["id"] = 7,
        ["subject"] = Title,
        ["description"] = Description,
        ["status"] = new JsonObject { ["id"] = Array.IndexOf(Statuses, Status) + 1, ["name"] = Status, ["is_closed"] = IsClosed },
        ["priority"] = new JsonObject { ["id"] = Array.IndexOf(Priorities, Priority) + 1, ["name"] = Priority },
        ["assigned_to"] = Assignee == 0 ? null : new JsonObject { ["id"] = Assignee, ["name"] = $"User {Assignee}" },
        ["updated_on"] = Moment(changes),
        ["closed_on"] = closedAt is { } at ? ClosedLongAgo ? "2001-01-01T00:00:00Z" : Moment(at) : null,
        ["journals"] = new JsonArray([.. journals.Select(each => (JsonNode)new JsonObject
        {
            ["user"] = new JsonObject { ["name"] = each.Author },
            ["notes"] = each.Field == "notes" ? each.Value : "",
            ["details"] = each.Field == "notes" ? [] : new JsonArray(new JsonObject { ["property"] = "attr", ["name"] = each.Field, ["new_value"] = each.Value }),
        })]),
    };

    static string Moment(int change) => DateTimeOffset.UnixEpoch.AddYears(100).AddSeconds(change).ToString("yyyy-MM-ddTHH:mm:ssZ");

    static HttpResponseMessage Json(string text) => new(HttpStatusCode.OK) { Content = new StringContent(text, Encoding.UTF8, "application/json") };
}

/// <summary>When a Redmine that hangs does so.</summary>
internal enum RedmineHang
{
    Never,
    Before,
    After,
}
