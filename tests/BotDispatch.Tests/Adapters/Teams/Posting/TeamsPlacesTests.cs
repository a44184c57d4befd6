using BotDispatch.Ports;
using BotDispatch.Teams;
using BotDispatch.Teams.Connector;
using static BotDispatch.Tests.Adapters.Teams.Posting.TeamsSample;

namespace BotDispatch.Tests.Adapters.Teams.Posting;

/// <summary>Places that do not take a dispatch, cards that are gone, and cards that were never named.</summary>
public sealed class TeamsPlacesTests
{
    [Theory]
    [InlineData("BotNotInConversationRoster", nameof(Refusal.NotInRoster))]
    [InlineData("ConversationNotFound", nameof(Refusal.Gone))]
    [InlineData("MessageWritesBlocked", nameof(Refusal.Blocked))]
    [InlineData("http_403", nameof(Refusal.Forbidden))]
    public async Task A_channel_that_does_not_take_the_card_loses_nobody(string code, string kind)
    {
        await using var teams = await RecordedTeams.ReadyAsync();
        teams.Refuses<ConnectorCall.NewThread>(code, Enum.Parse<Refusal>(kind));
        var posted = (await teams.CardAsync()).ShouldBeOfType<Posted.Done>();
        posted.MessageId.ShouldBe(new TeamsMessageId("a:new", "", "1").ToString());
        teams.Names.ShouldBe(["NewThread", "PersonalChat", "Send"]);
        teams.Calls[1].ShouldBeOfType<ConnectorCall.PersonalChat>().Person.ShouldBe("29:dana");
        teams.Last.Activity().ToJsonString().ShouldContain("This app cannot post where");
        teams.Logged.ShouldHaveSingleItem().ShouldStartWith("643 ");

        var thread = new ChatThread(Ops, posted.MessageId);
        await teams.Platform.RedrawAsync(thread, Card, default);
        teams.Last.ShouldBeOfType<ConnectorCall.Update>().Conversation.ShouldBe("a:new");
        teams.Last.Activity().ToJsonString().ShouldContain("This app cannot post where");
        await teams.Platform.ReplyAsync(thread, Update, 0, default);
        teams.Last.ShouldBeOfType<ConnectorCall.Send>().Conversation.ShouldBe("a:new");
    }

    [Fact]
    public async Task A_place_that_takes_no_plain_words_either_is_passed_by_too()
    {
        await using var teams = await RecordedTeams.ReadyAsync();
        teams.Refuses<ConnectorCall.NewThread>("BadSyntax", Refusal.Content).Refuses<ConnectorCall.NewThread>("BadSyntax", Refusal.Content);
        (await teams.CardAsync()).ShouldBe(new Posted.Done(new TeamsMessageId("a:new", "", "1").ToString()));
        teams.Names.ShouldBe(["NewThread", "NewThread", "PersonalChat", "Send"]);
    }

    [Fact]
    public async Task Where_nobody_can_be_written_to_the_place_refuses()
    {
        await using var teams = await RecordedTeams.ReadyAsync();
        teams.Refuses<ConnectorCall.NewThread>("NotIn", Refusal.NotInRoster).Refuses<ConnectorCall.PersonalChat>("Blocked", Refusal.Blocked);
        (await teams.CardAsync()).ShouldBeOfType<Posted.Refused>();
        teams.Refuses<ConnectorCall.NewThread>("NotIn", Refusal.NotInRoster).Refuses<ConnectorCall.PersonalChat>("BadSyntax", Refusal.Content);
        (await teams.CardAsync()).ShouldBeOfType<Posted.Refused>();
        teams.Refuses<ConnectorCall.NewThread>("NotIn", Refusal.NotInRoster).Refuses<ConnectorCall.Send>("Blocked", Refusal.Blocked);
        (await teams.CardAsync()).ShouldBeOfType<Posted.Refused>();
        teams.Refuses<ConnectorCall.NewThread>("NotIn", Refusal.NotInRoster);
        (await teams.Platform.PostCardAsync(Ops, Card with { AskedBy = new("slack", "T0/U0", "Dana") }, 0, default)).ShouldBe(new Posted.Refused("NotIn"));
        teams.Refuses<ConnectorCall.Send>("Blocked", Refusal.Blocked);
        (await teams.Platform.PostCardAsync(TeamsAddress.Channel(Tenant, "a:dana"), Card, 0, default)).ShouldBe(new Posted.Refused("Blocked"));
        teams.EveryAnswerWasUsed();
    }

