using BotDispatch.Employees;
using BotDispatch.Employees.Availability;
using BotDispatch.Employees.Calendars;
using BotDispatch.Files;
using Microsoft.Extensions.Options;
using NodaTime;
using NodaTime.Text;

namespace BotDispatch.Tests.Employees.Availability;

/// <summary>
/// Rules of hours and minutes over the nights on which clocks change, and events with several rules. Ical.Net 5.2.4 expands
/// <c>FREQ=HOURLY;INTERVAL=12</c> of a time without a zone in local time: from 20:00 in Berlin, shifts of 12 hours leave 07:00 to 08:00 of
/// 25 October 2026 to nobody.
/// </summary>
public sealed class CalendarRuleTests
{
    static readonly (string Zone, string Begin, string Night)[] Nights =
    [
        ("Europe/Berlin", "20260901T200000", "2026-10-24T12:00:00Z"), ("Europe/Berlin", "20260301T200000", "2026-03-28T12:00:00Z"),
        ("America/New_York", "20261001T200000", "2026-10-31T16:00:00Z"), ("America/New_York", "20260201T200000", "2026-03-07T16:00:00Z"),
        ("Australia/Sydney", "20260301T200000", "2026-04-04T02:00:00Z"), ("Australia/Sydney", "20260901T200000", "2026-10-03T02:00:00Z"),
        ("Pacific/Auckland", "20260301T200000", "2026-04-04T02:00:00Z"), ("Pacific/Auckland", "20260901T200000", "2026-09-26T02:00:00Z"),
    ];

    public static TheoryData<string, string, string, string> Elapsed { get; } = Rows([.. Nights, ("Australia/Lord_Howe", "20260301T200000", "2026-04-04T02:00:00Z")],
        "DURATION:PT12H\nRRULE:FREQ=HOURLY;INTERVAL=12", "DURATION:PT1H\nRRULE:FREQ=HOURLY", "DURATION:PT1H\nRRULE:FREQ=HOURLY;BYMINUTE=0;BYSECOND=0;WKST=SU",
        "DURATION:PT30M\nRRULE:FREQ=MINUTELY;INTERVAL=30", "DURATION:PT8H\nRRULE:FREQ=SECONDLY;INTERVAL=28800", "DURATION:P1D\nRRULE:FREQ=HOURLY;INTERVAL=24",
        "DURATION:P7D\nRRULE:FREQ=MINUTELY;INTERVAL=10080", "DTEND;TZID=ZONE:MONTH02T080000\nRRULE:FREQ=HOURLY;INTERVAL=12");

    public static TheoryData<string, string, string, string> Local { get; } = Rows(Nights, "DURATION:PT1H\nRRULE:FREQ=HOURLY;BYDAY=FR,SA,SU,MO",
        "DURATION:PT30M\nRRULE:FREQ=HOURLY;BYMINUTE=0,30", "DURATION:PT1H\nRRULE:FREQ=MINUTELY;BYMINUTE=0");

    static TheoryData<string, string, string, string> Rows((string Zone, string Begin, string Night)[] nights, params string[] rules)
    {
        var rows = new TheoryData<string, string, string, string>();
        foreach (var (zone, begin, night) in nights)
            foreach (var rule in rules)
                rows.Add(zone, begin, night, rule.Replace("ZONE", zone, StringComparison.Ordinal).Replace("MONTH", begin[..6], StringComparison.Ordinal));
        return rows;
    }

    [Theory]
    [MemberData(nameof(Elapsed))]
    public void A_rule_of_hours_or_minutes_leaves_no_moment_of_a_night_on_which_clocks_change_to_nobody_or_to_two(
        string zone, string begin, string night, string rule)
    {
        var shifts = Draw(night, $"DTSTART;TZID={zone}:{begin}\n{rule}");
        shifts[0].Start.ShouldBeLessThanOrEqualTo(At(night));
        shifts[^1].End.ShouldBeGreaterThanOrEqualTo(At(night) + Duration.FromDays(2));
        shifts.Zip(shifts.Skip(1)).ShouldAllBe(pair => pair.First.End == pair.Second.Start);
    }

