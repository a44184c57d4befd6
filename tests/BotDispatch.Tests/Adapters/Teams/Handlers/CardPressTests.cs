using BotDispatch.Chat;
using BotDispatch.Core;
using BotDispatch.Storage;
using BotDispatch.Teams.Connector;
using BotDispatch.Teams.Inbound;

namespace BotDispatch.Tests.Adapters.Teams.Handlers;

public sealed class CardPressTests : IAsyncLifetime
{
    Organisation acme = null!;

    public async Task InitializeAsync() => acme = await Organisation.FoundedAsync();

    public async Task DisposeAsync() => await acme.DisposeAsync();

    [Fact]
    public async Task The_presser_sees_the_card_as_it_is_after_the_press()
    {
        var dispatch = await acme.Start("INC-1042");
        Headline(await acme.Press(CardAction.Cancel, dispatch)).ShouldBe("Cancelled by Dana.");
        (await acme.Press(CardAction.Cancel, dispatch)).ShouldBeOfType<TeamsReply.CardMessage>().Text.ShouldStartWith("It is closed: Cancelled.");
        Headline(await acme.Press(CardAction.Cancel, dispatch, isRefresh: true)).ShouldBe("Cancelled by Dana.");
    }

    [Theory]
    [InlineData(false, false, 0)]
    [InlineData(true, false, 1)]
    [InlineData(true, true, 1)]
    public async Task A_card_is_drawn_again_for_everybody_where_something_happened_while_an_answer_was_on_its_way(bool happens, bool isElsewhere, int drawn)
    {
        var dispatch = await acme.Start("INC-1042");
        (await acme.Take(acme.Executed(Organisation.Dana, isElsewhere ? Organisation.InPerson : Organisation.Ops, "dispatch_cancel", Organisation.Pressed(dispatch), isRefresh: true))).ShouldBeOfType<TeamsReply.CardAnswer>();
        if (happens)
            await acme.Office.Engine.ApplyAsync(dispatch, new DispatchInput.Cancel(Organisation.Dana.Person), default);
        var looked = new TaskCompletionSource();
        acme.BeforeFinding = () =>
        {
            looked.SetResult();
            return Task.CompletedTask;
        };
        await acme.Pass(TimeSpan.FromSeconds(4));
        await looked.Task.WaitAsync(TimeSpan.FromSeconds(20));
        await acme.NothingElse();
        acme.DrawnAgain.ShouldBe(Enumerable.Repeat((dispatch, 0), drawn));
    }

    [Fact]
    public async Task What_is_said_under_a_card_leads_nowhere()
    {
        acme.Office.Access.Cancel.Add("[bank](https://evil.example)<at>all</at>");
        (await acme.Press(CardAction.Cancel, await acme.Start("INC-1042"))).ShouldBeOfType<TeamsReply.CardMessage>().Text
            .ShouldBe("You may not cancel a dispatch. Ask somebody who may: [bank]\u200B(https:\u200B//evil.example)<\u200Bat>all<\u200B/at>.");
    }

    [Fact]
    public async Task Other_tenants_are_shown_and_change_nothing()
    {
        var dispatch = await acme.Start("INC-1042");
        var elsewhere = Organisation.Ops with { Tenant = "33333333-0000-4000-8000-000000000003" };
        Task<TeamsReply> Foreign(bool isRefresh) => acme.Take(acme.Executed(Organisation.Dana with { Tenant = elsewhere.Tenant }, elsewhere, "dispatch_cancel", Organisation.Pressed(dispatch), isRefresh: isRefresh));
        (await Foreign(false)).ShouldBe(new TeamsReply.CardMessage(ReplyText.UnknownDispatch));
        (await Foreign(true)).ShouldBe(new TeamsReply.Nothing());
        (await acme.Office.State(dispatch)).IsClosed.ShouldBeFalse();
    }

