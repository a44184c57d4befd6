using System.Text.RegularExpressions;
using BotDispatch.Settings;
using Microsoft.Extensions.Options;

namespace BotDispatch.Tickets.AnyHttp;

/// <summary>How any other ticket system is asked that answers to GET with JSON. Section <c>Tickets:Http</c>.</summary>
internal sealed class HttpOptions() : SystemSettings("Http", AnyName)
{
    const string AnyName = "The ticket system";

    /// <summary>The name of the system for people.</summary>
    public string Name { get; set; } = AnyName;

    public override string Called => OwnName.Length > 0 && Name == AnyName ? OwnName : Name;

    /// <summary>Headers of every request, by name; never logged, because one of them contains the credentials.</summary>
    public IDictionary<string, string> Headers { get; set; } = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);

    /// <summary>
    /// A regular expression that a whole reference matches, in any case. Its first group is <c>{number}</c> in the templates.
    /// </summary>
    public string Pattern { get; set; } = "";

    /// <summary>
    /// One reference that <see cref="Pattern"/> matches. Several systems of this kind are compared by it at the start if no reference can
    /// be made of the pattern.
    /// </summary>
    public string Example { get; set; } = "";

    /// <summary>
    /// A regular expression for what stands behind the address in a link to a ticket; its first group is the reference or its number.
    /// </summary>
    public string LinkPattern { get; set; } = "";

    /// <summary>Where a ticket is read, below the address: <c>api/tickets/{reference}</c>.</summary>
    public string TicketPath { get; set; } = "";

    /// <summary>The path to the ticket in the answer; empty if the answer is the ticket.</summary>
    public string TicketRoot { get; set; } = "";

    /// <summary>
    /// The template of the link to a ticket: <c>https://help.example.com/t/{number}</c> or a field as <c>{links.html}</c>.
    /// </summary>
    public string Link { get; set; } = "";

    /// <summary>Where an answer with status 200 shows that the credentials are accepted: <c>api/me</c>.</summary>
    public string CheckPath { get; set; } = "";

    /// <summary>
    /// Where open tickets are listed, below the address; empty for no suggestions. <c>{words}</c> and <c>{most}</c> are filled in.
    /// </summary>
    public string ListPath { get; set; } = "";

    /// <summary>The path to the tickets in the list, as <c>items[*]</c>.</summary>
    public string ListRoot { get; set; } = "";

    /// <summary>The template of the reference of a ticket in the list.</summary>
    public string ListReference { get; set; } = "";

    /// <summary>The template of a ticket's status; empty if its status is not watched.</summary>
    public string Status { get; set; } = "";

    /// <summary>The statuses with which a ticket is closed, in the system's own words.</summary>
    public IList<string> ClosedStatuses { get; set; } = [];

    /// <summary>The template of what identifies the person who has a ticket; empty if that is not watched.</summary>
    public string Assignee { get; set; } = "";

    /// <summary>The priorities, beginning with the least urgent; empty if a lowered priority is no news.</summary>
    public IList<string> PriorityOrder { get; set; } = [];

    /// <summary>Where a note is sent by POST, below the address: <c>api/tickets/{reference}/notes</c>.</summary>
    public string NotePath { get; set; } = "";

    /// <summary>The JSON of a note; in its texts <c>{text}</c> is filled in.</summary>
    [Multiline]
    public string NoteBody { get; set; } = "{\"text\":\"{text}\"}";

    /// <summary>Where the notes of a ticket are read back, the last ones first or all of them.</summary>
    public string NotesPath { get; set; } = "";

    /// <summary>How a ticket is changed: PUT, PATCH or POST.</summary>
    public string ChangeMethod { get; set; } = "PATCH";

    /// <summary>Where a ticket is changed, below the address; empty for where it is read.</summary>
    public string ChangePath { get; set; } = "";

    /// <summary>The JSON that sets a status; in its texts <c>{status}</c> is filled in.</summary>
    [Multiline]
    public string StatusBody { get; set; } = "";

    /// <summary>The JSON that assigns a ticket; in its texts <c>{user}</c> is filled in.</summary>
    [Multiline]
    public string AssigneeBody { get; set; } = "";
}