    /// <summary>Their hours are local: an hour that comes twice is two shifts, and one that never comes begins at the change.</summary>
    [Theory]
    [MemberData(nameof(Local))]
    public void Parts_that_name_days_or_minutes_leave_no_moment_of_such_a_night_to_nobody(string zone, string begin, string night, string rule)
    {
        var shifts = Draw(night, $"DTSTART;TZID={zone}:{begin}\n{rule}");
        shifts.Select(each => each.End).Prepend(At(night)).Where(at => at < At(night) + Duration.FromDays(2))
            .Where(at => !shifts.Exists(each => each.Start <= at && each.End > at)).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("2026-10-24T12:00:00Z", "2026-10-24 18:00, 2026-10-25 07:00, 2026-10-25 19:00, 2026-10-26 07:00")]
    [InlineData("2026-03-28T12:00:00Z", "2026-03-28 19:00, 2026-03-29 06:00, 2026-03-29 18:00, 2026-03-30 06:00")]
    public void Hours_that_a_rule_names_stay_those_of_the_clock(string night, string begins) =>
        string.Join(", ", Draw(night, "DTSTART;TZID=Europe/Berlin:20260201T080000\nDTEND;TZID=Europe/Berlin:20260201T200000\nRRULE:FREQ=HOURLY;BYHOUR=8,20")
            .Where(shift => shift.Start > At(night)).Select(shift => $"{shift.Start:uuuu-MM-dd HH:mm}")).ShouldBe(begins);

    /// <summary>
    /// RFC 5545, 3.3.6 and 3.8.5.3: of a DURATION, days are added first and as the calendar has them, then hours as exact time, for each begin of the rule anew. An end in
    /// local time is ours (see <see cref="CalendarLength"/>). The night of 25 October 2026 has 13 hours from 20:00 to 08:00 in Berlin, that of 29 March 11.
    /// </summary>
    [Theory]
    [InlineData("2026-10-24T12:00:00Z", "DURATION:PT12H", "20:00 - 07:00")]
    [InlineData("2026-10-24T12:00:00Z", "DURATION:PT720M", "20:00 - 07:00")]
    [InlineData("2026-10-24T12:00:00Z", "DURATION:P1DT12H", "20:00 - 08:00")]
    [InlineData("2026-10-24T12:00:00Z", "DURATION:P1D", "20:00 - 20:00")]
    [InlineData("2026-10-24T12:00:00Z", "DURATION:PT24H", "20:00 - 19:00")]
    [InlineData("2026-10-24T12:00:00Z", "DTEND;TZID=Europe/Berlin:20260202T080000", "20:00 - 08:00")]
    [InlineData("2026-03-28T12:00:00Z", "DURATION:PT12H", "20:00 - 09:00")]
    [InlineData("2026-03-28T12:00:00Z", "DTEND;TZID=Europe/Berlin:20260202T080000", "20:00 - 08:00")]
    [InlineData("2026-10-27T12:00:00Z", "DURATION:PT12H", "20:00 - 08:00")]
    public void A_length_in_hours_is_exact_in_the_night_in_which_clocks_change(string night, string length, string shift)
    {
        var berlin = DateTimeZoneProviders.Tzdb["Europe/Berlin"];
        var drawn = Draw(night, $"DTSTART;TZID=Europe/Berlin:20260201T200000\n{length}\nRRULE:FREQ=DAILY").First(each => each.Start > At(night));
        $"{drawn.Start.InZone(berlin):HH:mm} - {drawn.End.InZone(berlin):HH:mm}".ShouldBe(shift);
    }

