using BotDispatch.Core;

namespace BotDispatch.Tickets;

/// <summary>
/// The open tickets of one system, as they were listed last. Reading them never waits: an old list is listed again in the background.
/// Suggestions and "did you mean" come from here, so that a slow system delays no command.
/// </summary>
internal sealed class RecentTickets(ITicketSystem system, TimeProvider realTime)
{
    /// <summary>How many tickets are known of one system.</summary>
    public const int Most = 50;

    static readonly TimeSpan Freshness = TimeSpan.FromMinutes(1);
    static readonly TimeSpan Longest = TimeSpan.FromSeconds(20);

    readonly Lock gate = new();
    volatile IReadOnlyList<Ticket> tickets = [];
    DateTimeOffset listedAt = DateTimeOffset.MinValue;
    Task listing = Task.CompletedTask;

    /// <summary>The tickets as they are known now.</summary>
    public IReadOnlyList<Ticket> Now
    {
        get
        {
            _ = RefreshAsync();
            return tickets;
        }
    }

    /// <summary>Lists them again if the list is older than a minute. Never throws.</summary>
    public Task RefreshAsync()
    {
        lock (gate)
        {
            if (!listing.IsCompleted || realTime.GetUtcNow() - listedAt < Freshness)
                return listing;
            listedAt = realTime.GetUtcNow();
            return listing = ListAsync();
        }
    }

    async Task ListAsync()
    {
        await Task.Yield();
        using var limit = new CancellationTokenSource(Longest, realTime);
        try
        {
            if (await system.ListAsync("", Most, limit.Token) is { } listed)
                tickets = listed;
        }
        catch (OperationCanceledException)
        {
            // It is listed again in a minute.
        }
    }
}
