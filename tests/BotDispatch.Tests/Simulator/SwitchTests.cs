using System.Net;
using System.Text.Json.Nodes;
using BotDispatch.Simulator;

namespace BotDispatch.Tests.Simulator;

public class SwitchTests
{
    [Theory]
    [InlineData(EndOfCallTones.Tones, "1")]
    [InlineData(EndOfCallTones.Empty, "")]
    [InlineData(EndOfCallTones.NoPost, null)]
    public async Task End_of_call_tones_without_submitOnHash(EndOfCallTones tones, string? shown)
    {
        await using var rig = await SimulatorRig.TalkingAsync(configure: options => options.Switches.EndOfCallTones = tones);
        await rig.Phone.PressAsync("1");
        await rig.Phone.HangUpAsync();
        rig.Receiver.Keys.ShouldBe(shown is null ? [] : [shown]);
        rig.Receiver.Statuses[^1].ShouldBe("Completed");
    }

    [Theory]
    [InlineData(EndOfCallTones.Tones, "1")]
    [InlineData(EndOfCallTones.Empty, "")]
    [InlineData(EndOfCallTones.NoPost, null)]
    public async Task End_of_call_tones_with_submitOnHash_but_no_hash(EndOfCallTones tones, string? shown)
    {
        await using var rig = await SimulatorRig.TalkingAsync(Plans.With(Plans.Collect(submitOnHash: true), Plans.Pause(5)), options => options.Switches.EndOfCallTonesWithoutHash = tones);
        await rig.Phone.PressAsync("1");
        await rig.Phone.HangUpAsync();
        rig.Receiver.Keys.ShouldBe(shown is null ? [] : [shown]);
    }

    [Theory]
    [InlineData(ToneDuringPause.Kept, 0, false)]
    [InlineData(ToneDuringPause.SentAtOnce, 1, true)]
    public async Task A_tone_during_a_pause(ToneDuringPause during, int sent, bool listening)
    {
        await using var rig = await SimulatorRig.TalkingAsync(configure: options => options.Switches.ToneDuringPause = during);
        rig.Phone.Snapshot.Listening.ShouldBe(listening);
        await rig.Phone.PressAsync("1");
        rig.Receiver.Keys.Count.ShouldBe(sent);
        // Interrupted, the pause gives way to the ticket.
        (rig.Phone.Snapshot.Speaking is not null).ShouldBe(listening);
    }

    [Theory]
    [InlineData(MaxDigitsReached.Nothing, 0)]
    [InlineData(MaxDigitsReached.Post, 1)]
    public async Task As_many_digits_as_maxDigits(MaxDigitsReached reached, int sent)
    {
        await using var rig = await SimulatorRig.TalkingAsync(Plans.With(Plans.Collect(maxDigits: 2), Plans.Pause(5)), options => options.Switches.MaxDigitsReached = reached);
        await rig.Phone.PressAsync("1");
        rig.Receiver.Keys.ShouldBeEmpty();
        await rig.Phone.PressAsync("2");
        rig.Receiver.Keys.Count.ShouldBe(sent);
        await rig.AdvanceAsync(4);
        rig.Phone.Snapshot.State.ShouldBe(PhoneState.Talking);
    }

    [Theory]
    [InlineData(EndOfCallOrder.BeforeFinalStatus, "/keys")]
    [InlineData(EndOfCallOrder.AfterFinalStatus, "/status")]
    public async Task The_end_of_call_POST_and_the_final_status_come_one_after_the_other(EndOfCallOrder order, string first)
    {
        await using var rig = await SimulatorRig.TalkingAsync(configure: options => options.Switches.EndOfCallOrder = order);
        await rig.Phone.HangUpAsync();
        rig.Receiver.All[^2].Path.ShouldBe(first);
        rig.Receiver.All[^1].Path.ShouldNotBe(first);
    }

