using System.Threading.Channels;
using Microsoft.Data.Sqlite;

namespace BotDispatch.Benchmarks.Bare;

/// <summary>One row for each webhook, one commit for all that wait: the least that a durable endpoint can do.</summary>
internal sealed class BareStore : IAsyncDisposable
{
    const int MostAtOnce = 256;

    readonly Channel<(BareReport Report, TaskCompletionSource Kept)> waiting = Channel.CreateUnbounded<(BareReport, TaskCompletionSource)>();
    readonly Task writing;

    public BareStore(string file) => writing = Task.Run(() => WriteAsync(file));

    public Task KeepAsync(BareReport report)
    {
        var kept = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        waiting.Writer.TryWrite((report, kept));
        return kept.Task;
    }

    public async ValueTask DisposeAsync()
    {
        waiting.Writer.Complete();
        await writing;
    }

    async Task WriteAsync(string file)
    {
        await using var connection = new SqliteConnection($"Data Source={file};Pooling=False");
        await connection.OpenAsync();
        await using (var setup = connection.CreateCommand())
        {
            setup.CommandText = "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; CREATE TABLE webhooks (id integer PRIMARY KEY, message text, status text, body text)";
            await setup.ExecuteNonQueryAsync();
        }
        await using var insert = connection.CreateCommand();
        insert.CommandText = "INSERT INTO webhooks (message, status, body) VALUES ($1, $2, $3)";
        foreach (var name in (string[])["$1", "$2", "$3"])
            insert.Parameters.Add(new() { ParameterName = name });

        var batch = new List<TaskCompletionSource>();
        while (await waiting.Reader.WaitToReadAsync())
        {
            await using (var transaction = await connection.BeginTransactionAsync())
            {
                insert.Transaction = (SqliteTransaction)transaction;
                while (batch.Count < MostAtOnce && waiting.Reader.TryRead(out var next))
                {
                    (insert.Parameters[0].Value, insert.Parameters[1].Value, insert.Parameters[2].Value) = (next.Report.MessageId, next.Report.Status, next.Report.Body);
                    await insert.ExecuteNonQueryAsync();
                    batch.Add(next.Kept);
                }
                await transaction.CommitAsync();
            }
            foreach (var kept in batch)
                kept.SetResult();
            batch.Clear();
        }
    }
}
