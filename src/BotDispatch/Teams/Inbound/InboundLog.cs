namespace BotDispatch.Teams.Inbound;

/// <summary>The log messages about requests from Teams: their kind and their outcome, never their text.</summary>
internal static partial class InboundLog
{
    [LoggerMessage(600, LogLevel.Information,
        "Teams: no app is set up (Teams:AppId), so the Agents Playground on this machine is let in without a token. "
        + "This is so in Development only; Teams:AllowPlayground false ends it")]
    public static partial void NobodyIsAsked(this ILogger log);

    [LoggerMessage(602, LogLevel.Warning, "An activity cannot be read")]
    public static partial void Unreadable(this ILogger log);

    [LoggerMessage(604, LogLevel.Warning,
        "The keys of the issuer at Teams:OpenIdMetadataAddress cannot be fetched: {Because}. Known keys stay valid; "
        + "this is logged once, and again when the reason changes")]
    public static partial void KeysAreUnavailable(this ILogger log, string because);

    [LoggerMessage(608, LogLevel.Information, "The keys of the issuer at Teams:OpenIdMetadataAddress are fetched again")]
    public static partial void KeysAreFetchedAgain(this ILogger log);

    [LoggerMessage(605, LogLevel.Warning, "{Kind} is not decided in time: answered, and the work goes on")]
    public static partial void AnswerIsLate(this ILogger log, string kind);

    [LoggerMessage(606, LogLevel.Error, "{Kind} could not be handled: {Exception} {Where}")]
    public static partial void Broken(this ILogger log, string kind, string exception, string? where);

    [LoggerMessage(607, LogLevel.Information, "Teams asks for {Name}, which is not known here: answered with 501")]
    public static partial void UnknownInvoke(this ILogger log, string name);
}
