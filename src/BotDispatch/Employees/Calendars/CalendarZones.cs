using System.Collections.Immutable;
using System.Globalization;
using System.Text.RegularExpressions;
using NodaTime;
using NodaTime.TimeZones;

namespace BotDispatch.Employees.Calendars;

/// <summary>Finds the zones that calendars name: by IANA names, by those of Windows, and by those of Outlook's lists.</summary>
/// <remarks>
/// Ical.Net 5.2.4 takes a name such as <c>(UTC+01:00) Amsterdam, Berlin</c> or <c>GMT+0200</c> silently for UTC, reads no VTIMEZONE, and
/// drops a <c>tzid=</c> in small letters. Here a zone that cannot be found is a problem with a line, and never UTC.
/// </remarks>
internal sealed partial class CalendarZones
{
    readonly ImmutableDictionary<string, DateTimeZone?> own;

    public CalendarZones(CalendarText calendar) => own = calendar.Components
        .Where(each => each.Name == "VTIMEZONE" && each.Find("TZID") is not null)
        .GroupBy(each => each.Find("TZID")!.Value.Trim())
        .ToImmutableDictionary(each => each.Key, each => Described(each.First()));

    /// <summary>Returns the zone; null if it cannot be found for certain.</summary>
    public DateTimeZone? Find(string name)
    {
        name = name.Trim().Trim('"');
        return Known(name) ?? own.GetValueOrDefault(name);
    }

    static DateTimeZone? Known(string name)
    {
        if (name is "Z" || name.Equals("UTC", StringComparison.OrdinalIgnoreCase) || name.Equals("GMT", StringComparison.OrdinalIgnoreCase))
            return DateTimeZone.Utc;
        if (TimeZones.ZoneOf(name) is { } iana)
            return iana;
        // Names that other programs put a path before: /freeassociation.sourceforge.net/Tzfile/Europe/Berlin.
        var parts = name.Split('/', StringSplitOptions.RemoveEmptyEntries);
        for (var from = 1; from < parts.Length - 1; from++)
            if (TimeZones.ZoneOf(string.Join('/', parts[from..])) is { } behind)
                return behind;
        var windows = TzdbDateTimeZoneSource.Default.WindowsMapping.PrimaryMapping
            .FirstOrDefault(each => each.Key.Equals(name, StringComparison.OrdinalIgnoreCase)).Value;
        return windows is not null ? TimeZones.ZoneOf(windows) : OfDisplayName(name);
    }

    // "(UTC+01:00) Amsterdam, Berlin, Bern, Rome": a city whose zone has that standard offset now.
    static DateTimeZone? OfDisplayName(string name)
    {
        if (DisplayName().Match(name) is not { Success: true } match)
            return null;
        var offset = Offset.FromHoursAndMinutes(
            int.Parse(match.Groups["h"].Value, CultureInfo.InvariantCulture),
            int.Parse(match.Groups["m"].Value, CultureInfo.InvariantCulture));
        offset = match.Groups["sign"].Value == "+" ? offset : -offset;
        foreach (var city in match.Groups["cities"].Value.Split([',', '&'], StringSplitOptions.TrimEntries))
            if (TimeZones.OfCity(city.Replace(' ', '_'), offset) is { } zone)
                return zone;
        return null;
    }

    // Outlook and Apple name the real zone inside. Otherwise a zone that never changes its offset is that offset; rules of its own are not
    // followed.
    static DateTimeZone? Described(CalendarComponent zone)
    {
        if (zone.Find("X-LIC-LOCATION") is { } location && Known(location.Value.Trim()) is { } named)
            return named;
        var offsets = zone.Properties.Where(each => each.Name == "TZOFFSETTO").Select(each => each.Value.Trim()).Distinct().ToList();
        return offsets is [var only] && FixedOffset().Match(only) is { Success: true } match
            ? DateTimeZone.ForOffset(Offset.FromSeconds((match.Groups["sign"].Value == "-" ? -1 : 1)
                * (int.Parse(match.Groups["h"].Value, CultureInfo.InvariantCulture) * 3600
                    + int.Parse(match.Groups["m"].Value, CultureInfo.InvariantCulture) * 60)))
            : null;
    }

    [GeneratedRegex(@"^\((?:UTC|GMT)(?<sign>[+-])(?<h>0[0-9]|1[0-4]):(?<m>[0-5][0-9])\)\s*(?<cities>.+)$", RegexOptions.CultureInvariant)]
    private static partial Regex DisplayName();

    [GeneratedRegex("^(?<sign>[+-])(?<h>0[0-9]|1[0-4])(?<m>[0-5][0-9])(?:[0-5][0-9])?$", RegexOptions.CultureInvariant)]
    private static partial Regex FixedOffset();
}
