using BotDispatch.Employees.Availability;
using NodaTime;

namespace BotDispatch.Tests.Employees.Availability;

public sealed class AwayTextTests
{
    // Wednesday 7 January 2026, 14:30.
    static readonly LocalDateTime Now = new(2026, 1, 7, 14, 30);

    [Theory]
    [InlineData("until 18:00", "07 14:30", "07 18:00")]
    [InlineData("until 8:00", "07 14:30", "08 08:00")]
    [InlineData("Until Mon", "07 14:30", "12 00:00")]
    [InlineData("until mon 08:00", "07 14:30", "12 08:00")]
    [InlineData("until wed 18:00", "07 14:30", "07 18:00")]
    [InlineData("until wed 10:00", "07 14:30", "14 10:00")]
    [InlineData("until tomorrow", "07 14:30", "08 00:00")]
    [InlineData("till 2026-01-10 12:00", "07 14:30", "10 12:00")]
    [InlineData("today", "07 14:30", "08 00:00")]
    [InlineData("tomorrow", "08 00:00", "09 00:00")]
    [InlineData("mon-fri", "07 14:30", "10 00:00")]
    [InlineData("mon - tue", "12 00:00", "14 00:00")]
    [InlineData("wed", "07 14:30", "08 00:00")]
    [InlineData("fri", "09 00:00", "10 00:00")]
    [InlineData("sat-mon", "10 00:00", "13 00:00")]
    [InlineData("mon 18:00 - tue 08:00", "12 18:00", "13 08:00")]
    [InlineData("wed 18:00-wed 22:00", "07 18:00", "07 22:00")]
    [InlineData("for 2 hours", "07 14:30", "07 16:30")]
    [InlineData("90 min", "07 14:30", "07 16:00")]
    [InlineData("3 days", "07 14:30", "10 14:30")]
    [InlineData("for 1 week", "07 14:30", "14 14:30")]
    [InlineData("2026-01-20..2026-01-22", "20 00:00", "23 00:00")]
    [InlineData("18:00 - 08:00", "07 18:00", "08 08:00")]
    [InlineData("08:00-18:00", "07 14:30", "07 18:00")]
    [InlineData("from 08:00 to 12:00", "08 08:00", "08 12:00")]
    [InlineData("next week", "12 00:00", "19 00:00")]
    [InlineData("this week", "07 14:30", "12 00:00")]
    [InlineData("this weekend", "10 00:00", "12 00:00")]
    [InlineData("until 6pm", "07 14:30", "07 18:00")]
    [InlineData("until 6:30 p.m.", "07 14:30", "07 18:30")]
    [InlineData("until noon", "07 14:30", "08 12:00")]
    [InlineData("until midnight", "07 14:30", "08 00:00")]
    [InlineData("until friday", "07 14:30", "09 00:00")]
    [InlineData("until tomorrow 08:00", "07 14:30", "08 08:00")]
    [InlineData("until mon at 8", "07 14:30", "12 08:00")]
    [InlineData("mon 08:00-12:00", "12 08:00", "12 12:00")]
    [InlineData("tomorrow 18:00 - 08:00", "08 18:00", "09 08:00")]
    [InlineData("from mon to tue", "12 00:00", "14 00:00")]
    [InlineData("mon 18:00 - wed", "12 18:00", "15 00:00")]
    [InlineData("for an hour", "07 14:30", "07 15:30")]
    [InlineData("half an hour", "07 14:30", "07 15:00")]
    [InlineData("24 jan - 26 jan", "24 00:00", "27 00:00")]
    [InlineData("jan 24", "24 00:00", "25 00:00")]
    [InlineData("2026-01-20", "20 00:00", "21 00:00")]
    [InlineData("sick until fri", "07 14:30", "09 00:00")]
    [InlineData("24.1.", "24 00:00", "25 00:00")]
    [InlineData("24.01.2026", "24 00:00", "25 00:00")]
    [InlineData("24.1. - 26.1.", "24 00:00", "27 00:00")]
    [InlineData("24.01.2026-26.01.2026", "24 00:00", "27 00:00")]
    [InlineData("until 24.1.", "07 14:30", "24 00:00")]
    [InlineData("until 24.1. 18:00", "07 14:30", "24 18:00")]
    [InlineData("until 24.1", "07 14:30", "24 00:00")]
    [InlineData("24/1", "24 00:00", "25 00:00")]
    [InlineData("1/24", "24 00:00", "25 00:00")]
    [InlineData("24/01/2026 - 26/01/2026", "24 00:00", "27 00:00")]
    [InlineData("until 18.30.", "07 14:30", "07 18:30")]
    [InlineData("15.00-16.30", "07 15:00", "07 16:30")]
    [InlineData("until 18h", "07 14:30", "07 18:00")]
    [InlineData("until 18 h", "07 14:30", "07 18:00")]
    [InlineData("until 18h30", "07 14:30", "07 18:30")]
    [InlineData("until 18.30", "07 14:30", "07 18:30")]
    [InlineData("until 18:30h", "07 14:30", "07 18:30")]
    [InlineData("until 18 Uhr", "07 14:30", "07 18:00")]
    [InlineData("until 1830", "07 14:30", "07 18:30")]
    [InlineData("until 0800", "07 14:30", "08 08:00")]
    [InlineData("until 2030h", "07 14:30", "07 20:30")]
    [InlineData("until tomorrow 8h", "07 14:30", "08 08:00")]
    [InlineData("18h-20h", "07 18:00", "07 20:00")]
    [InlineData("18h - 8h30", "07 18:00", "08 08:30")]
    [InlineData("mon 18h - tue 8h", "12 18:00", "13 08:00")]
    [InlineData("2h", "07 14:30", "07 16:30")]
    [InlineData("for 18h", "07 14:30", "08 08:30")]
    [InlineData("for two hours", "07 14:30", "07 16:30")]
    [InlineData("for 1.5 hours", "07 14:30", "07 16:00")]
    [InlineData("for an hour and a half", "07 14:30", "07 16:00")]
    [InlineData("2 hours 30 minutes", "07 14:30", "07 17:00")]
    [InlineData("1h 30m", "07 14:30", "07 16:00")]
    [InlineData("1 day and 2 hours", "07 14:30", "08 16:30")]
    public void When_somebody_is_away_is_understood_as_it_is_said(string typed, string from, string to)
    {
        var away = AwayText.Read(typed, Now).ShouldNotBeNull();
        $"{away.From:dd HH:mm}, {away.To:dd HH:mm}".ShouldBe($"{from}, {to}");
    }

