using Microsoft.Extensions.Options;

namespace BotDispatch.Teams.Inbound;

/// <summary>Fetches the issuer's keys at the start, so that the first request does not wait for them.</summary>
internal sealed class SigningKeysWarmup(IssuerKeys keys, IOptions<TeamsOptions> options) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (options.Value.HasApp)
            await keys.FindAsync("");
    }
}
