using System.Text.Json.Nodes;
using BotDispatch.Tests.Architecture;

namespace BotDispatch.Tests.Adapters.Slack.Schema;

/// <summary>The manifests of <c>manifest/slack</c>, as they are shipped.</summary>
internal static class Manifest
{
    /// <summary>For an app that is reached by HTTP.</summary>
    public const string Http = "manifest.json";

    /// <summary>For one that opens sockets.</summary>
    public const string Sockets = "manifest.socket.json";

    public static readonly string[] Names = [Http, Sockets];

    public static JsonObject Read(string name) => JsonNode.Parse(File.ReadAllText(Path.Combine(Repository.Root, "manifest", "slack", name)))!.AsObject();
}