    [Fact]
    public async Task A_personal_chat_that_cannot_be_opened_now_is_tried_again()
    {
        await using var teams = await RecordedTeams.ReadyAsync();
        teams.Refuses<ConnectorCall.NewThread>("NotIn", Refusal.NotInRoster).Answers<ConnectorCall.PersonalChat>(new ConnectorAnswer.Lost("timeout"))
            .Refuses<ConnectorCall.NewThread>("NotIn", Refusal.NotInRoster).Answers<ConnectorCall.PersonalChat>(new ConnectorAnswer.Done(null))
            .Refuses<ConnectorCall.NewThread>("NotIn", Refusal.NotInRoster).Answers<ConnectorCall.Send>(new ConnectorAnswer.Lost("timeout"));
        (await teams.CardAsync()).ShouldBeOfType<Posted.TryLater>("nothing is posted by opening a chat");
        (await teams.CardAsync()).ShouldBeOfType<Posted.TryLater>();
        (await teams.CardAsync()).ShouldBeOfType<Posted.Unsure>("the message there may have been posted");
        teams.EveryAnswerWasUsed();
    }

    [Fact]
    public async Task A_card_that_is_not_there_any_more_is_gone_but_no_endless_row_of_cards_is_made()
    {
        await using var teams = await RecordedTeams.ReadyAsync();
        for (var i = 0; i < 3; i++)
            (await GoneAsync()).ShouldBe(new Posted.Gone("ActivityNotFoundInConversation"));
        (await GoneAsync()).ShouldBeOfType<Posted.Done>();
        (await teams.RedrawAsync()).ShouldBeOfType<Posted.Done>("it is known again");
        teams.Clock.Advance(TimeSpan.FromMinutes(1));
        (await GoneAsync()).ShouldBeOfType<Posted.Gone>();
        (await teams.Refuses<ConnectorCall.Send>("ConversationNotFound", Refusal.Gone).ReplyAsync()).ShouldBe(new Posted.Gone("ConversationNotFound"));

        Task<Posted> GoneAsync() => teams.Refuses<ConnectorCall.Update>("ActivityNotFoundInConversation", Refusal.Gone)
            .Refuses<ConnectorCall.Update>("ActivityNotFoundInConversation", Refusal.Gone).RedrawAsync();
    }

    [Fact]
    public async Task A_thread_that_takes_no_reply_makes_no_endless_row_of_cards_either()
    {
        await using var teams = await RecordedTeams.ReadyAsync();
        for (var i = 0; i < 3; i++)
            (await SilencedAsync()).ShouldBe(new Posted.Gone("http_403"));
        (await SilencedAsync()).ShouldBe(new Posted.Done(Update.Key));
        (await teams.RedrawAsync()).ShouldBeOfType<Posted.Done>("the card goes on");
        teams.Clock.Advance(TimeSpan.FromMinutes(1));
        (await SilencedAsync()).ShouldBe(new Posted.Done(Update.Key), "that a card can be redrawn says nothing of replies");
        teams.Logged.Count(line => line.StartsWith("647 ", StringComparison.Ordinal)).ShouldBe(2);
        (await teams.ReplyAsync()).ShouldBeOfType<Posted.Done>();
        (await SilencedAsync()).ShouldBeOfType<Posted.Gone>("replies were taken in between");

        Task<Posted> SilencedAsync() => teams.Refuses<ConnectorCall.Send>("http_403", Refusal.Forbidden).ReplyAsync();
    }

    [Fact]
    public async Task A_card_that_may_not_be_changed_is_no_reason_for_another_one()
    {
        await using var teams = await RecordedTeams.ReadyAsync();
        (await teams.Refuses<ConnectorCall.Update>("http_403", Refusal.Forbidden).RedrawAsync()).ShouldBe(new Posted.TryLater("http_403", TimeSpan.FromMinutes(5)));
        (await teams.Refuses<ConnectorCall.Update>("BotNotInConversationRoster", Refusal.NotInRoster).RedrawAsync()).ShouldBeOfType<Posted.Gone>();
    }

    [Theory]
    [InlineData("BotDisabledByAdmin", nameof(Refusal.Disabled))]
    [InlineData("no_token", nameof(Refusal.Credentials))]
    public async Task What_an_administrator_can_set_right_is_tried_on_and_said_once(string code, string kind)
    {
        await using var teams = await RecordedTeams.ReadyAsync();
        for (var i = 0; i < 3; i++)
            (await teams.Refuses<ConnectorCall.NewThread>(code, Enum.Parse<Refusal>(kind)).CardAsync()).ShouldBe(new Posted.TryLater(code, TimeSpan.FromMinutes(5)));
        teams.Logged.ShouldHaveSingleItem().ShouldContain(code);
        (await teams.CardAsync()).ShouldBeOfType<Posted.Done>();
        await teams.Refuses<ConnectorCall.Update>(code, Enum.Parse<Refusal>(kind)).RedrawAsync();
        teams.Logged.Count.ShouldBe(2, "it worked in between");
    }

    [Fact]
    public async Task Nothing_is_sent_to_a_place_that_never_wrote()
    {
        await using var teams = await RecordedTeams.EmptyAsync();
        (await teams.CardAsync()).ShouldBeOfType<Posted.TryLater>();
        (await teams.RedrawAsync()).ShouldBeOfType<Posted.TryLater>();
        (await teams.ReplyAsync()).ShouldBeOfType<Posted.TryLater>();
        teams.Calls.ShouldBeEmpty();
        teams.Logged.ShouldHaveSingleItem().ShouldStartWith("640 ");
    }

