using System.Text.Json.Nodes;
using BotDispatch.Tests.Architecture;

namespace BotDispatch.Tests.Adapters.Slack.Inbound;

/// <summary>What was captured of Slack's own software. Hosts in it were replaced, so its signatures do not fit its bodies any more.</summary>
internal static class Captured
{
    static string Folder => Path.Combine(Repository.Root, "tests", "BotDispatch.Tests", "Adapters", "Slack", "Fixtures");

    public static JsonObject Read(string name) => JsonNode.Parse(File.ReadAllText(Path.Combine(Folder, name + ".json")))!.AsObject();

    /// <summary>The decoded payload of an inbound delivery.</summary>
    public static JsonObject Payload(string name) => Read($"inbound/{name}")["payload"]!.AsObject();

    public static IEnumerable<string> Names(string folder) =>
        Directory.EnumerateFiles(Path.Combine(Folder, folder), "*.json").Select(file => Path.GetFileNameWithoutExtension(file)).Where(name => name != "_summary").Order(StringComparer.Ordinal);
}
