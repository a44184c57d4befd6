using BotDispatch.Employees.Calendars;
using BotDispatch.Ports;
using BotDispatch.Storage;
using BotDispatch.Tests.Employees;

namespace BotDispatch.Tests.Flows;

/// <summary>The last good copy of a calendar outlives the process. The world begins on Monday 5 January 2026 at 09:00 UTC.</summary>
public sealed class CalendarCopyTests
{
    const string Calendar = "BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:1\nDTSTART:20260105T080000Z\nDTEND:20260105T160000Z\nSUMMARY:On Call - Ann Lee\nEND:VEVENT\nEND:VCALENDAR\n";

    [Fact]
    public async Task A_process_that_starts_while_the_source_is_down_uses_the_copy_of_the_one_before_and_says_its_age()
    {
        using var schedule = new TemporaryFile("shifts.yaml", "- {calendar: On call, address: secret-5f2a.ics}\n");
        var file = Path.Combine(Path.GetDirectoryName(schedule.FilePath)!, "secret-5f2a.ics");
        File.WriteAllText(file, Calendar);
        await using var world = await World.BeginAsync(new() { ["Employees:Schedule"] = schedule.FilePath });
        await world.App.Get<CalendarFeeds>().RefreshAsync(default);
        world.App.Get<IAvailability>().Of(new("ann.lee"), world.Clock.GetUtcNow().AddHours(8)).IsAvailable.ShouldBeFalse();

        File.Delete(file);
        await world.RestartAsync();
        var feeds = world.App.Get<CalendarFeeds>();
        await feeds.RefreshAsync(default);
        world.App.Get<IAvailability>().Of(new("ann.lee"), world.Clock.GetUtcNow().AddHours(8)).IsAvailable.ShouldBeFalse();
        feeds.Notices().ShouldHaveSingleItem().ShouldMatch(@"there is no such file\); the copy in use is \d+ min old\.$");
        (await world.App.Get<Database>().ReadAsync(new("SELECT name FROM notes WHERE name LIKE 'copy:%'"), row => row.GetString(0), default))
            .ShouldHaveSingleItem().ShouldNotContain("5f2a");
    }

    [Fact]
    public async Task A_calendar_of_shifts_and_of_holidays_has_one_copy_which_serves_both()
    {
        using var schedule = new TemporaryFile("shifts.yaml", "- {calendar: On call, address: team.ics, zone: Europe/Athens}\n- {holidays: House, address: team.ics}\n");
        var file = Path.Combine(Path.GetDirectoryName(schedule.FilePath)!, "team.ics");
        File.WriteAllText(file, Calendar);
        await using var world = await World.BeginAsync(new() { ["Employees:Schedule"] = schedule.FilePath });
        await world.App.Get<CalendarFeeds>().RefreshAsync(default);
        (await world.App.Get<Database>().ReadAsync(new("SELECT name FROM notes WHERE name LIKE 'copy:calendar:%'"), row => row.GetString(0), default)).ShouldHaveSingleItem();
        File.Delete(file);
        schedule.Write("- {holidays: House, address: team.ics}\n- {calendar: On call, address: team.ics, zone: Europe/Athens}\n");
        await world.RestartAsync();
        await world.App.Get<CalendarFeeds>().RefreshAsync(default);
        world.App.Get<CalendarFeeds>().Read().Select(each => each.Line).ShouldBe([1, 2], "in whatever order they are written");
    }

    [Fact]
    public async Task A_stored_copy_that_is_damaged_is_left_out()
    {
        await using var world = await World.BeginAsync();
        var store = world.App.Get<CopyStore>();
        await store.KeepAsync("calendar", "one", Calendar, world.Clock.GetUtcNow(), default);
        (await store.ReadAsync("calendar", "one", default)).ShouldBe((Calendar, world.Clock.GetUtcNow()));
        (await store.ReadAsync("calendar", "two", default)).ShouldBeNull();
        foreach (var damaged in (string[])["", "1767603600000 ", "1767603600000 !!", "x eA==", "1767603600000 eHh4eHh4", "99999999999999999 eA=="])
        {
            await world.App.Get<Database>().WriteAsync([new("UPDATE notes SET value = $1 WHERE name LIKE 'copy:%'", damaged)], default);
            (await store.ReadAsync("calendar", "one", default)).ShouldNotBe((Calendar, world.Clock.GetUtcNow()));
        }
    }
}
