using System.Net;
using BotDispatch.Chat;
using BotDispatch.Ports;
using BotDispatch.Teams;
using BotDispatch.Teams.Connector;
using BotDispatch.Teams.Inbound;
using BotDispatch.Tests.Adapters.Teams.Inbound;

namespace BotDispatch.Tests.Adapters.Teams.Handlers;

public sealed class TeamsCommandTests : IAsyncLifetime
{
    Organisation acme = null!;

    public async Task InitializeAsync() => acme = await Organisation.FoundedAsync();

    public async Task DisposeAsync() => await acme.DisposeAsync();

    [Theory]
    [InlineData("/dispatch INC-1042", "INC-1042")]
    [InlineData("Dispatch\u00a0INC-1042", "INC-1042")]
    [InlineData("INC-1042", "INC-1042")]
    [InlineData("/dispatch", "")]
    [InlineData("", "")]
    [InlineData("dispatcher is away", "dispatcher is away")]
    [InlineData("/status INC-1042", "status INC-1042")]
    [InlineData("/OnCall\u00a0", "OnCall")]
    [InlineData("/etc/hosts is full", "/etc/hosts is full")]
    [InlineData(", dispatch INC-1042", "INC-1042")]
    [InlineData(":\u00a0status INC-1042", "status INC-1042")]
    [InlineData(",", "")]
    public void The_name_of_the_command_is_no_part_of_it(string written, string text) => CommandText.Of(written).ShouldBe(text);

    [Fact]
    public async Task A_ticket_is_answered_in_its_thread_with_a_button_that_opens_the_dialog()
    {
        (await acme.Type("/dispatch inc-1042 @ann note: use gate B")).ShouldBe(new TeamsReply.Nothing());
        var post = await acme.Next<ConnectorCall.Send>();
        (post.ServiceUrl, post.Conversation).ShouldBe((Organisation.Address, "19:aa@thread.tacv2;messageid=1795329800519"));
        var card = Organisation.Card(post);
        Organisation.Words(card).ShouldStartWith("INC-1042 · Lift 2 is stuck");
        var opener = Organisation.Button(card, "Choose people");
        ((string)opener["msteams"]!["type"]!).ShouldBe("task/fetch");
        var dialog = (await acme.Fetch(opener)).ShouldBeOfType<TeamsReply.Dialog>();
        dialog.Title.ShouldBe("Dispatch");
        Organisation.Words(dialog.Card.AsObject()).ShouldContain("1. Ann Lee");
        ((string)Organisation.Field(dialog.Card.AsObject(), "note")["value"]!).ShouldBe("use gate B");
        ((string)Organisation.Field(dialog.Card.AsObject(), "people")["value"]!).ShouldBe("ann");
        await acme.NothingElse();
    }

    [Fact]
    public async Task Where_a_client_knows_no_dialogs_the_card_becomes_the_dialog()
    {
        await acme.Type("INC-1042");
        var form = (await acme.Execute(Organisation.Button(Organisation.Card(await acme.Next<ConnectorCall.Send>()), "Choose here"))).ShouldBeOfType<TeamsReply.CardAnswer>().Card.AsObject();
        var send = Organisation.Button(form, "Dispatch");
        Organisation.All(form).Count(each => (string?)each["type"] == "Action.Submit").ShouldBe(0);
        var wrong = (await acme.Execute(send, filled: ("note", "bring the key"))).ShouldBeOfType<TeamsReply.CardAnswer>().Card.AsObject();
        Organisation.Words(wrong).ShouldContain(ReplyText.PickSomebody);
        var begun = (await acme.Execute(send, filled: ("people", "ann"))).ShouldBeOfType<TeamsReply.CardAnswer>().Card.AsObject();
        Organisation.Words(begun).ShouldBe("It has started. Its card shows how it goes.");
        (await acme.Office.Engine.FindOpenByTicketAsync("INC-1042", default)).ShouldNotBeNull();
    }

