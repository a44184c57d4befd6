using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using BotDispatch.Employees.Holidays;
using BotDispatch.Files;
using NodaTime;

namespace BotDispatch.Employees.Availability;

/// <summary>
/// Reads the schedule file: rotations, shifts, covers, absences, quiet hours and public holidays, as a list in YAML or JSON.
/// </summary>
internal static partial class ScheduleReader
{
    static readonly ImmutableDictionary<string, ImmutableArray<string>> Fields = new Dictionary<string, ImmutableArray<string>>
    {
        ["rotation"] = ["rotation", "zone", "starts", "handover", "every", "hours", "people", "not on", "also on"],
        ["shift"] = ["shift", "zone", "hours", "from", "to", "people", "not on", "also on"],
        ["cover"] = ["cover", "for", "zone", "from", "to"],
        ["calendar"] = ["calendar", "address", "zone"],
        ["away"] = ["away", "zone", "from", "to"],
        ["quiet"] = ["quiet", "people"],
        ["holidays"] = ["holidays", "country", "region", "address", "people", "zones"],
    }.ToImmutableDictionary();

    static readonly string Kinds = "rotation, shift, calendar, cover, away, quiet or holidays";

    /// <summary>Returns the reader for the extension of the file; null if there is none.</summary>
    public static Func<string, FileContent<ScheduleEntry>>? ParserFor(string file) => Path.GetExtension(file).ToLowerInvariant() switch
    {
        ".json" => text => Judge(JsonRows.Read(text)),
        ".yaml" or ".yml" => text => Judge(YamlRows.Read(text, "shifts", "an entry with fields")),
        _ => null,
    };

    static FileContent<ScheduleEntry> Judge(FileContent<FileRow> read)
    {
        var entries = ImmutableArray.CreateBuilder<ScheduleEntry>();
        var problems = read.Problems.ToBuilder();
        foreach (var (index, row) in read.Items.Index())
        {
            // An entry that is in use can have a problem too.
            var (entry, problem) = Read(row);
            if (entry is not null)
                entries.Add(entry with { Index = index });
            if (problem is not null)
                problems.Add(new(row.Line, problem));
        }
        // Both stay in use, because each is somebody's duty.
        foreach (var same in entries.OfType<ScheduleEntry.Rotation>().GroupBy(each => each.Name, StringComparer.OrdinalIgnoreCase))
            foreach (var other in same.Skip(1))
                problems.Add(new(other.Line, "another rotation has this name: a list or a command that names it means the first."));
        return new(entries.ToImmutable(), [.. problems.OrderBy(problem => problem.Line)]);
    }

    static (ScheduleEntry? Entry, string? Problem) Read(FileRow row)
    {
        var names = NamesOf(row.Object);
        var kinds = Fields.Keys.Where(kind => names.Contains(kind, StringComparer.OrdinalIgnoreCase)).ToList();
        if (kinds is not [var kind])
            return (null, $"an entry begins with one of {Kinds}.");
        if (names.Any(name => !Fields[kind].Contains(name, StringComparer.OrdinalIgnoreCase)))
            return (null, $"there is a field that no {kind} has; it has {string.Join(", ", Fields[kind])}.");
        var fields = row.Fields(Fields[kind]);
        if (fields.Mistakes is [var mistake, ..])
            return (null, mistake);
        var zone = fields.Text("zone") is { } written ? TimeZones.ZoneOf(written) : null;
        if (fields.Text("zone") is not null && zone is null)
            return (null, "zone is not an IANA time zone, as Europe/Athens.");
        return kind switch
        {
            "rotation" => Rotation(row.Line, fields, zone),
            "shift" => Shift(row.Line, fields, zone),
            "quiet" => Quiet(row.Line, fields),
            "calendar" => Calendar(row.Line, fields, zone),
            "holidays" => Holidays(row.Line, fields),
            _ => Period(row.Line, fields, zone, kind),
        };
    }

