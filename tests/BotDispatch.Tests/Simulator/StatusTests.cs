using System.Net;
using BotDispatch.Simulator;

namespace BotDispatch.Tests.Simulator;

public class StatusTests
{
    [Fact]
    public async Task An_answered_call_goes_through_every_status_at_its_time()
    {
        await using var rig = await SimulatorRig.TalkingAsync();
        await rig.AdvanceAsync(20);
        rig.Receiver.Statuses.ShouldBe(["Queued", "Initiated", "Ringing", "InProgress", "Completed"]);
        rig.Receiver.Webhooks.Select(webhook => (string?)webhook.Body["status"]!["updatedDate"]).ShouldBe(
            ["2026-01-05T09:00:00Z", "2026-01-05T09:00:00Z", "2026-01-05T09:00:01Z", "2026-01-05T09:00:01Z", "2026-01-05T09:00:21Z"]);
    }

    [Fact]
    public async Task A_webhook_has_the_documented_fields_and_no_tones()
    {
        await using var rig = await SimulatorRig.TalkingAsync();
        await rig.AdvanceAsync(20);
        var last = rig.Receiver.Webhooks[^1].Body;
        last.Select(field => field.Key).ShouldBe(["messageId", "conversationTrackingId", "to", "from", "status", "direction", "originatingService", "respectQuietHours", "duration", "price"]);
        ((string?)last["messageId"]).ShouldBe(rig.Call.MessageId);
        ((string?)last["conversationTrackingId"]).ShouldBe(rig.Call.TrackingId);
        ((int)last["duration"]!).ShouldBe(20);
        ((decimal)last["price"]!).ShouldBeGreaterThan(0);
    }

    [Fact]
    public async Task OnCompletion_tells_only_the_end()
    {
        await using var rig = await SimulatorRig.TalkingAsync(order => order["callback"]!["strategy"] = "OnCompletion");
        await rig.AdvanceAsync(20);
        rig.Receiver.Statuses.ShouldBe(["Completed"]);
    }

    [Fact]
    public async Task Without_a_callback_nothing_is_reported()
    {
        await using var rig = await SimulatorRig.TalkingAsync(order => order.Remove("callback"));
        await rig.AdvanceAsync(20);
        rig.Receiver.Webhooks.ShouldBeEmpty();
        rig.Call.Status.ShouldBe("Completed");
    }

    [Theory, InlineData(25), InlineData(null)]
    public async Task Ringing_ends_as_NoAnswer_after_hangupDelay_or_when_the_network_gives_up(int? hangupDelay)
    {
        await using var rig = await SimulatorRig.RingingAsync(order: order => order["hangupDelay"] = hangupDelay);
        await rig.AdvanceAsync((hangupDelay ?? 60) - 0.1);
        rig.Phone.Snapshot.State.ShouldBe(PhoneState.Ringing);
        await rig.AdvanceAsync(0.1);
        rig.Receiver.Statuses[^1].ShouldBe("NoAnswer");
        rig.Phone.Snapshot.State.ShouldBe(PhoneState.Idle);
    }

    [Fact]
    public async Task MaxDuration_cuts_the_call()
    {
        await using var rig = await SimulatorRig.TalkingAsync(order => order["maxDuration"] = 7);
        await rig.AdvanceAsync(6.9);
        rig.Call.Status.ShouldBe("InProgress");
        await rig.AdvanceAsync(0.1);
        rig.Receiver.Statuses[^1].ShouldBe("Completed");
    }

    [Fact]
    public async Task A_call_that_ended_leaves_nothing_planned()
    {
        await using var rig = await SimulatorRig.TalkingAsync(order => order["maxDuration"] = 700);
        await rig.Phone.HangUpAsync();
        rig.Routee.NextDue.ShouldBeNull();
    }

