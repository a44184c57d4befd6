using BotDispatch.Employees;
using BotDispatch.Employees.Availability;
using BotDispatch.Employees.Calendars;
using BotDispatch.Files;
using NodaTime;

namespace BotDispatch.Tests.Employees.Availability;

/// <summary>
/// What Ical.Net 5.2.4 does to shifts and we must not (seen in November 2026): a week with DTEND ends after exact hours, so that an hour has nobody or two
/// people; BYHOUR begins an hour off on the day of a change; Outlook's display names and GMT+0200 become UTC; a VTIMEZONE is not read; tzid= in small
/// letters is dropped; a moved shift named in UTC stands twice; a cancelled one is listed; THISANDFUTURE moves one; some rules run for minutes.
/// </summary>
public sealed class CalendarTests
{
    static readonly Instant Begin = Instant.FromUtc(2026, 1, 1, 0, 0);
    static readonly Instant End = Instant.FromUtc(2028, 1, 1, 0, 0);

    [Theory]
    [InlineData("Europe/Athens", "DTEND;TZID=Europe/Athens:20260112T080000")]
    [InlineData("Europe/Athens", "DURATION:P7D")]
    [InlineData("America/New_York", "DTEND;TZID=America/New_York:20260112T080000")]
    [InlineData("Pacific/Auckland", "DTEND;TZID=Pacific/Auckland:20260112T080000")]
    [InlineData("Australia/Lord_Howe", "DURATION:P1W")]
    [InlineData("America/Vancouver", "DTEND;TZID=America/Vancouver:20260112T080000")]
    public void A_weekly_rota_equals_a_calendar_made_by_hand_over_two_years(string zone, string end)
    {
        var drawn = Draw($"DTSTART;TZID={zone}:20260105T080000\n{end}\nRRULE:FREQ=WEEKLY;INTERVAL=2");
        var byHand = new ScheduleEntry.Rotation(1, "R", TimeZones.ZoneOf(zone)!, new(2026, 1, 5, 8, 0), 7, null, ["a", "b"]);
        drawn.ShouldBe(byHand.TurnsOf(0, Begin, End));
        drawn.Count.ShouldBe(52);
    }

    [Fact]
    public void Shifts_of_half_a_day_begin_at_the_hour_that_is_written_on_the_day_of_the_change_too()
    {
        var drawn = Draw("DTSTART;TZID=Europe/Athens:20260101T000000\nDTEND;TZID=Europe/Athens:20260101T120000\nRRULE:FREQ=DAILY;BYHOUR=0,12");
        var athens = TimeZones.ZoneOf("Europe/Athens")!;
        drawn.ShouldAllBe(shift => shift.Start.InZone(athens).Hour % 12 == 0 && shift.End.InZone(athens).Hour % 12 == 0);
        drawn.Zip(drawn.Skip(1)).ShouldAllBe(pair => pair.First.End == pair.Second.Start);
    }

    [Fact]
    public void A_shift_that_ends_in_the_hour_that_comes_twice_ends_in_the_first_and_the_next_begins_there() =>
        Written(Draw("DTSTART;TZID=Europe/Athens:20261024T220000\nDTEND;TZID=Europe/Athens:20261025T033000")).ShouldBe(["2026-10-24 19:00 - 2026-10-25 00:30"]);

