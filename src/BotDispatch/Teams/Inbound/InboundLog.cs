namespace BotDispatch.Teams.Inbound;

/// <summary>What is logged of what Teams sends: its kind and what became of it, never a word of it.</summary>
internal static partial class InboundLog
{
    [LoggerMessage(600, LogLevel.Information, "Teams: no app is set up (Teams:AppId), so the Agents Playground on this machine is let in without a token. This is so in Development only; Teams:AllowPlayground false ends it")]
    public static partial void NobodyIsAsked(this ILogger log);

    [LoggerMessage(602, LogLevel.Warning, "An activity cannot be read")]
    public static partial void Unreadable(this ILogger log);

    [LoggerMessage(604, LogLevel.Warning, "The keys of the issuer at Teams:OpenIdMetadataAddress cannot be had: {Because}. Those known before stay good; this is said once, and again when the reason changes")]
    public static partial void KeysAreUnavailable(this ILogger log, string because);

    [LoggerMessage(608, LogLevel.Information, "The keys of the issuer at Teams:OpenIdMetadataAddress are had again")]
    public static partial void KeysAreHadAgain(this ILogger log);

    [LoggerMessage(605, LogLevel.Warning, "{Kind} is not decided in time: answered, and the work goes on")]
    public static partial void AnswerIsLate(this ILogger log, string kind);

    [LoggerMessage(606, LogLevel.Error, "{Kind} could not be handled: {Exception} {Where}")]
    public static partial void Broken(this ILogger log, string kind, string exception, string? where);

    [LoggerMessage(607, LogLevel.Information, "Teams asks for {Name}, which is not known here: answered with 501")]
    public static partial void UnknownInvoke(this ILogger log, string name);
}
