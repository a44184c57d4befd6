using System.Text.Json;
using System.Text.RegularExpressions;
using BotDispatch.Core;
using BotDispatch.Http;
using BotDispatch.Ports;

namespace BotDispatch.Tickets.Redmine;

/// <summary>The issues of Redmine.</summary>
/// <remarks>
/// https://www.redmine.org/projects/redmine/wiki/Rest_api, and Redmine 5.0.4 itself: a wrong key reads public projects as anonymous, with
/// status 200, so the key is checked at the start and whenever an issue is not found; <c>1abc</c> is read as 1, so only digits are asked
/// for; lists hold open issues alone unless <c>status_id=*</c>, and 100 at most.
/// </remarks>
internal sealed partial class RedmineSystem : ITicketWriter
{
    readonly RedmineOptions settings;
    readonly SystemClient client;
    readonly WebPage pages;
    readonly TicketTemplates templates;
    readonly SystemUsers users;

    public RedmineSystem(RedmineOptions settings, SystemClients clients)
    {
        this.settings = settings;
        client = clients.For(new(Name, settings.Root, settings.Section + ":BaseAddress", settings.Section + ":ApiKey",
            headers => headers.Add("X-Redmine-API-Key", settings.ApiKey)));
        pages = new(settings.Root);
        users = new(settings, "the id of the user in Redmine", ", or use the key of an administrator");
        templates = new(settings, "{subject}", $"{{description|{settings.Markup}}}\nRequester: {{author.name}}", "{priority.name}",
            "{custom_fields[name=Location].value ?? custom_fields[name=Place].value}");
    }

    public string Name => settings.Called;

    public string Host => client.Host;

    public Uri Root => settings.Root;

    public IReadOnlyList<ReferenceForm> Forms => [new($"{settings.Section}:Prefix", settings.Prefix + "7")];

    string? NumberIn(string text) => TypedText.NumberIn(text, settings.Prefix, settings.TypedNames);

    public string? ReferenceIn(string text) => Reference(NumberIn(text) ?? pages.Find(text, Issue()));

    public Task<FoundTicket> FindAsync(string reference, CancellationToken ct) =>
        NumberIn(reference) is not { } number
            ? Task.FromResult<FoundTicket>(new FoundTicket.Unknown())
            : client.FindAsync($"issues/{number}.json",
                body => body.Field("issue") is { } issue && issue.Text("id") == number
                    ? new FoundTicket.Found(Read(issue)) : new FoundTicket.Unavailable($"{Name} answered with something that is no issue"),
                CheckAsync, ct);

    public Task<IReadOnlyList<Ticket>?> ListAsync(string words, int most, CancellationToken ct) => words.Length == 0
        ? client.ListAsync<IReadOnlyList<Ticket>>($"issues.json?status_id=open&sort=updated_on:desc&limit={most}",
            body => [.. body.List("issues").Where(issue => issue.Text("id") is not null).Select(Read)], ct)
        : client.ListAsync<IReadOnlyList<Ticket>>(
            $"search.json?q={Uri.EscapeDataString(words)}&issues=1&open_issues=1&titles_only=1&limit={most}",
            body => [.. body.List("results").Select(Result).OfType<Ticket>()], ct);

    public Task<SystemCheck> CheckAsync(CancellationToken ct) =>
        client.CheckAsync("users/current.json", body => body.Text("user", "login"), ct);

    string? Reference(string? number) => number is null ? null : settings.Prefix + number;

    Ticket Read(JsonElement issue) => templates.Fill(Reference(issue.Text("id"))!, issue, $"{settings.Root}issues/{issue.Text("id")}");

    // "Bug #12 (New): Lift 2 is stuck"
    Ticket? Result(JsonElement result) => result.Text("id") is { } id && result.Text("title") is { } title
        ? new(Reference(id)!, Heading().Replace(title, ""), Link: $"{settings.Root}issues/{id}") : null;

    [GeneratedRegex(@"^(?:projects/[^/]+/)?issues/0*(\d{1,12})(?:[/?#.]|$)", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Issue();

    [GeneratedRegex(@"^.{0,60}?#\d+ \([^)]{0,60}\): ", RegexOptions.CultureInvariant)]
    private static partial Regex Heading();
}