    [Theory]
    [InlineData("DTSTART;TZID=W. Europe Standard Time:20260105T080000", "07:00")]
    [InlineData("DTSTART;TZID=\"(UTC+01:00) Amsterdam, Berlin, Bern, Rome, Stockholm, Vienna\":20260105T080000", "07:00")]
    [InlineData("DTSTART;TZID=\"(UTC-05:00) Eastern Time (US & Canada)\":20260105T080000", null)]
    [InlineData("DTSTART;tzid=Europe/Athens:20260105T080000", "06:00")]
    [InlineData("DTSTART;TZID=/freeassociation.sourceforge.net/Tzfile/Europe/Athens:20260105T080000", "06:00")]
    [InlineData("DTSTART;TZID=GMT+0200:20260105T080000", null)]
    [InlineData("DTSTART;TZID=Fixed:20260105T080000", "03:00")]
    [InlineData("DTSTART;TZID=Located:20260105T080000", "06:00")]
    [InlineData("DTSTART;TZID=Changing:20260105T080000", null)]
    [InlineData("DTSTART;TZID=Unknown/Nowhere:20260105T080000", null)]
    [InlineData("DTSTART:20260105T080000Z", "08:00")]
    public void A_zone_is_found_for_certain_or_named_and_never_taken_for_UTC(string start, string? utc)
    {
        var read = CalendarReader.Read(Zones + Event(start + "\nDURATION:PT1H") + "END:VCALENDAR\n", null).ShouldNotBeNull();
        if (utc is null)
            read.Problems.ShouldHaveSingleItem().What.ShouldBe("the event's time zone is unknown, and is not taken for UTC.");
        else
            read.Items.ShouldHaveSingleItem().Start.Instant.ToString("HH:mm", null).ShouldBe(utc);
    }

    [Theory]
    [InlineData("RECURRENCE-ID:20260112T060000Z")]
    [InlineData("RECURRENCE-ID;TZID=Europe/Athens:20260112T080000")]
    [InlineData("RECURRENCE-ID;TZID=Europe/Berlin:20260112T070000")]
    public void A_moved_shift_stands_once_whatever_zone_names_it(string named) =>
        Written(Draw(Series, named + "\nDTSTART;TZID=Europe/Athens:20260113T090000\nDTEND;TZID=Europe/Athens:20260113T100000"))
            .ShouldBe(["2026-01-05 06:00 - 2026-01-05 07:00", "2026-01-13 07:00 - 2026-01-13 08:00", "2026-01-19 06:00 - 2026-01-19 07:00"]);

    [Theory]
    [InlineData("EXDATE:20260112T060000Z")]
    [InlineData("EXDATE;TZID=Europe/Athens:20260112T080000")]
    [InlineData("EXDATE;VALUE=DATE:20260112")]
    public void An_excluded_shift_is_gone(string excluded) =>
        Written(Draw(Series + "\n" + excluded)).ShouldBe(["2026-01-05 06:00 - 2026-01-05 07:00", "2026-01-19 06:00 - 2026-01-19 07:00"]);

    [Theory]
    [InlineData("EXDATE:20260112T080000")]
    [InlineData("RDATE:20260106T080000\nEXDATE:20260112T080000,20260106T080000")]
    public void A_time_without_a_zone_beside_a_begin_with_one_is_in_the_zone_of_the_begin(string written) =>
        Written(Draw(Series + "\n" + written)).ShouldBe(["2026-01-05 06:00 - 2026-01-05 07:00", "2026-01-19 06:00 - 2026-01-19 07:00"]);

    [Theory]
    [InlineData("RDATE;VALUE=PERIOD:20260113T080000Z/20260113T083000Z", "2026-01-13 08:00 - 2026-01-13 08:30")]
    [InlineData("RDATE;VALUE=PERIOD:20260113T080000Z/PT4H", "2026-01-13 08:00 - 2026-01-13 12:00")]
    [InlineData("RDATE;VALUE=PERIOD;TZID=Europe/Athens:20260113T100000/20260114T100000", "2026-01-13 08:00 - 2026-01-14 08:00")]
    [InlineData("RDATE;VALUE=PERIOD:20260105T060000Z/PT9H,20260113T080000Z/PT15M", "2026-01-13 08:00 - 2026-01-13 08:15")]
    [InlineData("RDATE:20260113T080000Z", "2026-01-13 08:00 - 2026-01-13 09:00")]
    public void An_added_shift_has_the_length_that_is_written_for_it_or_that_of_the_event(string added, string shift) =>
        Written(Draw(Series.Replace("COUNT=3", "COUNT=1", StringComparison.Ordinal) + "\n" + added))
            .ShouldBe(["2026-01-05 06:00 - 2026-01-05 07:00", shift]);

