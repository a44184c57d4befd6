using System.Net;
using System.Text.Json;
using BotDispatch.Core;
using static BotDispatch.Tests.Adapters.Routee.RouteeBench;

namespace BotDispatch.Tests.Adapters.Routee;

public sealed class KeysCallbackTests : IAsyncLifetime
{
    CallbackBench bench = null!;

    public async Task InitializeAsync() => bench = await CallbackBench.StartAsync();

    public async Task DisposeAsync() => await bench.DisposeAsync();

    static string Pressed(string tones) => $$"""{"messageId":"msg-1","conversationTrackingId":"conv-1","from":"302111234567","to":"+306971112233","collectedTones":"{{tones}}"}""";

    static async Task<string[]> SaidAsync(HttpResponseMessage response)
    {
        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        response.Content.Headers.ContentType!.MediaType.ShouldBe("application/json");
        response.Content.Headers.ContentLength.ShouldNotBeNull();
        using var plan = JsonDocument.Parse(await response.Content.ReadAsStringAsync());
        var verbs = plan.RootElement.GetProperty("verbs").EnumerateArray().ToList();
        verbs.ShouldNotBeEmpty();
        return [.. verbs.Select(verb => verb.TryGetProperty("message", out var message) ? message.GetProperty("text").GetString()! : verb.GetProperty("type").GetString()!)];
    }

    async Task<string[]> PressAsync(string tones) => await SaidAsync(await bench.KeysAsync(Pressed(tones)));

    [Fact]
    public async Task Key_1_accepts_and_says_so()
    {
        (await PressAsync("1")).ShouldBe(["Thank you. You accepted ticket I. N. C. 4. 2. Goodbye."]);
        (await bench.StateAsync()).Resolution.ShouldBeOfType<Resolution.Accepted>().Attempt.ShouldBe(First);
    }

    [Fact]
    public async Task Key_2_rejects_and_says_so()
    {
        (await PressAsync("2")).ShouldBe(["Understood. You rejected the job. Goodbye."]);
        (await bench.StateAsync()).Callees[0].Rejected.ShouldBeTrue();
    }

    [Fact]
    public async Task Asked_twice_it_says_the_same()
    {
        var once = await PressAsync("1");
        (await PressAsync("1")).ShouldBe(once);
        (await PressAsync("")).ShouldBe(once);
    }

    [Fact]
    public async Task Keys_grow_over_a_call_and_the_first_valid_one_decides()
    {
        (await PressAsync("9")).ShouldBe(["COLLECT", "That key is not an option.", "Press 1 to accept. Press 2 to reject.", "PLAY", "Press 1 to accept. Press 2 to reject.", "PLAY", "No answer received. Goodbye."]);
        (await PressAsync("98"))[1].ShouldBe("That key is not an option.");
        (await PressAsync("981"))[0].ShouldStartWith("Thank you. You accepted");
        (await PressAsync("9812"))[0].ShouldStartWith("Thank you. You accepted");
    }

    [Fact]
    public async Task Too_many_wrong_keys_end_the_call()
    {
        await PressAsync("9");
        await PressAsync("99");
        (await PressAsync("999")).ShouldBe(["We did not get a valid answer. Goodbye."]);
    }

    [Fact]
    public async Task No_key_is_a_report_too_and_decides_nothing()
    {
        (await PressAsync(""))[0].ShouldBe("COLLECT");
        bench.Inputs.OfType<DispatchInput.KeysPressed>().ShouldHaveSingleItem().Tones.ShouldBe("");
        (await bench.StateAsync()).Phase.ShouldBeOfType<Phase.Calling>();
    }

    [Fact]
    public async Task A_person_who_presses_after_somebody_took_it_hears_who()
    {
        await bench.Engine.ApplyAsync(Id, new DispatchInput.Take(new("Slack", "U9", "Zoe"), new("zoe")), default);
        (await PressAsync("1")).ShouldBe(["Zoe has already taken this job. Thank you. Goodbye."]);
    }

    [Fact]
    public async Task The_first_callback_teaches_us_the_legs_id()
    {
        await PressAsync("9");
        // The person who pressed is answered first.
        await CallbackBench.UntilAsync(() => bench.Engine.FindAsync(Id, default).Result!.Leg(First)!.MessageId is not null);
        (await bench.StateAsync()).Leg(First)!.MessageId.ShouldBe("msg-1");
        (await bench.StateAsync()).Leg(First)!.TrackingId.ShouldBe("conv-1");
        await PressAsync("98");
        bench.Inputs.OfType<DispatchInput.LegProgressed>().Count().ShouldBe(1);
    }