    [Fact]
    public async Task Words_are_a_message_without_marks_in_the_thread_and_in_a_personal_chat()
    {
        acme.Office.Tickets.Tickets["INC-1042"] = new("INC-1042", "[bank](https://evil.example) <at>all</at>");
        await acme.Start("INC-1042");
        await acme.Type("status INC-1042");
        var post = await acme.Next<ConnectorCall.Send>();
        Organisation.Read(post.Activity.AsObject()).ShouldBe("INC-1042 [bank](https://evil.example) <at>all</at>: Calling. Calling Ann Lee now. Asked for by Dana.");
        ((string)post.Activity.AsObject()["text"]!).ShouldStartWith("INC-1042 &#91;bank&#93;(https:\u200B//evil.example) &lt;at&gt;all&lt;/at&gt;:");
        await acme.Type("list", Organisation.InPerson);
        (await acme.Next<ConnectorCall.Send>()).Conversation.ShouldBe("a:1");
    }

    [Fact]
    public async Task What_only_they_could_see_is_answered_to_them_alone()
    {
        await acme.Type("INC-9999", isTargeted: true);
        var words = await acme.Next<ConnectorCall.SendTargeted>();
        (words.Recipient, words.Conversation).ShouldBe(("29:dana", "19:aa@thread.tacv2;messageid=1795329800519"));
        ((string)words.Activity.AsObject()["text"]!).ShouldStartWith("There is no ticket INC-9999.");
        await acme.Type("INC-1042", isTargeted: true);
        (await acme.Next<ConnectorCall.SendTargeted>()).Activity.AsObject()["attachments"].ShouldNotBeNull();
        await acme.Type("list", Organisation.InPerson, isTargeted: true);
        await acme.Next<ConnectorCall.Send>();
    }

    [Theory]
    [InlineData(""), InlineData("/dispatch"), InlineData("help")]
    public async Task Without_a_word_there_is_help(string text)
    {
        await acme.Type(text);
        (await acme.NextSaid()).ShouldBe(ReplyText.Help);
    }

    [Fact]
    public async Task Every_line_is_a_paragraph_and_what_is_copied_from_it_can_be_sent()
    {
        await acme.Type("help");
        var help = (string)(await acme.Next<ConnectorCall.Send>()).Activity.AsObject()["text"]!;
        help.Split("\n\n").Length.ShouldBe(ReplyText.Help.Split('\n').Length);
        var copied = WebUtility.HtmlDecode(help.Split("\n\n")[1].Split(" – ")[0]);
        ((string)Organisation.Field(await acme.Open(copied), "people")["value"]!).ShouldBe("ann,bob");
    }

    [Fact]
    public async Task A_slow_ticket_system_is_waited_for_and_then_named()
    {
        acme.Office.Tickets.Instead = new TaskCompletionSource<FoundTicket>().Task;
        (await acme.Type("INC-1042")).ShouldBe(new TeamsReply.Nothing());
        await acme.Pass(TimeSpan.FromSeconds(20));
        Organisation.Words(Organisation.Card(await acme.Next<ConnectorCall.Send>()))
            .ShouldContain("We could not look the ticket up in the ticket system (no answer in 20 seconds). You can dispatch what you typed");
    }

    [Fact]
    public async Task A_place_that_takes_nothing_is_passed_by_for_the_chat_with_them()
    {
        acme.Instead = call => call is ConnectorCall.Send { Conversation: not "a:dana" } ? new ConnectorAnswer.Refused("BotNotInConversationRoster", Refusal.NotInRoster) : null;
        await acme.Type("list");
        await acme.Next<ConnectorCall.Send>();
        var opening = await acme.Next<ConnectorCall.PersonalChat>();
        (opening.Tenant, opening.Bot, opening.Person).ShouldBe((Organisation.Tenant, "28:bot", "29:dana"));
        (await acme.Next<ConnectorCall.Send>()).Conversation.ShouldBe("a:dana");
        acme.Instead = call => new ConnectorAnswer.Refused("BotDisabledByAdmin", Refusal.Disabled);
        await acme.Type("list");
        await acme.Next<ConnectorCall.Send>();
        await acme.Next<ConnectorCall.PersonalChat>();
        await acme.NothingElse();
        acme.Log.Lines.ShouldBe(["652 Warning Somebody in Teams could not be told what became of their wish: BotDisabledByAdmin, and no chat with them: BotDisabledByAdmin"]);
    }

