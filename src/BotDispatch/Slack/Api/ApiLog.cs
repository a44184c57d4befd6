namespace BotDispatch.Slack.Api;

/// <summary>
/// What calls to Slack log: methods, workspaces and Slack's own words; never a token, an address or what we sent.
/// </summary>
internal static partial class ApiLog
{
    [LoggerMessage(500, LogLevel.Information, "Slack did not do {Method} in {Installation}: {Error}")]
    public static partial void Refused(this ILogger log, string method, string installation, string error);

    [LoggerMessage(501, LogLevel.Warning,
        "The app may not call {Method} in {Installation}: {Error} {Detail}. An administrator must allow it; a new scope needs a new "
            + "installation")]
    public static partial void NotAllowed(this ILogger log, string method, string installation, string error, string detail);

    [LoggerMessage(502, LogLevel.Error,
        "Slack rejected what we sent with {Method} in {Installation}: {Error} {Detail}")]
    public static partial void BadContent(this ILogger log, string method, string installation, string error, string detail);

    [LoggerMessage(503, LogLevel.Warning,
        "Slack asks us not to call {Method} in {Installation} for {Seconds} s")]
    public static partial void Throttled(this ILogger log, string method, string installation, double seconds);

    [LoggerMessage(504, LogLevel.Warning,
        "Slack is not reached: {Because}. Messages wait and are tried again. This is logged once, and again when the reason changes")]
    public static partial void NotReached(this ILogger log, string because);

    [LoggerMessage(505, LogLevel.Warning,
        "It is unknown whether Slack did {Method} in {Installation}: {Because}")]
    public static partial void Lost(this ILogger log, string method, string installation, string because);

    [LoggerMessage(506, LogLevel.Warning, "The address for an answer is not Slack's; nothing was sent")]
    public static partial void NotSlack(this ILogger log);

    [LoggerMessage(508, LogLevel.Information, "Slack is reached again")]
    public static partial void ReachedAgain(this ILogger log);

    [LoggerMessage(509, LogLevel.Debug, "{Method} in {Installation} did not reach Slack: {Because}")]
    public static partial void CallNotReached(this ILogger log, string method, string installation, string because);

    [LoggerMessage(507, LogLevel.Information, "Slack did not accept an answer at its address: {Because}")]
    public static partial void NotTaken(this ILogger log, string because);
}
