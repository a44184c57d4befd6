using BotDispatch.Employees.Availability;
using BotDispatch.Employees.Calendars;
using BotDispatch.Employees.File;
using BotDispatch.Employees.Remote;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace BotDispatch.Tests.Employees.Availability;

/// <summary>What administrators read of calendars with public holidays, while the process runs and by <c>--check</c>.</summary>
public sealed class HolidayCheckTests
{
    readonly ManualClock clock = new();

    /// <summary>Calendars of public holidays are often published for one year.</summary>
    [Theory]
    [InlineData("20250106", 0, "2026")]
    [InlineData("20260106", 0, null)]
    [InlineData("20260106", 300, null)]
    [InlineData("20260106", 330, "2027")]
    [InlineData("20250106", 330, "2026 and 2027")]
    [InlineData("20250106\nRRULE:FREQ=YEARLY", 330, null)]
    public async Task A_calendar_that_ends_before_this_year_or_the_next_one_is_named(string day, int daysLater, string? missing)
    {
        using var file = new TemporaryFile("shifts.yaml", "- {holidays: House, address: https://calendar.example.com/days.ics}\n");
        clock.Advance(TimeSpan.FromDays(daysLater));
        var planned = new Planned(file.FilePath, clock)
        {
            Web = _ => new()
            {
                Content = new StringContent($"BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:1\nDTSTART;VALUE=DATE:{day}\nSUMMARY:Feast\nEND:VEVENT\nEND:VCALENDAR\n"),
            },
        };
        await planned.Feeds.RefreshAsync(default);
        string[] said = missing is null ? [] : [$"Employees:Schedule: line 1: the calendar has no day off in {missing}, so nobody is off on public "
            + "holidays then. Write the address of a newer one."];
        planned.Availability.Notices().ShouldBe(said);
        (await CheckOf(planned, file)).Notices.ShouldBe(said);
    }

    [Fact]
    public async Task A_check_reads_every_calendar_once_and_says_what_is_wrong_with_the_holidays()
    {
        using var file = new TemporaryFile("shifts.yaml",
            "- {holidays: House, address: https://calendar.example.com/days.ics}\n- {calendar: Desk, address: desk.ics}\n");
        var (answers, notices) = await CheckOf(new(file.FilePath, clock) { Web = _ => new() { Content = new StringContent(HolidayTests.Feed) } }, file);
        answers.ShouldBe(["Employees:Schedule: 1 of 2 calendars can be read"]);
        notices.ShouldBe(
        [
            "Employees:Schedule: line 2: the calendar cannot be read (there is no such file); nothing could be read of it yet, so nobody is judged by it.",
            "Employees:Schedule: line 1: 1 event of the calendar has hours and is no day off. The first begins on 2026-01-09. Make it a whole day, or write an absence.",
        ]);
    }

    [Fact]
    public async Task A_check_counts_the_events_of_a_calendar_that_name_nobody_of_the_directory()
    {
        using var file = new TemporaryFile("shifts.yaml", "- {calendar: Desk, address: https://calendar.example.com/desk.ics, zone: UTC}\n");
        var planned = new Planned(file.FilePath, clock)
        {
            Web = _ => new()
            {
                Content = new StringContent("BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:1\nDTSTART:20260106T080000Z\nDURATION:PT8H\nSUMMARY:On Call - Zorro\n"
                    + "END:VEVENT\nEND:VCALENDAR\n"),
            },
        };
        (await CheckOf(planned, file, People.Directory())).Notices
            .ShouldBe(["Employees:Schedule: line 1: 1 of the people there are nobody in the directory, or several. Write their ids or emails."]);
    }

    /// <summary>A calendar of a whole team is often both: its shifts and its days off.</summary>
    [Fact]
    public async Task A_calendar_that_is_read_for_shifts_and_for_holidays_is_fetched_once()
    {
        using var file = new TemporaryFile("shifts.yaml",
            "- {calendar: Desk, address: https://calendar.example.com/team.ics, zone: Europe/Athens}\n- {holidays: House, address: webcal://calendar.example.com/team.ics}\n");
        var asked = new List<string>();
        var planned = new Planned(file.FilePath, clock);
        planned.Web = request =>
        {
            asked.Add($"{request.RequestUri} {request.Headers.IfNoneMatch}".TrimEnd());
            return request.Headers.IfNoneMatch.Count > 0 ? new(System.Net.HttpStatusCode.NotModified)
                : new() { Content = new StringContent(HolidayTests.Feed), Headers = { ETag = new("\"1\"") } };
        };
        await planned.Feeds.RefreshAsync(default);
        await planned.Feeds.RefreshAsync(default);
        asked.ShouldBe(["https://calendar.example.com/team.ics"]);
        planned.Feeds.Read().Select(each => each.Line).ShouldBe([1, 2]);
        clock.Advance(CalendarFeeds.Refresh);
        await planned.Feeds.RefreshAsync(default);
        asked.ShouldBe(["https://calendar.example.com/team.ics", "https://calendar.example.com/team.ics \"1\""]);

        file.Write("- {calendar: Desk, address: https://calendar.example.com/team.ics, zone: Europe/Athens}\n- {calendar: Gate, address: https://calendar.example.com/team.ics, zone: UTC}\n");
        clock.Advance(CalendarFeeds.Refresh);
        await planned.Feeds.RefreshAsync(default);
        asked[2..].ShouldBe(["https://calendar.example.com/team.ics"], "whole, because one of them does not have it yet");
        planned.Feeds.Read().Select(each => each.Shifts.IsEmpty).ShouldBe([false, false]);
    }

    Task<(IReadOnlyList<string> Answers, IReadOnlyList<string> Notices)> CheckOf(
        Planned planned, TemporaryFile schedule, BotDispatch.Employees.EmployeeDirectory? directory = null) =>
        SourceCheck.AskAllAsync((directory is null ? new ServiceCollection() : new ServiceCollection().AddSingleton(directory)).AddSingleton<TimeProvider>(clock)
            .AddSingleton(Options.Create(new EmployeesFileOptions()))
            .AddSingleton(Options.Create(new AvailabilityOptions { Schedule = schedule.FilePath })).AddSingleton<IHttpClientFactory>(planned)
            .BuildServiceProvider());
}
