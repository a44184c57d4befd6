using System.Text.RegularExpressions;
using BotDispatch.Simulator;

namespace BotDispatch.Tests.Simulator;

public partial class DisorderTests
{
    [Theory]
    [InlineData(QueuedWebhook.Sent, "Queued")]
    [InlineData(QueuedWebhook.NotSent, "Initiated")]
    public async Task A_webhook_can_come_before_the_answer(QueuedWebhook queued, string first)
    {
        await using var rig = await SimulatorRig.StartAsync(options =>
        {
            options.Disorder.WebhookBeforeAnswer = true;
            options.Switches.QueuedWebhook = queued;
        });
        await rig.SignInAsync();
        var gate = new TaskCompletionSource<HttpResponseMessage?>();
        rig.Receiver.Answer = _ => gate.Task;
        var ordering = rig.PostAsync(Plans.Order());
        while (rig.Receiver.All.Count == 0) await Task.Yield();
        ordering.IsCompleted.ShouldBeFalse();
        gate.SetResult(null);
        (await ordering).IsSuccessStatusCode.ShouldBeTrue();
        rig.Receiver.Statuses.ShouldBe([first]);

        await rig.AdvanceAsync(2);
        rig.Receiver.Statuses.ShouldBe(queued == QueuedWebhook.Sent ? ["Queued", "Initiated", "Ringing"] : ["Initiated", "Ringing"]);
    }

    [Fact]
    public async Task The_answer_can_be_delayed_while_the_phone_already_rings()
    {
        await using var rig = await SimulatorRig.StartAsync(options => options.Disorder.PostAnswerDelay = TimeSpan.FromSeconds(30));
        await rig.SignInAsync();
        var ordering = rig.PostAsync(Plans.Order());
        while (rig.Routee.Calls.Count == 0) await Task.Yield();
        await rig.AdvanceAsync(29.9);
        rig.Phone.Snapshot.State.ShouldBe(PhoneState.Ringing);
        ordering.IsCompleted.ShouldBeFalse();
        await rig.AdvanceAsync(0.1);
        (await ordering).IsSuccessStatusCode.ShouldBeTrue();
    }

    [Fact]
    public async Task The_connection_can_be_cut_after_the_call_was_placed()
    {
        await using var rig = await SimulatorRig.StartAsync(options => options.Disorder.PostAnswerCut = true);
        await rig.SignInAsync();
        await Should.ThrowAsync<Exception>(() => rig.PostAsync(Plans.Order()));
        await rig.AdvanceAsync(2);
        rig.Phone.Snapshot.State.ShouldBe(PhoneState.Ringing);
        rig.Routee.Requests[^1].Answer.ShouldBe(0);
    }

    [Fact]
    public async Task The_answer_can_be_500_after_the_call_was_placed()
    {
        await using var rig = await SimulatorRig.StartAsync(options => options.Disorder.PostAnswerError = true);
        await rig.SignInAsync();
        (await rig.SendAsync(HttpMethod.Post, "/voice/conversation", Plans.Order())).Status.ShouldBe(500);
        await rig.AdvanceAsync(2);
        rig.Phone.Snapshot.State.ShouldBe(PhoneState.Ringing);
    }

    static async Task<IReadOnlyList<string>> StatusesUnder(Action<DisorderSwitches> disorder)
    {
        await using var rig = await SimulatorRig.TalkingAsync(configure: options => disorder(options.Disorder));
        await rig.AdvanceAsync(60);
        rig.Call.Status.ShouldBe("Completed");
        ((string?)(await rig.TrackAsync())["status"]!["status"])!.Replace(" ", "").ShouldBe("Completed");
        return rig.Receiver.Statuses;
    }

    [Fact]
    public async Task Webhooks_can_be_duplicated() => (await StatusesUnder(disorder => disorder.DuplicateWebhooks = true))
        .ShouldBe(["Queued", "Queued", "Initiated", "Initiated", "Ringing", "Ringing", "InProgress", "InProgress", "Completed", "Completed"]);

    [Fact]
    public async Task Ringing_and_the_next_can_be_swapped() => (await StatusesUnder(disorder => disorder.SwapRingingWithNext = true))
        .ShouldBe(["Queued", "Initiated", "InProgress", "Ringing", "Completed"]);

    [Fact]
    public async Task Ringing_can_come_again_after_the_end() => (await StatusesUnder(disorder => disorder.RingingAfterFinal = true))
        .ShouldBe(["Queued", "Initiated", "Ringing", "InProgress", "Completed", "Ringing"]);

    [Fact]
    public async Task The_final_webhook_can_be_lost() => (await StatusesUnder(disorder => disorder.LoseFinalWebhook = true))
        .ShouldBe(["Queued", "Initiated", "Ringing", "InProgress"]);

    [Fact]
    public async Task An_unheard_of_status_can_come() => (await StatusesUnder(disorder => disorder.UnknownStatusName = true))
        .ShouldBe(["Queued", "Initiated", "Diverted", "Ringing", "InProgress", "Completed"]);