    [Fact]
    public async Task The_end_of_call_POST_and_the_final_status_can_be_under_way_together()
    {
        await using var rig = await SimulatorRig.TalkingAsync(configure: options => options.Switches.EndOfCallOrder = EndOfCallOrder.SameMoment);
        var both = new TaskCompletionSource<HttpResponseMessage?>();
        var waiting = 0;
        rig.Receiver.Answer = _ =>
        {
            if (++waiting == 2) both.SetResult(null);
            return both.Task;
        };
        await rig.Phone.HangUpAsync();
        rig.Routee.Deliveries.TakeLast(2).ShouldAllBe(delivery => delivery.Accepted);
        rig.Receiver.All.TakeLast(2).Select(received => received.Path).ShouldBe(["/keys", "/status"], ignoreOrder: true);
    }

    [Theory]
    [InlineData(TonesAfterPlanChange.KeepGrowing, "91")]
    [InlineData(TonesAfterPlanChange.StartAtZero, "1")]
    public async Task Tones_after_a_plan_change(TonesAfterPlanChange after, string shown)
    {
        await using var rig = await SimulatorRig.TalkingAsync(configure: options => options.Switches.TonesAfterPlanChange = after);
        rig.Receiver.Plans.Enqueue(Plans.AskAgain);
        await rig.AdvanceAsync(6);
        await rig.Phone.PressAsync("9");
        await rig.AdvanceAsync(1);
        await rig.Phone.PressAsync("1");
        rig.Receiver.Keys.ShouldBe(["9", shown]);
        ((string?)(await rig.TrackAsync())["collectedTones"]).ShouldBe("91");
    }

    [Theory]
    [InlineData(PlanWithoutCollect.LaterKeysIgnored, new[] { "1" }, "1")]
    [InlineData(PlanWithoutCollect.OldCollectStays, new[] { "1", "12" }, "12")]
    public async Task Keys_after_a_plan_without_collect(PlanWithoutCollect without, string[] shown, string tracked)
    {
        await using var rig = await SimulatorRig.TalkingAsync(configure: options => options.Switches.PlanWithoutCollect = without);
        rig.Receiver.Plans.Enqueue(Plans.Closing);
        await rig.AdvanceAsync(6);
        await rig.Phone.PressAsync("1");
        await rig.Phone.PressAsync("2");
        await rig.AdvanceAsync(10);
        rig.Receiver.Keys.ShouldBe(shown);
        ((string?)(await rig.TrackAsync())["collectedTones"]).ShouldBe(tracked);
    }

    [Theory]
    [InlineData(BadPlanAnswer.PlanRunsOn, PhoneState.Talking)]
    [InlineData(BadPlanAnswer.CallDropped, PhoneState.Idle)]
    public async Task A_bad_plan_answer(BadPlanAnswer bad, PhoneState then)
    {
        await using var rig = await SimulatorRig.TalkingAsync(configure: options => options.Switches.BadPlanAnswer = bad);
        await rig.AdvanceAsync(6);
        await rig.Phone.PressAsync("1");
        rig.Phone.Snapshot.State.ShouldBe(then);
    }

    [Theory]
    [InlineData(QueuedWebhook.Sent, "Queued")]
    [InlineData(QueuedWebhook.NotSent, "Initiated")]
    public async Task The_first_webhook(QueuedWebhook queued, string first)
    {
        await using var rig = await SimulatorRig.RingingAsync(configure: options => options.Switches.QueuedWebhook = queued);
        rig.Receiver.Statuses[0].ShouldBe(first);
    }

    [Theory]
    [InlineData(UnknownStatus.NotFinal, "Failed")]
    [InlineData(UnknownStatus.Final, "Unknown")]
    public async Task Unknown_may_be_the_last_word(UnknownStatus unknown, string last)
    {
        await using var rig = await SimulatorRig.RingingAsync(new PersonScript.CarrierError("Failed"), configure: options => options.Switches.UnknownStatus = unknown);
        rig.Receiver.Statuses[^1].ShouldBe("Unknown");
        await rig.AdvanceAsync(10);
        rig.Receiver.Statuses[^1].ShouldBe(last);
    }

    [Theory]
    [InlineData(UnknownStatus.NotFinal, 0)]
    [InlineData(UnknownStatus.Final, 1)]
    public async Task Unknown_is_reported_on_completion_only_when_final(UnknownStatus unknown, int shown)
    {
        await using var rig = await SimulatorRig.RingingAsync(new PersonScript.CarrierError(), order => order["callback"]!["strategy"] = "OnCompletion",
            options => options.Switches.UnknownStatus = unknown);
        rig.Receiver.Statuses.Count.ShouldBe(shown);
    }