    [Fact]
    public async Task What_surely_was_not_said_is_said_again_three_times_at_most_and_what_may_have_been_once()
    {
        acme.Instead = _ => new ConnectorAnswer.Throttled(TimeSpan.FromSeconds(2));
        await acme.Type("list");
        await acme.Next<ConnectorCall.Send>();
        await acme.Pass(TimeSpan.FromSeconds(2));
        await acme.Next<ConnectorCall.Send>();
        acme.Instead = _ => new ConnectorAnswer.Busy();
        await acme.Pass(TimeSpan.FromSeconds(2));
        await acme.Next<ConnectorCall.Send>();
        await acme.NothingElse();
        acme.Log.Lines.ShouldHaveSingleItem().ShouldContain("too much is sent there");
        acme.Instead = _ => new ConnectorAnswer.Lost("no answer");
        await acme.Type("list");
        await acme.Next<ConnectorCall.Send>();
        await acme.Pass(TimeSpan.FromSeconds(1));
        await acme.Next<ConnectorCall.Send>();
        await acme.NothingElse();
        acme.Log.Lines.Count.ShouldBe(1);
    }

    [Fact]
    public async Task An_answer_waits_its_turn_behind_what_else_is_sent_there()
    {
        for (var card = 0; card < 7; card++)
            acme.Pace.NotYet(Organisation.Tenant, "19:aa@thread.tacv2", $"card {card}").ShouldBeNull();
        await acme.Type("list");
        await acme.Pass(TimeSpan.FromSeconds(1));
        (await acme.NextSaid()).ShouldNotBeEmpty();
        acme.Instead = _ => new ConnectorAnswer.Throttled(TimeSpan.FromSeconds(20));
        await acme.Type("list", Organisation.InPerson);
        await acme.Next<ConnectorCall.Send>();
        acme.Pace.NotYet(Organisation.Tenant, "a:1", "card").ShouldBe(TimeSpan.FromSeconds(20));
    }

    [Fact]
    public async Task An_answer_that_has_to_wait_again_and_again_is_not_given_up()
    {
        var second = TimeSpan.FromSeconds(1);
        acme.Pace.Hold(Organisation.Tenant, "19:aa@thread.tacv2", second);
        await acme.Type("list");
        for (var times = 0; times < 5; times++)
        {
            acme.Pace.Hold(Organisation.Tenant, "19:aa@thread.tacv2", 2 * second);
            await acme.Pass(second);
        }
        await acme.Pass(second);
        (await acme.NextSaid()).ShouldNotBeEmpty();
    }

    [Fact]
    public async Task A_mention_is_looked_up_by_the_id_that_others_know_too()
    {
        acme.Office.EmailOf = person => Task.FromResult(person.UserId == $"{Organisation.Tenant}/a22" ? "ann@example.com" : null);
        await acme.Type("list", from: new(Organisation.Tenant, "29:ann", "a22", "Ann"));
        await acme.Next<ConnectorCall.Send>();
        await acme.Type("INC-1042 <at>Ann</at>", mentions: new Mention("<at>Ann</at>", TeamsAddress.Person(Organisation.Tenant, null, "29:ann", "Ann")));
        var dialog = (await acme.Fetch(Organisation.Button(Organisation.Card(await acme.Next<ConnectorCall.Send>()), "Choose people"))).ShouldBeOfType<TeamsReply.Dialog>();
        Organisation.Words(dialog.Card.AsObject()).ShouldContain("1. Ann Lee");
        await acme.Type("INC-1042 <at>Zoe</at>", mentions: new Mention("<at>Zoe</at>", TeamsAddress.Person(Organisation.Tenant, null, "29:zoe", "Zoe")));
        (await acme.NextSaid()).ShouldStartWith("Zoe is not linked to anybody in the employee directory.");
    }

    [Fact]
    public async Task A_captured_command_gets_its_card_in_its_thread()
    {
        await acme.Take(Captured.Read("message-channel-new-post-mention"));
        var post = await acme.Next<ConnectorCall.Send>();
        (post.ServiceUrl, post.Conversation).ShouldBe(("http://localhost:56150/_connector", "channel-announcements-id;messageid=1795329800519"));
        Organisation.Button(Organisation.Card(post), "Choose people").ShouldNotBeNull();
    }

    [Fact]
    public async Task Nothing_that_was_captured_breaks_it()
    {
        foreach (var name in Captured.Names)
            (await acme.Take(Captured.Read(name))).ShouldNotBeNull(name);
    }
}
