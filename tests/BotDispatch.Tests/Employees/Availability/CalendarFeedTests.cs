using System.Net;
using System.Net.Http.Headers;

namespace BotDispatch.Tests.Employees.Availability;

public sealed class CalendarFeedTests
{
    const string Secret = "5f2a-secret";
    const string Calendar = "BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:1\nDTSTART:20260105T080000Z\nDTEND:20260105T160000Z\nSUMMARY:On Call - Ann Lee\nEND:VEVENT\nEND:VCALENDAR\n";

    // Monday 5 January 2026, 11:00 in Athens.
    static readonly DateTimeOffset Now = new(2026, 1, 5, 9, 0, 0, TimeSpan.Zero);

    readonly ManualClock clock = new();

    [Fact]
    public async Task A_person_whom_a_calendar_names_is_on_call_then_and_off_at_other_times()
    {
        using var schedule = Schedule();
        var planned = new Planned(schedule.FilePath, clock) { Web = _ => Answer(Calendar) };
        planned.Say("ann", Now).ShouldBe("ready", "nobody is judged by a calendar that was not read yet");
        await planned.Feeds.RefreshAsync(default);
        planned.Say("ann", Now).ShouldBe("ready: On shift until 18:00 (UTC+2)");
        planned.Say("ann", Now.AddHours(8)).ShouldBe("Off shift, and no shift is planned");
        planned.Say("bob", Now).ShouldBe("ready");
    }

    [Fact]
    public async Task A_calendar_is_asked_again_after_five_minutes_and_an_unchanged_one_is_not_sent_again()
    {
        using var schedule = Schedule();
        var asked = new List<string>();
        var planned = new Planned(schedule.FilePath, clock)
        {
            Web = request =>
            {
                asked.Add(request.Headers.IfNoneMatch.ToString());
                return request.Headers.IfNoneMatch.Count > 0 ? new(HttpStatusCode.NotModified) : Answer(Calendar);
            },
        };
        await planned.Feeds.RefreshAsync(default);
        clock.Advance(TimeSpan.FromMinutes(4));
        await planned.Feeds.RefreshAsync(default);
        asked.ShouldBe([""]);
        clock.Advance(TimeSpan.FromMinutes(1));
        await planned.Feeds.RefreshAsync(default);
        asked.ShouldBe(["", "\"v1\""]);
        planned.Say("ann", Now).ShouldBe("ready: On shift until 18:00 (UTC+2)");
        planned.Availability.Notices().ShouldBeEmpty();
    }

    [Fact]
    public async Task While_the_source_is_down_the_last_copy_stays_and_its_age_is_said_but_never_its_address()
    {
        using var schedule = Schedule();
        var planned = new Planned(schedule.FilePath, clock);
        await planned.Feeds.RefreshAsync(default);
        planned.Availability.Notices().ShouldBe(["Employees:Schedule: line 1: the calendar cannot be read (its server answers with status 404); nothing could be read of it yet, so nobody is judged by it."]);
        planned.Web = _ => Answer(Calendar);
        clock.Advance(TimeSpan.FromMinutes(1));
        await planned.Feeds.RefreshAsync(default);
        planned.Availability.Notices().ShouldBeEmpty();
        foreach (var (trouble, because) in (ReadOnlySpan<(Func<HttpResponseMessage>, string)>)
        [
            (() => throw new HttpRequestException(HttpRequestError.ConnectionError), "ConnectionError"),
            (() => new(HttpStatusCode.InternalServerError), "its server answers with status 500"),
            (() => new(HttpStatusCode.Found), "its address has moved: write the new one"),
            (() => Answer("<html>Sign in</html>"), "what it answers is not a calendar"),
        ])
        {
            planned.Web = _ => trouble();
            clock.Advance(TimeSpan.FromMinutes(6));
            planned.Feeds.RefreshAsync(default).IsCompletedSuccessfully.ShouldBeTrue();
            planned.Availability.Notices().ShouldHaveSingleItem().ShouldContain(because);
            planned.Say("ann", Now).ShouldBe("ready: On shift until 18:00 (UTC+2)");
        }
        planned.Availability.Notices()[0].ShouldEndWith("the copy in use is 24 min old.");
        string.Join('\n', planned.FeedLog.Lines.Concat(planned.Availability.Notices())).ShouldNotContain(Secret);
        planned.FeedLog.Lines.Count(line => line.StartsWith("345", StringComparison.Ordinal)).ShouldBe(5, "each reason once");
    }

    [Fact]
    public async Task A_file_beside_the_schedule_is_a_calendar_too_and_what_cannot_be_used_of_it_is_counted()
    {
        using var schedule = new TemporaryFile("shifts.yaml", "- {calendar: On call, address: on-call.ics}\n");
        File.WriteAllText(Path.Combine(Path.GetDirectoryName(schedule.FilePath)!, "on-call.ics"),
            Calendar.Replace("END:VCALENDAR", "BEGIN:VEVENT\nUID:2\nDTSTART;TZID=Nowhere:20260105T080000\nEND:VEVENT\nBEGIN:VEVENT\nUID:3\nDTSTART:20260106T080000Z\nDTEND:20260106T160000Z\nSUMMARY:Stranger\nEND:VEVENT\nEND:VCALENDAR", StringComparison.Ordinal));
        var planned = new Planned(schedule.FilePath, clock);
        await planned.Feeds.RefreshAsync(default);
        planned.Say("ann", Now).ShouldBe("ready: On shift until 18:00 (UTC+2)");
        planned.Availability.Notices().ShouldBe(
        [
            "Employees:Schedule: line 1: 1 events of the calendar are not used. The first: line 8: the event's time zone is unknown, and is not taken for UTC.",
            "Employees:Schedule: line 1: 1 of the people there are nobody in the directory, or several. Write their ids or emails.",
        ]);
    }

    [Fact]
    public async Task Shifts_are_drawn_anew_as_time_goes_on_from_a_copy_too()
    {
        using var schedule = Schedule();
        var planned = new Planned(schedule.FilePath, clock) { Web = _ => Answer(Calendar.Replace("SUMMARY", "RRULE:FREQ=DAILY\nSUMMARY", StringComparison.Ordinal)) };
        await planned.Feeds.RefreshAsync(default);
        planned.Web = _ => new(HttpStatusCode.BadGateway);
        for (var days = 0; days < 200; days += 10)
        {
            clock.Advance(TimeSpan.FromDays(10));
            await planned.Feeds.RefreshAsync(default);
        }
        planned.Say("ann", Now.AddDays(200)).ShouldStartWith("ready: On shift until");
    }

    static TemporaryFile Schedule() => new("shifts.yaml", $"- {{calendar: On call, address: 'https://calendar.example.com/{Secret}/on-call.ics'}}\n");

    static HttpResponseMessage Answer(string text) => new(HttpStatusCode.OK) { Content = new StringContent(text), Headers = { ETag = new EntityTagHeaderValue("\"v1\"") } };
}
