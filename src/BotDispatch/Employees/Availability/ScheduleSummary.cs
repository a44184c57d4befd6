using System.Collections.Immutable;
using BotDispatch.Core;
using BotDispatch.Employees.Holidays;
using BotDispatch.Files;
using NodaTime;

namespace BotDispatch.Employees.Availability;

/// <summary>
/// Says for an administrator what was understood of the schedule, and what is wrong with it. It names nobody and no address.
/// </summary>
internal static class ScheduleSummary
{
    const int DaysAhead = 30;
    const int MostNamed = 20;

    /// <summary>Sums up a schedule.</summary>
    /// <param name="path">Its file; empty if there is none.</param>
    /// <param name="read">What was read of it.</param>
    /// <param name="people">Everybody in files.</param>
    /// <param name="hasOthers">Whether there are people who cannot be read now, so that an unknown name may be one of theirs.</param>
    /// <param name="now">The moment, in wall time.</param>
    public static (string Summary, ImmutableArray<string> Problems) Of(
        string path, FileContent<ScheduleEntry> read, ImmutableArray<Employee> people, bool hasOthers, DateTimeOffset now)
    {
        if (path.Length == 0)
            return ("none: everybody can be called at any time, but for their own hours and absences", []);
        var problems = read.Problems.Select(each => each.In(path)).ToList();
        var begin = Instant.FromDateTimeOffset(now);
        var window = new Interval(begin, begin + Duration.FromDays(DaysAhead));
        var plans = PersonPlans.Of(people, read.Items, []);
        if (!hasOthers)
            problems.AddRange(plans.Unknown.Select(each =>
                $"{path}, line {each.Line}: {each.Count} of the people there are nobody in the directory, or several. "
                    + "Write their ids or emails."));
        foreach (var (line, address) in read.Items.Select(AddressOf).OfType<(int, string)>())
            if (ProblemOf(address, path) is { } problem)
                problems.Add($"{path}, line {line}: {problem}");
        problems.AddRange(HolidayBook.Unknown(read.Items).Select(line => $"{path}, line {line}: {HolidayBook.UnknownName}"));
        if (!hasOthers)
            problems.AddRange(HolidayBook.OfNobody(read.Items, people).Select(line => $"{path}, line {line}: {HolidayBook.NobodyMeant}"));
        string[] counted =
        [
            Counted<ScheduleEntry.Rotation>(read.Items, "rotation"), Counted<ScheduleEntry.Shift>(read.Items, "shift"),
            Counted<ScheduleEntry.Calendar>(read.Items, "calendar"), Counted<ScheduleEntry.Cover>(read.Items, "cover"),
            Counted<ScheduleEntry.Absence>(read.Items, "absence"), Counted<ScheduleEntry.Holidays>(read.Items, "calendar of holidays",
                "calendars of holidays"),
        ];
        var named = string.Join(", ", counted.Where(each => each.Length > 0));
        return ((named.Length == 0 ? "quiet hours alone" : named) + (hasOthers ? "" : Coverage(people, read.Items, plans, window)),
            [.. problems.Take(MostNamed), .. problems.Count > MostNamed ? [$"{path}: {problems.Count - MostNamed} more."]
                : Array.Empty<string>()]);
    }

    // A calendar is read when the process runs, so nothing is said of who covers it.
    static string Coverage(ImmutableArray<Employee> people, ImmutableArray<ScheduleEntry> entries, PersonPlans plans, Interval window)
    {
        var duties = Duties.Of(people, entries, [], plans, window).All
            .Where(each => each.IsKnown && each.Name != Duties.WorkingHours).ToList();
        if (duties.Count == 0)
            return "";
        // Somebody without a number has a duty in vain.
        var callable = people.Where(each => each.CannotBePhoned is null).Select(each => each.Id).ToHashSet();
        var gaps = (from duty in duties
                    let held = Intervals.Merged(duty.Holders.Where(each => callable.Contains(each.Key)).SelectMany(each => each.Value))
                    let gap = Intervals.Without(duty.Expected, held).Select(gap => (Instant?)gap.Start).FirstOrDefault()
                    where gap is not null
                    orderby gap
                    select (Duty: duty, Gap: gap)).ToList();
        if (gaps is not [var (open, first), ..])
            return $"; covered for the next {DaysAhead} days";
        var isHeld = open.Holders.Values.Any(times => Intervals.At(times, first!.Value) is not null);
        return $"; nobody {(isHeld ? "who can be phoned " : "")}has {open.Name.Isolated()} "
            + (first <= window.Start ? "now" : $"from {LocalTimes.Clock(first!.Value, window.Start, DateTimeZone.Utc)}")
            + (gaps.Count > 1 ? $", and {gaps.Count - 1} more {(gaps.Count == 2 ? "has" : "have")} a gap" : "");
    }

    static (int Line, string Address)? AddressOf(ScheduleEntry entry) => entry switch
    {
        ScheduleEntry.Calendar calendar => (calendar.Line, calendar.Address),
        ScheduleEntry.Holidays { Address: { } address } holidays => (holidays.Line, address),
        _ => null,
    };

    static string? ProblemOf(string written, string schedule)
    {
        if (Uri.TryCreate(written, UriKind.Absolute, out var address) && !address.IsFile)
            return address.Scheme == "http" && !address.IsLoopback
                ? "the address of the calendar begins with http://, so everybody on the way can read it: write https://."
                : null;
        return System.IO.File.Exists(Path.GetFullPath(written, Path.GetDirectoryName(Path.GetFullPath(schedule))!))
            ? null
            : "there is no such calendar file.";
    }

    static string Counted<T>(ImmutableArray<ScheduleEntry> entries, string one, string? many = null) where T : ScheduleEntry =>
        entries.OfType<T>().Count() is > 0 and var count ? $"{count} {(count == 1 ? one : many ?? one + "s")}" : "";
}