    [Theory]
    [InlineData(AfterReject.NoAnswer, "NoAnswer")]
    [InlineData(AfterReject.Failed, "Failed")]
    public async Task The_status_after_a_reject(AfterReject after, string status)
    {
        await using var rig = await SimulatorRig.RingingAsync(configure: options => options.Switches.AfterReject = after);
        (await rig.SendAsync(HttpMethod.Put, $"/voice/conversation/{rig.Call.MessageId}", new { action = "reject" })).Status.ShouldBe(200);
        await rig.Routee.RunDueAsync();
        rig.Receiver.Statuses[^1].ShouldBe(status);
    }

    [Fact]
    public async Task No_balance_shows_as_Unsent()
    {
        await using var rig = await SimulatorRig.StartAsync();
        await rig.SignInAsync();
        rig.Routee.OutOfBalance = true;
        await rig.OrderAsync();
        await rig.AdvanceAsync(5);
        rig.Receiver.Statuses.ShouldBe(["Queued", "Unsent"]);
    }

    [Fact]
    public async Task No_balance_can_show_as_a_refused_order()
    {
        await using var rig = await SimulatorRig.StartAsync(options => options.Switches.NoBalance = NoBalance.BadRequest);
        await rig.SignInAsync();
        rig.Routee.OutOfBalance = true;
        var (status, body) = await rig.SendAsync(HttpMethod.Post, "/voice/conversation", Plans.Order());
        status.ShouldBe(400);
        ((string?)body!["code"]).ShouldBe("400001009");
        ((string?)body["developerMessage"]).ShouldBe("Insufficient Balance");
    }

    [Fact]
    public async Task Money_that_runs_out_during_a_call_terminates_it()
    {
        await using var rig = await SimulatorRig.TalkingAsync();
        rig.Routee.OutOfBalance = true;
        await rig.Routee.RunDueAsync();
        rig.Receiver.Statuses[^1].ShouldBe("Terminated");
        rig.Phone.Snapshot.State.ShouldBe(PhoneState.Idle);
    }

    [Fact]
    public async Task Money_that_runs_out_leaves_a_phone_ringing()
    {
        await using var rig = await SimulatorRig.RingingAsync();
        rig.Routee.OutOfBalance = true;
        await rig.Routee.RunDueAsync();
        rig.Phone.Snapshot.State.ShouldBe(PhoneState.Ringing);
    }

    [Theory]
    [InlineData(EventUrlRetry.No, 1)]
    [InlineData(EventUrlRetry.Yes, 13)]
    public async Task A_failed_eventUrl_POST(EventUrlRetry retry, int tries)
    {
        await using var rig = await SimulatorRig.TalkingAsync(configure: options => options.Switches.EventUrlRetry = retry);
        rig.Receiver.Answer = received => Task.FromResult(received.Path == "/keys" ? new HttpResponseMessage(HttpStatusCode.BadGateway) : null);
        await rig.Phone.HangUpAsync();
        await rig.AdvanceAsync(2 * 24 * 3600);
        rig.Receiver.Keys.Count.ShouldBe(tries);
    }

    [Theory]
    [InlineData(EmptyTones.EmptyText, "\"\"")]
    [InlineData(EmptyTones.Null, "null")]
    [InlineData(EmptyTones.Missing, null)]
    public async Task Empty_tones_are_written(EmptyTones empty, string? written)
    {
        await using var rig = await SimulatorRig.TalkingAsync(configure: options => options.Switches.EmptyTones = empty);
        await rig.Phone.HangUpAsync();
        foreach (var body in (JsonObject[])[rig.Receiver.All.Single(received => received.Path == "/keys").Body, (await rig.TrackAsync()).AsObject()])
        {
            body.ContainsKey("collectedTones").ShouldBe(written is not null);
            if (written is not null) (body["collectedTones"]?.ToJsonString() ?? "null").ShouldBe(written);
        }
    }
}
