using BotDispatch.Chat;
using BotDispatch.Teams.Posting;
using static BotDispatch.Tests.Adapters.Teams.Connector.ConnectorBench;

namespace BotDispatch.Tests.Adapters.Teams.Posting;

public class PostingPaceTests
{
    static readonly (int Count, double Seconds)[] Limits = [(7, 1), (8, 2), (60, 30), (1800, 3600)];

    readonly ManualClock clock = new();
    readonly PostingPace pace;

    public PostingPaceTests() => pace = MessagePosts.Pace(clock);

    [Fact]
    public void Seven_go_at_once_the_eighth_after_a_second_the_ninth_after_two()
    {
        for (var n = 0; n < 7; n++)
            Ask("a").ShouldBeNull();
        Ask("a").ShouldBe(TimeSpan.FromSeconds(1));
        Ask("b").ShouldBe(TimeSpan.FromSeconds(2));
        clock.Advance(TimeSpan.FromSeconds(1));
        Ask("b").ShouldBe(TimeSpan.FromSeconds(1));
        Ask("a").ShouldBeNull();
        clock.Advance(TimeSpan.FromSeconds(1));
        Ask("b").ShouldBeNull();
    }

    [Fact]
    public void Conversations_and_tenants_do_not_wait_for_each_other()
    {
        while (Ask("x") is null) { }
        pace.NotYet(Tenant, "19:bb@thread.tacv2", "x").ShouldBeNull();
        pace.NotYet("another", Channel, "x").ShouldBeNull();
    }

    [Fact]
    public void The_first_waiter_goes_first_in_whatever_order_they_ask_again()
    {
        for (var n = 0; n < 7; n++)
            Ask("greedy").ShouldBeNull();
        Ask("first").ShouldNotBeNull();
        Ask("second").ShouldNotBeNull();
        // There is room for one.
        clock.Advance(TimeSpan.FromSeconds(1));
        Ask("greedy").ShouldBe(TimeSpan.FromSeconds(1));
        Ask("second").ShouldBe(TimeSpan.FromSeconds(1));
        Ask("first").ShouldBeNull();
        Ask("second").ShouldBe(TimeSpan.FromSeconds(1));
    }

    [Fact]
    public void Who_does_not_come_back_does_not_hold_up_the_others_for_ever()
    {
        while (Ask("gone") is null) { }
        for (var n = 0; n < 100; n++)
            Ask($"gone-{n}");
        var left = Ask("here");
        var waited = TimeSpan.Zero;
        while (left is { } wait)
        {
            waited += wait;
            clock.Advance(wait);
            left = Ask("here");
        }
        waited.ShouldBeLessThan(TimeSpan.FromSeconds(90));
    }

    [Fact]
    public void What_Teams_asks_for_is_kept_to()
    {
        Ask("a").ShouldBeNull();
        pace.Hold(Tenant, Channel, TimeSpan.FromSeconds(30));
        pace.Hold(Tenant, Channel, TimeSpan.FromSeconds(3));
        Ask("a").ShouldBe(TimeSpan.FromSeconds(30));
        clock.Advance(TimeSpan.FromSeconds(30));
        Ask("a").ShouldBeNull();
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void No_window_of_any_limit_is_ever_overfull_and_none_is_left_empty(int seed)
    {
        var random = new Random(seed);
        var sent = new List<(DateTimeOffset At, int Who)>();
        var again = Enumerable.Range(0, 40).Select(who => (At: clock.GetUtcNow(), Who: who)).ToList();
        var end = clock.GetUtcNow() + TimeSpan.FromMinutes(70);
        while (again.Count > 0)
        {
            var next = again.MinBy(each => each.At);
            again.Remove(next);
            if (next.At > end)
                break;
            clock.AdvanceTo(next.At);
            if (Ask($"{next.Who}") is { } wait)
                again.Add((next.At + wait, next.Who));
            else
            {
                sent.Add((next.At, next.Who));
                again.Add((next.At + TimeSpan.FromMilliseconds(random.Next(50)), next.Who));
            }
        }
        foreach (var (count, seconds) in Limits)
            for (var n = count; n < sent.Count; n++)
                (sent[n].At - sent[n - count].At).TotalSeconds.ShouldBeGreaterThanOrEqualTo(seconds, $"{count + 1} within {seconds} s, from the {n}th");
        // Forty that always want to: as much as the hour allows, and everybody alike but for who comes back a moment sooner.
        sent.Count(each => each.At < sent[0].At + TimeSpan.FromHours(1)).ShouldBe(1800);
        var shares = sent.GroupBy(each => each.Who).Select(each => each.Count()).ToList();
        shares.Count.ShouldBe(40);
        (shares.Max() - shares.Min()).ShouldBeLessThanOrEqualTo(3);
    }

    TimeSpan? Ask(string who) => pace.NotYet(Tenant, Channel, who);
}
