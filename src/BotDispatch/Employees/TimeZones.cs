using System.Collections.Frozen;
using NodaTime;

namespace BotDispatch.Employees;

/// <summary>The time zones of the world, as they come with the product (NodaTime's TZDB).</summary>
/// <remarks>Never those of the machine: it may have none, or older rules than the next machine.</remarks>
internal static class TimeZones
{
    static readonly FrozenDictionary<string, string> Ids = DateTimeZoneProviders.Tzdb.Ids.ToFrozenDictionary(id => id, StringComparer.OrdinalIgnoreCase);

    /// <summary>The zone's IANA name as TZDB spells it, <c>Europe/Athens</c> for <c>europe/athens</c>; null if there is none.</summary>
    public static string? Find(string name) => Ids.GetValueOrDefault(name);
}
