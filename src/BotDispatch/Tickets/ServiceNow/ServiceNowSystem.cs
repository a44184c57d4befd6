using System.Text.Json;
using System.Text.RegularExpressions;
using BotDispatch.Core;
using BotDispatch.Http;
using BotDispatch.Ports;

namespace BotDispatch.Tickets.ServiceNow;

/// <summary>The records of ServiceNow's task tables, by the Table API.</summary>
/// <remarks>
/// https://www.servicenow.com/docs/bundle/zurich-api-reference/page/integrate/inbound-rest/concept/c_TableAPI.html. A condition with a
/// field that does not exist is left out of the query, which then finds any record, so the number in the answer is compared with the one
/// that was asked for.
/// </remarks>
internal sealed partial class ServiceNowSystem : ITicketWriter
{
    const int UsualDigits = 7;

    static readonly Dictionary<string, string> Usual = new(StringComparer.OrdinalIgnoreCase)
    {
        ["INC"] = "incident",
        ["CHG"] = "change_request",
        ["PRB"] = "problem",
        ["RITM"] = "sc_req_item",
        ["REQ"] = "sc_request",
        ["SCTASK"] = "sc_task",
        ["TASK"] = "task",
        ["CTASK"] = "change_task",
        ["PTASK"] = "problem_task",
        ["WO"] = "wm_order",
        ["WOT"] = "wm_task",
        ["CS"] = "sn_customerservice_case",
        ["FACREQ"] = "facilities_request",
    };

    readonly Dictionary<string, string> tables;
    readonly ServiceNowOptions settings;
    readonly SystemClient client;
    readonly WebPage pages;
    readonly TicketTemplates templates;
    readonly SystemUsers users;

    public ServiceNowSystem(ServiceNowOptions settings, SystemClients clients)
    {
        this.settings = settings;
        tables = new(Usual, StringComparer.OrdinalIgnoreCase);
        foreach (var (prefix, table) in settings.Tables)
            tables[prefix] = table;
        client = clients.For(new(Name, settings.Root, settings.Section + ":BaseAddress", settings.Section + ":Password",
            headers => headers.Authorization = Credentials.Basic(settings.UserName, settings.Password)));
        pages = new(settings.Root);
        users = new(settings, "the sys_id of the user in ServiceNow");
        templates = new(settings, "{short_description}", "{description}\nRequester: {caller_id ?? requested_for ?? opened_by}",
            "{priority}", "{location}");
    }

    public string Name => settings.Called;

    public string Host => client.Host;

    public Uri Root => settings.Root;

    public IReadOnlyList<ReferenceForm> Forms =>
        [.. tables.Keys.Select(each => new ReferenceForm($"{settings.Section}:Prefix", $"{settings.Prefix}{each}0010023"))];

    public static bool IsTable(string prefix, string table) => Prefix().IsMatch(prefix) && Table().IsMatch(table);

    public string? ReferenceIn(string text) => WithPrefix(OfLink(text) ?? OfNumber(TypedText.Behind(text, settings.Prefix)));

    // The system itself knows nothing of our prefix.
    public string? OwnReferenceIn(string text) => WithPrefix(OfNumber(text)) ?? ReferenceIn(text);

    // A link names a record by its number, or by its id alone: then the number is read with it.
    string? OfLink(string text) => pages.Find(text, NumberInLink()) is { } number ? OfNumber(number)
        : pages.PathIn(text) is { } path && Record().Match(path) is { Success: true } record
            ? $"{record.Groups["table"].Value}/{record.Groups["id"].Value}".ToLowerInvariant() : null;

    string? OfNumber(string? text) => text is null ? null
        : Number().Match(text) is { Success: true } found && tables.ContainsKey(found.Groups["prefix"].Value)
            ? found.Groups["prefix"].Value.ToUpperInvariant() + found.Groups["number"].Value.TrimStart('0').PadLeft(UsualDigits, '0')
        : RecordAlone().IsMatch(text) ? text.ToLowerInvariant() : null;