/// <summary>Reports at the start which setting is wrong, and why.</summary>
internal sealed class HttpOptionsValidator : IValidateOptions<HttpOptions>
{
    public ValidateOptionsResult Validate(string? name, HttpOptions options) => new SystemSettingsCheck(options)
        .Common("https://tickets.example.com", [.. options.Headers.Take(1).Select(header => ("Headers", header.Value))])
        .Rule(TicketSystems.BuiltIn.Contains(options.Name.Trim(), StringComparer.OrdinalIgnoreCase), "Name",
            $"is {options.Name.Trim()}, which is the name of a system with settings of its own: write another, "
                + $"as Our {options.Name.Trim()}.")
        .Need("Pattern", options.Pattern, @"write a regular expression that a reference matches, as TKT-(\d+).")
        .Rule(HttpSystem.PatternOf(options.Pattern) is null, "Pattern",
            "is no regular expression (look-around and back-references are not supported).")
        .Rule(options.Pattern.Length > 0 && options.Example.Length > 0
            && HttpSystem.PatternOf($"^(?:{options.Pattern})$")?.IsMatch(options.Example.Trim()) == false, "Example",
            "does not match Pattern: write one whole reference that does, as TKT-1234.")
        .Rule(HttpSystem.PatternOf(options.LinkPattern) is null, "LinkPattern",
            "is no regular expression (look-around and back-references are not supported).")
        .Need("TicketPath", options.TicketPath, "write where a ticket is read below the address, as api/tickets/{reference}.")
        .Rule(!IsBelow(options.TicketPath), "TicketPath",
            NotBelow)
        .Rule(!IsBelow(options.ListPath), "ListPath",
            NotBelow)
        .Rule(!IsBelow(options.CheckPath), "CheckPath",
            NotBelow)
        .Need("CheckPath", options.CheckPath, "write a path that answers only to an account that is known, as api/me.")
        .Need("Title", options.Title, "write which field of the answer is the title, as {title}.")
        .Rule(options.TicketRoot.Length > 0 && JsonPath.Read(options.TicketRoot) is null, "TicketRoot",
            "is no path: write one like data.ticket.")
        .Rule(options.ListRoot.Length > 0 && JsonPath.Read(options.ListRoot) is null, "ListRoot", "is no path: write one like items[*].")
        .Rule(TicketTemplate.MistakeIn(options.Link) is not null, "Link", TicketTemplate.MistakeIn(options.Link) ?? "")
        .Rule(TicketTemplate.MistakeIn(options.ListReference) is not null, "ListReference", TicketTemplate.MistakeIn(options.ListReference)
            ?? "")
        .Rule(options.ListPath.Length > 0 && options.ListReference.Length == 0, "ListReference",
            "is missing: write which field of a listed ticket is its reference, as {key}.")
        .Rule(options.Headers.Any(header => !Header().IsMatch(header.Key) || header.Value.Any(char.IsControl)), "Headers",
            "must have names of HTTP headers, and values of one line without control characters.")
        .Rule(TicketTemplate.MistakeIn(options.Status) is not null, "Status", TicketTemplate.MistakeIn(options.Status) ?? "")
        .Rule(TicketTemplate.MistakeIn(options.Assignee) is not null, "Assignee", TicketTemplate.MistakeIn(options.Assignee) ?? "")
        .Rule(options.ClosedStatuses.Count > 0 && options.Status.Length == 0, "Status",
            "is missing: write which field of a ticket is its status, as {status.name}.")
        .Rule(!IsBelow(options.NotePath), "NotePath", NotBelow).Rule(!IsBelow(options.NotesPath), "NotesPath", NotBelow)
        .Rule(!IsBelow(options.ChangePath), "ChangePath", NotBelow)
        .Rule(HttpSystem.BodyOf(options.NoteBody) is null, "NoteBody", NoJson)
        .Rule(options.WriteNotes && HttpSystem.BodyOf(options.NoteBody) is not null && !HttpSystem.HasPlace(options.NoteBody, "{text}"),
            "NoteBody", "has no {text} in its texts, so no note would say anything: write it where the note belongs.")
        .Rule(options.StatusBody.Length > 0 && HttpSystem.BodyOf(options.StatusBody) is null, "StatusBody", NoJson)
        .Rule(options.AssigneeBody.Length > 0 && HttpSystem.BodyOf(options.AssigneeBody) is null, "AssigneeBody", NoJson)
        .Rule(options.WriteNotes && options.NotePath.Length == 0, "NotePath",
            "is missing: write where a note is sent, as api/tickets/{reference}/notes.")
        .Rule(options.WriteNotes && options.NotesPath.Length == 0, "NotesPath",
            "is missing: write where the notes of a ticket are read, so that none is written twice, as api/tickets/{reference}/notes.")
        .Rule(options.StatusOnAccepted.Length > 0 && options.StatusBody.Length == 0, "StatusBody",
            "is missing: write the JSON that sets a status, as {\"status\":\"{status}\"}.")
        .Rule(options.StatusOnAccepted.Length > 0 && options.Status.Length == 0, "Status",
            "is missing: write which field of a ticket is its status, so that it can be read back, as {status.name}.")
        .Rule(options.AssignOnAccepted && options.AssigneeBody.Length == 0, "AssigneeBody",
            "is missing: write the JSON that assigns a ticket, as {\"assignee\":\"{user}\"}.")
        .Rule(options.AssignOnAccepted && options.Assignee.Length == 0, "Assignee",
            "is missing: write which field identifies the person who has a ticket, so that it can be read back, as {assignee.id}.")
        .Rule(options.ChangeMethod is not ("PUT" or "PATCH" or "POST"), "ChangeMethod", "must be PUT, PATCH or POST.")
        .Result();

    const string NotBelow = "must be a path below BaseAddress, without a scheme, a host or a slash at its beginning.";
    const string NoJson = "is no JSON object whose names are all different: write one with places in its texts, as {\"text\":\"{text}\"}.";

    // Otherwise a reference or a setting could lead the credentials to another server.
    static bool IsBelow(string path) => !path.StartsWith('/') && !path.StartsWith('\\') && !path.Contains("://", StringComparison.Ordinal)
        && !path.Contains("..", StringComparison.Ordinal);

    static Regex Header() => new("^[A-Za-z0-9-]{1,60}$", RegexOptions.CultureInvariant);
}
