using System.Collections.Immutable;
using BotDispatch.Employees.Holidays;
using NodaTime;

namespace BotDispatch.Employees.Availability;

/// <summary>Why somebody is not called.</summary>
internal enum Obstacle
{
    /// <summary>Nothing keeps them from being called.</summary>
    None,
    /// <summary>They are absent.</summary>
    Away,
    /// <summary>They have shifts, and none of them is on.</summary>
    OffShift,
    /// <summary>They have working hours and no shifts, and it is another hour.</summary>
    OutsideHours,
    /// <summary>They have quiet hours and no shift that is on.</summary>
    Quiet,
    /// <summary>It is a public holiday, on which they do not work, or on which their shift is not.</summary>
    Holiday,
}

/// <summary>What the facts say about somebody at one moment.</summary>
/// <param name="Obstacle">Why they are not called.</param>
/// <param name="Until">When that reason, or the shift or the working hours that are on, ends; null if no end is planned.</param>
/// <param name="AvailableFrom">When they can be called at the earliest; null if that is now, or if nothing is planned.</param>
/// <param name="IsOnShift">One of their shifts is on.</param>
/// <param name="IsWorking">They are called because these are their working hours.</param>
/// <param name="ValidUntil">Until when all this stays true.</param>
/// <param name="Holiday">The name of the public holiday that is the reason; null if there is another reason.</param>
internal readonly record struct Judgement(
    Obstacle Obstacle, Instant? Until, Instant? AvailableFrom, bool IsOnShift, bool IsWorking, Instant ValidUntil, string? Holiday = null);

/// <summary>Everything known about when somebody may be called. Judging is a pure function of it and of the moment.</summary>
/// <remarks>
/// An absence comes first. Somebody who has shifts is called while one of them is on, and then also in quiet hours. Somebody without
/// shifts is called in their working hours, or always if they have none, never in quiet hours, and not while somebody takes over for them.
/// Public holidays end working hours, and those shifts that leave them out.
/// </remarks>
internal sealed class PersonPlan
{
    static readonly ImmutableArray<Duration> Horizons = [Duration.FromDays(8), Duration.FromDays(64), Duration.FromDays(400)];

    /// <summary>The zone of their local times.</summary>
    public required DateTimeZone Zone { get; init; }
    /// <summary>Their shifts between two moments; empty if they have none at all.</summary>
    public ImmutableArray<Func<Instant, Instant, List<Interval>>> Shifts { get; init; } = [];
    /// <summary>
    /// Times for which they took over a duty, or somebody else took over theirs. Of two that overlap, the later in the list counts.
    /// </summary>
    public ImmutableArray<(Interval Time, bool IsOn)> Takeovers { get; init; } = [];
    /// <summary>Times at which they are away.</summary>
    public ImmutableArray<Interval> Absences { get; init; } = [];
    /// <summary>Their working hours; null if they have none.</summary>
    public WeeklyHours? Hours { get; init; }
    /// <summary>Their quiet hours.</summary>
    public ImmutableArray<WeeklyHours> Quiet { get; init; } = [];

    /// <summary>Single times at which they do not want to be disturbed, like quiet hours.</summary>
    public ImmutableArray<Interval> QuietTimes { get; init; } = [];

    /// <summary>Public holidays, on which they do not work if they have working hours.</summary>
    public ImmutableArray<HolidayDays> Holidays { get; init; } = [];

    /// <summary>The times of their shifts between two moments that public holidays leave out.</summary>
    public ImmutableArray<Func<Instant, Instant, IEnumerable<Holiday>>> SkippedShifts { get; init; } = [];

    /// <summary>Returns their working hours between two moments without public holidays; null if they have no working hours.</summary>
    public List<Interval>? WorkingBetween(Instant from, Instant to) =>
        Hours is null ? null : WorkingWithout(HolidaysBetween(from, to), from, to);

    /// <summary>Returns the public holidays that overlap the time between two moments, in order.</summary>
    public List<Holiday> HolidaysBetween(Instant from, Instant to) => Holidays.IsEmpty ? []
        : [.. Holidays.SelectMany(each => each.Between(from, to, Zone)).DistinctBy(each => each.Time.Start)
            .OrderBy(each => each.Time.Start)];

    List<Interval>? WorkingWithout(List<Holiday> off, Instant from, Instant to) =>
        Hours is null ? null : Intervals.Without(Hours.Between(from, to, Zone), [.. off.Select(each => each.Time)]);

    /// <summary>Returns the times between two moments at which a shift of theirs is on.</summary>
    public List<Interval> ShiftsBetween(Instant from, Instant to)
    {
        var shifts = Intervals.Merged(Shifts.SelectMany(shift => shift(from, to)));
        foreach (var (time, isOn) in Takeovers)
            if (time.End > from && time.Start < to)
                shifts = isOn ? Intervals.Merged(shifts.Append(time)) : Intervals.Without(shifts, [time]);
        return shifts;
    }