    static (ScheduleEntry? Entry, string? Problem) Rotation(int line, FileFields fields, DateTimeZone? zone)
    {
        if (zone is null)
            return (null, "zone is missing: a rotation needs the time zone of its hand-over, as Europe/Athens.");
        if (NamesIn(fields, "people") is not { IsEmpty: false } people)
            return (null, "people is missing: write their ids or emails in the order of their turns.");
        if (fields.Text("starts") is not { } starts || LocalTimes.ReadDate(starts) is not { } date)
            return (null, "starts is not a date, as 2026-01-05: the first person's turn begins on it or on the first hand-over after it.");
        if (Every().Match((fields.Text("every") ?? "1 week").Trim().ToLowerInvariant()) is not { Success: true } every)
            return (null, "every is not a number of days or weeks, as 1 day or 2 weeks.");
        var count = every.Groups["n"].Success ? int.Parse(every.Groups["n"].Value, CultureInfo.InvariantCulture) : 1;
        var days = count * (every.Groups["unit"].Value.StartsWith('w') || every.Value is "weekly" ? 7 : 1);
        if (days is < 1 or > 3660)
            return (null, "every must be between 1 day and 10 years.");
        if (HandOver().Match((fields.Text("handover") ?? "00:00").Trim()) is not { Success: true } match
            || WeeklyHours.TimeOf(match.Groups["time"].Value) is not { } time
            || (match.Groups["day"].Success && WeeklyHours.DayOf(match.Groups["day"].Value) is null))
            return (null, "handover is not a time or a day with a time, as 08:00 or mon 08:00.");
        if (match.Groups["day"].Success)
        {
            if (days % 7 != 0)
                return (null, "handover names a day, so every must be in weeks.");
            var day = WeeklyHours.DayOf(match.Groups["day"].Value)!.Value;
            date = date.DayOfWeek == day ? date : date.Next(day);
        }
        return HoursOf(fields) is var (hours, wrong) && wrong is not null
            ? (null, wrong)
            : (new ScheduleEntry.Rotation(line, fields.Text("rotation") ?? "Rotation", zone, date + time, days, hours, people)
            {
                OnHolidays = RuleOf(fields),
            }, null);
    }

    static (ScheduleEntry? Entry, string? Problem) Shift(int line, FileFields fields, DateTimeZone? zone)
    {
        if (NamesIn(fields, "people") is not { IsEmpty: false } people)
            return (null, "people is missing: write their ids or emails.");
        if (HoursOf(fields) is not ({ } hours, _))
            return (null, HoursOf(fields).Problem ?? "hours is missing: write the hours of the week, as mon-fri 08:00-16:00.");
        var (from, to) = (fields.Text("from"), fields.Text("to"));
        var (begin, end) = (from is null ? null : LocalTimes.Read(from, false), to is null ? null : LocalTimes.Read(to, true));
        return (from is not null && begin is null) || (to is not null && end is null)
            ? (null, DateProblem)
            : begin >= end ? (null, "to is not after from.")
            : (new ScheduleEntry.Shift(line, fields.Text("shift") ?? "Shift", zone, hours, begin, end, people)
            {
                OnHolidays = RuleOf(fields),
            }, null);
    }

    static (ScheduleEntry? Entry, string? Problem) Period(int line, FileFields fields, DateTimeZone? zone, string kind)
    {
        if (fields.Text(kind) is not { } person)
            return (null, $"{kind} names nobody: write an id or an email.");
        if (fields.Text("from") is not { } from || LocalTimes.Read(from, false) is not { } begin
            || fields.Text("to") is not { } to || LocalTimes.Read(to, true) is not { } end)
            return (null, DateProblem);
        if (begin >= end)
            return (null, "to is not after from.");
        if (person.Equals(fields.Text("for"), StringComparison.OrdinalIgnoreCase))
            return (null, "cover and for name the same person.");
        return (kind == "cover"
            ? new ScheduleEntry.Cover(line, person, fields.Text("for"), zone, new(begin, end))
            : new ScheduleEntry.Absence(line, person, zone, new(begin, end)), null);
    }

