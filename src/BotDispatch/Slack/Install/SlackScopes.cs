using System.Collections.Immutable;

namespace BotDispatch.Slack.Install;

/// <summary>What the app asks to be allowed; the same as in its manifest.</summary>
/// <remarks>https://docs.slack.dev/reference/scopes</remarks>
internal static class SlackScopes
{
    /// <summary>It does not work without these.</summary>
    public static readonly ImmutableArray<string> Required =
        ["commands", "chat:write", "users:read", "users:read.email", "im:write", "app_mentions:read", "channels:read", "groups:read"];

    /// <summary>It works better with these: a post whose answer was lost is looked up, and public channels need no invitation.</summary>
    public static readonly ImmutableArray<string> Optional = ["channels:history", "groups:history", "chat:write.public"];

    /// <summary>As a request for installation names them; the manifest says which of them may be declined.</summary>
    public static string Asked => string.Join(',', Required.AddRange(Optional));

    /// <summary>Reads Slack's list.</summary>
    public static ImmutableHashSet<string> Read(string? list) => [.. (list ?? "").Split([',', ' '], StringSplitOptions.RemoveEmptyEntries)];
}
