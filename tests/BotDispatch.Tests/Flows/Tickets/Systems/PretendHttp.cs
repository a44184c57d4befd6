using System.Net;
using System.Text.Json.Nodes;

namespace BotDispatch.Tests.Flows.Tickets.Systems;

/// <summary>A system of some other maker, which the settings describe.</summary>
internal sealed class PretendHttp : PretendSystem
{
    public override string Name => "Helpdesk";

    public override string Root => "/desk/api/";

    public override string Reference => "TKT-7";

    public override (string, string, string) Statuses => ("waiting", "in work", "over");

    public override (string, string)? Priorities => ("big", "small");

    public override bool SaysWhoClosed => false;

    public override Dictionary<string, string> Settings => new()
    {
        ["Tickets:Http:BaseAddress"] = "http://localhost/desk",
        ["Tickets:Http:Name"] = "Helpdesk",
        ["Tickets:Http:Pattern"] = @"TKT-(\d+)",
        ["Tickets:Http:TicketPath"] = "api/tickets/{number}",
        ["Tickets:Http:CheckPath"] = "api/me",
        ["Tickets:Http:Title"] = "{name}",
        ["Tickets:Http:Priority"] = "{size}",
        ["Tickets:Http:PriorityOrder:0"] = "small",
        ["Tickets:Http:PriorityOrder:1"] = "big",
        ["Tickets:Http:Status"] = "{state.title}",
        ["Tickets:Http:ClosedStatuses:0"] = "over",
        ["Tickets:Http:Assignee"] = "{worker}",
        ["Tickets:Http:NotePath"] = "api/tickets/{number}/notes",
        ["Tickets:Http:NoteBody"] = """{"note":{"html":false,"words":"{text}"}}""",
        ["Tickets:Http:NotesPath"] = "api/tickets/{number}/notes",
        ["Tickets:Http:ChangeMethod"] = "PUT",
        ["Tickets:Http:StatusBody"] = """{"state":{"title":"{status}"}}""",
        ["Tickets:Http:AssigneeBody"] = """{"workers":["{user}"]}""",
        ["Tickets:Http:Users:priya.nair@example.com"] = Priya,
    };

    protected override HttpResponseMessage? Answer(Request request) => (request.Method, request.Path) switch
    {
        ("GET", "me") => Json(new { }),
        _ when Ticket is not HttpStatusCode.OK => null,
        ("GET", "tickets/7") => Json(Written()),
        ("PUT", "tickets/7") => Put(request.Body!),
        ("GET", "tickets/7/notes") => Json(new { all = Notes }),
        ("POST", "tickets/7/notes") => Note(request.Body!["note"]!["words"]!.GetValue<string>()),
        _ => null,
    };

    HttpResponseMessage Put(JsonNode body)
    {
        if (body["state"] is { } state)
            SetStatus(state["title"]!.GetValue<string>());
        if (body["workers"] is { } workers)
            SetAssignee(workers[0]!.GetValue<string>());
        return Status204;
    }

    HttpResponseMessage Note(string words)
    {
        AddNote(words);
        return Json("""{"stored":true}""", HttpStatusCode.Accepted);
    }

    object Written() => new { name = Title, state = new { title = Status }, worker = Assignee, size = Priority };
}
