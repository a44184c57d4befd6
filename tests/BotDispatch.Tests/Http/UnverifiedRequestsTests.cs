using System.Net;
using System.Text;
using BotDispatch.Http;
using BotDispatch.Slack.Inbound;
using BotDispatch.Tests.Adapters.Routee;
using BotDispatch.Tests.Adapters.Slack.Api;
using BotDispatch.Tests.Adapters.Slack.Inbound;
using BotDispatch.Tests.Adapters.Teams.Inbound;
using BotDispatch.Tests.Flows;
using BotDispatch.Tests.Storage;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Logging.Abstractions;

namespace BotDispatch.Tests.Http;

/// <summary>A sender who fails often is asked to back off. Who is verified is never refused for what others of the same address sent: behind a proxy all have one.</summary>
public sealed class UnverifiedRequestsTests : IDisposable
{
    const int Many = 3 * UnverifiedRequests.MostOfOneAddress;
    const string Form = "application/x-www-form-urlencoded";

    static readonly IPAddress Proxy = IPAddress.Parse("10.0.0.7");

    readonly RefusalTally tally = new(new ManualClock(), NullLogger<RefusalTally>.Instance);
    readonly UnverifiedRequests unverified;

    public UnverifiedRequestsTests() => unverified = new(tally);

    [Fact]
    public void One_address_is_answered_with_what_is_wrong_and_then_asked_to_come_back_later()
    {
        for (var time = 0; time < UnverifiedRequests.MostOfOneAddress; time++)
            Refuse("203.0.113.9").Response.StatusCode.ShouldBe(401);
        var late = Refuse("203.0.113.9").Response;
        late.StatusCode.ShouldBe(429);
        int.Parse(late.Headers.RetryAfter.ToString(), System.Globalization.CultureInfo.InvariantCulture).ShouldBeInRange(1, 60);
    }

    // All addresses share a fixed number of counts; of these 20 some may share one, but not all.
    [Fact]
    public void Others_are_answered_with_what_is_wrong_all_the_same()
    {
        Flood("203.0.113.9");
        Enumerable.Range(1, 20).Count(other => Refuse($"198.51.100.{other}").Response.StatusCode == 401).ShouldBeGreaterThan(10);
    }

    [Theory]
    [InlineData("2001:db8:1:2::1", "2001:db8:1:2:ffff:1:2:3"), InlineData("203.0.113.9", "::ffff:203.0.113.9")]
    public void Addresses_of_one_sender_count_as_one(string first, string second)
    {
        Flood(first);
        Refuse(second).Response.StatusCode.ShouldBe(429);
    }

    [Fact]
    public void Senders_without_an_address_are_not_taken_for_one()
    {
        for (var time = 0; time < Many; time++)
            Refuse(null).Response.StatusCode.ShouldBe(401);
    }

