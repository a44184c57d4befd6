namespace BotDispatch.Ports;

/// <summary>Pauses that double with every failure.</summary>
internal static class Backoff
{
    /// <summary>Returns the first pause doubled so often, and never more than the longest one.</summary>
    /// <param name="first">The pause after the first failure; above zero.</param>
    /// <param name="times">How often it is doubled; 0 or more, and any number is allowed.</param>
    /// <param name="longest">The longest pause.</param>
    public static TimeSpan Doubled(TimeSpan first, int times, TimeSpan longest) =>
        first * Math.Min(Math.Pow(2, times), longest / first);
}
