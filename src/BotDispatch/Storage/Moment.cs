namespace BotDispatch.Storage;

/// <summary>A moment as both databases keep it: UTC milliseconds since 1970.</summary>
internal static class Moment
{
    public static long Of(DateTimeOffset moment) => moment.ToUnixTimeMilliseconds();

    public static DateTimeOffset From(long milliseconds) => DateTimeOffset.FromUnixTimeMilliseconds(milliseconds);
}
