using System.Text.Json;

namespace BotDispatch.Playground;

/// <summary>Gives the phones their stored habits at the start, and then sends every change of a phone to the open pages.</summary>
internal sealed partial class PhoneWatch(PlaygroundPhones phones, PlaygroundFeed feed, ILogger<PhoneWatch> log) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await phones.RestoreHabitsAsync(stoppingToken);
            await foreach (var phone in phones.WatchAsync(stoppingToken))
                feed.Send(new("phone", JsonSerializer.Serialize(phone, PlaygroundJson.Default.PhoneView)));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested) { }
        catch (Exception fault)
        {
            // The phones themselves go on. A page gets their state when it connects again.
            LogPhonesUnwatched(log, fault);
        }
    }

    [LoggerMessage(900, LogLevel.Error, "The playground's page no longer receives changes of its phones")]
    static partial void LogPhonesUnwatched(ILogger log, Exception fault);
}
