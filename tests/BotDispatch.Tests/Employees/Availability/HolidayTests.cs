using BotDispatch.Employees.Availability;
using BotDispatch.Employees.Holidays;
using NodaTime;

namespace BotDispatch.Tests.Employees.Availability;

public sealed class HolidayTests
{
    internal const string Feed = """
        BEGIN:VCALENDAR
        BEGIN:VEVENT
        UID:1
        DTSTART;VALUE=DATE:20260106
        DTEND;VALUE=DATE:20260108
        SUMMARY:Feast of the house
        TRANSP:TRANSPARENT
        END:VEVENT
        BEGIN:VEVENT
        UID:2
        DTSTART;VALUE=DATE:20200501
        RRULE:FREQ=YEARLY
        SUMMARY:May Day
        END:VEVENT
        BEGIN:VEVENT
        UID:3
        DTSTART:20260109T080000Z
        DTEND:20260109T090000Z
        SUMMARY:Town meeting
        END:VEVENT
        END:VCALENDAR

        """;

    // Monday 5 January 2026, 11:00 in Athens. The next day is Epiphany, which is a holiday in Greece and in Bavaria.
    static readonly DateTimeOffset Now = new(2026, 1, 5, 9, 0, 0, TimeSpan.Zero);

    static readonly BotDispatch.Employees.EmployeeDirectory Offices = People.Directory(People.Read("""
        id;name;email;phone;language;timezone;skills;hours
        eleni;Eleni;;+442079460001;;Europe/Athens;;mon-fri 08:00-16:00
        jonas;Jonas;;+442079460002;;Europe/Berlin;;mon-fri 08:00-16:00
        tom;Tom;;+442079460003;;Europe/London;;mon-fri 08:00-16:00
        nia;Nia;;+442079460004;;Europe/Athens;;
        """));

    readonly ManualClock clock = new();

    /// <summary>
    /// The days of two years by the laws of each country, written by hand: month and day. PublicHoliday 3.17.0 keeps former laws of other
    /// countries (Brazil, Kazakhstan, Japan), denies days that it lists for some (Sweden, Slovenia), and lacks 4 October for Italy. So only
    /// countries that stand here can be named.
    /// </summary>
    [Theory]
    [InlineData("AT", "0101 0106 0406 0501 0514 0525 0604 0815 1026 1101 1208 1225 1226", "0101 0106 0329 0501 0506 0517 0527 0815 1026 1101 1208 1225 1226")]
    [InlineData("BE", "0101 0406 0501 0514 0525 0721 0815 1101 1111 1225", "0101 0329 0501 0506 0517 0721 0815 1101 1111 1225")]
    [InlineData("CZ", "0101 0403 0406 0501 0508 0705 0706 0928 1028 1117 1224 1225 1226", "0101 0326 0329 0501 0508 0705 0706 0928 1028 1117 1224 1225 1226")]
    [InlineData("DK", "0101 0402 0403 0405 0406 0514 0524 0525 1225 1226", "0101 0325 0326 0328 0329 0506 0516 0517 1225 1226")]
    [InlineData("FI", "0101 0106 0403 0405 0406 0501 0514 0524 0620 1031 1206 1225 1226", "0101 0106 0326 0328 0329 0501 0506 0516 0626 1106 1206 1225 1226")]
    [InlineData("FR", "0101 0406 0501 0508 0514 0525 0714 0815 1101 1111 1225", "0101 0329 0501 0506 0508 0517 0714 0815 1101 1111 1225")]
    [InlineData("GB-ENG", "0101 0403 0406 0504 0525 0831 1225 1228", "0101 0326 0329 0503 0531 0830 1227 1228")]
    [InlineData("GB-WLS", "0101 0403 0406 0504 0525 0831 1225 1228", "0101 0326 0329 0503 0531 0830 1227 1228")]
    [InlineData("GB-SCT", "0101 0102 0403 0504 0525 0615 0803 1130 1225 1228", "0101 0104 0326 0503 0531 0802 1130 1227 1228")]
    [InlineData("GB-NIR", "0101 0317 0403 0406 0504 0525 0713 0831 1225 1228", "0101 0317 0326 0329 0503 0531 0712 0830 1227 1228")]
    [InlineData("GR", "0101 0106 0223 0325 0410 0413 0501 0601 0815 1028 1225 1226", "0101 0106 0315 0325 0430 0501 0503 0621 0815 1028 1225 1226")]
    [InlineData("HR", "0101 0106 0406 0501 0530 0604 0622 0805 0815 1101 1118 1225 1226", "0101 0106 0329 0501 0527 0530 0622 0805 0815 1101 1118 1225 1226")]
    [InlineData("IE", "0101 0202 0317 0406 0504 0601 0803 1026 1225 1226", "0101 0201 0317 0329 0503 0607 0802 1025 1225 1226")]
    [InlineData("IT", "0101 0106 0405 0406 0425 0501 0602 0815 1004 1101 1208 1225 1226", "0101 0106 0328 0329 0425 0501 0602 0815 1004 1101 1208 1225 1226")]
    [InlineData("LU", "0101 0406 0501 0509 0514 0525 0623 0815 1101 1225 1226", "0101 0329 0501 0506 0509 0517 0623 0815 1101 1225 1226")]
    [InlineData("NL", "0101 0406 0427 0514 0525 1225 1226", "0101 0329 0427 0506 0517 1225 1226")]
    [InlineData("NO", "0101 0402 0403 0405 0406 0501 0514 0517 0524 0525 1225 1226", "0101 0325 0326 0328 0329 0501 0506 0516 0517 1225 1226")]
    [InlineData("PL", "0101 0106 0405 0406 0501 0503 0524 0604 0815 1101 1111 1224 1225 1226", "0101 0106 0328 0329 0501 0503 0516 0527 0815 1101 1111 1224 1225 1226")]
    [InlineData("RO", "0101 0102 0106 0107 0124 0410 0412 0413 0501 0531 0601 0815 1130 1201 1225 1226", "0101 0102 0106 0107 0124 0430 0501 0502 0503 0601 0620 0621 0815 1130 1201 1225 1226")]
    [InlineData("US", "0101 0119 0216 0525 0619 0703 0907 1012 1111 1126 1225", "0101 0118 0215 0531 0618 0705 0906 1011 1111 1125 1224 1231")]
    public void The_days_of_a_country_are_those_of_its_law(string code, string of2026, string of2027)
    {
        DaysOf(code, 2026).ShouldBe(of2026);
        DaysOf(code, 2027).ShouldBe(of2027);
    }

