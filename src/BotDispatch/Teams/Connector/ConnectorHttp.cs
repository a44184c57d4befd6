using BotDispatch.Http;
using BotDispatch.Teams.Identity;
using Microsoft.Extensions.Options;

namespace BotDispatch.Teams.Connector;

/// <summary>The connections to Teams. Nothing is sent again by the client: a post that got no answer may have arrived, and only its caller knows what then.</summary>
internal static class ConnectorHttp
{
    public const string Client = "Teams.Connector";

    // Five hundred members take a fifth of it.
    const int LargestAnswer = 1024 * 1024;

    extension(IServiceCollection services)
    {
        public IServiceCollection AddConnectorHttp()
        {
            services.AddOutgoingClient(Client, RetryPolicy.Never, LargestAnswer, static (handler, provider) =>
                {
                    // The Playground on this machine is not asked through anybody.
                    handler.Proxy = new ProxyForIssuers(HttpClient.DefaultProxy);
                    handler.UseProxy = provider.GetRequiredService<IOptions<TeamsOptions>>().Value.HasApp;
                }).AsksForJson();
            return services;
        }
    }
}
