using System.Net;
using BotDispatch.Playground;
using BotDispatch.Tests.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.TestHost;

namespace BotDispatch.Tests.Playground;

public class LocalOnlyTests
{
    [Theory]
    [InlineData("127.0.0.1", "localhost:5080")]
    [InlineData("127.0.0.1", "127.0.0.1:5080")]
    [InlineData("::1", "[::1]:5080")]
    [InlineData("::ffff:127.0.0.1", "localhost")]
    public void This_machine_comes_in(string from, string host) => (Ask(from, host)).ShouldBe(StatusCodes.Status200OK);

    [Theory]
    [InlineData("192.168.1.7", "localhost")]
    [InlineData("10.0.0.1", "127.0.0.1")]
    [InlineData(null, "localhost")]
    public void Nobody_comes_in_from_the_network(string? from, string host) => (Ask(from, host)).ShouldBe(StatusCodes.Status403Forbidden);

    [Theory]
    [InlineData("X-Forwarded-For", "203.0.113.9")]
    [InlineData("X-Forwarded-Host", "bot.example.com")]
    [InlineData("X-Original-For", "203.0.113.9:443")]
    [InlineData("Forwarded", "for=203.0.113.9")]
    [InlineData("Via", "1.1 tunnel")]
    [InlineData("X-Forwarded-Proto", "https")]
    [InlineData("X-Real-IP", "203.0.113.9")]
    [InlineData("CF-Connecting-IP", "203.0.113.9")]
    [InlineData("Tailscale-User-Login", "dana@example.com")]
    public void Nobody_comes_in_through_a_tunnel(string header, string value) =>
        (Ask("127.0.0.1", "localhost", header, value)).ShouldBe(StatusCodes.Status403Forbidden);

    [Theory]
    [InlineData("evil.example.com")]
    [InlineData("localhost.evil.example.com")]
    [InlineData("")]
    public void A_foreign_name_of_this_machine_is_refused(string host) => (Ask("127.0.0.1", host)).ShouldBe(StatusCodes.Status403Forbidden);

    [Theory]
    [InlineData("Sec-Fetch-Site", "cross-site", 403)]
    [InlineData("Sec-Fetch-Site", "same-site", 403)]
    [InlineData("Sec-Fetch-Site", "none", 403)]
    [InlineData("Sec-Fetch-Site", "same-origin", 200)]
    [InlineData("Origin", "https://evil.example.com", 403)]
    [InlineData("Origin", "http://localhost:9999", 403)]
    [InlineData("Origin", "null", 403)]
    [InlineData("Origin", "http://localhost:5080", 200)]
    public void A_foreign_page_cannot_press_buttons(string header, string value, int status) =>
        (Ask("127.0.0.1", "localhost:5080", header, value)).ShouldBe(status);

    [Fact]
    public void A_link_from_elsewhere_may_open_the_page_itself() =>
        (Ask("127.0.0.1", "localhost:5080", "Sec-Fetch-Site", "cross-site", "/playground")).ShouldBe(StatusCodes.Status200OK);

    [Theory]
    [InlineData("127.0.0.1", "Sec-Fetch-Site", "cross-site", 403)]
    [InlineData("127.0.0.1", "Origin", "https://evil.example.com", 403)]
    [InlineData("192.168.1.7", null, null, 403)]
    [InlineData("127.0.0.1", null, null, 200)]
    public void The_pretend_telephone_company_is_for_this_machine_too(string from, string? header, string? value, int status) =>
        (Ask(from, "localhost:5080", header, value, "/simulated-routee/simulator/reset")).ShouldBe(status);

    [Fact]
    public async Task Nothing_that_a_stranger_sends_is_read()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseTestServer();
        await using var app = builder.Build();
        app.MapGroup("/playground").RequireThisMachine().MapPost("/api/press", (PressRequest request) => TypedResults.Ok(request));
        await app.StartAsync();
        var body = new Unread();

        var answer = await app.GetTestServer().SendAsync(http =>
        {
            http.Connection.RemoteIpAddress = IPAddress.Parse("203.0.113.9");
            (http.Request.Method, http.Request.Path, http.Request.ContentType, http.Request.ContentLength, http.Request.Body) = ("POST", "/playground/api/press", "application/json", 8, body);
        });

        answer.Response.StatusCode.ShouldBe(StatusCodes.Status403Forbidden);
        body.WasRead.ShouldBeFalse();
    }

    static int Ask(string? from, string host, string? header = null, string? value = null, string path = "/playground/api/press")
    {
        var http = new DefaultHttpContext();
        http.Connection.RemoteIpAddress = from is null ? null : IPAddress.Parse(from);
        http.Request.Scheme = "http";
        http.Request.Host = new(host);
        http.Request.Path = path;
        if (header is not null)
            http.Request.Headers[header] = value;
        return LocalOnly.WhyNot(http) is null ? StatusCodes.Status200OK : StatusCodes.Status403Forbidden;
    }
}
