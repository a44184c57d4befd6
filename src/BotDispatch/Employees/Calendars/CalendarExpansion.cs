using System.Collections.Immutable;
using BotDispatch.Employees.Availability;
using BotDispatch.Files;
using Ical.Net.Evaluation;
using NodaTime;
using Period = NodaTime.Period;

namespace BotDispatch.Employees.Calendars;

/// <summary>A shift of a calendar.</summary>
/// <param name="Time">When it is.</param>
/// <param name="Emails">The emails of those who take it.</param>
/// <param name="Summary">The title of the event, which may name somebody.</param>
internal sealed record CalendarShift(Interval Time, ImmutableArray<string> Emails, string Summary)
{
    /// <summary>Its first day and the day after its last one; null if it has hours, so that it is not of whole days.</summary>
    public (LocalDate From, LocalDate To)? Days { get; init; }
}

/// <summary>Draws the shifts of a calendar between two moments.</summary>
/// <remarks>
/// Ical.Net 5.2.4 expands the rules, but only of local times without a zone. Each begin is then put into its zone by our rule. With zones,
/// it begins shifts of <c>BYHOUR</c> an hour off on the day of a change, ends weeks with <c>DTEND</c> after exact hours, leaves both shifts
/// standing if a moved one is named in UTC, lists cancelled ones, and moves only one for <c>RANGE=THISANDFUTURE</c>. What a rule
/// means on the days on which clocks change is said at <see cref="CalendarStarts"/>.
/// </remarks>
internal static class CalendarExpansion
{
    /// <summary>The most shifts of one calendar.</summary>
    public const int MostShifts = 20_000;
    const int MostOfOneEvent = 5_000;

    /// <summary>The longest time for one calendar.</summary>
    static readonly TimeSpan LongestWork = TimeSpan.FromSeconds(5);

    /// <summary>
    /// Returns the shifts that overlap the time between two moments, in order. An event that cannot be drawn is a problem.
    /// </summary>
    /// <param name="entries">The events.</param>
    /// <param name="from">The first moment.</param>
    /// <param name="to">The last moment.</param>
    /// <param name="realTime">The clock that limits the work.</param>
    /// <param name="since">The timestamp at which the work on this calendar began; null if it begins now.</param>
    public static FileContent<CalendarShift> Between(
        IEnumerable<CalendarEntry> entries, Instant from, Instant to, TimeProvider realTime, long? since = null)
    {
        var (shifts, problems) = (new List<CalendarShift>(), ImmutableArray.CreateBuilder<FileProblem>());
        var begun = since ?? realTime.GetTimestamp();
        foreach (var series in entries.GroupBy(each => each.Uid))
        {
            if (shifts.Count >= MostShifts || realTime.GetElapsedTime(begun) > LongestWork)
            {
                problems.Add(new(0, "it has more shifts than are followed; those of the first events are used."));
                break;
            }
            // An update is a copy with a higher number.
            var newest = series.GroupBy(each => each.Replaces?.Instant).Select(copies => copies.MaxBy(each => each.Sequence)!).ToList();
            if (newest.Find(each => each.Replaces is null) is { } master)
                shifts.AddRange(SeriesOf(master, newest, from, to, problems, () => realTime.GetElapsedTime(begun) > LongestWork));
            else
                foreach (var single in newest.Where(each => !each.IsCancelled))
                    AddShift(shifts, single, StartOf(single), from, to, problems);
        }
        var within = shifts.Where(each => each.Time.End > from && each.Time.Start < to).OrderBy(each => each.Time.Start);
        return new([.. within], problems.ToImmutable());
    }

    static List<CalendarShift> SeriesOf(CalendarEntry master, List<CalendarEntry> all, Instant from, Instant to,
        ImmutableArray<FileProblem>.Builder problems, Func<bool> isLate)
    {
        var shifts = new List<CalendarShift>();
        if (master.IsCancelled)
            return shifts;
        var changes = all.Where(each => each.Replaces is not null).ToList();
        // Compared as moments: an instance may be named in UTC or in its zone. A date names the instance of that day.
        var changed = changes.Select(each => each.Replaces!.Value).Concat(master.Excluded).ToList();
        var (moments, days) = (changed.Where(each => !each.IsDate).Select(each => each.Instant).ToHashSet(),
            changed.Where(each => each.IsDate).Select(each => each.Local.Date).ToHashSet());
        var futures = changes.Where(each => each.IsForFuture).OrderBy(each => each.Replaces!.Value.Instant).ToList();
        try
        {
            foreach (var excluded in ExceptionsOf(master).SelectMany(StartsOf))
            {
                if (isLate())
                    break;
                moments.Add(excluded.Moment);
            }
            foreach (var (start, length) in InstancesOf(master, StartsOf))
            {
                if (isLate() || shifts.Count > MostOfOneEvent)
                    break;
                if (moments.Contains(start.Moment) || days.Contains(start.Local.Date))
                    continue;
                if (futures.FindLast(each => each.Replaces!.Value.Instant < start.Moment) is not { } future)
                    Add(length is { } own ? master with { Length = own } : master, start);
                else if (!future.IsCancelled)
                    Add(future, Moved(start, master.Start.Zone, future));
            }
            if (isLate() || shifts.Count > MostOfOneEvent)
                problems.Add(new(master.Line, "the event has more shifts than are followed; the first of them are used."));
        }
        // Also what is out of the library's range of dates, and what it refuses of a rule.
        catch (Exception refused) when (IsRefusal(refused))
        {
            Refuse();
        }
        foreach (var change in changes.Where(each => !each.IsCancelled))
            Add(change, StartOf(change));
        return shifts;

        void Add(CalendarEntry entry, CalendarStart start) => AddShift(shifts, entry, start, from, to, problems);

        void Refuse() => problems.Add(new(master.Line, "the event repeats by a rule that cannot be followed."));

        IEnumerable<CalendarStart> StartsOf(CalendarRule rule) =>
            UntilRefused(CalendarStarts.Of(rule, master, from, to, isLate), Refuse);
    }

