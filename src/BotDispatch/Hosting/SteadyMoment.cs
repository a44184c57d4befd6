using System.Text.Json.Serialization;

namespace BotDispatch.Hosting;

/// <summary>
/// One boot of a machine. Readings of its monotonic clock can be compared only within one boot. Empty if the system does not identify its
/// boots.
/// </summary>
internal sealed record MachineBoot(string Id)
{
    const string OnLinux = "/proc/sys/kernel/random/boot_id";

    /// <summary>Returns the boot in which this process runs.</summary>
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

/// <summary>
/// The state of the steady clock beside every other clock at one moment: enough to go on after a restart or on another node.
/// </summary>
/// <param name="Steady">The time of the steady clock.</param>
/// <param name="Wall">The time of the machine's clock.</param>
/// <param name="Boot">The boot and its machine; empty if that is not known.</param>
/// <param name="Running">The reading of the machine's monotonic clock in that boot.</param>
/// <param name="Database">The clock of a database that several nodes share; null if there is only one process.</param>
internal sealed record SteadyMoment(DateTimeOffset Steady, DateTimeOffset Wall, string Boot, TimeSpan Running, DateTimeOffset? Database)
{
    /// <summary>
    /// Returns the present time of the steady clock, computed from these clocks only. Within the same boot the result is certain. Otherwise
    /// each of the other clocks may have been set, so the earliest result counts: a node that lags behind catches up later, but a node that
    /// is ahead would let deadlines of all nodes pass too early.
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

/// <summary>How the clocks' notes are stored. The names are promises.</summary>
[JsonSerializable(typeof(SteadyMoment))]
[JsonSerializable(typeof(SimulatedMoment))]
internal sealed partial class ClockJson : JsonSerializerContext;
