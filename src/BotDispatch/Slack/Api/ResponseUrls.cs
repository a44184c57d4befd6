using System.Text.Json.Nodes;
using Microsoft.Extensions.Options;

namespace BotDispatch.Slack.Api;

/// <summary>Answers at the address that came with a command or a press. The address is a credential: it is neither logged nor trusted.</summary>
/// <remarks>https://docs.slack.dev/interactivity/handling-user-interaction</remarks>
internal sealed class ResponseUrls(SlackWire wire, IOptions<SlackOptions> options, ILogger<ResponseUrls> log)
{
    static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);

    /// <inheritdoc cref="SayThere"/>
    public async Task<bool> SayThereAsync(Uri responseUrl, JsonObject message, CancellationToken ct)
    {
        if (!SlackHosts.TakesResponses(responseUrl, options.Value))
        {
            log.NotSlack();
            return false;
        }
        var answer = (await wire.SayAsync(responseUrl, message, Limit, ct)).Answer;
        if (answer is SlackAnswer.Ok)
            return true;
        log.NotTaken(answer.Why);
        return false;
    }
}
