using System.Text.Json;
using System.Text.RegularExpressions;
using BotDispatch.Core;
using BotDispatch.Http;
using BotDispatch.Ports;

namespace BotDispatch.Tickets.Jira;

/// <summary>
/// The issues of Jira: Cloud by REST API 3, whose texts are Atlassian documents, and Data Center by REST API 2, whose texts are wiki
/// markup.
/// </summary>
/// <remarks>
/// https://developer.atlassian.com/cloud/jira/platform/rest/v3/ and https://developer.atlassian.com/server/jira/platform/rest-apis/. Jira
/// says 404 for an issue that the account may not see, and treats some wrong credentials as anonymous, so who we are is asked before
/// "unknown" is said. An issue that was moved answers under its new key.
/// </remarks>
internal sealed partial class JiraSystem : ITicketWriter
{
    // Comments and work logs can make an issue larger than an answer may be.
    const string AllFields = "fields=*all,-comment,-worklog,-attachment,-issuelinks,-subtasks";

    readonly JiraOptions settings;
    readonly SystemClient client;
    readonly WebPage pages;
    readonly TicketTemplates templates;
    readonly SystemUsers users;
    readonly string api;

    public JiraSystem(JiraOptions settings, SystemClients clients)
    {
        this.settings = settings;
        api = IsCloud ? "rest/api/3" : "rest/api/2";
        client = clients.For(new(Name, settings.Root, settings.Section + ":BaseAddress", settings.Section + ":ApiToken",
            headers => headers.Authorization = IsCloud ? Credentials.Basic(settings.Email, settings.ApiToken)
                : new("Bearer", settings.ApiToken)));
        pages = new(settings.Root);
        users = new(settings, (IsCloud ? "the account id of the user in Jira" : "the user name in Jira"));
        templates = new(settings, "{fields.summary}", "{fields.description|jira}\nRequester: {fields.reporter.displayName}",
            "{fields.priority.name}",
            "{fields.environment|jira}");
    }

    public string Name => settings.Called;

    public string Host => client.Host;

    public Uri Root => settings.Root;

    public IReadOnlyList<ReferenceForm> Forms =>
        [.. settings.Projects.DefaultIfEmpty("OPS").Select(key => new ReferenceForm($"{settings.Section}:Projects", $"{key}-7"))];

    bool IsCloud => settings.Email.Length > 0;

    public static bool IsProjectKey(string key) => Project().IsMatch(key);

    public string? ReferenceIn(string text)
    {
        if (pages.Find(text, Browse(), Selected(), Portal()) is { } linked)
            return linked.ToUpperInvariant();
        if (Written().Match(text) is not { Success: true } found)
            return null;
        var (project, number) = (found.Groups["project"].Value.ToUpperInvariant(), found.Groups["number"].Value.TrimStart('0'));
        var isOurs = settings.Projects.Count == 0 || settings.Projects.Contains(project, StringComparer.OrdinalIgnoreCase);
        // Without its hyphen, only a project that is named in the settings is recognised: "lift 2" is no issue.
        var isWritten = found.Groups["hyphen"].Success || settings.Projects.Count > 0;
        return isOurs && isWritten && number.Length > 0 ? $"{project}-{number}" : null;
    }

    public Task<FoundTicket> FindAsync(string reference, CancellationToken ct) => client.FindAsync(
        $"{api}/issue/{Uri.EscapeDataString(reference)}?{AllFields}",
        body => body.Name("key") is { } key && body.Field("fields") is not null
            ? new FoundTicket.Found(Read(key, body)) : new FoundTicket.Unavailable($"{Name} answered with something that is no issue"),
        CheckAsync, ct);

    public Task<IReadOnlyList<Ticket>?> ListAsync(string words, int most, CancellationToken ct)
    {
        // Jira Cloud refuses a search without a limit of its own.
        var projects = settings.Projects.Count == 0 ? "updated >= -30d"
            : $"project in ({string.Join(", ", settings.Projects.Select(key => $"\"{key}\""))})";
        var title = Unsearchable().Replace(words, " ").Trim() is { Length: > 0 } plain ? $" AND summary ~ \"{plain}*\"" : "";
        var jql = Uri.EscapeDataString($"{projects} AND statusCategory != Done{title} ORDER BY updated DESC");
        return client.ListAsync<IReadOnlyList<Ticket>>(
            $"{api}/{(IsCloud ? "search/jql" : "search")}?jql={jql}&maxResults={most}&fields=summary,priority",
            body => [.. body.List("issues").Where(issue => issue.Name("key") is not null).Select(issue => Read(issue.Name("key")!, issue))],
                ct);
    }

    public Task<SystemCheck> CheckAsync(CancellationToken ct) =>
        client.CheckAsync($"{api}/myself", body => body.Name("displayName") ?? body.Name("accountId") ?? body.Name("name"), ct);

    Ticket Read(string key, JsonElement issue) => templates.Fill(key, issue, $"{settings.Root}browse/{key}");

    const string Key = "[a-z][a-z0-9_]{1,20}-[0-9]{1,12}";

    [GeneratedRegex(@"^(?<project>[a-z][a-z0-9_]{1,20}?) ?(?<hyphen>-)? ?(?<number>[0-9]{1,12})$",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Written();

    [GeneratedRegex(@"^browse/(" + Key + ")(?![a-z0-9_-])", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Browse();

    [GeneratedRegex(@"[?&]selectedIssue=(" + Key + ")(?![a-z0-9_-])", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Selected();

    [GeneratedRegex(@"^(?:servicedesk|projects|jira)/.{0,200}?/(" + Key + ")(?:[/?#]|$)",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Portal();

    [GeneratedRegex("^[A-Za-z][A-Za-z0-9_]{0,20}$", RegexOptions.CultureInvariant)]
    private static partial Regex Project();

    [GeneratedRegex(@"[^\p{L}\p{Nd} ]", RegexOptions.CultureInvariant)]
    private static partial Regex Unsearchable();
}