    [Theory]
    // In Berlin, 02:00 of that day is 00:00 and 01:00 in UTC.
    [InlineData("", "23:00 00:00 01:00 02:00")]
    [InlineData("EXDATE:20261025T010000Z", "23:00 00:00 02:00")]
    [InlineData("EXDATE;TZID=Europe/Berlin:20261025T020000", "23:00 01:00 02:00")]
    [InlineData("EXDATE;TZID=Europe/Berlin:20261025T020000\nEXDATE:20261025T010000Z\nEXDATE:20261025T020000Z", "23:00")]
    [InlineData("RDATE:20261025T010000Z", "23:00 00:00 01:00 02:00")]
    [InlineData("RDATE:20261025T013000Z\nRDATE:20261025T003000Z", "23:00 00:00 00:30 01:00 01:30 02:00")]
    public void A_shift_of_the_hour_that_comes_twice_can_be_named(string named, string begins) =>
        Begins(Draw("2026-10-24T23:00:00Z", "DTSTART;TZID=Europe/Berlin:20261001T000000\nDURATION:PT1H\nRRULE:FREQ=HOURLY\n" + named)).ShouldBe(begins);

    [Theory]
    [InlineData("UNTIL=20261025T010000Z", "23:00 00:00 01:00")]
    [InlineData("UNTIL=20261025T005959Z", "23:00 00:00")]
    [InlineData("UNTIL=20261025T020000", "23:00 00:00")]
    [InlineData("COUNT=580", "23:00 00:00 01:00")]
    [InlineData("COUNT=580;UNTIL=20261025T000000Z", "23:00 00:00")]
    [InlineData("COUNT=1;BYMINUTE=0", "")]
    public void An_end_in_the_hour_that_comes_twice_is_followed(string end, string begins) =>
        Begins(Draw("2026-10-24T23:00:00Z", "DTSTART;TZID=Europe/Berlin:20261001T000000\nDURATION:PT1H\nRRULE:FREQ=HOURLY;" + end)).ShouldBe(begins);

    [Fact]
    public void A_shift_of_the_hour_that_comes_twice_is_moved_alone_and_those_after_it_with_it_if_that_is_written()
    {
        const string Hourly = "DTSTART;TZID=Europe/Berlin:20261001T000000\nDURATION:PT1H\nRRULE:FREQ=HOURLY";
        Begins(Draw("2026-10-24T23:00:00Z", Hourly, "RECURRENCE-ID:20261025T010000Z\nDTSTART:20261025T011500Z\nDURATION:PT1H"))
            .ShouldBe("23:00 00:00 01:15 02:00");
        Begins(Draw("2026-10-24T23:00:00Z", Hourly, "RECURRENCE-ID;RANGE=THISANDFUTURE;TZID=Europe/Berlin:20261025T020000\nDTSTART;TZID=Europe/Berlin:20261025T021500\nDURATION:PT1H"))
            .ShouldBe("23:00 00:15 01:15 02:15");
    }

    /// <summary>
    /// Ical.Net 5.2.4 makes every begin that a COUNT counts before it returns the first one that is asked for. From the year 1 on it works
    /// for half a minute on one event of three lines, and an event may have many rules.
    /// </summary>
    [Theory]
    [InlineData("RRULE:FREQ=HOURLY;COUNT=2000000000;BYDAY=MO")]
    [InlineData("RRULE:FREQ=MINUTELY;INTERVAL=30;COUNT=2000000000;BYMONTH=1")]
    [InlineData("RRULE:FREQ=DAILY;COUNT=2000000000;BYHOUR=1,2,3,4,5,6,7,8")]
    [InlineData("RRULE:FREQ=DAILY;COUNT=2000000000\nRRULE:FREQ=WEEKLY;COUNT=2000000000")]
    [InlineData("RRULE:FREQ=DAILY\nEXRULE:FREQ=DAILY;COUNT=2000000000;BYHOUR=1,2,3,4,5,6,7,8")]
    public void No_rule_keeps_the_worker_busy_beyond_its_limit(string rules)
    {
        var clock = new BusyClock();
        var read = CalendarReader.Read(
            $"BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:1\nDTSTART:00010101T000000Z\nDURATION:PT1H\n{rules}\nEND:VEVENT\nEND:VCALENDAR\n", null)!;
        CalendarExpansion.Between(read.Items, At("2026-11-30T00:00:00Z"), At("2027-03-30T00:00:00Z"), clock).Problems
            .ShouldHaveSingleItem().What.ShouldStartWith("the event has more shifts than are followed");
        clock.Asked.ShouldBeInRange(5_000, 5_010, "the clock is looked at with each begin, and nothing goes on after the 5 s");
    }

