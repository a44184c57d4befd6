using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using BotDispatch.Core;
using BotDispatch.Http;
using BotDispatch.Ports;

namespace BotDispatch.Tickets.AnyHttp;

/// <summary>The tickets of any system that speaks JSON: addresses and fields come from the settings.</summary>
internal sealed partial class HttpSystem : ITicketWriter
{
    // A pattern may ask for any number of digits.
    static readonly string[] Numbers = ["7", "42", "123", "1234", "12345", "123456", "1234567", "12345678"];

    readonly HttpOptions settings;
    readonly SystemClient client;
    readonly WebPage pages;
    readonly TicketTemplates templates;
    readonly TicketTemplate link;
    readonly TicketTemplate listReference;
    readonly Regex pattern;
    readonly Regex? linkPattern;
    readonly TicketTemplate status;
    readonly TicketTemplate assignee;
    readonly SystemUsers users;

    public HttpSystem(HttpOptions settings, SystemClients clients)
    {
        this.settings = settings;
        client = clients.For(new(Name, settings.Root, settings.Section + ":BaseAddress", settings.Section + ":Headers", headers =>
        {
            foreach (var (name, value) in settings.Headers)
            {
                headers.Remove(name);
                headers.TryAddWithoutValidation(name, value);
            }
        }));
        pages = new(settings.Root);
        templates = new(settings, "{title}", "", "", "");
        (link, listReference) = (TicketTemplate.Of(settings.Link), TicketTemplate.Of(settings.ListReference));
        (status, assignee) = (TicketTemplate.Of(settings.Status), TicketTemplate.Of(settings.Assignee));
        users = new(settings, $"the user in {Name}");
        pattern = PatternOf($"^(?:{settings.Pattern})$")!;
        linkPattern = settings.LinkPattern.Length > 0 ? PatternOf(settings.LinkPattern) : null;
    }

    public string Name => settings.Called;

    public string Host => client.Host;

    public Uri Root => settings.Root;

    public IReadOnlyList<ReferenceForm> Forms =>
    [
        .. Numbers.Select(ReferenceOf).Append(OfPattern(settings.Example.Trim())).OfType<string>().Distinct()
            .Select(string? (each) => each).DefaultIfEmpty(null).Select(each => new ReferenceForm($"{settings.Section}:Pattern", each)),
    ];

    /// <summary>Returns the regular expression, which takes time in proportion to the text whatever it is; null if it is none.</summary>
    public static Regex? PatternOf(string written)
    {
        try
        {
            return new(written, RegexOptions.CultureInvariant | RegexOptions.IgnoreCase | RegexOptions.NonBacktracking);
        }
        catch (Exception broken) when (broken is ArgumentException or NotSupportedException)
        {
            return null;
        }
    }

    public string? ReferenceIn(string text)
    {
        if (text.Length > 200 || text.Contains('/', StringComparison.Ordinal))
            return linkPattern is not null && pages.Find(text, linkPattern) is { Length: > 0 } linked ? ReferenceOf(linked)
                : OfPattern(text);
        return OfPattern(text) ?? OfPattern(text.Replace(" ", "", StringComparison.Ordinal));
    }

    public Task<FoundTicket> FindAsync(string reference, CancellationToken ct)
    {
        if (pattern.Match(reference) is not { Success: true } match)
            return Task.FromResult<FoundTicket>(new FoundTicket.Unknown());
        var values = Values(reference, match);
        return client.FindAsync(Filled(settings.TicketPath, values), body => ElementAt(body, settings.TicketRoot) is { } ticket
            ? new FoundTicket.Found(Read(reference, ticket, values))
                : new FoundTicket.Unavailable($"{Name} answered with something that is no ticket"),
            CheckAsync, ct);
    }

    public Task<IReadOnlyList<Ticket>?> ListAsync(string words, int most, CancellationToken ct)
    {
        if (settings.ListPath.Length == 0)
            return Task.FromResult<IReadOnlyList<Ticket>?>([]);
        var path = Filled(settings.ListPath, new() { ["words"] = words, ["most"] = most.ToString(CultureInfo.InvariantCulture) });
        return client.ListAsync<IReadOnlyList<Ticket>>(path, body =>
        [
            .. Entries(body).Select(item => (Item: item, Reference: ReferenceIn(TypedText.Clean(listReference.Fill(item))))).Where(each =>
                each.Reference is not null)
                .Select(each => Read(each.Reference!, each.Item, Values(each.Reference!, pattern.Match(each.Reference!)))).Take(most),
        ], ct);
    }

    public Task<SystemCheck> CheckAsync(CancellationToken ct) =>
        client.CheckAsync(settings.CheckPath, _ => "an account that is accepted", ct);

    IEnumerable<JsonElement> Entries(JsonElement body) =>
        settings.ListRoot.Length > 0 ? JsonPath.Read(settings.ListRoot)!.In(body) : body.ValueKind is JsonValueKind.Array
            ? body.EnumerateArray() : [];

    static JsonElement? ElementAt(JsonElement body, string path)
    {
        var found = path.Length == 0 ? body : JsonPath.Read(path)!.In(body).FirstOrDefault();
        return found.ValueKind is JsonValueKind.Object ? found : null;
    }

    string? OfPattern(string text) => pattern.IsMatch(text) ? text.ToUpperInvariant() : null;

    // A link may contain the reference, or its number alone.
    string? ReferenceOf(string linked) => OfPattern(linked)
        ?? OfPattern(string.Concat(settings.Pattern.Split('(')[0].Where(sign => char.IsLetterOrDigit(sign) || sign is '-' or '_' or '#'
            or '/')) + linked);

    Ticket Read(string reference, JsonElement ticket, Dictionary<string, string> values) =>
        templates.Fill(reference, ticket, WebLink.Safe(link.Fill(ticket, values)), values);

    static Dictionary<string, string> Values(string reference, Match match) =>
        new()
        {
            ["reference"] = reference,
            ["number"] = match.Groups.Count > 1 && match.Groups[1].Success ? match.Groups[1].Value
            : reference
        };

    // Each value becomes one part of a path or of a query: it cannot lead to another address.
    static string Filled(string path, Dictionary<string, string> values) =>
        values.Aggregate(path, (filled, value) =>
            filled.Replace($"{{{value.Key}}}", Uri.EscapeDataString(value.Value), StringComparison.Ordinal));
}
