using System.Net;
using System.Text.Json.Nodes;

namespace BotDispatch.Tests.Flows.Tickets.Systems;

/// <summary>GitHub's issues as they are documented: what cannot be assigned is left out of a 201, and an ETag that holds is a 304.</summary>
internal class PretendGitHub : PretendSystem
{
    /// <summary>The repository to which the issue was transferred. The address of the old one leads there.</summary>
    public string? TransferredTo { get; set; }

    /// <summary>How many answers were 304.</summary>
    public int Unchanged { get; private set; }

    public override string Name => "GitHub";

    public override string Root => "/github/api/v3/";

    public override string Reference => "#7";

    public override (string, string, string) Statuses => ("open", "in progress", "closed");

    public override (string, string)? Priorities => null;

    public override string RefusedStatus => "GitHub kept its labels and did not add in progress.";

    public override Dictionary<string, string> Settings => new()
    {
        ["Tickets:GitHub:BaseAddress"] = "http://localhost/github",
        ["Tickets:GitHub:Token"] = "token",
        ["Tickets:GitHub:Repositories:0"] = "acme/facilities",
        ["Tickets:GitHub:Users:priya.nair@example.com"] = Priya,
    };

    protected override HttpResponseMessage? Answer(Request request)
    {
        const string Issue = "repos/acme/facilities/issues/7";
        return (request.Method, request.Path) switch
        {
            ("GET", "user") => Json(new { login = "bot" }),
            (_, var path) when path.StartsWith(Issue, StringComparison.Ordinal) && Ticket is not HttpStatusCode.OK => Json(new { message = "Not Found" }, Ticket),
            ("GET", "repos/acme/facilities") => Json(new { full_name = "acme/facilities" }),
            ("GET", Issue) when TransferredTo is not null => Json(new { number = 5, title = Title, state = "open", repository_url = $"https://api.github.com/repos/{TransferredTo}" }),
            ("GET", Issue) when request.IfNoneMatch == ETag => NotChanged(),
            ("GET", Issue) => Tagged(Json(Written().ToJsonString())),
            ("GET", Issue + "/comments") => Json(Notes.Chunk(Number(request, "per_page")).ElementAtOrDefault(Number(request, "page") - 1)?.Select(note => new { body = note }) ?? []),
            ("POST", Issue + "/comments") => Comment(request.Body!["body"]!.GetValue<string>()),
            ("POST", Issue + "/labels") => Label(request.Body!["labels"]![0]!.GetValue<string>()),
            ("PATCH", Issue) => Patch(request.Body!),
            ("POST", Issue + "/assignees") => Assign(request.Body!["assignees"]![0]!.GetValue<string>()),
            _ => null,
        };
    }

    string ETag => $"W/\"{Changes}\"";

    HttpResponseMessage NotChanged()
    {
        Unchanged++;
        return new(HttpStatusCode.NotModified);
    }

    HttpResponseMessage Tagged(HttpResponseMessage answer)
    {
        answer.Headers.TryAddWithoutValidation("ETag", ETag);
        return answer;
    }

    HttpResponseMessage Comment(string markdown)
    {
        // As it is shown: a backslash makes the next sign plain, and a word joiner is invisible.
        AddNote(markdown.Replace("\\", "").Replace("\u2060", "").Replace("  \n", "\n"));
        return Json(new { id = 1 }, HttpStatusCode.Created);
    }

    HttpResponseMessage Label(string label)
    {
        SetStatus(label);
        return Json("[]");
    }

    HttpResponseMessage Patch(JsonNode fields)
    {
        fields["state_reason"]!.GetValue<string>().ShouldBe("completed");
        SetStatus(fields["state"]!.GetValue<string>());
        return Json(Written().ToJsonString());
    }

    HttpResponseMessage Assign(string login)
    {
        SetAssignee(login);
        return Json(Written().ToJsonString(), HttpStatusCode.Created);
    }

    JsonObject Written() => new()
    {
        ["number"] = 7,
        ["title"] = Title,
        ["body"] = Description,
        ["user"] = new JsonObject { ["login"] = "dana" },
        ["state"] = IsClosed ? "closed" : "open",
        ["state_reason"] = IsClosed ? "completed" : null,
        ["labels"] = IsClosed || Status == "open" ? [] : new JsonArray(new JsonObject { ["name"] = Status }),
        ["assignees"] = Assignee is null ? [] : new JsonArray(new JsonObject { ["login"] = Assignee }),
        ["comments"] = Notes.Count,
        ["updated_at"] = Moment,
        ["closed_at"] = IsClosed ? Moment : null,
        ["closed_by"] = IsClosed ? new JsonObject { ["login"] = WhoClosed } : null,
    };
}