    [Fact]
    public void A_cancelled_shift_is_gone_and_a_cancelled_series_too()
    {
        Written(Draw(Series, "RECURRENCE-ID:20260112T060000Z\nSTATUS:CANCELLED\nDTSTART;TZID=Europe/Athens:20260112T080000\nDTEND;TZID=Europe/Athens:20260112T090000"))
            .ShouldBe(["2026-01-05 06:00 - 2026-01-05 07:00", "2026-01-19 06:00 - 2026-01-19 07:00"]);
        Draw(Series + "\nSTATUS:CANCELLED").ShouldBeEmpty();
    }

    [Fact]
    public void This_and_all_future_shifts_are_moved_and_given_to_somebody_else()
    {
        var shifts = Shifts(Series, "RECURRENCE-ID;RANGE=THISANDFUTURE;TZID=Europe/Athens:20260112T080000\nDTSTART;TZID=Europe/Athens:20260112T100000\nDTEND;TZID=Europe/Athens:20260112T120000\nSUMMARY:Bob");
        Written(shifts.Select(shift => shift.Time)).ShouldBe(["2026-01-05 06:00 - 2026-01-05 07:00", "2026-01-12 08:00 - 2026-01-12 10:00", "2026-01-19 08:00 - 2026-01-19 10:00"]);
        shifts.Select(shift => shift.Summary).ShouldBe(["", "Bob", "Bob"]);
    }

    [Fact]
    public void The_newest_copy_of_an_event_counts() =>
        Written(Draw("SEQUENCE:2\nDTSTART:20260106T080000Z\nDTEND:20260106T090000Z", "SEQUENCE:1\nDTSTART:20260105T080000Z\nDTEND:20260105T090000Z")).ShouldBe(["2026-01-06 08:00 - 2026-01-06 09:00"]);

    [Theory]
    [InlineData("UNTIL=20260112T080000", 2)]
    [InlineData("UNTIL=20260112T055959Z", 1)]
    [InlineData("UNTIL=20260112", 2)]
    [InlineData("COUNT=2;UNTIL=20270101T000000Z", 2)]
    [InlineData("UNTIL=20260112T060000Z;COUNT=9", 2)]
    public void An_end_in_local_time_in_UTC_as_a_date_or_beside_a_count_is_followed(string end, int count) =>
        Draw($"DTSTART;TZID=Europe/Athens:20260105T080000\nDURATION:PT1H\nRRULE:FREQ=WEEKLY;{end}").Count.ShouldBe(count);

    [Fact]
    public void An_event_of_whole_days_ends_before_its_end_date()
    {
        Written(Draw("DTSTART;VALUE=DATE:20260105\nDTEND;VALUE=DATE:20260107")).ShouldBe(["2026-01-04 22:00 - 2026-01-06 22:00"]);
        Written(Draw("DTSTART;VALUE=DATE:20260105")).ShouldBe(["2026-01-04 22:00 - 2026-01-05 22:00"]);
        CalendarReader.Read("BEGIN:VCALENDAR\n" + Event("DTSTART;VALUE=DATE:20260105") + "END:VCALENDAR\n", null)!.Problems.ShouldHaveSingleItem().What
            .ShouldBe("the event has a date or a time without a zone: give the calendar a zone in the schedule.");
    }

