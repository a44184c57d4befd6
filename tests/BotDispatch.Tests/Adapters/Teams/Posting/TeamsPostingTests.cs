using BotDispatch.Ports;
using BotDispatch.Teams;
using BotDispatch.Teams.Connector;
using static BotDispatch.Tests.Adapters.Teams.Posting.TeamsSample;

namespace BotDispatch.Tests.Adapters.Teams.Posting;

public sealed class TeamsPostingTests
{
    static readonly TimeSpan Wait = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task In_a_channel_a_card_begins_a_thread_and_stands_where_the_answer_says()
    {
        await using var teams = await RecordedTeams.ReadyAsync();
        (await teams.CardAsync()).ShouldBe(new Posted.Done(new TeamsMessageId(Channel, "1", "1").ToString()));
        var sent = teams.Calls.ShouldHaveSingleItem().ShouldBeOfType<ConnectorCall.NewThread>();
        (sent.Tenant, sent.Channel, sent.Bot).ShouldBe((Tenant, Channel, Bot));
        sent.HasCard().ShouldBeTrue();
        sent.Activity.AsObject().ContainsKey("text").ShouldBeFalse();
        sent.Activity.AsObject()["summary"]!.GetValue<string>().ShouldBe("Calling · INC-1042 · Lift 2 is stuck");
    }

    [Theory]
    [InlineData(GroupChat)]
    [InlineData("a:dana")]
    [InlineData("19:unheard@thread.v2")]
    public async Task In_a_chat_a_card_is_a_message_and_so_is_each_line(string conversation)
    {
        await using var teams = await RecordedTeams.ReadyAsync();
        var channel = TeamsAddress.Channel(Tenant, conversation);
        var posted = (await teams.Platform.PostCardAsync(channel, Card, 0, default)).ShouldBeOfType<Posted.Done>();
        posted.MessageId.ShouldBe(new TeamsMessageId(conversation, "", "1").ToString());
        await teams.Platform.ReplyAsync(new(channel, posted.MessageId), Update, 0, default);
        teams.Calls.Select(call => call.ShouldBeOfType<ConnectorCall.Send>().Conversation).ShouldBe([conversation, conversation]);
    }

    [Fact]
    public async Task A_reply_goes_under_its_card_and_mentions_the_requester()
    {
        await using var teams = await RecordedTeams.ReadyAsync();
        (await teams.ReplyAsync()).ShouldBe(new Posted.Done(new TeamsMessageId(Channel, "1795", "1").ToString()));
        var sent = teams.Calls.ShouldHaveSingleItem().ShouldBeOfType<ConnectorCall.Send>("an acceptance is no second post in the channel");
        sent.Conversation.ShouldBe($"{Channel};messageid=1795");
        sent.Activity.AsObject()["text"]!.GetValue<string>().ShouldBe("Ann Lee answered.\n\n✅ <at>Dana Fox</at> Accepted: Ann Lee pressed 1.");
        sent.Activity.AsObject()["entities"]![0]!["mentioned"]!["id"]!.GetValue<string>().ShouldBe("29:dana");
    }

    [Fact]
    public async Task An_unknown_person_is_looked_up_and_remembered_or_else_only_named()
    {
        await using var teams = await RecordedTeams.ReadyAsync();
        var eve = TeamsAddress.Person(Tenant, "44444444-0000-4000-8000-000000000001", "29:eve", "Eve");
        var update = Update with { Lines = [new(Tone.Good, "Accepted.", eve)] };
        teams.Refuses<ConnectorCall.Member>("MemberNotFoundInConversation", Refusal.Gone)
            .Answers<ConnectorCall.Member>(RecordedTeams.Ok("""{"id":"29:other","aadObjectId":"55555555-0000-4000-8000-000000000001"}"""))
            .Answers<ConnectorCall.Member>(RecordedTeams.Ok("""{"id":"29:eve","aadObjectId":"44444444-0000-4000-8000-000000000001","name":"Eve"}"""));
        foreach (var text in (string[])["✅ Eve: Accepted.", "✅ Eve: Accepted.", "✅ <at>Eve</at> Accepted.", "✅ <at>Eve</at> Accepted."])
        {
            await teams.Platform.ReplyAsync(TeamsSample.Thread, update, 0, default);
            teams.Last.Activity()["text"]!.GetValue<string>().ShouldBe(text);
        }
        teams.Names.Count(name => name == "Member").ShouldBe(3);
        (await teams.Store.FindPersonByMriAsync(Tenant, "29:eve", default))!.Name.ShouldBe("Eve");
    }

