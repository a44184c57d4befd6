using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace BotDispatch.Storage;

/// <summary>How SQLite and our connections to a file of it are set.</summary>
/// <remarks>https://www.sqlite.org/pragma.html</remarks>
internal static class SqliteSettings
{
    // FULL: what was answered survives the loss of power, not only of the process.
    const string Durable = "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;";

    /// <summary>How long a statement waits, and blocks its thread, for a lock of another process, as a backup, in seconds.</summary>
    public const int LongestWait = 30;

    // The driver's commands repeat themselves for as long; our own statements do not.
    static readonly string Patient = $"PRAGMA busy_timeout = {LongestWait * 1000};";

    // 16 MB of pages that each commit touches stay in memory. 16 MB of changed pages are collected before they are copied back, so a page
    // that many commits change is copied once.
    const string Sizes = "PRAGMA cache_size = -16384; PRAGMA wal_autocheckpoint = 4000;";

    /// <summary>Before the first connection of the process. Later it changes nothing.</summary>
    public static void SetForProcess()
    {
        NativeMemory.KeepFreed();
        Batteries_V2.Init();
        // Otherwise SQLite counts its memory, with a lock for each allocation, and nobody asks.
        raw.sqlite3_config(raw.SQLITE_CONFIG_MEMSTATUS, 0);
    }

    /// <summary>The connection that writes.</summary>
    public static Task SetForWritingAsync(SqliteConnection connection, CancellationToken ct) =>
        RunAsync(connection, Durable + Patient + Sizes, ct);

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
