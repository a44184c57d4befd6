using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace BotDispatch.PretendSlack;

/// <summary>Reads JSON as loosely as it comes.</summary>
internal static class Json
{
    // Slack writes plain UTF-8; nothing of it is shown in a page.
    static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The text of that name; null where there is none.</summary>
    public static string? Word(this JsonNode? node, string name) =>
        node is JsonObject made && made[name] is JsonValue value && value.GetValueKind() == JsonValueKind.String ? value.GetValue<string>() : null;

    /// <summary>Whether it says yes.</summary>
    public static bool Flag(this JsonNode? node, string name) =>
        node is JsonObject made && made[name] is JsonValue value && (value.GetValueKind() == JsonValueKind.True || (value.GetValueKind() == JsonValueKind.String && value.GetValue<string>() is "true" or "1"));

    public static string Written(this JsonNode node) => node.ToJsonString(Plain);

    public static JsonNode? TryParse(string text)
    {
        try { return JsonNode.Parse(text); }
        catch (JsonException) { return null; }
    }
}