    [Fact]
    public async Task A_webhook_not_answered_with_200_is_repeated_at_the_offsets_from_its_first_try()
    {
        await using var rig = await SimulatorRig.StartAsync();
        await rig.SignInAsync();
        rig.Phone.Script = new PersonScript.Busy();
        rig.Receiver.Answer = _ => Task.FromResult<HttpResponseMessage?>(new(HttpStatusCode.InternalServerError));
        await rig.OrderAsync(order => order["callback"]!["strategy"] = "OnCompletion");
        await rig.AdvanceAsync(2 * 24 * 3600);

        var tries = rig.Routee.Deliveries;
        tries.Select(delivery => (delivery.At - tries[0].At).TotalMinutes).ShouldBe([0, 0.5, 1, 2, 5, 10, 15, 30, 60, 120, 240, 480, 1440]);
        tries.Select(delivery => delivery.Try).ShouldBe(Enumerable.Range(1, 13));
        tries.ShouldAllBe(delivery => delivery.Answer == 500 && !delivery.Accepted);
        rig.Receiver.Webhooks.Select(webhook => webhook.Body.ToJsonString()).Distinct().Count().ShouldBe(1);
        rig.Routee.NextDue.ShouldBeNull();
    }

    [Fact]
    public async Task A_webhook_is_not_repeated_once_it_was_received()
    {
        await using var rig = await SimulatorRig.StartAsync();
        await rig.SignInAsync();
        rig.Phone.Script = new PersonScript.Busy();
        rig.Receiver.Answer = _ => Task.FromResult<HttpResponseMessage?>(new(rig.Receiver.All.Count < 3 ? HttpStatusCode.BadGateway : HttpStatusCode.OK));
        await rig.OrderAsync(order => order["callback"]!["strategy"] = "OnCompletion");
        await rig.AdvanceAsync(2 * 24 * 3600);
        rig.Receiver.Statuses.ShouldBe(["Busy", "Busy", "Busy"]);
    }

    [Theory, InlineData(WebhookSuccess.Only200, 2), InlineData(WebhookSuccess.Any2xx, 1)]
    public async Task Only_200_counts_as_received_unless_switched_otherwise(WebhookSuccess success, int tries)
    {
        await using var rig = await SimulatorRig.StartAsync(options => options.Switches.WebhookSuccess = success);
        await rig.SignInAsync();
        rig.Receiver.Answer = _ => Task.FromResult<HttpResponseMessage?>(new(HttpStatusCode.NoContent));
        await rig.OrderAsync();
        await rig.AdvanceAsync(31);
        rig.Receiver.Statuses.Count(status => status == "Queued").ShouldBe(tries);
    }

    [Fact]
    public async Task A_receiver_has_two_seconds_of_real_time()
    {
        await using var rig = await SimulatorRig.StartAsync();
        await rig.SignInAsync();
        var never = new TaskCompletionSource<HttpResponseMessage?>();
        rig.Receiver.Answer = _ => never.Task;
        await rig.OrderAsync();
        var running = rig.Routee.RunDueAsync();
        rig.Clock.Advance(TimeSpan.FromSeconds(1.99));
        running.IsCompleted.ShouldBeFalse();
        rig.Receiver.Answer = _ => Task.FromResult<HttpResponseMessage?>(null);
        rig.Clock.Advance(TimeSpan.FromSeconds(0.01));
        await running;
        rig.Routee.Deliveries[0].Trouble!.ShouldContain("2 s");
        rig.Routee.Deliveries[0].Accepted.ShouldBeFalse();
    }

    [Fact]
    public async Task A_receiver_that_cannot_be_reached_gets_it_again()
    {
        await using var rig = await SimulatorRig.StartAsync();
        await rig.SignInAsync();
        rig.Receiver.Answer = _ => rig.Receiver.All.Count == 1 ? throw new HttpRequestException("refused") : Task.FromResult<HttpResponseMessage?>(null);
        await rig.OrderAsync();
        await rig.AdvanceAsync(31);
        rig.Routee.Deliveries[0].Trouble.ShouldBe("refused");
        rig.Receiver.Statuses.Count(status => status == "Queued").ShouldBe(2);
    }
}
