using System.Globalization;

namespace BotDispatch.Tests.Employees.Availability;

/// <summary>
/// Every rule over the days on which clocks change, in both halves of the world, and in zones whose rules changed in 2026. By NodaTime 3.3.7
/// (TZDB 2026f) it is then 05:00 in Vancouver at noon UTC in December, 06:00 in Edmonton and 12:00 in Casablanca; a Debian 12 with tzdata
/// 2025b, .NET's TimeZoneInfo there and PostgreSQL 15 say 04:00, 05:00 and 13:00.
/// </summary>
public sealed class ClockChangeTests
{
    const string Days = "BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:1\nDTSTART;VALUE=DATE:20260329\nDTEND;VALUE=DATE:20260330\nSUMMARY:Short day\nEND:VEVENT\nEND:VCALENDAR\n";

    readonly ManualClock clock = new();

    [Theory]
    // A shift over the hour that never comes, and one that ends in the hour that comes twice: it means the first.
    [InlineData("Europe/Athens", "shift: S, hours: daily 00:30-05:00, people: [ann]", "2026-03-28T23:00", "ready: On shift until 05:00 (UTC+3)")]
    [InlineData("Europe/Athens", "shift: S, hours: daily 22:00-03:30, people: [ann]", "2026-10-24T23:30", "ready: On shift until 03:30 (UTC+3)")]
    [InlineData("Europe/Athens", "shift: S, hours: daily 22:00-03:30, people: [ann]", "2026-10-25T00:45", "Off shift until 22:00 (UTC+2)")]
    [InlineData("America/New_York", "shift: S, hours: sun 01:00-04:00, people: [ann]", "2026-03-08T06:30", "ready: On shift until 04:00 (UTC−4)")]
    [InlineData("America/New_York", "shift: S, hours: sun 00:30-05:00, people: [ann]", "2026-11-01T06:30", "ready: On shift until 05:00 (UTC−5)")]
    // A rotation hands over at its local time on both sides of a change.
    [InlineData("Pacific/Auckland", "rotation: R, zone: Pacific/Auckland, starts: 2026-09-21, handover: mon 08:00, people: [ann, bob]", "2026-09-27T18:59", "ready: On shift until 08:00 (UTC+13)")]
    [InlineData("Pacific/Auckland", "rotation: R, zone: Pacific/Auckland, starts: 2026-09-21, handover: mon 08:00, people: [ann, bob]", "2026-09-27T19:00", "Off shift until Mon 5 Oct 08:00 (UTC+13)")]
    // Working hours that begin in an hour that never comes begin at the change; quiet hours last the longer night through.
    [InlineData("Australia/Sydney", "hours: sun 02:30-06:00", "2026-10-03T15:59", "Outside working hours until 03:00 (UTC+11)")]
    [InlineData("Australia/Sydney", "hours: sun 02:30-06:00", "2026-10-03T16:00", "ready: In working hours until 06:00 (UTC+11)")]
    [InlineData("Australia/Sydney", "quiet: 22:00-07:00", "2026-04-04T16:30", "Quiet hours until 07:00 (UTC+10)")]
    [InlineData("Australia/Sydney", "quiet: 22:00-07:00", "2026-04-04T21:00", "ready")]
    // An absence from a time that never comes, and a cover until one that comes twice.
    [InlineData("Pacific/Auckland", "away: ann, from: 2026-09-27 02:30, to: 2026-09-27 05:00", "2026-09-26T13:59", "ready")]
    [InlineData("Pacific/Auckland", "away: ann, from: 2026-09-27 02:30, to: 2026-09-27 05:00", "2026-09-26T14:00", "Away until 05:00 (UTC+13)")]
    [InlineData("Europe/Athens", "cover: ann, for: bob, from: 2026-10-25 01:00, to: 2026-10-25 03:30", "2026-10-25T00:29", "ready: On shift until 03:30 (UTC+3)")]
    [InlineData("Europe/Athens", "cover: ann, for: bob, from: 2026-10-25 01:00, to: 2026-10-25 03:30", "2026-10-25T00:30", "ready")]
    // A public holiday of 23 hours.
    [InlineData("Europe/Athens", "holidays: Days, address: 'https://calendar.example.com/days.ics'", "2026-03-28T22:00", "Public holiday (Short day) until Mon 00:00 (UTC+3)")]
    [InlineData("Europe/Athens", "holidays: Days, address: 'https://calendar.example.com/days.ics'", "2026-03-29T20:59", "Public holiday (Short day) until Mon 00:00 (UTC+3)")]
    [InlineData("Europe/Athens", "holidays: Days, address: 'https://calendar.example.com/days.ics'", "2026-03-29T21:00", "ready: In working hours")]
    // Zones whose rules changed in 2026.
    [InlineData("America/Vancouver", "shift: S, hours: mon-fri 08:00-16:00, people: [ann]", "2026-12-15T14:59", "Off shift until 08:00 (UTC−7)")]
    [InlineData("America/Vancouver", "shift: S, hours: mon-fri 08:00-16:00, people: [ann]", "2026-12-15T15:00", "ready: On shift until 16:00 (UTC−7)")]
    [InlineData("America/Edmonton", "rotation: R, zone: America/Edmonton, starts: 2026-12-07, handover: mon 08:00, people: [ann, bob]", "2026-12-14T13:59", "ready: On shift until 08:00 (UTC−6)")]
    [InlineData("Africa/Casablanca", "quiet: 22:00-07:00", "2026-12-15T06:59", "Quiet hours until 07:00 (UTC)")]
    [InlineData("Africa/Casablanca", "quiet: 22:00-07:00", "2026-12-15T07:00", "ready")]
    public async Task A_rule_keeps_its_local_time_when_clocks_change(string zone, string rule, string utc, string expected)
    {
        var (hours, entry) = rule.StartsWith("hours: ", StringComparison.Ordinal) ? (rule["hours: ".Length..], "away: bob, from: 2026-01-01, to: 2026-01-01")
            : (rule.StartsWith("holidays", StringComparison.Ordinal) ? "daily 00:00-24:00" : "", rule);
        using var file = new TemporaryFile("shifts.yaml", $"- {{{entry}}}\n");
        var people = People.Read($"id;name;email;phone;language;timezone;skills;hours\nann;Ann;;+442079460001;;{zone};;{hours}\nbob;Bob;;+442079460002;;{zone};;\n");
        var at = DateTimeOffset.Parse(utc + "Z", CultureInfo.InvariantCulture);
        clock.AdvanceTo(at);
        var planned = new Planned(file.FilePath, clock, People.Directory(people)) { Web = _ => new() { Content = new StringContent(Days) } };
        await planned.Feeds.RefreshAsync(default);
        planned.Say("ann", at).ShouldBe(expected);
    }
}
