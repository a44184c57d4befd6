namespace BotDispatch.Hosting;

/// <summary>One boot of a machine: its monotonic clock can be compared with itself as long as that lasts. Empty where the system does not tell.</summary>
internal sealed record MachineBoot(string Id)
{
    const string OnLinux = "/proc/sys/kernel/random/boot_id";

    /// <summary>The boot that this process runs in.</summary>
    public static MachineBoot Read()
    {
        try
        {
            return new(File.Exists(OnLinux) ? File.ReadAllText(OnLinux).Trim() : "");
        }
        catch (Exception hidden) when (hidden is IOException or UnauthorizedAccessException)
        {
            return new("");
        }
    }
}

/// <summary>Where the steady clock stood at one moment, beside every other clock there is: enough to go on after a restart, or on another node.</summary>
/// <param name="Steady">The steady clock.</param>
/// <param name="Wall">The machine's clock.</param>
/// <param name="Boot">Which boot of which machine; empty where that is not known.</param>
/// <param name="Running">The machine's monotonic clock in that boot.</param>
/// <param name="Database">The clock of a database that several nodes share; null where there is one process.</param>
internal sealed record SteadyMoment(DateTimeOffset Steady, DateTimeOffset Wall, string Boot, TimeSpan Running, DateTimeOffset? Database)
{
    /// <summary>
    /// Where the steady clock stands by now, to one who sees only these clocks. On the same boot that is certain. Otherwise each of the others may have been set, and the least
    /// time that any of them tells is believed: who lags behind another node catches up with it, who is ahead would take deadlines away from everybody.
    /// </summary>
    public static DateTimeOffset Resumed(SteadyMoment? kept, DateTimeOffset wall, string boot, TimeSpan running, DateTimeOffset? database)
    {
        if (kept is null)
            return database ?? wall;
        if (kept.Boot.Length > 0 && kept.Boot == boot && running >= kept.Running)
            return kept.Steady + (running - kept.Running);
        var possible = new List<DateTimeOffset> { wall, wall + (kept.Steady - kept.Wall) };
        if (database is { } here && kept.Database is { } there)
            possible.Add(kept.Steady + (here - there));
        return possible.Where(moment => moment >= kept.Steady).DefaultIfEmpty(kept.Steady).Min();
    }
}
