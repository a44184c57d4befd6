using BotDispatch.Http;

namespace BotDispatch.Tests.Http;

public sealed class RefusalTallyTests
{
    readonly ManualClock clock = new();

    [Fact]
    public void The_first_refusal_is_told_at_once_and_a_flood_in_one_line_a_minute()
    {
        var tally = new RefusalTally(clock);
        List<string> lines = [];
        for (var second = 0; second < 180; second++, clock.Advance(TimeSpan.FromSeconds(1)))
            foreach (var reason in (string[])["not signed", "not signed", "too large"])
                if (tally.Add(reason) is { } line)
                    lines.Add(line);
        lines.ShouldBe(["not signed", "not signed (120 times), too large (60 times)", "not signed (120 times), too large (60 times)"]);
    }
}
