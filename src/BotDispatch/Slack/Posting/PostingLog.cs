using BotDispatch.Core;

namespace BotDispatch.Slack.Posting;

/// <summary>
/// What posting logs, 540 to 549: Slack's own words for errors, ids of posts and of installations; never text, names or tokens.
/// </summary>
internal static partial class PostingLog
{
    [LoggerMessage(540, LogLevel.Error,
        "Slack accepts nothing from the app in {Installation}, {Error} {Detail}: install it there again, or let an administrator allow it. "
            + "Posting then goes on by itself")]
    public static partial void NotAllowed(this ILogger log, string installation, string error, string detail);

    [LoggerMessage(541, LogLevel.Error, "Post {Key}: Slack refuses its blocks, {Error} {Detail}; sent as plain text")]
    public static partial void SentPlain(this ILogger log, string key, string error, string detail);

    [LoggerMessage(542, LogLevel.Warning, "Post {Key}: refused, {Error} {Detail}; trying again")]
    public static partial void Refused(this ILogger log, string key, string error, string detail);

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
}
