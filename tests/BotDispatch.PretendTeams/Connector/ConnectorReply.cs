using System.Text.Json.Nodes;

namespace BotDispatch.PretendTeams.Connector;

/// <summary>What a call is answered with.</summary>
internal sealed record ConnectorReply(int Status, JsonObject? Body = null, int? RetryAfter = null)
{
    /// <summary>The connection is cut.</summary>
    public static readonly ConnectorReply Nothing = new(0);

    public bool IsDone => Status is >= 200 and < 300;

    /// <summary>As Teams words errors.</summary>
    public static ConnectorReply Error(int status, string code, string? message = null) =>
        new(status, new() { ["error"] = new JsonObject { ["code"] = code, ["message"] = message ?? code } });

    public static ConnectorReply Throttled(int? retryAfter) => Error(429, "Throttled", "Too many requests") with { RetryAfter = retryAfter };

    public static ConnectorReply Named(int status, string id) => new(status, new() { ["id"] = id });
}

/// <summary>One call as it came, understood.</summary>
/// <param name="Kind">As <c>send</c>.</param>
/// <param name="Conversation">Without any thread; empty where there is none.</param>
/// <param name="Root">The post whose thread is meant; empty for none.</param>
/// <param name="Item">The message or member that is meant; empty for none.</param>
/// <param name="IsTargeted">Only one person is to see it.</param>
/// <param name="Body">What it said.</param>
/// <param name="Query">What else it asked.</param>
internal sealed record ConnectorCall(string Kind, string Conversation, string Root, string Item, bool IsTargeted, JsonObject Body, IQueryCollection Query)
{
    const string ThreadBegins = ";messageid=";

    /// <summary>Understands the path below the service address; null for no call that there is.</summary>
    public static ConnectorCall? Of(string method, string path, JsonObject? body, IQueryCollection query)
    {
        var parts = path.Split('/');
        var kind = (method, parts) switch
        {
            ("POST", ["v3", "conversations"]) => body.Flag("isGroup") ? "thread" : "chat",
            ("POST", ["v3", "conversations", _, "activities"] or ["v3", "conversations", _, "activities", _]) => "send",
            ("PUT", ["v3", "conversations", _, "activities", _]) => "update",
            ("DELETE", ["v3", "conversations", _, "activities", _]) => "delete",
            ("GET", ["v3", "conversations", _, "members", _]) => "member",
            ("GET", ["v3", "conversations", _, "members"] or ["v3", "conversations", _, "pagedmembers"]) => "members",
            _ => null,
        };
        if (kind is null)
            return null;
        var id = parts.Length > 2 ? parts[2] : kind == "thread" ? body?["channelData"]?["channel"].Word("id") ?? "" : "";
        var at = id.IndexOf(ThreadBegins, StringComparison.Ordinal);
        return new(kind, at < 0 ? id : id[..at], at < 0 ? "" : id[(at + ThreadBegins.Length)..], parts.Length > 4 ? parts[4] : "", query["isTargetedActivity"] == "true", body ?? [], query);
    }
}
