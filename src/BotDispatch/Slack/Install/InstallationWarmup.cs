using Microsoft.Extensions.Options;

namespace BotDispatch.Slack.Install;

/// <summary>Asks at the start which workspace the token is for, so that the first command need not wait for it; and goes on asking until Slack says it.</summary>
internal sealed class InstallationWarmup(OneWorkspace one, IOptions<SlackOptions> options, TimeProvider clock) : BackgroundService
{
    static readonly TimeSpan First = TimeSpan.FromSeconds(5);
    static readonly TimeSpan Longest = TimeSpan.FromMinutes(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (options.Value.BotToken.Length == 0)
            return;
        for (var wait = First; await one.GetAsync(stoppingToken) is null; wait = wait * 2 < Longest ? wait * 2 : Longest)
            await Task.Delay(wait, clock, stoppingToken);
    }
}
