using BotDispatch.Core;

namespace BotDispatch.Teams.Posting;

/// <summary>
/// What posting logs, 640 to 649: Teams' own words for errors, ids of posts and of tenants; never text, names, addresses or tokens.
/// </summary>
internal static partial class PostingLog
{
    [LoggerMessage(640, LogLevel.Error,
        "Teams accepts nothing from the app in tenant {Tenant}, {Code}: add it there again, or let an administrator allow it. Posting then "
            + "goes on by itself")]
    public static partial void NotAllowed(this ILogger log, string tenant, string code);

    [LoggerMessage(641, LogLevel.Error, "Post {Key}: Teams refuses its card or formatting, {Code}; sent as plain words")]
    public static partial void SentPlain(this ILogger log, string key, string code);

    [LoggerMessage(642, LogLevel.Warning, "Post {Key}: refused, {Code}; trying again")]
    public static partial void Refused(this ILogger log, string key, string code);

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
}