    static bool IsRefusal(Exception refused) =>
        refused is EvaluationLimitExceededException or EvaluationException or ArgumentException or FormatException;

    // A rule that is refused takes nothing from the other rules of its event.
    static IEnumerable<CalendarStart> UntilRefused(IEnumerable<CalendarStart> starts, Action refuse)
    {
        using var each = starts.GetEnumerator();
        while (true)
        {
            try
            {
                if (!each.MoveNext())
                    yield break;
            }
            catch (Exception refused) when (IsRefusal(refused))
            {
                refuse();
                yield break;
            }
            yield return each.Current;
        }
    }

    // An exception names shifts, so it counts as the rules of the shifts do: in elapsed time, in local time, or in both.
    static IEnumerable<CalendarRule> ExceptionsOf(CalendarEntry master)
    {
        List<bool> modes = [.. master.Rules.Select(rule => rule.IsElapsed).Distinct()];
        return modes.Count == 0 ? master.ExceptRules
            : master.ExceptRules.SelectMany(except => modes.Select(except.In).Distinct());
    }

    static void AddShift(
        List<CalendarShift> shifts, CalendarEntry entry, CalendarStart start, Instant from, Instant to,
        ImmutableArray<FileProblem>.Builder problems)
    {
        if (ShiftOf(entry, start) is { } shift)
        {
            if (shift.Time.End > from && shift.Time.Start < to)
                shifts.Add(shift);
        }
        // A shift in the hour that a clock leaves out has no time of its own; one of no length is a mistake.
        else if (entry.Length.Elapsed.Exact <= Duration.Zero && start.Moment >= from && start.Moment < to
            && !problems.Any(each => each.Line == entry.Line))
            problems.Add(new(entry.Line, "the event does not end after it begins, so it is no shift."));
    }

    static LocalDateTime LocalIn(CalendarTime time, DateTimeZone zone) =>
        time.Zone.Equals(zone) ? time.Local : time.Instant.InZone(zone).LocalDateTime;

    static CalendarStart StartOf(CalendarEntry entry) => new(entry.Start.Local, entry.Start.Instant);

    // As far behind the first moved shift as it was behind the one that this replaces.
    static CalendarStart Moved(CalendarStart start, DateTimeZone zone, CalendarEntry future)
    {
        if (start.IsElapsed)
            return CalendarStart.Elapsed(future.Start.Instant + (start.Moment - future.Replaces!.Value.Instant), future.Start.Zone);
        var local = future.Start.Local + Period.Between(LocalIn(future.Replaces!.Value, zone), start.Local);
        return new(local, LocalTimes.At(local, future.Start.Zone));
    }

    /// <summary>Returns the begins of a series, each with its length if that is not the length of the event.</summary>
    // Ical.Net 5.2.4 gives an added period (RDATE;VALUE=PERIOD) whose end is written the length of the event, so periods are ours.
    static IEnumerable<(CalendarStart Start, CalendarLength? Length)> InstancesOf(
        CalendarEntry master, Func<CalendarRule, IEnumerable<CalendarStart>> startsOf)
    {
        var zone = master.Start.Zone;
        var added = master.Added.Select(each => (new CalendarStart(LocalIn(each.Start, zone), each.Start.Instant), each.Length));
        var starts = master.Rules.IsEmpty ? [StartOf(master)]
            : master.Rules.SelectMany(startsOf);
        return starts.Select(each => (each, (CalendarLength?)null)).Concat(added).DistinctBy(each => (each.Item1.Local, each.Item1.Moment));
    }

    static CalendarShift? ShiftOf(CalendarEntry entry, CalendarStart start)
    {
        var zone = entry.Start.Zone;
        var (begin, end) = (start.Moment, entry.Length.EndOf(start, zone));
        if (start.IsElapsed)
            // The first shift ends not before the end that is written for it.
            end = Instant.Max(entry.Length.Elapsed.EndOf(start, zone), begin == entry.Start.Instant ? end : begin);
        return begin < end
            ? new(new(begin, end), entry.Emails, entry.Summary) { Days = DaysOf(start.Local, end.InZone(zone).LocalDateTime) }
            : null;
    }

    // Some calendars write a whole day as from midnight to midnight of a zone.
    static (LocalDate, LocalDate)? DaysOf(LocalDateTime start, LocalDateTime end) =>
        start.TimeOfDay == LocalTime.Midnight && end.TimeOfDay == LocalTime.Midnight ? (start.Date, end.Date) : null;
}
