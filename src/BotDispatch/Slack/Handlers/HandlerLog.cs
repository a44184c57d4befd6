namespace BotDispatch.Slack.Handlers;

/// <summary>What the handlers log: never what was typed, a name, a trigger or an address that came with a delivery.</summary>
internal static partial class HandlerLog
{
    [LoggerMessage(550, LogLevel.Warning,
        "A {Delivery} came from a workspace where the app is not installed (team {Team}, enterprise {Enterprise}): "
        + "install it there, or check Slack:BotToken")]
    public static partial void NotInstalled(this ILogger log, string delivery, string? team, string? enterprise);

    [LoggerMessage(551, LogLevel.Error, "Answering somebody in Slack failed: {Exception} {Where}")]
    public static partial void Broken(this ILogger log, string exception, string? where);

    [LoggerMessage(552, LogLevel.Warning, "Slack refuses {Method}: {Error} {Detail}")]
    public static partial void Refused(this ILogger log, string method, string error, string detail);

    [LoggerMessage(553, LogLevel.Warning, "{Method} did not come through: {Because}")]
    public static partial void NotThrough(this ILogger log, string method, string because);

    [LoggerMessage(554, LogLevel.Information, "The app is not installed in {Installation} any more")]
    public static partial void Forgotten(this ILogger log, string installation);

    [LoggerMessage(555, LogLevel.Warning, "Somebody in {Installation} could not be told in private what became of their wish")]
    public static partial void NotSaid(this ILogger log, string installation);
}