    [Fact]
    public async Task Re_dispatch_opens_the_dialog_or_puts_it_in_the_cards_place_with_a_way_back()
    {
        var dispatch = await acme.Start("INC-1042");
        (await acme.Press(CardAction.Redispatch, dispatch)).ShouldBeOfType<TeamsReply.CardMessage>().Text.ShouldStartWith("It is still running");
        await acme.Press(CardAction.Cancel, dispatch);
        var dialog = (await acme.Fetch(new System.Text.Json.Nodes.JsonObject { ["verb"] = "dispatch_redispatch", ["dispatch"] = dispatch.Value })).ShouldBeOfType<TeamsReply.Dialog>();
        dialog.Title.ShouldBe("Re-dispatch");
        ((string)Organisation.Field(dialog.Card.AsObject(), "people")["value"]!).ShouldBe("ann");
        var inPlace = (await acme.Press(CardAction.Redispatch, dispatch)).ShouldBeOfType<TeamsReply.CardAnswer>().Card.AsObject();
        Headline(await acme.Execute(Organisation.Button(inPlace, "Back"))).ShouldBe("Cancelled by Dana.");
        (await acme.Submit(Organisation.Button(dialog.Card.AsObject(), "Dispatch"), filled: ("people", "bob"))).ShouldBe(new TeamsReply.DialogClose(ReplyText.Begun));
        (await acme.Office.Engine.FindOpenByTicketAsync("INC-1042", default))!.Plan.Replaces.ShouldBe(dispatch);
    }

    [Fact]
    public async Task A_re_dispatch_in_the_cards_place_is_followed_by_the_new_card_whichever_comes_first()
    {
        var dispatch = await acme.Start("INC-1042");
        await acme.Press(CardAction.Cancel, dispatch);
        var inPlace = (await acme.Press(CardAction.Redispatch, dispatch)).ShouldBeOfType<TeamsReply.CardAnswer>().Card.AsObject();
        Headline(await acme.Execute(Organisation.Button(inPlace, "Dispatch"), filled: ("people", "bob"))).ShouldBe("Calling Bob Reed now.");
        acme.BeforeFinding = () => throw new InvalidOperationException("secret");
        var second = (await acme.Office.Engine.FindOpenByTicketAsync("INC-1042", default))!.Plan.Id;
        await acme.Press(CardAction.Cancel, second);
        inPlace = (await acme.Press(CardAction.Redispatch, second)).ShouldBeOfType<TeamsReply.CardAnswer>().Card.AsObject();
        Organisation.Words((await acme.Execute(Organisation.Button(inPlace, "Dispatch"), filled: ("people", "ann"))).ShouldBeOfType<TeamsReply.CardAnswer>().Card.AsObject())
            .ShouldBe("It has started. Its card shows how it goes.");
    }

    [Fact]
    public async Task A_slow_press_is_answered_in_time_and_goes_on()
    {
        var dispatch = await acme.Start("INC-1042");
        acme.Office.Access.Cancel.Add("somebody@example.com");
        acme.Office.People.Instead = new TaskCompletionSource<IReadOnlyList<Employee>>().Task;
        var pressing = acme.Press(CardAction.Cancel, dispatch);
        await acme.Pass(TimeSpan.FromSeconds(2));
        (await pressing).ShouldBe(new TeamsReply.CardMessage(ReplyText.DirectoryUnavailable));
        // Somebody who waits for a second already.
        var late = acme.Take(acme.Executed(Organisation.Dana, Organisation.Ops, "dispatch_cancel", Organisation.Pressed(dispatch)), waited: TimeSpan.FromSeconds(1));
        await acme.Pass(TimeSpan.FromSeconds(1.2));
        (await late).ShouldBe(new TeamsReply.CardMessage("This takes longer than Teams waits. It continues: the card will show the result."));
        await acme.Pass(TimeSpan.FromSeconds(0.8));
        await acme.Next<ConnectorCall.PersonalChat>();
        (await acme.NextSaid("a:dana")).ShouldBe(ReplyText.DirectoryUnavailable);
    }

