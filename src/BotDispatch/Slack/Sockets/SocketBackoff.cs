namespace BotDispatch.Slack.Sockets;

/// <summary>
/// How long to wait before a socket is opened again: not at all after a good life or where Slack asks for another one, longer each time
/// it goes wrong, and
/// minutes where trying does not help. What went wrong before a socket said hello counts for nothing after it: Slack is reached.
/// </summary>
/// <param name="jitter">Between 0 and 1, so that several processes do not ask all at once.</param>
internal sealed class SocketBackoff(Func<double> jitter)
{
    /// <summary>For what only an administrator can put right.</summary>
    public static readonly TimeSpan Long = TimeSpan.FromMinutes(5);

    /// <summary>So long a socket must live for its end to be no failure.</summary>
    public static readonly TimeSpan GoodLife = TimeSpan.FromMinutes(1);

    static readonly TimeSpan First = TimeSpan.FromSeconds(1);
    static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);
    static readonly TimeSpan LongestAsked = TimeSpan.FromHours(1);

    // Slack closes a socket about ten seconds after it asked for another one: these waits leave time to open it.
    static readonly TimeSpan LongestForRelief = TimeSpan.FromSeconds(2);

    int failures;
    int shortLives;
    int reliefs;

    /// <summary>After it was not opened.</summary>
    public TimeSpan After(ConnectResult opening) => opening switch
    {
        ConnectResult.InvalidToken or ConnectResult.Disabled => Long,
        ConnectResult.Throttled throttled => TimeSpan.FromTicks(Math.Clamp(throttled.After.Ticks, First.Ticks, LongestAsked.Ticks)) + First * jitter(),
        _ => Longer(failures++, Longest),
    };

    /// <summary>It said hello.</summary>
    public void Opened() => failures = 0;

    /// <summary>After it lived.</summary>
    public TimeSpan After(CloseReason closeReason, TimeSpan lived)
    {
        if (lived >= GoodLife)
            (shortLives, reliefs) = (0, 0);
        return closeReason switch
        {
            CloseReason.Disabled => Long,
            _ when lived >= GoodLife => TimeSpan.Zero,
            // Asked for once it is opened at once; asked for again and again, with a breath between.
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
