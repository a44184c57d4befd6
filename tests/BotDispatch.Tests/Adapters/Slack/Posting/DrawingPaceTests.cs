using BotDispatch.Slack;
using BotDispatch.Slack.Posting;
using Microsoft.Extensions.Options;

namespace BotDispatch.Tests.Adapters.Slack.Posting;

/// <summary>Cards that go on leave Slack's updates to those that say how a dispatch ended.</summary>
public class DrawingPaceTests
{
    readonly ManualClock clock = new();

    [Fact]
    public void A_card_that_says_the_end_never_waits()
    {
        var pace = Pace();
        for (var n = 0; n < 200; n++)
            pace.NotYet("T1", $"ended {n}", isFinal: true).ShouldBeNull();
    }

    [Fact]
    public void Open_cards_are_drawn_at_once_while_few_dispatches_end_and_never_more_often_than_Slack_accepts()
    {
        var pace = Pace();
        Drawn(pace).ShouldBe(46);
        clock.Advance(DrawingPace.Within - TimeSpan.FromMilliseconds(1));
        Drawn(pace).ShouldBe(0);
        pace.NotYet("T1", "card 46", isFinal: false).ShouldBe(TimeSpan.FromMilliseconds(1));
        clock.Advance(TimeSpan.FromMilliseconds(1));
        Drawn(pace).ShouldBe(45, "the card that asked first keeps its place");
        pace.NotYet("T1", "card 46", isFinal: false).ShouldBeNull();
    }

    [Fact]
    public void The_more_dispatches_end_the_fewer_open_cards_are_drawn()
    {
        var pace = Pace();
        for (var n = 0; n < 10; n++)
            pace.NotYet("T1", $"ended {n}", isFinal: true);
        Drawn(pace).ShouldBe(26);
        for (var n = 0; n < 30; n++)
            pace.NotYet("T1", $"ended {n}", isFinal: true);
        clock.Advance(TimeSpan.FromSeconds(30));
        Drawn(pace).ShouldBe(0);
        clock.Advance(TimeSpan.FromSeconds(30));
        Drawn(pace).ShouldBe(46, "a minute later none of them counts");
    }

    [Fact]
    public void Each_workspace_has_its_own_and_without_limits_nobody_waits()
    {
        var pace = Pace();
        Drawn(pace).ShouldBe(46);
        pace.NotYet("T2", "card", isFinal: false).ShouldBeNull();
        Drawn(Pace(perSecond: 0)).ShouldBe(500);
    }

    [Fact]
    public void Cards_that_wait_are_drawn_in_the_order_of_asking_each_at_a_moment_of_its_own()
    {
        var pace = Pace();
        for (var n = 0; n < 46; n++, clock.Advance(TimeSpan.FromSeconds(1)))
            pace.NotYet("T1", $"drawn {n}", isFinal: false).ShouldBeNull();
        // The first of the 46 counts for 14 s more.
        Enumerable.Range(0, 50).Select(n => pace.NotYet("T1", $"card {n}", isFinal: false)!.Value.TotalSeconds)
            .ShouldBe(Enumerable.Range(0, 50).Select(n => n < 46 ? 14.0 + n : 74 + n - 46));
        clock.Advance(TimeSpan.FromSeconds(14));
        pace.NotYet("T1", "card 7", isFinal: false).ShouldBe(TimeSpan.FromSeconds(7), "it was woken early and keeps its place");
        pace.NotYet("T1", "a new card", isFinal: false)!.Value.ShouldBeGreaterThan(TimeSpan.FromSeconds(60), "nobody is overtaken");
        pace.NotYet("T1", "card 0", isFinal: false).ShouldBeNull();
    }

    [Fact]
    public void A_card_that_is_drawn_as_ended_or_never_comes_again_gives_its_place_to_the_next()
    {
        var pace = Pace();
        for (var n = 0; n < 46; n++, clock.Advance(TimeSpan.FromSeconds(1)))
            pace.NotYet("T1", $"drawn {n}", isFinal: false);
        clock.Advance(TimeSpan.FromTicks(1));
        foreach (var (card, seconds) in (IEnumerable<(string, int)>)[("lost", 14), ("second", 15), ("third", 16)])
            pace.NotYet("T1", card, isFinal: false).ShouldBe(TimeSpan.FromSeconds(seconds), "rounded up to whole milliseconds");
        pace.NotYet("T1", "second", isFinal: true).ShouldBeNull();
        pace.NotYet("T1", "third", isFinal: false).ShouldBe(TimeSpan.FromSeconds(17), "one that ended leaves room for two less");
        clock.Advance(TimeSpan.FromSeconds(20));
        pace.NotYet("T1", "third", isFinal: false).ShouldBeNull();
    }

    DrawingPace Pace(double perSecond = 1) => new(Options.Create(new SlackOptions { MessagesPerSecondPerChannel = perSecond }), clock);

    static int Drawn(DrawingPace pace)
    {
        for (var n = 0; n < 500; n++)
            if (pace.NotYet("T1", $"card {n}", isFinal: false) is not null)
                return n;
        return 500;
    }
}