    [Fact]
    public async Task Names_can_be_spelled_with_spaces() => (await StatusesUnder(disorder => disorder.SpacedStatusNames = true))
        .ShouldBe(["Queued", "Initiated", "Ringing", "In Progress", "Completed"]);

    [Fact]
    public async Task Disorders_can_be_had_together() => (await StatusesUnder(disorder =>
            (disorder.DuplicateWebhooks, disorder.SwapRingingWithNext, disorder.LoseFinalWebhook, disorder.RingingAfterFinal) = (true, true, true, true)))
        .ShouldBe(["Queued", "Queued", "Initiated", "Initiated", "InProgress", "InProgress", "Ringing", "Ringing", "Ringing", "Ringing"]);

    [Theory]
    [InlineData(LostKeyPosts.None, new[] { "1", "1" })]
    [InlineData(LostKeyPosts.DuringCall, new[] { "1" })]
    [InlineData(LostKeyPosts.EndOfCall, new[] { "1" })]
    [InlineData(LostKeyPosts.All, new string[0])]
    public async Task Key_POSTs_can_be_lost_and_tracking_still_knows(LostKeyPosts lost, string[] shown)
    {
        await using var rig = await SimulatorRig.TalkingAsync(configure: options => options.Disorder.LoseKeyPosts = lost);
        await rig.AdvanceAsync(6);
        await rig.Phone.PressAsync("1");
        rig.Receiver.Keys.Count.ShouldBe(lost is LostKeyPosts.None or LostKeyPosts.EndOfCall ? 1 : 0);
        rig.Phone.Snapshot.State.ShouldBe(PhoneState.Talking);
        await rig.AdvanceAsync(12);
        rig.Receiver.Keys.ShouldBe(shown);
        rig.Receiver.Statuses[^1].ShouldBe("Completed");
        ((string?)(await rig.TrackAsync())["collectedTones"]).ShouldBe("1");
    }

    [Fact]
    public async Task Tracking_can_lag()
    {
        await using var rig = await SimulatorRig.TalkingAsync(configure: options => options.Disorder.TrackingLag = TimeSpan.FromSeconds(10));
        (await rig.GetAsync($"/voice/tracking/conversation/{rig.Call.TrackingId}"))["content"]!.AsArray().ShouldBeEmpty();
        (await rig.SendAsync(HttpMethod.Get, $"/voice/tracking/{rig.Call.MessageId}")).Status.ShouldBe(404);
        await rig.Phone.HangUpAsync();
        await rig.AdvanceAsync(9.9);
        ((string?)(await rig.TrackAsync())["status"]!["status"]).ShouldBe("Initiated");
        await rig.AdvanceAsync(0.1);
        ((string?)(await rig.TrackAsync())["status"]!["status"]).ShouldBe("Completed");
    }

    [Fact]
    public async Task Tracking_can_answer_404_first()
    {
        await using var rig = await SimulatorRig.RingingAsync(configure: options => options.Disorder.TrackingNotFoundFirst = 2);
        var path = $"/voice/tracking/conversation/{rig.Call.TrackingId}";
        (await rig.SendAsync(HttpMethod.Get, path)).Status.ShouldBe(404);
        (await rig.SendAsync(HttpMethod.Get, path)).Status.ShouldBe(404);
        (await rig.SendAsync(HttpMethod.Get, path)).Status.ShouldBe(200);
    }

    [Fact]
    public async Task Extra_fields_can_come()
    {
        await using var rig = await SimulatorRig.TalkingAsync(configure: options => options.Disorder.ExtraFields = true);
        await rig.Phone.HangUpAsync();
        rig.Receiver.All.ShouldAllBe(received => received.Body.ContainsKey("undocumentedText"));
    }

    [Theory]
    [InlineData(NumberStyle.AsGiven, "+306971112233", "302111234567")]
    [InlineData(NumberStyle.WithPlus, "+306971112233", "+302111234567")]
    [InlineData(NumberStyle.WithoutPlus, "306971112233", "302111234567")]
    public async Task Numbers_can_be_written_in_several_ways(NumberStyle style, string to, string from)
    {
        await using var rig = await SimulatorRig.TalkingAsync(configure: options => options.Disorder.Numbers = style);
        await rig.Phone.HangUpAsync();
        rig.Receiver.All.ShouldAllBe(received => (string?)received.Body["to"] == to && (string?)received.Body["from"] == from);
        ((string?)(await rig.TrackAsync())["to"]).ShouldBe(to);
    }

    [Theory]
    [InlineData(DateStyle.Seconds, 0)]
    [InlineData(DateStyle.Milliseconds, 5)]
    [InlineData(DateStyle.Mixed, 2)]
    public async Task Dates_can_have_milliseconds(DateStyle style, int exact)
    {
        await using var rig = await SimulatorRig.TalkingAsync(configure: options => options.Disorder.Dates = style);
        await rig.Phone.HangUpAsync();
        rig.Receiver.Webhooks.Count(webhook => Milliseconds().IsMatch((string)webhook.Body["status"]!["updatedDate"]!)).ShouldBe(exact);
    }

    [GeneratedRegex(@"\.\d{3}Z$")]
    private static partial Regex Milliseconds();
}
