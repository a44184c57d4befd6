using System.Text.Json.Nodes;
using BotDispatch.Simulator;

namespace BotDispatch.Tests.Simulator;

public class OrderTests
{
    public static readonly TheoryData<string, string> Faults = new()
    {
        { """{ "from": null }""", "from" },
        { """{ "from": 302111234567 }""", "from" },
        { """{ "to": null }""", "to" },
        { """{ "to": {} }""", "to" },
        { """{ "to": { "phone": "+306971112233", "sip": "sip:a@b" } }""", "to" },
        { """{ "to": { "phone": "306971112233" } }""", "to.phone" },
        { """{ "to": { "phone": "+30 697 1112233" } }""", "to.phone" },
        { """{ "to": { "phone": "+1234567890123456" } }""", "to.phone" },
        { """{ "dialPlan": null }""", "dialPlan" },
        { """{ "dialPlanUrl": "http://localhost/plan" }""", "dialPlan" },
        { """{ "dialPlan": {} }""", "dialPlan.verbs" },
        { """{ "dialPlan": { "verbs": [] } }""", "dialPlan.verbs" },
        { """{ "dialPlan": { "verbs": [ { "type": "HANGUP" } ] } }""", "dialPlan.verbs[0].type" },
        { """{ "dialPlan": { "verbs": [ { "type": "DIAL", "to": { "phone": "+301" } }, { "type": "DIAL", "to": { "phone": "+301" } } ] } }""", "dialPlan.verbs" },
        { """{ "dialPlan": { "verbs": [ { "type": "SAY", "message": { "language": "en-US" } } ] } }""", "dialPlan.verbs[0].message.text" },
        { """{ "dialPlan": { "verbs": [ { "type": "SAY", "message": { "text": "a" } } ] } }""", "dialPlan.verbs[0].message.language" },
        { """{ "dialPlan": { "verbs": [ { "type": "SAY", "message": { "text": "a", "language": "nl-NL" } } ] } }""", "dialPlan.verbs[0].message.language" },
        { """{ "dialPlan": { "verbs": [ { "type": "SAY", "message": { "text": "a", "language": "en-US", "gender": "robot" } } ] } }""", "dialPlan.verbs[0].message.gender" },
        { """{ "dialPlan": { "verbs": [ { "type": "PLAY" } ] } }""", "dialPlan.verbs[0].fileURL" },
        { """{ "dialPlan": { "verbs": [ { "type": "COLLECT" } ] } }""", "dialPlan.verbs[0].eventUrl" },
        { """{ "dialPlan": { "verbs": [ { "type": "COLLECT", "eventUrl": "http://example.com/keys" } ] } }""", "dialPlan.verbs[0].eventUrl" },
        { """{ "dialPlan": { "verbs": [ { "type": "PAUSE", "duration": -1 } ] } }""", "dialPlan.verbs[0].duration" },
        { """{ "hangupDelay": 0 }""", "hangupDelay" },
        { """{ "hangupDelay": 61 }""", "hangupDelay" },
        { """{ "maxDuration": 0 }""", "maxDuration" },
        { """{ "callback": { "url": "http://localhost/status", "strategy": "Always" } }""", "callback.strategy" },
        { """{ "callback": { "url": "https://bot.example/status", "strategy": "OnChange" } }""", "callback.url" },
        { """{ "callback": { "strategy": "OnChange" } }""", "callback.url" },
        { """{ "machineDetection": { "strategy": "Wait" } }""", "machineDetection.strategy" },
        { """{ "machineDetection": { "strategy": "Continue" } }""", "machineDetection.eventUrl" },
    };

    [Theory, MemberData(nameof(Faults))]
    public async Task A_fault_is_refused_and_named(string fault, string property)
    {
        await using var rig = await SimulatorRig.StartAsync();
        await rig.SignInAsync();
        var order = Plans.Order();
        foreach (var (name, value) in JsonNode.Parse(fault)!.AsObject()) order[name] = value?.DeepClone();

        var (status, body) = await rig.SendAsync(HttpMethod.Post, "/voice/conversation", order);

        status.ShouldBe(400);
        ((string?)body!["code"]).ShouldBe("400000000");
        ((string?)body["developerMessage"]).ShouldNotBeNullOrEmpty();
        body["properties"]!.AsObject().Select(field => field.Key).ShouldBe([property]);
        rig.Routee.Calls.ShouldBeEmpty();
    }

    [Theory, InlineData(1), InlineData(60)]
    public async Task The_ends_of_hangupDelay_are_allowed(int seconds)
    {
        await using var rig = await SimulatorRig.StartAsync();
        await rig.SignInAsync();
        ((int)(await rig.OrderAsync(order => order["hangupDelay"] = seconds))["hangupDelay"]!).ShouldBe(seconds);
    }

    [Fact]
    public async Task A_body_that_is_no_json_is_refused()
    {
        await using var rig = await SimulatorRig.StartAsync();
        await rig.SignInAsync();
        foreach (var body in (string[])["", "[]", "{", """{ "from": "1", "from": "2" }"""])
        {
            using var answer = await rig.Http.PostAsync("/voice/conversation", new StringContent(body));
            ((int)answer.StatusCode).ShouldBe(400, body);
            rig.Clock.Advance(TimeSpan.FromSeconds(1));
        }
    }

