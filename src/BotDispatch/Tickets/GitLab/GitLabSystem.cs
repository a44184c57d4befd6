using System.Text.Json;
using System.Text.RegularExpressions;
using BotDispatch.Core;
using BotDispatch.Http;
using BotDispatch.Ports;

namespace BotDispatch.Tickets.GitLab;

/// <summary>The issues of some projects of GitLab: <c>#7</c> of the first, <c>acme/sites/facilities#7</c> of all.</summary>
/// <remarks>https://docs.gitlab.com/api/issues/. The number that people see is the <c>iid</c>; a project that a token may not see answers
/// 404.</remarks>
internal sealed partial class GitLabSystem : ITicketWriter
{
    readonly GitLabOptions settings;
    readonly SystemClient client;
    readonly ProjectReferences references;
    readonly TicketTemplates templates;
    readonly SystemUsers users;

    public GitLabSystem(GitLabOptions settings, SystemClients clients)
    {
        this.settings = settings;
        client = clients.For(new(Name, new Uri(settings.Root, "api/v4/"), settings.Section + ":BaseAddress", settings.Section
            + ":Token",
            headers => headers.Add("PRIVATE-TOKEN", settings.Token), settings.Section + ":Projects"));
        references = new(settings.Projects, settings.Prefix, settings.TypedNames, new(settings.Root), Named(), Page());
        users = new(settings, "the id of the user in GitLab");
        templates = new(settings, "{title}", "{description|markdown}\nRequester: {author.name}", "{severity}", "");
    }

    public string Name => settings.Called;

    public string Host => client.Host;

    public Uri Root => settings.Root;

    public IReadOnlyList<ReferenceForm> Forms => references.Forms(settings.Section, "Projects");

    public static bool IsProject(string text) => Project().IsMatch(text);

    public string? ReferenceIn(string text) => references.In(text);

    public Task<FoundTicket> FindAsync(string reference, CancellationToken ct)
    {
        var (project, number) = references.Split(reference);
        return client.FindAsync($"projects/{Uri.EscapeDataString(project)}/issues/{number}", body => body.Text("iid") == number
            ? new FoundTicket.Found(Read(reference, body))
            : new FoundTicket.Unavailable($"{Name} answered with something that is no issue"),
                CheckAsync, ct);
    }

    public async Task<IReadOnlyList<Ticket>?> ListAsync(string words, int most, CancellationToken ct)
    {
        var search = words.Length > 0 ? $"&in=title&search={Uri.EscapeDataString(words)}" : "";
        var lists = await Task.WhenAll(settings.Projects.Select(project => client.ListAsync<IReadOnlyList<Ticket>>(
            $"projects/{Uri.EscapeDataString(project)}/issues?state=opened&order_by=updated_at&sort=desc&per_page={most}{search}",
            body => body.ValueKind is not JsonValueKind.Array ? null :
                [.. body.EnumerateArray().Where(issue => issue.Text("iid") is not null).Select(issue =>
                    Read(references.Of(project, issue.Text("iid")!), issue))], ct)));
        return lists.All(each => each is null) ? null : [.. lists.SelectMany(each => each ?? []).Take(most)];
    }

    public Task<SystemCheck> CheckAsync(CancellationToken ct) => client.CheckAsync("user", body => body.Name("username"), ct);

    // UNKNOWN is the severity of an issue that has none.
    Ticket Read(string reference, JsonElement issue) => templates.Fill(reference, issue, WebLink.Safe(issue.Name("web_url")),
        issue.Text("severity") == "UNKNOWN" ? new Dictionary<string, string> { ["severity"] = "" } : null);

    const string OneProject = "[A-Za-z0-9_][A-Za-z0-9_.-]{0,200}(?:/[A-Za-z0-9_][A-Za-z0-9_.-]{0,200}){1,20}";

    [GeneratedRegex("^" + OneProject + "$", RegexOptions.CultureInvariant)]
    private static partial Regex Project();

    [GeneratedRegex("^(?<project>" + OneProject + ") ?# ?(?<number>[0-9]{1,12})$", RegexOptions.CultureInvariant)]
    private static partial Regex Named();

    [GeneratedRegex("^(?<project>" + OneProject + ")/(?:-/)?(?:issues|work_items)/(?:incident/)?(?<number>[0-9]{1,12})(?:[/?#]|$)",
        RegexOptions.CultureInvariant)]
    private static partial Regex Page();
}
