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

    [Fact]
    public void A_repeated_message_costs_the_waiters_one_turn_and_does_not_stand_behind_them_all()
    {
        var queue = TurnQueue.Even(1)!;
        for (var n = 0; n < 20; n++)
            queue.Ask($"call {n}", Noon).ShouldBe(n == 0 ? null : TimeSpan.FromSeconds(n));
        (queue.Reserve(Noon) - Noon).ShouldBe(TimeSpan.FromSeconds(2));
        (queue.Reserve(Noon) - Noon).ShouldBe(TimeSpan.FromSeconds(3));
        queue.Ask("call 1", Noon + TimeSpan.FromSeconds(1)).ShouldBeNull("the first waiter keeps their moment");
        queue.Ask("call 2", Noon + TimeSpan.FromSeconds(1)).ShouldBe(TimeSpan.FromSeconds(3));
        queue.Ask("call 19", Noon + TimeSpan.FromSeconds(1)).ShouldBe(TimeSpan.FromSeconds(20));
    }

    [Theory]
    [InlineData(1, 1, 1)]
    [InlineData(2, 1, 5)]
    [InlineData(3, 7, 11)]
    public void However_waiters_and_repeated_messages_mix_no_limit_is_exceeded_and_everybody_sends(int count, int within, int seed)
    {
        var limits = new[] { (count, TimeSpan.FromSeconds(within)), (8, TimeSpan.FromSeconds(30)) };
        var (queue, random) = (new TurnQueue(limits), new Random(seed));
        var (sent, waiting, now) = (new List<DateTimeOffset>(), Enumerable.Range(0, 40).Select(n => $"{n}").ToList(), Noon);
        for (var step = 0; step < 2000 && waiting.Count > 0; step++, now += TimeSpan.FromMilliseconds(random.Next(1, 400)))
        {
            if (step % 50 == 0)
                sent.Add(queue.Reserve(now));
            foreach (var who in waiting.ToList())
                if (queue.Ask(who, now) is null)
                {
                    sent.Add(now);
                    waiting.Remove(who);
                }
        }
        waiting.ShouldBeEmpty();
        sent.Sort();
        foreach (var (most, span) in limits)
            for (var n = most; n < sent.Count; n++)
                (sent[n] - sent[n - most]).ShouldBeGreaterThanOrEqualTo(span);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    public void A_rate_of_zero_is_no_limit(double perSecond) => TurnQueue.Even(perSecond).ShouldBeNull();
}