    [Theory]
    [InlineData("until 2020-01-01", "That time is over: it ended on Wed 1 Jan 2020 00:00. Nothing was noted down.")]
    [InlineData("2020-12-24..2020-12-26", "That time is over: it ended on Sun 27 Dec 2020 00:00. Nothing was noted down.")]
    [InlineData("2026-01-07 08:00 - 12:00", "That time is over: it ended on Wed 7 Jan 2026 12:00. Nothing was noted down.")]
    [InlineData("2026-12-26..2026-12-24",
        "That time would end (Fri 25 Dec 2026 00:00) before it begins (Sat 26 Dec 2026 00:00), so nothing was noted down. Write the start first.")]
    [InlineData("18:00 - 18:00",
        "That time would end (Wed 7 Jan 2026 18:00) before it begins (Wed 7 Jan 2026 18:00), so nothing was noted down. Write the start first.")]
    [InlineData("mon-fri 2020-01-06",
        "Days of the week and a date do not go together, so nothing was noted down. Write dates alone, as 2026-12-24..2026-12-26.")]
    public void A_time_that_is_over_or_reversed_is_named_as_such(string typed, string problem)
    {
        var read = AwayText.Understand(typed, Now);
        (read.Period, read.Problem).ShouldBe((null, problem));
    }

    [Theory]
    [InlineData("until 08:00", "08:00 has passed today, so 08:00 tomorrow is meant.")]
    [InlineData("08:00-12:00", "12:00 has passed today, so tomorrow is meant.")]
    [InlineData("until 18:00", null)]
    [InlineData("until midnight", null)]
    public void A_time_of_the_day_that_has_passed_is_tomorrows_and_that_is_said(string typed, string? note) =>
        AwayText.Understand(typed, Now).Note.ShouldBe(note);

