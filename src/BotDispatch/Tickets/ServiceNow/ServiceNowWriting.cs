using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using BotDispatch.Http;
using BotDispatch.Ports;

namespace BotDispatch.Tickets.ServiceNow;

/// <summary>Reads how records stand, and writes into them.</summary>
/// <remarks>
/// https://www.servicenow.com/docs/bundle/zurich-api-reference/page/integrate/inbound-rest/concept/c_TableAPI.html and
/// https://www.servicenow.com/docs/r/api-reference/web-services/retrieving-journal-entries.html. A field that an access rule protects is
/// left out of an answer, and is not changed by a PATCH, both with status 200; so whatever was written is read back. work_notes is a
/// journal: its value is empty, its entries are shown as its display value to some accounts, and are records of sys_journal_field, which
/// other accounts may not see, again with status 200 and an empty list. A state is a number whose label is in the language of the account.
/// A resolved incident stays active until it is closed days later.
/// </remarks>
internal sealed partial class ServiceNowSystem
{
    const string Fields = "sysparm_fields=sys_id,number,state,active,priority,assigned_to,sys_updated_on,closed_at,resolved_at,closed_by,"
        + "resolved_by";
    const string All = "sysparm_display_value=all&sysparm_exclude_reference_link=true";
    const string Journal = "Give BotDispatch's account the right to read sys_journal_field, or to read work_notes of the table.";

    TicketWritten.Refused HiddenNote => new(
        $"Whether {Name} kept the work note cannot be seen, because it shows BotDispatch none.", Journal);

    static readonly string WriteNotes = Write("work_notes");
    static readonly string WriteState = Write("state");
    static readonly string WriteAssignee = Write("assigned_to");

    // The state Resolved of the tables that have one.
    static readonly Dictionary<string, string> Resolved = new(StringComparer.Ordinal)
    {
        ["incident"] = "6",
        ["sn_customerservice_case"] = "6",
        ["problem"] = "106",
    };

    public SystemSettings Settings => settings;

    public int MostAtOnce => 50;

    public async Task<IReadOnlyDictionary<string, TicketReading>> ReadAsync(IReadOnlyList<string> references, CancellationToken ct)
    {
        var reads = client.BeginReads(CheckAsync);
        foreach (var table in reads.ToAsk(references).GroupBy(TableFor, StringComparer.Ordinal))
        {
            await client.TurnAsync(ct);
            var query = $"sysparm_query=numberIN{string.Join(',', table.Select(NumberOf))}&sysparm_limit={MostAtOnce}&{All}&{Fields}";
            var answer = await client.GetAsync($"api/now/table/{table.Key}?{query}", ct);
            await reads.LoseIfRefusedAsync(table, answer, ct);
            if (answer is not SystemAnswer.Content(var body) || body.Field("result") is not { ValueKind: JsonValueKind.Array })
                continue;
            var records = body.List("result").FirstBy(each => Value(each, "number"), StringComparer.OrdinalIgnoreCase);
            foreach (var reference in table)
                if (records.TryGetValue(NumberOf(reference), out var record))
                    reads[reference] = Standing(table.Key, record);
                else
                    await reads.LoseAsync(reference, "it was deleted, or BotDispatch may not look at it any more", ct);
        }
        return reads.Found;
    }

    public async Task<string?> FindWhoClosedAsync(string reference, CancellationToken ct) =>
        await RecordAsync(reference, ct) is { } record ? Shown(record, "closed_by") ?? Shown(record, "resolved_by") : null;

    public async Task<bool?> HasNoteAsync(string reference, string mark, CancellationToken ct) =>
        await RecordAsync(reference, ct) is { } record && Value(record, "sys_id") is { } id
            ? await FindNoteAsync(TableFor(reference), id, mark, ct) switch
            {
                Sight.There => true,
                Sight.NotThere => false,
                _ => null,
            }
            : null;

    public async Task<TicketWritten.Refused?> FindWhyHiddenAsync(string reference, string mark, CancellationToken ct) =>
        await RecordAsync(reference, ct) is { } record && Value(record, "sys_id") is { } id
            && await FindNoteAsync(TableFor(reference), id, mark, ct) is Sight.Hidden ? HiddenNote : null;

    public async Task<TicketWritten> WriteNoteAsync(string reference, string text, string mark, CancellationToken ct)
    {
        var read = await RecordAnswerAsync(reference, ct);
        if (RecordIn(read, reference) is not { } record || Value(record, "sys_id") is not { } id)
            return Gone(read, "the work note", WriteNotes);
        var written = client.Outcome(await PatchAsync(reference, id, "work_notes", text, ct), "the work note", WriteNotes);
        if (written is not TicketWritten.Done)
            return written;
        return await FindNoteAsync(TableFor(reference), id, mark, ct) switch
        {
            Sight.There => written,
            Sight.NotThere => new TicketWritten.Refused($"{Name} did not keep the work note.", WriteNotes),
            Sight.Hidden => HiddenNote,
            _ => new TicketWritten.Unsure($"{Name}: whether it kept the work note could not be read", SystemClient.Retry),
        };
    }

