using BotDispatch.Employees;
using BotDispatch.Employees.Availability;
using NodaTime;

namespace BotDispatch.Tests.Employees.Availability;

public sealed class PersonPlanTests
{
    static readonly DateTimeZone Athens = TimeZones.ZoneOf("Europe/Athens")!;
    // A Monday, 11:00 in Athens.
    static readonly Instant Now = Instant.FromUtc(2026, 1, 5, 9, 0);

    [Fact]
    public void Somebody_with_nothing_planned_can_always_be_called_and_there_is_nothing_to_say() =>
        Say(new() { Zone = Athens }).ShouldBe("ready");

    [Fact]
    public void Somebody_with_shifts_is_called_while_one_is_on()
    {
        Say(Shift("mon 08:00-16:00")).ShouldBe("ready: On shift until 16:00 (UTC+2)");
        Say(Shift("mon 12:00-16:00")).ShouldBe("Off shift until 12:00 (UTC+2)");
        Say(Shift("mon 01:00-02:00")).ShouldBe("Off shift until Mon 12 Jan 01:00 (UTC+2)");
        Say(Shift("daily 00:00-24:00")).ShouldBe("ready: On shift");
    }

    [Fact]
    public void Shifts_that_follow_each_other_are_one() => Say(Shift("mon 08:00-16:00, 16:00-23:00")).ShouldBe("ready: On shift until 23:00 (UTC+2)");

    [Fact]
    public void A_shift_counts_in_quiet_hours_and_outside_of_working_hours() =>
        Say(Shift("mon 08:00-16:00") is var plan ? With(plan, hours: "tue 08:00-16:00", quiet: "10:00-12:00") : plan).ShouldBe("ready: On shift until 16:00 (UTC+2)");

    [Fact]
    public void Working_hours_and_quiet_hours_count_for_those_without_shifts()
    {
        Say(With(new() { Zone = Athens }, hours: "mon-fri 08:00-16:00")).ShouldBe("ready: In working hours until 16:00 (UTC+2)");
        Say(With(new() { Zone = Athens }, hours: "tue 08:00-16:00")).ShouldBe("Outside working hours until Tue 08:00 (UTC+2)");
        Say(With(new() { Zone = Athens }, quiet: "10:00-12:00")).ShouldBe("Quiet hours until 12:00 (UTC+2)");
        Say(With(new() { Zone = Athens }, hours: "mon 08:00-11:30, tue 08:00-16:00", quiet: "10:00-12:00")).ShouldBe("Quiet hours until 12:00 (UTC+2), available from Tue 08:00 (UTC+2)");
    }

    [Fact]
    public void An_absence_comes_first_and_what_follows_it_is_said_too()
    {
        Say(Away(Shift("mon 08:00-16:00"), Hours(1))).ShouldBe("Away until 12:00 (UTC+2)");
        Say(Away(Shift("mon 08:00-16:00"), Hours(12))).ShouldBe("Away until 23:00 (UTC+2), available from Mon 12 Jan 08:00 (UTC+2)");
        Say(Away(new() { Zone = Athens }, Duration.FromDays(900))).ShouldBe("Away until Fri 23 Jun 2028 12:00 (UTC+3)");
    }

    [Fact]
    public void A_shift_that_falls_into_an_absence_is_not_the_next_one() =>
        Say(new() { Zone = Athens, Shifts = Shift("tue 08:00-16:00, thu 08:00-16:00").Shifts, Absences = [new(Now + Hours(12), Now + Hours(60))] })
            .ShouldBe("Off shift until Tue 08:00 (UTC+2), available from Thu 08:00 (UTC+2)");

    [Fact]
    public void The_person_who_took_over_is_called_and_the_replaced_one_is_not()
    {
        var time = new Interval(Now - Hours(1), Now + Hours(2));
        Say(new() { Zone = Athens, Shifts = Shift("thu 08:00-16:00").Shifts, Takeovers = [(time, true)] }).ShouldBe("ready: On shift until 13:00 (UTC+2)");
        Say(new() { Zone = Athens, Shifts = Shift("mon 08:00-16:00").Shifts, Takeovers = [(time, false)] }).ShouldBe("Off shift until 13:00 (UTC+2)");
    }

