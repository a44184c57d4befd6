using System.Globalization;
using System.Text;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace BotDispatch.Storage;

/// <summary>
/// Runs the statements of a SQLite connection that give no rows: each is prepared once, and values are bound without copies between.
/// Not safe for two threads at once.
/// </summary>
/// <remarks>
/// A command of Microsoft.Data.Sqlite 10 makes a reader for each run and a binder for each value, and prepares BEGIN and COMMIT anew each
/// time: together as much as SQLite itself needs for our writes.
/// </remarks>
internal sealed class SqliteStatements(SqliteConnection connection) : IDisposable
{
    /// <summary>A prepared statement, and where its <c>$1</c>, <c>$2</c> and so on are.</summary>
    readonly record struct Prepared(sqlite3_stmt Handle, int[] Places);

    const int NotUsed = 0;

    static readonly TimeSpan BetweenTries = TimeSpan.FromMilliseconds(5);

    static utf8z NoText => utf8z.FromString("");

    readonly Dictionary<string, Prepared> prepared = [];
    byte[] text = new byte[4096];

    /// <summary>Whether a transaction is open.</summary>
    public bool IsInTransaction => raw.sqlite3_get_autocommit(Database) == 0;

    sqlite3 Database => connection.Handle!;

    /// <summary>Runs a statement; how many rows it changed, if it is an INSERT, an UPDATE or a DELETE.</summary>
    /// <exception cref="SqliteException">SQLite refused it.</exception>
    public int Run(string sql, params ReadOnlySpan<object?> values)
    {
        var (handle, places) = PreparedOf(sql, values.Length);
        for (var i = 0; i < values.Length; i++)
            if (places[i] != NotUsed)
                Check(Bind(handle, places[i], values[i]));
        var result = Step(handle);
        // A statement that is not reset keeps what it holds, also where it failed. A pragma gives a row, which nobody reads.
        var reset = raw.sqlite3_reset(handle);
        Check(result is raw.SQLITE_DONE or raw.SQLITE_ROW ? reset : result);
        return raw.sqlite3_changes(Database);
    }

    /// <summary>Finalizes the statements. Call it before the connection is closed, which otherwise keeps its locks.</summary>
    public void Dispose()
    {
        foreach (var (handle, _) in prepared.Values)
            handle.Dispose();
        prepared.Clear();
    }

    Prepared PreparedOf(string sql, int values)
    {
        if (prepared.TryGetValue(sql, out var known))
            return known;
        Check(raw.sqlite3_prepare_v2(Database, sql, out var handle));
        var places = new int[values];
        for (var i = 0; i < values; i++)
            places[i] = raw.sqlite3_bind_parameter_index(handle, string.Create(CultureInfo.InvariantCulture, $"${i + 1}"));
        return prepared[sql] = new(handle, places);
    }

    // With Cache=Shared a reader of the same process locks the tables that it reads, and SQLite itself does not wait for that.
    static int Step(sqlite3_stmt handle)
    {
        var result = raw.sqlite3_step(handle);
        for (var waited = TimeSpan.Zero; IsLocked(result) && waited.TotalSeconds < SqliteSettings.LongestWait; waited += BetweenTries)
        {
            raw.sqlite3_reset(handle);
            Thread.Sleep(BetweenTries);
            result = raw.sqlite3_step(handle);
        }
        return result;
    }

    // The other bits say more of it.
    static bool IsLocked(int result) => (result & 0xff) == raw.SQLITE_LOCKED;

    int Bind(sqlite3_stmt handle, int place, object? value) => value switch
    {
        null => raw.sqlite3_bind_null(handle, place),
        // An empty span would be bound as null.
        "" => raw.sqlite3_bind_text(handle, place, NoText),
        string written => raw.sqlite3_bind_text(handle, place, Utf8(written)),
        Utf8Text { Bytes: var written } => raw.sqlite3_bind_text(handle, place, written),
        long number => raw.sqlite3_bind_int64(handle, place, number),
        int number => raw.sqlite3_bind_int64(handle, place, number),
        byte[] { Length: 0 } => raw.sqlite3_bind_zeroblob(handle, place, 0),
        byte[] bytes => raw.sqlite3_bind_blob(handle, place, bytes),
        _ => throw new ArgumentException($"a value of type {value.GetType()} cannot be stored", nameof(value)),
    };

    // SQLite copies it.
    ReadOnlySpan<byte> Utf8(string written)
    {
        var most = Encoding.UTF8.GetMaxByteCount(written.Length);
        if (text.Length < most)
            text = new byte[most];
        return text.AsSpan(0, StoredText.Write(written, text));
    }

    void Check(int result)
    {
        if (result != raw.SQLITE_OK)
            SqliteException.ThrowExceptionForRC(result, Database);
    }
}
