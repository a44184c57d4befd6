using System.Text.Json;

namespace BotDispatch.Playground;

/// <summary>Gives the phones their kept habits at the start, and from then on tells the open pages what each phone does.</summary>
internal sealed partial class PhoneWatch(PlaygroundPhones phones, PlaygroundFeed feed, ILogger<PhoneWatch> log) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await phones.RestoreHabitsAsync(stoppingToken);
            await foreach (var phone in phones.WatchAsync(stoppingToken))
                feed.Tell(new("phone", JsonSerializer.Serialize(phone, PlaygroundJson.Default.PhoneView)));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested) { }
        catch (Exception fault)
        {
            // The phones themselves go on; a page is told of them when it is opened anew.
            LogPhonesUnwatched(log, fault);
        }
    }

    [LoggerMessage(500, LogLevel.Error, "The playground's page no longer hears of its phones")]
    static partial void LogPhonesUnwatched(ILogger log, Exception fault);
}
