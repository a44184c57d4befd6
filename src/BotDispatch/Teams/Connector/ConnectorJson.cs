using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

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
            element.ValueKind is JsonValueKind.Object && element.TryGetProperty(name, out var field) && field.ValueKind is not JsonValueKind.Null ? field : null;

        /// <summary>The field, if it is a text that is not empty, or a number.</summary>
        public string? Word(string name)
        {
            if (element.Field(name) is not { ValueKind: JsonValueKind.String or JsonValueKind.Number } field)
                return null;
            try
            {
                return field.ValueKind is JsonValueKind.Number ? field.GetRawText() : field.GetString() is { Length: > 0 } text ? text : null;
            }
            // Half a character.
            catch (InvalidOperationException)
            {
                return null;
            }
        }
    }
}