    [Fact]
    public void A_replaced_person_is_not_called_although_they_have_no_shifts_at_all()
    {
        (Interval, bool)[] now = [(new(Now - Hours(1), Now + Hours(2)), false)], later = [(new(Now + Hours(1), Now + Hours(2)), false)];
        Say(new() { Zone = Athens, Takeovers = [.. now] }).ShouldBe("Off shift until 13:00 (UTC+2)");
        Say(new() { Zone = Athens, Takeovers = [.. now], Hours = WeeklyHours.Read("mon 08:00-16:00") }).ShouldBe("Off shift until 13:00 (UTC+2)");
        Say(new() { Zone = Athens, Takeovers = [.. now], Hours = WeeklyHours.Read("tue 08:00-16:00") })
            .ShouldBe("Off shift until 13:00 (UTC+2), available from Tue 08:00 (UTC+2)");
        Say(new() { Zone = Athens, Takeovers = [.. later], Hours = WeeklyHours.Read("mon 08:00-16:00") })
            .ShouldBe("ready: In working hours until 12:00 (UTC+2)");
    }

    [Fact]
    public void Of_two_takeovers_of_one_time_the_later_counts()
    {
        var time = new Interval(Now - Hours(1), Now + Hours(2));
        Say(new() { Zone = Athens, Takeovers = [(time, true), (time, false)] }).ShouldBe("Off shift until 13:00 (UTC+2)");
        Say(new() { Zone = Athens, Takeovers = [(time, false), (time, true)] }).ShouldBe("ready: On shift until 13:00 (UTC+2)");
    }

    [Fact]
    public void An_absence_without_an_end_is_said_to_have_none() =>
        Say(new() { Zone = Athens, Absences = [new(Now, LocalTimes.At(LocalTimes.NoEnd, Athens))] }).ShouldBe("Away until further notice");

    [Fact]
    public void With_no_shift_planned_that_is_said() =>
        Say(new() { Zone = Athens, Shifts = [(_, _) => []] }).ShouldBe("Off shift, and no shift is planned");

    /// <summary>Random plans against the definition, minute by minute: nobody unavailable is called, nobody available is passed over, and nobody has to wait longer than was said.</summary>
    [Fact]
    public void The_judgement_is_the_definition_at_every_moment()
    {
        var random = new Random(20261129);
        string[] zones = ["Europe/Athens", "America/New_York", "Australia/Lord_Howe", "America/Vancouver", "Pacific/Auckland"];
        for (var n = 0; n < 150; n++)
        {
            var zone = TimeZones.ZoneOf(zones[random.Next(zones.Length)])!;
            // Near the changes of the clocks in both halves of the world.
            var begin = Instant.FromUtc(2026, new[] { 3, 4, 9, 10, 11 }[random.Next(5)], random.Next(1, 28), 0, 0);
            var plan = Random(random, zone, begin);
            var (shifts, hours, quiet) = (plan.ShiftsBetween(begin, begin + Duration.FromDays(14)), plan.Hours?.Between(begin, begin + Duration.FromDays(14), zone),
                plan.Quiet.SelectMany(each => each.Between(begin, begin + Duration.FromDays(14), zone)).ToList());
            bool IsReplaced(Instant at) => plan.Takeovers.Where(each => each.Time.Contains(at)).Select(each => !each.IsOn).LastOrDefault();
            // Every ninth day is a holiday, also the days on which clocks change.
            bool IsHoliday(Instant at) => !plan.Holidays.IsEmpty && at.InZone(zone).Day % 9 == 0;
            bool IsAvailable(Instant at) => Intervals.At(plan.Absences, at) is null && (Intervals.At(shifts, at) is not null
                || (plan.Shifts.IsEmpty && !IsReplaced(at) && (hours is null || (Intervals.At(hours, at) is not null && !IsHoliday(at))) && Intervals.At(quiet, at) is null));
            for (var at = begin; at < begin + Duration.FromDays(4); at += Duration.FromMinutes(random.Next(20, 200)))
            {
                var judged = plan.At(at);
                (judged.Obstacle is Obstacle.None).ShouldBe(IsAvailable(at), $"plan {n} at {at}");
                (judged.Holiday is not null).ShouldBe(judged.Obstacle is Obstacle.Holiday);
                if (judged.Obstacle is Obstacle.Holiday)
                    (hours is not null && IsHoliday(at)).ShouldBeTrue("the sentence names the true reason");
                var next = plan.At(judged.ValidUntil - Duration.FromTicks(1));
                (next.Obstacle, next.IsOnShift, next.Until).ShouldBe((judged.Obstacle, judged.IsOnShift, judged.Until), "it stays true until it says");
                if (judged.AvailableFrom is { } from)
                {
                    plan.At(from).Obstacle.ShouldBe(Obstacle.None);
                    for (var earlier = at; earlier < from && earlier < begin + Duration.FromDays(13); earlier += Duration.FromMinutes(15))
                        IsAvailable(earlier).ShouldBeFalse($"plan {n}: {earlier} is before {from}");
                }
            }
        }
    }

