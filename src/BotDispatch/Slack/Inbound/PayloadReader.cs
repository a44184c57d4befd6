using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text.Json;
using BotDispatch.Http;

namespace BotDispatch.Slack.Inbound;

/// <summary>
/// Makes one <see cref="SlackDelivery"/> of whatever Slack sends, by either way. What is not known, or lacks what it cannot be without, is
/// <see cref="SlackDelivery.Unknown"/>; only what is neither a form nor JSON is nothing at all.
/// </summary>
internal static class PayloadReader
{
    /// <summary>Reads a form: a command, or one field that holds an interaction as JSON; null if it is neither.</summary>
    public static SlackBody? ReadForm(ReadOnlyMemory<byte> form)
    {
        var fields = new FormFields(form);
        if (fields.Bytes("payload") is { } payload)
            return SafeJson.Read(payload, json => new SlackBody.Delivered(InteractionReader.Read(json), json.Text("api_app_id"), IsEvent: false));
        return fields.Text("command") is null ? null : new SlackBody.Delivered(ReadCommand(fields.Text, () => Hash(form.Span)), fields.Text("api_app_id"), IsEvent: false);
    }

    /// <summary>Reads what the Events API posts; null if it is no JSON object.</summary>
    public static SlackBody? ReadJson(ReadOnlyMemory<byte> json) => SafeJson.Read<SlackBody>(json, body => body.Text("type") == "url_verification"
        ? new SlackBody.Challenged(body.Text("challenge") ?? "")
        : new SlackBody.Delivered(EventReader.Read(body), body.Text("api_app_id"), IsEvent: true));

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
                _ => new SlackDelivery.Unknown(payload.Hash(), new(null, null, "", ""), type),
            };
        }
        // A name with half a character in it can be compared with nothing.
        catch (InvalidOperationException)
        {
            return new SlackDelivery.Unknown(payload.Hash(), new(null, null, "", ""), type);
        }
    }

    extension(JsonElement payload)
    {
        /// <summary>Names a delivery that has no name of its own.</summary>
        public string Hash() => Hash(JsonMarshal.GetRawUtf8Value(payload));

        /// <summary>The field as an address.</summary>
        public Uri? Address(string name) => Address(payload.Text(name));
    }

    static SlackDelivery ReadCommand(Func<string, string?> field, Func<string> hash)
    {
        var origin = new SlackOrigin(NotEmpty(field("team_id")), NotEmpty(field("enterprise_id")), field("user_id") ?? "", field("user_name") ?? "");
        var trigger = NotEmpty(field("trigger_id"));
        var id = trigger ?? hash();
        return (field("command"), field("channel_id"), origin.UserId) switch
        {
            ({ Length: > 0 } name, { Length: > 0 } channel, { Length: > 0 }) =>
                new SlackDelivery.Command(id, origin, name, field("text") ?? "", channel, trigger ?? "", Address(field("response_url"))),
            _ => new SlackDelivery.Unknown(id, origin, "command"),
        };
    }

    static string? NotEmpty(string? text) => string.IsNullOrEmpty(text) ? null : text;

    static Uri? Address(string? text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var address) && (address.Scheme == Uri.UriSchemeHttps || address.Scheme == Uri.UriSchemeHttp) ? address : null;

    static string Hash(ReadOnlySpan<byte> payload) => Convert.ToHexStringLower(SHA256.HashData(payload));
}
