using BotDispatch.Http;
using BotDispatch.Tests.Adapters.Teams.Inbound;
using Microsoft.Extensions.Logging;

namespace BotDispatch.Tests.Http;

public sealed class RefusalTallyTests : IDisposable
{
    readonly ManualClock clock = new();
    readonly LogRecorder logged = new();
    readonly RefusalTally tally;

    public RefusalTallyTests() => tally = new(clock, LoggerFactory.Create(logging => logging.AddProvider(logged)).CreateLogger<RefusalTally>());

    [Fact]
    public void The_first_refusal_is_logged_at_once_and_a_flood_in_one_line_a_minute_by_endpoint_and_reason()
    {
        for (var second = 0; second < 120; second++, clock.Advance(TimeSpan.FromSeconds(1)))
        {
            tally.Add("/slack/commands", "not signed");
            tally.Add("/slack/commands", "not signed");
            tally.Add("/api/messages", "401, there is no token");
        }
        Lines().ShouldBe(
        [
            "/slack/commands: not signed",
            "/slack/commands: not signed (119 times); /api/messages: 401, there is no token (60 times)",
            "/slack/commands: not signed (120 times); /api/messages: 401, there is no token (60 times)",
        ]);
    }

    [Fact]
    public void The_last_counts_are_logged_within_the_minute_though_no_further_refusal_comes_and_then_no_timer_is_left()
    {
        tally.Add("/slack/commands", "not signed");
        tally.Add("/slack/events", "not signed");
        clock.Advance(RefusalTally.Interval);
        Lines().ShouldBe(["/slack/commands: not signed", "/slack/events: not signed"]);
        clock.Advance(RefusalTally.Interval);
        clock.NextTimer.ShouldBeNull();
        tally.Add("/slack/events", "not signed");
        Lines().Count.ShouldBe(3, "after a quiet minute the next one is told at once");
    }

    [Fact]
    public void The_counts_are_logged_when_the_process_ends()
    {
        tally.Add("/slack/commands", "not signed");
        tally.Add("/slack/events", "not signed");
        tally.Dispose();
        Lines()[^1].ShouldBe("/slack/events: not signed");
    }

    [Fact]
    public void However_many_reasons_there_are_one_line_stays_short_and_every_refusal_is_counted()
    {
        tally.Add("/slack/commands", "first");
        for (var reason = 0; reason < 1000; reason++)
            tally.Add("/slack/commands", $"reason {reason}");
        clock.Advance(RefusalTally.Interval);
        Lines()[^1].ShouldEndWith("elsewhere: for other reasons (936 times)");
    }

    public void Dispose()
    {
        tally.Dispose();
        logged.Dispose();
    }

    List<string> Lines() => [.. logged.Lines.Select(line => line["800 Requests were refused at ".Length..line.IndexOf(". Further", StringComparison.Ordinal)])];
}
