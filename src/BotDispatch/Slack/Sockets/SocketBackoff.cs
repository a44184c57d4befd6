namespace BotDispatch.Slack.Sockets;

/// <summary>
/// Decides how long to wait before a socket is opened again: not at all after a long life or when Slack asks for another socket, longer
/// after each failure, and minutes where a retry does not help. A hello resets the count of failed openings, because Slack is reached.
/// </summary>
/// <param name="jitter">Between 0 and 1, so that several processes do not ask all at once.</param>
internal sealed class SocketBackoff(Func<double> jitter)
{
    /// <summary>The wait after a failure that only an administrator can correct.</summary>
    public static readonly TimeSpan Long = TimeSpan.FromMinutes(5);

    /// <summary>How long a socket must live so that its end does not count as a failure.</summary>
    public static readonly TimeSpan GoodLife = TimeSpan.FromMinutes(1);

    static readonly TimeSpan First = TimeSpan.FromSeconds(1);
    static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);
    static readonly TimeSpan LongestAsked = TimeSpan.FromHours(1);

    // Slack closes a socket about ten seconds after it asked for another one. This limit leaves time to open that one.
    static readonly TimeSpan LongestForRelief = TimeSpan.FromSeconds(2);

    int failures;
    int shortLives;
    int reliefs;

    /// <summary>The wait after a socket could not be opened.</summary>
    public TimeSpan After(ConnectResult opening) => opening switch
    {
        ConnectResult.InvalidToken or ConnectResult.Disabled => Long,
        ConnectResult.Throttled throttled =>
            TimeSpan.FromTicks(Math.Clamp(throttled.After.Ticks, First.Ticks, LongestAsked.Ticks)) + First * jitter(),
        _ => Longer(failures++, Longest),
    };

    /// <summary>Notes that Slack sent its hello.</summary>
    public void Opened() => failures = 0;

    /// <summary>The wait after an open socket ended.</summary>
    public TimeSpan After(CloseReason closeReason, TimeSpan lived)
    {
        if (lived >= GoodLife)
            (shortLives, reliefs) = (0, 0);
        return closeReason switch
        {
            CloseReason.Disabled => Long,
            _ when lived >= GoodLife => TimeSpan.Zero,
            // Open another one at once when Slack asks once; wait a little when it asks again and again.
            CloseReason.Asked or CloseReason.Aged => reliefs++ == 0 ? TimeSpan.Zero : Longer(reliefs - 2, LongestForRelief),
            _ => Longer(shortLives++, Longest),
        };
    }

    TimeSpan Longer(int times, TimeSpan most)
    {
        var whole = First * Math.Min(Math.Pow(2, times), most / First);
        return whole / 2 + whole / 2 * jitter();
    }
}
