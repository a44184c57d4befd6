using System.Net.Sockets;
using System.Text.Json;
using BotDispatch.Core;
using BotDispatch.Ports;
using BotDispatch.Voice.Routee;
using static BotDispatch.Tests.Adapters.Routee.RouteeBench;

namespace BotDispatch.Tests.Adapters.Routee;

public sealed class PlacingTests : IDisposable
{
    const string Conversation = "POST /voice/conversation";
    const string Agreed = """
        { "trackingId": "b8f0e0a2-3b55-4b0e-9d5a-0c8f7d1f2a10", "direction": "Outbound", "from": "302111234567", "to": { "phone": "+306971112233" },
          "dialPlans": [ { "verbs": [ { "type": "PAUSE", "duration": 2 } ] } ], "createdAt": "2024-05-01T10:00:00.123Z" }
        """;

    static readonly MaySend Always = _ => Task.FromResult(true);

    readonly RouteeBench bench = new();

    public PlacingTests() => bench.Clock.Races = TimeSpan.FromSeconds(5);

    Task<PlacedCall> PlaceAsync() => bench.Get<IVoiceGateway>().PlaceAsync(First, Plan, Always, default);

    async Task<T> NotPlacedAsync<T>() where T : NotPlaced => (await PlaceAsync()).ShouldBeOfType<PlacedCall.NotPlaced>().Why.ShouldBeOfType<T>();

    [Fact]
    public async Task A_call_that_Routee_takes_is_placed()
    {
        bench.Routee.On(Conversation, 200, Agreed);
        (await PlaceAsync()).ShouldBe(new PlacedCall.Placed("b8f0e0a2-3b55-4b0e-9d5a-0c8f7d1f2a10"));
    }

    [Fact]
    public async Task An_agreement_in_a_strange_character_set_is_an_agreement()
    {
        bench.Routee.On(Conversation, _ =>
        {
            var answer = Wire.Json(200, Agreed);
            answer.Content.Headers.Remove("Content-Type");
            answer.Content.Headers.TryAddWithoutValidation("Content-Type", "application/json; charset=klingon");
            return answer;
        });
        (await PlaceAsync()).ShouldBeOfType<PlacedCall.Placed>();
    }

    [Fact]
    public async Task It_says_whom_how_long_and_where_to_report()
    {
        bench.Routee.On(Conversation, 201, Agreed);
        await PlaceAsync();
        using var sent = JsonDocument.Parse(bench.Routee.Asked.Single().Body);
        var root = sent.RootElement;
        root.GetProperty("from").GetString().ShouldBe("302111234567");
        root.GetProperty("to").GetRawText().ShouldBe("""{"phone":"+306971112233"}""");
        root.GetProperty("hangupDelay").GetInt32().ShouldBe(25);
        root.GetProperty("callback").GetProperty("strategy").GetString().ShouldBe("OnChange");
        root.GetProperty("callback").GetProperty("url").GetString().ShouldStartWith("https://bot.example/routee/abcdefgh-0-1.");
        root.GetProperty("callback").GetProperty("url").GetString().ShouldEndWith("/status");
        root.TryGetProperty("machineDetection", out _).ShouldBeFalse();
        var longest = bench.Get<IVoiceGateway>().LengthOf(Plan, Ann).Longest;
        root.GetProperty("maxDuration").GetInt32().ShouldBe((int)Math.Ceiling(longest.TotalSeconds));
        root.EnumerateObject().Select(field => field.Name).ShouldBe(["from", "to", "dialPlan", "callback", "hangupDelay", "maxDuration"]);
    }

    [Theory]
    [InlineData(0.2, 1)]
    [InlineData(25, 25)]
    [InlineData(300, 60)]
    public async Task Ringing_stays_within_what_Routee_takes(double seconds, int sent)
    {
        bench.Routee.On(Conversation, 200, Agreed);
        await bench.Get<IVoiceGateway>().PlaceAsync(First, Plan with { Policy = new() { RingTimeout = TimeSpan.FromSeconds(seconds) } }, Always, default);
        bench.Routee.Asked.Single().Body.ShouldContain($"\"hangupDelay\":{sent},");
    }