    /// <summary>Of a calendar with days off, years are looked through for holidays as well.</summary>
    [Fact]
    public async Task Drawing_a_calendar_of_holidays_takes_no_longer_than_another_one()
    {
        var clock = new BusyClock();
        using var schedule = new TemporaryFile("shifts.yaml", "- {holidays: Ours, address: days.ics}\n");
        File.WriteAllText(Path.Combine(Path.GetDirectoryName(schedule.FilePath)!, "days.ics"),
            "BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:1\nDTSTART:00010101T000000Z\nDURATION:PT1H\nRRULE:FREQ=DAILY;COUNT=2000000000;BYHOUR=1,2,3,4,5,6\nEND:VEVENT\nEND:VCALENDAR\n");
        var file = new ScheduleFile(Options.Create(new AvailabilityOptions { Schedule = schedule.FilePath }), clock, new Logbook<ScheduleFile>());
        await new CalendarFeeds(new Planned(schedule.FilePath, new()), file, clock, new Logbook<CalendarFeeds>()).RefreshAsync(default);
        clock.Asked.ShouldBeInRange(5_000, 5_100, "5 s for all of it");
    }

    /// <summary>
    /// A feed of 5 MB may invite 200,000 people to each of 5,000 shifts, or name nobody in a title of 5 MB. Whom it means is found out again
    /// whenever the schedule or the directory changes, and calls wait for that.
    /// </summary>
    [Fact]
    public void Whom_an_event_means_is_looked_up_once_for_all_its_shifts_and_in_the_begin_of_its_title()
    {
        var invited = string.Join('\n', Enumerable.Range(0, 1000).Select(n => $"ATTENDEE:mailto:p{n}@example.com"));
        var read = CalendarReader.Read($"BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:1\nDTSTART:20261130T080000Z\nDURATION:PT1H\nRRULE:FREQ=DAILY\n"
            + $"SUMMARY:{new string('x', 499)}\U0001F6D7{new string('y', 100_000)}\n{invited}\nEND:VEVENT\nEND:VCALENDAR\n", null)!;
        read.Items.ShouldHaveSingleItem().Summary.ShouldBe(new string('x', 499), "and no half of a character");
        var shifts = CalendarExpansion.Between(read.Items, At("2026-11-30T00:00:00Z"), At("2027-03-30T00:00:00Z"), TimeProvider.System).Items;
        shifts.Length.ShouldBe(120);
        var people = new CalendarPeople(new(People.Read("id,name,email,phone,language,timezone,skills\nann,Ann,p7@example.com,,,,\n")));
        var first = people.Of(shifts[0]);
        first.ShouldHaveSingleItem().Id.Value.ShouldBe("ann");
        shifts.ShouldAllBe(shift => people.Of(shift) == first, "the same list, not an equal one");
    }

    /// <summary>Each look at it takes a millisecond.</summary>
    sealed class BusyClock : TimeProvider
    {
        public int Asked { get; private set; }

        public override long TimestampFrequency => 1000;

        public override long GetTimestamp() => ++Asked;
    }

    /// <summary>RFC 5545 (3.3.10) leaves such an instance out. Somebody must stay on call, so we do not.</summary>
    [Theory]
    [InlineData("FREQ=DAILY", "023000")]
    [InlineData("FREQ=WEEKLY;BYDAY=SU", "023000")]
    [InlineData("FREQ=HOURLY;BYHOUR=2", "020000")]
    public void A_begin_at_a_local_time_that_never_comes_is_the_moment_at_which_the_clock_goes_forward(string rule, string time) =>
        Written(Draw("2026-03-28T12:00:00Z", $"DTSTART;TZID=Europe/Berlin:20260201T{time}\nDTEND;TZID=Europe/Berlin:20260201T080000\nRRULE:{rule};UNTIL=20260329T120000Z"))
            .ShouldBe(["2026-03-29 01:00 - 2026-03-29 06:00"]);

