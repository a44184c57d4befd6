using BotDispatch.Employees;
using BotDispatch.Employees.Availability;
using NodaTime;

namespace BotDispatch.Tests.Employees.Availability;

public sealed class RotationTests
{
    static readonly Instant Begin = Instant.FromUtc(2026, 1, 1, 0, 0);
    static readonly Instant End = Instant.FromUtc(2028, 1, 1, 0, 0);

    public static TheoryData<string, int, string> Rotations()
    {
        var all = new TheoryData<string, int, string>();
        foreach (var zone in (string[])["Europe/Athens", "America/New_York", "America/Vancouver", "Pacific/Auckland", "Australia/Lord_Howe", "Africa/Casablanca", "Asia/Kolkata", "UTC"])
        {
            all.Add(zone, 1, "08:00");
            all.Add(zone, 7, "08:00");
            all.Add(zone, 14, "18:30");
        }
        return all;
    }

    /// <summary>The hand-made calendar: what the clock on the wall shows, and how many whole turns have passed on it since the first hand-over.</summary>
    [Theory]
    [MemberData(nameof(Rotations))]
    public void Over_two_years_a_rotation_equals_a_calendar_made_by_hand(string zoneName, int days, string time)
    {
        var zone = TimeZones.ZoneOf(zoneName)!;
        var first = new LocalDate(2026, 1, 5) + WeeklyHours.TimeOf(time)!.Value;
        var rotation = new ScheduleEntry.Rotation(1, "R", zone, first, days, null, ["a", "b", "c"]);
        var turns = Enumerable.Range(0, 3).Select(person => rotation.TurnsOf(person, Begin, End)).ToList();
        for (var moment = Begin; moment < End; moment += Duration.FromMinutes(30))
        {
            var wall = moment.InZone(zone).LocalDateTime.ToDateTimeUnspecified();
            var passed = Math.Floor((wall - first.ToDateTimeUnspecified()).TotalDays / days);
            var expected = passed < 0 ? -1 : (int)passed % 3;
            for (var person = 0; person < 3; person++)
                (Intervals.At(turns[person], moment) is not null).ShouldBe(person == expected, $"person {person} at {moment} in {zoneName}");
        }
    }

    // Hand-overs in the hours that a clock change repeats or leaves out.
    [Theory]
    [InlineData("Europe/Athens", 3, 30)]
    [InlineData("America/New_York", 2, 30)]
    [InlineData("America/New_York", 1, 30)]
    [InlineData("Pacific/Auckland", 2, 30)]
    [InlineData("Australia/Lord_Howe", 2, 0)]
    [InlineData("Africa/Casablanca", 2, 0)]
    public void Turns_follow_each_other_without_a_gap_and_without_an_overlap(string zone, int hour, int minute)
    {
        var rotation = new ScheduleEntry.Rotation(1, "R", TimeZones.ZoneOf(zone)!, new(2026, 1, 5, hour, minute), 1, null, ["a", "b"]);
        var turns = rotation.TurnsOf(0, Begin, End).Concat(rotation.TurnsOf(1, Begin, End)).OrderBy(turn => turn.Start).ToList();
        turns.Count.ShouldBeGreaterThan(700);
        turns.Zip(turns.Skip(1)).ShouldAllBe(pair => pair.First.End == pair.Second.Start);
    }

    [Fact]
    public void A_window_anywhere_shows_the_same_turns()
    {
        var rotation = new ScheduleEntry.Rotation(1, "R", TimeZones.ZoneOf("Europe/Berlin")!, new(2026, 1, 5, 8, 0), 7, null, ["a", "b", "c", "d"]);
        var all = rotation.TurnsOf(2, Begin, End);
        for (var from = Begin; from < End - Duration.FromDays(30); from += Duration.FromHours(31))
            rotation.TurnsOf(2, from, from + Duration.FromDays(20)).ShouldBe(all.Where(turn => turn.End > from && turn.Start < from + Duration.FromDays(20)));
    }

    [Fact]
    public void Nobody_is_starved_in_a_rotation()
    {
        var rotation = new ScheduleEntry.Rotation(1, "R", TimeZones.ZoneOf("America/Edmonton")!, new(2026, 1, 5, 8, 0), 7, null, ["a", "b", "c"]);
        Enumerable.Range(0, 3).Select(person => rotation.TurnsOf(person, rotation.First.InUtc().ToInstant(), End).Count).ShouldAllBe(count => count == 35 || count == 34);
    }

    [Fact]
    public void Before_it_starts_nobody_has_a_turn() =>
        new ScheduleEntry.Rotation(1, "R", DateTimeZone.Utc, new(2027, 1, 4, 8, 0), 7, null, ["a", "b"]).TurnsOf(1, Begin, Instant.FromUtc(2027, 1, 4, 8, 0)).ShouldBeEmpty();

    [Fact]
    public void Hours_limit_a_turn()
    {
        var rotation = new ScheduleEntry.Rotation(1, "R", DateTimeZone.Utc, new(2026, 1, 5, 8, 0), 7, WeeklyHours.Read("mon-fri 17:00-08:00, sat, sun"), ["a", "b"]);
        var first = rotation.TurnsOf(0, Begin, Instant.FromUtc(2026, 1, 12, 9, 0));
        first[0].ShouldBe(new(Instant.FromUtc(2026, 1, 5, 17, 0), Instant.FromUtc(2026, 1, 6, 8, 0)));
        // Friday's night, the weekend and the hours until Monday's hand-over are one time.
        first[^1].ShouldBe(new(Instant.FromUtc(2026, 1, 9, 17, 0), Instant.FromUtc(2026, 1, 12, 0, 0)));
    }
}
