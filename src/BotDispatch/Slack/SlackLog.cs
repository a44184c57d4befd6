using BotDispatch.Core;
using BotDispatch.Slack.Sockets;

namespace BotDispatch.Slack;

/// <summary>
/// What this room logs, 500 to 559: methods, kinds of deliveries, ids of installations and posts, and Slack's own words for errors. Never a
/// token, an address, a name, or what somebody wrote.
/// </summary>
internal static partial class SlackLog
{
    [LoggerMessage(500, LogLevel.Information, "Slack did not do {Method} in {Installation}: {Error}")]
    public static partial void CallRefused(this ILogger log, string method, string installation, string error);

    [LoggerMessage(501, LogLevel.Warning,
        "The app may not call {Method} in {Installation}: {Error} {Detail}. An administrator must allow it; a new scope needs a new "
            + "installation")]
    public static partial void CallNotAllowed(this ILogger log, string method, string installation, string error, string detail);

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

    [LoggerMessage(507, LogLevel.Information, "Slack did not accept an answer at its address: {Because}")]
    public static partial void ResponseNotAccepted(this ILogger log, string because);

    [LoggerMessage(508, LogLevel.Information, "Slack is reached again")]
    public static partial void ReachedAgain(this ILogger log);

    [LoggerMessage(509, LogLevel.Debug, "{Method} in {Installation} did not reach Slack: {Because}")]
    public static partial void CallNotReached(this ILogger log, string method, string installation, string because);

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
    public static partial void InstallationDeleted(this ILogger log, string installation);

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
    public static partial void InstallationFailed(this ILogger log, string because);

    [LoggerMessage(519, LogLevel.Error,
        "Slack: no key decrypts what is stored for {Installation}: put the old Secrets:KeyFile back, or install the app there again, at "
            + "/slack/install")]
    public static partial void InstallationUnreadable(this ILogger log, string installation);

    [LoggerMessage(522, LogLevel.Warning, "A request that Slack signed cannot be read")]
    public static partial void RequestUnreadable(this ILogger log);

    [LoggerMessage(524, LogLevel.Warning, "A delivery for another app than Slack:AppId")]
    public static partial void ForeignApp(this ILogger log);

    [LoggerMessage(525, LogLevel.Warning, "{Kind} is not decided in time: acknowledged, and the work goes on")]
    public static partial void AnswerIsLate(this ILogger log, string kind);

    [LoggerMessage(526, LogLevel.Error, "{Kind} could not be handled: {Exception} {Where}")]
    public static partial void HandlingBroken(this ILogger log, string kind, string exception, string? where);

    [LoggerMessage(527, LogLevel.Warning, "{Kind} could not be taken now")]
    public static partial void NotHandled(this ILogger log, string kind);

    [LoggerMessage(528, LogLevel.Warning, "{Kind} was decided too late for its answer to be shown")]
    public static partial void AnswerIsLost(this ILogger log, string kind);

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

    [LoggerMessage(540, LogLevel.Error,
        "Slack accepts nothing from the app in {Installation}, {Error} {Detail}: install it there again, or let an administrator allow it. "
            + "Posting then goes on by itself")]
    public static partial void PostingNotAllowed(this ILogger log, string installation, string error, string detail);

    [LoggerMessage(541, LogLevel.Error, "Post {Key}: Slack refuses its blocks, {Error} {Detail}; sent as plain text")]
    public static partial void SentPlain(this ILogger log, string key, string error, string detail);

    [LoggerMessage(542, LogLevel.Warning, "Post {Key}: refused, {Error} {Detail}; trying again")]
    public static partial void PostRefused(this ILogger log, string key, string error, string detail);

    [LoggerMessage(543, LogLevel.Information,
        "Dispatch {Key}: its channel does not accept the card, {Error}; it is followed in a direct message to the person who asked")]
    public static partial void FollowedElsewhere(this ILogger log, string key, string error);

    [LoggerMessage(544, LogLevel.Information,
        "Post {Key}: its card was deleted; the reply that appeared outside of the thread is deleted, too")]
    public static partial void Stray(this ILogger log, string key);

    [LoggerMessage(545, LogLevel.Warning,
        "Post {Key}: again and again, Slack does not say that it is in its thread; it is left where it is")]
    public static partial void StrayLeft(this ILogger log, string key);

    [LoggerMessage(546, LogLevel.Information, "Post {Key}: its result was unknown, and now it {Answer}")]
    public static partial void LookedUp(this ILogger log, string key, string answer);

    [LoggerMessage(547, LogLevel.Information,
        "Dispatch {DispatchId}: somebody pressed a button of a second card, which a post with an unknown result had left; that card was "
            + "deleted")]
    public static partial void DuplicateDeleted(this ILogger log, DispatchId dispatchId);

    [LoggerMessage(550, LogLevel.Warning,
        "A {Delivery} came from a workspace where the app is not installed (team {Team}, enterprise {Enterprise}): "
        + "install it there, or check Slack:BotToken")]
    public static partial void NotInstalledThere(this ILogger log, string delivery, string? team, string? enterprise);

    [LoggerMessage(556, LogLevel.Warning, "A {Delivery} (team {Team}, enterprise {Enterprise}) was not handled, because {Because}")]
    public static partial void WorkspaceNotKnown(this ILogger log, string delivery, string? team, string? enterprise, string because);

    [LoggerMessage(557, LogLevel.Information,
        "A {Delivery} in {Installation} came from a person of another organisation (team {Team}) and was refused; "
        + "Slack:AllowOtherOrganisations allows it")]
    public static partial void OfAnotherOrganisation(this ILogger log, string delivery, string installation, string? team);

    [LoggerMessage(551, LogLevel.Error, "Answering somebody in Slack failed: {Exception} {Where}")]
    public static partial void AnsweringBroken(this ILogger log, string exception, string? where);

    [LoggerMessage(552, LogLevel.Warning, "Slack refuses {Method}: {Error} {Detail}")]
    public static partial void AnswerRefused(this ILogger log, string method, string error, string detail);

    [LoggerMessage(553, LogLevel.Warning, "{Method} did not come through: {Because}")]
    public static partial void NotThrough(this ILogger log, string method, string because);

    [LoggerMessage(554, LogLevel.Information, "The app is not installed in {Installation} any more")]
    public static partial void Forgotten(this ILogger log, string installation);

    [LoggerMessage(555, LogLevel.Warning, "Somebody in {Installation} could not be told in private what became of their wish")]
    public static partial void NotSaid(this ILogger log, string installation);
}
