using System.Text;
using BotDispatch.Core;
using BotDispatch.Voice.Routee;
using static BotDispatch.Tests.Adapters.Routee.RouteeBench;

namespace BotDispatch.Tests.Adapters.Routee;

public sealed class AccessTokensTests : IDisposable
{
    const string Tracking = "GET /voice/tracking";

    readonly RouteeBench bench = new();

    Task<RouteeResult> AskAsync() => bench.Get<RouteeApi>().AskAsync(HttpMethod.Get, "voice/tracking/x", default);

    [Fact]
    public async Task A_token_is_asked_for_once_with_the_applications_credentials()
    {
        bench.Routee.On(Tracking, 200, "{}");
        await AskAsync();
        await AskAsync();
        bench.Routee.TokensAsked.ShouldBe(1);
        var asked = bench.Routee.Requests.First();
        asked.ShouldBe(new("POST", "/oauth/token", "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes("app-1:" + Secret)), "grant_type=client_credentials"));
        bench.Routee.Asked.ShouldAllBe(request => request.Authorization == "Bearer token-1");
    }

    [Fact]
    public async Task It_is_used_as_long_as_Routee_said_and_not_longer()
    {
        bench.Routee.Token = number => Task.FromResult(Wire.Json(200, $$"""{"access_token":"t{{number}}","token_type":"BEARER","expires_in":"100","scope":"voice"}"""));
        bench.Routee.On(Tracking, 200, "{}");
        await AskAsync();
        bench.Clock.Advance(TimeSpan.FromSeconds(89));
        await AskAsync();
        bench.Routee.TokensAsked.ShouldBe(1);
        bench.Clock.Advance(TimeSpan.FromSeconds(2));
        await AskAsync();
        bench.Routee.TokensAsked.ShouldBe(2);
    }

    [Theory]
    [InlineData(401)]
    [InlineData(403)]
    public async Task A_refused_token_is_replaced_and_the_request_made_once_more(int status)
    {
        bench.Routee.OnInTurn(Tracking, _ => Wire.Json(status, ""), _ => Wire.Json(200, "{}"));
        (await AskAsync()).ShouldBeOfType<RouteeResult.Answer>().IsGood.ShouldBeTrue();
        bench.Routee.Asked.Select(request => request.Authorization).ShouldBe(["Bearer token-1", "Bearer token-2"]);
    }

    [Fact]
    public async Task A_second_refusal_means_that_the_credentials_are_bad()
    {
        bench.Routee.On(Tracking, 403);
        (await AskAsync()).ShouldBeOfType<RouteeResult.NotSent>().Reason.ShouldBe(LineDownReason.BadCredentials);
        bench.Routee.Asked.Count().ShouldBe(2);
        bench.Routee.TokensAsked.ShouldBe(2);
    }

    [Fact]
    public async Task Many_who_are_refused_at_once_make_one_refresh()
    {
        var all = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var refused = 0;
        bench.Routee.OnAsync(Tracking, async request =>
        {
            if (request.Authorization is not "Bearer token-1")
                return Wire.Json(200, "{}");
            if (Interlocked.Increment(ref refused) == 20)
                all.SetResult();
            await all.Task;
            return Wire.Json(401, "");
        });
        var received = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Task.Run(AskAsync)));
        received.ShouldAllBe(each => each is RouteeResult.Answer && ((RouteeResult.Answer)each).IsGood);
        bench.Routee.TokensAsked.ShouldBe(2);
    }

    [Fact]
    public async Task Many_who_need_the_first_token_make_one_request()
    {
        var open = new TaskCompletionSource<HttpResponseMessage>(TaskCreationOptions.RunContinuationsAsynchronously);
        bench.Routee.Token = _ => open.Task;
        bench.Routee.On(Tracking, 200, "{}");
        var asking = Enumerable.Range(0, 10).Select(_ => AskAsync()).ToList();
        open.SetResult(Wire.Json(200, """{"access_token":"t","expires_in":60}"""));
        await Task.WhenAll(asking);
        bench.Routee.TokensAsked.ShouldBe(1);
    }

