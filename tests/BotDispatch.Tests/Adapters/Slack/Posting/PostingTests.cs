using BotDispatch.Ports;
using BotDispatch.Slack.Api;

namespace BotDispatch.Tests.Adapters.Slack.Posting;

public sealed class PostingTests
{
    static readonly TimeSpan Wait = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task A_card_stands_where_the_answer_says()
    {
        var slack = new RecordedSlack();
        (await CardAsync(slack)).ShouldBe(new Posted.Done("C0OPS:1700000000.000001"));
        var sent = slack.Calls.ShouldHaveSingleItem();
        sent.Method.ShouldBe("chat.postMessage");
        sent.Arguments["channel"]!.GetValue<string>().ShouldBe("C0OPS");
        sent.Arguments["unfurl_links"]!.GetValue<bool>().ShouldBeFalse();
        sent.Arguments["unfurl_media"]!.GetValue<bool>().ShouldBeFalse();
        sent.Arguments["metadata"]!.ToJsonString().ShouldBe("""{"event_type":"botdispatch_post","event_payload":{"key":"abc234"}}""");
        sent.Arguments.ContainsKey("thread_ts").ShouldBeFalse();
        BlockKitLimits.Check(sent.Arguments);
    }

    [Fact]
    public async Task A_reply_goes_under_its_card_and_an_acceptance_into_the_channel_too()
    {
        var slack = new RecordedSlack();
        (await ReplyAsync(slack)).ShouldBeOfType<Posted.Done>();
        slack.Last.Arguments["thread_ts"]!.GetValue<string>().ShouldBe("1700000000.000100");
        slack.Last.Arguments["reply_broadcast"]!.GetValue<bool>().ShouldBeTrue();
        slack.Last.Arguments["text"]!.GetValue<string>().ShouldContain("<@U0DANA>");
        await slack.Platform.ReplyAsync(Sample.Thread, Sample.Update with { AlsoInChannel = false }, 0, default);
        slack.Last.Arguments.ContainsKey("reply_broadcast").ShouldBeFalse();
    }

    [Fact]
    public async Task A_card_is_redrawn_in_place_with_text_blocks_and_mark()
    {
        var slack = new RecordedSlack();
        (await RedrawAsync(slack)).ShouldBe(new Posted.Done(Sample.Thread.RootMessage));
        slack.Last.Method.ShouldBe("chat.update");
        slack.Last.Arguments.Select(argument => argument.Key).ShouldBe(["channel", "text", "blocks", "metadata", "ts"]);
        slack.Last.Arguments["ts"]!.GetValue<string>().ShouldBe("1700000000.000100");
    }

    [Fact]
    public async Task Slacks_answers_say_what_surely_was_not_done_and_what_may_have_been()
    {
        (await PostAsync(new SlackAnswer.Throttled(Wait))).ShouldBe(new Posted.NotYet(Wait));
        (await PostAsync(new SlackAnswer.NotReached("no route"))).ShouldBeOfType<Posted.TryLater>();
        (await PostAsync(new SlackAnswer.Lost("timeout"))).ShouldBeOfType<Posted.Unsure>();
        (await PostAsync(RecordedSlack.Ok("""{"ok":true}"""))).ShouldBeOfType<Posted.Unsure>();
        (await PostAsync(new SlackAnswer.Refused("new_error", Refusal.Other))).ShouldBeOfType<Posted.TryLater>();

        async Task<Posted> PostAsync(SlackAnswer answer)
        {
            var slack = new RecordedSlack().Answers("chat.postMessage", answer);
            var card = await CardAsync(slack);
            slack.Answers("chat.postMessage", answer);
            (await ReplyAsync(slack)).ShouldBe(card);
            return card;
        }
    }

    [Fact]
    public async Task A_redraw_whose_answer_is_lost_is_just_drawn_again()
    {
        var slack = new RecordedSlack().Answers("chat.update", new SlackAnswer.Lost("timeout")).Answers("chat.update", new SlackAnswer.Throttled(Wait))
            .Answers("chat.update", new SlackAnswer.NotReached("no route"));
        (await RedrawAsync(slack)).ShouldBeOfType<Posted.TryLater>();
        (await RedrawAsync(slack)).ShouldBe(new Posted.NotYet(Wait));
        (await RedrawAsync(slack)).ShouldBeOfType<Posted.TryLater>();
        slack.EveryAnswerWasUsed();
    }

