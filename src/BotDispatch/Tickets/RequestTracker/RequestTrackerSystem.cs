using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using BotDispatch.Core;
using BotDispatch.Http;
using BotDispatch.Ports;
using BotDispatch.Tickets.Markup;

namespace BotDispatch.Tickets.RequestTracker;

/// <summary>The tickets of Request Tracker 5, by REST 2.0.</summary>
/// <remarks>
/// Request Tracker 5.0.3 itself: the first message is not in the ticket but in an attachment, whose content is base64 when it is read alone
/// and plain text in a list; a ticket that was merged answers as the other one; a deleted one answers with status 200; a search that it
/// cannot sort counts tickets and lists none; the number of pages is <c>0.0</c> where there are none. Its own addresses contain the host of
/// its configuration, so they are not followed.
/// </remarks>
internal sealed partial class RequestTrackerSystem : ITicketWriter
{
    const string Api = "REST/2.0";

    readonly RequestTrackerOptions settings;
    readonly SystemClient client;
    readonly WebPage pages;
    readonly TicketTemplates templates;
    readonly SystemUsers users;

    public RequestTrackerSystem(RequestTrackerOptions settings, SystemClients clients)
    {
        this.settings = settings;
        client = clients.For(new(Name, settings.Root, settings.Section + ":BaseAddress",
            settings.Section + (settings.Token.Length > 0 ? ":Token" : ":Password"), headers => headers.Authorization =
                settings.Token.Length > 0 ? new("token", settings.Token) : Credentials.Basic(settings.UserName, settings.Password)));
        pages = new(settings.Root);
        users = new(settings, "the name of the user in Request Tracker");
        templates = new(settings, "{Subject}", "{content}\nRequester: {Requestor[*].id}", "{priority}",
            "{CustomFields[name=Location].values[0] ?? CustomFields[name=Place].values[0]}");
    }

    public string Name => settings.Called;

    public string Host => client.Host;

    public Uri Root => settings.Root;

    public IReadOnlyList<ReferenceForm> Forms => [new($"{settings.Section}:Prefix", settings.Prefix + "7")];

    string? NumberIn(string text) => TypedText.NumberIn(text, settings.Prefix, settings.TypedNames);

    public string? ReferenceIn(string text) => Reference(
        NumberIn(text)
            ?? (settings.OwnName.Length == 0 ? TypedText.NumberIn(text, settings.Prefix, "RT") : null)
            ?? pages.Find(text, Display())?.TrimStart('0'));

    public async Task<FoundTicket> FindAsync(string reference, CancellationToken ct)
    {
        if (NumberIn(reference) is not { } number)
            return new FoundTicket.Unknown();
        // Beside the ticket: a chat waits 2 s for some answers, and Request Tracker may take most of that for each question.
        var listing = FirstMessageAsync(number, ct);
        JsonElement ticket = default;
        var found = await client.FindAsync($"{Api}/ticket/{number}", body =>
        {
            ticket = body;
            return body.Text("id") is not { } id ? new FoundTicket.Unavailable($"{Name} answered with something that is no ticket")
                : body.Text("Status") == "deleted" ? new FoundTicket.Unknown()
                : new FoundTicket.Found(new(Reference(id)!, ""));
        }, CheckAsync, ct);
        var (content, isKnown) = await listing;
        if (found is not FoundTicket.Found)
            return found;
        if (ticket.Text("id") is { } id && id != number)
            (content, isKnown) = await FirstMessageAsync(id, ct);
        return isKnown ? new FoundTicket.Found(Read(ticket, content))
            : new FoundTicket.Unavailable($"{Name}: its first message could not be read");
    }

    public Task<IReadOnlyList<Ticket>?> ListAsync(string words, int most, CancellationToken ct)
    {
        var title = words.Replace(@"\", "", StringComparison.Ordinal).Replace("'", @"\'", StringComparison.Ordinal);
        var query = Uri.EscapeDataString("Status = '__Active__'" + (title.Length > 0 ? $" AND Subject LIKE '{title}'" : ""));
        return client.ListAsync<IReadOnlyList<Ticket>>(
            $"{Api}/tickets?query={query}&orderby=LastUpdated&order=DESC&per_page={most}&fields=Subject,Status,Priority",
            // Counted and not listed is how it says that it could not sort.
            body => body.List("items").ToList() is var items && items.Count == 0 && body.Number("total", 0) > 0 ? null
                : [.. items.Where(item => item.Text("id") is not null).Select(item => Read(item, ""))], ct);
    }

    public Task<SystemCheck> CheckAsync(CancellationToken ct) => client.CheckAsync($"{Api}/rt",
        body => body.Name("Version") is { } version
            ? $"{(settings.UserName.Length > 0 ? settings.UserName : "the owner of the token")} (version {version})" : null, ct);

    // An image among the attachments would make the list with contents too large, so the list is read without them.
    async Task<(string Content, bool IsKnown)> FirstMessageAsync(string id, CancellationToken ct)
    {
        var first = await client.ListAsync<string>($"{Api}/ticket/{id}/attachments?fields=ContentType,Filename,TransactionId", body =>
        {
            var all = body.List("items").ToList();
            var created = all.Select(each => Number(each.Text("TransactionId"))).DefaultIfEmpty(0).Min();
            var texts = all.Where(each => Number(each.Text("TransactionId")) == created && each.Name("Filename") is null).ToList();
            return texts.Find(each => each.Text("ContentType") == "text/plain").Text("id")
                ?? texts.Find(each => each.Text("ContentType") == "text/html").Text("id") ?? "";
        }, ct);
        if (first is null or "")
            return ("", first is not null);
        return await client.ListAsync<string>($"{Api}/attachment/{first}", body => PlainMarkup.Of(
            Decoded(body.Text("Content") ?? ""), body.Text("ContentType") == "text/html" ? TextFormat.Html : TextFormat.Plain),
                ct) is { } content
            ? (content, true) : ("", false);
    }

    string? Reference(string? number) => string.IsNullOrEmpty(number) ? null : settings.Prefix + number;

    Ticket Read(JsonElement ticket, string content)
    {
        var id = ticket.Text("id")!;
        var extra = new Dictionary<string, string> { ["content"] = content };
        // 0 is the priority of a ticket that has none.
        if (ticket.Text("Priority") is { Length: > 0 } priority && priority != "0")
            extra["priority"] = priority;
        return templates.Fill(Reference(id)!, ticket, $"{settings.Root}Ticket/Display.html?id={id}", extra);
    }

    static int Number(string? text) => int.TryParse(text, CultureInfo.InvariantCulture, out var number) ? number : int.MaxValue;

    static string Decoded(string base64) => Encoding.UTF8.GetString(Convert.FromBase64String(base64));

    [GeneratedRegex(@"^(?:SelfService/|m/)?(?:Ticket/)?[A-Za-z]+(?:\.html)?\?(?:.*&)?id=(\d{1,12})(?!\d)",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Display();
}
