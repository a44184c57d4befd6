using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Dapper;

namespace BotDispatch.Storage;

/// <summary>What was taken before, so that a delivery that comes twice is decided once. Whoever asks at the same moment shares one commit.</summary>
internal sealed class SeenStore(Database database, TimeProvider real) : IDisposable
{
    const string Insert = "INSERT INTO seen (delivery, at) VALUES ($1, $2) ON CONFLICT (delivery) DO NOTHING";
    // An index row has limits, what is sent to us has none.
    const int LongestKey = 200;
    const int MostAtOnce = 256;

    readonly ConcurrentQueue<Waiting> queue = new();
    readonly SemaphoreSlim gate = new(1, 1);

    /// <summary>Remembers it; false if it was there. Once begun it is not given up: who gives up could not tell whether it is there.</summary>
    public async Task<bool> TryAddAsync(string delivery, CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        var mine = new Waiting(Key(delivery), new(TaskCreationOptions.RunContinuationsAsynchronously));
        queue.Enqueue(mine);
        await gate.WaitAsync(CancellationToken.None);
        try
        {
            while (!mine.IsNew.Task.IsCompleted)
                await CommitAsync();
        }
        finally
        {
            gate.Release();
        }
        return await mine.IsNew.Task;
    }

    /// <summary>Forgets what is older; how many that were.</summary>
    public async Task<int> DeleteBeforeAsync(DateTimeOffset moment, CancellationToken ct)
    {
        await using var connection = await database.OpenForWritingAsync(ct);
        return await connection.ExecuteAsync("DELETE FROM seen WHERE at < @at", new { at = Moment.Of(moment) });
    }

    public void Dispose() => gate.Dispose();

    async Task CommitAsync()
    {
        var batch = new List<Waiting>();
        while (batch.Count < MostAtOnce && queue.TryDequeue(out var waiting))
            batch.Add(waiting);
        try
        {
            // In one order on every node: two who wait for each other's rows would wait for ever. The sort is stable, the first asker wins.
            List<Waiting> ordered = [.. batch.OrderBy(each => each.Delivery, StringComparer.Ordinal)];
            await using var session = new WriteSession(await database.OpenForWritingAsync(CancellationToken.None));
            await session.BeginAsync(CancellationToken.None);
            var at = Moment.Of(real.GetUtcNow());
            var rows = await session.RunAsync([.. ordered.Select(each => new Statement(Insert, each.Delivery, at))], CancellationToken.None);
            await session.CommitAsync(CancellationToken.None);
            for (var i = 0; i < rows.Length; i++)
                ordered[i].IsNew.SetResult(rows[i] > 0);
        }
        catch (Exception broken)
        {
            foreach (var each in batch)
                each.IsNew.TrySetException(broken);
        }
    }

    static string Key(string delivery)
    {
        var key = StoredText.Of(delivery);
        return key.Length <= LongestKey ? key : Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)));
    }

    readonly record struct Waiting(string Delivery, TaskCompletionSource<bool> IsNew);
}
