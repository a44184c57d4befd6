using BotDispatch.Simulator;

namespace BotDispatch.Tests.Simulator;

public class KeyTests
{
    [Fact]
    public async Task A_key_during_a_listening_verb_stops_it_and_is_sent_at_once()
    {
        await using var rig = await SimulatorRig.TalkingAsync();
        await rig.AdvanceAsync(6);
        rig.Phone.Snapshot.Listening.ShouldBeTrue();
        rig.Receiver.Plans.Enqueue(Plans.Closing);

        await rig.Phone.PressAsync("1");

        rig.Receiver.Keys.ShouldBe(["1"]);
        rig.Phone.Snapshot.Speaking.ShouldBe("Thank you, you accepted");
        var keys = rig.Receiver.All.Single(received => received.Path == "/keys").Body;
        keys.Select(field => field.Key).ShouldBe(["messageId", "conversationTrackingId", "from", "to", "collectedTones"]);
        ((string?)keys["messageId"]).ShouldBe(rig.Call.MessageId);
        ((string?)keys["conversationTrackingId"]).ShouldBe(rig.Call.TrackingId);
    }

    [Theory, InlineData(1), InlineData(3)]
    public async Task A_key_during_a_pause_or_a_deaf_verb_waits_for_the_next_one_that_is_sent(double pressedAt)
    {
        await using var rig = await SimulatorRig.TalkingAsync();
        await rig.AdvanceAsync(pressedAt);
        await rig.Phone.PressAsync("9");
        rig.Receiver.Keys.ShouldBeEmpty();

        await rig.AdvanceAsync(9 - pressedAt);
        await rig.Phone.PressAsync("1");
        rig.Receiver.Keys.ShouldBe(["91"]);
    }

    [Fact]
    public async Task Keys_grow_over_the_call_and_the_end_of_the_call_tells_them_all()
    {
        await using var rig = await SimulatorRig.TalkingAsync();
        await rig.AdvanceAsync(6);
        await rig.Phone.PressAsync("1");
        await rig.AdvanceAsync(1);
        await rig.Phone.PressAsync("2");
        await rig.Phone.HangUpAsync();
        rig.Receiver.Keys.ShouldBe(["1", "12", "12"]);
    }

    [Fact]
    public async Task No_key_is_reported_as_empty_text_before_Completed()
    {
        await using var rig = await SimulatorRig.TalkingAsync();
        await rig.AdvanceAsync(20);
        rig.Receiver.Keys.ShouldBe([""]);
        rig.Receiver.All[^2].Path.ShouldBe("/keys");
        rig.Receiver.Statuses[^1].ShouldBe("Completed");
    }

    [Fact]
    public async Task An_empty_answer_lets_the_plan_run_on_after_the_interrupted_verb()
    {
        await using var rig = await SimulatorRig.TalkingAsync();
        await rig.AdvanceAsync(6);
        await rig.Phone.PressAsync("1");
        rig.Phone.Snapshot.State.ShouldBe(PhoneState.Talking);
        await rig.AdvanceAsync(11.9);
        rig.Receiver.Statuses[^1].ShouldBe("InProgress");
        await rig.AdvanceAsync(0.1);
        rig.Receiver.Statuses[^1].ShouldBe("Completed");
        rig.Call.Timeline.ShouldContain(moment => moment.Kind == CallMomentKind.PlanKept && moment.Text.Contains("empty"));
    }

    [Theory]
    [InlineData("""{ "dialPlan": { "verbs": [] } }""")]
    [InlineData("""{ "verbs": [] }""")]
    [InlineData("""{ "verbs": [ { "type": "HANGUP" } ] }""")]
    [InlineData("OK")]
    public async Task An_answer_that_is_no_plan_is_not_followed(string answer)
    {
        await using var rig = await SimulatorRig.TalkingAsync();
        await rig.AdvanceAsync(6);
        rig.Receiver.Plans.Enqueue(answer);
        await rig.Phone.PressAsync("1");
        await rig.AdvanceAsync(10.5);
        rig.Phone.Snapshot.State.ShouldBe(PhoneState.Talking);
    }

    [Fact]
    public async Task A_plan_answered_with_an_error_status_is_not_followed()
    {
        await using var rig = await SimulatorRig.TalkingAsync();
        rig.Receiver.Answer = received => Task.FromResult(received.Path == "/keys"
            ? new HttpResponseMessage(System.Net.HttpStatusCode.InternalServerError) { Content = new StringContent(Plans.Closing) } : null);
        await rig.AdvanceAsync(6);
        await rig.Phone.PressAsync("1");
        rig.Phone.Snapshot.Speaking.ShouldBeNull();
    }