    [Theory]
    [InlineData(""), InlineData("{"), InlineData("[]"), InlineData("null"), InlineData("""{"collectedTones":{"a":1}}"""), InlineData("\0\0\0")]
    public async Task What_cannot_be_read_is_answered_with_what_is_true(string body)
    {
        (await SaidAsync(await bench.KeysAsync(body)))[0].ShouldBe("COLLECT");
        await PressAsync("1");
        (await SaidAsync(await bench.KeysAsync(body)))[0].ShouldStartWith("Thank you. You accepted");
    }

    [Fact]
    public async Task More_than_64_KB_is_not_read()
    {
        var long_ = $$"""{"collectedTones":"1","filler":"{{new string('x', 70_000)}}"}""";
        (await SaidAsync(await bench.KeysAsync(long_)))[0].ShouldBe("COLLECT");
        (await bench.StateAsync()).IsClosed.ShouldBeFalse();
        var allowed = $$"""{"collectedTones":"1","filler":"{{new string('x', 65_000)}}"}""";
        (await SaidAsync(await bench.KeysAsync(allowed)))[0].ShouldStartWith("Thank you");
    }

    [Fact]
    public async Task A_dispatch_that_is_not_known_any_more_is_over()
    {
        var response = await bench.KeysAsync(Pressed("1"), new(new("zzzz"), 0, 1), "?language=de");
        (await SaidAsync(response)).ShouldBe(["Dieser Auftrag ist nicht mehr verfügbar. Auf Wiederhören."]);
    }

    [Theory]
    [InlineData("?language=xx"), InlineData(""), InlineData("?language=en-GB&language=el-GR&other=%00")]
    public async Task A_strange_query_changes_nothing(string query) =>
        (await SaidAsync(await bench.KeysAsync(Pressed("1"), query: query)))[0].ShouldStartWith("Thank you. You accepted");

    [Fact]
    public async Task If_deciding_breaks_the_question_is_asked_again_and_nothing_untrue_is_said()
    {
        bench.Before = () => throw new InvalidOperationException("no disk");
        (await PressAsync("1")).ShouldBe(["COLLECT", "Press 1 to accept. Press 2 to reject.", "PLAY", "No answer received. Goodbye."]);
    }

    [Fact]
    public async Task If_deciding_takes_too_long_the_truth_is_spoken_as_soon_as_it_is_known()
    {
        var commit = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var asked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        bench.Before = () => { asked.TrySetResult(); return commit.Task; };
        bench.Routee.On("POST /voice/conversation/msg-1/talk", 200, "{}");
        var pressing = bench.KeysAsync(Pressed("1"));
        await asked.Task;
        await AdvanceWhenWaitedForAsync(TimeSpan.FromSeconds(2.2));
        (await SaidAsync(await pressing)).ShouldBe(["COLLECT", "Received. One moment, please.", "PLAY"]);

        bench.Before = null;
        await AdvanceWhenWaitedForAsync(TimeSpan.FromSeconds(2));
        bench.Routee.Asked.ShouldBeEmpty();
        commit.SetResult();
        await bench.Routee.Reached.WaitAsync(TimeSpan.FromSeconds(20));
        bench.Routee.Asked.Single().Body.ShouldBe("""{"text":"Thank you. You accepted ticket I. N. C. 4. 2. Goodbye.","language":"en-GB","gender":"female"}""");
    }

    [Fact]
    public async Task No_key_that_takes_too_long_is_not_received_as_one()
    {
        bench.Before = () => new TaskCompletionSource().Task;
        var pressing = bench.KeysAsync(Pressed(""));
        await AdvanceWhenWaitedForAsync(TimeSpan.FromSeconds(2.2));
        (await SaidAsync(await pressing)).ShouldNotContain("Received. One moment, please.");
    }

    [Fact]
    public async Task Neither_numbers_nor_tokens_nor_words_are_logged()
    {
        await PressAsync("9");
        await bench.StatusAsync("""{"messageId":"msg-1","to":"+306971112233","status":{"name":"Ringing"}}""");
        await bench.PostAsync($"/routee/{bench.Token(First)}x/keys", "{}");
        bench.Logged.ShouldContain(line => line.StartsWith("410:", StringComparison.Ordinal));
        bench.Logged.ShouldContain(line => line.StartsWith("411:", StringComparison.Ordinal));
        bench.Logged.ShouldContain(line => line.StartsWith("800:", StringComparison.Ordinal));
        var signature = bench.Token(First).Split('.')[1];
        bench.Logged.Where(line => line.Contains(signature) || line.Contains("697111") || line.Contains("Router down")).ShouldBeEmpty();
    }

    // The limit is real time; the test's clock moves once somebody waits for it.
    async Task AdvanceWhenWaitedForAsync(TimeSpan limit)
    {
        await CallbackBench.UntilAsync(() => bench.Clock.Waits.Contains(limit));
        bench.Clock.Advance(limit);
    }
}
