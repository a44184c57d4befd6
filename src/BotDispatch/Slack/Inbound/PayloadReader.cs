using System.Net;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using BotDispatch.Chat;
using BotDispatch.Http;

namespace BotDispatch.Slack.Inbound;

/// <summary>
/// Makes one <see cref="SlackDelivery"/> of everything that Slack sends, by either way. A delivery that is not known, or that lacks
/// something necessary, is <see cref="ChatAction.Unknown"/>; only what is neither a form nor JSON is nothing at all.
/// </summary>
internal static class PayloadReader
{
    /// <summary>Reads a form: a command, or one field that holds an interaction as JSON; null if it is neither.</summary>
    public static SlackBody? ReadForm(ReadOnlyMemory<byte> form)
    {
        var fields = new FormFields(form);
        if (fields.Bytes("payload") is { } payload)
            return SafeJson.Read(payload, json => new SlackBody.Delivered(InteractionReader.Read(json), json.Text("api_app_id")));
        return fields.Text("command") is null
            ? null
            : new SlackBody.Delivered(ReadCommand(fields.Text, () => Hash(form.Span)), fields.Text("api_app_id"));
    }

    /// <summary>Reads what the Events API posts; null if it is no JSON object.</summary>
    public static SlackBody? ReadJson(ReadOnlyMemory<byte> json) => SafeJson.Read<SlackBody>(json, body =>
        body.Text("type") == "url_verification"
            ? new SlackBody.Challenged(body.Text("challenge") ?? "")
            : new SlackBody.Delivered(EventReader.Read(body), body.Text("api_app_id")));

    /// <summary>Reads the payload of a socket's envelope, whose <paramref name="type"/> says what it is.</summary>
    /// <remarks>https://docs.slack.dev/apis/events-api/using-socket-mode</remarks>
    public static SlackDelivery ReadEnvelope(string type, JsonElement payload)
    {
        try
        {
            return type switch
            {
                "slash_commands" => ReadCommand(name => payload.Text(name), () => payload.Hash()),
                "interactive" => InteractionReader.Read(payload),
                "events_api" => EventReader.Read(payload),
                _ => Unknown(payload.Hash(), new(null, null, "", ""), type),
            };
        }
        // A name with half a character in it can be compared with nothing.
        catch (InvalidOperationException)
        {
            return Unknown(payload.Hash(), new(null, null, "", ""), type);
        }
    }

    extension(JsonElement payload)
    {
        /// <summary>Names a delivery that has no name of its own.</summary>
        public string Hash() => Hash(JsonMarshal.GetRawUtf8Value(payload));

        /// <summary>The field as an address.</summary>
        public Uri? Address(string name) => WebLink.Read(payload.Text(name));
    }

    /// <summary>Something that we do not know, or that lacks what it cannot be without.</summary>
    public static SlackDelivery Unknown(string id, SlackOrigin from, string type, PayloadKind kind = PayloadKind.Unknown) =>
        new(new ChatAction.Unknown(id, type), from, kind);

    static SlackDelivery ReadCommand(Func<string, string?> field, Func<string> hash)
    {
        var origin = new SlackOrigin(
            NotEmpty(field("team_id")), NotEmpty(field("enterprise_id")), field("user_id") ?? "", field("user_name") ?? "");
        var trigger = NotEmpty(field("trigger_id"));
        var id = trigger ?? hash();
        if ((field("command"), field("channel_id"), origin.UserId) is not ({ Length: > 0 } name, { Length: > 0 } channel, { Length: > 0 }))
            return Unknown(id, origin, "command");
        var typed = SlackMarkup.Read(field("text") ?? "");
        return new(new ChatAction.Command(id, typed.Text, typed.Mentions), origin, PayloadKind.Command)
        {
            Name = name,
            Text = field("text") ?? "",
            Channel = channel,
            TriggerId = trigger ?? "",
            ResponseUrl = WebLink.Read(field("response_url")),
        };
    }

    static string? NotEmpty(string? text) => string.IsNullOrEmpty(text) ? null : text;

    static string Hash(ReadOnlySpan<byte> payload) => Convert.ToHexStringLower(SHA256.HashData(payload));
}

/// <summary>What the body of a request from Slack holds.</summary>
internal abstract record SlackBody
{
    private SlackBody() { }

    /// <summary>Something happened.</summary>
    /// <param name="What">It.</param>
    /// <param name="AppId">The app that it is for, where Slack says so.</param>
    public sealed record Delivered(SlackDelivery What, string? AppId) : SlackBody;

    /// <summary>Slack asks whether this address is ours.</summary>
    /// <remarks>https://docs.slack.dev/reference/events/url_verification</remarks>
    public sealed record Challenged(string Challenge) : SlackBody;
}

/// <summary>
/// The fields of a posted form, decoded one by one when they are asked for, from bytes to bytes: what holds JSON is never made into text
/// first.
/// Names are compared as they are written, for those of Slack hold nothing that is escaped. Of a field that is there twice the first
/// counts.
/// </summary>
/// <remarks>https://docs.slack.dev/interactivity/implementing-slash-commands</remarks>
internal sealed class FormFields(ReadOnlyMemory<byte> form)
{
    /// <summary>Whether a field stands there with exactly this value.</summary>
    public static bool Has(ReadOnlySpan<byte> form, ReadOnlySpan<byte> field)
    {
        foreach (var range in form.Split((byte)'&'))
            if (form[range].SequenceEqual(field))
                return true;
        return false;
    }

    /// <summary>The field's text, empty if nothing follows its name; null if it is missing. Bytes that are no text become �.</summary>
    public string? Text(string name) => Bytes(name) is { } bytes ? Encoding.UTF8.GetString(bytes) : null;

    /// <summary>The field's bytes; null if it is missing.</summary>
    public byte[]? Bytes(string name)
    {
        Span<byte> wanted = stackalloc byte[name.Length];
        Encoding.ASCII.GetBytes(name, wanted);
        var fields = form.Span;
        foreach (var range in fields.Split((byte)'&'))
        {
            var field = fields[range];
            if (!field.StartsWith(wanted))
                continue;
            if (field.Length == wanted.Length)
                return [];
            if (field[wanted.Length] == '=')
            {
                var value = field[(wanted.Length + 1)..].ToArray();
                return WebUtility.UrlDecodeToBytes(value, 0, value.Length);
            }
        }
        return null;
    }
}
