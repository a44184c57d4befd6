using System.Net;
using System.Text.Json.Nodes;
using BotDispatch.PretendSlack;

namespace BotDispatch.Tests.Adapters.Slack.Pretend;

public sealed class DisorderTests
{
    [Fact]
    public async Task A_channel_takes_a_short_burst_and_then_one_message_a_second()
    {
        await using var scene = await Scene.StartAsync();
        Task<(HttpResponseMessage Response, JsonObject Body)> PostAsync() => scene.SendAsync("chat.postMessage", Scene.Token, ("channel", "C0OPS"), ("text", "x"));

        for (var i = 0; i < 4; i++) ((bool)(await PostAsync()).Body["ok"]!).ShouldBeTrue();
        var (refused, body) = await PostAsync();

        refused.StatusCode.ShouldBe(HttpStatusCode.TooManyRequests);
        refused.Headers.RetryAfter!.Delta.ShouldBe(TimeSpan.FromSeconds(1));
        ((string)body["error"]!).ShouldBe("ratelimited");
        for (var i = 0; i < 20; i++)
        {
            scene.Clock.Advance(TimeSpan.FromSeconds(1));
            ((bool)(await PostAsync()).Body["ok"]!).ShouldBeTrue();
        }
        ((bool)(await scene.CallAsync("auth.test"))["ok"]!).ShouldBeTrue("other methods are not held up");
        scene.Slack.Log.Of("chat.postMessage").Count(call => call.Status == 429).ShouldBe(1);
    }

    [Theory]
    [InlineData("throttle", 429, 0)]
    [InlineData("break after", 500, 1)]
    [InlineData("break before", 503, 0)]
    [InlineData("page", 200, 0)]
    public async Task The_next_calls_of_a_method_are_spoilt_and_the_one_after_is_not(string how, int status, int posted)
    {
        await using var scene = await Scene.StartAsync();
        scene.Slack.Disorder.Next("chat.postMessage", how switch
        {
            "throttle" => new Spoil.Throttle(null),
            "break after" => new Spoil.BreakAfter(),
            "break before" => new Spoil.BreakBefore(),
            _ => new Spoil.Page(),
        });

        var (response, _) = await scene.SendAsync("chat.postMessage", Scene.Token, ("channel", "C0OPS"), ("text", "x"));

        ((int)response.StatusCode, scene.Ops.Messages.Count, response.Headers.RetryAfter).ShouldBe((status, posted, null));
        await scene.PostAsync("y");
        scene.Slack.Log.Of("chat.postMessage").Select(call => call.WasDone).ShouldBe([posted == 1, true]);
    }

    [Fact]
    public async Task An_answer_is_lost_after_the_message_was_posted_or_before()
    {
        await using var scene = await Scene.StartAsync();
        scene.Slack.Disorder.Next("chat.postMessage", new Spoil.LoseAnswer());
        scene.Slack.Disorder.Next("chat.postMessage", new Spoil.LoseRequest());

        await Should.ThrowAsync<Exception>(() => scene.PostAsync("stands"));
        await Should.ThrowAsync<Exception>(() => scene.PostAsync("does not"));

        scene.Ops.Messages.Select(each => each.Text).ShouldBe(["stands"]);
        scene.Slack.Log.Calls.Select(call => (call.Status, call.WasDone)).ShouldBe([(0, true), (0, false)]);
    }

    [Fact]
    public async Task A_slow_answer_waits_for_the_clock()
    {
        await using var scene = await Scene.StartAsync();
        scene.Slack.Disorder.Next("auth.test", new Spoil.AnswerLate(TimeSpan.FromSeconds(5)));

        var call = scene.CallAsync("auth.test");
        while (scene.Clock.NextTimer is null) await Task.Yield();
        call.IsCompleted.ShouldBeFalse();
        scene.Clock.Advance(TimeSpan.FromSeconds(5));

        ((bool)(await call)["ok"]!).ShouldBeTrue();
    }

    [Theory]
    [InlineData("archived", "is_archived")]
    [InlineData("not a member", "not_in_channel")]
    [InlineData("not a member of a private one", "channel_not_found")]
    [InlineData("read only", "restricted_action_read_only_channel")]
    [InlineData("no scope", "missing_scope")]
    [InlineData("uninstalled", "account_inactive")]
    [InlineData("revoked", "token_revoked")]
    [InlineData("expired", "token_expired")]
    public async Task Places_scopes_and_tokens_are_refused_in_Slacks_words(string what, string error)
    {
        await using var scene = await Scene.StartAsync();
        var channel = scene.Team.AddChannel("C0X", "x", isPrivate: what.Contains("private", StringComparison.Ordinal), withBot: !what.StartsWith("not", StringComparison.Ordinal));
        channel.IsArchived = what == "archived";
        channel.IsReadOnly = what == "read only";
        if (what == "no scope") scene.Team.Scopes.Remove("chat:write");
        if (what == "uninstalled") await scene.Slack.Events.UninstallAsync(scene.Team);
        if (what == "revoked") await scene.Slack.Events.RevokeTokensAsync(scene.Team);
        if (what == "expired") scene.Slack.KillTokens(scene.Team, "token_expired");

        var answer = await scene.CallAsync("chat.postMessage", ("channel", "C0X"), ("text", "x"));

        ((string)answer["error"]!).ShouldBe(error);
        if (what == "no scope") ((string)answer["needed"]!).ShouldBe("chat:write");
        scene.Team.Scopes.Add("chat:write.public");
        if (what == "not a member") ((bool)(await scene.CallAsync("chat.postMessage", ("channel", "C0X"), ("text", "x")))["ok"]!).ShouldBeTrue();
    }

