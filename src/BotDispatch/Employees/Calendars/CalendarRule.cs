using System.Globalization;
using BotDispatch.Employees.Availability;
using NodaTime;

namespace BotDispatch.Employees.Calendars;

/// <summary>A rule by which an event repeats (<c>RRULE</c>), or by which it does not (<c>EXRULE</c>).</summary>
/// <param name="Text">The rule without its <c>UNTIL</c>.</param>
/// <param name="Until">The last moment at which it may begin; null if none is written.</param>
/// <remarks>https://www.rfc-editor.org/rfc/rfc5545#section-3.3.10</remarks>
internal sealed record CalendarRule(string Text, CalendarTime? Until)
{
    const int MostInADay = 48;
    const long Day = 24 * 60 * 60;

    /// <summary>The seconds between two begins of a frequency below a day; null of any other frequency.</summary>
    public long? Step { get; init; }

    /// <summary>Whether it counts elapsed time: its frequency is below a day, and none of its parts names a local time.</summary>
    public bool IsElapsed { get; init; }

    /// <summary>The seconds between two begins if it counts elapsed time; null if its parts name local times or its steps vary.</summary>
    public long? Pace { get; init; }

    /// <summary>
    /// The same rule in elapsed time or in local time, as far as it can be followed so: "every 48 hours" leaves out every other shift of a
    /// daily rule also after a clock change.
    /// </summary>
    public CalendarRule In(bool isElapsed) => !isElapsed ? this with { IsElapsed = false }
        : Pace is { } pace ? this with { IsElapsed = true, Step = pace }
        : this;

    /// <summary>Whether it names hours of the local day.</summary>
    public bool NamesHours { get; init; }

    /// <summary>How often the event is, its first time included; null if that is not written.</summary>
    public int? Count { get; init; }

    /// <summary>Reads a rule of an event that begins then; or says why it is not followed.</summary>
    public static (CalendarRule? Rule, string? Problem) Read(string written, CalendarTime start)
    {
        var parts = written.Trim().Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        string? Value(string name) =>
            parts.FirstOrDefault(part => part.StartsWith(name + "=", StringComparison.OrdinalIgnoreCase))?[(name.Length + 1)..].Trim();
        if (Value("RSCALE") is not null)
            return (null, "the event repeats by another calendar (RSCALE), which is not followed.");
        var (interval, count) = (Value("INTERVAL"), Value("COUNT"));
        if ((interval is not null && Number(interval) is null) || (count is not null && Number(count) is null))
            return (null, "the event repeats by a rule that cannot be followed.");
        long? unit = Value("FREQ")?.ToUpperInvariant() switch { "HOURLY" => 3600, "MINUTELY" => 60, "SECONDLY" => 1, _ => null };
        var step = unit * (interval is null ? 1 : Number(interval));
        if (TimesADay(unit, step, Value) > MostInADay)
            return (null, $"the event repeats more often than {MostInADay} times a day, which no shift does.");
        CalendarTime? until = null;
        if (Value("UNTIL") is { } last)
        {
            until = UntilOf(last, start);
            if (until is null)
                return (null, "the event's rule has an end (UNTIL) that cannot be read.");
        }
        var isFree = !start.IsDate
            && !parts.Any(part => part.StartsWith("BY", StringComparison.OrdinalIgnoreCase) && !IsOfStart(part, unit, start.Local));
        long? days = Value("FREQ")?.ToUpperInvariant() switch { "DAILY" => Day, "WEEKLY" => 7 * Day, _ => null };
        return (new(string.Join(';', parts.Where(part => !part.StartsWith("UNTIL=", StringComparison.OrdinalIgnoreCase))), until)
        {
            Step = step,
            IsElapsed = step is not null && isFree,
            Pace = isFree ? step ?? (days * (interval is null ? 1 : Number(interval))) : null,
            NamesHours = Value("BYHOUR") is not null,
            Count = count is null ? null : Number(count),
        }, null);
    }

    static int? Number(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0 ? number : null;

    // "FREQ=HOURLY;BYMINUTE=0;BYSECOND=0" of an event that begins on the hour says nothing that its begin does not say.
    static bool IsOfStart(string part, long? unit, LocalDateTime start) => part.Split('=', 2) is [var name, var value]
        && int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
        && name.ToUpperInvariant() switch
        {
            "BYMINUTE" => unit == 3600 && number == start.Minute,
            "BYSECOND" => unit > 1 && number == start.Second,
            _ => false,
        };

    // A list adds begins within a longer step, and leaves out some of shorter ones.
    static double TimesADay(long? unit, long? step, Func<string, string?> value)
    {
        double Times(string name, long each, double all) =>
            value(name) is not { } list ? 1 : list.Split(',').Length / (unit <= each ? all : 1);
        return (step is null ? 1 : Math.Max(1, Day / (double)step))
            * Times("BYHOUR", 3600, 24) * Times("BYMINUTE", 60, 60) * Times("BYSECOND", 1, 60);
    }

    // It may be in UTC, local or a date, and stand beside a COUNT.
    static CalendarTime? UntilOf(string last, CalendarTime start)
    {
        if (CalendarReader.LocalOf(last) is not var (local, isDate))
            return null;
        if (isDate)
            local = LocalDate.Min(local.Date, LocalTimes.NoEnd.Date).PlusDays(1).AtMidnight().PlusTicks(-1);
        return new(LocalDateTime.Min(local, LocalTimes.NoEnd), !isDate && last.EndsWith('Z') ? DateTimeZone.Utc : start.Zone, isDate);
    }
}
