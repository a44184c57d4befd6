using System.Net;
using System.Text.Json.Nodes;

namespace BotDispatch.Tests.Flows.Tickets.Systems;

/// <summary>Zendesk's Ticketing API as it is documented.</summary>
internal sealed class PretendZendesk : PretendSystem
{
    /// <summary>How many safe updates come too late.</summary>
    public int Conflicts { get; set; }

    /// <summary>Zendesk itself adds closed_by_merge to a ticket that it closes because it was merged into another one.</summary>
    public string[] Tags { get; set; } = [];

    public override string Name => "Zendesk";

    public override string Root => "/zendesk/api/v2/";

    public override string Reference => "#7";

    public override (string, string, string) Statuses => ("new", "open", "solved");

    public override (string, string)? Priorities => ("urgent", "normal");

    public override Dictionary<string, string> Settings => new()
    {
        ["Tickets:Zendesk:BaseAddress"] = "http://localhost/zendesk",
        ["Tickets:Zendesk:Email"] = "bot@example.com",
        ["Tickets:Zendesk:ApiToken"] = "token",
    };

    protected override HttpResponseMessage? Answer(Request request) => (request.Method, request.Path) switch
    {
        ("GET", "users/me.json") => Json(new { user = new { id = 5, name = "Bot", role = "agent" } }),
        ("GET", "tickets/show_many.json") => Json(new JsonObject
        {
            ["tickets"] = Ticket is HttpStatusCode.OK && request.Query.Contains("ids=7") ? new JsonArray(Written()) : [],
            ["users"] = Users(),
        }.ToJsonString()),
        (_, var path) when path.StartsWith("tickets/7", StringComparison.Ordinal) && Ticket is not HttpStatusCode.OK =>
            Json(new { error = "RecordNotFound", description = "Not found" }, Ticket),
        ("GET", "tickets/7.json") => Json(new JsonObject { ["ticket"] = Written(), ["users"] = Users() }.ToJsonString()),
        ("GET", "tickets/7/comments.json") => Json(new { comments = Newest(request, "page[size]").Select(note => new { body = note, @public = false }) }),
        ("GET", "tickets/7/audits.json") => Json(new { audits = new[] { new { author_id = 9, events = new[] { new { field_name = "status", value = "solved" } } } } }),
        ("GET", "users/9.json") => Json(new { user = new { name = WhoClosed } }),
        ("GET", "users/search.json") => Json(new
        {
            users = request.Query.Contains("email:\"priya.nair@example.com\"")
            ? new[] { new { id = int.Parse(Priya), role = "agent", email = "priya.nair@example.com" } } : []
        }),
        ("PUT", "tickets/7.json") => Put(request.Body!["ticket"]!.AsObject()),
        _ => null,
    };

    HttpResponseMessage Put(JsonObject fields)
    {
        if (Status == "closed")
            return Json("""{"error":"RecordInvalid","description":"Record validation errors","details":{"status":[{"description":"Status: closed prevents ticket update"}]}}""", HttpStatusCode.UnprocessableEntity);
        if (fields["safe_update"]?.GetValue<bool>() is true && (Conflicts > 0 || fields["updated_stamp"]!.GetValue<string>() != Moment))
        {
            Conflicts--;
            return Json("""{"error":"UpdateConflict","description":"Safe Update prevented the update due to outdated ticket data."}""", HttpStatusCode.Conflict);
        }
        if (fields["comment"] is { } comment)
        {
            comment["public"]!.GetValue<bool>().ShouldBeFalse("the requester is mailed otherwise");
            AddNote(comment["body"]!.GetValue<string>());
        }
        if (fields["status"] is { } status)
            SetStatus(status.GetValue<string>());
        if (fields["assignee_id"] is { } assignee)
            SetAssignee(assignee.ToString());
        return Json(new JsonObject { ["ticket"] = Written() }.ToJsonString());
    }

    static JsonArray Users() => [.. new[] { Priya, Eve }.Select(id => (JsonNode)new JsonObject { ["id"] = int.Parse(id), ["name"] = $"User {id}" })];

    JsonObject Written() => new()
    {
        ["id"] = 7,
        ["subject"] = Title,
        ["status"] = Status,
        ["priority"] = Priority,
        ["assignee_id"] = Assignee is null ? null : int.Parse(Assignee),
        ["updated_at"] = Moment,
        ["tags"] = new JsonArray([.. Tags.Select(tag => (JsonNode)tag)]),
    };
}
