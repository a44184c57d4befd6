namespace BotDispatch.Teams.Connector;

/// <summary>
/// What calls to Teams log, 620 to 630: the call, the connector's own code and the id that Microsoft's support asks for; never a token, an
/// address or what we sent.
/// </summary>
internal static partial class ConnectorLog
{
    [LoggerMessage(620, LogLevel.Information, "Teams did not do {Call}: {Code} (correlation {Correlation})")]
    public static partial void Refused(this ILogger log, string call, string code, string correlation);

    [LoggerMessage(621, LogLevel.Warning,
        "The bot is not allowed to do {Call}: {Code} (correlation {Correlation}). Add the app to the conversation, and see that nobody "
            + "has blocked it there and no administrator has turned it off")]
    public static partial void NotAllowed(this ILogger log, string call, string code, string correlation);

    [LoggerMessage(622, LogLevel.Error, "Teams rejected what we sent with {Call}: {Code} (correlation {Correlation})")]
    public static partial void BadContent(this ILogger log, string call, string code, string correlation);

    [LoggerMessage(623, LogLevel.Error,
        "Teams does not take the bot's credentials for {Call}: {Code} (correlation {Correlation}). The app id must be the one that the bot "
            + "is registered with")]
    public static partial void NoCredentials(this ILogger log, string call, string code, string correlation);

    [LoggerMessage(624, LogLevel.Warning, "Teams asks us to wait {Seconds} s after {Call} (correlation {Correlation})")]
    public static partial void Throttled(this ILogger log, string call, double seconds, string correlation);

    [LoggerMessage(625, LogLevel.Warning,
        "Teams is not reached: {Because}. Messages wait and are tried again. This is logged once, and again when the reason changes")]
    public static partial void NotReached(this ILogger log, string because);

    [LoggerMessage(626, LogLevel.Warning, "It is unknown whether Teams did {Call}: {Because} (correlation {Correlation})")]
    public static partial void Lost(this ILogger log, string call, string because, string correlation);

    [LoggerMessage(627, LogLevel.Warning, "{Call} was wanted at an address that {Because}; nothing was sent")]
    public static partial void AddressNotAllowed(this ILogger log, string call, string because);

    [LoggerMessage(628, LogLevel.Information,
        "Teams took {Call} without naming the message (correlation {Correlation}); it cannot be changed later")]
    public static partial void WithoutId(this ILogger log, string call, string correlation);

    [LoggerMessage(629, LogLevel.Information, "Teams is reached again")]
    public static partial void ReachedAgain(this ILogger log);

    [LoggerMessage(630, LogLevel.Debug, "{Call} did not reach Teams: {Because}")]
    public static partial void CallNotReached(this ILogger log, string call, string because);
}