    [Theory]
    [InlineData(OrphanReplies.Unthreaded, false)]
    [InlineData(OrphanReplies.Threaded, true)]
    public async Task A_reply_to_a_deleted_root_comes_out_as_the_switch_says(OrphanReplies how, bool threaded)
    {
        await using var scene = await Scene.StartAsync();
        scene.Slack.Disorder.OrphanReplies = how;
        var root = await scene.PostAsync("root");
        scene.Ops.Delete(root);

        var answer = await scene.CallAsync("chat.postMessage", ("channel", "C0OPS"), ("thread_ts", root.Ts), ("text", "reply"));

        answer["message"]!.AsObject().ContainsKey("thread_ts").ShouldBe(threaded);
        ((string)(await scene.CallAsync("chat.update", ("channel", "C0OPS"), ("ts", root.Ts), ("text", "x")))["error"]!).ShouldBe("message_not_found");
    }

    [Fact]
    public async Task Metadata_is_given_only_to_those_who_may_read_history_and_ask_for_it()
    {
        await using var scene = await Scene.StartAsync();
        await scene.CallAsync("chat.postMessage", ("channel", "C0OPS"), ("text", "x"), ("metadata", Scene.Parse("""{"event_type":"e","event_payload":{"id":"1"}}""")));
        var ts = scene.Ops.Messages.Single().Ts;
        Task<JsonObject> ReadAsync(string method, bool? metadata) => scene.CallAsync(method, ("channel", "C0OPS"), ("ts", ts), ("include_all_metadata", metadata));

        ((string)(await ReadAsync("conversations.history", true))["needed"]!).ShouldBe("channels:history");
        scene.Team.Scopes.Add("channels:history");
        (await ReadAsync("conversations.replies", null))["messages"]![0]!.AsObject().ContainsKey("metadata").ShouldBeFalse();
        ((string)(await ReadAsync("conversations.history", true))["messages"]![0]!["metadata"]!["event_payload"]!["id"]!).ShouldBe("1");
    }

    [Fact]
    public async Task A_response_address_is_good_for_five_uses_in_half_an_hour()
    {
        await using var scene = await Scene.StartAsync();
        var message = await scene.PostAsync("card", Scene.Parse("""{"type":"actions","elements":[{"type":"button","action_id":"a","text":{"type":"plain_text","text":"Go"}}]}"""));
        await scene.Dana.PressAsync(message, "Go");
        var url = (string)scene.Arrivals[^1].Payload["response_url"]!;
        await scene.Dana.TypeAsync("/dispatch", scene.Ops);
        var old = (string)scene.Arrivals[^1].Payload["response_url"]!;

        (await scene.RespondAsync(url, new() { ["text"] = "only you" })).ShouldBe((HttpStatusCode.OK, "ok"));
        await scene.RespondAsync(url, new() { ["response_type"] = "in_channel", ["text"] = "reply", ["thread_ts"] = message.Ts });
        await scene.RespondAsync(url, new() { ["replace_original"] = true, ["text"] = "done" });
        await scene.RespondAsync(url, new() { ["delete_original"] = true });
        await scene.RespondAsync(url, new() { ["text"] = "five" });
        var sixth = await scene.RespondAsync(url, new() { ["text"] = "six" });
        scene.Clock.Advance(TimeSpan.FromMinutes(30) + TimeSpan.FromSeconds(1));
        var late = await scene.RespondAsync(old, new() { ["text"] = "late" });

        (sixth.Status, late.Status).ShouldBe((HttpStatusCode.NotFound, HttpStatusCode.NotFound));
        (sixth.Body, late.Body).ShouldBe(("""{"ok":false,"error":"used_url"}""", """{"ok":false,"error":"expired_url"}"""));
        (message.Text, message.Buttons.Count, message.IsDeleted).ShouldBe(("done", 0, true));
        scene.Dana.Ephemerals.Select(each => each.Text).ShouldBe(["only you", "five"]);
        scene.Ops.RepliesTo(message).Select(each => each.Text).ShouldBe(["reply"]);
    }
}