    [Theory]
    [InlineData("BB", "0405 0524 1031", "0328 0516 1031")]
    [InlineData("BE", "0308", "0308")]
    [InlineData("BW", "0106 0604 1101", "0106 0527 1101")]
    [InlineData("BY", "0106 0604 0815 1101", "0106 0527 0815 1101")]
    [InlineData("HB", "1031", "1031")]
    [InlineData("HE", "0604", "0527")]
    [InlineData("HH", "1031", "1031")]
    [InlineData("MV", "0308 1031", "0308 1031")]
    [InlineData("NI", "1031", "1031")]
    [InlineData("NW", "0604 1101", "0527 1101")]
    [InlineData("RP", "0604 1101", "0527 1101")]
    [InlineData("SH", "1031", "1031")]
    [InlineData("SL", "0604 0815 1101", "0527 0815 1101")]
    [InlineData("SN", "1031 1118", "1031 1117")]
    [InlineData("ST", "0106 1031", "0106 1031")]
    [InlineData("TH", "0920 1031", "0920 1031")]
    public void The_days_of_a_German_state_are_those_of_the_whole_country_and_its_own(string state, string of2026, string of2027)
    {
        DaysOf($"DE-{state}", 2026).ShouldBe(With("0101 0403 0406 0501 0514 0525 1003 1225 1226", of2026));
        DaysOf($"DE-{state}", 2027).ShouldBe(With("0101 0326 0329 0501 0506 0517 1003 1225 1226", of2027));

        static string With(string all, string own) => string.Join(' ', all.Split(' ').Concat(own.Split(' ')).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Every_country_that_can_be_named_has_its_days_held_by_a_test() => HolidayCountries.Codes
        .Where(code => !code.StartsWith("DE-", StringComparison.Ordinal))
        .ShouldBe(["AT", "BE", "CZ", "DK", "FI", "FR", "GB-ENG", "GB-NIR", "GB-SCT", "GB-WLS", "GR", "HR", "IE", "IT", "LU", "NL", "NO", "PL", "RO", "US"]);

    [Fact]
    public void On_a_public_holiday_those_who_work_by_hours_are_off_and_the_name_and_its_end_are_said()
    {
        using var file = new TemporaryFile("shifts.yaml", """
            - {holidays: Greece, country: Greece, zones: [Europe/Athens]}
            - {holidays: Germany, country: DE, region: BY, people: [jonas]}
            """);
        var planned = new Planned(file.FilePath, clock, Offices);
        planned.Say("eleni", Now).ShouldBe("ready: In working hours until 16:00 (UTC+2)");
        planned.Say("eleni", Now.AddDays(1)).ShouldBe("Public holiday (Epiphany) until Wed 00:00 (UTC+2), available from Wed 08:00 (UTC+2)");
        planned.Say("jonas", Now.AddDays(1)).ShouldBe("Public holiday (Heilige Drei Könige) until Wed 00:00 (UTC+1), available from Wed 08:00 (UTC+1)");
        planned.Say("tom", Now.AddDays(1)).ShouldBe("ready: In working hours until 16:00 (UTC)", "it is none in England");
        planned.Say("nia", Now.AddDays(1)).ShouldBe("ready", "she does not work by hours");
        planned.Say("eleni", Now.AddHours(14)).ShouldBe("Public holiday (Epiphany) until Wed 00:00 (UTC+2), available from Wed 08:00 (UTC+2)", "an hour after midnight");
        planned.Say("eleni", Now.AddHours(12)).ShouldBe("Outside working hours until Wed 08:00 (UTC+2)", "it is not Tuesday yet, and nobody works on Tuesday");
        planned.Availability.Notices().ShouldBeEmpty();
    }

    [Fact]
    public void Two_holidays_in_a_row_are_named_one_by_one_and_end_with_the_second()
    {
        using var file = new TemporaryFile("shifts.yaml", "- {holidays: Greece, country: GR}\n");
        var planned = new Planned(file.FilePath, clock, Offices);
        planned.Say("eleni", new(2026, 12, 25, 9, 0, 0, TimeSpan.Zero))
            .ShouldBe("Public holiday (Christmas Day) until Sat 00:00 (UTC+2), available from Mon 08:00 (UTC+2)");
        planned.Say("eleni", new(2026, 12, 26, 9, 0, 0, TimeSpan.Zero))
            .ShouldBe("Public holiday (Glorifying Mother of God) until Sun 00:00 (UTC+2), available from Mon 08:00 (UTC+2)");
    }

    [Fact]
    public void A_shift_counts_on_a_holiday_too_unless_it_says_that_it_does_not()
    {
        using var file = new TemporaryFile("shifts.yaml", """
            - {holidays: Greece, country: GR}
            - {shift: Desk, zone: Europe/Athens, hours: mon-fri 08:00-16:00, people: [eleni]}
            - {shift: Office, zone: Europe/Athens, hours: mon-fri 08:00-16:00, not on: greece, people: [nia]}
            - {rotation: Nights, zone: Europe/Athens, starts: 2026-01-05, every: 1 week, hours: "mon-fri 17:00-08:00, sat, sun", also on: [Greece], people: [jonas]}
            """);
        var planned = new Planned(file.FilePath, clock, Offices);
        planned.Say("eleni", Now.AddDays(1)).ShouldBe("ready: On shift until 16:00 (UTC+2)");
        planned.Say("nia", Now.AddDays(1)).ShouldBe("Public holiday (Epiphany) until 16:00 (UTC+2), available from Wed 08:00 (UTC+2)");
        planned.Say("nia", Now.AddDays(1).AddHours(8)).ShouldBe("Off shift until Wed 08:00 (UTC+2)");
        planned.Say("jonas", Now.AddDays(2)).ShouldBe("Off shift until 16:00 (UTC+1)", "on Wednesday there is a duty from 17:00 on, in Athens");
        planned.Say("jonas", Now.AddDays(1)).ShouldBe("ready: On shift until Wed 07:00 (UTC+1)", "on the holiday the whole day, as on a Sunday");
    }

    [Fact]
    public async Task Days_off_come_from_a_calendar_as_well_and_each_person_has_their_own_midnight()
    {
        using var file = new TemporaryFile("shifts.yaml", "- {holidays: House, address: https://calendar.example.com/days.ics}\n");
        var planned = new Planned(file.FilePath, clock, Offices) { Web = _ => new() { Content = new StringContent(Feed) } };
        planned.Say("eleni", Now.AddDays(1)).ShouldBe("ready: In working hours until 16:00 (UTC+2)", "nobody is judged by a calendar that was not read yet");
        await planned.Feeds.RefreshAsync(default);
        planned.Say("eleni", Now.AddDays(1)).ShouldBe("Public holiday (Feast of the house) until Wed 00:00 (UTC+2), available from Thu 08:00 (UTC+2)");
        planned.Say("tom", Now.AddDays(2)).ShouldBe("Public holiday (Feast of the house) until Thu 00:00 (UTC), available from Thu 08:00 (UTC)");
        planned.Say("tom", Now.AddDays(4)).ShouldBe("ready: In working hours until 16:00 (UTC)", "an event with hours is no day off");
        planned.Say("nia", Now.AddDays(1)).ShouldBe("ready", "nobody has a shift by it");
        clock.Advance(TimeSpan.FromDays(100));
        await planned.Feeds.RefreshAsync(default);
        planned.Say("tom", new(2026, 5, 1, 9, 0, 0, TimeSpan.Zero)).ShouldStartWith("Public holiday (May Day) until Sat 00:00 (UTC+1)");
    }

    /// <summary>A day off that somebody entered with hours would otherwise be no day off without a word.</summary>
    [Fact]
    public async Task Events_with_hours_in_a_calendar_of_holidays_are_named_because_they_are_no_days_off()
    {
        using var file = new TemporaryFile("shifts.yaml", "- {away: nia, from: 2026-01-01, to: 2026-01-02}\n- {holidays: House, address: https://calendar.example.com/days.ics}\n");
        var text = Feed;
        var planned = new Planned(file.FilePath, clock, Offices) { Web = _ => new() { Content = new StringContent(text) } };
        planned.Availability.Notices().ShouldNotContain(notice => notice.Contains("hours", StringComparison.Ordinal), "nothing was read yet");
        await planned.Feeds.RefreshAsync(default);
        planned.Availability.Notices().ShouldBe(["Employees:Schedule: line 2: 1 event of the calendar has hours and is no day off. "
            + "The first begins on 2026-01-09. Make it a whole day, or write an absence."]);
        // The same event every week is one event.
        text = Feed.Replace("SUMMARY:Town meeting", "RRULE:FREQ=WEEKLY\nSUMMARY:Town meeting", StringComparison.Ordinal)
            .Replace("END:VCALENDAR", "BEGIN:VEVENT\nUID:4\nDTSTART:20260107T120000Z\nDURATION:PT4H\nSUMMARY:Half a day\nEND:VEVENT\nEND:VCALENDAR", StringComparison.Ordinal);
        clock.Advance(TimeSpan.FromMinutes(6));
        await planned.Feeds.RefreshAsync(default);
        planned.Availability.Notices().ShouldBe(["Employees:Schedule: line 2: 2 events of the calendar have hours and are no days off. "
            + "The first begins on 2026-01-07. Make it a whole day, or write an absence."]);
    }

    /// <summary>Some programs write a whole day as from midnight to midnight of a zone, and not as a date.</summary>
    [Fact]
    public async Task An_event_from_midnight_to_midnight_of_its_zone_is_a_day_off()
    {
        using var file = new TemporaryFile("shifts.yaml", "- {holidays: House, address: https://calendar.example.com/days.ics}\n");
        var planned = new Planned(file.FilePath, clock, Offices)
        {
            Web = _ => new()
            {
                Content = new StringContent("BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:1\nDTSTART;TZID=Europe/Athens:20260106T000000\n"
                    + "DTEND;TZID=Europe/Athens:20260107T000000\nSUMMARY:Feast of the house\nEND:VEVENT\nEND:VCALENDAR\n"),
            },
        };
        await planned.Feeds.RefreshAsync(default);
        planned.Say("eleni", Now.AddDays(1)).ShouldStartWith("Public holiday (Feast of the house) until Wed 00:00 (UTC+2)");
        planned.Say("tom", Now.AddDays(1)).ShouldStartWith("Public holiday (Feast of the house) until Wed 00:00 (UTC)");
        planned.Availability.Notices().ShouldBeEmpty();
    }

    [Theory]
    [InlineData("Europe/Kyiv", "Europe/Kiev")]
    [InlineData("Europe/Kiev", "Europe/Kyiv")]
    [InlineData("europe/london", "GB")]
    public void A_zone_is_the_same_by_each_of_its_names(string written, string ofPerson)
    {
        using var file = new TemporaryFile("shifts.yaml", $"- {{holidays: Greece, country: GR, zones: [{written}]}}\n");
        var planned = new Planned(file.FilePath, clock, People.Directory(People.Read(
            $"id,name,email,phone,language,timezone,skills,hours\nolha,Olha,,+442079460001,,{ofPerson},,mon-fri 08:00-16:00\n")));
        planned.Say("olha", Now.AddDays(1)).ShouldStartWith("Public holiday (Epiphany)");
        planned.Availability.Notices().ShouldBeEmpty();
    }

    [Fact]
    public void Holidays_that_mean_nobody_of_the_directory_are_named_by_their_line()
    {
        using var file = new TemporaryFile("shifts.yaml", "- {holidays: Greece, country: GR}\n- {holidays: France, country: FR, zones: [Europe/Paris]}\n");
        new Planned(file.FilePath, clock, Offices).Availability.Notices().ShouldBe(
            ["Employees:Schedule: line 2: the holidays are of nobody: no employee is named there or has one of the time zones."]);
        ScheduleSummary.Of(file.FilePath, ScheduleReader.ParserFor(file.FilePath)!(File.ReadAllText(file.FilePath)), Offices.Current, hasOthers: false, Now).Problems.ShouldHaveSingleItem()
            .ShouldEndWith("line 2: the holidays are of nobody: no employee is named there or has one of the time zones.");
    }

    [Theory]
    [InlineData("json")]
    [InlineData("yaml")]
    public async Task Entries_on_one_line_keep_their_own_calendars_and_nobody_loses_a_shift(string kind)
    {
        var shifts = Feed.Replace("TRANSP:TRANSPARENT", "ATTENDEE:mailto:nobody@example.com", StringComparison.Ordinal)
            .Replace("Feast of the house", "Nia", StringComparison.Ordinal);
        using var file = new TemporaryFile("shifts." + kind, """
            [{"holidays": "House", "address": "https://calendar.example.com/days.ics"}, {"calendar": "Desk", "address": "https://calendar.example.com/desk.ics", "zone": "UTC"}]
            """);
        var planned = new Planned(file.FilePath, clock, Offices)
        {
            Web = request => new() { Content = new StringContent(request.RequestUri!.AbsolutePath == "/days.ics" ? Feed : shifts) },
        };
        await planned.Feeds.RefreshAsync(default);
        planned.Say("eleni", Now.AddDays(1)).ShouldStartWith("Public holiday (Feast of the house)");
        planned.Say("nia", Now.AddDays(1)).ShouldStartWith("ready: On shift", customMessage: "the calendar of the desk is hers");
        planned.Say("nia", Now).ShouldStartWith("Off shift until");
    }

    [Theory]
    [InlineData("country: XX", "country is none of those whose public holidays are known (AT, BE, CZ, DE, DK, FI, FR, GB, GR, HR, IE, IT, LU, NL, NO, PL, RO, US): write address with a calendar (.ics) instead.")]
    [InlineData("country: DE", "country DE needs a region, one of BB, BE, BW, BY, HB, HE, HH, MV, NI, NW, RP, SH, SL, SN, ST, TH.")]
    [InlineData("country: United Kingdom, region: London", "country GB needs a region, one of ENG, NIR, SCT, WLS.")]
    [InlineData("country: GR, region: Attica", "region is not needed for GR: its public holidays are those of the whole country.")]
    [InlineData("people: [ann]", "holidays need either country, as GR, or address with a calendar (.ics).")]
    [InlineData("country: GR, address: days.ics", "holidays need either country, as GR, or address with a calendar (.ics).")]
    [InlineData("address: days.txt", "address is not a web address or the name of an .ics file.")]
    [InlineData("country: GR, zones: [Mars]", "zones names what is not an IANA time zone, as Europe/Athens.")]
    public void A_country_or_a_calendar_that_is_wrong_is_named_by_its_line(string written, string problem)
    {
        var read = ScheduleReader.ParserFor("shifts.yaml")!($"- {{away: ann, from: 2026-01-01, to: 2026-01-02}}\n- {{holidays: Off, {written}}}\n");
        read.Items.Length.ShouldBe(1);
        read.Problems.ShouldHaveSingleItem().ShouldSatisfyAllConditions(each => each.Line.ShouldBe(2), each => each.What.ShouldBe(problem));
    }

    [Fact]
    public void A_shift_that_names_holidays_which_nobody_wrote_is_named_by_its_line()
    {
        using var file = new TemporaryFile("shifts.yaml", "- {shift: Desk, hours: daily 08:00-16:00, not on: Greece, people: [eleni]}\n");
        new Planned(file.FilePath, clock, Offices).Availability.Notices()
            .ShouldBe(["Employees:Schedule: line 1: not on or also on names no entry with holidays of this schedule."]);
    }

    static string DaysOf(string code, int year) => string.Join(' ', Enumerable.Range(0, 366).Select(n => new LocalDate(year, 1, 1).PlusDays(n))
        .Where(date => date.Year == year && HolidayCountries.NameOf(code, date) is { Length: > 0 })
        .Select(date => date.ToString("MMdd", System.Globalization.CultureInfo.InvariantCulture)));
}