    [Fact]
    public async Task The_same_token_again_is_not_refused_unseen()
    {
        // Within the hour Routee hands out the same token again.
        bench.Routee.Token = _ => Task.FromResult(Wire.Json(200, """{"access_token":"same","expires_in":3423}"""));
        bench.Routee.OnInTurn(Tracking, _ => Wire.Json(401, ""), _ => Wire.Json(200, "{}"));
        (await AskAsync()).ShouldBeOfType<RouteeResult.Answer>();
    }

    [Theory]
    [InlineData(200, """{"access_token":"t","token_type":"bearer","expires_in":60,"scope":"sms report","permissions":["MT_ROLE_SMS"]}""", LineDownReason.BadCredentials)]
    [InlineData(401, """{"timestamp":"2024-05-01T10:00:00.000Z","status":401,"error":"Unauthorized","message":"Bad credentials","path":"/oauth/token"}""", LineDownReason.BadCredentials)]
    [InlineData(400, """{"error":"invalid_scope","error_description":"no"}""", LineDownReason.BadCredentials)]
    [InlineData(429, "", LineDownReason.Throttled)]
    [InlineData(503, "", LineDownReason.Unreachable)]
    [InlineData(200, "<html>maintenance</html>", LineDownReason.Unreachable)]
    [InlineData(200, """{"access_token":"a\nb"}""", LineDownReason.Unreachable)]
    public async Task Without_a_token_the_line_is_down(int status, string body, LineDownReason reason)
    {
        bench.Clock.Races = TimeSpan.FromSeconds(5);
        bench.Routee.Token = _ => Task.FromResult(Wire.Json(status, body));
        (await AskAsync()).ShouldBeOfType<RouteeResult.NotSent>().Reason.ShouldBe(reason);
        bench.Routee.Asked.ShouldBeEmpty();
    }

    /// <summary>An administrator reads it in the log, where the telephone is what does not work.</summary>
    [Fact]
    public async Task Why_Routee_is_not_reached_is_said_in_words()
    {
        bench.Clock.Races = TimeSpan.FromSeconds(5);
        bench.Routee.Token = _ => throw new HttpRequestException(HttpRequestError.ConnectionError, inner: new System.Net.Sockets.SocketException((int)System.Net.Sockets.SocketError.ConnectionRefused));
        (await AskAsync()).ShouldBeOfType<RouteeResult.NotSent>().Because.ShouldBe("the connection is refused");
        bench.Routee.Token = _ => throw new HttpRequestException(HttpRequestError.ResponseEnded);
        (await AskAsync()).ShouldBeOfType<RouteeResult.NotSent>().Because.ShouldBe("the connection was cut before the answer was complete");
    }

    [Theory]
    [InlineData("""{"access_token":"t","expires_in":60,"scope":"VOICE"}""")]
    [InlineData("""{"access_token":"t","expires_in":60,"scope":"sms","permissions":["MT_ROLE_VOICE"]}""")]
    [InlineData("""{"access_token":"t","expires_in":631139040}""")]
    [InlineData("""{"access_token":"t"}""")]
    public async Task The_right_to_phone_is_read_from_either_list(string body)
    {
        bench.Routee.Token = _ => Task.FromResult(Wire.Json(200, body));
        bench.Routee.On(Tracking, 200, "{}");
        (await AskAsync()).ShouldBeOfType<RouteeResult.Answer>();
    }

    [Fact]
    public async Task Neither_secret_nor_token_is_logged()
    {
        bench.Routee.On(Tracking, 403);
        await AskAsync();
        bench.Logged.ShouldNotBeEmpty();
        bench.Logged.ShouldAllBe(line => !line.Contains(Secret) && !line.Contains("token-") && !line.Contains("example"));
    }

    public void Dispose() => bench.Dispose();
}