    public async Task<TicketWritten> SetStatusAsync(string reference, string status, CancellationToken ct)
    {
        var read = await RecordAnswerAsync(reference, ct);
        if (RecordIn(read, reference) is not { } record || Value(record, "sys_id") is not { } id)
            return Gone(read, "the state", WriteState);
        var wanted = status.Trim();
        if (IsState(record, wanted))
            return new TicketWritten.Done();
        if (Standing(TableFor(reference), record).IsClosed)
            return new TicketWritten.Refused($"The record is {Shown(record, "state")} in {Name} already, so its state stays so.", "");
        if (!wanted.All(char.IsAsciiDigit))
        {
            var (value, fault) = await StateAsync(TableFor(reference), wanted, ct);
            if (value is null)
                return fault!;
            wanted = value;
        }
        return await client.ChangeAsync(() => PatchAsync(reference, id, "state", wanted, ct), () => RecordAsync(reference, ct),
            after => IsState(after, wanted) || Standing(TableFor(reference), after).IsClosed,
            after => $"the state {Shown(after, "state") ?? "that BotDispatch may not see"} and did not set {status}", "the state",
            "A rule of the table may require further fields for that state. " + WriteState);
    }

    public async Task<TicketWritten> AssignAsync(string reference, TicketAssignee who, CancellationToken ct)
    {
        var (user, fault) = await users.FindAsync(who,
            email => client.GetAsync($"api/now/table/sys_user?sysparm_query=active%3Dtrue%5Eemail%3D{Uri.EscapeDataString(Plain(email))}"
                + "&sysparm_fields=sys_id,email&sysparm_limit=10", ct),
            // A condition that the account may not use is left out of the query, which then finds anybody.
            (body, email) => body.List("result").FirstOrDefault(each =>
                string.Equals(each.Text("email"), email, StringComparison.OrdinalIgnoreCase)).Name("sys_id"));
        if (user is null)
            return fault!;
        var read = await RecordAnswerAsync(reference, ct);
        if (RecordIn(read, reference) is not { } record || Value(record, "sys_id") is not { } id)
            return Gone(read, "the assignee", WriteAssignee);
        return await client.ChangeAsync(() => PatchAsync(reference, id, "assigned_to", user, ct), () => RecordAsync(reference, ct),
            after => Value(after, "assigned_to") == user,
            after => $"{Shown(after, "assigned_to") ?? "nobody"} as assignee and did not assign {who.Name}", "the assignee",
            "The person must be active and a member of the assignment group. " + WriteAssignee);
    }

    // The roles of an account are its own to read. What an access rule allows cannot be asked.
    public async Task<IReadOnlyList<string>> FindMissingRightsAsync(CancellationToken ct) =>
        settings.Writes && settings.WriteNotes && await CanSeeNotesAsync(ct) is Sight.Hidden
            ? [$"{settings.Section}:WriteNotes: work notes cannot be read back if their table shows none either: "
                + SystemSettingsCheck.AsEnd(Journal)] : [];

    enum Sight { There, NotThere, Hidden, Unknown }

    async Task<Sight> FindNoteAsync(string table, string id, string mark, CancellationToken ct)
    {
        var core = NoteText.Core(mark);
        var record = $"api/now/table/{table}?sysparm_query=sys_id%3D{id}&sysparm_fields=sys_id,work_notes&sysparm_limit=1&{All}";
        // The shown value is all work notes of the record in one text.
        if (await client.GetNotesAsync(record, ct) is not SystemAnswer.Content(var shown))
            return Sight.Unknown;
        if (shown.List("result").FirstOrDefault() is { ValueKind: JsonValueKind.Object } found
            && Shown(found, "work_notes") is { } notes)
            return notes.Contains(core, StringComparison.Ordinal) ? Sight.There : Sight.NotThere;
        var query = $"sysparm_query=element_id%3D{id}%5Eelement%3Dwork_notes%5EORDERBYDESCsys_created_on";
        var isEmpty = true;
        return await client.HasNoteAsync(
            size => [$"api/now/table/sys_journal_field?{query}&sysparm_fields=element_id,value&sysparm_limit={size}"],
            journal => journal.List("result").Where(each => each.Text("element_id") == id),
            each => !(isEmpty = false) && each.Text("value")?.Contains(core, StringComparison.Ordinal) is true, ct) switch
        {
            true => Sight.There,
            null => Sight.Unknown,
            false => isEmpty ? await CanSeeNotesAsync(ct) : Sight.NotThere,
        };
    }

