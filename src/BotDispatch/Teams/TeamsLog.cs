using BotDispatch.Core;

namespace BotDispatch.Teams;

/// <summary>
/// What this room logs, 600 to 659: kinds of calls and deliveries, ids of tenants and posts, and Microsoft's own words for errors. Never a
/// token, an address, a name, or what somebody wrote.
/// </summary>
internal static partial class TeamsLog
{
    [LoggerMessage(600, LogLevel.Information,
        "Teams: no app is set up (Teams:AppId), so the Agents Playground on this machine is let in without a token. "
        + "This is so in Development only; Teams:AllowPlayground false ends it")]
    public static partial void NobodyIsAsked(this ILogger log);

    [LoggerMessage(602, LogLevel.Warning, "An activity cannot be read")]
    public static partial void RequestUnreadable(this ILogger log);

    [LoggerMessage(604, LogLevel.Warning,
        "The keys of the issuer at Teams:OpenIdMetadataAddress cannot be fetched: {Because}. Known keys stay valid; "
        + "this is logged once, and again when the reason changes")]
    public static partial void KeysAreUnavailable(this ILogger log, string because);

    [LoggerMessage(605, LogLevel.Warning, "{Kind} is not decided in time: answered, and the work goes on")]
    public static partial void AnswerIsLate(this ILogger log, string kind);

    [LoggerMessage(606, LogLevel.Error, "{Kind} could not be handled: {Exception} {Where}")]
    public static partial void HandlingBroken(this ILogger log, string kind, string exception, string? where);

    [LoggerMessage(607, LogLevel.Information, "Teams asks for {Name}, which is not known here: answered with 501")]
    public static partial void UnknownInvoke(this ILogger log, string name);

    [LoggerMessage(608, LogLevel.Information, "The keys of the issuer at Teams:OpenIdMetadataAddress are fetched again")]
    public static partial void KeysAreFetchedAgain(this ILogger log);

    [LoggerMessage(610, LogLevel.Error, "The bot gets no token: {Because}")]
    public static partial void TokenRefused(this ILogger log, string because);

    [LoggerMessage(611, LogLevel.Warning, "The bot gets no token now: {Because}. This is logged once, and again when the reason changes")]
    public static partial void TokensNotReached(this ILogger log, string because);

    [LoggerMessage(612, LogLevel.Information, "The bot gets tokens again")]
    public static partial void TokensReachedAgain(this ILogger log);

    [LoggerMessage(620, LogLevel.Information, "Teams did not do {Call}: {Code} (correlation {Correlation})")]
    public static partial void CallRefused(this ILogger log, string call, string code, string correlation);

    [LoggerMessage(621, LogLevel.Warning,
        "The bot is not allowed to do {Call}: {Code} (correlation {Correlation}). Add the app to the conversation, and see that nobody "
            + "has blocked it there and no administrator has turned it off")]
    public static partial void CallNotAllowed(this ILogger log, string call, string code, string correlation);

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

    [LoggerMessage(640, LogLevel.Error,
        "Teams accepts nothing from the app in tenant {Tenant}, {Code}: add it there again, or let an administrator allow it. Posting then "
            + "goes on by itself")]
    public static partial void PostingNotAllowed(this ILogger log, string tenant, string code);

    [LoggerMessage(641, LogLevel.Error, "Post {Key}: Teams refuses its card or formatting, {Code}; sent as plain words")]
    public static partial void SentPlain(this ILogger log, string key, string code);

    [LoggerMessage(642, LogLevel.Warning, "Post {Key}: refused, {Code}; trying again")]
    public static partial void PostRefused(this ILogger log, string key, string code);

    [LoggerMessage(643, LogLevel.Information,
        "Dispatch {Key}: its conversation does not accept the card, {Code}; it is followed in the personal chat of the person who asked")]
    public static partial void FollowedElsewhere(this ILogger log, string key, string code);

    [LoggerMessage(644, LogLevel.Warning,
        "Dispatch {Key}: Teams did not name its card, so it is not redrawn; its end is posted as a new card")]
    public static partial void Nameless(this ILogger log, string key);

    [LoggerMessage(645, LogLevel.Warning,
        "Dispatch {Key}: again and again, Teams does not know the card; it is left as it is")]
    public static partial void LeftAsItIs(this ILogger log, string key);

    [LoggerMessage(646, LogLevel.Information, "Post {Key}: its result was unknown, and now it {Answer}")]
    public static partial void Repeated(this ILogger log, string key, string answer);

    [LoggerMessage(647, LogLevel.Warning,
        "Post {Key}: again and again, Teams accepts no reply below the card; the card alone shows how it goes")]
    public static partial void RepliesGivenUp(this ILogger log, string key);

    [LoggerMessage(648, LogLevel.Error, "Dispatch {Key}: Teams does not let its card be redrawn, {Code}; it is left as it is")]
    public static partial void NotRedrawn(this ILogger log, string key, string code);

    [LoggerMessage(649, LogLevel.Information,
        "Dispatch {DispatchId}: a second card was seen, which a post with an unknown result had left; that card was deleted")]
    public static partial void DuplicateDeleted(this ILogger log, DispatchId dispatchId);

    [LoggerMessage(650, LogLevel.Error, "Answering somebody in Teams failed: {Exception} {Where}")]
    public static partial void AnsweringBroken(this ILogger log, string exception, string? where);

    [LoggerMessage(651, LogLevel.Error, "Where a conversation of Teams is reached could not be kept: {Exception} {Where}")]
    public static partial void NotRemembered(this ILogger log, string exception, string? where);

    [LoggerMessage(652, LogLevel.Warning, "Somebody in Teams could not be told what became of their wish: {Because}")]
    public static partial void NotSaid(this ILogger log, string because);

    [LoggerMessage(653, LogLevel.Information, "The app is not installed in a conversation of Teams any more")]
    public static partial void Removed(this ILogger log);

    [LoggerMessage(654, LogLevel.Warning, "Teams does not say of which tenant something was, so nothing was done")]
    public static partial void NoTenant(this ILogger log);
}