    [Fact]
    public async Task Machines_are_hung_up_on_only_where_that_is_asked_for()
    {
        using var hangup = new RouteeBench(settings => settings["Routee:MachineDetection"] = "Hangup");
        hangup.Routee.On(Conversation, 200, Agreed);
        await hangup.Get<IVoiceGateway>().PlaceAsync(First, Plan, Always, default);
        hangup.Routee.Asked.Single().Body.ShouldEndWith(""","machineDetection":{"strategy":"Hangup"}}""");
    }

    [Theory]
    [InlineData("")]
    [InlineData("<html>")]
    [InlineData("{}")]
    [InlineData("""{"trackingId":null}""")]
    public async Task An_agreement_that_cannot_be_read_leaves_us_unsure(string body)
    {
        bench.Routee.On(Conversation, 200, body);
        (await PlaceAsync()).ShouldBeOfType<PlacedCall.Unsure>();
        bench.Routee.Asked.Count().ShouldBe(1);
    }

    [Theory]
    [InlineData(500), InlineData(502), InlineData(503), InlineData(504), InlineData(408)]
    public async Task A_broken_Routee_may_phone_and_is_not_asked_again(int status)
    {
        bench.Routee.On(Conversation, status, """{"code":"500000000","developerMessage":"oops"}""");
        (await PlaceAsync()).ShouldBeOfType<PlacedCall.Unsure>();
        bench.Routee.Asked.Count().ShouldBe(1);
    }

    [Theory]
    [InlineData(HttpRequestError.ResponseEnded), InlineData(HttpRequestError.Unknown), InlineData(HttpRequestError.HttpProtocolError)]
    public async Task A_connection_that_was_cut_leaves_us_unsure_and_is_not_tried_again(HttpRequestError error)
    {
        bench.Routee.On(Conversation, _ => throw new HttpRequestException(error));
        (await PlaceAsync()).ShouldBeOfType<PlacedCall.Unsure>();
        bench.Routee.Asked.Count().ShouldBe(1);
    }

    [Fact]
    public async Task No_answer_in_ten_seconds_leaves_us_unsure()
    {
        bench.Routee.OnAsync(Conversation, _ => new TaskCompletionSource<HttpResponseMessage>().Task);
        var placing = PlaceAsync();
        await bench.Routee.Reached;
        placing.IsCompleted.ShouldBeFalse();
        bench.Clock.Advance(TimeSpan.FromSeconds(10));
        (await placing.WaitAsync(TimeSpan.FromSeconds(20))).ShouldBeOfType<PlacedCall.Unsure>();
        bench.Routee.Asked.Count().ShouldBe(1);
    }

    [Fact]
    public async Task Being_stopped_while_asking_leaves_us_unsure()
    {
        using var stop = new CancellationTokenSource();
        bench.Routee.OnAsync(Conversation, _ => new TaskCompletionSource<HttpResponseMessage>().Task);
        var placing = bench.Get<IVoiceGateway>().PlaceAsync(First, Plan, Always, stop.Token);
        await bench.Routee.Reached;
        await stop.CancelAsync();
        (await placing.WaitAsync(TimeSpan.FromSeconds(20))).ShouldBeOfType<PlacedCall.Unsure>();
    }

    public static TheoryData<Exception> NeverSent =>
    [
        new HttpRequestException(HttpRequestError.ConnectionError),
        new HttpRequestException(HttpRequestError.NameResolutionError),
        new HttpRequestException(HttpRequestError.SecureConnectionError),
        new HttpRequestException(HttpRequestError.ProxyTunnelError),
        new HttpRequestException("refused", new SocketException((int)SocketError.ConnectionRefused)),
        new TaskCanceledException("connect", new TimeoutException()),
    ];

    [Theory, MemberData(nameof(NeverSent))]
    public async Task What_never_reached_Routee_is_tried_again_and_then_the_line_is_down(Exception broken)
    {
        bench.Routee.On(Conversation, _ => throw broken);
        (await NotPlacedAsync<NotPlaced.LineIsDown>()).Reason.ShouldBe(LineDownReason.Unreachable);
        bench.Routee.Asked.Count().ShouldBe(3);
    }