    static (ScheduleEntry? Entry, string? Problem) Calendar(int line, FileFields fields, DateTimeZone? zone) =>
        fields.Text("address") is { } address && IsAddress(address)
            ? (new ScheduleEntry.Calendar(line, fields.Text("calendar") ?? "Calendar", address, zone), null)
            : (null, AddressProblem);

    static (ScheduleEntry? Entry, string? Problem) Holidays(int line, FileFields fields)
    {
        var (country, address) = (fields.Text("country"), fields.Text("address"));
        if (country is null == address is null)
            return (null, "holidays need either country, as GR, or address with a calendar (.ics).");
        if (address is not null && !IsAddress(address))
            return (null, AddressProblem);
        var (code, wrong) = country is null ? (null, null) : HolidayCountries.Find(country, fields.Text("region"));
        if (wrong is not null)
            return (null, wrong);
        var zones = NamesIn(fields, "zones").Select(TimeZones.ZoneOf).ToList();
        return zones.Contains(null)
            ? (null, "zones names what is not an IANA time zone, as Europe/Athens.")
            : (new ScheduleEntry.Holidays(
                line, fields.Text("holidays") ?? code ?? "Public holidays", code, address, NamesIn(fields, "people"),
                [.. zones.OfType<DateTimeZone>()]), null);
    }

    static HolidayRule RuleOf(FileFields fields) => new(NamesIn(fields, "not on"), NamesIn(fields, "also on"));

    static bool IsAddress(string address) => address.EndsWith(".ics", StringComparison.OrdinalIgnoreCase)
        || (Uri.TryCreate(address, UriKind.Absolute, out var web) && web.Scheme is "https" or "http" or "webcal");

    const string AddressProblem = "address is not a web address or the name of an .ics file.";

    static (ScheduleEntry? Entry, string? Problem) Quiet(int line, FileFields fields) =>
        fields.Text("quiet") is { } written && WeeklyHours.Read(written) is { } hours
            ? NamesIn(fields, "people") is var people && hours.IsAlways && people.IsEmpty
                ? (null, "quiet is the whole week, so nobody would ever be called: write the hours, as 22:00-07:00.")
                : (new ScheduleEntry.Quiet(line, hours, people), hours.IsAlways ? AlwaysQuiet : null)
            : (null, "quiet is not a time, as 22:00-07:00.");

    const string AlwaysQuiet = "quiet is the whole week, so these people are called only while they have a shift.";

    const string DateProblem = "from and to must be dates or dates with a time, as 2026-12-24 or 2026-12-24 18:00.";

    static (WeeklyHours? Hours, string? Problem) HoursOf(FileFields fields) => fields.Text("hours") is not { } written ? (null, null)
        : WeeklyHours.Read(written) is { } hours ? (hours, null)
        : (null, "hours cannot be read: write them as mon-fri 08:00-16:00, sat 09:00-12:00.");

    static ImmutableArray<string> NamesIn(FileFields fields, string field) => fields.List(field)
        ?? [.. (fields.Text(field) ?? "").Split([',', ';'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)];

    static List<string> NamesOf(JsonElement entry)
    {
        var names = new List<string>();
        foreach (var property in entry.EnumerateObject())
        {
            try
            {
                names.Add(property.Name.Trim());
            }
            // System.Text.Json 10 throws this for a name with half a character in it.
            catch (InvalidOperationException)
            {
                names.Add("");
            }
        }
        return names;
    }

    [GeneratedRegex("^(?:(?:(?<n>[0-9]{1,4})\\s*)?(?<unit>days?|weeks?)|daily|weekly)$", RegexOptions.CultureInvariant)]
    private static partial Regex Every();

    [GeneratedRegex("^(?:(?<day>[A-Za-z]+\\.?)\\s+)?(?<time>[0-9:.]+)$", RegexOptions.CultureInvariant)]
    private static partial Regex HandOver();
}
