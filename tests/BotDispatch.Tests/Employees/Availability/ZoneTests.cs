using BotDispatch.Employees;
using BotDispatch.Employees.Availability;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;
using NodaTime;

namespace BotDispatch.Tests.Employees.Availability;

/// <summary>
/// One truth about zones. Seen in November 2026: at 12:00 UTC on 15 December 2026 it is 05:00 in Vancouver for NodaTime 3.3.7 (TZDB 2026f) and
/// Chromium 156, and 04:00 for Debian 12 (tzdata 2025b), TimeZoneInfo of .NET, PostgreSQL 15 and Node 20. Edmonton and Casablanca are split the same way.
/// Ical.Net 5.2.4 by itself brings NodaTime 3.2.2 with TZDB 2025b.
/// </summary>
public sealed class ZoneTests
{
    [Theory]
    [InlineData("America/Vancouver", "2026-12-15 05:00")]
    [InlineData("America/Edmonton", "2026-12-15 06:00")]
    [InlineData("Africa/Casablanca", "2026-12-15 12:00")]
    public void Zones_whose_rules_changed_this_year_are_those_of_the_TZDB_that_comes_with_the_product(string zone, string local) =>
        Instant.FromUtc(2026, 12, 15, 12, 0).InZone(TimeZones.ZoneOf(zone)!).ToString("uuuu-MM-dd HH:mm", null).ShouldBe(local);

    [Fact]
    public void The_TZDB_is_at_least_that_of_NodaTime_3_3_7() =>
        string.CompareOrdinal(TimeZones.Version, "2026f").ShouldBeGreaterThanOrEqualTo(0, TimeZones.Version);

    /// <summary>The version is in the log, and one that is more than a year old is named there and by a check.</summary>
    [Theory]
    [InlineData(1, false)]
    [InlineData(2, true)]
    public void Zones_that_are_more_than_a_year_old_are_named(int yearsLater, bool areOld)
    {
        var clock = new ManualClock();
        clock.AdvanceTo(new(int.Parse(TimeZones.Version[..4], System.Globalization.CultureInfo.InvariantCulture) + yearsLater, 1, 1, 0, 0, 0, TimeSpan.Zero));
        var planned = new Planned("", clock);
        planned.Availability.Watch();
        planned.Log.Lines.Select(line => line[..3]).ShouldBe(areOld ? ["341", "343"] : ["341"]);
        planned.Log.Lines[0].ShouldBe($"341 Information Time zones: TZDB {TimeZones.Version}");
        var check = new BotDispatch.Hosting.PeopleSummary(
            Options.Create(new BotDispatch.Employees.File.EmployeesFileOptions { HasOtherSource = true }),
            Options.Create(new BotDispatch.Employees.Lists.ListOptions()), Options.Create(new AvailabilityOptions()), clock);
        check.Read(new ConfigurationBuilder().Build()).Problems.ShouldBe(areOld ? [TimeZones.OldVersion] : []);
    }

    [Theory]
    // Athens goes from 03:00 to 04:00 on 29 March 2026, and from 04:00 back to 03:00 on 25 October.
    [InlineData("Europe/Athens", 3, 29, 3, 30, "01:00")]
    [InlineData("Europe/Athens", 10, 25, 3, 30, "00:30")]
    // New York goes from 02:00 to 03:00 on 8 March, and from 02:00 back to 01:00 on 1 November.
    [InlineData("America/New_York", 3, 8, 2, 30, "07:00")]
    [InlineData("America/New_York", 11, 1, 1, 30, "05:30")]
    // Auckland goes from 02:00 to 03:00 on 27 September, and from 03:00 back to 02:00 on 5 April: the southern half of the world.
    [InlineData("Pacific/Auckland", 9, 27, 2, 30, "14:00")]
    [InlineData("Pacific/Auckland", 4, 5, 2, 30, "13:30")]
    // Lord Howe moves its clocks by half an hour.
    [InlineData("Australia/Lord_Howe", 10, 4, 2, 15, "15:30")]
    [InlineData("Australia/Lord_Howe", 4, 5, 1, 45, "14:45")]
    public void A_local_time_that_comes_twice_is_the_first_and_one_that_never_comes_is_the_moment_of_the_change(string zone, int month, int day, int hour, int minute, string utc) =>
        LocalTimes.At(new(2026, month, day, hour, minute), TimeZones.ZoneOf(zone)!).ToString("HH:mm", null).ShouldBe(utc);

    [Theory]
    [InlineData("Europe/Athens", "2026-01-05T16:00:00Z", "18:00 (UTC+2)")]
    [InlineData("Europe/Athens", "2026-01-12T06:00:00Z", "Mon 12 Jan 08:00 (UTC+2)")]
    [InlineData("Europe/Athens", "2026-01-11T06:00:00Z", "Sun 08:00 (UTC+2)")]
    [InlineData("Europe/Athens", "2027-02-01T06:00:00Z", "Mon 1 Feb 2027 08:00 (UTC+2)")]
    [InlineData("Asia/Kolkata", "2026-01-05T16:00:00Z", "21:30 (UTC+5:30)")]
    [InlineData("America/St_Johns", "2026-01-05T16:00:00Z", "12:30 (UTC−3:30)")]
    [InlineData("UTC", "2026-01-05T16:00:00Z", "16:00 (UTC)")]
    public void A_time_is_written_with_its_offset(string zone, string moment, string words) =>
        LocalTimes.Clock(NodaTime.Text.InstantPattern.ExtendedIso.Parse(moment).Value, Instant.FromUtc(2026, 1, 5, 9, 0), TimeZones.ZoneOf(zone)!).ShouldBe(words);
}