    [Fact]
    public void A_first_shift_ends_as_it_is_written_and_the_others_last_as_long_by_the_clock_of_a_usual_day() =>
        Written(Draw("2026-10-24T12:00:00Z", "DTSTART;TZID=Europe/Berlin:20261024T200000\nDTEND;TZID=Europe/Berlin:20261025T080000\nRRULE:FREQ=HOURLY;INTERVAL=24"))
            .ShouldBe(["2026-10-24 18:00 - 2026-10-25 07:00", "2026-10-25 18:00 - 2026-10-26 06:00"]);

    [Theory]
    [InlineData("FREQ=HOURLY;INTERVAL=12")]
    [InlineData("FREQ=MINUTELY;INTERVAL=720")]
    [InlineData("FREQ=HOURLY;INTERVAL=12;BYDAY=MO,TU,WE,TH,FR,SA,SU")]
    [InlineData("FREQ=SECONDLY;INTERVAL=43200;BYMONTH=10")]
    [InlineData("FREQ=MINUTELY;BYHOUR=0,12;BYMINUTE=0")]
    public void A_rota_that_began_decades_ago_is_drawn(string rule) =>
        Draw("2026-10-01T12:00:00Z", $"DTSTART;TZID=Europe/Berlin:19810101T000000\nDURATION:PT12H\nRRULE:{rule}").Count.ShouldBeInRange(4, 6);

    [Theory]
    [InlineData("FREQ=HOURLY;INTERVAL=0")]
    [InlineData("FREQ=HOURLY;INTERVAL=99999999999")]
    [InlineData("FREQ=HOURLY;INTERVAL=-1")]
    [InlineData("FREQ=HOURLY;COUNT=some")]
    [InlineData("FREQ=HOURLY;BYMONTH=2;BYMONTHDAY=30")]
    [InlineData("FREQ=MINUTELY;INTERVAL=30;BYMONTH=13")]
    public void A_rule_below_a_day_that_cannot_be_followed_costs_only_its_event(string rule)
    {
        var read = Read($"DTSTART;TZID=Europe/Berlin:20261001T000000\nDURATION:PT1H\nRRULE:{rule}", "UID:other\nDTSTART:20261025T000000Z\nDURATION:PT1H");
        var drawn = CalendarExpansion.Between(read.Items, At("2026-10-24T23:00:00Z"), At("2026-10-26T00:00:00Z"), TimeProvider.System);
        drawn.Items.ShouldHaveSingleItem().Time.Start.ShouldBe(At("2026-10-25T00:00:00Z"));
        read.Problems.Concat(drawn.Problems).ShouldHaveSingleItem().ShouldBe(new(2, "the event repeats by a rule that cannot be followed."));
    }

    [Fact]
    public void A_rule_that_comes_again_in_centuries_is_followed_and_no_problem() =>
        Draw("2026-10-24T23:00:00Z", "DTSTART;TZID=Europe/Berlin:20261001T000000\nDURATION:PT1H\nRRULE:FREQ=HOURLY;INTERVAL=2147483647").ShouldBeEmpty();

