using BotDispatch.Http;
using Microsoft.Extensions.Options;

namespace BotDispatch.Slack.Api;

/// <summary>The connections to Slack. Nothing is sent again by the client: a post that got no answer may have arrived, and only its caller knows what then.</summary>
internal static class SlackHttp
{
    public const string Client = "Slack";

    const int LargestAnswer = 1024 * 1024;

    extension(IServiceCollection services)
    {
        public IServiceCollection AddSlackHttp()
        {
            services.AddOutgoingClient(Client, RetryPolicy.Never, LargestAnswer, static (handler, provider) =>
                // A Slack of tests on this machine is not reached through a proxy.
                handler.UseProxy = provider.GetRequiredService<IOptions<SlackOptions>>().Value.ApiBaseAddress is not { IsLoopback: true }).AsksForJson();
            return services;
        }
    }
}
