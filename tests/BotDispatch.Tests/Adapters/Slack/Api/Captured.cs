using System.Text.Json;
using System.Text.Json.Nodes;
using BotDispatch.Tests.Architecture;

namespace BotDispatch.Tests.Adapters.Slack.Api;

/// <summary>What Slack's own packages sent and were answered.</summary>
internal static class Captured
{
    public static JsonObject Read(string file) =>
        JsonNode.Parse(File.ReadAllText(Path.Combine(Repository.Root, "tests", "BotDispatch.Tests", "Adapters", "Slack", "Fixtures", file)))!.AsObject();

    /// <summary>The first exchange of a call.</summary>
    public static JsonObject Exchange(string call) => Read($"web-api/{call}.json")["exchanges"]![0]!.AsObject();

    public static string? Header(JsonNode exchange, string name) =>
        exchange["headers"]!.AsArray().FirstOrDefault(each => each![0]!.GetValue<string>() == name)?[1]!.GetValue<string>();

    /// <summary>The arguments that gave this form: JSON where it is JSON, true and false as such.</summary>
    public static JsonObject Arguments(JsonNode exchange)
    {
        var arguments = new JsonObject();
        foreach (var (name, value) in exchange["form"]!.AsObject())
            arguments[name] = exchange["json_fields"]?[name]?.DeepClone() ?? (value!.GetValue<string>() is "true" or "false" ? JsonValue.Create(bool.Parse(value.GetValue<string>())) : value.DeepClone());
        return arguments;
    }

    /// <summary>The fields of a form, in their order.</summary>
    public static List<(string Name, string Value)> Fields(string form) =>
        form.Length == 0 ? [] : [.. form.Split('&').Select(field => field.Split('=')).Select(field => (Uri.UnescapeDataString(field[0]), Uri.UnescapeDataString(field[1])))];

    /// <summary>Any JSON as the answer that it is.</summary>
    public static JsonElement Json(string text) => JsonDocument.Parse(text).RootElement;
}
