using BotDispatch.Http;
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
    [InlineData(SlackHttp.Client, 0), InlineData(TeamsHttp.Connector, 0), InlineData(TeamsHttp.Identity, 0), InlineData(TeamsHttp.Issuer, 0)]
    [InlineData(RouteeApi.Client, 1), InlineData(RouteeApi.OrderClient, 1), InlineData(AccessTokens.Client, 1)]
    public void A_client_follows_no_redirect_keeps_no_cookie_logs_nothing_and_has_one_limit_and_at_most_one_policy(string name, int policies)
    {
        using var bench = new RouteeBench(services: services => services.AddSlackHttp().AddConnectorHttp().AddIdentityHttp().AddIssuerHttp()
            .AddSingleton(Options.Create(new TeamsOptions())).AddSingleton(Options.Create(new SlackOptions())), isScripted: false);
        var handlers = Chain(bench.Get<IHttpMessageHandlerFactory>().CreateHandler(name)).ToList();
        handlers.Count(handler => handler.GetType().Name == "ResilienceHandler").ShouldBe(policies);
        handlers.Count(handler => handler.GetType().Name == "Attempt").ShouldBe(1);
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

    [Theory]
    [InlineData(null, "application/json"), InlineData("text/calendar", "text/calendar")]
    public async Task A_client_that_asks_for_JSON_names_us_and_leaves_what_a_request_asks_for(string? own, string accepted)
    {
        List<string> sent = [];
        using var services = new ServiceCollection().AddSingleton(TimeProvider.System)
            .AddOutgoingClient("any", RetryPolicy.Never, largestAnswer: 100).AsksForJson()
            .ConfigurePrimaryHttpMessageHandler(() => new Recorder(request => sent.Add(request.Headers.ToString()))).Services.BuildServiceProvider();
        using HttpMessageInvoker bare = services.GetRequiredService<IHttpMessageHandlerFactory>().InvokerOf("any"), client = services.GetRequiredService<IHttpClientFactory>().CreateClient("any");
        foreach (var each in (HttpMessageInvoker[])[bare, client])
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, "https://server.example/");
            if (own is not null)
                request.Headers.Accept.Add(new(own));
            using var answer = await each.SendAsync(request, default);
        }
        sent.Count.ShouldBe(2);
        sent.ShouldAllBe(headers => headers.ReplaceLineEndings("|") == $"Accept: {accepted}|User-Agent: BotDispatch|");
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

    sealed class Recorder(Action<HttpRequestMessage> record) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            record(request);
            return Task.FromResult(new HttpResponseMessage());
        }
    }

    static IEnumerable<HttpMessageHandler> Chain(HttpMessageHandler? handler)
    {
        for (; handler is not null; handler = (handler as DelegatingHandler)?.InnerHandler)
            yield return handler;
    }
}