    [Theory]
    [InlineData("soon")]
    [InlineData("until")]
    [InlineData("until later")]
    [InlineData("until 2020-01-01")]
    [InlineData("until mon 8:00 or so")]
    [InlineData("for 0 hours")]
    [InlineData("18h")]
    [InlineData("2/3")]
    [InlineData("until 32.1.")]
    [InlineData("tonight")]
    [InlineData("until 2030")]
    [InlineData("until 25h")]
    [InlineData("for 1.5 weeks")]
    [InlineData("from keyboard")]
    [InlineData("until 2hrs")]
    [InlineData("until 18hrs")]
    [InlineData("until 8h")]
    [InlineData("8h-12h")]
    [InlineData("1-2h")]
    [InlineData("2-3 h")]
    [InlineData("4-5h")]
    [InlineData("9h-5h")]
    [InlineData("jan 9 to 18")]
    [InlineData("2000-2200")]
    [InlineData("until 24.1. 2030")]
    [InlineData("15.00 - 24.1.")]
    [InlineData("18:00 - 24 jan")]
    [InlineData("until 24.1. 18.10")]
    [InlineData("24.1. 08.00-12.10")]
    public void What_is_not_certain_is_asked_back(string typed) => AwayText.Read(typed, Now).ShouldBeNull();

    // Monday 30 November 2026, 11:30.
    static readonly LocalDateTime InNovember = new(2026, 11, 30, 11, 30);

    [Theory]
    [InlineData("12.12 - 24.12", "12 Dec 2026", "25 Dec 2026")]
    [InlineData("20.12 - 27.12", "20 Dec 2026", "28 Dec 2026")]
    [InlineData("from 20.12 to 27.12", "20 Dec 2026", "28 Dec 2026")]
    [InlineData("01.12-31.12", "01 Dec 2026", "01 Jan 2027")]
    [InlineData("20.12..24.12", "20 Dec 2026", "25 Dec 2026")]
    [InlineData("20.12/24.12", "20 Dec 2026", "25 Dec 2026")]
    [InlineData("20.12 - 27 dec", "20 Dec 2026", "28 Dec 2026")]
    [InlineData("27.12 - 5.1", "27 Dec 2026", "06 Jan 2027")]
    [InlineData("18.12. - 20.12.", "18 Dec 2026", "21 Dec 2026")]
    [InlineData("5.12.2026 - 6.12.2026", "05 Dec 2026", "07 Dec 2026")]
    [InlineData("22/12 - 28/12", "22 Dec 2026", "29 Dec 2026")]
    [InlineData("22/6/2027", "22 Jun 2027", "23 Jun 2027")]
    [InlineData("24/12", "24 Dec 2026", "25 Dec 2026")]
    [InlineData("12/24", "24 Dec 2026", "25 Dec 2026")]
    public void Where_one_number_is_a_date_the_others_are_dates_as_well(string typed, string from, string to)
    {
        var away = AwayText.Read(typed, InNovember).ShouldNotBeNull();
        $"{away.From:dd MMM uuuu}, {away.To:dd MMM uuuu}".ShouldBe($"{from}, {to}");
    }

