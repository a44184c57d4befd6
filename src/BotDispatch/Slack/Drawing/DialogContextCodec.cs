using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using BotDispatch.Chat;
using BotDispatch.Core;

namespace BotDispatch.Slack.Drawing;

/// <summary>Writes a <see cref="DialogContext"/> into a view's private metadata, which Slack shows to nobody and brings back each time.</summary>
internal static class DialogContextCodec
{
    // Slack takes 3000 characters, and each one that JSON escapes for web pages would be six.
    static readonly JsonSerializerOptions Short = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Writes it.</summary>
    public static string Write(DialogContext context) => Blocks.Of(
        ("form", context.FormId), ("channel", context.Channel.Address), ("ticket", context.Reference), ("replaces", context.Replaces?.Value),
        ("link", context.Link)).ToJsonString(Short);

    /// <summary>Reads what came back; null if it is not ours.</summary>
    public static DialogContext? Read(string metadata)
    {
        try
        {
            if (JsonNode.Parse(metadata) is not JsonObject it
                || Text(it, "form") is not { } form
                || Text(it, "channel") is not { } channel
                || Text(it, "ticket") is not { } ticket)
                return null;
            DispatchId? replaces = DispatchId.TryParse(Text(it, "replaces"), null, out var id) ? id : null;
            return new(form, new(SlackAddress.Platform, channel), ticket, replaces, Text(it, "link"));
        }
        catch (JsonException)
        {
            return null;
        }
    }

    static string? Text(JsonObject of, string name) => of[name] is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;
}
