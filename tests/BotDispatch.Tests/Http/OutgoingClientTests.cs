using BotDispatch.Slack;
using BotDispatch.Slack.Api;
using BotDispatch.Teams;
using BotDispatch.Tests.Adapters.Routee;
using BotDispatch.Tests.Architecture;
using BotDispatch.Voice.Routee;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace BotDispatch.Tests.Http;

/// <summary>Every client that calls out is set up in one place.</summary>
public sealed class OutgoingClientTests
{
    [Theory]
    [InlineData(SlackHttp.Client), InlineData(TeamsHttp.Connector), InlineData(TeamsHttp.Identity), InlineData(TeamsHttp.Issuer)]
    [InlineData(RouteeApi.Client), InlineData(RouteeApi.OrderClient), InlineData(AccessTokens.Client)]
    public void A_client_follows_no_redirect_keeps_no_cookie_logs_nothing_and_has_one_policy(string name)
    {
        using var bench = new RouteeBench(services: services => services.AddSlackHttp().AddConnectorHttp().AddIdentityHttp().AddIssuerHttp()
            .AddSingleton(Options.Create(new TeamsOptions())).AddSingleton(Options.Create(new SlackOptions())), isScripted: false);
        var handlers = Chain(bench.Get<IHttpMessageHandlerFactory>().CreateHandler(name)).ToList();
        handlers.Count(handler => handler.GetType().Name == "ResilienceHandler").ShouldBe(1);
        handlers.ShouldAllBe(handler => !handler.GetType().Name.Contains("Logging"));
        var connections = handlers[^1].ShouldBeOfType<SocketsHttpHandler>();
        (connections.AllowAutoRedirect, connections.UseCookies).ShouldBe((false, false));
        connections.ConnectTimeout.ShouldBe(TimeSpan.FromSeconds(4));
        connections.PooledConnectionLifetime.ShouldBe(TimeSpan.FromMinutes(5));
        connections.PooledConnectionIdleTimeout.ShouldBe(TimeSpan.FromSeconds(45));
        using var client = bench.Get<IHttpClientFactory>().CreateClient(name);
        client.Timeout.ShouldBe(Timeout.InfiniteTimeSpan);
        client.MaxResponseContentBufferSize.ShouldBeLessThanOrEqualTo(1024 * 1024);
    }

    // A client of another set-up would follow redirects and log addresses; the standard handler would repeat what must not happen twice.
    [Fact]
    public void No_other_client_is_made()
    {
        string[] forbidden = ["AddHttpClient(", "AddHttpClient<", "new HttpClient(", "new HttpClientHandler", "AddStandardResilienceHandler", "AddStandardHedgingHandler"];
        var host = Path.Combine(Repository.Root, "src", "BotDispatch");
        var sources = Directory.EnumerateFiles(host, "*.cs", SearchOption.AllDirectories)
            .Where(file => !Path.GetRelativePath(host, file).StartsWith("obj", StringComparison.Ordinal)).ToList();
        sources.Where(file => File.ReadAllText(file) is var text && forbidden.Any(each => text.Contains(each, StringComparison.Ordinal)))
            .Select(Path.GetFileName).ShouldBe(["OutgoingClients.cs"]);
    }

    static IEnumerable<HttpMessageHandler> Chain(HttpMessageHandler? handler)
    {
        for (; handler is not null; handler = (handler as DelegatingHandler)?.InnerHandler)
            yield return handler;
    }
}
