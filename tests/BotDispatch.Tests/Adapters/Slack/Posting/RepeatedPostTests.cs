using BotDispatch.Ports;
using BotDispatch.Slack;
using BotDispatch.Slack.Api;

namespace BotDispatch.Tests.Adapters.Slack.Posting;

public sealed class RepeatedPostTests
{
    const string Empty = """{"ok":true,"messages":[]}""";
    const string Replies = "conversations.replies";
    const string History = "conversations.history";

    [Fact]
    public async Task A_reply_that_stands_there_is_not_posted_again()
    {
        var slack = new RecordedSlack(0, "channels:history").Answers(Replies, Page("abc234-3-4"));
        (await ReplyAsync(slack, 1)).ShouldBe(new Posted.Done("C0OPS:1700000000.000300"));
        slack.Methods.ShouldBe([Replies]);
        var asked = slack.Last.Arguments;
        (asked["channel"]!.GetValue<string>(), asked["ts"]!.GetValue<string>(), asked["include_all_metadata"]!.GetValue<bool>()).ShouldBe(("C0OPS", "1700000000.000100", true));
        asked["oldest"]!.GetValue<string>().ShouldBe("1767517200.000000", "a day ago");
    }

    [Fact]
    public async Task A_card_that_stands_there_is_not_posted_again()
    {
        var slack = new RecordedSlack(0, "groups:history").Answers(History, Page("abc234"));
        (await CardAsync(slack, 1)).ShouldBe(new Posted.Done("C0OPS:1700000000.000300"));
        slack.Methods.ShouldBe([History]);
    }

    [Fact]
    public async Task What_is_surely_not_there_is_posted()
    {
        var slack = new RecordedSlack(0, "channels:history").Answers(Replies, Page("another-1-2", cursor: "next")).Answers(Replies, RecordedSlack.Ok(Empty));
        (await ReplyAsync(slack, 3)).ShouldBeOfType<Posted.Done>();
        slack.Methods.ShouldBe([Replies, Replies, "chat.postMessage"]);
        slack.Calls[1].Arguments["cursor"]!.GetValue<string>().ShouldBe("next");
    }

    [Fact]
    public async Task Somebody_elses_message_with_the_same_mark_is_not_ours()
    {
        var slack = new RecordedSlack(0, "channels:history").Answers(Replies, Page("abc234-3-4", user: "U0EVE"));
        (await ReplyAsync(slack, 1)).ShouldBeOfType<Posted.Done>();
        slack.Methods.ShouldBe([Replies, "chat.postMessage"]);
    }

    [Fact]
    public async Task A_look_that_has_to_wait_goes_on_where_it_was()
    {
        var slack = new RecordedSlack(0, "channels:history").Answers(Replies, Page("another-1-2", cursor: "next")).Answers(Replies, new SlackAnswer.Throttled(TimeSpan.FromMinutes(1)));
        (await ReplyAsync(slack, 1)).ShouldBe(new Posted.NotYet(TimeSpan.FromMinutes(1)));
        slack.Answers(Replies, Page("abc234-3-4"));
        (await ReplyAsync(slack, 1)).ShouldBeOfType<Posted.Done>();
        slack.Calls.Count.ShouldBe(3);
        slack.Last.Arguments["cursor"]!.GetValue<string>().ShouldBe("next");
    }

    [Fact]
    public async Task A_look_that_fails_is_taken_again_and_nothing_is_posted()
    {
        var slack = new RecordedSlack(0, "channels:history").Answers(Replies, new SlackAnswer.NotReached("no route")).Answers(Replies, new SlackAnswer.Lost("timeout"));
        (await ReplyAsync(slack, 1)).ShouldBeOfType<Posted.TryLater>();
        (await ReplyAsync(slack, 1)).ShouldBeOfType<Posted.TryLater>();
        slack.Methods.ShouldBe([Replies, Replies]);
    }

    [Fact]
    public async Task A_thread_that_is_gone_shows_while_looking()
    {
        var slack = new RecordedSlack(0, "channels:history").Refuses(Replies, "thread_not_found", Refusal.Gone);
        (await ReplyAsync(slack, 1)).ShouldBe(new Posted.Gone("thread_not_found"));
    }

    [Fact]
    public async Task Reading_ends_somewhere_and_then_counts_as_not_known()
    {
        var slack = new RecordedSlack(0, "channels:history");
        for (var i = 0; i < 6; i++)
            slack.Answers(History, Page("another", cursor: "more"));
        (await CardAsync(slack, 1)).ShouldBeOfType<Posted.Done>();
        slack.Methods.Skip(6).ShouldBe(["auth.test", "chat.postMessage"]);
    }

