using Microsoft.Extensions.Options;

namespace BotDispatch.Slack.Install;

/// <summary>Asks at the start which workspace the token is for, so that the first command need not wait for it.</summary>
internal sealed class FirstLook(FindInstallation find, IOptions<SlackOptions> options) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (options.Value.BotToken.Length > 0)
            await find("", stoppingToken);
    }
}