    [Theory]
    [InlineData("not_in_channel", nameof(Refusal.Place))]
    [InlineData("is_archived", nameof(Refusal.Place))]
    [InlineData("restricted_action_read_only_channel", nameof(Refusal.Rights))]
    public async Task A_channel_that_does_not_accept_the_card_is_named_in_a_direct_message_to_the_requester(string error, string kind)
    {
        var slack = new RecordedSlack().Refuses("chat.postMessage", error, Enum.Parse<Refusal>(kind));
        (await CardAsync(slack)).ShouldBe(new Posted.Done("D0DANA:1700000000.000001"));
        slack.Last.Arguments["channel"]!.GetValue<string>().ShouldBe("U0DANA");
        slack.Last.Arguments["text"]!.GetValue<string>().ShouldStartWith("This app cannot post in <#C0OPS>");
        slack.Last.Arguments["blocks"]![0]!["elements"]![0]!["text"]!.GetValue<string>().ShouldStartWith("This app cannot post in <#C0OPS>");
        BlockKitLimits.Check(slack.Last.Arguments);

        var thread = new ChatThread(Sample.Ops, "D0DANA:1700000000.000001");
        await slack.Platform.RedrawAsync(thread, Sample.Card, default);
        (slack.Last.Arguments["channel"]!.GetValue<string>(), slack.Last.Arguments["text"]!.GetValue<string>()[..21]).ShouldBe(("D0DANA", "This app cannot post "));
        await slack.Platform.ReplyAsync(thread, Sample.Update, 0, default);
        (slack.Last.Arguments["channel"]!.GetValue<string>(), slack.Last.Arguments["thread_ts"]!.GetValue<string>()).ShouldBe(("D0DANA", "1700000000.000001"));
    }

    [Fact]
    public async Task Where_nobody_can_be_written_to_the_place_refuses()
    {
        var slack = new RecordedSlack().Refuses("chat.postMessage", "not_in_channel", Refusal.Place).Refuses("chat.postMessage", "cannot_dm_bot", Refusal.Other);
        (await CardAsync(slack)).ShouldBeOfType<Posted.Refused>();
        slack.Refuses("chat.postMessage", "not_in_channel", Refusal.Place);
        (await slack.Platform.PostCardAsync(Sample.Ops, Sample.Card with { AskedBy = new("teams", "U0DANA", "Dana") }, 0, default)).ShouldBeOfType<Posted.Refused>();
        slack.EveryAnswerWasUsed();
        slack.Refuses("chat.postMessage", "is_archived", Refusal.Place).Answers("chat.postMessage", new SlackAnswer.Lost("timeout"));
        (await CardAsync(slack)).ShouldBeOfType<Posted.Unsure>("the direct message may have been posted");
    }

    [Theory]
    [InlineData("is_archived", nameof(Refusal.Place))]
    [InlineData("message_not_found", nameof(Refusal.Gone))]
    public async Task A_card_that_is_not_there_any_more_is_gone(string error, string kind)
    {
        var slack = new RecordedSlack().Refuses("chat.update", error, Enum.Parse<Refusal>(kind)).Refuses("chat.postMessage", error, Enum.Parse<Refusal>(kind));
        (await RedrawAsync(slack)).ShouldBe(new Posted.Gone(error));
        (await ReplyAsync(slack)).ShouldBe(new Posted.Gone(error));
    }

    [Fact]
    public async Task A_reply_that_comes_out_beside_its_thread_is_taken_back()
    {
        var slack = new RecordedSlack().Answers("chat.postMessage", Stray());
        (await ReplyAsync(slack)).ShouldBeOfType<Posted.Gone>();
        slack.Last.Method.ShouldBe("chat.delete");
        slack.Last.Arguments.ToJsonString().ShouldBe("""{"channel":"C0OPS","ts":"1700000009.000900"}""");
    }

