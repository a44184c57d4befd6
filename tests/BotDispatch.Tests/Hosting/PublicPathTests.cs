using System.Net;
using BotDispatch.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.TestHost;

namespace BotDispatch.Tests.Hosting;

public sealed class PublicPathTests
{
    [Theory]
    [InlineData("https://bot.example.com/desk", "/desk/healthz", 200)]
    [InlineData("https://bot.example.com/desk/", "/desk/healthz", 200)]
    [InlineData("https://bot.example.com/a%20b/desk", "/a%20b/desk/healthz", 200)]
    [InlineData("https://bot.example.com/desk", "/healthz", 200)]
    [InlineData("https://bot.example.com/desk", "/desks/healthz", 404)]
    [InlineData("https://bot.example.com", "/desk/healthz", 404)]
    [InlineData("", "/healthz", 200)]
    public async Task Routes_are_served_below_the_path_of_the_public_address_and_without_it(string address, string asked, int status)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseTestServer();
        builder.Configuration["PublicBaseAddress"] = address;
        await using var app = builder.Build();
        app.ServeUnderPublicPath();
        app.MapGet("/healthz", () => TypedResults.Text("ok"));
        await app.StartAsync();
        (await app.GetTestClient().GetAsync(new Uri(asked, UriKind.Relative))).StatusCode.ShouldBe((HttpStatusCode)status);
    }
}
