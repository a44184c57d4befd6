using System.Net;
using System.Text.Json.Nodes;

namespace BotDispatch.Tests.Flows.Tickets.Systems;

/// <summary>
/// ServiceNow's Table API as it is documented: a PATCH of a field that an access rule protects is answered with 200, and work_notes have no
/// value.
/// </summary>
internal class PretendServiceNow : PretendSystem
{
    const string Id = "9d385017c611228701d22104cc95c371";

    static readonly Dictionary<string, string> Labels = new() { ["1"] = "New", ["2"] = "In Progress", ["6"] = "Resolved", ["7"] = "Closed" };

    // A sys_id has 32 signs.
    static string Long(string user) => user.PadLeft(32, '0');

    /// <summary>The account sees no journal, neither in the record nor in its own table.</summary>
    public bool HidesJournal { get; set; }

    public override string Name => "ServiceNow";

    public override string Root => "/snow/api/now/table/";

    public override string Reference => "INC0000007";

    public override (string, string, string) Statuses => ("New", "In Progress", "Resolved");

    public override (string, string)? Priorities => ("2 - High", "4 - Low");

    public override string RefusedStatus => "ServiceNow kept the state New and did not set In Progress.";

    public override Dictionary<string, string> Settings => new()
    {
        ["Tickets:ServiceNow:BaseAddress"] = "http://localhost/snow",
        ["Tickets:ServiceNow:UserName"] = "bot",
        ["Tickets:ServiceNow:Password"] = "password",
    };

    protected override HttpResponseMessage? Answer(Request request) => (request.Method, request.Path) switch
    {
        ("GET", "incident") => List(Ticket is HttpStatusCode.OK && request.Query.Contains("INC0000007") || request.Query.Contains(Id)
            ? request.Query.Contains("sysparm_display_value=all") ? Record() : Plain() : null),
        ("PATCH", $"incident/{Id}") => Patch(request.Body!.AsObject()),
        ("GET", "sys_user") => List(request.Query.Contains("email=priya.nair@example.com")
            ? new JsonObject { ["sys_id"] = Long(Priya), ["email"] = "Priya.Nair@example.com" } : request.Query.Contains("email=")
                // A condition that the account may not use is left out, and the first user of all is found.
                ? new JsonObject { ["sys_id"] = Long(Eve), ["email"] = "eve@example.com" } : null),
        ("GET", "sys_choice") => List([.. Labels.Select(each => new JsonObject { ["name"] = "incident", ["label"] = each.Value, ["value"] = each.Key })]),
        ("GET", "sys_journal_field") => List(HidesJournal ? [] : request.Query.Contains("element_id=")
            ? [.. Newest(request, "sysparm_limit").Select(note => new JsonObject { ["element_id"] = Id, ["value"] = note })] : [new JsonObject { ["sys_id"] = "1" }]),
        _ => null,
    };

    HttpResponseMessage Patch(JsonObject fields)
    {
        foreach (var (name, value) in fields)
            switch (name)
            {
                case "state":
                    SetStatus(Labels[value!.GetValue<string>()]);
                    break;
                case "assigned_to":
                    SetAssignee(value!.GetValue<string>().TrimStart('0'));
                    break;
                case "work_notes":
                    AddNote(value!.GetValue<string>());
                    break;
            }
        return Json(new { result = new { sys_id = Id } });
    }

    static HttpResponseMessage List(params JsonObject?[] records) =>
        Json(new JsonObject { ["result"] = new JsonArray([.. records.Where(each => each is not null)]) }.ToJsonString());

    // Display values alone, as a ticket is read.
    JsonObject Plain()
    {
        var plain = new JsonObject { ["sys_id"] = Id, ["short_description"] = Title };
        foreach (var (name, value) in Record())
            plain[name] = value!["display_value"]?.DeepClone();
        return plain;
    }

    JsonObject Record() => new()
    {
        ["sys_id"] = Both(Id, Id),
        ["number"] = Both("INC0000007", "INC0000007"),
        ["state"] = Both(Labels.First(each => each.Value == Status).Key, Status),
        // A resolved incident is active until it is closed.
        ["active"] = Both("true", "true"),
        ["priority"] = Both(Priority[..1], Priority),
        ["assigned_to"] = Assignee is null ? Both("", "") : Both(Long(Assignee), $"User {Assignee}"),
        ["sys_updated_on"] = Both(Moment.Replace('T', ' ').TrimEnd('Z'), ""),
        ["resolved_at"] = IsClosed ? Both(Moment.Replace('T', ' ').TrimEnd('Z'), "") : Both("", ""),
        ["resolved_by"] = IsClosed ? Both("1", WhoClosed ?? "") : Both("", ""),
        ["work_notes"] = Both("", ""),
    };

    static JsonObject Both(string value, string shown) => new() { ["value"] = value, ["display_value"] = shown };
}
