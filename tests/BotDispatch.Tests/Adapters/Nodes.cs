using System.Text.Json.Nodes;
using BotDispatch.Http;
using BotDispatch.Slack.Api;

namespace BotDispatch.Tests.Adapters;

/// <summary>What is drawn and sent as JSON, as nodes that a test can look into.</summary>
internal static class Nodes
{
    /// <summary>Draws this node.</summary>
    public static JsonDrawing Drawing(JsonNode node) => json => node.WriteTo(json);

    /// <summary>The arguments of a call that are properties of this object.</summary>
    public static SlackArguments Arguments(JsonObject properties)
    {
        var arguments = new SlackArguments();
        foreach (var (name, value) in properties)
            if (value is not null)
                arguments[name] = value is JsonValue text && text.TryGetValue<string>(out var words) ? words : Drawing(value);
        return arguments;
    }

    extension(JsonDrawing drawing)
    {
        public JsonNode AsNode() => JsonNode.Parse(SafeJson.Bytes(drawing))!;

        public JsonObject AsObject() => drawing.AsNode().AsObject();

        public JsonArray AsArray() => drawing.AsNode().AsArray();
    }

    extension(SlackArguments arguments)
    {
        public JsonObject AsObject() =>
            new(arguments.Select(each => KeyValuePair.Create(each.Key, each.Value.Json is { } json ? json.AsNode() : JsonValue.Create(each.Value.Text))));
    }
}
