using System.Text.Json;
using System.Text.RegularExpressions;
using BotDispatch.Core;
using BotDispatch.Http;
using BotDispatch.Ports;

namespace BotDispatch.Tickets.Zendesk;

/// <summary>The tickets of Zendesk.</summary>
/// <remarks>
/// https://developer.zendesk.com/api-reference/ticketing/tickets/tickets/. The description is the first comment as plain text. Asked who we
/// are, Zendesk answers 200 to wrong credentials as well, with an anonymous user whose id is null.
/// </remarks>
internal sealed partial class ZendeskSystem : ITicketWriter
{
    readonly ZendeskOptions settings;
    readonly SystemClient client;
    readonly WebPage pages;
    readonly TicketTemplates templates;
    readonly SystemUsers users;

    public ZendeskSystem(ZendeskOptions settings, SystemClients clients)
    {
        this.settings = settings;
        client = clients.For(new(Name, settings.Root, settings.Section + ":BaseAddress", settings.Section + ":ApiToken",
            headers => headers.Authorization = Credentials.Basic($"{settings.Email}/token", settings.ApiToken)));
        pages = new(settings.Root);
        users = new(settings, "the id of the agent in Zendesk");
        templates = new(settings, "{subject}", "{description}\nRequester: {requester}", "{priority}", "");
    }

    public string Name => settings.Called;

    public string Host => client.Host;

    public Uri Root => settings.Root;

    public IReadOnlyList<ReferenceForm> Forms => [new($"{settings.Section}:Prefix", settings.Prefix + "7")];

    string? NumberIn(string text) => TypedText.NumberIn(text, settings.Prefix, settings.TypedNames);

    public string? ReferenceIn(string text) => Reference(NumberIn(text) ?? pages.Find(text, Page()));

    public Task<FoundTicket> FindAsync(string reference, CancellationToken ct) =>
        NumberIn(reference) is not { } number
            ? Task.FromResult<FoundTicket>(new FoundTicket.Unknown())
            : client.FindAsync($"api/v2/tickets/{number}.json?include=users", body => body.Field("ticket") is { } ticket
                && ticket.Text("id") == number
                ? ticket.Text("status") == "deleted" ? new FoundTicket.Unknown()
                    : new FoundTicket.Found(Read(ticket, RequesterOf(body, ticket)))
                : new FoundTicket.Unavailable($"{Name} answered with something that is no ticket"), CheckAsync, ct);

    public Task<IReadOnlyList<Ticket>?> ListAsync(string words, int most, CancellationToken ct)
    {
        var title = words.Length == 0 ? "" : $" subject:\"{words.Replace("\"", "", StringComparison.Ordinal)}\"";
        var query = Uri.EscapeDataString("type:ticket status<solved" + title);
        return client.ListAsync<IReadOnlyList<Ticket>>(
            $"api/v2/search.json?query={query}&sort_by=updated_at&sort_order=desc&per_page={most}",
            body => [.. body.List("results").Where(ticket => ticket.Text("id") is not null).Select(ticket => Read(ticket, null))], ct);
    }

    public Task<SystemCheck> CheckAsync(CancellationToken ct) =>
        client.CheckAsync("api/v2/users/me.json", body => body.Text("user", "id") is not null ? body.Name("user", "name") ?? settings.Email
            : null, ct);

    string? Reference(string? number) => number is null ? null : settings.Prefix + number;

    static string? RequesterOf(JsonElement body, JsonElement ticket) => ticket.Text("requester_id") is { } id
        ? body.List("users").FirstOrDefault(user => user.Text("id") == id).Name("name") : null;

    Ticket Read(JsonElement ticket, string? requester) =>
        templates.Fill(Reference(ticket.Text("id"))!, ticket, $"{settings.Root}agent/tickets/{ticket.Text("id")}",
        requester is null ? null : new Dictionary<string, string> { ["requester"] = requester });

    [GeneratedRegex(@"^(?:agent/(?:#/)?tickets|hc/(?:[a-z-]+/)?requests|tickets|requests)/0*(\d{1,12})(?:[/?#]|$)",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Page();
}
