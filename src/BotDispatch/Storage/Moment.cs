namespace BotDispatch.Storage;

/// <summary>A moment as both databases keep it: UTC milliseconds since 1970.</summary>
internal static class Moment
{
    public static long Of(DateTimeOffset moment) => moment.ToUnixTimeMilliseconds();

    /// <summary>
    /// The first millisecond that is not before it: what is due then would find, any earlier, that its moment has not come.
    /// </summary>
    public static long NotBefore(DateTimeOffset moment) => Of(moment) is var floor && From(floor) < moment ? floor + 1 : floor;

    public static DateTimeOffset From(long milliseconds) => DateTimeOffset.FromUnixTimeMilliseconds(milliseconds);
}