    [Theory]
    [InlineData("24.1.-26.1.", "24 Jan 2027 00:00", "27 Jan 2027 00:00")]
    [InlineData("24.1-26.1", "24 Jan 2027 00:00", "27 Jan 2027 00:00")]
    [InlineData("24.12.2026-2.1.2027", "24 Dec 2026 00:00", "03 Jan 2027 00:00")]
    [InlineData("24.12.26-2.1.27", "24 Dec 2026 00:00", "03 Jan 2027 00:00")]
    [InlineData("24.12.26.", "24 Dec 2026 00:00", "25 Dec 2026 00:00")]
    [InlineData("24.-26.12.27", "24 Dec 2027 00:00", "27 Dec 2027 00:00")]
    [InlineData("until 24.12.26 18.30", "30 Nov 2026 11:30", "24 Dec 2026 18:30")]
    [InlineData("1800-2030", "30 Nov 2026 18:00", "30 Nov 2026 20:30")]
    [InlineData("18.00-20.30", "30 Nov 2026 18:00", "30 Nov 2026 20:30")]
    [InlineData("0600-1400", "30 Nov 2026 11:30", "30 Nov 2026 14:00")]
    [InlineData("24.-26.12.", "24 Dec 2026 00:00", "27 Dec 2026 00:00")]
    [InlineData("1.-3.12.", "01 Dec 2026 00:00", "04 Dec 2026 00:00")]
    [InlineData("24.-26.12.2027", "24 Dec 2027 00:00", "27 Dec 2027 00:00")]
    [InlineData("24-26 dec", "24 Dec 2026 00:00", "27 Dec 2026 00:00")]
    [InlineData("24th to 26th of december", "24 Dec 2026 00:00", "27 Dec 2026 00:00")]
    [InlineData("dec 24-26", "24 Dec 2026 00:00", "27 Dec 2026 00:00")]
    [InlineData("24-26 dec 2027", "24 Dec 2027 00:00", "27 Dec 2027 00:00")]
    [InlineData("24dec-2jan", "24 Dec 2026 00:00", "03 Jan 2027 00:00")]
    [InlineData("24 dec 8-12", "24 Dec 2026 08:00", "24 Dec 2026 12:00")]
    [InlineData("6-8pm", "30 Nov 2026 18:00", "30 Nov 2026 20:00")]
    [InlineData("6:30 to 6:45 p.m.", "30 Nov 2026 18:30", "30 Nov 2026 18:45")]
    [InlineData("11-1pm", "30 Nov 2026 11:30", "30 Nov 2026 13:00")]
    [InlineData("tomorrow 9-5pm", "01 Dec 2026 09:00", "01 Dec 2026 17:00")]
    [InlineData("10-2am", "30 Nov 2026 22:00", "01 Dec 2026 02:00")]
    [InlineData("tomorrow 12-1pm", "01 Dec 2026 12:00", "01 Dec 2026 13:00")]
    public void What_both_ends_of_a_range_share_is_written_once(string typed, string from, string to)
    {
        var away = AwayText.Read(typed, InNovember).ShouldNotBeNull();
        $"{away.From:dd MMM uuuu HH:mm}, {away.To:dd MMM uuuu HH:mm}".ShouldBe($"{from}, {to}");
    }

    [Theory]
    [InlineData("24 dec - 26 dec 2027", "24 Dec 2027, 27 Dec 2027")]
    [InlineData("24 dec - 2 jan 2028", "24 Dec 2027, 03 Jan 2028")]
    [InlineData("24.12. - 2.1.2027", "24 Dec 2026, 03 Jan 2027")]
    [InlineData("28.11. - 5.12.2026", "30 Nov 2026, 06 Dec 2026")]
    [InlineData("20.12.2027-24.12.", "20 Dec 2027, 25 Dec 2027")]
    public void A_year_at_one_end_of_a_range_is_never_a_year_between_both(string typed, string period)
    {
        var away = AwayText.Read(typed, InNovember).ShouldNotBeNull();
        $"{away.From:dd MMM uuuu}, {away.To:dd MMM uuuu}".ShouldBe(period);
    }

    [Theory]
    [InlineData("24.12.26.3-2.1.27")]
    [InlineData("until 24.12.18:00")]
    [InlineData("mon 8-12 dec")]
    [InlineData("24.1.18:00")]
    [InlineData("2500-2600")]
    [InlineData("31.11.-2.12.")]
    [InlineData("20261224-20261226")]
    [InlineData("24-12-2026")]
    [InlineData("mid-december")]
    public void A_range_that_is_not_certain_is_asked_back(string typed) =>
        AwayText.Understand(typed, InNovember).ShouldBe(AwayReading.Unclear);

