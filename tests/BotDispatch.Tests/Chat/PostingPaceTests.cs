using BotDispatch.Chat;

namespace BotDispatch.Tests.Chat;

/// <summary>One message a second in each channel, as for Slack. The limits of Teams have tests of their own.</summary>
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
        Ask("a").ShouldBe(2, "behind those who came before, one second after the other");
        Ask("b").ShouldBe(0);
        Ask("b").ShouldBe(3, "a turn is used once");
        Ask("c").ShouldBe(1, "a second after the message before it, which was late");
    }

    [Fact]
    public void Channels_and_installations_do_not_wait_for_each_other()
    {
        Ask("a").ShouldBe(0);
        Ask("a", "C2").ShouldBe(0);
        pace.NotYet("T2", "C1", "a").ShouldBeNull();
    }

    [Fact]
    public void Nobody_comes_too_early_for_want_of_a_millisecond()
    {
        var third = At(3);
        third.NotYet("T1", "C1", "a").ShouldBeNull();
        var wait = third.NotYet("T1", "C1", "b").ShouldNotBeNull();
        wait.ShouldBe(TimeSpan.FromMilliseconds(334));
        clock.Advance(wait);
        third.NotYet("T1", "C1", "b").ShouldBeNull();
    }

    [Fact]
    public void A_turn_that_is_not_used_expires_and_those_behind_move_up()
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
        fast.NotYet("T1", "C1", "a");
        fast.NotYet("T1", "C1", "b").ShouldBe(TimeSpan.FromMilliseconds(250));
        var none = At(0);
        none.Hold("T1", "C1", TimeSpan.FromMinutes(1));
        Enumerable.Range(0, 9).Select(i => none.NotYet("T1", "C1", $"{i}")).ShouldAllBe(wait => wait == null);
    }

    PostingPace At(double perSecond) => PostingPace.Even(clock, perSecond);

    double Ask(string who, string channel = "C1") => pace.NotYet("T1", channel, who)?.TotalSeconds ?? 0;
}
