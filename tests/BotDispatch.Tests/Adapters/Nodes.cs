using System.Text.Json.Nodes;
using BotDispatch.Http;
using BotDispatch.Slack.Api;

namespace BotDispatch.Tests.Adapters;

/// <summary>What is sent as JSON, as nodes that a test can look into.</summary>
internal static class Nodes
{
    /// <summary>Writes this node.</summary>
    public static WriteJson Drawing(JsonNode node) => json => node.WriteTo(json);

    /// <summary>The arguments of a call that are properties of this object.</summary>
    public static SlackArguments Arguments(JsonObject properties)
    {
        var arguments = new SlackArguments();
        foreach (var (name, value) in properties)
            if (value is not null)
                arguments[name] = value is JsonValue text && text.TryGetValue<string>(out var words) ? words : Drawing(value);
        return arguments;
    }

    extension(WriteJson value)
    {
        public JsonNode AsNode() => JsonNode.Parse(SafeJson.Bytes(value))!;

        public JsonObject AsObject() => value.AsNode().AsObject();

        public JsonArray AsArray() => value.AsNode().AsArray();
    }

    extension(SlackArguments arguments)
    {
        public JsonObject AsObject() =>
            new(arguments.Select(each => KeyValuePair.Create(each.Key, each.Value.Json is { } json ? json.AsNode() : JsonValue.Create(each.Value.Text))));
    }
}
