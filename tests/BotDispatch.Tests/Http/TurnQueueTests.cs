using BotDispatch.Http;

namespace BotDispatch.Tests.Http;

/// <summary>How the chats and Routee use it stands in their own PostingPaceTests and PaceTests.</summary>
public sealed class TurnQueueTests
{
    static readonly DateTimeOffset Noon = new(2026, 11, 29, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void A_reserved_turn_counts_in_every_limit_and_is_not_moved()
    {
        var queue = new TurnQueue((2, TimeSpan.FromSeconds(1)), (3, TimeSpan.FromSeconds(10)));
        Enumerable.Range(0, 5).Select(_ => (queue.Reserve(Noon) - Noon).TotalSeconds).ShouldBe([0, 0, 1, 10, 10]);
        queue.Ask("late", Noon + TimeSpan.FromSeconds(2)).ShouldBe(TimeSpan.FromSeconds(9), "the third reserved turn leaves its window then");
    }

    [Fact]
    public void A_hold_moves_turns_back_and_a_shorter_one_does_not_move_them_forward()
    {
        var queue = TurnQueue.Even(1)!;
        queue.Hold(Noon + TimeSpan.FromSeconds(30));
        queue.Hold(Noon + TimeSpan.FromSeconds(3));
        queue.Reserve(Noon).ShouldBe(Noon + TimeSpan.FromSeconds(30));
        queue.IsIdle(Noon + TimeSpan.FromSeconds(30.5)).ShouldBeFalse();
        queue.IsIdle(Noon + TimeSpan.FromSeconds(31)).ShouldBeTrue();
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    public void A_rate_of_zero_is_no_limit(double perSecond) => TurnQueue.Even(perSecond).ShouldBeNull();
}
