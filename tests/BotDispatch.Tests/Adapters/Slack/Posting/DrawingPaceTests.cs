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
            pace.NotYet("T1", isFinal: true).ShouldBeNull();
    }

    [Fact]
    public void Open_cards_are_drawn_at_once_while_few_dispatches_end_and_never_more_often_than_Slack_accepts()
    {
        var pace = Pace();
        Drawn(pace).ShouldBe(46);
        clock.Advance(DrawingPace.Within - TimeSpan.FromMilliseconds(1));
        Drawn(pace).ShouldBe(0);
        pace.NotYet("T1", isFinal: false).ShouldBe(TimeSpan.FromMilliseconds(1));
        clock.Advance(TimeSpan.FromMilliseconds(1));
        Drawn(pace).ShouldBe(46);
    }

    [Fact]
    public void The_more_dispatches_end_the_fewer_open_cards_are_drawn()
    {
        var pace = Pace();
        for (var n = 0; n < 10; n++)
            pace.NotYet("T1", isFinal: true);
        Drawn(pace).ShouldBe(26);
        for (var n = 0; n < 30; n++)
            pace.NotYet("T1", isFinal: true);
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
        pace.NotYet("T2", isFinal: false).ShouldBeNull();
        Drawn(Pace(perSecond: 0)).ShouldBe(500);
    }

    DrawingPace Pace(double perSecond = 1) => new(Options.Create(new SlackOptions { MessagesPerSecondPerChannel = perSecond }), clock);

    static int Drawn(DrawingPace pace)
    {
        for (var n = 0; n < 500; n++)
            if (pace.NotYet("T1", isFinal: false) is not null)
                return n;
        return 500;
    }
}
