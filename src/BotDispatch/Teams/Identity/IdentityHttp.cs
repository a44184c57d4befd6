using Microsoft.Identity.Client;

namespace BotDispatch.Teams.Identity;

/// <summary>The connections on which tokens are had: no redirects and no cookies, and no log.</summary>
internal static class IdentityHttp
{
    public const string Client = "Teams.Identity";

    const int LargestAnswer = 256 * 1024;

    extension(IServiceCollection services)
    {
        public IServiceCollection AddIdentityHttp()
        {
            services.AddHttpClient(Client, http =>
                {
                    // Time is kept by the clock that tests can turn.
                    http.Timeout = Timeout.InfiniteTimeSpan;
                    http.MaxResponseContentBufferSize = LargestAnswer;
                })
                .ConfigurePrimaryHttpMessageHandler(() => new SocketsHttpHandler
                {
                    AllowAutoRedirect = false,
                    UseCookies = false,
                    Proxy = new ProxyForIssuers(HttpClient.DefaultProxy),
                    ConnectTimeout = TimeSpan.FromSeconds(4),
                    PooledConnectionLifetime = TimeSpan.FromMinutes(5),
                })
                .SetHandlerLifetime(Timeout.InfiniteTimeSpan)
                .RemoveAllLoggers();
            return services.AddSingleton<IMsalHttpClientFactory, MsalClients>();
        }
    }

    sealed class MsalClients(IHttpClientFactory clients) : IMsalHttpClientFactory
    {
        public HttpClient GetHttpClient() => clients.CreateClient(Client);
    }
}
