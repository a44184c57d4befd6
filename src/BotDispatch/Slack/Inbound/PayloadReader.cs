using System.Runtime.InteropServices;
using System.Security.Cryptography;
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
        public Uri? Address(string name) => Address(payload.Text(name));
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
            ResponseUrl = Address(field("response_url")),
        };
    }

    static string? NotEmpty(string? text) => string.IsNullOrEmpty(text) ? null : text;

    static Uri? Address(string? text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var address)
        && (address.Scheme == Uri.UriSchemeHttps || address.Scheme == Uri.UriSchemeHttp)
            ? address
            : null;

    static string Hash(ReadOnlySpan<byte> payload) => Convert.ToHexStringLower(SHA256.HashData(payload));
}
