using System.Text.Json.Nodes;
using BotDispatch.Simulator;

namespace BotDispatch.Tests.Simulator;

public class InspectionTests
{
    [Fact]
    public async Task A_phone_can_be_used_over_http()
    {
        await using var rig = await SimulatorRig.RingingAsync();
        const string phone = "/simulator/phones/306971112233";
        ((string?)(await rig.GetAsync("/simulator/phones"))[0]!["state"]).ShouldBe("Ringing");
        (await rig.SendAsync(HttpMethod.Post, phone + "/press", new { keys = "1" })).Status.ShouldBe(409);
        ((string?)(await rig.SendAsync(HttpMethod.Post, phone + "/answer")).Body!["state"]).ShouldBe("Talking");
        await rig.AdvanceAsync(6);
        (await rig.SendAsync(HttpMethod.Post, phone + "/press", new { keys = "x" })).Status.ShouldBe(400);
        (await rig.SendAsync(HttpMethod.Post, phone + "/press", new { keys = "1" })).Status.ShouldBe(200);
        ((string?)(await rig.SendAsync(HttpMethod.Post, phone + "/hangup")).Body!["lastEnded"]).ShouldBe("Completed");
        (await rig.SendAsync(HttpMethod.Post, phone + "/decline")).Status.ShouldBe(409);
    }

    [Fact]
    public async Task A_script_can_be_set_over_http()
    {
        await using var rig = await SimulatorRig.StartAsync();
        const string script = "/simulator/phones/+306971112233/script";
        (await rig.SendAsync(HttpMethod.Post, script, new { name = "busy" })).Status.ShouldBe(200);
        rig.Phone.Script.ShouldBe(new PersonScript.Busy());
        (await rig.SendAsync(HttpMethod.Post, script, new { name = "sleeps" })).Status.ShouldBe(400);
        await rig.SendAsync(HttpMethod.Post, script, new { name = "custom", answerAfter = 1, steps = new[] { new { keys = "1", utterance = 1, after = 2 } } });
        rig.Phone.Script.ShouldBeOfType<PersonScript.Custom>().Steps.ShouldBe([PersonStep.PressDuring(1, 2, "1")]);
        (await rig.GetAsync("/simulator/scripts")).AsArray().Count.ShouldBe(PersonScript.All.Count);
    }

    [Fact]
    public async Task Requests_deliveries_and_calls_are_remembered()
    {
        await using var rig = await SimulatorRig.RingingAsync();
        rig.Routee.Requests.Select(request => (request.Method, request.Path, request.Answer)).ShouldBe([("POST", "/oauth/token", 200), ("POST", "/voice/conversation", 200)]);
        ((string)(await rig.GetAsync("/simulator/requests"))[1]!["body"]!).ShouldContain("dialPlan");
        ((string?)(await rig.GetAsync("/simulator/deliveries"))[0]!["kind"]).ShouldBe("Status");
        ((string?)(await rig.GetAsync("/simulator/calls"))[0]!["timeline"]![0]!["text"]).ShouldBe("Queued");
    }

    [Fact]
    public async Task Switches_and_disorder_can_be_changed_one_by_one()
    {
        await using var rig = await SimulatorRig.StartAsync();
        (await rig.SendAsync(HttpMethod.Put, "/simulator/switches", new { paceExceeded = "Accepted" })).Status.ShouldBe(200);
        (await rig.SendAsync(HttpMethod.Put, "/simulator/switches", new { afterReject = "Failed" })).Status.ShouldBe(200);
        rig.Routee.Switches.PaceExceeded.ShouldBe(PaceExceeded.Accepted);
        rig.Routee.Switches.AfterReject.ShouldBe(AfterReject.Failed);
        (await rig.SendAsync(HttpMethod.Put, "/simulator/switches", new { paceExceded = "Accepted" })).Status.ShouldBe(400);
        (await rig.SendAsync(HttpMethod.Put, "/simulator/switches", new { paceExceeded = "Perhaps" })).Status.ShouldBe(400);
        await rig.SendAsync(HttpMethod.Put, "/simulator/disorder", new { trackingLag = "00:00:05", duplicateWebhooks = true });
        rig.Routee.Disorder.TrackingLag.ShouldBe(TimeSpan.FromSeconds(5));
        ((bool)(await rig.GetAsync("/simulator/disorder"))["duplicateWebhooks"]!).ShouldBeTrue();
        await rig.SendAsync(HttpMethod.Post, "/simulator/balance", new { @out = true });
        rig.Routee.OutOfBalance.ShouldBeTrue();
        await rig.SendAsync(HttpMethod.Post, "/simulator/gate", new { refuseCredentials = true });
        rig.Routee.RefuseCredentials.ShouldBeTrue();
    }

