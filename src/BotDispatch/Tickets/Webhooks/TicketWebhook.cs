using System.Text;
using System.Text.Json;
using BotDispatch.Http;
using BotDispatch.Ports;
using Microsoft.AspNetCore.WebUtilities;

namespace BotDispatch.Tickets.Webhooks;

/// <summary>What a ticket system posts, by its documentation.</summary>
/// <param name="Section">The section of the system's settings, whose last part is the address in small letters.</param>
/// <param name="Settings">The settings in that section, which tell systems apart whatever their names are.</param>
/// <param name="Secret">The secret of the settings; empty if nothing is signed.</param>
/// <param name="Signature">How the system signs with such a secret; null if it never does.</param>
/// <param name="Texts">What names tickets in a message, as people would type it.</param>
internal sealed record WebhookKind(
    string Section, SystemSettings Settings, string Secret, WebhookSignature? Signature, Func<JsonElement, IEnumerable<string?>> Texts)
{
    /// <summary>The last part of the address.</summary>
    public string Address { get; } = Section[(Section.IndexOf(':', StringComparison.Ordinal) + 1)..].ToLowerInvariant();
}

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
            .Where(text => text is { Length: > 0 and <= TypedText.Longest }).Select(text => system.ReferenceIn(TypedText.Clean(text!)))
            .OfType<string>().Distinct(StringComparer.OrdinalIgnoreCase).Take(MostTickets)];
    }

    static JsonElement? OfForm(ReadOnlyMemory<byte> body)
    {
        try
        {
            var form = QueryHelpers.ParseQuery(Encoding.UTF8.GetString(body.Span));
            return form.TryGetValue("payload", out var payload)
                ? SafeJson.Parse(Encoding.UTF8.GetBytes(payload.ToString()))
                : JsonSerializer.SerializeToElement(form.ToDictionary(each => each.Key, each => each.Value.ToString()));
        }
        catch (InvalidDataException)
        {
            return null;
        }
    }
}

/// <summary>The ticket systems that are set up, by the addresses to which they post.</summary>
internal sealed class TicketWebhooks(TicketSystems systems, IEnumerable<WebhookKind> kinds, TimeProvider real) : ITicketWebhooks
{
    readonly Dictionary<string, ITicketWebhook> all = (from kind in kinds
                                                       from system in systems.All
                                                       where system.System is ITicketWriter writer && writer.Settings == kind.Settings
                                                       select (kind.Address, Webhook: new TicketWebhook(kind, system.System, real)))
        .ToDictionary(each => each.Address, each => (ITicketWebhook)each.Webhook, StringComparer.OrdinalIgnoreCase);

    public IReadOnlyDictionary<string, ITicketWebhook> All => all;

    public ITicketWebhook? Find(string address) => all.GetValueOrDefault(address);
}