    [Fact]
    public async Task A_card_is_redrawn_in_place()
    {
        await using var teams = await RecordedTeams.ReadyAsync();
        (await teams.RedrawAsync()).ShouldBe(new Posted.Done(TeamsSample.Thread.RootMessage));
        var sent = teams.Calls.ShouldHaveSingleItem().ShouldBeOfType<ConnectorCall.Update>();
        (sent.Conversation, sent.Message, sent.HasCard()).ShouldBe(($"{Channel};messageid=1795", "1795", true));
        sent.Activity.AsObject().ContainsKey("text").ShouldBeFalse();
    }

    [Fact]
    public async Task A_card_that_is_not_known_in_its_thread_is_redrawn_in_its_channel()
    {
        await using var teams = await RecordedTeams.ReadyAsync();
        teams.Refuses<ConnectorCall.Update>("ActivityNotFoundInConversation", Refusal.Gone);
        (await teams.RedrawAsync()).ShouldBeOfType<Posted.Done>();
        teams.Last.ShouldBeOfType<ConnectorCall.Update>().Conversation.ShouldBe(Channel);
    }

    [Fact]
    public async Task Teams_answers_say_what_surely_was_not_done_and_what_may_have_been()
    {
        (await BothAsync(new ConnectorAnswer.Throttled(Wait))).ShouldBe(new Posted.NotYet(Wait));
        (await BothAsync(new ConnectorAnswer.Busy())).ShouldBe(new Posted.NotYet(TimeSpan.FromSeconds(1)));
        (await BothAsync(new ConnectorAnswer.NotReached("no route"))).ShouldBeOfType<Posted.TryLater>();
        (await BothAsync(new ConnectorAnswer.Lost("timeout"))).ShouldBeOfType<Posted.Unsure>();
        (await BothAsync(new ConnectorAnswer.Refused("new_error", Refusal.Other))).ShouldBe(new Posted.TryLater("new_error", Wait));
        (await BothAsync(new ConnectorAnswer.Refused("service_url_not_allowed", Refusal.Forbidden))).ShouldBe(new Posted.TryLater("service_url_not_allowed", TimeSpan.FromMinutes(5)));

        static async Task<Posted> BothAsync(ConnectorAnswer answer)
        {
            await using var first = await RecordedTeams.ReadyAsync();
            await using var second = await RecordedTeams.ReadyAsync();
            var card = await first.Answers<ConnectorCall.NewThread>(answer).CardAsync();
            (await second.Answers<ConnectorCall.Send>(answer).ReplyAsync()).ShouldBe(card);
            return card;
        }
    }

    [Fact]
    public async Task A_redraw_whose_answer_is_lost_is_just_drawn_again()
    {
        await using var teams = await RecordedTeams.ReadyAsync();
        teams.Answers<ConnectorCall.Update>(new ConnectorAnswer.Lost("timeout")).Answers<ConnectorCall.Update>(new ConnectorAnswer.NotReached("no route"))
            .Answers<ConnectorCall.Update>(new ConnectorAnswer.Throttled(Wait));
        (await teams.RedrawAsync()).ShouldBeOfType<Posted.TryLater>();
        (await teams.RedrawAsync()).ShouldBeOfType<Posted.TryLater>();
        (await teams.RedrawAsync()).ShouldBe(new Posted.NotYet(Wait));
        (await teams.ReplyAsync()).ShouldBe(new Posted.NotYet(Wait), "the whole conversation is left alone");
        teams.Calls.Count.ShouldBe(3);
        teams.Clock.Advance(Wait);
        (await teams.ReplyAsync()).ShouldBeOfType<Posted.Done>();
    }

    [Fact]
    public async Task Posts_and_redraws_await_their_turn_outside()
    {
        await using var teams = await RecordedTeams.ReadyAsync();
        for (var i = 0; i < 7; i++)
            (await teams.RedrawAsync()).ShouldBeOfType<Posted.Done>();
        (await teams.ReplyAsync()).ShouldBe(new Posted.NotYet(TimeSpan.FromSeconds(1)));
        (await teams.CardAsync()).ShouldBeOfType<Posted.NotYet>();
        (await teams.RedrawAsync()).ShouldBeOfType<Posted.NotYet>();
        teams.Calls.Count.ShouldBe(7);
    }

