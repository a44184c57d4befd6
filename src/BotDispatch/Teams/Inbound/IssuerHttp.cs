using BotDispatch.Http;

namespace BotDispatch.Teams.Inbound;

/// <summary>The connections on which the keys of requests to us are fetched. Nothing is sent again by the client: <see cref="IssuerKeys"/> has pauses of its own.</summary>
internal static class IssuerHttp
{
    public const string Client = "Teams.Issuer";

    const int LargestAnswer = 1024 * 1024;

    extension(IServiceCollection services)
    {
        public IServiceCollection AddIssuerHttp()
        {
            services.AddOutgoingClient(Client, RetryPolicy.Never, LargestAnswer);
            return services;
        }
    }
}
