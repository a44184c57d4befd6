using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using BotDispatch.Http;

namespace BotDispatch.Slack.Api;

/// <summary>Reads what Slack answers, whatever else it holds, and writes what it is sent.</summary>
internal static class SlackJson
{
    // Nothing of it stands in a page; escaped letters would only count towards the limits of a request.
    static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The object in <paramref name="utf8"/>; null if there is none.</summary>
    public static JsonElement? Parse(ReadOnlyMemory<byte> utf8)
    {
        // Where answers are posted, the usual answer is "ok": no reason for an exception.
        if (utf8.Span.TrimStart(" \t\r\n"u8) is not [(byte)'{', ..])
            return null;
        try
        {
            using var document = JsonDocument.Parse(utf8);
            return document.RootElement.ValueKind is JsonValueKind.Object ? document.RootElement.Clone() : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>As it travels.</summary>
    public static string Write(JsonNode node) => node.ToJsonString(Plain);

    extension(JsonElement element)
    {
        /// <summary>The field, if this is an object that has it and it is not null.</summary>
        public JsonElement? Field(string name) =>
            SafeJson.Find(element, name) is { ValueKind: not JsonValueKind.Null } field ? field : null;

        /// <summary>The field, if it is text.</summary>
        public string? Text(string name) => element.Field(name) is { } field ? SafeJson.TextOf(field) : null;

        /// <summary>The field, if it is true.</summary>
        public bool Has(string name) => element.Field(name) is { ValueKind: JsonValueKind.True };
    }
}