    string? WithPrefix(string? own) => own is null ? null : settings.Prefix + own;

    // What ServiceNow itself calls the ticket.
    string NumberOf(string reference) => reference[settings.Prefix.Length..];

    public Task<FoundTicket> FindAsync(string reference, CancellationToken ct)
    {
        var own = NumberOf(reference);
        var query = own.Split('/') is [var table, var id]
            ? $"api/now/table/{table}?sysparm_query=sys_id%3D{id}"
            : $"api/now/table/{table = TableOf(own)}?sysparm_query=number%3D{own}";
        return client.FindAsync($"{query}&sysparm_display_value=true&sysparm_exclude_reference_link=true&sysparm_limit=2",
            body => body.List("result").FirstOrDefault(each => each.Text("number") is { } number
                && (number.Equals(own, StringComparison.OrdinalIgnoreCase)
                    || each.Text("sys_id") == own.Split('/')[^1])) is { ValueKind: JsonValueKind.Object } record
                ? new FoundTicket.Found(Read(table, record))
                : body.Field("result") is { ValueKind: JsonValueKind.Array } ? new FoundTicket.Unknown()
                    : new FoundTicket.Unavailable($"{Name} answered with something that is no list"),
            CheckAsync, ct);
    }

    public Task<IReadOnlyList<Ticket>?> ListAsync(string words, int most, CancellationToken ct)
    {
        var title = words.Length == 0 ? "" : $"^short_descriptionLIKE{words.Replace("^", " ", StringComparison.Ordinal)}";
        var query = Uri.EscapeDataString($"active=true{title}^ORDERBYDESCsys_updated_on");
        return client.ListAsync<IReadOnlyList<Ticket>>(
            $"api/now/table/incident?sysparm_query={query}&sysparm_display_value=true&sysparm_exclude_reference_link=true"
            + $"&sysparm_limit={most}&sysparm_fields=number,short_description,priority,location,sys_id",
            body => [.. body.List("result").Where(record => record.Name("number") is not null).Select(record => Read("incident", record))],
                ct);
    }

    public Task<SystemCheck> CheckAsync(CancellationToken ct) => client.CheckAsync(
        "api/now/table/sys_user?sysparm_query=user_name%3D"
        + Uri.EscapeDataString(settings.UserName.Replace("^", "", StringComparison.Ordinal))
        + "&sysparm_fields=user_name&sysparm_limit=1",
        // An account may be kept from the table of users and still read tickets: what counts is that its credentials are accepted.
        body => body.Field("result") is { ValueKind: JsonValueKind.Array } ? settings.UserName : null, ct);

    string TableOf(string number) => tables.GetValueOrDefault(new string([.. number.TakeWhile(char.IsAsciiLetter)]), "task");

    Ticket Read(string table, JsonElement record) => templates.Fill(WithPrefix(record.Text("number"))!, record,
        record.Name("sys_id") is { } id ? $"{settings.Root}nav_to.do?uri={Uri.EscapeDataString($"{table}.do?sys_id={id}")}" : null);

    [GeneratedRegex("^[A-Za-z]{1,10}$", RegexOptions.CultureInvariant)]
    private static partial Regex Prefix();

    [GeneratedRegex("^[a-z][a-z0-9_]{1,79}$", RegexOptions.CultureInvariant)]
    private static partial Regex Table();

    [GeneratedRegex("^(?<prefix>[a-z]{2,10}) ?-? ?(?<number>[0-9]{3,12})$", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Number();

    [GeneratedRegex("number=([a-z]{2,10}[0-9]{3,12})(?![a-z0-9])", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex NumberInLink();

    [GeneratedRegex(@"(?:^|[/=])(?<table>[a-z][a-z0-9_]{1,79})(?:\.do\?(?:.*&)?sys_id=|/)(?<id>[0-9a-f]{32})(?![0-9a-f])",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Record();

    [GeneratedRegex("^[a-z][a-z0-9_]{1,79}/[0-9a-f]{32}$", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex RecordAlone();
}