    [Fact]
    public async Task Where_a_dispatch_is_followed_for_want_of_a_better_place_its_card_goes_on_saying_so()
    {
        var dispatch = await acme.Start("INC-1042");
        Task<TeamsReply> LookAt(ConversationReference where) =>
            acme.Take(acme.Executed(Organisation.Dana, where, "dispatch_cancel", Organisation.Pressed(dispatch), isRefresh: true));
        static string Text(TeamsReply reply) => reply.ShouldBeOfType<TeamsReply.CardAnswer>().Card.AsObject().ToJsonString();
        Text(await LookAt(Organisation.InPerson)).ShouldContain("follow this dispatch here");
        Text(await LookAt(Organisation.Ops)).ShouldNotContain("follow this dispatch here");
    }

    [Fact]
    public async Task A_card_that_cannot_be_drawn_soon_is_left_as_it_is()
    {
        var dispatch = await acme.Start("INC-1042");
        var looking = new TaskCompletionSource();
        acme.BeforeFinding = () =>
        {
            looking.SetResult();
            return new TaskCompletionSource().Task;
        };
        var pressing = acme.Press(CardAction.Cancel, dispatch);
        // The press itself is waited for just as long: only now is it over.
        await looking.Task.WaitAsync(TimeSpan.FromSeconds(20));
        await acme.Pass(TimeSpan.FromSeconds(2.2));
        (await pressing).ShouldBe(new TeamsReply.Nothing());
        (await acme.Office.State(dispatch)).IsClosed.ShouldBeTrue();
        acme.BeforeFinding = () => throw new InvalidOperationException("secret");
        (await acme.Press(CardAction.Cancel, dispatch, isRefresh: true)).ShouldBe(new TeamsReply.Nothing());
    }

    [Fact]
    public async Task A_plain_button_is_answered_in_the_chat_with_the_presser_and_where_there_is_none_by_name()
    {
        var dispatch = await acme.Start("INC-1042");
        Task<TeamsReply> Plain() => acme.Take(acme.Plainly(Organisation.Pressed(dispatch).Add("verb", "dispatch_cancel")));
        (await Plain()).ShouldBe(new TeamsReply.Nothing());
        await acme.NothingElse();
        (await acme.Office.State(dispatch)).IsClosed.ShouldBeTrue();
        await Plain();
        await acme.Next<ConnectorCall.PersonalChat>();
        (await acme.NextSaid("a:dana")).ShouldStartWith("It is closed: Cancelled.");
        acme.Instead = call => call is ConnectorCall.PersonalChat ? new ConnectorAnswer.Refused("BotNotInConversationRoster", Refusal.NotInRoster) : null;
        await Plain();
        await acme.Next<ConnectorCall.PersonalChat>();
        (await acme.NextSaid(Organisation.Ops.ThreadId)).ShouldStartWith("Dana: It is closed: Cancelled.");
        await acme.Take(acme.Plainly(Organisation.Pressed(dispatch).Add("verb", "dispatch_redispatch")));
        Organisation.Button(Organisation.Card(await acme.Next<ConnectorCall.Send>()), "Dispatch").ShouldNotBeNull();
    }

    [Fact]
    public async Task What_may_stand_in_the_chat_with_them_is_not_said_to_everybody_although_nobody_is_reached_any_more()
    {
        var dispatch = await acme.Start("INC-1042");
        await acme.Press(CardAction.Cancel, dispatch);
        acme.Instead = call => call is ConnectorCall.Send ? new ConnectorAnswer.Lost("no answer") : null;
        await acme.Take(acme.Plainly(Organisation.Pressed(dispatch).Add("verb", "dispatch_cancel")));
        await acme.Next<ConnectorCall.PersonalChat>();
        await acme.NextSaid("a:dana");
        acme.Instead = call => call is ConnectorCall.Send ? new ConnectorAnswer.NotReached("no route") : null;
        for (var tries = 0; tries < 2; tries++)
        {
            await acme.Pass(TimeSpan.FromSeconds(1));
            await acme.NextSaid("a:dana");
        }
        await acme.NothingElse();
    }

