using System.Net;
using System.Text.Json.Nodes;

namespace BotDispatch.Tests.Flows.Tickets.Systems;

/// <summary>GitLab's issues as they are documented: what an account may not do is dropped with status 200, and what it may not see is 404.</summary>
internal sealed class PretendGitLab : PretendSystem
{
    /// <summary>The id of the issue in the project to which it was moved. GitLab closes the one that stays behind.</summary>
    public int? MovedTo { get; set; }

    public override string Name => "GitLab";

    public override string Root => "/gitlab/api/v4/";

    public override string Reference => "#7";

    public override (string, string, string) Statuses => ("opened", "in progress", "closed");

    public override (string, string)? Priorities => ("HIGH", "LOW");

    public override string RefusedStatus => "GitLab kept its labels and did not add in progress.";

    public override Dictionary<string, string> Settings => new()
    {
        ["Tickets:GitLab:BaseAddress"] = "http://localhost/gitlab",
        ["Tickets:GitLab:Token"] = "token",
        ["Tickets:GitLab:Projects:0"] = "acme/facilities",
    };

    protected override HttpResponseMessage? Answer(Request request)
    {
        const string Project = "projects/acme%2Ffacilities";
        const string Issue = Project + "/issues/7";
        return (request.Method, request.Path) switch
        {
            ("GET", "user") => Json(new { username = "bot" }),
            ("GET", Project + "/issues") => Json(Ticket is HttpStatusCode.OK && request.Query.Contains("iids[]=7") ? new JsonArray(Written()).ToJsonString() : "[]"),
            (_, var path) when path.StartsWith(Issue, StringComparison.Ordinal) && Ticket is not HttpStatusCode.OK => Json(new { message = "404 Not found" }, Ticket),
            ("GET", Issue) => Json(Written().ToJsonString()),
            ("GET", Issue + "/notes") => Json(Newest(request, "per_page").Select(note => new { body = note, system = false })),
            ("POST", Issue + "/notes") => Note(request.Body!["body"]!.GetValue<string>()),
            ("PUT", Issue) => Put(request.Body!),
            // The email of a user is hidden, and finds them all the same.
            ("GET", "users") => Json(request.Query.Contains("search=priya.nair@example.com") ? $$"""[{"id":{{Priya}},"name":"Priya Nair","public_email":null}]""" : "[]"),
            _ => null,
        };
    }

    HttpResponseMessage Note(string markdown)
    {
        markdown.Split('\n').ShouldAllBe(line => !line.StartsWith('/'), "a line with a slash is a command");
        AddNote(markdown.Replace("\\", "").Replace("\u2060", "").Replace("  \n", "\n"));
        return Json(new { id = 1 }, HttpStatusCode.Created);
    }

    HttpResponseMessage Put(JsonNode fields)
    {
        if (fields["add_labels"] is { } label)
            SetStatus(label.GetValue<string>());
        if (fields["state_event"] is { } change)
            SetStatus(change.GetValue<string>() + "d");
        if (fields["assignee_ids"] is { } ids)
            SetAssignee(ids.AsArray().ShouldHaveSingleItem()!.ToString());
        return Json(Written().ToJsonString());
    }

    JsonObject Written() => new()
    {
        ["iid"] = 7,
        ["title"] = Title,
        ["state"] = IsClosed ? "closed" : "opened",
        ["labels"] = IsClosed || Status == "opened" ? [] : new JsonArray(Status),
        ["assignees"] = Assignee is null ? [] : new JsonArray(new JsonObject { ["id"] = int.Parse(Assignee), ["name"] = $"User {Assignee}" }),
        ["severity"] = Priority,
        ["updated_at"] = Moment,
        ["closed_at"] = IsClosed ? Moment : null,
        ["closed_by"] = IsClosed ? new JsonObject { ["name"] = WhoClosed } : null,
        ["moved_to_id"] = MovedTo,
    };
}