    [Theory]
    [InlineData()]
    [InlineData("im:history", "mpim:history")]
    public async Task Without_the_right_to_read_a_reply_is_repeated_once(params string[] scopes)
    {
        var slack = new RecordedSlack(0, scopes);
        (await ReplyAsync(slack, 1)).ShouldBeOfType<Posted.Done>();
        slack.Methods.ShouldBe(["auth.test", "chat.postMessage"]);
        (await ReplyAsync(slack, 2)).ShouldBeOfType<Posted.Done>();
        slack.Calls.Count.ShouldBe(2, "taken as standing there");
    }

    [Fact]
    public async Task The_one_repeat_is_not_spent_on_a_Slack_that_does_not_answer()
    {
        var slack = new RecordedSlack().Answers("auth.test", new SlackAnswer.Lost("timeout")).Answers("auth.test", new SlackAnswer.NotReached("no route"))
            .Answers("auth.test", new SlackAnswer.Throttled(TimeSpan.FromSeconds(7))).Refuses("auth.test", "token_revoked", Refusal.Token);
        (await ReplyAsync(slack, 1)).ShouldBeOfType<Posted.TryLater>();
        (await ReplyAsync(slack, 1)).ShouldBeOfType<Posted.TryLater>();
        (await ReplyAsync(slack, 1)).ShouldBe(new Posted.NotYet(TimeSpan.FromSeconds(7)));
        (await ReplyAsync(slack, 1)).ShouldBe(new Posted.TryLater("token_revoked", TimeSpan.FromMinutes(5)));
        slack.Methods.ShouldBe(["auth.test", "auth.test", "auth.test", "auth.test"]);
    }

    [Fact]
    public async Task Without_the_right_to_read_a_card_is_posted_again_since_a_dispatch_needs_one()
    {
        var slack = new RecordedSlack();
        (await CardAsync(slack, 4)).ShouldBeOfType<Posted.Done>();
        slack.Methods.ShouldBe(["auth.test", "chat.postMessage"]);
    }

    [Fact]
    public async Task A_scope_that_turns_out_to_be_missing_is_like_none()
    {
        // A private channel's id looks like a public one's.
        var slack = new RecordedSlack(0, "channels:history").Refuses(Replies, "missing_scope", Refusal.Rights);
        (await ReplyAsync(slack, 2)).ShouldBe(new Posted.Done("abc234-3-4"));
        slack.Logged.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_direct_message_that_may_stand_there_is_looked_for_among_the_direct_messages()
    {
        var slack = new RecordedSlack(0, "im:history").Refuses("chat.postMessage", "not_in_channel", Refusal.Place)
            .Answers("conversations.open", RecordedSlack.Ok("""{"ok":true,"channel":{"id":"D0DANA"}}""")).Answers(History, Page("abc234"));
        (await CardAsync(slack, 1)).ShouldBe(new Posted.Done("D0DANA:1700000000.000300"));
        slack.Methods.ShouldBe(["auth.test", "chat.postMessage", "conversations.open", History]);
        slack.Last.Arguments["channel"]!.GetValue<string>().ShouldBe("D0DANA");
    }

    [Theory]
    [InlineData("G0OLD", "mpim:history")]
    [InlineData("D0DANA", "im:history")]
    public async Task Each_kind_of_channel_has_its_scope(string channel, string scope)
    {
        var slack = new RecordedSlack(0, scope).Answers(Replies, Page("abc234-3-4"));
        (await slack.Platform.ReplyAsync(new(SlackAddress.Channel("T0ACME", channel), $"{channel}:1700000000.000100"), Sample.Update, 1, default))
            .ShouldBe(new Posted.Done($"{channel}:1700000000.000300"));
    }

    static SlackAnswer Page(string key, string cursor = "", string user = "U0BOT") => RecordedSlack.Ok($$"""
        {"ok":true,"messages":[{"type":"message","user":"U0DANA","text":"hello","ts":"1700000000.000200"},
          {"type":"message","user":"{{user}}","ts":"1700000000.000300","metadata":{"event_type":"botdispatch_post","event_payload":{"key":"{{key}}"} } }],
         "response_metadata":{"next_cursor":"{{cursor}}"} }
        """);

    static Task<Posted> CardAsync(RecordedSlack slack, int earlier) => slack.Platform.PostCardAsync(Sample.Ops, Sample.Card, earlier, default);

    static Task<Posted> ReplyAsync(RecordedSlack slack, int earlier) => slack.Platform.ReplyAsync(Sample.Thread, Sample.Update, earlier, default);
}
