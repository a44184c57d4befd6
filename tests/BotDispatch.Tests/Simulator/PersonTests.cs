using BotDispatch.Simulator;

namespace BotDispatch.Tests.Simulator;

public class PersonTests
{
    // With the usual plan the options begin 5 s after the answer, which comes 3 s after the first ring.
    static async Task<SimulatorRig> LivedAsync(PersonScript script, Action<System.Text.Json.Nodes.JsonObject>? order = null, Action<SimulatorOptions>? configure = null)
    {
        var rig = await SimulatorRig.RingingAsync(script, order, configure);
        await rig.AdvanceAsync(120);
        return rig;
    }

    [Fact]
    public async Task Accepting_presses_1_while_the_options_are_spoken()
    {
        await using var rig = await LivedAsync(new PersonScript.AnswersAndAccepts());
        rig.Receiver.Keys.ShouldBe(["1", "1"]);
        (rig.Receiver.All.First(received => received.Path == "/keys").At - rig.Call.AnsweredAt)!.Value.TotalSeconds.ShouldBe(6.5);
        (rig.Call.AnsweredAt - rig.Receiver.Webhooks[2].At)!.Value.TotalSeconds.ShouldBe(3);
        rig.Call.AnsweredBy.ShouldBe("HUMAN");
    }

    [Fact]
    public async Task Accepting_works_with_a_plan_of_one_utterance_and_with_none()
    {
        await using var one = await LivedAsync(new PersonScript.AnswersAndAccepts(), Plans.With(Plans.Collect(), Plans.Say("press", bargeIn: true)));
        one.Receiver.Keys[0].ShouldBe("1");
        await using var none = await LivedAsync(new PersonScript.AnswersAndAccepts(), Plans.With(Plans.Collect(), Plans.Play("silence-5s.wav", bargeIn: true)));
        none.Receiver.Keys[0].ShouldBe("1");
    }

    [Fact]
    public async Task Rejecting_presses_2()
    {
        await using var rig = await LivedAsync(new PersonScript.AnswersAndRejects());
        rig.Receiver.Keys[0].ShouldBe("2");
    }

    [Fact]
    public async Task Manual_and_never_answering_ring_out()
    {
        foreach (var script in (PersonScript[])[new PersonScript.Manual(), new PersonScript.NeverAnswers()])
        {
            await using var rig = await LivedAsync(script, order => order["hangupDelay"] = 25);
            rig.Receiver.Statuses.ShouldBe(["Queued", "Initiated", "Ringing", "NoAnswer"]);
        }
    }

    [Fact]
    public async Task Busy_never_rings()
    {
        await using var rig = await LivedAsync(new PersonScript.Busy());
        rig.Receiver.Statuses.ShouldBe(["Queued", "Initiated", "Busy"]);
        rig.Phone.Snapshot.LastEnded.ShouldBe("Busy");
    }

    [Fact]
    public async Task Declining_is_NoAnswer()
    {
        await using var rig = await LivedAsync(new PersonScript.Declines());
        rig.Receiver.Statuses.ShouldBe(["Queued", "Initiated", "Ringing", "NoAnswer"]);
        (rig.Call.EndedAt - rig.Receiver.Webhooks[2].At)!.Value.TotalSeconds.ShouldBe(4);
        rig.Phone.Snapshot.LastEnded.ShouldBe("Declined", "whoever looks at the phone knows more than the caller");
    }

    [Fact]
    public async Task Voicemail_listens_to_the_end_and_only_tracking_tells()
    {
        await using var rig = await LivedAsync(new PersonScript.Voicemail());
        rig.Receiver.Statuses[^1].ShouldBe("Completed");
        rig.Receiver.Keys.ShouldBe([""]);
        ((string?)(await rig.TrackAsync())["answeredBy"]).ShouldBe("MACHINE");
        ((int)(await rig.TrackAsync())["duration"]!).ShouldBe(20);
    }

    [Fact]
    public async Task Machine_detection_can_hang_up()
    {
        await using var rig = await LivedAsync(new PersonScript.Voicemail(), order => order["machineDetection"] = new System.Text.Json.Nodes.JsonObject { ["strategy"] = "Hangup" });
        rig.Receiver.Statuses[^1].ShouldBe("Completed");
        (rig.Call.EndedAt - rig.Call.AnsweredAt)!.Value.TotalSeconds.ShouldBe(2);
        ((string?)(await rig.TrackAsync())["answeredBy"]).ShouldBe("MACHINE");
    }

    [Fact]
    public async Task Machine_detection_leaves_a_human_alone()
    {
        await using var rig = await LivedAsync(new PersonScript.SaysNothing(), order => order["machineDetection"] = new System.Text.Json.Nodes.JsonObject { ["strategy"] = "Hangup" });
        (rig.Call.EndedAt - rig.Call.AnsweredAt)!.Value.TotalSeconds.ShouldBe(20);
    }

    [Fact]
    public async Task Machine_detection_can_ask_for_another_plan()
    {
        await using var rig = await SimulatorRig.RingingAsync(new PersonScript.Voicemail(), order => order["machineDetection"] =
            new System.Text.Json.Nodes.JsonObject { ["strategy"] = "Continue", ["eventUrl"] = "http://localhost/machine" });
        rig.Receiver.Answer = received => Task.FromResult(received.Path == "/machine" ? Receiver.Ok(Plans.Closing) : null);
        await rig.AdvanceAsync(7);
        rig.Phone.Snapshot.Speaking.ShouldBe("Thank you, you accepted");
        rig.Receiver.All.Single(received => received.Path == "/machine").Body.Select(field => field.Key).ShouldBe(["messageId", "conversationTrackingId", "from", "to"]);
    }

