using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using BotDispatch.Chat;
using BotDispatch.Core;

namespace BotDispatch.Slack.Drawing;

/// <summary>
/// Writes a <see cref="DialogContext"/> into a view's private metadata, which Slack shows to nobody and returns with each action.
/// </summary>
internal static class DialogContextCodec
{
    // Slack accepts 3000 characters, and the default encoder writes six for each character that it escapes.
    static readonly JsonSerializerOptions Short = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Writes the context as JSON.</summary>
    public static string Write(DialogContext context) => Blocks.Of(
        ("form", context.FormId), ("channel", context.Channel.Address), ("ticket", context.Reference),
        ("replaces", context.Replaces?.Value), ("link", context.Link)).ToJsonString(Short);

    /// <summary>Reads the metadata that Slack returns; null if it is not ours.</summary>
    public static DialogContext? Read(string metadata)
    {
        try
        {
            if (JsonNode.Parse(metadata) is not JsonObject json
                || Text(json, "form") is not { } form
                || Text(json, "channel") is not { } channel
                || Text(json, "ticket") is not { } ticket)
                return null;
            DispatchId? replaces = DispatchId.TryParse(Text(json, "replaces"), null, out var id) ? id : null;
            return new(form, new(SlackAddress.Platform, channel), ticket, replaces, Text(json, "link"));
        }
        catch (JsonException)
        {
            return null;
        }
    }

    static string? Text(JsonObject of, string name) =>
        of[name] is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;
}