    // To an account that sees no journal at all, an empty list says nothing about this one.
    async Task<Sight> CanSeeNotesAsync(CancellationToken ct) =>
        await client.GetAsync("api/now/table/sys_journal_field?sysparm_fields=sys_id&sysparm_limit=1", ct) switch
        {
            SystemAnswer.Content(var any) => any.List("result").Any() ? Sight.NotThere : Sight.Hidden,
            SystemAnswer.Forbidden => Sight.Hidden,
            _ => Sight.Unknown,
        };

    // The states of a table, or else those that it has from the table task.
    async Task<(string? Value, TicketWritten? Fault)> StateAsync(string table, string label, CancellationToken ct)
    {
        var answer = await client.GetAsync($"api/now/table/sys_choice?sysparm_query=element%3Dstate%5EnameIN{table},task%5Einactive%3Dfalse"
            + "&sysparm_fields=name,label,value&sysparm_limit=200", ct);
        if (answer is not SystemAnswer.Content(var body))
            return (null, client.Unreadable(answer, "its states", "the state", $"Write the number of the state as {Setting}."));
        var choices = body.List("result").Where(each => each.Name("value") is not null && each.Name("label") is not null)
            .OrderByDescending(each => each.Text("name") == table).ToList();
        return choices.Find(each => string.Equals(each.Text("label"), label, StringComparison.OrdinalIgnoreCase)).Text("value") is { } value
            ? (value, null)
            : (null, new TicketWritten.Refused($"{Name} has no state named {label} in {table}.", choices.Count == 0
                ? $"Write the number of the state as {Setting}, because BotDispatch's account may not read sys_choice."
                : $"Correct {Setting}: {string.Join(", ", choices.Select(each => each.Text("label")).Distinct())}."));
    }

    static string Write(string field) =>
        $"Give BotDispatch's account the role itil, or a rule of access that lets it write {field} of the table.";

    string Setting => $"{settings.Section}:StatusOnAccepted";

    Task<SystemAnswer> PatchAsync(string reference, string id, string field, string value, CancellationToken ct) => client.SendAsync(
        HttpMethod.Patch, $"api/now/table/{TableFor(reference)}/{id}?sysparm_fields=sys_id", new JsonObject { [field] = value }, ct);

    Task<SystemAnswer> RecordAnswerAsync(string reference, CancellationToken ct) => client.GetAsync(
        $"api/now/table/{TableFor(reference)}?sysparm_query=number%3D{Uri.EscapeDataString(NumberOf(reference))}&sysparm_limit=2&{All}&"
        + Fields, ct);

    async Task<JsonElement?> RecordAsync(string reference, CancellationToken ct) =>
        RecordIn(await RecordAnswerAsync(reference, ct), reference);

    JsonElement? RecordIn(SystemAnswer answer, string reference) => answer is SystemAnswer.Content(var body)
        && body.List("result").FirstOrDefault(each =>
            string.Equals(Value(each, "number"), NumberOf(reference), StringComparison.OrdinalIgnoreCase))
            is { ValueKind: JsonValueKind.Object } record ? record : null;

    TicketWritten Gone(SystemAnswer answer, string what, string permission) => client.Outcome(
        answer is SystemAnswer.Content(var body) && body.Field("result") is { ValueKind: JsonValueKind.Array } ? new SystemAnswer.Missing()
            : answer is SystemAnswer.Content ? new SystemAnswer.Failed("the record could not be read") : answer, what, permission);

    string TableFor(string reference) => TableOf(NumberOf(reference));

    static TicketReading.Standing Standing(string table, JsonElement record) => new(
        Shown(record, "state") ?? "?",
        Value(record, "active") == "false" || (Resolved.TryGetValue(table, out var resolved) && Value(record, "state") == resolved),
        Value(record, "assigned_to"), Shown(record, "assigned_to"), Shown(record, "priority"),
        // 1 is the most urgent.
        double.TryParse(Value(record, "priority"), CultureInfo.InvariantCulture, out var priority) ? -priority : null,
        Value(record, "sys_updated_on") ?? "", DateOf(record, "closed_at") ?? DateOf(record, "resolved_at"),
        Value(record, "state"));

    static bool IsState(JsonElement record, string state) => Value(record, "state") == state
        || string.Equals(Shown(record, "state"), state, StringComparison.OrdinalIgnoreCase);

    static string? Value(JsonElement record, string field) => record.Name(field, "value");

    static string? Shown(JsonElement record, string field) => record.Name(field, "display_value");

    static DateTimeOffset? DateOf(JsonElement record, string field) => DateTimeOffset.TryParse(Value(record, field),
        CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at) ? at : null;

    static string Plain(string text) => text.Replace("^", "", StringComparison.Ordinal);
}