    [Fact]
    public async Task Saying_nothing_hears_the_plan_to_its_end()
    {
        await using var rig = await LivedAsync(new PersonScript.SaysNothing());
        rig.Receiver.Keys.ShouldBe([""]);
        rig.Call.Timeline.Count(moment => moment.Kind == CallMomentKind.Spoke).ShouldBe(2);
    }

    [Fact]
    public async Task Pressing_late_falls_into_the_silence()
    {
        await using var rig = await LivedAsync(new PersonScript.PressesLate());
        (rig.Receiver.All.First(received => received.Path == "/keys").At - rig.Call.AnsweredAt)!.Value.TotalSeconds.ShouldBe(13);
        rig.Receiver.Keys[0].ShouldBe("1");
    }

    [Fact]
    public async Task A_wrong_key_is_9()
    {
        await using var rig = await LivedAsync(new PersonScript.PressesWrongKey());
        rig.Receiver.Keys[0].ShouldBe("9");
    }

    [Fact]
    public async Task Hanging_up_mid_message_is_Completed_with_nothing_pressed()
    {
        await using var rig = await LivedAsync(new PersonScript.HangsUpMidMessage());
        (rig.Call.EndedAt - rig.Call.AnsweredAt)!.Value.TotalSeconds.ShouldBe(4);
        rig.Receiver.Statuses[^1].ShouldBe("Completed");
        rig.Receiver.Keys.ShouldBe([""]);
    }

    [Fact]
    public async Task Pressing_twice_and_changing_ones_mind_show_in_growing_tones()
    {
        await using var twice = await LivedAsync(new PersonScript.PressesTwice());
        twice.Receiver.Keys.ShouldBe(["1", "11", "11"]);
        await using var then = await LivedAsync(new PersonScript.PressesOneThenTwo());
        then.Receiver.Keys.ShouldBe(["1", "12", "12"]);
    }

    [Fact]
    public async Task A_carrier_error_may_be_the_last_word_ever()
    {
        await using var rig = await LivedAsync(new PersonScript.CarrierError());
        rig.Receiver.Statuses.ShouldBe(["Queued", "Initiated", "Unknown"]);
        rig.Call.EndedAt.ShouldBeNull();
        rig.Routee.NextDue.ShouldBeNull();
    }

    [Fact]
    public async Task A_custom_person_takes_the_steps_given()
    {
        await using var rig = await LivedAsync(new PersonScript.Custom(1, [PersonStep.PressAt(9, "7"), PersonStep.PressDuring(2, 1, "5"), PersonStep.HangUpAt(10)]));
        rig.Receiver.Keys.ShouldBe(["5", "57", "57"]);
        (rig.Call.EndedAt - rig.Call.AnsweredAt)!.Value.TotalSeconds.ShouldBe(10);
    }

    [Fact]
    public async Task A_phone_in_use_is_busy_for_a_second_caller_and_its_call_goes_on()
    {
        await using var rig = await SimulatorRig.TalkingAsync();
        await rig.OrderAsync();
        await rig.AdvanceAsync(2);
        rig.Call.Status.ShouldBe("Busy");
        rig.Phone.Snapshot.State.ShouldBe(PhoneState.Talking);
        rig.Phone.Snapshot.CallId.ShouldBe(rig.Routee.Calls[0].MessageId);
    }

    [Fact]
    public async Task A_new_habit_reaches_a_phone_that_is_ringing()
    {
        await using var rig = await SimulatorRig.RingingAsync();
        rig.Phone.Script = new PersonScript.Declines(After: 1);
        await rig.AdvanceAsync(1);
        rig.Receiver.Statuses[^1].ShouldBe("NoAnswer");
    }

    [Fact]
    public async Task What_a_phone_cannot_do_now_is_said()
    {
        await using var rig = await SimulatorRig.RingingAsync();
        await Should.ThrowAsync<InvalidOperationException>(() => rig.Phone.PressAsync("1"));
        await Should.ThrowAsync<InvalidOperationException>(() => rig.Phone.HangUpAsync());
        await rig.Phone.AnswerAsync();
        await Should.ThrowAsync<InvalidOperationException>(() => rig.Phone.AnswerAsync());
        await Should.ThrowAsync<InvalidOperationException>(() => rig.Phone.DeclineAsync());
        await Should.ThrowAsync<ArgumentException>(() => rig.Phone.PressAsync("x"));
    }

    [Fact]
    public void Every_habit_has_a_name_of_its_own_and_a_sentence()
    {
        PersonScript.All.Select(script => script.Name).Distinct().Count().ShouldBe(PersonScript.All.Count);
        PersonScript.All.ShouldAllBe(script => script.Description.EndsWith('.') && PersonScript.Named(script.Name) == script);
        var family = typeof(PersonScript).GetNestedTypes().Where(type => type != typeof(PersonScript.Custom));
        PersonScript.All.Select(script => script.GetType()).ShouldBe(family, ignoreOrder: true);
    }

    [Fact]
    public async Task A_number_is_the_same_phone_with_and_without_plus()
    {
        await using var rig = await SimulatorRig.StartAsync();
        rig.Routee.Phone("306971112233").ShouldBeSameAs(rig.Phone);
        rig.Routee.Phones.Single().Number.ShouldBe(SimulatorRig.Ann);
    }
}