    [Fact]
    public async Task What_is_no_press_of_ours_is_left_alone()
    {
        (await acme.Execute(new System.Text.Json.Nodes.JsonObject { ["x"] = "y" }, verb: "other")).ShouldBe(new TeamsReply.Nothing());
        (await acme.Take(new TeamsDelivery(new ChatAction.Unknown(acme.NextId(), "messageReaction"), Organisation.Dana, Organisation.Ops))).ShouldBe(new TeamsReply.Nothing());
        await acme.NothingElse();
    }

    [Fact]
    public async Task Every_conversation_is_remembered_with_the_newest_address_until_the_bot_is_removed()
    {
        await acme.Type("list");
        (await acme.Store.FindPersonAsync(Organisation.Tenant, "da0a", default))!.Mri.ShouldBe("29:dana");
        await acme.Type("list", Organisation.Ops with { ServiceUrl = "https://smba.trafficmanager.net/emea/" });
        var known = await acme.Store.FindConversationAsync(Organisation.Tenant, "19:aa@thread.tacv2", default);
        known.ShouldBe(new TeamsConversation(
            Organisation.Tenant, "19:aa@thread.tacv2", "https://smba.trafficmanager.net/emea/", "28:bot", "channel", "19:team@thread.tacv2", "Ops", known!.At));
        await acme.Take(new TeamsDelivery(new ChatAction.Removed(acme.NextId()), Organisation.Dana, Organisation.Ops with { Conversation = "19:team@thread.tacv2" }));
        (await acme.Store.FindConversationAsync(Organisation.Tenant, "19:aa@thread.tacv2", default)).ShouldBeNull();
        await acme.Type("list", Organisation.InPerson, from: Organisation.Dana with { Name = "" });
        (await acme.Store.FindPersonAsync(Organisation.Tenant, "da0a", default))!.Name.ShouldBe("Dana");
        await acme.Take(new TeamsDelivery(new ChatAction.Removed(acme.NextId()), Organisation.Dana, Organisation.InPerson));
        (await acme.Store.FindConversationAsync(Organisation.Tenant, "a:1", default)).ShouldBeNull();
    }

    [Fact]
    public async Task Hello_is_said_once_where_the_bot_is_new()
    {
        await acme.Take(new TeamsDelivery(new ChatAction.Installed(acme.NextId()), Organisation.Dana, Organisation.InPerson));
        (await acme.NextSaid()).ShouldBe($"Hello. I phone people about a ticket, one after the other, until one presses 1.\n{ReplyText.Help}");
        await acme.Take(new TeamsDelivery(new ChatAction.Installed(acme.NextId()), Organisation.Dana, Organisation.InPerson));
        acme.Restart();
        await acme.Take(new TeamsDelivery(new ChatAction.Installed(acme.NextId()), Organisation.Dana, Organisation.InPerson));
        await acme.NothingElse();
        await acme.Take(new TeamsDelivery(new ChatAction.Installed(acme.NextId()), Organisation.Dana, Organisation.Ops));
        await acme.Take(new TeamsDelivery(new ChatAction.Installed(acme.NextId()), Organisation.Dana, Organisation.Ops with { Conversation = "19:team@thread.tacv2" }));
        (await acme.NextSaid()).ShouldContain("Mention me first when you type a command here.");
        await acme.NothingElse();
    }

    // The second strong line, below the ticket's.
    static string Headline(TeamsReply reply) =>
        (string)Organisation.All(reply.ShouldBeOfType<TeamsReply.CardAnswer>().Card.AsObject()).Where(each => (string?)each["type"] == "TextRun").ElementAt(1)["text"]!;
}
