using System.Net;
using System.Text.Json.Nodes;

namespace BotDispatch.Tests.Flows.Tickets.Systems;

/// <summary>Jira as Atlassian documents it: the Cloud by REST API 3, or Data Center by REST API 2.</summary>
internal class PretendJira : PretendSystem
{
    static readonly string[] Order = ["Highest", "High", "Medium", "Low"];

    protected virtual bool IsCloud => true;

    /// <summary>The screen of each transition requires a field.</summary>
    public bool RequiresResolution { get; init; }

    /// <summary>The issue's key once it was moved to another project; it answers under its old key as well, in a list it does not.</summary>
    public string? MovedTo { get; set; }

    /// <summary>How a search is answered; null if as usual.</summary>
    public Func<HttpResponseMessage>? InsteadOfIssues { get; set; }

    public override string Name => "Jira";

    public override string Root => "/jira";

    public override string SettingsSection => "Tickets:Jira";

    public override string Reference => "OPS-7";

    public override (string, string, string) Statuses => ("To Do", "In Progress", "Done");

    public override (string, string)? Priorities => ("High", "Low");

    public override Dictionary<string, string> Settings => new()
    {
        ["Tickets:Jira:BaseAddress"] = "http://localhost/jira",
        ["Tickets:Jira:ApiToken"] = "token",
        ["Tickets:Jira:Email"] = IsCloud ? "bot@example.com" : "",
    };

    string Api => IsCloud ? "/rest/api/3" : "/rest/api/2";

    string UserId => IsCloud ? "accountId" : "name";

    protected override HttpResponseMessage? Answer(Request request)
    {
        if (!request.Path.StartsWith(Api, StringComparison.Ordinal))
            return null;
        return (request.Method, request.Path[Api.Length..]) switch
        {
            ("GET", "/myself") => Json(new { displayName = "Bot" }),
            ("GET", "/priority/search") when IsCloud => Json(new { values = Order.Select((name, n) => new { id = $"{n}", name }) }),
            ("GET", "/priority") when !IsCloud => Json(Order.Select((name, n) => new { id = $"{n}", name })),
            ("POST", "/issue/bulkfetch" or "/search") when InsteadOfIssues is not null => InsteadOfIssues(),
            ("POST", "/issue/bulkfetch") when IsCloud => Json(new JsonObject
            {
                ["issues"] = Ticket is HttpStatusCode.OK && request.Body!["issueIdsOrKeys"]!.AsArray().Any(each => each!.GetValue<string>() == Now) ? new JsonArray(Issue()) : [],
                ["issueErrors"] = new JsonArray(),
            }.ToJsonString()),
            // A search without validateQuery = false is refused for a key that does not exist.
            ("POST", "/search") when !IsCloud => Ticket is not HttpStatusCode.OK && request.Body!["validateQuery"]?.GetValue<bool>() is not false
                ? Json(new { errorMessages = new[] { "An issue with key 'OPS-7' does not exist for field 'key'." } }, HttpStatusCode.BadRequest)
                : Json(new JsonObject { ["issues"] = Ticket is HttpStatusCode.OK && $"{request.Body!["jql"]}".Contains($"\"{Now}\"") ? new JsonArray(Issue()) : [] }.ToJsonString()),
            (_, var path) when path.StartsWith("/issue/OPS-7", StringComparison.Ordinal) && Ticket is not HttpStatusCode.OK =>
                Json(new { errorMessages = new[] { "Issue does not exist or you do not have permission to see it." } }, Ticket),
            ("GET", "/issue/OPS-7") => Json(Issue().ToJsonString()),
            ("GET", "/issue/OPS-7/transitions") => Json(new
            {
                transitions = new[]
                {
                    new { id = "11", name = "Back", to = new { name = "To Do" } }, new { id = "21", name = "Start work", to = new { name = "In Progress" } },
                    new { id = "31", name = "Finish", to = new { name = "Done" } },
                },
            }),
            ("POST", "/issue/OPS-7/transitions") => Transition($"{request.Body!["transition"]!["id"]}"),
            ("POST", "/issue/OPS-7/comment") => Comment(request.Body!["body"]!, request.Body["properties"]![0]!["value"]!["internal"]!.GetValue<bool>()),
            ("GET", "/issue/OPS-7/comment") => Json(new { comments = Newest(request, "maxResults").Select(note => new { body = note }) }),
            ("GET", "/user/assignable/search") => Json(request.Query.Contains($"{(IsCloud ? "query" : "username")}=priya.nair@example.com")
                ? $$"""[{"{{UserId}}":"{{Priya}}","displayName":"Priya Nair"}]""" : "[]"),
            ("PUT", "/issue/OPS-7/assignee") => Assign(request.Body![UserId]),
            _ => null,
        };
    }

    string Now => MovedTo ?? "OPS-7";

    HttpResponseMessage Transition(string id)
    {
        if (RequiresResolution)
            return Json(new { errorMessages = Array.Empty<string>(), errors = new { resolution = "Resolution is required." } }, HttpStatusCode.BadRequest);
        SetStatus(id switch { "21" => "In Progress", "31" => "Done", _ => "To Do" });
        return Status204;
    }

    HttpResponseMessage Comment(JsonNode body, bool isInternal)
    {
        isInternal.ShouldBeTrue("the customer of a service desk is mailed otherwise");
        if (body is not JsonObject document)
            AddNote(body.GetValue<string>().Replace("\\", ""));
        else
            AddNote(string.Concat(document["content"]![0]!["content"]!.AsArray().Select(node => $"{node!["text"] ?? "\n"}")));
        return Json(new { id = "1" }, HttpStatusCode.Created);
    }

    HttpResponseMessage Assign(JsonNode? id)
    {
        if (id is null)
            return Json(new { errorMessages = Array.Empty<string>(), errors = new { assignee = "User does not exist." } }, HttpStatusCode.BadRequest);
        SetAssignee(id.GetValue<string>());
        return Status204;
    }

    JsonObject Issue() => new()
    {
        ["key"] = Now,
        ["fields"] = new JsonObject
        {
            ["summary"] = Title,
            ["status"] = new JsonObject { ["name"] = Status, ["statusCategory"] = new JsonObject { ["key"] = IsClosed ? "done" : "new" } },
            ["assignee"] = Assignee is null ? null : new JsonObject { [UserId] = Assignee, ["displayName"] = $"User {Assignee}" },
            ["priority"] = new JsonObject { ["id"] = $"{Array.IndexOf(Order, Priority)}", ["name"] = Priority },
            ["updated"] = Moment.Replace("Z", ".000+0000"),
            ["resolutiondate"] = IsClosed ? Moment.Replace("Z", ".000+0000") : null,
        },
        ["changelog"] = new JsonObject
        {
            ["histories"] = new JsonArray(new JsonObject
            {
                ["created"] = Moment.Replace("Z", ".000+0000"),
                ["author"] = new JsonObject { ["displayName"] = WhoClosed },
                ["items"] = new JsonArray(new JsonObject { ["field"] = "status" }),
            }),
        },
    };
}

internal sealed class PretendJiraDataCenter : PretendJira
{
    protected override bool IsCloud => false;
}
