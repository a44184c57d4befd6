using BotDispatch.Ports;

namespace BotDispatch.Tests.Engine;

public sealed class BackoffTests
{
    [Fact]
    public void A_pause_doubles_with_every_failure_up_to_the_longest() =>
        Enumerable.Range(0, 8).Select(times => Backoff.Doubled(TimeSpan.FromSeconds(2), times, TimeSpan.FromMinutes(2)).TotalSeconds)
            .ShouldBe([2, 4, 8, 16, 32, 64, 120, 120]);

    [Fact]
    public void It_stays_at_the_longest_however_often_it_fails() =>
        Backoff.Doubled(TimeSpan.FromSeconds(1), int.MaxValue, TimeSpan.FromHours(1)).ShouldBe(TimeSpan.FromHours(1));
}