    [Theory]
    [InlineData(null, "https://smba.trafficmanager.net/teams/")]
    [InlineData("https://smba.infra.gcc.teams.microsoft.com/teams", "https://smba.infra.gcc.teams.microsoft.com/teams")]
    public async Task An_app_that_was_added_before_it_was_known_is_called_where_its_cloud_is(string? setting, string address)
    {
        await using var teams = await RecordedTeams.EmptyAsync();
        (teams.Settings.AppId, teams.Settings.TenantId, teams.Settings.ServiceUrl) = ("app", Tenant, setting is null ? null : new(setting));
        teams.CalledAt = address;
        (await teams.CardAsync()).ShouldBeOfType<Posted.Done>();
        var begun = teams.Last.ShouldBeOfType<ConnectorCall.NewThread>();
        (begun.Channel, begun.Bot).ShouldBe((Channel, "28:app"));
        (await teams.Refuses<ConnectorCall.Member>("MemberNotFoundInConversation", Refusal.Gone).ReplyAsync()).ShouldBeOfType<Posted.Done>();
        (await teams.RedrawAsync()).ShouldBeOfType<Posted.Done>();
    }

    [Theory]
    [InlineData("99999999-0000-4000-8000-000000000009", "https://login.microsoftonline.com/", false)]
    [InlineData("", "https://login.microsoftonline.com/", true)]
    [InlineData(Tenant, "https://login.microsoftonline.us/", false)]
    [InlineData("ABCDEF00-0000-4000-8000-00000000000A", "https://login.microsoftonline.com/", true, "abcdef00-0000-4000-8000-00000000000a")]
    public void An_unknown_tenant_is_called_only_for_the_app_that_serves_it_and_in_its_own_cloud(string served, string tokens, bool isCalled, string tenant = Tenant) =>
        new TeamsOptions { AppId = "app", TenantId = served, TokenAddress = new(tokens) }.FirstServiceUrl(tenant).ShouldBe(isCalled ? "https://smba.trafficmanager.net/teams/" : null);

    [Fact]
    public async Task A_forgotten_channel_is_tried_at_the_newest_address_of_its_tenant()
    {
        await using var teams = await RecordedTeams.ReadyAsync();
        await teams.Store.ForgetConversationAsync(Tenant, Channel, default);
        (await teams.CardAsync()).ShouldBeOfType<Posted.Done>();
        teams.Last.ShouldBeOfType<ConnectorCall.NewThread>();
    }

    [Fact]
    public async Task A_card_without_a_name_stands_as_it_is_until_the_end_which_is_posted_once()
    {
        await using var teams = await RecordedTeams.ReadyAsync();
        teams.Answers<ConnectorCall.NewThread>(new ConnectorAnswer.Done(null));
        var first = new ChatThread(Ops, (await teams.CardAsync()).ShouldBeOfType<Posted.Done>().MessageId);
        (await teams.Platform.RedrawAsync(first, Card with { Headline = "Calling Marcus Reed now." }, default)).ShouldBe(new Posted.Done(first.RootMessage));
        (await teams.Platform.ReplyAsync(first, Update, 0, default)).ShouldBeOfType<Posted.Done>();
        teams.Last.ShouldBeOfType<ConnectorCall.Send>().Conversation.ShouldBe(Channel, "its thread is not known");
        (await teams.Platform.RedrawAsync(first, Accepted, default)).ShouldBeOfType<Posted.Gone>();

        teams.Answers<ConnectorCall.NewThread>(new ConnectorAnswer.Done(null));
        var last = new ChatThread(Ops, (await teams.Platform.PostCardAsync(Ops, Accepted, 0, default)).ShouldBeOfType<Posted.Done>().MessageId);
        (await teams.Platform.RedrawAsync(last, Accepted, default)).ShouldBe(new Posted.Done(last.RootMessage));
        (await teams.Platform.RedrawAsync(last, Card with { Id = new("def567") }, default)).ShouldBeOfType<Posted.Gone>("its successor has a card of its own");
        teams.Names.ShouldBe(["NewThread", "Send", "NewThread"]);
    }

    [Fact]
    public async Task A_thread_that_is_named_only_as_a_conversation_is_known_all_the_same_and_a_nameless_reply_is_done()
    {
        await using var teams = await RecordedTeams.ReadyAsync();
        teams.Answers<ConnectorCall.NewThread>(new ConnectorAnswer.Done("77", Channel)).Answers<ConnectorCall.Send>(new ConnectorAnswer.Done(null));
        (await teams.CardAsync()).ShouldBe(new Posted.Done(new TeamsMessageId(Channel, "77", "77").ToString()));
        (await teams.ReplyAsync()).ShouldBe(new Posted.Done(Update.Key));
    }
}
