using BotDispatch.Employees.Availability;
using NodaTime;

namespace BotDispatch.Tests.Employees.Availability;

public sealed class WeeklyHoursTests
{
    // The week of Monday 1 June 2026, in UTC.
    static readonly Instant Monday = Instant.FromUtc(2026, 6, 1, 0, 0);

    [Theory]
    [InlineData("mon-fri 08:00-16:00", "0d08:00-0d16:00 1d08:00-1d16:00 2d08:00-2d16:00 3d08:00-3d16:00 4d08:00-4d16:00")]
    [InlineData("Mon – Fri 8–16", "0d08:00-0d16:00 1d08:00-1d16:00 2d08:00-2d16:00 3d08:00-3d16:00 4d08:00-4d16:00")]
    [InlineData("mon, wed, fri 08:00-16:00", "0d08:00-0d16:00 2d08:00-2d16:00 4d08:00-4d16:00")]
    [InlineData("mon 08:00-12:00 13:00-17:00", "0d08:00-0d12:00 0d13:00-0d17:00")]
    [InlineData("mon 08:00-12:00; 13.00-17.00", "0d08:00-0d12:00 0d13:00-0d17:00")]
    [InlineData("tue 22:00-06:00", "1d22:00-2d06:00")]
    [InlineData("tue 08:00-08:00", "1d08:00-2d08:00")]
    [InlineData("wed 20:00-24:00", "2d20:00-3d00:00")]
    [InlineData("sat, sun", "5d00:00-7d00:00")]
    [InlineData("weekend", "5d00:00-7d00:00")]
    [InlineData("fri 18:00 - sun 08:00", "4d18:00-6d08:00")]
    [InlineData("fri 18:00-mon 08:00", "-3d18:00-0d08:00 4d18:00-7d08:00")]
    [InlineData("monday 09:00-10:00 | Thursday 09:00-10:00", "0d09:00-0d10:00 3d09:00-3d10:00")]
    [InlineData("sat-mon 10:00-11:00", "0d10:00-0d11:00 5d10:00-5d11:00 6d10:00-6d11:00")]
    public void Hours_mean_what_a_person_who_writes_them_means(string written, string expected)
    {
        var hours = WeeklyHours.Read(written).ShouldNotBeNull();
        string.Join(' ', hours.Between(Monday, Monday + Duration.FromDays(7), DateTimeZone.Utc).Select(each => $"{Written(each.Start)}-{Written(each.End)}")).ShouldBe(expected);
    }

    [Theory]
    [InlineData("")]
    [InlineData("mon-fri 25:00-26:00")]
    [InlineData("mon-fri 08:00")]
    [InlineData("mon-xyz 08:00-16:00")]
    [InlineData("Mo-Fr 9-17")]
    [InlineData("08:60-09:00")]
    [InlineData("mon, fri 18:00-sun 08:00")]
    public void Hours_that_cannot_be_read_for_certain_are_refused(string written) => WeeklyHours.Read(written).ShouldBeNull();

    [Theory]
    [InlineData("2026-12-24..2026-12-26", "2026-12-24T00:00", "2026-12-27T00:00")]
    [InlineData("2026-12-24", "2026-12-24T00:00", "2026-12-25T00:00")]
    [InlineData("2026-12-24 - 2026-12-26", "2026-12-24T00:00", "2026-12-27T00:00")]
    [InlineData("2026-12-24 08:00 to 2026-12-24 12:30", "2026-12-24T08:00", "2026-12-24T12:30")]
    [InlineData("2026-12-24T08:00/2026-12-24T12:30", "2026-12-24T08:00", "2026-12-24T12:30")]
    [InlineData("2026-12-24 20:00..2026-12-24 24:00", "2026-12-24T20:00", "2026-12-25T00:00")]
    public void A_date_alone_is_a_whole_day(string written, string from, string to)
    {
        var period = LocalPeriod.Read(written).ShouldNotBeNull();
        $"{period.From:uuuu-MM-ddTHH:mm} {period.To:uuuu-MM-ddTHH:mm}".ShouldBe($"{from} {to}");
    }

    [Theory]
    [InlineData("2026-12-26..2026-12-24")]
    [InlineData("24.12.2026")]
    [InlineData("2026-12-24 08:00")]
    [InlineData("2026-02-30")]
    public void A_period_that_cannot_be_read_is_refused(string written) => LocalPeriod.Read(written).ShouldBeNull();

    static string Written(Instant moment)
    {
        var since = moment - Monday;
        var days = (int)Math.Floor(since.TotalDays);
        return $"{days}d{(since - Duration.FromDays(days)).ToTimeSpan():hh\\:mm}";
    }
}