    [Fact]
    public async Task What_never_reached_Routee_may_reach_it_the_second_time()
    {
        bench.Routee.OnInTurn(Conversation, _ => throw new HttpRequestException(HttpRequestError.ConnectionError), _ => Wire.Json(200, Agreed));
        (await PlaceAsync()).ShouldBeOfType<PlacedCall.Placed>();
    }

    [Fact]
    public async Task Asked_to_slow_down_it_tries_again_at_the_pace_and_then_the_line_is_throttled()
    {
        bench.Routee.On(Conversation, 429);
        bench.Get<IVoiceGateway>().AskForTurn(First).ShouldBeNull();
        (await NotPlacedAsync<NotPlaced.LineIsDown>()).Reason.ShouldBe(LineDownReason.Throttled);
        bench.Routee.Asked.Count().ShouldBe(3);
        (bench.Clock.GetUtcNow() - Noon).ShouldBeGreaterThanOrEqualTo(TimeSpan.FromSeconds(2));
    }

    [Fact]
    public async Task Asked_to_slow_down_once_it_is_placed_the_next_time()
    {
        bench.Routee.OnInTurn(Conversation, _ => Wire.Json(429, ""), _ => Wire.Json(200, Agreed));
        (await PlaceAsync()).ShouldBeOfType<PlacedCall.Placed>();
    }

    [Theory]
    [InlineData(400, """{"code":"400001009","developerMessage":"Insufficient Balance"}""")]
    [InlineData(400, """{"code":400001009}""")]
    [InlineData(403, """{"code":"403001009","developerMessage":"x"}""", true)]
    [InlineData(400, """{"developerMessage":"Your balance is too low"}""")]
    [InlineData(402, "")]
    public async Task No_money_is_said_as_such(int status, string body, bool isRefusedToken = false)
    {
        bench.Routee.On(Conversation, status, body);
        (await NotPlacedAsync<NotPlaced.LineIsDown>()).Reason.ShouldBe(isRefusedToken ? LineDownReason.BadCredentials : LineDownReason.NoBalance);
    }

    [Theory]
    [InlineData("""{"code":"400000000","developerMessage":"Validation Error","properties":{"to.phone":"must be E.164"}}""")]
    [InlineData("""{"code":"400000000","properties":{"to":"invalid"}}""")]
    [InlineData("""{"code":400013001,"developerMessage":"Invalid phone number"}""")]
    [InlineData("""{"code":"400013001","developerMessage":"The recipient is not allowed"}""")]
    [InlineData("""{"developerMessage":"phone is not a valid E.164 number"}""")]
    public async Task A_number_that_Routee_will_never_phone_is_bad(string body)
    {
        bench.Routee.On(Conversation, 400, body);
        await NotPlacedAsync<NotPlaced.NumberIsBad>();
    }

    [Theory]
    [InlineData(400, """{"code":"400000000","developerMessage":"from: invalid number","properties":{"from":"invalid"}}""")]
    [InlineData(400, """{"code":"400000000","developerMessage":"maxDuration","properties":{"total":"x"}}""")]
    [InlineData(404, """{"code":"404013000","developerMessage":"Invalid phone number"}""")]
    [InlineData(409, "")]
    [InlineData(400, "<html>")]
    [InlineData(302, "")]
    public async Task Any_other_refusal_is_of_this_call_alone(int status, string body)
    {
        bench.Routee.On(Conversation, status, body);
        (await NotPlacedAsync<NotPlaced.Refused>()).Detail.ShouldContain(status.ToString(System.Globalization.CultureInfo.InvariantCulture));
        bench.Routee.Asked.Count().ShouldBe(1);
    }

    [Fact]
    public async Task A_refusal_that_quotes_us_is_passed_on_without_number_and_token()
    {
        bench.Routee.On(Conversation, request => Wire.Json(400, JsonSerializer.Serialize(new
        {
            code = "400013007",
            developerMessage = $"callback url {JsonDocument.Parse(request.Body).RootElement.GetProperty("callback").GetProperty("url").GetString()} for +30 697 111 2233 or 306971112233 refused",
        })));
        var detail = (await NotPlacedAsync<NotPlaced.Refused>()).Detail;
        detail.ShouldBe("Routee answered 400, code 400013007: callback url … for … or … refused");
        bench.Logged.ShouldAllBe(line => !line.Contains("697") && !line.Contains("routee/") && !line.Contains("Router"));
    }

