using System.Net;
using BotDispatch.Simulator;

namespace BotDispatch.Tests.Simulator;

public class LiveCallTests
{
    [Fact]
    public async Task Hangup_ends_a_call_in_progress_as_Completed()
    {
        await using var rig = await SimulatorRig.TalkingAsync();
        var (status, body) = await rig.SendAsync(HttpMethod.Put, $"/voice/conversation/{rig.Call.MessageId}", new { action = "hangup" });
        status.ShouldBe(200);
        body!.AsObject().Select(field => field.Key).ShouldBe(["messageId", "message", "createdAt"]);
        await rig.Routee.RunDueAsync();
        rig.Receiver.Statuses[^1].ShouldBe("Completed");
    }

    [Theory]
    [InlineData(0.0, "hangup")]
    [InlineData(0.0, "reject")]
    [InlineData(0.3, "hangup")]
    [InlineData(2.0, "hangup")]
    public async Task An_action_that_does_not_fit_a_call_not_yet_answered_is_refused(double at, string action)
    {
        await using var rig = await SimulatorRig.StartAsync();
        await rig.SignInAsync();
        await rig.OrderAsync();
        await rig.AdvanceAsync(at);
        var (status, body) = await rig.SendAsync(HttpMethod.Put, $"/voice/conversation/{rig.Call.MessageId}", new { action });
        status.ShouldBe(400);
        ((string?)body!["code"]).ShouldStartWith("400013");
    }

    [Theory, InlineData("hangup"), InlineData("reject")]
    public async Task A_call_that_ended_takes_no_action(string action)
    {
        await using var rig = await SimulatorRig.TalkingAsync();
        await rig.Phone.HangUpAsync();
        (await rig.SendAsync(HttpMethod.Put, $"/voice/conversation/{rig.Call.MessageId}", new { action })).Status.ShouldBe(400);
    }

    [Theory, InlineData(0.3), InlineData(2.0)]
    public async Task Reject_ends_a_call_that_is_initiated_or_ringing(double at)
    {
        await using var rig = await SimulatorRig.StartAsync();
        await rig.SignInAsync();
        await rig.OrderAsync();
        await rig.AdvanceAsync(at);
        (await rig.SendAsync(HttpMethod.Put, $"/voice/conversation/{rig.Call.MessageId}", new { action = "reject" })).Status.ShouldBe(200);
        await rig.AdvanceAsync(100);
        rig.Receiver.Statuses[^1].ShouldBe("NoAnswer");
        rig.Phone.Snapshot.State.ShouldBe(PhoneState.Idle);
    }

    [Fact]
    public async Task Reject_does_not_fit_a_call_in_progress_and_other_actions_do_not_exist()
    {
        await using var rig = await SimulatorRig.TalkingAsync();
        var path = $"/voice/conversation/{rig.Call.MessageId}";
        (await rig.SendAsync(HttpMethod.Put, path, new { action = "reject" })).Status.ShouldBe(400);
        ((string?)(await rig.SendAsync(HttpMethod.Put, path, new { action = "mute" })).Body!["code"]).ShouldBe("400000000");
        (await rig.SendAsync(HttpMethod.Put, $"/voice/conversation/{rig.Call.TrackingId}", new { action = "hangup" })).Status.ShouldBe(404);
    }

    [Fact]
    public async Task Talk_speaks_into_the_live_call_and_leaves_the_plan_running()
    {
        await using var rig = await SimulatorRig.TalkingAsync();
        await rig.AdvanceAsync(8);
        var path = $"/voice/conversation/{rig.Call.MessageId}/talk";
        (await rig.SendAsync(HttpMethod.Post, path, new { text = "Sorry this one is already taken by Bob", language = "en-US" })).Status.ShouldBe(200);
        rig.Phone.Snapshot.Speaking.ShouldBe("Sorry this one is already taken by Bob");
        await rig.AdvanceAsync(3);
        rig.Phone.Snapshot.Speaking.ShouldBeNull();
        await rig.AdvanceAsync(9);
        rig.Call.Status.ShouldBe("Completed");
        (await rig.SendAsync(HttpMethod.Post, path, new { text = "too late" })).Status.ShouldBe(400);
    }

    [Fact]
    public async Task Talk_is_played_over_the_next_verb()
    {
        await using var rig = await SimulatorRig.TalkingAsync();
        await rig.AdvanceAsync(7.5);
        await rig.SendAsync(HttpMethod.Post, $"/voice/conversation/{rig.Call.MessageId}/talk", new { text = "already taken by Bob" });
        await rig.AdvanceAsync(1);
        rig.Phone.Snapshot.Speaking.ShouldBe("already taken by Bob");
    }

    [Fact]
    public async Task Talk_needs_a_text_and_can_be_stopped()
    {
        await using var rig = await SimulatorRig.TalkingAsync();
        var path = $"/voice/conversation/{rig.Call.MessageId}/talk";
        (await rig.SendAsync(HttpMethod.Post, path, new { language = "en-US" })).Status.ShouldBe(400);
        await rig.SendAsync(HttpMethod.Post, path, new { text = "hello there" });
        (await rig.SendAsync(HttpMethod.Delete, path)).Status.ShouldBe(200);
        rig.Phone.Snapshot.Speaking.ShouldBeNull();
    }

