using BotDispatch.Http;
using Microsoft.Identity.Client;

namespace BotDispatch.Teams.Identity;

/// <summary>The connections on which the bot's tokens are fetched. Nothing is sent again by the client: <see cref="BotTokens"/> has one limit of time for all that MSAL asks.</summary>
internal static class IdentityHttp
{
    public const string Client = "Teams.Identity";

    const int LargestAnswer = 256 * 1024;

    extension(IServiceCollection services)
    {
        public IServiceCollection AddIdentityHttp()
        {
            services.AddOutgoingClient(Client, RetryPolicy.Never, LargestAnswer, static (handler, _) => handler.Proxy = new ProxyForIssuers(HttpClient.DefaultProxy));
            return services.AddSingleton<IMsalHttpClientFactory, MsalClients>();
        }
    }

    sealed class MsalClients(IHttpClientFactory clients) : IMsalHttpClientFactory
    {
        public HttpClient GetHttpClient() => clients.CreateClient(Client);
    }
}