    [Fact]
    public async Task A_Slack_that_never_says_the_thread_makes_no_endless_row_of_cards()
    {
        var slack = new RecordedSlack();
        for (var i = 0; i < 3; i++)
        {
            slack.Answers("chat.postMessage", Stray());
            (await ReplyAsync(slack)).ShouldBeOfType<Posted.Gone>();
        }
        slack.Answers("chat.postMessage", Stray());
        (await ReplyAsync(slack)).ShouldBeOfType<Posted.Done>();
        (await ReplyAsync(slack)).ShouldBeOfType<Posted.Done>("it is in its thread again");
        slack.Answers("chat.postMessage", Stray());
        (await ReplyAsync(slack)).ShouldBeOfType<Posted.Gone>();
    }

    [Fact]
    public async Task A_channel_without_threads_gets_the_line_below_the_card()
    {
        var slack = new RecordedSlack().Refuses("chat.postMessage", "restricted_action_non_threadable_channel", Refusal.Rights);
        (await ReplyAsync(slack)).ShouldBeOfType<Posted.Done>();
        slack.Last.Arguments.ContainsKey("thread_ts").ShouldBeFalse();
        slack.Last.Arguments.ContainsKey("reply_broadcast").ShouldBeFalse();
    }

    [Fact]
    public async Task Blocks_that_Slack_does_not_want_are_left_out_once()
    {
        var slack = new RecordedSlack().Refuses("chat.postMessage", "invalid_blocks", Refusal.Content);
        (await CardAsync(slack)).ShouldBeOfType<Posted.Done>();
        slack.Last.Arguments.ContainsKey("blocks").ShouldBeFalse();
        slack.Last.Arguments["text"]!.GetValue<string>().ShouldContain("Ringing Ann Lee");
        slack.Last.Arguments.ContainsKey("metadata").ShouldBeTrue();

        slack.Refuses("chat.update", "invalid_blocks", Refusal.Content);
        (await RedrawAsync(slack)).ShouldBeOfType<Posted.Done>();
        slack.Refuses("chat.postMessage", "invalid_blocks", Refusal.Content).Refuses("chat.postMessage", "msg_too_long", Refusal.Content);
        (await ReplyAsync(slack)).ShouldBe(new Posted.Refused("msg_too_long"));
    }

    [Theory]
    [InlineData("token_revoked", nameof(Refusal.Token))]
    [InlineData("missing_scope", nameof(Refusal.Rights))]
    public async Task What_an_administrator_can_set_right_is_tried_on_and_said_once(string error, string kind)
    {
        var slack = new RecordedSlack();
        for (var i = 0; i < 3; i++)
        {
            slack.Refuses("chat.postMessage", error, Enum.Parse<Refusal>(kind));
            (await CardAsync(slack)).ShouldBeOfType<Posted.TryLater>().After.ShouldBeGreaterThanOrEqualTo(TimeSpan.FromMinutes(5));
        }
        slack.Logged.ShouldHaveSingleItem().ShouldContain(error);
        (await CardAsync(slack)).ShouldBeOfType<Posted.Done>();
        slack.Refuses("chat.update", error, Enum.Parse<Refusal>(kind));
        await RedrawAsync(slack);
        slack.Logged.Count.ShouldBe(2, "it worked in between");
    }

    [Fact]
    public async Task A_posts_turn_is_awaited_outside_and_redrawing_needs_none()
    {
        var slack = new RecordedSlack(pace: 1);
        (await ReplyAsync(slack)).ShouldBeOfType<Posted.Done>();
        (await ReplyAsync(slack)).ShouldBe(new Posted.NotYet(TimeSpan.FromSeconds(1)));
        (await RedrawAsync(slack)).ShouldBeOfType<Posted.Done>();
        slack.Methods.ShouldBe(["chat.postMessage", "chat.update"]);
        slack.Clock.Advance(TimeSpan.FromSeconds(1));
        (await ReplyAsync(slack)).ShouldBeOfType<Posted.Done>();
    }

    static SlackAnswer Stray() => RecordedSlack.Ok("""{"ok":true,"channel":"C0OPS","ts":"1700000009.000900","message":{"ts":"1700000009.000900"}}""");

    static Task<Posted> CardAsync(RecordedSlack slack) => slack.Platform.PostCardAsync(Sample.Ops, Sample.Card, 0, default);

    static Task<Posted> RedrawAsync(RecordedSlack slack) => slack.Platform.RedrawAsync(Sample.Thread, Sample.Card, default);

    static Task<Posted> ReplyAsync(RecordedSlack slack) => slack.Platform.ReplyAsync(Sample.Thread, Sample.Update, 0, default);
}
