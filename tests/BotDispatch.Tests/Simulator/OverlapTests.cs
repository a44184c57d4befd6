using BotDispatch.Simulator;

namespace BotDispatch.Tests.Simulator;

/// <summary>Live, answers take their time while the dispatch goes on.</summary>
public class OverlapTests
{
    static async Task<SimulatorRig> LiveAsync(params System.Text.Json.Nodes.JsonObject[] verbs)
    {
        // Real time stands still, so that only the test decides when a receiver answers.
        var rig = await SimulatorRig.RingingAsync(order: Plans.With(verbs), configure: options => options.RealTime = new ManualClock());
        rig.Timeline.Live = true;
        await rig.Phone.AnswerAsync();
        return rig;
    }

    static void Advance(SimulatorRig rig, double seconds)
    {
        rig.Timeline.StartDue();
        var target = rig.Clock.GetUtcNow().AddSeconds(seconds);
        while (rig.Routee.NextDue is { } due && due <= target)
        {
            rig.Clock.AdvanceTo(due);
            rig.Timeline.StartDue();
        }
        rig.Clock.AdvanceTo(target);
    }

    static async Task UntilAsync(Func<bool> happened)
    {
        while (!happened()) await Task.Yield();
    }

    static TaskCompletionSource<HttpResponseMessage?> Answer() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    [Fact]
    public async Task The_length_of_an_interrupted_PLAY_comes_too_late_to_end_the_next_verb()
    {
        await using var rig = await LiveAsync(Plans.Collect(), Plans.Play("silence-3s.wav", bargeIn: true), Plans.Pause(60));
        var file = Answer();
        rig.Receiver.Answer = received => received.Path.StartsWith("/audio", StringComparison.Ordinal) ? file.Task : Task.FromResult<HttpResponseMessage?>(null);
        Advance(rig, 1);
        await rig.Phone.PressAsync("1");
        Advance(rig, 0);
        await UntilAsync(() => rig.Call.Timeline.Any(moment => moment.Kind == CallMomentKind.Paused));

        file.SetResult(null);
        for (var i = 0; i < 100; i++) await Task.Yield();
        Advance(rig, 50);
        rig.Call.Status.ShouldBe("InProgress");
        Advance(rig, 10);
        rig.Call.Status.ShouldBe("Completed");
    }

    [Fact]
    public async Task An_interruption_does_not_resume_a_plan_that_was_replaced_meanwhile()
    {
        await using var rig = await LiveAsync(Plans.Collect(submitOnHash: true), Plans.Pause(2), Plans.Say("press", bargeIn: true), Plans.Pause(60));
        var answers = new Queue<TaskCompletionSource<HttpResponseMessage?>>([Answer(), Answer()]);
        var (first, second) = (answers.First(), answers.Last());
        rig.Receiver.Answer = received => received.Path == "/keys" ? answers.Dequeue().Task : Task.FromResult<HttpResponseMessage?>(null);

        await rig.Phone.PressAsync("1#");
        Advance(rig, 3);
        rig.Phone.Snapshot.Listening.ShouldBeTrue();
        await rig.Phone.PressAsync("2");
        Advance(rig, 0);
        first.SetResult(Receiver.Ok(Plans.AskAgain));
        await UntilAsync(() => rig.Phone.Snapshot.Speaking is not null);
        second.SetResult(null);
        await UntilAsync(() => rig.Call.Timeline.Any(moment => moment.Kind == CallMomentKind.PlanKept));
        rig.Phone.Snapshot.Speaking.ShouldBe("One more time please press one or two");
    }

    [Fact]
    public async Task A_slow_receiver_of_one_call_does_not_hold_up_another()
    {
        await using var rig = await LiveAsync(Plans.Pause(60));
        var never = Answer();
        rig.Receiver.Answer = received => (string?)received.Body["to"] == SimulatorRig.Ann ? never.Task : Task.FromResult<HttpResponseMessage?>(null);
        await rig.OrderAsync(order => order["to"]!["phone"] = "+4915112345644");
        Advance(rig, 2);
        await UntilAsync(() => rig.Receiver.All.Any(received => received.Path == "/status" && (string?)received.Body["to"] != SimulatorRig.Ann && received.StatusName == "Ringing"));
        never.SetResult(null);
    }
}