    // ASP.NET reads ASPNETCORE_FORWARDEDHEADERS_ENABLED under this name.
    [Fact]
    public async Task Behind_a_proxy_that_names_the_sender_each_sender_is_counted_alone()
    {
        await using var world = await World.BeginAsync(new() { ["ForwardedHeaders_Enabled"] = "true", ["Slack:SigningSecret"] = "signing-secret", ["Slack:BotToken"] = "xoxb-1" });
        using var proxy = world.App.Server.CreateClient();
        async Task<int> SendAsync(string from)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, "/slack/events") { Content = new StringContent("{}", Encoding.UTF8, "application/json"), Headers = { { "X-Forwarded-For", from } } };
            return (int)(await proxy.SendAsync(request)).StatusCode;
        }
        for (var time = 0; time < Many; time++)
            await SendAsync("203.0.113.9");
        (await SendAsync("203.0.113.9")).ShouldBe(429);
        var others = 0;
        for (var other = 1; other <= 20; other++)
            others += await SendAsync($"198.51.100.{other}") == 401 ? 1 : 0;
        others.ShouldBeGreaterThan(10);
    }

    [Fact]
    public async Task A_request_of_Slack_gets_through_whatever_strangers_send_from_the_same_proxy()
    {
        await using var bench = await InboundBench.StartAsync();
        var body = "team_id=T0ACME&user_id=U0DANA&channel_id=C0OPS&command=%2Fdispatch&text=INC-1&trigger_id=1.2"u8.ToArray();
        var now = bench.Now.ToString(System.Globalization.CultureInfo.InvariantCulture);
        Task<HttpContext> SendAsync(string? signature) => bench.ServeAsync(http =>
        {
            http.Connection.RemoteIpAddress = Proxy;
            (http.Request.Method, http.Request.Path, http.Request.ContentType, http.Request.Body) = ("POST", "/slack/commands", Form, new MemoryStream(body));
            if (signature is not null)
                (http.Request.Headers[SlackSignature.TimestampHeader], http.Request.Headers[SlackSignature.SignatureHeader]) = (now, signature);
        });
        foreach (var signature in (string?[])[null, "v0=" + new string('0', 64)])
        {
            for (var time = 0; time < Many; time++)
                await SendAsync(signature);
            (await SendAsync(signature)).Response.StatusCode.ShouldBe(429);
        }
        (await SendAsync(InboundBench.Sign(InboundBench.Secret, now, body))).Response.StatusCode.ShouldBe(200);
        bench.Handled.ShouldHaveSingleItem().Kind.ShouldBe(PayloadKind.Command);
    }

    [Fact]
    public async Task A_request_of_Teams_gets_through_whatever_strangers_send_from_the_same_proxy()
    {
        await using var bench = await TeamsBench.StartAsync(caller: Proxy);
        HttpStatusCode last = default;
        for (var time = 0; time < Many; time++)
            last = (await bench.SendAsync([], time % 2 == 0 ? null : "Bearer x.y.z")).StatusCode;
        last.ShouldBe(HttpStatusCode.TooManyRequests);
        (await bench.SendAsync(TeamsBench.Activity("message-channel-new-post-mention"))).StatusCode.ShouldBe(HttpStatusCode.OK);
        bench.Handled.Count.ShouldBe(1);
    }

    // A request that waits for the issuer's keys may be Teams' own.
    [Fact]
    public async Task While_the_keys_of_Teams_cannot_be_fetched_nobody_is_asked_to_back_off()
    {
        await using var bench = await TeamsBench.StartAsync(caller: Proxy);
        bench.Issuer.IsDown = true;
        for (var time = 0; time < Many; time++)
            (await bench.SendAsync(TeamsBench.Activity("message-channel-new-post-mention"))).StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
    }

    [Fact]
    public async Task A_callback_of_Routee_gets_through_whatever_strangers_send_from_the_same_proxy()
    {
        await using var bench = await CallbackBench.StartAsync();
        Task<HttpContext> SendAsync(string token) => bench.ServeAsync(http =>
        {
            http.Connection.RemoteIpAddress = Proxy;
            (http.Request.Method, http.Request.Path, http.Request.ContentType) = ("POST", $"/routee/{token}/status", "application/json");
            http.Request.Body = new MemoryStream(Encoding.UTF8.GetBytes("""{"messageId":"msg-1","status":{"name":"Ringing"}}"""));
        });
        for (var time = 0; time < Many; time++)
            await SendAsync("forged");
        (await SendAsync("forged")).Response.StatusCode.ShouldBe(429);
        (await SendAsync(bench.Token(RouteeBench.First))).Response.StatusCode.ShouldBe(200);
        bench.Inputs.Count.ShouldBe(1);
    }

    [Theory]
    // The last one has the shape of one of ours, made with a key that nobody has.
    [InlineData(null), InlineData("x"), InlineData("not base64 !"), InlineData("CfDJ8AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    public async Task A_forged_return_of_an_installation_costs_no_row_no_call_and_no_line_and_keeps_nobody_from_installing(string? state)
    {
        await using var ground = await Ground.ReadyAsync(On.Sqlite);
        await using var room = SlackRoom.ByOAuth(ground);
        room.Slack.On("oauth.v2.access", 200, """{"ok":true,"access_token":"xoxb-1","token_type":"bot","team":{"id":"T1","name":"Acme"}}""");
        Task<HttpContext> AskAsync(string path, string query, string? cookie) => room.ServeAsync(http =>
        {
            http.Connection.RemoteIpAddress = Proxy;
            (http.Request.Method, http.Request.Path, http.Request.QueryString) = ("GET", path, new(query));
            http.Request.Headers.Cookie = cookie;
        });
        for (var time = 0; time < Many; time++)
            (await AskAsync("/slack/oauth_redirect", $"?code=tmpcode&state={Uri.EscapeDataString(state ?? "")}", "__Host-botdispatch-slack-install=x")).Response.StatusCode
                .ShouldBe(time < UnverifiedRequests.MostOfOneAddress ? 400 : 429);
        (await ground.CountAsync("seen")).ShouldBe(0);
        room.Slack.Requests.ShouldBeEmpty();
        room.Logged.ShouldHaveSingleItem().ShouldStartWith("800");
        room.Clock.Advance(RefusalTally.Interval);
        room.Logged.Count.ShouldBe(2);
        room.Logged[^1].ShouldContain($"/slack/oauth_redirect: a state that is not ours, has ended or was used before ({Many - 1} times)");

        var begun = (await AskAsync("/slack/install", "", null)).Response;
        var ours = QueryHelpers.ParseQuery(new Uri(begun.Headers.Location.ToString()).Query)["state"].ToString();
        var back = await AskAsync("/slack/oauth_redirect", $"?code=tmpcode&state={Uri.EscapeDataString(ours)}", begun.Headers.SetCookie.ToString().Split(';')[0]);
        back.Response.StatusCode.ShouldBe(200);
    }

    public void Dispose()
    {
        unverified.Dispose();
        tally.Dispose();
    }

    void Flood(string from)
    {
        for (var time = 0; time < Many; time++)
            Refuse(from);
    }

    DefaultHttpContext Refuse(string? from)
    {
        var http = new DefaultHttpContext();
        http.Connection.RemoteIpAddress = from is null ? null : IPAddress.Parse(from);
        unverified.Refuse(http, 401, "not signed").ShouldBe(http.Response.StatusCode);
        return http;
    }
}
