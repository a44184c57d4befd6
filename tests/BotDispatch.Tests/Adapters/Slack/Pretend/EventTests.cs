using System.Net;

namespace BotDispatch.Tests.Adapters.Slack.Pretend;

public sealed class EventTests
{
    [Fact]
    public async Task An_event_that_is_not_accepted_is_sent_again_at_once_after_a_minute_and_after_five()
    {
        await using var scene = await Scene.StartAsync();
        scene.App = _ => Task.FromResult(new HttpResponseMessage(HttpStatusCode.ServiceUnavailable));
        async Task<int> AfterAsync(TimeSpan pause)
        {
            scene.Clock.Advance(pause);
            await scene.Slack.QuietAsync();
            return scene.Arrivals.Count;
        }

        await scene.Dana.MentionAsync(scene.Ops, "status");
        scene.Arrivals.Count.ShouldBe(2);
        (await AfterAsync(TimeSpan.FromSeconds(59))).ShouldBe(2);
        (await AfterAsync(TimeSpan.FromSeconds(1))).ShouldBe(3);
        (await AfterAsync(TimeSpan.FromMinutes(5))).ShouldBe(4);
        (await AfterAsync(TimeSpan.FromHours(1))).ShouldBe(4);

        scene.Arrivals.Select(each => (string)each.Payload["event_id"]!).Distinct().ShouldHaveSingleItem();
        scene.Arrivals.Select(each => each.Headers.GetValueOrDefault("x-slack-retry-num")).ShouldBe([null, "1", "2", "3"]);
        scene.Arrivals[^1].Headers["x-slack-retry-reason"].ShouldBe("http_error");
        scene.Slack.Events.Tries.Select(each => each.Retry).ShouldBe([0, 1, 2, 3]);
    }

    [Fact]
    public async Task An_app_that_answers_late_gets_a_retry_and_one_that_wants_none_does_not()
    {
        await using var scene = await Scene.StartAsync();
        var arrived = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        scene.App = async each =>
        {
            if (each.Headers.ContainsKey("x-slack-retry-num"))
            {
                var refusal = new HttpResponseMessage(HttpStatusCode.InternalServerError);
                refusal.Headers.Add("x-slack-no-retry", "1");
                return refusal;
            }
            arrived.SetResult();
            await Task.Delay(Timeout.Infinite);
            return new();
        };

        var shown = scene.Dana.OpenHomeAsync();
        await arrived.Task;
        scene.Clock.Advance(TimeSpan.FromSeconds(3));
        await shown;
        scene.Clock.Advance(TimeSpan.FromHours(1));
        await scene.Slack.QuietAsync();

        scene.Arrivals.Select(each => each.Headers.GetValueOrDefault("x-slack-retry-reason")).ShouldBe([null, "http_timeout"]);
    }

    [Fact]
    public async Task Disorder_delivers_an_event_twice_under_one_id()
    {
        await using var scene = await Scene.StartAsync();
        scene.Slack.Disorder.DuplicateDeliveries = true;

        await scene.Dana.OpenHomeAsync();

        scene.Arrivals.Select(each => (string)each.Payload["event_id"]!).ToList().ShouldSatisfyAllConditions(ids => ids.Count.ShouldBe(2), ids => ids.Distinct().ShouldHaveSingleItem());
    }

    [Fact]
    public async Task A_mention_in_a_thread_says_which()
    {
        await using var scene = await Scene.StartAsync();
        var root = await scene.PostAsync("card");

        await scene.Dana.MentionAsync(scene.Ops, "status", root);

        var inner = scene.Arrivals.Single().Payload["event"]!;
        ((string)inner["thread_ts"]!, (string)inner["text"]!).ShouldBe((root.Ts, $"<@{scene.Team.BotUserId}> status"));
        scene.Ops.RepliesTo(root).Count.ShouldBe(1);
    }
}
