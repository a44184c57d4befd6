using System.Text.Json.Nodes;
using BotDispatch.Chat;
using BotDispatch.Teams.Inbound;
using static BotDispatch.Chat.ChatAction;

namespace BotDispatch.Tests.Adapters.Teams.Inbound;

public sealed class CommandReaderTests
{
    const string Bot = "00000000-0000-0000-0000-00000000000011";
    const string Tenant = "00000000-0000-0000-0000-0000000000001";

    static TeamsDelivery Read(string text, params (string Text, string Id, string? Aad)[] mentions) => Captured.Read("message-groupChat-mention", body =>
    {
        body["text"] = text;
        body["entities"] = new JsonArray([.. mentions.Select(each => new JsonObject
        {
            ["type"] = "mention",
            ["text"] = each.Text,
            ["mentioned"] = new JsonObject { ["id"] = each.Id, ["name"] = each.Text.Replace("<at>", "", StringComparison.Ordinal).Replace("</at>", "", StringComparison.Ordinal), ["aadObjectId"] = each.Aad },
        })]);
    });

    static Mentioned Written(string text, params (string Text, string Id, string? Aad)[] mentions) => Read(text, mentions).Action.ShouldBeOfType<Mentioned>();

    [Theory]
    [InlineData("<at>Bot</at> /dispatch INC-1", "/dispatch INC-1"), InlineData("<at>Bot</at>\u00a0dispatch&nbsp;INC-1\r\n", "dispatch INC-1"), InlineData("hello <at>Bot</at>", "hello"), InlineData("<at>Bot</at>", "")]
    [InlineData("<at>Bot</at> a &amp; b &lt;c&gt;", "a & b <c>"), InlineData("<at>Bot</at> a\r\nb", "a\nb"), InlineData("  <at>Bot</at>  \n", "")]
    public void The_mention_of_the_bot_is_no_part_of_the_command(string text, string command) =>
        Written(text, ("<at>Bot</at>", Bot, null)).Text.ShouldBe(command);

    [Theory]
    [InlineData("<quoted messageId=\"1778622003149\"/> <at>Bot</at> dispatch INC-1", "dispatch INC-1"), InlineData("<at>Bot</at> status INC-1\r\n<quoted messageId=\"1\"/>", "status INC-1")]
    [InlineData("<quoted messageId=\"1\"/>\n<quoted messageId=\"2\" />\n<at>Bot</at> INC-1", "INC-1"), InlineData("<at>Bot</at> who was quoted?", "who was quoted?"), InlineData("<quoted messageId=\"1\"/><at>Bot</at>", "")]
    public void What_a_reply_quotes_is_no_part_of_the_command(string text, string command) =>
        Written(text, ("<at>Bot</at>", Bot, null)).Text.ShouldBe(command);

    [Theory]
    [InlineData("editMessage"), InlineData("undeleteMessage"), InlineData("softDeleteMessage")]
    public void An_edited_message_is_no_command_in_whatever_activity_it_comes(string eventType) =>
        Captured.Read("message-groupChat-mention", body => body["channelData"]!["eventType"] = eventType).Action.ShouldBeOfType<Unknown>();

    const string Reply = "<blockquote itemscope=\"\" itemtype=\"http://schema.skype.com/Reply\" itemid=\"1693\"><strong itemprop=\"mri\">Eve</strong><p itemprop=\"preview\"><at id=\"0\">Bot</at> cancel INC-7</p></blockquote>";
    const string Forward = "<blockquote itemtype=\"http://schema.skype.com/Forward\"><p><span itemtype=\"http://schema.skype.com/Mention\" itemid=\"0\">Bot</span>&nbsp;cancel INC-7</p></blockquote>";
    const string Named = "<span itemtype=\"http://schema.skype.com/Mention\" itemid=\"1\">Bot</span>";

    static TeamsDelivery Quoting(string html, string kind = "message-groupChat-mention") => Captured.Read(kind, body =>
    {
        // The plain text runs everything together.
        body["text"] = "Eve\n<at>Bot</at> cancel INC-7\n<at>Bot</at> status INC-7";
        body["entities"] = new JsonArray([.. Enumerable.Range(0, 2).Select(_ => new JsonObject { ["type"] = "mention", ["text"] = "<at>Bot</at>", ["mentioned"] = new JsonObject { ["id"] = Bot, ["name"] = "Bot" } })]);
        body["attachments"] = new JsonArray(new JsonObject { ["contentType"] = "text/html", ["content"] = html });
    });

