using System.Text.Json;
using System.Text.RegularExpressions;
using BotDispatch.Core;
using BotDispatch.Http;
using BotDispatch.Ports;

namespace BotDispatch.Tickets.GitHub;

/// <summary>The issues of some repositories of GitHub: <c>#7</c> of the first, <c>acme/facilities#7</c> of all.</summary>
/// <remarks>https://docs.github.com/en/rest/issues/issues. A repository that a token may not see answers 404.</remarks>
internal sealed partial class GitHubSystem : ITicketSystem
{
    readonly GitHubOptions settings;
    readonly SystemClient client;
    readonly WebPage pages;
    readonly TicketTemplates templates;

    public GitHubSystem(GitHubOptions settings, SystemClients clients)
    {
        this.settings = settings;
        var isCloud = settings.Root.Host is "github.com" or "www.github.com";
        client = clients.For(new(Name, isCloud ? new Uri("https://api.github.com/") : new Uri(settings.Root, "api/v3/"),
            GitHubOptions.Section + ":BaseAddress",
            GitHubOptions.Section + ":Token", headers =>
            {
                headers.Authorization = new("Bearer", settings.Token);
                headers.Accept.Clear();
                headers.Accept.Add(new("application/vnd.github+json"));
                headers.Add("X-GitHub-Api-Version", "2022-11-28");
            }));
        pages = new(settings.Root);
        templates = new(settings, "{title}", "{body|markdown}\nRequester: {user.login}", "", "");
    }

    public string Name => "GitHub";

    public string Host => client.Host;

    public static bool IsRepository(string text) => Repository().IsMatch(text);

    public string? ReferenceIn(string text)
    {
        if (TypedText.NumberIn(text, "#", Name) is { } number)
            return $"#{number}";
        var named = Named().Match(text) is { Success: true } typed ? typed : pages.PathIn(text) is { } path ? Page().Match(path)
            : Match.Empty;
        if (!named.Success)
            return null;
        var repository = settings.Repositories.FirstOrDefault(each =>
            each.Equals(named.Groups["repository"].Value, StringComparison.OrdinalIgnoreCase));
        return repository is null ? null : ReferenceOf(repository, named.Groups["number"].Value.TrimStart('0'));
    }

    public Task<FoundTicket> FindAsync(string reference, CancellationToken ct)
    {
        var (repository, number) = (reference.Split('#')[0] is { Length: > 0 } named ? named : settings.Repositories[0],
            reference.Split('#')[^1]);
        return client.FindAsync($"repos/{repository}/issues/{number}", body => body.Text("number") is { } own
            ? new FoundTicket.Found(Read(own == number ? reference : ReferenceOf(repository, own), body))
                : new FoundTicket.Unavailable("GitHub answered with something that is no issue"),
            CheckAsync, ct);
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
                    .Select(issue => Read(ReferenceOf(repository, issue.Text("number")!), issue)),
            ], ct)));
        return lists.All(each => each is null) ? null : [.. lists.SelectMany(each => each ?? []).Take(most)];
    }

    public Task<SystemCheck> CheckAsync(CancellationToken ct) => client.CheckAsync("user", body => body.Name("login"), ct);

    string ReferenceOf(string repository, string number) =>
        repository.Equals(settings.Repositories[0], StringComparison.OrdinalIgnoreCase) ? $"#{number}" : $"{repository}#{number}";

    Ticket Read(string reference, JsonElement issue) => templates.Fill(reference, issue, issue.Name("html_url") is { } link
        && Uri.TryCreate(link, UriKind.Absolute, out var address) && address.Scheme is ("https" or "http") ? link : null);

    const string OneRepository = "[A-Za-z0-9-]{1,39}/[A-Za-z0-9._-]{1,100}";

    [GeneratedRegex("^" + OneRepository + "$", RegexOptions.CultureInvariant)]
    private static partial Regex Repository();

    [GeneratedRegex("^(?<repository>" + OneRepository + ") ?# ?(?<number>[0-9]{1,12})$", RegexOptions.CultureInvariant)]
    private static partial Regex Named();

    [GeneratedRegex("^(?<repository>" + OneRepository + ")/(?:issues|pull)/(?<number>[0-9]{1,12})(?:[/?#]|$)",
        RegexOptions.CultureInvariant)]
    private static partial Regex Page();
}
