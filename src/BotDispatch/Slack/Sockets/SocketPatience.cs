namespace BotDispatch.Slack.Sockets;

/// <summary>How long to wait before a socket is opened again: not at all after a good life, longer each time it goes wrong, and minutes where trying does not help.</summary>
/// <param name="jitter">Between 0 and 1, so that several processes do not ask all at once.</param>
internal sealed class SocketPatience(Func<double> jitter)
{
    /// <summary>For what only an administrator can put right.</summary>
    public static readonly TimeSpan Long = TimeSpan.FromMinutes(5);

    /// <summary>So long a socket must live for its end to be no failure.</summary>
    public static readonly TimeSpan GoodLife = TimeSpan.FromMinutes(1);

    static readonly TimeSpan First = TimeSpan.FromSeconds(1);
    static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);
    static readonly TimeSpan LongestAsked = TimeSpan.FromHours(1);

    int failures;

    /// <summary>After it was not opened.</summary>
    public TimeSpan After(Opening opening) => opening switch
    {
        Opening.Hopeless or Opening.Disabled => Long,
        Opening.Throttled throttled => TimeSpan.FromTicks(Math.Clamp(throttled.After.Ticks, First.Ticks, LongestAsked.Ticks)) + First * jitter(),
        _ => Longer(),
    };

    /// <summary>After it lived.</summary>
    public TimeSpan After(Parting parting, TimeSpan lived)
    {
        if (lived >= GoodLife)
            failures = 0;
        return parting == Parting.Disabled ? Long : lived >= GoodLife ? TimeSpan.Zero : Longer();
    }

    TimeSpan Longer()
    {
        var whole = First * Math.Min(Math.Pow(2, failures++), Longest / First);
        return whole / 2 + whole / 2 * jitter();
    }
}
