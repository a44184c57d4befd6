namespace BotDispatch.Slack.Api;

/// <summary>What calling Slack logs: methods, workspaces and Slack's own words, never a token, an address or what was sent.</summary>
internal static partial class ApiLog
{
    [LoggerMessage(500, LogLevel.Information, "Slack did not do {Method} in {Installation}: {Error}")]
    public static partial void Refused(this ILogger log, string method, string installation, string error);

    [LoggerMessage(501, LogLevel.Warning, "Slack may not do {Method} in {Installation}: {Error} {Detail}. An administrator has to allow it, and a new scope needs a new installation")]
    public static partial void NotAllowed(this ILogger log, string method, string installation, string error, string detail);

    [LoggerMessage(502, LogLevel.Error, "Slack did not take what we sent with {Method} in {Installation}: {Error} {Detail}")]
    public static partial void BadContent(this ILogger log, string method, string installation, string error, string detail);

    [LoggerMessage(503, LogLevel.Warning, "Slack wants to hear nothing of {Method} in {Installation} for {Seconds} s")]
    public static partial void Throttled(this ILogger log, string method, string installation, double seconds);

    [LoggerMessage(504, LogLevel.Warning, "Slack is not reached: {Because}. What is to be said there waits and is tried again; this is said once, and again when the reason changes")]
    public static partial void NotReached(this ILogger log, string because);

    [LoggerMessage(505, LogLevel.Warning, "Nobody knows whether Slack did {Method} in {Installation}: {Because}")]
    public static partial void Lost(this ILogger log, string method, string installation, string because);

    [LoggerMessage(506, LogLevel.Warning, "An address to answer at is not Slack's; nothing was sent")]
    public static partial void NotSlack(this ILogger log);

    [LoggerMessage(508, LogLevel.Information, "Slack is reached again")]
    public static partial void ReachedAgain(this ILogger log);

    [LoggerMessage(509, LogLevel.Debug, "{Method} in {Installation} did not reach Slack: {Because}")]
    public static partial void CallNotReached(this ILogger log, string method, string installation, string because);

    [LoggerMessage(507, LogLevel.Information, "An answer was not taken at its address: {Because}")]
    public static partial void NotTaken(this ILogger log, string because);
}
