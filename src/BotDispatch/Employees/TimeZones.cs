using System.Collections.Frozen;
using System.Globalization;
using NodaTime;
using NodaTime.TimeZones;

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

    /// <summary>The version of TZDB, such as <c>2026f</c>.</summary>
    public static string Version { get; } = TzdbDateTimeZoneSource.Default.TzdbVersion;

    /// <summary>What an administrator reads if that version is old.</summary>
    public static string OldVersion => $"Time zones: TZDB {Version} is more than a year old. Shifts in zones whose rules changed since "
        + "then are wrong. Install a newer version of BotDispatch.";

    /// <summary>Whether that version is more than a year old, so that rules may have changed since.</summary>
    public static bool IsOld(DateTimeOffset now) =>
        int.TryParse(Version.AsSpan(0, 4), NumberStyles.None, CultureInfo.InvariantCulture, out var year) && now.Year > year + 1;

    /// <summary>
    /// Returns the zone that is named after a city, as <c>Amsterdam</c>, if it has that standard offset in the year of the rules; otherwise
    /// null.
    /// </summary>
    public static DateTimeZone? OfCity(string city, Offset standard) => DateTimeZoneProviders.Tzdb.Ids
        .Where(id => id.EndsWith("/" + city, StringComparison.OrdinalIgnoreCase)).Select(id => DateTimeZoneProviders.Tzdb[id])
        .FirstOrDefault(zone => zone.GetZoneInterval(BeginOfRules).StandardOffset == standard);

    static Instant BeginOfRules { get; } =
        Instant.FromUtc(int.Parse(TzdbDateTimeZoneSource.Default.TzdbVersion[..4], CultureInfo.InvariantCulture), 1, 1, 0, 0);

    /// <summary>
    /// Returns the zone of an IANA name, or of a Windows name such as <c>W. Europe Standard Time</c>, in any case; null if there is none.
    /// </summary>
    public static DateTimeZone? OfAnyName(string name)
    {
        var windows = TzdbDateTimeZoneSource.Default.WindowsMapping.PrimaryMapping;
        return ZoneOf(name.Trim())
            ?? (windows.FirstOrDefault(each => each.Key.Equals(name.Trim(), StringComparison.OrdinalIgnoreCase)).Value is { } iana
                ? ZoneOf(iana)
                : null);
    }

    /// <summary>
    /// Whether a name in any case is that of the zone, or another name of it, as <c>Europe/Kiev</c> of <c>Europe/Kyiv</c>.
    /// </summary>
    public static bool AreOne(DateTimeZone zone, string? name) =>
        name is not null && Find(name) is { } id && Canonical(id) == Canonical(zone.Id);

    static string Canonical(string id) => TzdbDateTimeZoneSource.Default.CanonicalIdMap.TryGetValue(id, out var canonical) ? canonical : id;

    /// <summary>Returns the zone of an IANA name in any case; UTC if there is none, or no such zone.</summary>
    public static DateTimeZone ZoneOrUtc(string? name) => (name is null ? null : ZoneOf(name)) ?? DateTimeZone.Utc;

    /// <summary>Returns the zone of an IANA name in any case; null if there is no such zone.</summary>
    public static DateTimeZone? ZoneOf(string name) => Find(name) is { } id ? DateTimeZoneProviders.Tzdb[id] : null;
}
