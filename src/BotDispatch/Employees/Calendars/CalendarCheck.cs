using System.Collections.Immutable;
using BotDispatch.Employees.Availability;
using BotDispatch.Employees.File;
using BotDispatch.Employees.Holidays;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace BotDispatch.Employees.Calendars;

/// <summary>Reads the calendars of the schedule once, for an administrator who checks the settings. It stores nothing.</summary>
internal static class CalendarCheck
{
    const string Setting = "Employees:Schedule";

    static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);

    /// <summary>
    /// Returns how many calendars could be read, and what has to be mended about them. It names nobody and no address. Without an answer,
    /// the schedule has no calendar, or has a fault that is named elsewhere.
    /// </summary>
    public static async Task<(string? Answer, IReadOnlyList<string> Notices)> AskAsync(IServiceProvider services)
    {
        if (services.GetService<IOptions<AvailabilityOptions>>() is not { } options
            || services.GetService<IHttpClientFactory>() is not { } clients)
            return (null, []);
        var realTime = services.GetRequiredService<TimeProvider>();
        ScheduleFile schedule;
        try
        {
            schedule = new(options, realTime, NullLogger<ScheduleFile>.Instance);
        }
        catch (Exception wrong) when (wrong is OptionsValidationException or InvalidOperationException)
        {
            return (null, []);
        }
        var entries = schedule.Read();
        var named = entries.Count(each => each is ScheduleEntry.Calendar or ScheduleEntry.Holidays { Address: not null });
        if (named == 0)
            return (null, []);
        var feeds = new CalendarFeeds(clients, schedule, realTime, NullLogger<CalendarFeeds>.Instance);
        using var late = new CancellationTokenSource(Longest, realTime);
        List<string> notices = [];
        try
        {
            await Task.Run(() => feeds.RefreshAsync(late.Token), late.Token).WaitAsync(late.Token);
        }
        catch (OperationCanceledException) when (late.IsCancellationRequested)
        {
            notices.Add($"{Setting}: not every calendar answers within {Longest.TotalSeconds:0} s.");
        }
        catch (Exception failed)
        {
            notices.Add($"{Setting}: reading the calendars failed ({failed.GetType().Name}).");
        }
        var copies = feeds.Read();
        notices.AddRange(feeds.Notices());
        notices.AddRange(HolidayBook.WithHours(entries, copies)
            .Concat(HolidayYears.NotCovered(entries, copies))
            .Concat(Unknown(services, entries, copies))
            .Select(each => $"{Setting}: line {each.Line}: {each.What}"));
        return ($"{Setting}: {copies.Length} of {named} {(named == 1 ? "calendar" : "calendars")} can be read", notices);
    }

    // People of other sources are not in the directory of a check, so that somebody is missing can be said of files alone.
    static IEnumerable<(int Line, string What)> Unknown(
        IServiceProvider services, ImmutableArray<ScheduleEntry> entries, ImmutableArray<CalendarCopy> copies)
    {
        try
        {
            if (services.GetRequiredService<IOptions<EmployeesFileOptions>>().Value.HasOtherSource
                || services.GetService<EmployeeDirectory>() is not { } directory)
                return [];
            var lines = entries.OfType<ScheduleEntry.Calendar>().Select(each => each.Line).ToHashSet();
            return PersonPlans.Of(directory.Current, entries, copies).Unknown.Where(each => lines.Contains(each.Line))
                .Select(each => (each.Line, $"{each.Count} of the people there are nobody in the directory, or several. Write their ids or "
                    + "emails."));
        }
        catch (Exception wrong) when (wrong is OptionsValidationException or InvalidOperationException)
        {
            return [];
        }
    }
}
