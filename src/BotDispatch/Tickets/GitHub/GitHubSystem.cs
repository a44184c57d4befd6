using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.RegularExpressions;
using BotDispatch.Core;
using BotDispatch.Http;
using BotDispatch.Ports;

namespace BotDispatch.Tickets.GitHub;

/// <summary>The issues of some repositories of GitHub: <c>#7</c> of the first, <c>acme/facilities#7</c> of all.</summary>
/// <remarks>https://docs.github.com/en/rest/issues/issues. A repository that a token may not see answers 404.</remarks>
internal sealed partial class GitHubSystem : ITicketWriter
{
    readonly GitHubOptions settings;
    readonly SystemClient client;
    readonly ProjectReferences references;
    readonly TicketTemplates templates;
    readonly SystemUsers users;
    // The present names of repositories that are called by an old one in the settings.
    readonly ConcurrentDictionary<string, string> renamed = new(StringComparer.OrdinalIgnoreCase);

    public GitHubSystem(GitHubOptions settings, SystemClients clients)
    {
        this.settings = settings;
        var isCloud = settings.Root.Host is "github.com" or "www.github.com";
        client = clients.For(new(Name, isCloud ? new Uri("https://api.github.com/") : new Uri(settings.Root, "api/v3/"),
            settings.Section + ":BaseAddress",
            settings.Section + ":Token", headers =>
            {
                headers.Authorization = new("Bearer", settings.Token);
                headers.Accept.Clear();
                headers.Accept.Add(new("application/vnd.github+json"));
                headers.Add("X-GitHub-Api-Version", "2022-11-28");
            }, settings.Section + ":Repositories"));
        references = new(settings.Repositories, settings.Prefix, settings.TypedNames, new(settings.Root), Named(), Page());
        users = new(settings, "the login of the user in GitHub");
        templates = new(settings, "{title}", "{body|markdown}\nRequester: {user.login}", "", "");
    }

    public string Name => settings.Called;

    public string Host => client.Host;

    public Uri Root => settings.Root;

    public IReadOnlyList<ReferenceForm> Forms => references.Forms(settings.Section, "Repositories");

    public static bool IsRepository(string text) => Repository().IsMatch(text);

    public string? ReferenceIn(string text) => references.In(text);

    public async Task<FoundTicket> FindAsync(string reference, CancellationToken ct)
    {
        JsonElement? issue = null;
        var found = await client.FindAsync(IssuePath(reference), body =>
        {
            issue = body;
            return body.Text("number") is not null ? new FoundTicket.Found(Read(reference, body))
                : new FoundTicket.Unavailable($"{Name} answered with something that is no issue");
        }, CheckAsync, ct);
        return found is not FoundTicket.Found || await MovedToAsync(reference, issue!.Value, ct) is not { } elsewhere ? found
            : references.In(elsewhere) is { } own ? new FoundTicket.Found(Read(own, issue.Value)) : new FoundTicket.Unknown();
    }

    public async Task<IReadOnlyList<Ticket>?> ListAsync(string words, int most, CancellationToken ct)
    {
        // GitHub searches 30 times a minute at most, so typed words are looked for among the open issues alone.
        if (words.Length > 0)
            return [];
        var lists = await Task.WhenAll(settings.Repositories.Select(repository => client.ListAsync<IReadOnlyList<Ticket>>(
            $"repos/{repository}/issues?state=open&sort=updated&per_page={most}", body => body.ValueKind is not JsonValueKind.Array ? null :
            [
                .. body.EnumerateArray().Where(issue => issue.Text("number") is not null && issue.Field("pull_request") is null)
                    .Select(issue => Read(references.Of(repository, issue.Text("number")!), issue)),
            ], ct)));
        return lists.All(each => each is null) ? null : [.. lists.SelectMany(each => each ?? []).Take(most)];
    }

    public Task<SystemCheck> CheckAsync(CancellationToken ct) => client.CheckAsync("user", body => body.Name("login"), ct);

    /// <summary>
    /// Returns the repository and the number of an issue that is not the one that was asked for; null if it is. GitHub redirects from an
    /// issue that was transferred to the issue in its new repository, where it has another number; and from each issue of a repository that
    /// was renamed to the same issue. The
    /// best practices of its REST API say "Follow redirects".
    /// </summary>
    async Task<string?> MovedToAsync(string reference, JsonElement issue, CancellationToken ct)
    {
        var (asked, number) = references.Split(reference);
        var (home, own) = (RepositoryOf(issue) ?? asked, issue.Text("number")!);
        if (!IsSame(home, asked) && !(renamed.TryGetValue(asked, out var known) && IsSame(known, home))
            && await client.GetAsync($"repos/{asked}", ct) is SystemAnswer.Content(var repository)
            && IsSame(repository.Text("full_name"), home))
            renamed[asked] = home;
        var isHere = IsSame(home, asked) || (renamed.TryGetValue(asked, out var today) && IsSame(today, home));
        return isHere && own == number ? null : $"{(isHere ? asked : home)}#{own}";
    }

    static string? RepositoryOf(JsonElement issue) =>
        issue.Text("repository_url")?.Split('/') is [.., var owner, var name] && IsRepository($"{owner}/{name}") ? $"{owner}/{name}"
        : issue.Text("html_url")?.Split('/') is [.., var shownOwner, var shownName, "issues" or "pull", _]
            && IsRepository($"{shownOwner}/{shownName}") ? $"{shownOwner}/{shownName}" : null;

    static bool IsSame(string? one, string? other) => string.Equals(one, other, StringComparison.OrdinalIgnoreCase);

    Ticket Read(string reference, JsonElement issue) => templates.Fill(reference, issue, WebLink.Safe(issue.Name("html_url")));

    const string OneRepository = "[A-Za-z0-9-]{1,39}/[A-Za-z0-9._-]{1,100}";

    [GeneratedRegex("^" + OneRepository + "$", RegexOptions.CultureInvariant)]
    private static partial Regex Repository();

    [GeneratedRegex("^(?<project>" + OneRepository + ") ?# ?(?<number>[0-9]{1,12})$", RegexOptions.CultureInvariant)]
    private static partial Regex Named();

    [GeneratedRegex("^(?<project>" + OneRepository + ")/(?:issues|pull)/(?<number>[0-9]{1,12})(?:[/?#]|$)",
        RegexOptions.CultureInvariant)]
    private static partial Regex Page();
}
