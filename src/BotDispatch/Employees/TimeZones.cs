using System.Collections.Frozen;
using NodaTime;

namespace BotDispatch.Employees;

/// <summary>The time zones of the world, from NodaTime's TZDB, which comes with the product.</summary>
/// <remarks>The machine's own time zones are not used: a machine may have none, or older rules than another machine.</remarks>
internal static class TimeZones
{
    static readonly FrozenDictionary<string, string> Ids =
        DateTimeZoneProviders.Tzdb.Ids.ToFrozenDictionary(id => id, StringComparer.OrdinalIgnoreCase);

    /// <summary>
    /// Returns the zone's IANA name as TZDB spells it, <c>Europe/Athens</c> for <c>europe/athens</c>; null if there is no such zone.
    /// </summary>
    public static string? Find(string name) => Ids.GetValueOrDefault(name);
}