    [Theory]
    [InlineData("FREQ=SECONDLY", "the event repeats more often than 48 times a day, which no shift does.")]
    [InlineData("FREQ=MINUTELY;INTERVAL=29", "the event repeats more often than 48 times a day, which no shift does.")]
    [InlineData("FREQ=DAILY;BYHOUR=0,6,12,18;BYMINUTE=0,1,2,3,4,5,6,7,8,9,10,11,12", "the event repeats more often than 48 times a day, which no shift does.")]
    [InlineData("FREQ=WEEKLY;RSCALE=CHINESE", "the event repeats by another calendar (RSCALE), which is not followed.")]
    [InlineData("FREQ=WEEKLY;UNTIL=soon", "the event's rule has an end (UNTIL) that cannot be read.")]
    public void A_rule_that_is_not_followed_is_named_by_its_line(string rule, string problem)
    {
        var read = CalendarReader.Read("BEGIN:VCALENDAR\n" + Event("DTSTART:20260105T080000Z\nDURATION:PT1H\nRRULE:" + rule) + Event("DTSTART:20260105T080000Z\nDURATION:PT1H") + "END:VCALENDAR\n", null).ShouldNotBeNull();
        read.Problems.ShouldBe([new FileProblem(2, problem)]);
        read.Items.Length.ShouldBe(1);
    }

    [Theory]
    [InlineData("DTSTART;VALUE=DATE:20260105\nDTEND;VALUE=DATE:99991231", 1)]
    [InlineData("DTSTART;TZID=America/New_York:20260105T080000\nDTEND;TZID=America/New_York:99991231T235959", 1)]
    [InlineData("DTSTART:20271201T080000Z\nDURATION:PT1H\nRRULE:FREQ=MONTHLY;UNTIL=99991231", 1)]
    [InlineData("DTSTART;TZID=America/New_York:20271201T080000\nDURATION:PT1H\nRRULE:FREQ=MONTHLY;UNTIL=99991231T235959", 1)]
    [InlineData("DTSTART:99991231T080000Z\nDURATION:P9999W", 0)]
    [InlineData("DTSTART:00000101T080000Z\nDURATION:PT1H\nRRULE:FREQ=YEARLY", 0)]
    public void An_end_at_the_end_of_the_world_costs_no_other_event(string written, int count)
    {
        var calendar = "BEGIN:VCALENDAR\n" + Event(written, "u1") + Event("DTSTART:20260105T080000Z\nDURATION:PT1H", "u2") + "END:VCALENDAR\n";
        var read = CalendarReader.Read(calendar, TimeZones.ZoneOf("America/New_York")).ShouldNotBeNull();
        var drawn = CalendarExpansion.Between(read.Items, Begin, End, TimeProvider.System);
        drawn.Items.Length.ShouldBe(count + 1);
        (read.Problems.Length + drawn.Problems.Length).ShouldBe(1 - count);
    }

    [Theory]
    [InlineData("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30")]
    [InlineData("FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30")]
    [InlineData("FREQ=YEARLY;BYWEEKNO=53;BYDAY=SU;BYMONTH=6")]
    [InlineData("FREQ=DAILY;INTERVAL=2147483647")]
    [InlineData("FREQ=WEEKLY;INTERVAL=0")]
    [InlineData("FREQ=NEVER")]
    [InlineData("nonsense")]
    public void A_rule_that_never_comes_or_cannot_be_read_costs_little_and_only_its_event(string rule)
    {
        var calendar = "BEGIN:VCALENDAR\n" + Event("DTSTART:20260105T080000Z\nDURATION:PT1H\nRRULE:" + rule, "u1") + Event("DTSTART:20260105T080000Z\nDURATION:PT1H", "u2") + "END:VCALENDAR\n";
        var drawn = CalendarExpansion.Between(CalendarReader.Read(calendar, null)!.Items, Begin, End, TimeProvider.System);
        drawn.Items.Length.ShouldBeInRange(1, 2);
        drawn.Problems.ShouldAllBe(problem => problem.What == "the event repeats by a rule that cannot be followed.");
    }

