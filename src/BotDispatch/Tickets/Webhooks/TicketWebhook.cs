using System.Text;
using System.Text.Json;
using BotDispatch.Http;
using BotDispatch.Ports;
using Microsoft.AspNetCore.WebUtilities;

namespace BotDispatch.Tickets.Webhooks;

/// <summary>What a ticket system posts, by its documentation.</summary>
/// <param name="Secret">The secret of the settings; empty if nothing is signed.</param>
/// <param name="Signature">How the system signs with such a secret; null if it never does.</param>
/// <param name="Texts">What names tickets in a message, as the system itself calls them.</param>
internal sealed record WebhookKind(string Secret, WebhookSignature? Signature, Func<JsonElement, IEnumerable<string?>> Texts);

/// <summary>Reads the messages of one ticket system.</summary>
internal sealed class TicketWebhook(WebhookKind kind, ITicketSystem system, TimeProvider real) : ITicketWebhook
{
    const int MostTickets = 50;

    public string System => system.Name;

    public bool Signs => kind is { Secret.Length: > 0, Signature: not null };

    public bool MayBeSigned(IHeaderDictionary headers) =>
        kind is { Secret.Length: > 0, Signature: { } signature } && headers.ContainsKey(signature.Header);

    public bool IsSigned(IHeaderDictionary headers, ReadOnlySpan<byte> body) =>
        MayBeSigned(headers) && kind.Signature!.IsRight(headers, body, kind.Secret, real.WallNow);

    public IReadOnlyList<string>? ReferencesIn(ReadOnlyMemory<byte> body, string? mediaType)
    {
        // A form with the JSON in one field is what GitHub sends unless JSON is chosen; single fields are what scripts send.
        var isForm = mediaType?.StartsWith("application/x-www-form-urlencoded", StringComparison.OrdinalIgnoreCase) == true;
        if ((isForm ? OfForm(body) : SafeJson.Parse(body)) is not { } message)
            return null;
        return [.. kind.Texts(message).Concat([message.Text("reference"), message.Text("ticket")])
            .Where(text => text is { Length: > 0 and <= TypedText.Longest }).Select(text => system.OwnReferenceIn(TypedText.Clean(text!)))
            .OfType<string>().Distinct(StringComparer.OrdinalIgnoreCase).Take(MostTickets)];
    }

    static JsonElement? OfForm(ReadOnlyMemory<byte> body)
    {
        try
        {
            var form = QueryHelpers.ParseQuery(Encoding.UTF8.GetString(body.Span));
            return form.TryGetValue("payload", out var payload)
                ? SafeJson.Parse(Encoding.UTF8.GetBytes(payload.ToString()))
                : JsonSerializer.SerializeToElement(
                    form.ToDictionary(each => each.Key, each => each.Value.ToString()), TicketsJson.Default.DictionaryStringString);
        }
        catch (InvalidDataException)
        {
            return null;
        }
    }
}

/// <summary>The ticket systems that are set up, by the addresses to which they post.</summary>
internal sealed class TicketWebhooks(TicketSystems systems, TimeProvider real) : ITicketWebhooks
{
    readonly Dictionary<string, ITicketWebhook> all = systems.All.Select(each => each.System).OfType<ITicketWriter>()
        .ToDictionary(each => each.Settings.NewsAddress,
            ITicketWebhook (each) => new TicketWebhook(WebhookKinds.Of(each.Settings), each, real), StringComparer.OrdinalIgnoreCase);

    public IReadOnlyDictionary<string, ITicketWebhook> All => all;

    public ITicketWebhook? Find(string address) => all.GetValueOrDefault(address);
}
