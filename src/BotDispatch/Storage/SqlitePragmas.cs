using Microsoft.Data.Sqlite;

namespace BotDispatch.Storage;

/// <summary>How our connections to a SQLite file are set.</summary>
/// <remarks>https://www.sqlite.org/pragma.html</remarks>
internal static class SqlitePragmas
{
    // FULL: what was answered survives the loss of power, not only of the process.
    const string Durable = "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;";

    // 16 MB of pages that each commit touches stay in memory. 16 MB of changed pages are collected before they are copied back, so a page
    // that many commits change is copied once.
    const string Sizes = "PRAGMA cache_size = -16384; PRAGMA wal_autocheckpoint = 4000;";

    /// <summary>The connection that writes.</summary>
    public static Task SetForWritingAsync(SqliteConnection connection, CancellationToken ct) => RunAsync(connection, Durable + Sizes, ct);

    /// <summary>A connection that can only read.</summary>
    public static Task SetForReadingAsync(SqliteConnection connection, CancellationToken ct) =>
        RunAsync(connection, "PRAGMA query_only = ON", ct);

    static async Task RunAsync(SqliteConnection connection, string pragmas, CancellationToken ct)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = pragmas;
        await command.ExecuteNonQueryAsync(ct);
    }
}
