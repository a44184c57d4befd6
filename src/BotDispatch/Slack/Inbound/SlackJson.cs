using System.Text.Json;
using BotDispatch.Http;

namespace BotDispatch.Slack.Inbound;

/// <summary>Reads what Slack sends without trusting its shape: what is missing or of another kind is null.</summary>
internal static class SlackJson
{
    // A message with rich text inside of what it unfurls nests about twenty deep.
    static readonly JsonDocumentOptions Limits = new() { MaxDepth = 64 };

    /// <summary>What is read from the object in these bytes; null if they hold none.</summary>
    public static T? Read<T>(ReadOnlyMemory<byte> utf8, Func<JsonElement, T?> read) where T : class
    {
        try
        {
            using var document = JsonDocument.Parse(utf8, Limits);
            return document.RootElement.ValueKind is JsonValueKind.Object ? read(document.RootElement) : null;
        }
        catch (Exception malformed) when (malformed is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    extension(JsonElement element)
    {
        /// <summary>The field; null if it is missing, or if this is no object.</summary>
        public JsonElement? Field(string name) =>
            SafeJson.Find(element, name) is { ValueKind: not JsonValueKind.Null } field ? field : null;

        /// <summary>The field as text; null if it is missing or no single value.</summary>
        public string? Text(string name) => element.Field(name)?.AsText();

        /// <summary>The field as the name of something, which is not empty.</summary>
        public string? Name(string name) => element.Text(name) is { Length: > 0 } text ? text : null;

        /// <summary>The field of a field as text.</summary>
        public string? Text(string name, string inner) => element.Field(name)?.Text(inner);

        /// <summary>The entries of the field; none if it is no list.</summary>
        public IEnumerable<JsonElement> List(string name) =>
            element.Field(name) is { ValueKind: JsonValueKind.Array } list ? list.EnumerateArray() : [];

        /// <summary>This value as text, a number as it is written.</summary>
        public string? AsText() => element.ValueKind switch
        {
            JsonValueKind.String => SafeJson.TextOf(element),
            JsonValueKind.Number => element.GetRawText(),
            _ => null,
        };
    }
}
