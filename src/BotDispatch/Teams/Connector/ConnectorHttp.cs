using BotDispatch.Teams.Identity;
using Microsoft.Extensions.Options;

namespace BotDispatch.Teams.Connector;

/// <summary>The connections to Teams: no redirects, since they would carry our token along; no cookies; and no log of addresses, which name conversations and people.</summary>
internal static class ConnectorHttp
{
    public const string Client = "Teams.Connector";

    // Five hundred members take a fifth of it.
    const int LargestAnswer = 1024 * 1024;

    extension(IServiceCollection services)
    {
        public IServiceCollection AddConnectorHttp()
        {
            services.AddHttpClient(Client, http =>
                {
                    // Time is kept by the clock that tests can turn.
                    http.Timeout = Timeout.InfiniteTimeSpan;
                    http.MaxResponseContentBufferSize = LargestAnswer;
                    http.DefaultRequestHeaders.Accept.Add(new("application/json"));
                    http.DefaultRequestHeaders.UserAgent.Add(new("BotDispatch", null));
                })
                .ConfigurePrimaryHttpMessageHandler(provider => new SocketsHttpHandler
                {
                    AllowAutoRedirect = false,
                    UseCookies = false,
                    // The Playground on this machine is not asked through anybody.
                    Proxy = new ProxyForIssuers(HttpClient.DefaultProxy),
                    UseProxy = provider.GetRequiredService<IOptions<TeamsOptions>>().Value.HasApp,
                    ConnectTimeout = TimeSpan.FromSeconds(4),
                    PooledConnectionLifetime = TimeSpan.FromMinutes(5),
                    // Whoever closes an idle connection just as we post on it leaves us not knowing whether it was done.
                    PooledConnectionIdleTimeout = TimeSpan.FromSeconds(45),
                })
                .SetHandlerLifetime(Timeout.InfiniteTimeSpan)
                .RemoveAllLoggers();
            return services;
        }
    }
}
