using System.Net;
using BotDispatch.Http;
using BotDispatch.Playground;
using BotDispatch.Teams.Inbound;
using Microsoft.AspNetCore.Http;

namespace BotDispatch.Tests.Http;

/// <summary>Who comes through a proxy or a tunnel that runs on this machine is not this machine, at every door that is for this machine only.</summary>
public sealed class ThisMachineTests
{
    [Theory]
    [InlineData("X-Forwarded"), InlineData("X-Forwarded-For"), InlineData("X-Forwarded-Host"), InlineData("X-Forwarded-Proto"), InlineData("X-Forwarded-Client-Cert"), InlineData("x-forwarded-by"), InlineData("X-Forward-For"), InlineData("X_Forwarded_For")]
    [InlineData("Forwarded"), InlineData("FORWARDED"), InlineData("Via"), InlineData("X-Real-IP"), InlineData("X-Real-Port"), InlineData("X-Client-IP"), InlineData("Client-IP"), InlineData("X-Cluster-Client-IP"), InlineData("True-Client-IP")]
    [InlineData("X-Original-For"), InlineData("X-Original-Host"), InlineData("X-Original-Proto"), InlineData("X-Original-URL"), InlineData("X-Originating-IP"), InlineData("X-ProxyUser-Ip"), InlineData("X-Remote-Addr")]
    [InlineData("X-Envoy-External-Address"), InlineData("X-Envoy-Peer-Metadata"), InlineData("X-Azure-ClientIP"), InlineData("X-Azure-Ref"), InlineData("X-FD-HealthProbe"), InlineData("X-ARR-SSL"), InlineData("X-ARR-LOG-ID"), InlineData("X-WAWS-Unencoded-URL")]
    [InlineData("X-MS-Client-Principal"), InlineData("X-MS-CLIENT-PRINCIPAL-NAME"), InlineData("X-MS-Token-AAD-Id-Token"), InlineData("X-MS-Proxy"), InlineData("X-MS-Forwarded-Client-IP"), InlineData("X-Tunnel-Authorization")]
    [InlineData("Fly-Client-IP"), InlineData("Fly-Forwarded-Port"), InlineData("Tailscale-User-Login"), InlineData("Tailscale-Funnel-Request"), InlineData("Ngrok-Skip-Browser-Warning"), InlineData("Ngrok-Auth-User-Email")]
    [InlineData("CDN-Loop"), InlineData("CF-Connecting-IP"), InlineData("CF-Ray"), InlineData("Cf-Warp-Tag-Id"), InlineData("CF-Access-Jwt-Assertion"), InlineData("Fastly-Client-IP"), InlineData("X-Akamai-Edgescape"), InlineData("CloudFront-Viewer-Address"), InlineData("X-Amzn-Trace-Id"), InlineData("X-Appengine-User-IP"), InlineData("DO-Connecting-IP")]
    public void What_a_proxy_writes_keeps_a_request_out_at_every_door(string header)
    {
        // Some proxies write their header and nothing in it.
        foreach (var value in (string[])["203.0.113.9", ""])
        {
            var http = Local();
            http.Request.Headers[header] = value;
            ThisMachine.Sent(http).ShouldBeFalse();
            LocalOnly.WhyNot(http).ShouldNotBeNull();
            PlaygroundAccess.Refuses(http).ShouldBeOfType<CallerVerdict.Forbidden>();
        }
    }

    // The Agents Playground 0.2.28 sends X-MS-Agents-Playground; the rest is what browsers, curl and Microsoft's clients send.
    [Theory]
    [InlineData("X-MS-Agents-Playground", "true"), InlineData("x-ms-conversation-id", "a:1"), InlineData("X-MS-Client-Request-Id", "1"), InlineData("X-Request-Id", "1"), InlineData("traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01")]
    [InlineData("User-Agent", "axios/1.7.2"), InlineData("Accept-Encoding", "gzip, compress, deflate, br"), InlineData("Connection", "close"), InlineData("X-Client-Version", "1"), InlineData("Sec-Fetch-Mode", "cors")]
    public void What_programs_on_this_machine_send_keeps_nobody_out(string header, string value)
    {
        var http = Local();
        http.Request.Headers[header] = value;
        ThisMachine.Sent(http).ShouldBeTrue();
        LocalOnly.WhyNot(http).ShouldBeNull();
        PlaygroundAccess.Refuses(http).ShouldBeNull();
    }

    static DefaultHttpContext Local()
    {
        var http = new DefaultHttpContext();
        http.Connection.RemoteIpAddress = IPAddress.Loopback;
        (http.Request.Method, http.Request.Scheme, http.Request.Host, http.Request.Path, http.Request.ContentType) = ("POST", "http", new("localhost:5080"), "/playground/api/press", "application/json");
        return http;
    }
}