    [Theory]
    [InlineData(Reply + "<p>" + Named + "&nbsp;status INC-7</p>"), InlineData("<p>" + Named + " status INC-7</p>" + Forward), InlineData("<div>" + Forward + Reply + Named + "\u00a0status INC-7</div>")]
    [InlineData("<blockquote>outer " + Reply + " more</blockquote><p><at id=\"1\">Bot</at> status INC-7</p>"), InlineData("<p>" + Named + " status INC-7</p><blockquote>never closed cancel INC-7")]
    public void What_a_message_quotes_or_forwards_is_no_part_of_the_command(string html) => Quoting(html).Action.ShouldBeOfType<Mentioned>().Text.ShouldBe("status INC-7");

    [Theory]
    [InlineData(Reply), InlineData(Forward), InlineData(Reply + "<p>who wrote this?</p>"), InlineData("<p>look at that</p>" + Forward)]
    public void Who_is_mentioned_only_in_what_is_quoted_is_not_spoken_to(string html) => Quoting(html).Action.ShouldBeOfType<Unknown>();

    [Fact]
    public void What_is_forwarded_to_the_bot_itself_is_not_done() => Quoting(Forward, "message-personal").Action.ShouldBeOfType<Mentioned>().Text.ShouldBeEmpty();

    [Theory]
    [InlineData("&gt; <at>Bot</at> cancel INC-7\n<at>Bot</at> status INC-7", "status INC-7"), InlineData("<attachment id=\"1693\"></attachment><at>Bot</at> status", "status")]
    [InlineData("<at id=\"0\">Bot</at> status", "status")]
    public void A_quote_in_plain_text_is_no_part_of_the_command_either(string text, string command) =>
        Written(text, ("<at>Bot</at>", Bot, null)).Text.ShouldBe(command);

    [Fact]
    public void A_mention_that_does_not_stand_in_the_text_names_nobody() => Read("cancel INC-7", ("<at>Bot</at>", Bot, null)).Action.ShouldBeOfType<Unknown>();

    [Fact]
    public void Named_twice_with_one_entity_the_bot_is_no_part_of_the_command_either() =>
        Written("<at>Bot</at> <at>Bot</at>: status INC-7", ("<at>Bot</at>", Bot, null)).Text.ShouldBe(": status INC-7");

    [Fact]
    public void Everybody_else_who_is_mentioned_stays_in_the_text_and_is_known()
    {
        var command = Written("<at>Bot</at> INC-1 <at>Ann&nbsp;&amp; Co</at> then <at>Bob</at>", ("<at>Bot</at>", Bot, null), ("<at>Ann&nbsp;&amp; Co</at>", "29:ann", "aad-ann"), ("<at>Bob</at>", "29:bob", null));
        command.Text.ShouldBe("INC-1 <at>Ann & Co</at> then <at>Bob</at>");
        command.Mentions.Select(each => (each.Token, each.Person.UserId)).ShouldBe([("<at>Ann & Co</at>", $"{Tenant}/aad-ann"), ("<at>Bob</at>", $"{Tenant}/29:bob")]);
        CommandGrammar.Parse(command.Text, command.Mentions).ShouldBeOfType<ChatCommand.Open>().People.Select(each => ((NamedPerson.Mentioned)each).Person).ShouldBe(command.Mentions.Select(each => each.Person));
    }

    [Fact]
    public void Somebody_who_is_called_like_the_bot_is_still_somebody()
    {
        var command = Written("<at>Bot</at> INC-1 to <at>Bot</at>", ("<at>Bot</at>", Bot, null), ("<at>Bot</at>", "29:bot", null));
        (command.Text, command.Mentions.ShouldHaveSingleItem().Person.UserId).ShouldBe(("INC-1 to <at>Bot</at>", $"{Tenant}/29:bot"));
    }

