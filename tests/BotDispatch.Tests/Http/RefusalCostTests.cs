using System.Net;
using BotDispatch.Slack.Inbound;
using BotDispatch.Tests.Flows;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace BotDispatch.Tests.Http;

/// <summary>What a request costs whose sender does not show who they are, at every address that anybody can reach.</summary>
public sealed class RefusalCostTests
{
    const int Requests = 2000;
    const int LargeBody = 1024 * 1024;

    // 2 KB are the context of a request, which a web server uses again; the rest are copies of what its headers hold, and the page of an installation.
    const int MostOfOne = 12 * 1024;

    static readonly string InTime = new ManualClock().GetUtcNow().ToUnixTimeSeconds().ToString(System.Globalization.CultureInfo.InvariantCulture);
    static readonly string Signature = "v0=" + new string('0', 64);

    static (string Name, string Route, Action<HttpRequest> Make)[] Unverified =>
    [
        .. from path in (string[])["/slack/commands", "/slack/interactivity", "/slack/options", "/slack/events"]
           from type in (string[])["application/x-www-form-urlencoded", "application/json"]
           from headers in ((string, string)[])[("", ""), (InTime, "v0=short"), ("yesterday", Signature), ("1", Signature), ("9999999999", Signature)]
           select ($"{path} as {type} with {headers}", path, (Action<HttpRequest>)(request =>
           {
               request.ContentType = type;
               (request.Headers[SlackSignature.TimestampHeader], request.Headers[SlackSignature.SignatureHeader]) = headers;
           })),
        .. from authorization in (string?[])[null, "", "Basic eDp5", "Bearer ", "Bearer x.y.z", "Bearer eyJ.eyJ.x", "Bearer " + new string('x', 4000)]
           select ($"Teams with {authorization}", "/api/messages", (Action<HttpRequest>)(request => request.Headers.Authorization = authorization)),
        .. from route in (string[])["/routee/{token}/keys", "/routee/{token}/status"]
           from token in (string[])["", "x", "abcdefgh-0-1.AAAA", "abcdefgh-0-1." + new string('A', 43), new string('x', 4000)]
           select ($"{route} with {token}", route, (Action<HttpRequest>)(request => request.RouteValues["token"] = token)),
        .. from state in (string[])["", "x", "not base64 !", "CfDJ8" + new string('A', 203), new string('A', 1000), new string('A', 100) + "." + new string('A', 43), new string('A', 8000)]
           let query = new QueryString($"?code=c&state={Uri.EscapeDataString(state)}")
           select ($"OAuth with {state}", "/slack/oauth_redirect", (Action<HttpRequest>)(request =>
           {
               request.QueryString = query;
               request.Headers.Cookie = "__Host-botdispatch-slack-install=x";
           })),
    ];

    [Fact]
    public async Task An_unverified_request_costs_some_kilobytes_and_not_a_byte_of_its_body_is_read()
    {
        await using var world = await World.BeginAsync(new()
        {
            ["Slack:SigningSecret"] = "signing-secret",
            ["Slack:ClientId"] = "111.222",
            ["Slack:ClientSecret"] = "client-secret",
            ["Teams:AppId"] = "11111111-2222-4333-8444-555555555555",
            ["Teams:TenantId"] = "22222222-3333-4444-8555-666666666666",
            ["Teams:AppPassword"] = "app-password",
        });
        var endpoints = world.App.Get<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>().ToDictionary(each => each.RoutePattern.RawText ?? "", each => each, StringComparer.Ordinal);
        List<string> dear = [];
        foreach (var (name, route, make) in Unverified)
        {
            var body = new CountedBody();
            Send(world, endpoints[route], make, body, 2);
            var before = GC.GetAllocatedBytesForCurrentThread();
            Send(world, endpoints[route], make, body, Requests);
            var each = (GC.GetAllocatedBytesForCurrentThread() - before) / Requests;
            if (each > MostOfOne)
                dear.Add($"{name}: {each} bytes");
            body.Asked.ShouldBe(0, name);
        }
        dear.ShouldBeEmpty();
    }

    // All on this thread, whose bytes are counted: what is refused waits for nothing.
    static void Send(World world, RouteEndpoint endpoint, Action<HttpRequest> make, CountedBody body, int times)
    {
        for (var time = 0; time < times; time++)
        {
            var http = new DefaultHttpContext { RequestServices = world.App.Services };
            http.SetEndpoint(endpoint);
            http.Connection.RemoteIpAddress = IPAddress.Parse("203.0.113.9");
            (http.Request.Method, http.Request.Body, http.Request.ContentType, http.Request.ContentLength) = ("POST", body, "application/json", LargeBody);
            make(http.Request);
            var answering = endpoint.RequestDelegate!(http);
            if (!answering.IsCompletedSuccessfully || http.Response.StatusCode is not (400 or 401 or 404 or 429))
                throw new InvalidOperationException($"it was answered {http.Response.StatusCode}, {answering.Status}", answering.Exception);
        }
    }

    sealed class CountedBody : MemoryStream
    {
        public long Asked { get; private set; }

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            Asked += buffer.Length;
            return ValueTask.FromResult(buffer.Length);
        }

        public override int Read(byte[] buffer, int offset, int count) => throw new InvalidOperationException("it is read while a thread waits");
    }
}