    /// <summary>Ical.Net 5.2.4 gives up a rule that matches nothing with an exception, in the middle of the begins of the event.</summary>
    [Theory]
    [InlineData("RRULE:FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30\nRRULE:FREQ=DAILY")]
    [InlineData("RRULE:FREQ=DAILY\nRRULE:FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30")]
    [InlineData("RRULE:FREQ=DAILY\nEXRULE:FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30")]
    public void A_rule_that_matches_nothing_is_named_and_costs_none_of_the_other_rules_of_its_event(string rules)
    {
        var read = Read($"DTSTART;TZID=Europe/Berlin:20261001T080000\nDURATION:PT1H\n{rules}\nRDATE:20261005T000000Z");
        var drawn = CalendarExpansion.Between(read.Items, At("2026-10-04T12:00:00Z"), At("2026-10-06T12:00:00Z"), TimeProvider.System);
        Written([.. drawn.Items.Select(each => each.Time)]).ShouldBe(
            ["2026-10-05 00:00 - 2026-10-05 01:00", "2026-10-05 06:00 - 2026-10-05 07:00", "2026-10-06 06:00 - 2026-10-06 07:00"]);
        drawn.Problems.ShouldHaveSingleItem().ShouldBe(new(2, "the event repeats by a rule that cannot be followed."));
    }

    /// <summary>In Berlin, clocks go back on 25 October 2026 at 03:00, which is 01:00 in UTC.</summary>
    [Theory]
    [InlineData("DTSTART;TZID=Europe/Berlin:20261001T000000\nDTEND;TZID=Europe/Berlin:20261001T003000\nRRULE:FREQ=DAILY\nRDATE:20261025T010000Z", "2026-10-25 01:00 - 2026-10-25 01:30")]
    [InlineData("DTSTART;TZID=Europe/Berlin:20261001T000000\nDTEND;TZID=Europe/Berlin:20261001T010000\nRRULE:FREQ=DAILY\nRDATE:20261025T013000Z", "2026-10-25 01:30 - 2026-10-25 02:30")]
    [InlineData("DTSTART;TZID=Europe/Berlin:20261025T023000\nDTEND:20261025T013000Z", "2026-10-25 00:30 - 2026-10-25 01:30")]
    [InlineData("DTSTART;TZID=Europe/Berlin:20261025T024500\nDTEND:20261025T011500Z", "2026-10-25 00:45 - 2026-10-25 01:15")]
    [InlineData("DTSTART;TZID=Europe/Berlin:20261025T021500\nDTEND:20261025T013000Z", "2026-10-25 00:15 - 2026-10-25 01:30")]
    [InlineData("DTSTART:20261025T010000Z\nDTEND;TZID=Europe/Berlin:20261025T031500", "2026-10-25 01:00 - 2026-10-25 02:15")]
    [InlineData("DTSTART;TZID=Europe/Berlin:20261024T120000\nDURATION:PT1H\nRDATE;VALUE=PERIOD:20261025T010000Z/20261025T011500Z", "2026-10-25 01:00 - 2026-10-25 01:15")]
    [InlineData("DTSTART;TZID=Europe/Berlin:20261001T000000\nDTEND;TZID=Europe/Berlin:20261001T003000\nRRULE:FREQ=HOURLY;BYDAY=SU", "2026-10-25 01:00 - 2026-10-25 01:30")]
    public void A_short_shift_in_the_hour_that_comes_twice_is_kept_with_its_length(string written, string shift) =>
        Written(Draw("2026-10-24T12:00:00Z", written)).ShouldContain(shift);

    [Theory]
    [InlineData("DTSTART:20261025T010000Z\nDTEND:20261025T010000Z")]
    [InlineData("DTSTART:20261025T010000Z\nDTEND:20261025T003000Z")]
    [InlineData("DTSTART:20261025T010000Z")]
    [InlineData("DTSTART:20261020T010000Z\nRRULE:FREQ=DAILY")]
    public void A_shift_that_does_not_end_after_it_begins_is_named(string written)
    {
        var drawn = CalendarExpansion.Between(Read(written).Items, At("2026-10-24T12:00:00Z"), At("2026-10-26T12:00:00Z"), TimeProvider.System);
        drawn.Items.ShouldBeEmpty();
        drawn.Problems.ShouldHaveSingleItem().ShouldBe(new(2, "the event does not end after it begins, so it is no shift."));
    }