    [Fact]
    public void A_rule_with_very_many_shifts_ends_at_the_limit_and_that_is_said()
    {
        var calendar = "BEGIN:VCALENDAR\n" + Event("DTSTART:20200101T000000Z\nDURATION:PT30M\nRRULE:FREQ=DAILY;BYMINUTE=0,30;BYHOUR=0,1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20,21,22,23") + "END:VCALENDAR\n";
        var drawn = CalendarExpansion.Between(CalendarReader.Read(calendar, null)!.Items, Begin, End, TimeProvider.System);
        drawn.Items.Length.ShouldBeLessThanOrEqualTo(5_001);
        drawn.Problems.ShouldHaveSingleItem().What.ShouldStartWith("the event has more shifts than are followed");
    }

    [Theory]
    [InlineData("ATTENDEE;CN=Ann:mailto:ANN@example.com", "ann")]
    [InlineData("ATTENDEE;PARTSTAT=DECLINED:mailto:ann@example.com\nATTENDEE:MAILTO:bob@example.com", "bob")]
    [InlineData("SUMMARY:On Call - Ann Lee - Primary Schedule", "ann")]
    [InlineData("SUMMARY:bob@example.com (Lifts)", "bob")]
    [InlineData("SUMMARY:Ann Lee\\, Bob Adams", "ann bob")]
    [InlineData("SUMMARY:Lifts: Ann\n  Lee", "ann")]
    [InlineData("ATTENDEE:mailto:stranger@example.com\nSUMMARY:Bob Adams", "bob")]
    [InlineData("SUMMARY:Twin Twin", "")]
    [InlineData("SUMMARY:Lee", "")]
    public void A_shift_belongs_to_those_whom_it_names(string named, string ids)
    {
        var shift = Shifts("DTSTART:20260105T080000Z\nDURATION:PT1H\n" + named).ShouldHaveSingleItem();
        string.Join(' ', new CalendarPeople(new(People.Everybody)).Of(shift).Select(each => each.Id.Value)).ShouldBe(ids);
    }

    [Theory]
    [InlineData("")]
    [InlineData("<html>Sign in</html>")]
    [InlineData("{}")]
    public void What_is_not_a_calendar_is_said_to_be_none(string text) => CalendarReader.Read(text, null).ShouldBeNull();

    const string Series = "DTSTART;TZID=Europe/Athens:20260105T080000\nDTEND;TZID=Europe/Athens:20260105T090000\nRRULE:FREQ=WEEKLY;COUNT=3";

    const string Zones = """
        BEGIN:VCALENDAR
        BEGIN:VTIMEZONE
        TZID:Fixed
        BEGIN:STANDARD
        DTSTART:16010101T000000
        TZOFFSETFROM:+0500
        TZOFFSETTO:+0500
        END:STANDARD
        END:VTIMEZONE
        BEGIN:VTIMEZONE
        TZID:Located
        X-LIC-LOCATION:Europe/Athens
        END:VTIMEZONE
        BEGIN:VTIMEZONE
        TZID:Changing
        BEGIN:STANDARD
        TZOFFSETTO:+0500
        END:STANDARD
        BEGIN:DAYLIGHT
        TZOFFSETTO:+0600
        END:DAYLIGHT
        END:VTIMEZONE

        """;

    static string Event(string properties, string uid = "u") => $"BEGIN:VEVENT\nUID:{uid}\n{properties}\nEND:VEVENT\n";

    static List<CalendarShift> Shifts(params string[] events) => [.. CalendarExpansion.Between(
        CalendarReader.Read("BEGIN:VCALENDAR\n" + string.Concat(events.Select(each => Event(each))) + "END:VCALENDAR\n", TimeZones.ZoneOf("Europe/Athens"))!.Items, Begin, End, TimeProvider.System).Items];

    static List<Interval> Draw(params string[] events) => [.. Shifts(events).Select(shift => shift.Time)];

    static List<string> Written(IEnumerable<Interval> times) => [.. times.Select(time => $"{time.Start:uuuu-MM-dd HH:mm} - {time.End:uuuu-MM-dd HH:mm}")];
}