    [Fact]
    public void The_bot_is_known_by_its_id_and_not_by_its_name()
    {
        Read("<at>Dispatch Bot</at> INC-1", ("<at>Dispatch Bot</at>", "29:stranger", null)).Action.ShouldBeOfType<Unknown>();
        Read("Dispatch Bot INC-1").Action.ShouldBeOfType<Unknown>();
    }

    [Fact]
    public void The_bot_may_be_mentioned_twice_and_in_the_middle() =>
        Written("<at>Bot</at> <at>Bot</at> INC-1", ("<at>Bot</at>", Bot, null), ("<at>Bot</at>", Bot, null)).Text.ShouldBe("INC-1");

    [Fact]
    public void What_only_its_writer_sees_needs_no_mention()
    {
        var targeted = Captured.Read("message-groupChat-mention", body =>
        {
            body["entities"] = new JsonArray();
            (body["text"], body["recipient"]!["isTargeted"]) = ("dispatch INC-1", true);
        });
        (targeted.Action.ShouldBeOfType<Mentioned>().Text, targeted.IsTargeted).ShouldBe(("dispatch INC-1", true));
    }

    [Theory]
    [InlineData(null), InlineData("")]
    public void In_a_personal_chat_everything_is_for_the_bot_also_a_picture(string? text) =>
        Captured.Read("message-personal", body => body["text"] = text).Action.ShouldBeOfType<Mentioned>().Text.ShouldBeEmpty();

    [Fact]
    public void What_the_bot_itself_says_is_no_command() => Captured.Read("message-personal", body => body["from"]!["id"] = Bot).Action.ShouldBeOfType<Unknown>();

    [Fact]
    public void A_press_of_a_plain_button_needs_no_mention_and_may_bring_text() =>
        Captured.Read("message-action-submit", body => body["text"] = "Cancel").Data["dispatchId"].ShouldBe("d-1");

    [Fact]
    public void A_message_with_an_empty_value_is_a_message() => Captured.Read("message-personal", body => body["value"] = new JsonObject()).Action.ShouldBeOfType<Mentioned>();

    [Theory]
    [InlineData("<p>Pump <b>4</b> leaks</p><p>since&nbsp;noon</p>", "Pump 4 leaks\nsince noon"), InlineData("a<br>b<br/>c", "a\nb\nc"), InlineData("a < b &lt;c&gt; &amp;amp;", "a < b <c> &amp;")]
    [InlineData("<div>one</div>\r\n<div>two  three</div>", "one\ntwo three"), InlineData("<at id=\"0\">Ann Lee</at> look", "Ann Lee look"), InlineData("<attachment id=\"x\">hidden</attachment>seen", "seen")]
    [InlineData("<img alt=\"🙂\" src=\"x\"> fine", "🙂 fine"), InlineData("<script>alert(1)</script>x<style>p{}</style>", "x"), InlineData("<!-- note -->x", "x"), InlineData("broken <b", "broken"), InlineData("<script>never closed", "")]
    [InlineData("<ul><li>a</li><li>b</li></ul>", "a\nb"), InlineData("", ""), InlineData("<", "<"), InlineData("1 <2 and 3> 2", "1 <2 and 3> 2"), InlineData("<B\n>x</B >", "x")]
    [InlineData("switch <core-sw-2> down, use <core-sw-1>", "switch <core-sw-2> down, use <core-sw-1>"), InlineData("<p>x<y and <valve 7></p>", "x<y and <valve 7>")]
    [InlineData("mail <ann@example.com>", "mail <ann@example.com>"), InlineData("cool < b and lost words", "cool < b and lost words"), InlineData("a <b and lost words", "a <b and lost words")]
    [InlineData("<a title=\"1 > 0\" href='x'>link</a> <a href=\"https://exam", "link"), InlineData("List<string> of <b>x</b>", "List<string> of x")]
    public void The_words_of_a_chosen_message_are_read_out_of_its_markup(string html, string text) => HtmlText.Plain(html).ShouldBe(text);

    [Fact]
    public void However_long_markup_is_it_is_read_in_no_time() => HtmlText.Plain(string.Concat(Enumerable.Repeat("<p><attachment id='1'>", 20_000))).ShouldBeEmpty();
}
