using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using BotDispatch.Http;

namespace BotDispatch.Teams.Connector;

/// <summary>Reads what the connector answers, whatever else it holds, and writes what Teams is sent.</summary>
internal static class ConnectorJson
{
    // Nothing of it stands in a page; escaped letters would only count towards the limits of a message.
    static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The object in <paramref name="utf8"/>; null if there is none.</summary>
    public static JsonElement? Parse(ReadOnlyMemory<byte> utf8)
    {
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

        /// <summary>The field, if it is a text that is not empty, or a number.</summary>
        public string? Word(string name) => element.Field(name) switch
        {
            { ValueKind: JsonValueKind.Number } number => number.GetRawText(),
            { } other when SafeJson.TextOf(other) is { Length: > 0 } text => text,
            _ => null,
        };
    }
}