    [Theory]
    [InlineData(401), InlineData(403)]
    public async Task Refused_credentials_put_the_line_down(int status)
    {
        bench.Routee.On(Conversation, status);
        (await NotPlacedAsync<NotPlaced.LineIsDown>()).Reason.ShouldBe(LineDownReason.BadCredentials);
    }

    [Fact]
    public async Task Without_a_token_nobody_is_phoned_so_nobody_is_unsure()
    {
        bench.Routee.Token = _ => throw new HttpRequestException(HttpRequestError.ResponseEnded);
        (await NotPlacedAsync<NotPlaced.LineIsDown>()).Reason.ShouldBe(LineDownReason.Unreachable);
    }

    [Fact]
    public async Task An_order_that_may_not_leave_is_not_sent()
    {
        bench.Routee.On(Conversation, 200, Agreed);
        (await bench.Get<IVoiceGateway>().PlaceAsync(First, Plan, _ => Task.FromResult(false), default)).ShouldBe(new PlacedCall.NotPlaced(new NotPlaced.NotSent()));
        bench.Routee.Asked.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(401), InlineData(403)]
    public async Task An_order_whose_token_was_refused_is_not_sent_again_once_it_may_not_leave(int status)
    {
        var may = true;
        bench.Routee.On(Conversation, _ =>
        {
            may = false;
            return Wire.Json(status, "");
        });
        (await bench.Get<IVoiceGateway>().PlaceAsync(First, Plan, _ => Task.FromResult(may), default)).ShouldBe(new PlacedCall.NotPlaced(new NotPlaced.NotSent()));
        bench.Routee.Asked.Count().ShouldBe(1);
    }

    [Theory]
    [InlineData(true, LineDownReason.Throttled), InlineData(false, LineDownReason.Unreachable)]
    public async Task An_order_that_failed_is_not_sent_again_once_it_may_not_leave_and_the_line_is_to_blame(bool answers, object reason)
    {
        var may = true;
        bench.Routee.On(Conversation, _ =>
        {
            may = false;
            return answers ? Wire.Json(429, "") : throw new HttpRequestException(HttpRequestError.ConnectionError);
        });
        var placed = await bench.Get<IVoiceGateway>().PlaceAsync(First, Plan, _ => Task.FromResult(may), default);
        placed.ShouldBeOfType<PlacedCall.NotPlaced>().Why.ShouldBe(new NotPlaced.LineIsDown((LineDownReason)reason));
        bench.Routee.Asked.Count().ShouldBe(1);
    }

    // A connection can be long in coming: the last word is asked for when the body is about to be written.
    [Fact]
    public async Task An_order_that_waited_for_a_connection_does_not_leave_if_it_may_not_any_more()
    {
        var asked = 0;
        var content = new OrderContent([1, 2, 3], _ => Task.FromResult(++asked == 1));
        using var wire = new MemoryStream();
        await content.CopyToAsync(wire);
        wire.ToArray().ShouldBe([1, 2, 3]);
        using var late = new MemoryStream();
        await Should.ThrowAsync<OrderContent.WithheldException>(() => new OrderContent([1], _ => Task.FromResult(false)).CopyToAsync(late));
        late.Length.ShouldBe(0);
        asked.ShouldBe(1);
    }

    [Fact]
    public async Task A_token_that_hangs_after_a_refusal_lets_no_order_out_later()
    {
        bench.Routee.On(Conversation, 401);
        bench.Routee.Token = number => number == 1
            ? Task.FromResult(Wire.Json(200, "{\"access_token\":\"t1\",\"expires_in\":3600}"))
            : new TaskCompletionSource<HttpResponseMessage>().Task;
        var placing = PlaceAsync();
        await bench.Routee.Reached;
        while (!placing.IsCompleted)
        {
            bench.Clock.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }
        (await placing).ShouldBeOfType<PlacedCall.NotPlaced>().Why.ShouldBe(new NotPlaced.LineIsDown(LineDownReason.Unreachable));
        bench.Routee.Asked.Count().ShouldBe(1);
    }

    public void Dispose() => bench.Dispose();
}
