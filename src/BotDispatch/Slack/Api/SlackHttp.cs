using Microsoft.Extensions.Options;

namespace BotDispatch.Slack.Api;

/// <summary>The connections to Slack: no redirects, since a redirected POST may be a second one; no cookies; and no log of addresses, which can be credentials.</summary>
internal static class SlackHttp
{
    public const string Client = "Slack";

    const int LargestAnswer = 1024 * 1024;

    extension(IServiceCollection services)
    {
        public IServiceCollection AddSlackHttp()
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
                    // What stands in for Slack on this machine is not asked through anybody.
                    UseProxy = provider.GetRequiredService<IOptions<SlackOptions>>().Value.ApiBaseAddress is not { IsLoopback: true },
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
