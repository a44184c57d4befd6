namespace BotDispatch.Slack.Install;

/// <summary>What installations log: ids of workspaces and Slack's own words; never a token, a code or a state.</summary>
internal static partial class InstallLog
{
    [LoggerMessage(510, LogLevel.Information, "Slack: ready in {Installation}")]
    public static partial void WorkspaceKnown(this ILogger log, string installation);

    [LoggerMessage(511, LogLevel.Error,
        "Slack refuses Slack:BotToken ({Error}): install the app in its workspace again and copy the Bot User OAuth Token from its page "
            + "OAuth and Permissions")]
    public static partial void BotTokenDead(this ILogger log, string error);

    [LoggerMessage(512, LogLevel.Warning,
        "Slack: the workspace of Slack:BotToken is not known yet, {Because}; we ask again when it is needed")]
    public static partial void WorkspaceUnknown(this ILogger log, string because);

    [LoggerMessage(513, LogLevel.Information, "Slack: installed in {Installation}")]
    public static partial void Installed(this ILogger log, string installation);

    [LoggerMessage(514, LogLevel.Information, "Slack: removed from {Installation}, its tokens are deleted")]
    public static partial void Forgotten(this ILogger log, string installation);

    [LoggerMessage(515, LogLevel.Error,
        "Slack refuses the token of {Installation} ({Error}): nothing works there until the app is installed again, at /slack/install")]
    public static partial void TokenDead(this ILogger log, string installation, string error);

    [LoggerMessage(516, LogLevel.Warning, "Slack: the token of {Installation} was not refreshed, {Because}; trying again")]
    public static partial void NotRefreshed(this ILogger log, string installation, string because);

    [LoggerMessage(517, LogLevel.Error,
        "Slack refuses to refresh the token of {Installation} ({Error}), which expires at {ExpiresAt}: install the app there again, at "
            + "/slack/install")]
    public static partial void CannotRefresh(this ILogger log, string installation, string error, DateTimeOffset? expiresAt);

    [LoggerMessage(518, LogLevel.Warning, "Slack: an installation came to nothing, {Because}")]
    public static partial void NotInstalled(this ILogger log, string because);

    [LoggerMessage(519, LogLevel.Error,
        "Slack: no key decrypts what is stored for {Installation}: put the old Secrets:KeyFile back, or install the app there again, at "
            + "/slack/install")]
    public static partial void Unreadable(this ILogger log, string installation);
}
