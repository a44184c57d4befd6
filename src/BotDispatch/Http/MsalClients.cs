using Microsoft.Identity.Client;

namespace BotDispatch.Http;

/// <summary>Makes MSAL send its requests by one of our clients, so that its limits and its proxy are those of that client.</summary>
/// <param name="clients">The clients.</param>
/// <param name="name">The name of the client.</param>
internal sealed class MsalClients(IHttpClientFactory clients, string name) : IMsalHttpClientFactory
{
    public HttpClient GetHttpClient() => clients.CreateClient(name);
}
