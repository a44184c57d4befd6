namespace BotDispatch.Slack.Sockets;

/// <summary>The log messages of the sockets: types and reasons, but no address, because it contains a ticket, and no payload.</summary>
internal static partial class SocketLog
{
    [LoggerMessage(530, LogLevel.Information, "Socket {Socket} is ready; Slack keeps it for about {Life}")]
    public static partial void Ready(this ILogger log, int socket, TimeSpan? life);

    [LoggerMessage(531, LogLevel.Warning, "Socket {Socket} could not be opened, {Trouble} {Because}; again in {Wait}")]
    public static partial void NotOpened(
        this ILogger log, int socket, string trouble, string because, TimeSpan wait, Exception? exception = null);

    [LoggerMessage(532, LogLevel.Error,
        "Slack opens no socket for this app: {Trouble} {Because}. Slack:AppToken must be the app-level token (xapp-...) of this app, "
        + "with the scope connections:write; next try in {Wait}")]
    public static partial void AppTokenRefused(this ILogger log, string trouble, string because, TimeSpan wait);

    [LoggerMessage(533, LogLevel.Error,
        "Socket Mode is switched off in the app's settings at Slack (link_disabled): nothing reaches this bot until it is switched on "
        + "again, or Slack:AppToken is removed and HTTP is used; next try in {Wait}")]
    public static partial void Disabled(this ILogger log, TimeSpan wait);

    [LoggerMessage(534, LogLevel.Information, "Socket {Socket} needs relief after {Lived}: {CloseReason}")]
    public static partial void CloseReason(this ILogger log, int socket, TimeSpan lived, CloseReason closeReason);

    [LoggerMessage(535, LogLevel.Warning, "A frame was left out: {Because}")]
    public static partial void FrameLeftOut(this ILogger log, string because);

    [LoggerMessage(536, LogLevel.Error,
        "A payload of type {Type} could not be read ({Exception}); it is acknowledged, since it would be the same again")]
    public static partial void PayloadUnreadable(this ILogger log, string type, string exception);

    [LoggerMessage(537, LogLevel.Error, "Something of type {Type} could not be handled: {Exception} {Where}")]
    public static partial void HandlingFailed(this ILogger log, string type, string exception, string? where);

    [LoggerMessage(538, LogLevel.Warning, "Something of type {Type} is not acknowledged, {Because}")]
    public static partial void NotAcknowledged(this ILogger log, string type, string because);

    [LoggerMessage(539, LogLevel.Warning, "Something of type {Type} was acknowledged before it was done, {Then}")]
    public static partial void AcknowledgedEarly(this ILogger log, string type, string then);
}