    [Fact]
    public async Task All_threads_of_a_channel_count_together()
    {
        await using var teams = await RecordedTeams.ReadyAsync();
        for (var n = 0; n < 7; n++)
            (await ReplyIn($"{n}")).ShouldBeOfType<Posted.Done>();
        (await ReplyIn("7")).ShouldBe(new Posted.NotYet(TimeSpan.FromSeconds(1)));

        Task<Posted> ReplyIn(string thread) =>
            teams.Platform.ReplyAsync(new(TeamsSample.Ops, new TeamsMessageId(TeamsSample.Channel, thread, thread).ToString()), TeamsSample.Update, 0, default);
    }

    [Fact]
    public async Task What_Teams_does_not_want_to_show_is_said_in_plain_words_once()
    {
        await using var teams = await RecordedTeams.ReadyAsync();
        (await teams.Refuses<ConnectorCall.NewThread>("BadArgument", Refusal.Content).CardAsync()).ShouldBeOfType<Posted.Done>();
        teams.Last.Activity()["text"]!.GetValue<string>().ShouldContain("Ringing Ann Lee");
        teams.Last.Activity().ContainsKey("attachments").ShouldBeFalse();
        (await teams.Refuses<ConnectorCall.Update>("MessageSizeTooBig", Refusal.TooBig).RedrawAsync()).ShouldBeOfType<Posted.Done>();
        teams.Last.Activity()["text"]!.GetValue<string>().ShouldContain("Ringing Ann Lee");
        (await teams.Refuses<ConnectorCall.Send>("BadArgument", Refusal.Content).ReplyAsync()).ShouldBeOfType<Posted.Done>();
        teams.Last.Activity().ContainsKey("entities").ShouldBeFalse();
        teams.Refuses<ConnectorCall.Send>("BadArgument", Refusal.Content).Refuses<ConnectorCall.Send>("BadSyntax", Refusal.Content);
        (await teams.ReplyAsync()).ShouldBe(new Posted.Gone("BadSyntax"), "it is told in another place");
    }

    [Fact]
    public async Task A_card_whose_thread_has_a_bad_name_is_redrawn_in_its_channel()
    {
        await using var teams = await RecordedTeams.ReadyAsync();
        teams.Refuses<ConnectorCall.Update>("BadSyntax", Refusal.Content);
        (await teams.RedrawAsync()).ShouldBeOfType<Posted.Done>();
        var sent = teams.Last.ShouldBeOfType<ConnectorCall.Update>();
        (sent.Conversation, sent.HasCard()).ShouldBe((Channel, true));
    }

    [Fact]
    public async Task A_card_that_its_thread_does_not_take_and_its_channel_does_not_know_is_redrawn_in_plain_words_where_it_stands()
    {
        await using var teams = await RecordedTeams.ReadyAsync();
        teams.Refuses<ConnectorCall.Update>("BadArgument", Refusal.Content).Refuses<ConnectorCall.Update>("ActivityNotFoundInConversation", Refusal.Gone);
        (await teams.RedrawAsync()).ShouldBe(new Posted.Done(TeamsSample.Thread.RootMessage), "it is not gone");
        teams.EveryAnswerWasUsed();
        var sent = teams.Last.ShouldBeOfType<ConnectorCall.Update>();
        (sent.Conversation, sent.HasCard()).ShouldBe(($"{Channel};messageid=1795", false));
    }

    [Fact]
    public async Task A_card_that_may_not_be_redrawn_in_any_way_silences_nothing()
    {
        await using var teams = await RecordedTeams.ReadyAsync();
        for (var way = 0; way < 4; way++)
            teams.Refuses<ConnectorCall.Update>("BadArgument", Refusal.Content);
        (await teams.RedrawAsync()).ShouldBe(new Posted.Done(TeamsSample.Thread.RootMessage));
        teams.EveryAnswerWasUsed();
        teams.Logged[^1].ShouldBe("648 Dispatch abc234: Teams does not let its card be redrawn, BadArgument; it is left as it is");
        (await teams.ReplyAsync()).ShouldBeOfType<Posted.Done>();
    }
}
