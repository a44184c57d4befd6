using BotDispatch.Slack;
using BotDispatch.Slack.Posting;
using Microsoft.Extensions.Options;

namespace BotDispatch.Tests.Adapters.Slack.Posting;

public sealed class PostingPaceTests
{
    readonly ManualClock clock = new();
    readonly PostingPace pace;

    public PostingPaceTests() => pace = At(1);

    [Fact]
    public void Turns_come_in_the_order_in_which_they_were_asked_for()
    {
        Ask("a").ShouldBe(0);
        Ask("b").ShouldBe(1);
        Ask("c").ShouldBe(2);
        Ask("b").ShouldBe(1, "asking again moves nobody");
        clock.Advance(TimeSpan.FromSeconds(1.5));
        Ask("c").ShouldBe(0.5);
        Ask("a").ShouldBe(1.5, "behind those who came before");
        Ask("b").ShouldBe(0);
        Ask("b").ShouldBe(2.5, "a turn is used once");
    }

    [Fact]
    public void Channels_and_installations_do_not_wait_for_each_other()
    {
        Ask("a").ShouldBe(0);
        Ask("a", "C2").ShouldBe(0);
        pace.Ask("T2", "C1", "a").ShouldBe(TimeSpan.Zero);
    }

    [Fact]
    public void Nobody_comes_too_early_for_want_of_a_millisecond()
    {
        Ask("a");
        Ask("b").ShouldBe(1);
        clock.Advance(TimeSpan.FromMilliseconds(997));
        Ask("b").ShouldBe(0);
    }

    [Fact]
    public void A_turn_that_nobody_came_for_is_lost()
    {
        for (var i = 0; i < 5; i++)
            Ask($"{i}");
        clock.Advance(TimeSpan.FromMinutes(1));
        Enumerable.Range(0, 5).Select(i => Ask($"{i}")).ShouldBe([0, 1, 2, 3, 4], "they do not all come at once");
    }

    [Fact]
    public void A_quiet_channel_saves_no_turns_up()
    {
        clock.Advance(TimeSpan.FromHours(1));
        Ask("a").ShouldBe(0);
        Ask("b").ShouldBe(1);
    }

    [Fact]
    public void Another_pace_or_none_can_be_set()
    {
        var fast = At(4);
        fast.Ask("T1", "C1", "a");
        fast.Ask("T1", "C1", "b").ShouldBe(TimeSpan.FromMilliseconds(250));
        var none = At(0);
        Enumerable.Range(0, 9).Select(i => none.Ask("T1", "C1", $"{i}")).ShouldAllBe(wait => wait == TimeSpan.Zero);
    }

    PostingPace At(double perSecond) => new(Options.Create(new SlackOptions { MessagesPerSecondPerChannel = perSecond }), clock);

    double Ask(string who, string channel = "C1") => pace.Ask("T1", channel, who).TotalSeconds;
}