    [Fact]
    public async Task Hash_is_sent_during_a_pause_when_asked_for_and_never_written()
    {
        await using var rig = await SimulatorRig.TalkingAsync(Plans.With(Plans.Collect(submitOnHash: true), Plans.Pause(10)));
        await rig.Phone.PressAsync("1");
        rig.Receiver.Keys.ShouldBeEmpty();
        rig.Receiver.Plans.Enqueue(Plans.Closing);
        await rig.Phone.PressAsync("#");
        rig.Receiver.Keys.ShouldBe(["1"]);
        rig.Phone.Snapshot.Speaking.ShouldBe("Thank you, you accepted");
    }

    [Fact]
    public async Task Hash_during_a_pause_does_not_end_the_pause_when_the_answer_is_no_plan()
    {
        await using var rig = await SimulatorRig.TalkingAsync(Plans.With(Plans.Collect(submitOnHash: true), Plans.Pause(10)));
        await rig.Phone.PressAsync("1#");
        await rig.AdvanceAsync(9);
        rig.Phone.Snapshot.State.ShouldBe(PhoneState.Talking);
        await rig.AdvanceAsync(1);
        rig.Phone.Snapshot.State.ShouldBe(PhoneState.Idle);
        rig.Receiver.Keys.ShouldBe(["1", "1"]);
    }

    [Fact]
    public async Task Hash_without_submitOnHash_is_no_trigger_during_a_pause()
    {
        await using var rig = await SimulatorRig.TalkingAsync();
        await rig.Phone.PressAsync("1#");
        rig.Receiver.Keys.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_plan_without_collect_tells_no_keys()
    {
        await using var rig = await SimulatorRig.TalkingAsync(Plans.With(Plans.Say("press", bargeIn: true), Plans.Pause(4)));
        await rig.Phone.PressAsync("1");
        await rig.AdvanceAsync(4);
        rig.Receiver.Keys.ShouldBeEmpty();
        rig.Phone.Snapshot.LastEnded.ShouldBe("Completed");
    }

    [Fact]
    public async Task Collect_last_in_the_plan_hears_the_whole_call()
    {
        await using var rig = await SimulatorRig.TalkingAsync(Plans.With(Plans.Say("press", bargeIn: true), Plans.Collect()));
        await rig.Phone.PressAsync("1");
        rig.Receiver.Keys[0].ShouldBe("1");
    }

    [Fact]
    public async Task Collect_takes_no_time_so_a_plan_of_nothing_else_hangs_up_at_once()
    {
        await using var rig = await SimulatorRig.TalkingAsync(Plans.With(Plans.Collect()));
        rig.Receiver.Statuses[^1].ShouldBe("Completed");
    }

    [Fact]
    public async Task An_answer_after_three_seconds_is_late()
    {
        await using var rig = await SimulatorRig.TalkingAsync();
        await rig.AdvanceAsync(6);
        var answer = new TaskCompletionSource<HttpResponseMessage?>();
        rig.Receiver.Answer = received => received.Path == "/keys" ? answer.Task : Task.FromResult<HttpResponseMessage?>(null);

        var pressing = rig.Phone.PressAsync("1");
        rig.Clock.Advance(TimeSpan.FromSeconds(2.9));
        pressing.IsCompleted.ShouldBeFalse();
        rig.Clock.Advance(TimeSpan.FromSeconds(0.1));
        await pressing;

        rig.Routee.Deliveries[^1].Trouble!.ShouldContain("3 s");
        rig.Call.Timeline.ShouldContain(moment => moment.Kind == CallMomentKind.PlanKept);
        rig.Phone.Snapshot.State.ShouldBe(PhoneState.Talking);
    }

    [Fact]
    public async Task An_answer_to_the_end_of_the_call_is_ignored()
    {
        await using var rig = await SimulatorRig.TalkingAsync();
        rig.Receiver.Plans.Enqueue(Plans.Closing);
        await rig.Phone.HangUpAsync();
        rig.Phone.Snapshot.State.ShouldBe(PhoneState.Idle);
        rig.Call.Status.ShouldBe("Completed");
    }

    [Fact]
    public async Task A_call_nobody_answered_tells_no_keys()
    {
        await using var rig = await SimulatorRig.RingingAsync(new PersonScript.Declines());
        await rig.AdvanceAsync(10);
        rig.Receiver.Keys.ShouldBeEmpty();
        rig.Receiver.Statuses[^1].ShouldBe("NoAnswer");
    }
}
