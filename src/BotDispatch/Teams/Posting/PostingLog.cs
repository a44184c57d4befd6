using BotDispatch.Core;

namespace BotDispatch.Teams.Posting;

/// <summary>What posting logs, 640 to 649: Teams' own words for errors, ids of posts and of tenants; never text, names, addresses or tokens.</summary>
internal static partial class PostingLog
{
    [LoggerMessage(640, LogLevel.Error, "Teams takes nothing from the app in tenant {Tenant}, {Code}: it must be added there anew, or allowed by an administrator. Posting goes on by itself then")]
    public static partial void NotAllowed(this ILogger log, string tenant, string code);

    [LoggerMessage(641, LogLevel.Error, "Post {Key}: Teams refuses what it looks like, {Code}; sent as plain words")]
    public static partial void SentPlain(this ILogger log, string key, string code);

    [LoggerMessage(642, LogLevel.Warning, "Post {Key}: refused, {Code}; trying again")]
    public static partial void Refused(this ILogger log, string key, string code);

    [LoggerMessage(643, LogLevel.Information, "Dispatch {Key}: its conversation does not take the card, {Code}; it is followed in the personal chat of whoever asked")]
    public static partial void FollowedElsewhere(this ILogger log, string key, string code);

    [LoggerMessage(644, LogLevel.Warning, "Dispatch {Key}: Teams did not name its card, so it is not redrawn; its end is posted as a new one")]
    public static partial void Nameless(this ILogger log, string key);

    [LoggerMessage(645, LogLevel.Warning, "Dispatch {Key}: Teams does not know the card, again and again; it is left as it is")]
    public static partial void LeftAsItIs(this ILogger log, string key);

    [LoggerMessage(646, LogLevel.Information, "Post {Key}: its end was unknown, and now it {Answer}")]
    public static partial void Repeated(this ILogger log, string key, string answer);

    [LoggerMessage(647, LogLevel.Warning, "Post {Key}: Teams takes no reply below the card, again and again; the card alone shows how it goes")]
    public static partial void LeftUntold(this ILogger log, string key);

    [LoggerMessage(648, LogLevel.Error, "Dispatch {Key}: Teams does not let its card be redrawn, {Code}; it is left as it is")]
    public static partial void NotRedrawn(this ILogger log, string key, string code);

    [LoggerMessage(649, LogLevel.Information, "Dispatch {DispatchId}: a second card was seen, which an unknown end of posting has left; that card is deleted")]
    public static partial void DuplicateDeleted(this ILogger log, DispatchId dispatchId);
}
