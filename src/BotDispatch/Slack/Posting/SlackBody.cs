using System.Text.Json;

namespace BotDispatch.Slack.Posting;

/// <summary>Reads answers without believing in their shape.</summary>
internal static class SlackBody
{
    extension(JsonElement element)
    {
        /// <summary>A property; nothing where there is none.</summary>
        public JsonElement Part(string name) => element.ValueKind is JsonValueKind.Object && element.TryGetProperty(name, out var part) ? part : default;

        /// <summary>A text; empty where there is none.</summary>
        public string Text(string name) => element.Part(name) is { ValueKind: JsonValueKind.String } text ? text.GetString()! : "";
    }
}