    [Theory]
    [InlineData("until 24.12", "24 Dec 00:00")]
    [InlineData("until 24.12.!", "24 Dec 00:00")]
    [InlineData("until 5.12. 8:00", "05 Dec 08:00")]
    [InlineData("until 5.12 at 18.30", "05 Dec 18:30")]
    [InlineData("until 5.12. noon", "05 Dec 12:00")]
    [InlineData("until 5.12. 2026", "05 Dec 00:00")]
    [InlineData("until 5.12.2026.", "05 Dec 00:00")]
    [InlineData("until tomorrow 18.10", "01 Dec 18:10")]
    [InlineData("until 4 dec 18.10", "04 Dec 18:10")]
    [InlineData("15.00-16.10", "30 Nov 16:10")]
    [InlineData("until 18.10h", "30 Nov 18:10")]
    [InlineData("1800-2030", "30 Nov 20:30")]
    [InlineData("0800 to 2230", "30 Nov 22:30")]
    [InlineData("fri 1800-2030", "04 Dec 20:30")]
    [InlineData("8h-18h", "30 Nov 18:00")]
    [InlineData("8-18h", "30 Nov 18:00")]
    [InlineData("9:30-12h", "30 Nov 12:00")]
    [InlineData("22-6", "01 Dec 06:00")]
    [InlineData("18-8", "01 Dec 08:00")]
    [InlineData("18:00-8:00", "01 Dec 08:00")]
    [InlineData("09:00-05:00", "01 Dec 05:00")]
    [InlineData("6pm-6", "01 Dec 06:00")]
    [InlineData("9am-12", "30 Nov 12:00")]
    [InlineData("8-12", "30 Nov 12:00")]
    [InlineData("8-12pm", "30 Nov 12:00")]
    [InlineData("9-5pm", "30 Nov 17:00")]
    [InlineData("dec 8 until 18", "08 Dec 18:00")]
    [InlineData("dec 8 till 5", "08 Dec 05:00")]
    [InlineData("8 dec until 18", "08 Dec 18:00")]
    [InlineData("until 24/7", "24 Jul 00:00")]
    public void What_stands_beside_a_number_makes_it_a_time_or_a_date(string typed, string to) =>
        $"{AwayText.Read(typed, InNovember).ShouldNotBeNull().To:dd MMM HH:mm}".ShouldBe(to);

    [Theory]
    [InlineData("until 8.10.", "8.10 may be a time or a date, so nothing was noted down. Write 08:10 or 8 oct.")]
    [InlineData("until 12.10.", "12.10 may be a time or a date, so nothing was noted down. Write 12:10 or 12 oct.")]
    [InlineData("until 10.10.!", "10.10 may be a time or a date, so nothing was noted down. Write 10:10 or 10 oct.")]
    [InlineData("until 8.10. please", "8.10 may be a time or a date, so nothing was noted down. Write 08:10 or 8 oct.")]
    [InlineData("08.00-12.10.", "12.10 may be a time or a date, so nothing was noted down. Write 12:10 or 12 oct.")]
    [InlineData("15.00-16.10.", "16.10 may be a time or a date, so nothing was noted down. Write 16:10 or 16 oct.")]
    [InlineData("until 5.12", "5.12 may be a time or a date, so nothing was noted down. Write 05:12 or 5 dec.")]
    [InlineData("until 5.12.", "5.12 may be a time or a date, so nothing was noted down. Write 05:12 or 5 dec.")]
    [InlineData("until 23.12", "23.12 may be a time or a date, so nothing was noted down. Write 23:12 or 23 dec.")]
    [InlineData("20.12 - 22.12", "20.12 may be a time or a date, so nothing was noted down. Write 20:12 or 20 dec.")]
    [InlineData("20.12. 23.12.", "20.12 may be a time or a date, so nothing was noted down. Write 20:12 or 20 dec.")]
    [InlineData("24.12. 8:00 - 12.10", "12.10 may be a time or a date, so nothing was noted down. Write 12:10 or 12 oct.")]
    [InlineData("22/6", "22/6 may be two times or a date, so nothing was noted down. Write 22:00 - 06:00 or 22 jun.")]
    [InlineData("8/16", "8/16 may be two times or a date, so nothing was noted down. Write 08:00 - 16:00 or 16 aug.")]
    [InlineData("24/7", "24/7 may be always or a date, so nothing was noted down. Write 24 jul, or away alone until you are back.")]
    [InlineData("1/2", "1/2 may be one of two days, so nothing was noted down. Write the month in letters, as 24 dec.")]
    public void A_number_that_may_be_a_time_or_a_date_is_asked_back(string typed, string problem) =>
        AwayText.Understand(typed, InNovember).ShouldBe(new AwayReading(null, Problem: problem));