    [Fact]
    public async Task A_body_beyond_64_kilobytes_is_not_read()
    {
        await using var rig = await SimulatorRig.StartAsync();
        await rig.SignInAsync();
        (await rig.SendAsync(HttpMethod.Post, "/voice/conversation", new { from = new string('1', 70_000) })).Status.ShouldBe(413);
    }

    [Fact]
    public async Task The_answer_has_a_tracking_id_and_repeats_the_order_but_tells_no_message_id_and_no_status()
    {
        await using var rig = await SimulatorRig.StartAsync();
        await rig.SignInAsync();
        var answer = (await rig.OrderAsync()).AsObject();
        answer.Select(field => field.Key).ShouldBe(["trackingId", "direction", "from", "to", "callback", "dialPlans", "createdAt"]);
        answer["dialPlans"]![0]!["verbs"]!.AsArray().Count.ShouldBe(6);
        ((string?)answer["to"]!["phone"]).ShouldBe(SimulatorRig.Ann);
        ((string?)answer["createdAt"]).ShouldBe("2026-01-05T09:00:00.000Z");
    }

    [Fact]
    public async Task Unknown_fields_are_swallowed_and_noted()
    {
        await using var rig = await SimulatorRig.StartAsync();
        await rig.SignInAsync();
        await rig.OrderAsync(order =>
        {
            order["label"] = "x";
            order["dialPlan"] = JsonNode.Parse("""{ "verbs": [ { "type": "PAUSE", "length": 10 } ] }""");
        });
        rig.Call.Timeline.Where(moment => moment.Kind == CallMomentKind.Warning).Select(moment => moment.Text).ShouldBe(
            ["dialPlan.verbs[0].duration is missing: no pause", "dialPlan.verbs[0].length is unknown and ignored", "label is unknown and ignored"]);
    }

    [Fact]
    public async Task Booleans_may_be_written_as_text()
    {
        await using var rig = await SimulatorRig.TalkingAsync(order =>
            order["dialPlan"] = JsonNode.Parse("""{ "verbs": [ { "type": "COLLECT", "eventUrl": "http://localhost/keys", "submitOnHash": "true" }, { "type": "PAUSE", "duration": 9 } ] }"""));
        await rig.Phone.PressAsync("1#");
        rig.Receiver.Keys.ShouldBe(["1"]);
    }

    [Fact]
    public async Task A_conversation_can_be_read_back_without_any_status()
    {
        await using var rig = await SimulatorRig.RingingAsync();
        var settings = (await rig.GetAsync($"/voice/conversation/{rig.Call.TrackingId}")).AsObject();
        settings.ContainsKey("status").ShouldBeFalse();
        settings["recordings"]!.AsArray().ShouldBeEmpty();
        ((string?)settings["trackingId"]).ShouldBe(rig.Call.TrackingId);
        var (status, body) = await rig.SendAsync(HttpMethod.Get, "/voice/conversation/none");
        status.ShouldBe(404);
        ((string?)body!["code"]).ShouldStartWith("404013");
    }

    [Fact]
    public async Task A_second_order_within_a_second_is_refused_unless_switched_otherwise()
    {
        foreach (var (pace, status) in ((PaceExceeded, int)[])[(PaceExceeded.TooManyRequests, 429), (PaceExceeded.BadRequest, 400), (PaceExceeded.ServiceUnavailable, 503), (PaceExceeded.Accepted, 200)])
        {
            await using var rig = await SimulatorRig.StartAsync(options => options.Switches.PaceExceeded = pace);
            await rig.SignInAsync();
            await rig.OrderAsync();
            rig.Clock.Advance(TimeSpan.FromSeconds(0.999));
            (await rig.SendAsync(HttpMethod.Post, "/voice/conversation", Plans.Order())).Status.ShouldBe(status);
            rig.Clock.Advance(TimeSpan.FromSeconds(1));
            (await rig.SendAsync(HttpMethod.Post, "/voice/conversation", Plans.Order())).Status.ShouldBe(200);
        }
    }

    [Fact]
    public async Task A_refused_order_does_not_move_the_pace_on()
    {
        await using var rig = await SimulatorRig.StartAsync();
        await rig.SignInAsync();
        await rig.OrderAsync();
        rig.Clock.Advance(TimeSpan.FromSeconds(0.9));
        (await rig.SendAsync(HttpMethod.Post, "/voice/conversation", Plans.Order())).Status.ShouldBe(429);
        rig.Clock.Advance(TimeSpan.FromSeconds(0.1));
        await rig.OrderAsync();
    }

    [Fact]
    public async Task The_balance_is_shown()
    {
        await using var rig = await SimulatorRig.StartAsync();
        await rig.SignInAsync();
        ((decimal)(await rig.GetAsync("/accounts/me/balance"))["balance"]!).ShouldBeGreaterThan(0);
        rig.Routee.OutOfBalance = true;
        var balance = await rig.GetAsync("/accounts/me/balance");
        ((decimal)balance["balance"]!).ShouldBe(0);
        balance["currency"]!.AsObject().Select(field => field.Key).ShouldBe(["code", "name", "sign"]);
    }
}