    [Theory]
    [InlineData("DURATION:PT1H\nRRULE:FREQ=HOURLY;BYHOUR=0,1,2,3", "23:00 00:00 01:00 02:00")]
    [InlineData("DTEND;TZID=Europe/Berlin:20261001T010000\nRRULE:FREQ=HOURLY;BYHOUR=0,1,2,3", "23:00 00:00 02:00")]
    [InlineData("DURATION:PT30M\nRRULE:FREQ=MINUTELY;INTERVAL=30;BYHOUR=2", "00:00 00:30 01:00 01:30")]
    [InlineData("DURATION:PT12H\nRRULE:FREQ=HOURLY;INTERVAL=2;BYDAY=SU", "00:00")]
    public void A_shift_of_a_step_of_an_hour_begins_again_in_the_hour_that_comes_twice_unless_its_end_is_local(string rule, string begins)
    {
        Begins(Draw("2026-10-24T23:00:00Z", "DTSTART;TZID=Europe/Berlin:20261001T000000\n" + rule)).ShouldStartWith(begins);
    }

    [Fact]
    public void A_shift_of_half_a_day_begins_once_at_an_hour_that_comes_twice() =>
        Written(Draw("2026-10-24T13:00:00Z", "DTSTART;TZID=Europe/Berlin:20261001T020000\nDTEND;TZID=Europe/Berlin:20261001T140000\nRRULE:FREQ=HOURLY;INTERVAL=12;BYDAY=SA,SU,MO"))
            .ShouldBe(["2026-10-24 12:00 - 2026-10-25 00:00", "2026-10-25 00:00 - 2026-10-25 13:00", "2026-10-25 13:00 - 2026-10-26 01:00",
                "2026-10-26 01:00 - 2026-10-26 13:00"]);

    /// <summary>Every other shift is left out, before the night on which clocks change and after it.</summary>
    [Theory]
    [InlineData("RRULE:FREQ=DAILY\nEXRULE:FREQ=HOURLY;INTERVAL=48", "24 07, 26 08, 28 08")]
    [InlineData("RRULE:FREQ=DAILY\nEXRULE:FREQ=MINUTELY;INTERVAL=2880", "24 07, 26 08, 28 08")]
    [InlineData("RRULE:FREQ=DAILY\nEXRULE:FREQ=DAILY;INTERVAL=2", "24 07, 26 08, 28 08")]
    [InlineData("RRULE:FREQ=HOURLY;INTERVAL=24\nEXRULE:FREQ=DAILY;INTERVAL=2", "24 07, 26 07, 28 07")]
    [InlineData("RRULE:FREQ=HOURLY;INTERVAL=24\nEXRULE:FREQ=HOURLY;INTERVAL=48", "24 07, 26 07, 28 07")]
    [InlineData("RRULE:FREQ=HOURLY;INTERVAL=24\nEXRULE:FREQ=WEEKLY", "24 07, 25 07, 26 07, 27 07, 28 07")]
    public void An_exception_counts_as_the_rule_of_the_shifts_does_over_a_change_of_the_clock(string rules, string begins)
    {
        var read = Read("DTSTART;TZID=Europe/Berlin:20261001T090000\nDURATION:PT1H\n" + rules);
        var drawn = CalendarExpansion.Between(read.Items, At("2026-10-24T00:00:00Z"), At("2026-10-29T00:00:00Z"), TimeProvider.System);
        string.Join(", ", drawn.Items.Select(each => $"{each.Time.Start:dd HH}")).ShouldBe(begins);
    }

