using BotDispatch.Slack.Inbound;

namespace BotDispatch.Tests.Adapters.Slack.Handlers;

public sealed class SlackMarkupTests
{
    [Theory]
    [InlineData("INC-42", "INC-42")]
    [InlineData("a &amp;&amp; b &lt;c&gt; &amp;lt;", "a && b <c> &lt;")]
    [InlineData("see <http://example.com|example.com> now", "see example.com now")]
    [InlineData("<https://example.com/a?b=1&amp;c=2>", "https://example.com/a?b=1&c=2")]
    [InlineData("<https://tickets.example.com/INC-42|Lift 2 is stuck>", "https://tickets.example.com/INC-42")]
    [InlineData("cancel <https://tickets.example.com/INC-42|Lift 2 is stuck>", "cancel https://tickets.example.com/INC-42")]
    [InlineData("mail <mailto:ann@example.com|ann@example.com>", "mail ann@example.com")]
    [InlineData("<mailto:ann@example.com>", "ann@example.com")]
    [InlineData("in <#C1|ops> and <#C2|>", "in #ops and #C2")]
    [InlineData("<!here> <!channel|channel> <!subteam^S1|@lifts> <!subteam^S2>", "@here channel @lifts @subteam")]
    [InlineData("<!date^1700000000^{date}|14 November>", "14 November")]
    [InlineData("<> <|> <@>", "<> <|> <@>")]
    [InlineData("switch <core-sw-2> down, <@home> <#3 pump> <!important> <valve 7|left>", "switch <core-sw-2> down, <@home> <#3 pump> <!important> <valve 7|left>")]
    [InlineData("a < b > c, call <5 min or >3", "a < b > c, call <5 min or >3")]
    public void What_Slack_made_of_a_typed_text_is_what_was_typed(string sent, string typed)
    {
        var read = SlackMarkup.Read(sent);
        read.Text.ShouldBe(typed);
        read.Mentions.ShouldBeEmpty();
    }

    [Fact]
    public void People_stay_marked_in_their_order()
    {
        var read = SlackMarkup.Read("INC-1 <@U1|ann &amp; co> <@W2> <@U1>");
        read.Text.ShouldBe("INC-1 <@U1> <@W2> <@U1>");
        read.Mentions.ShouldBe([new("<@U1>", new("slack", "U1", "ann & co")), new("<@W2>", new("slack", "W2", "")), new("<@U1>", new("slack", "U1", ""))]);
    }

    [Theory]
    [InlineData("<@U0BOT> status INC-1", "status INC-1")]
    [InlineData("hey <@U0BOT|bot> INC-1 <@U1>", "hey   INC-1 <@U1>")]
    [InlineData("<@U0BOT> <@U0BOT>: INC-1", ": INC-1")]
    [InlineData("cancel INC-1 <@U0BOT>", "cancel INC-1")]
    [InlineData("<@U0BOT>", "")]
    [InlineData("&gt; <@U0BOT> cancel INC-1\n<@U0BOT> status INC-1", "status INC-1")]
    [InlineData("<@U0BOT> status INC-1\n&gt;&gt;&gt; and so\n<@U0BOT> on", "status INC-1")]
    public void The_bots_own_mention_is_no_part_of_the_command(string sent, string command) => SlackMarkup.WrittenTo("U0BOT", sent).ShouldBe(command);

    [Theory]
    [InlineData("<@U0BOT2> x")]
    [InlineData("cancel INC-1")]
    [InlineData("@BotDispatch cancel INC-1")]
    [InlineData("<!subteam^U0BOT> cancel INC-1")]
    [InlineData("&gt; <@U0BOT> cancel INC-1\nwhy was that?")]
    [InlineData("why was that?\n &gt;<@U0BOT> cancel INC-1")]
    [InlineData("look:\n&gt;&gt;&gt; somebody wrote\n<@U0BOT> cancel INC-1")]
    [InlineData("")]
    public void Who_is_not_named_or_only_quoted_is_not_written_to(string sent) => SlackMarkup.WrittenTo("U0BOT", sent).ShouldBeNull();

    [Fact]
    public void While_nobody_knows_who_the_bot_is_nothing_is_written_to_it() => SlackMarkup.WrittenTo("", "<@> cancel INC-1").ShouldBeNull();
}