    /// <summary>Returns the times at which somebody else has their duty, so that they are off although they may have no shifts.</summary>
    public List<Interval> Replaced()
    {
        var replaced = new List<Interval>();
        foreach (var (time, isOn) in Takeovers)
            replaced = isOn ? Intervals.Without(replaced, [time]) : Intervals.Merged(replaced.Append(time));
        return replaced;
    }

    /// <summary>Returns what is true at a moment.</summary>
    public Judgement At(Instant now)
    {
        foreach (var horizon in Horizons)
            if (new Window(this, now, now + horizon).Judge() is { } judged)
                return judged;
        return new Window(this, now, now + Horizons[^1]).JudgeAnyway();
    }

    /// <summary>The facts between a moment and another.</summary>
    sealed class Window
    {
        readonly PersonPlan plan;
        readonly Instant now;
        readonly Instant end;
        readonly List<Interval> shifts;
        readonly List<Interval> absences;
        readonly List<Interval> replaced;
        readonly List<Interval>? hours;
        readonly List<Interval> quiet;
        readonly List<Holiday> holidays;

        public Window(PersonPlan plan, Instant now, Instant end)
        {
            (this.plan, this.now, this.end) = (plan, now, end);
            shifts = plan.ShiftsBetween(now, end);
            absences = Intervals.Merged(plan.Absences);
            replaced = plan.Replaced();
            var off = plan.Hours is null ? [] : plan.HolidaysBetween(now, end);
            hours = plan.WorkingWithout(off, now, end);
            holidays = plan.Shifts.IsEmpty ? off : [.. plan.SkippedShifts.SelectMany(each => each(now, end))];
            quiet = Intervals.Merged(plan.Quiet.SelectMany(each => each.Between(now, end, plan.Zone)).Concat(plan.QuietTimes));
        }

        /// <summary>Returns what is true now; null if an end of it lies beyond the window.</summary>
        public Judgement? Judge() => Of(out var isSeen) is var judged && isSeen ? judged : null;

        /// <summary>Returns what is true now; ends beyond the window are taken as not planned.</summary>
        public Judgement JudgeAnyway() => Of(out _);

        Judgement Of(out bool isSeen)
        {
            var (obstacle, until, holiday) = ObstacleAt(now);
            var isOnShift = Intervals.At(shifts, now) is not null;
            var isWorking = obstacle is Obstacle.None && !isOnShift && plan.Hours is not null;
            if (obstacle is Obstacle.None)
            {
                until = Earliest((isOnShift ? Intervals.At(shifts, now) : isWorking ? Intervals.At(hours!, now) : null)?.End,
                    Intervals.NextStart(absences, now), isOnShift ? null : Intervals.NextStart(quiet, now),
                    isOnShift ? null : Intervals.NextStart(replaced, now));
                isSeen = !(until >= end);
                return new(obstacle, until >= end ? null : until, null, isOnShift, isWorking, NextChange());
            }
            var from = until;
            while (from < end && ObstacleAt(from.Value) is (not Obstacle.None, var next, _))
                from = next;
            isSeen = until < end && from < end;
            return new(obstacle, until, from < end ? from : null, isOnShift, false, NextChange(), holiday);
        }

        (Obstacle Obstacle, Instant? Until, string? Holiday) ObstacleAt(Instant moment)
        {
            if (Intervals.At(absences, moment) is { } absence)
                return (Obstacle.Away, absence.End, null);
            if (Intervals.At(shifts, moment) is not null)
                return (Obstacle.None, null, null);
            // A duty that they take over makes them available, whatever the hour.
            var takesOver = Intervals.NextStart(shifts, moment);
            var holiday = holidays.Find(each => each.Time.Contains(moment));
            if (!plan.Shifts.IsEmpty)
                return holiday.Name is null ? (Obstacle.OffShift, takesOver, null)
                    : (Obstacle.Holiday, Earliest(holiday.Time.End, takesOver), holiday.Name);
            if (Intervals.At(replaced, moment) is { } other)
                return (Obstacle.OffShift, Earliest(other.End, takesOver), null);
            if (holiday.Name is not null)
                return (Obstacle.Holiday, Earliest(holiday.Time.End, takesOver), holiday.Name);
            if (hours is not null && Intervals.At(hours, moment) is null)
                return (Obstacle.OutsideHours, Earliest(Intervals.NextStart(hours, moment), takesOver), null);
            return Intervals.At(quiet, moment) is { } rest
                ? (Obstacle.Quiet, Earliest(rest.End, takesOver), null)
                : (Obstacle.None, null, null);
        }

        static Instant? Earliest(params ReadOnlySpan<Instant?> moments)
        {
            Instant? earliest = null;
            foreach (var moment in moments)
                if (moment is { } next && !(earliest <= next))
                    earliest = next;
            return earliest;
        }

        Instant NextChange() => shifts.Concat(absences).Concat(replaced).Concat(hours ?? []).Concat(quiet)
            .Concat(holidays.Select(each => each.Time))
            .SelectMany(each => (Instant[])[each.Start, each.End]).Where(change => change > now).DefaultIfEmpty(end).Min();
    }
}
