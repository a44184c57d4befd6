using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace BotDispatch.PretendTeams;

/// <summary>Reads JSON as loosely as it comes.</summary>
internal static class Json
{
    static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The text of that name; null where there is none.</summary>
    public static string? Word(this JsonNode? node, string name) =>
        node is JsonObject made && made[name] is JsonValue value && value.GetValueKind() == JsonValueKind.String ? value.GetValue<string>() : null;

    /// <summary>Whether it says yes.</summary>
    public static bool Flag(this JsonNode? node, string name) =>
        node is JsonObject made && made[name] is JsonValue value && value.GetValueKind() == JsonValueKind.True;

    /// <summary>The objects in the list of that name.</summary>
    public static IEnumerable<JsonObject> Objects(this JsonNode? node, string name) =>
        node is JsonObject made && made[name] is JsonArray list ? list.OfType<JsonObject>() : [];

    /// <summary>What the text says; null if it is no JSON.</summary>
    public static JsonNode? TryParse(string text)
    {
        try
        {
            return JsonNode.Parse(text);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>As it travels.</summary>
    public static string Written(this JsonNode node) => node.ToJsonString(Plain);
}