    [Fact]
    public async Task Reset_forgets_everything_also_what_was_still_to_happen()
    {
        await using var rig = await SimulatorRig.TalkingAsync();
        rig.Routee.Disorder.DuplicateWebhooks = true;
        rig.Routee.OutOfBalance = true;
        rig.Routee.Unreachable = true;
        var shown = rig.Receiver.All.Count;

        await rig.SendAsync(HttpMethod.Post, "/simulator/reset");

        rig.Routee.NextDue.ShouldBeNull();
        await rig.AdvanceAsync(100);
        rig.Receiver.All.Count.ShouldBe(shown);
        rig.Routee.Calls.ShouldBeEmpty();
        rig.Routee.Deliveries.ShouldBeEmpty();
        rig.Routee.Requests.ShouldBeEmpty();
        rig.Routee.Disorder.DuplicateWebhooks.ShouldBeFalse();
        (rig.Routee.OutOfBalance, rig.Routee.Unreachable).ShouldBe((false, false));
        rig.Phone.Snapshot.State.ShouldBe(PhoneState.Idle);
        (await rig.SendAsync(HttpMethod.Get, "/accounts/me/balance")).Status.ShouldBe(401);
    }

    [Fact]
    public async Task A_page_can_watch_the_phones()
    {
        await using var rig = await SimulatorRig.RingingAsync();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/simulator/phones/stream");
        using var answer = await rig.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        answer.Content.Headers.ContentType!.MediaType.ShouldBe("text/event-stream");
        using var lines = new StreamReader(await answer.Content.ReadAsStreamAsync());
        (await NextAsync(lines))["state"]!.ToString().ShouldBe("Ringing");
        await rig.Phone.AnswerAsync();
        (await NextAsync(lines))["state"]!.ToString().ShouldBe("Talking");
    }

    static async Task<JsonNode> NextAsync(StreamReader lines)
    {
        while (await lines.ReadLineAsync() is { } line)
            if (line.StartsWith("data: ", StringComparison.Ordinal)) return JsonNode.Parse(line[6..])!;
        throw new InvalidOperationException("the stream ended");
    }

    [Fact]
    public async Task History_keeps_the_newest()
    {
        await using var rig = await SimulatorRig.StartAsync(options => options.HistorySize = 3);
        await rig.SignInAsync();
        for (var i = 0; i < 5; i++)
        {
            await rig.OrderAsync(order => order["to"]!["phone"] = $"+49151000{i}");
            await rig.AdvanceAsync(70);
        }
        rig.Routee.Calls.Select(call => call.To).ShouldBe(["+491510002", "+491510003", "+491510004"]);
        rig.Routee.Requests.Count.ShouldBe(3);
        rig.Routee.Deliveries.Count.ShouldBe(3);
    }

    [Fact]
    public async Task Phones_nobody_gave_a_script_are_forgotten_first()
    {
        await using var rig = await SimulatorRig.StartAsync(options => options.PhonesKept = 2);
        rig.Phone.Script = new PersonScript.Busy();
        rig.Routee.Phone("+491");
        rig.Routee.Phone("+492");
        rig.Routee.Phones.Select(phone => phone.Number).ShouldBe([SimulatorRig.Ann, "+492"], ignoreOrder: true);
    }

    [Fact]
    public async Task Changes_are_reported_in_process_with_a_new_speech_id_for_each_utterance()
    {
        await using var rig = await SimulatorRig.RingingAsync();
        var seen = new List<PhoneSnapshot>();
        rig.Routee.Changed += seen.Add;
        await rig.Phone.AnswerAsync();
        await rig.AdvanceAsync(20);
        seen.Where(phone => phone.Speaking is not null).Select(phone => phone.SpeechId).ShouldBe([1, 2]);
        seen.Select(phone => phone.State).ShouldContain(PhoneState.Talking);
        seen[^1].State.ShouldBe(PhoneState.Idle);
    }
}