    [Fact]
    public void The_same_facts_give_the_same_sentence()
    {
        var random = new Random(7);
        for (var n = 0; n < 50; n++)
        {
            var seed = random.Next();
            string Once() => Say(Random(new(seed), Athens, Now));
            Once().ShouldBe(Once());
        }
    }

    static PersonPlan Random(Random random, DateTimeZone zone, Instant begin)
    {
        bool Half() => random.Next(2) == 0;
        Interval Some() => begin + Duration.FromHours(random.Next(0, 72)) is var start ? new(start, start + Duration.FromMinutes(random.Next(30, 3000))) : default;
        var rotation = new ScheduleEntry.Rotation(1, "R", zone, begin.InZone(zone).Date.PlusDays(-20) + new LocalTime(random.Next(0, 5), 30), random.Next(1, 3), Half() ? WeeklyHours.Read("daily 22:00-06:00") : null, ["a", "b", "c"]);
        return new()
        {
            Zone = zone,
            Shifts = Half() ? [(from, to) => rotation.TurnsOf(1, from, to)] : [],
            Takeovers = Half() ? [(Some(), Half()), (Some(), Half())] : [],
            Absences = Half() ? [Some(), Some()] : [],
            Hours = Half() ? WeeklyHours.Read("mon-fri 01:30-16:00, sat 02:30-04:00, sun") : null,
            Holidays = Half() ? [new(date => date.Day % 9 == 0 ? "Ninth" : null)] : [],
            Quiet = Half() ? [WeeklyHours.Read("22:00-02:30")!] : [],
        };
    }

    static string Say(PersonPlan plan) => AvailabilityWords.Of(plan.At(Now), Now, plan.Zone) switch
    {
        { IsAvailable: true, Words: null } => "ready",
        { IsAvailable: true, Words: var words } => "ready: " + words,
        var off => off.Words!,
    };

    static PersonPlan Shift(string hours) => new() { Zone = Athens, Shifts = [(from, to) => WeeklyHours.Read(hours)!.Between(from, to, Athens)] };

    static PersonPlan With(PersonPlan plan, string? hours = null, string? quiet = null) => new()
    {
        Zone = plan.Zone,
        Shifts = plan.Shifts,
        Hours = hours is null ? null : WeeklyHours.Read(hours),
        Quiet = quiet is null ? [] : [WeeklyHours.Read(quiet)!],
    };

    static PersonPlan Away(PersonPlan plan, Duration time) => new() { Zone = plan.Zone, Shifts = plan.Shifts, Absences = [new(Now - Hours(5), Now + time)] };

    static Duration Hours(int hours) => Duration.FromHours(hours);
}