    [Fact]
    public async Task DialPlanUrl_is_asked_when_the_call_is_answered()
    {
        await using var rig = await SimulatorRig.RingingAsync(order: ByUrl);
        rig.Receiver.Answer = received => Task.FromResult(received.Path == "/plan" ? Receiver.Ok(Plans.AskAgain) : null);
        rig.Receiver.All.ShouldNotContain(received => received.Path == "/plan");
        await rig.Phone.AnswerAsync();
        rig.Phone.Snapshot.Speaking.ShouldBe("One more time please press one or two");
        rig.Receiver.All.Single(received => received.Path == "/plan").Body.Select(field => field.Key).ShouldBe(["messageId", "conversationTrackingId", "from", "to"]);
        await rig.Phone.PressAsync("2");
        rig.Receiver.Keys.ShouldBe(["2"]);
    }

    [Fact]
    public async Task Without_a_valid_plan_at_dialPlanUrl_the_call_is_dropped()
    {
        await using var rig = await SimulatorRig.RingingAsync(order: ByUrl);
        await rig.Phone.AnswerAsync();
        rig.Receiver.Statuses[^1].ShouldBe("Completed");
    }

    static void ByUrl(System.Text.Json.Nodes.JsonObject order)
    {
        order.Remove("dialPlan");
        order["dialPlanUrl"] = "http://localhost/plan";
    }

    [Fact]
    public async Task A_SAY_lasts_by_its_words_and_is_repeated_n_times_more()
    {
        await using var rig = await SimulatorRig.TalkingAsync(Plans.With(Plans.Say("one two three four five six seven eight", repeat: 2)));
        var speech = rig.Phone.Snapshot.SpeechId;
        await rig.AdvanceAsync(8.9);
        rig.Phone.Snapshot.SpeechId.ShouldBe(speech + 2);
        rig.Call.Status.ShouldBe("InProgress");
        await rig.AdvanceAsync(0.1);
        rig.Call.Status.ShouldBe("Completed");
    }

    [Fact]
    public async Task A_SAY_repeated_for_ever_ends_with_the_call()
    {
        await using var rig = await SimulatorRig.TalkingAsync(Plans.With(Plans.Say("one two", repeat: -1)));
        await rig.AdvanceAsync(300);
        rig.Call.Status.ShouldBe("InProgress");
        await rig.Phone.HangUpAsync();
        rig.Routee.NextDue.ShouldBeNull();
    }

    [Theory]
    [InlineData("bell.wav", 3.0)]
    [InlineData("silence-7s.wav", 7.0)]
    [InlineData("silence-2.5s.wav", 2.5)]
    public async Task A_PLAY_that_cannot_be_read_lasts_by_its_name_or_the_default(string file, double seconds)
    {
        await using var rig = await SimulatorRig.TalkingAsync(Plans.With(Plans.Play(file)));
        await rig.AdvanceAsync(seconds - 0.01);
        rig.Call.Status.ShouldBe("InProgress");
        await rig.AdvanceAsync(0.01);
        rig.Call.Status.ShouldBe("Completed");
    }

    [Fact]
    public async Task A_PLAY_lasts_as_long_as_its_file_says_whatever_its_name()
    {
        await using var rig = await SimulatorRig.RingingAsync(order: Plans.With(Plans.Play("silence-10s.wav"), Plans.Play("silence-10s.wav")));
        var fetched = 0;
        rig.Receiver.Answer = received =>
        {
            if (received.Path != "/audio/silence-10s.wav") return Task.FromResult<HttpResponseMessage?>(null);
            fetched++;
            return Task.FromResult<HttpResponseMessage?>(new(HttpStatusCode.OK) { Content = new ByteArrayContent(Wave(seconds: 4)) });
        };
        await rig.Phone.AnswerAsync();
        await rig.AdvanceAsync(7.99);
        rig.Call.Status.ShouldBe("InProgress");
        await rig.AdvanceAsync(0.01);
        rig.Call.Status.ShouldBe("Completed");
        fetched.ShouldBe(1);
    }

    static byte[] Wave(int seconds)
    {
        using var file = new MemoryStream();
        using var writer = new BinaryWriter(file);
        writer.Write("RIFF"u8);
        writer.Write(0);
        writer.Write("WAVE"u8);
        writer.Write("LIST"u8);
        writer.Write(3);
        writer.Write(new byte[4]);
        writer.Write("fmt "u8);
        writer.Write(16);
        writer.Write((short)1);
        writer.Write((short)1);
        writer.Write(8000);
        writer.Write(16000);
        writer.Write((short)2);
        writer.Write((short)16);
        writer.Write("data"u8);
        writer.Write(16000 * seconds);
        writer.Write(new byte[16000 * seconds]);
        return file.ToArray();
    }
}