    [Theory]
    [InlineData("24.12. - 2.1.", "2026-12-30T10:00:00", "30 Dec 2026 10:00, 03 Jan 2027 00:00")]
    [InlineData("24 dec - 2 jan", "2027-01-01T10:00:00", "01 Jan 2027 10:00, 03 Jan 2027 00:00")]
    [InlineData("28.11. - 5.12.", "2026-11-30T11:30:00", "30 Nov 2026 11:30, 06 Dec 2026 00:00")]
    [InlineData("28.11. - 24.12.", "2026-11-30T11:30:00", "30 Nov 2026 11:30, 25 Dec 2026 00:00")]
    [InlineData("26 dec - 24 dec", "2026-11-30T11:30:00", null)]
    public void Dates_that_have_begun_count_from_now_on_and_not_a_year_later(string typed, string at, string? period)
    {
        var away = AwayText.Read(typed, NodaTime.Text.LocalDateTimePattern.GeneralIso.Parse(at).Value);
        (away is { From: var from, To: var to } ? $"{from:dd MMM uuuu HH:mm}, {to:dd MMM uuuu HH:mm}" : null).ShouldBe(period);
    }

    [Theory]
    [InlineData("9-5", "09:00 - 17:00 or 21:00 - 05:00")]
    [InlineData("9 to 5", "09:00 - 17:00 or 21:00 - 05:00")]
    [InlineData("mon 9-5", "09:00 - 17:00 or 21:00 - 05:00")]
    [InlineData("24 dec 9-5", "09:00 - 17:00 or 21:00 - 05:00")]
    [InlineData("from 9:30 to 5:30", "09:30 - 17:30 or 21:30 - 05:30")]
    [InlineData("12-1", "12:00 - 13:00 or 00:00 - 01:00")]
    [InlineData("12-12", "00:00 - 12:00 or 12:00 - 24:00")]
    [InlineData("8-6", "08:00 - 18:00 or 20:00 - 06:00")]
    [InlineData("9am-5", "09:00 - 05:00 or 09:00 - 17:00")]
    [InlineData("6pm-8", "18:00 - 08:00 or 18:00 - 20:00")]
    [InlineData("6 p.m. - 8", "18:00 - 08:00 or 18:00 - 20:00")]
    [InlineData("noon - 1", "12:00 - 01:00 or 12:00 - 13:00")]
    [InlineData("9pm-12", "21:00 - 24:00 or 21:00 - 12:00")]
    [InlineData("8-12pm", "08:00 - 12:00 or 20:00 - 24:00")]
    public void A_range_that_does_not_say_which_half_of_the_day_is_asked_back(string typed, string ways)
    {
        var reading = AwayText.Understand(typed, Now);
        reading.Period.ShouldBeNull();
        reading.Problem.ShouldNotBeNull().ShouldEndWith($" does not say which half of the day is meant, so nothing was noted down. Write {ways}.");
    }

    /// <summary>Twelve hours are the longest that hours of half a day may mean without being asked back.</summary>
    [Fact]
    public void Hours_of_half_a_day_never_last_longer_than_half_a_day()
    {
        var understood = 0;
        foreach (var day in (string[])["", "tomorrow ", "24 jan "])
            for (var start = 1; start <= 12; start++)
                for (var end = 1; end <= 12; end++)
                    foreach (var (first, last) in ((string, string)[])[("", ""), ("am", ""), ("pm", ""), ("", "am"), ("", "pm")])
                        foreach (var between in (string[])["-", " to ", " until "])
                            if (AwayText.Read($"{day}{start}{first}{between}{end}{last}", new(2026, 1, 7, 0, 0)) is var (from, to))
                            {
                                understood++;
                                Period.Between(from, to, PeriodUnits.Minutes).Minutes.ShouldBeLessThanOrEqualTo(12 * 60, $"{day}{start}{first}{between}{end}{last}");
                            }
        understood.ShouldBeGreaterThan(1000);
    }
}