    [Theory]
    [InlineData("RRULE:FREQ=WEEKLY;BYDAY=MO\nRRULE:FREQ=WEEKLY;BYDAY=WE", "05 07 12 14 19 21 26 28")]
    [InlineData("RRULE:FREQ=WEEKLY;COUNT=2\nRRULE:FREQ=MONTHLY;BYMONTHDAY=5,20", "05 12 20")]
    [InlineData("RRULE:FREQ=WEEKLY;UNTIL=20260112T060000Z\nRRULE:FREQ=WEEKLY;INTERVAL=2", "05 12 19")]
    [InlineData("RRULE:FREQ=WEEKLY\nRRULE:FREQ=WEEKLY", "05 12 19 26")]
    [InlineData("RRULE:FREQ=WEEKLY\nEXDATE;TZID=Europe/Athens:20260112T080000\nEXDATE:20260119T060000Z", "05 26")]
    [InlineData("RRULE:FREQ=WEEKLY\nRDATE:20260106T060000Z\nRDATE;TZID=Europe/Athens:20260107T080000,20260108T080000", "05 06 07 08 12 19 26")]
    [InlineData("RRULE:FREQ=WEEKLY\nRRULE:FREQ=WEEKLY;BYDAY=WE\nEXDATE:20260114T060000Z\nEXDATE:20260119T060000Z", "05 07 12 21 26 28")]
    [InlineData("RRULE:FREQ=WEEKLY\nEXRULE:FREQ=WEEKLY;INTERVAL=2", "12 26")]
    [InlineData("RRULE:FREQ=WEEKLY\nEXRULE:FREQ=MONTHLY;BYMONTHDAY=12\nEXRULE:FREQ=MONTHLY;BYMONTHDAY=26", "05 19")]
    [InlineData("RRULE:FREQ=WEEKLY\nEXRULE:FREQ=WEEKLY;UNTIL=20260112T060000Z", "19 26")]
    [InlineData("RRULE:FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR;UNTIL=20260111\nEXRULE:FREQ=WEEKLY;BYDAY=TU,TH", "05 07 09")]
    public void Every_rule_and_every_exception_of_an_event_counts(string rules, string days)
    {
        var read = Read("DTSTART;TZID=Europe/Athens:20260105T080000\nDTEND;TZID=Europe/Athens:20260105T090000\n" + rules);
        var drawn = CalendarExpansion.Between(read.Items, At("2026-01-01T00:00:00Z"), At("2026-01-31T00:00:00Z"), TimeProvider.System);
        string.Join(' ', drawn.Items.Select(shift => $"{shift.Time.Start:dd}")).ShouldBe(days);
    }

    [Theory]
    [InlineData("RRULE:FREQ=WEEKLY\nRRULE:FREQ=MINUTELY")]
    [InlineData("RRULE:FREQ=WEEKLY\nEXRULE:FREQ=MINUTELY")]
    public void A_further_rule_that_is_not_followed_is_named(string rules) =>
        Read("DTSTART:20260105T080000Z\nDURATION:PT1H\n" + rules).Problems
            .ShouldBe([new FileProblem(2, "the event repeats more often than 48 times a day, which no shift does.")]);

    static FileContent<CalendarEntry> Read(params string[] events) => CalendarReader.Read("BEGIN:VCALENDAR\n" + string.Concat(events.Select(each =>
        $"BEGIN:VEVENT\n{(each.StartsWith("UID", StringComparison.Ordinal) ? "" : "UID:u\n")}{each}\nEND:VEVENT\n")) + "END:VCALENDAR\n", TimeZones.ZoneOf("Europe/Athens")).ShouldNotBeNull();

    // What overlaps the two days after a moment.
    static List<Interval> Draw(string from, params string[] events)
    {
        var read = Read(events);
        read.Problems.ShouldBeEmpty();
        var drawn = CalendarExpansion.Between(read.Items, At(from), At(from) + Duration.FromDays(2), TimeProvider.System);
        drawn.Problems.ShouldBeEmpty();
        return [.. drawn.Items.Select(shift => shift.Time)];
    }

    static string Begins(List<Interval> shifts) => string.Join(' ', shifts.Select(shift => shift.Start)
        .Where(start => start >= At("2026-10-24T23:00:00Z") && start < At("2026-10-25T03:00:00Z")).Select(start => $"{start:HH:mm}"));

    static List<string> Written(List<Interval> times) => [.. times.Select(time => $"{time.Start:uuuu-MM-dd HH:mm} - {time.End:uuuu-MM-dd HH:mm}")];

    static Instant At(string utc) => InstantPattern.General.Parse(utc).Value;
}
