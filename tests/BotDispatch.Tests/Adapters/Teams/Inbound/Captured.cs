using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using BotDispatch.Http;
using BotDispatch.Teams.Handlers;
using BotDispatch.Teams.Inbound;
using BotDispatch.Tests.Architecture;
using Microsoft.AspNetCore.DataProtection;

namespace BotDispatch.Tests.Adapters.Teams.Inbound;

/// <summary>What Microsoft's Agents Playground sent, unedited: https://www.npmjs.com/package/@microsoft/m365agentsplayground, 0.2.28.</summary>
internal static class Captured
{
    static string Folder => Path.Combine(Repository.Root, "tests", "BotDispatch.Tests", "Adapters", "Teams", "Fixtures", "to-bot");

    public static IEnumerable<string> Names => Directory.EnumerateFiles(Folder, "*.json").Select(file => Path.GetFileNameWithoutExtension(file)).Order(StringComparer.Ordinal);

    public static JsonObject Body(string name) => JsonNode.Parse(File.ReadAllText(Path.Combine(Folder, name + ".json")))!["request"]!["body"]!.AsObject();

    public static ActivityReader Reader { get; } = new(new ActionReader(new ProtectedPayloads(new EphemeralDataProtectionProvider())));

    public static TeamsDelivery Read(string name) => Read(Body(name));

    public static TeamsDelivery Read(string name, Action<JsonObject> change)
    {
        var body = Body(name);
        change(body);
        return Read(body);
    }

    public static TeamsDelivery ReadText(string json) => SafeJson.Read(Encoding.UTF8.GetBytes(json), Reader.Read)!;

    public static TeamsDelivery Read(JsonObject activity) => ReadText(activity.ToJsonString(JsonSerializerOptions.Web));
}
