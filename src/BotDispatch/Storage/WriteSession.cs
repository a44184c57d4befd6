using System.Collections.Concurrent;
using System.Data.Common;
using System.Globalization;
using System.Text;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace BotDispatch.Storage;

/// <summary>One statement with its values, written <c>$1</c>, <c>$2</c>: both databases understand that.</summary>
internal readonly record struct Statement(string Sql, params object?[] Values)
{
    /// <summary>
    /// The statement does nothing if the one before it has changed a row, and need not run then. PostgreSQL runs it in any case, because
    /// all of a commit's statements travel there together.
    /// </summary>
    public bool OnlyAfterNone { get; init; }

    /// <summary>The statement wakes lanes that only it can tell: <see cref="WriteSession.Woken"/>.</summary>
    public bool WakesLanes { get; init; }

    /// <summary>
    /// The statement changes rows of threads, and not for the lane that works on that thread: <see cref="WriteSession.HasChangedThreads"/>.
    /// </summary>
    public bool ChangesOtherThreads { get; init; }

    /// <summary>So many rows at most are written by one statement: each number of rows is a text of its own, prepared once.</summary>
    public const int MostRows = 16;

    static readonly ConcurrentDictionary<(string Before, string Row, int Rows, string After), string> Texts = [];

    /// <summary>Statements that write any number of rows, at most <see cref="MostRows"/> each; none for no row.</summary>
    /// <param name="before">Their text up to the rows.</param>
    /// <param name="row">One row, with a question mark for each value.</param>
    /// <param name="rows">The values of each row.</param>
    /// <param name="after">Their text after the rows.</param>
    public static IEnumerable<Statement> InRows(string before, string row, IEnumerable<object?[]> rows, string after) =>
        rows.Chunk(MostRows).Select(some => OfRows(before, row, some.Length, after, [.. some.SelectMany(each => each)]));

    /// <summary>One statement that writes several rows.</summary>
    /// <param name="before">Its text up to the rows.</param>
    /// <param name="row">One row, with a question mark for each value.</param>
    /// <param name="rows">How many rows.</param>
    /// <param name="after">Its text after the rows.</param>
    /// <param name="values">The values of all rows, in order.</param>
    public static Statement OfRows(string before, string row, int rows, string after, object?[] values)
    {
        return new(Texts.GetOrAdd((before, row, rows, after), Text), values);

        static string Text((string Before, string Row, int Rows, string After) key)
        {
            var (text, n) = (new StringBuilder(key.Before), 0);
            for (var i = 0; i < key.Rows; i++)
            {
                text.Append(i == 0 ? " " : ", ");
                foreach (var sign in key.Row)
                    _ = sign == '?' ? text.Append(CultureInfo.InvariantCulture, $"${++n}") : text.Append(sign);
            }
            return text.Append(key.After).ToString();
        }
    }
}

/// <summary>For tests: called with every statement before it runs, where one is registered.</summary>
internal sealed record StatementProbe(Action<Statement> Run);

/// <summary>For tests: called with every SQLite connection once it is open, and whether it writes, where one is registered.</summary>
internal sealed record ConnectionProbe(Action<DbConnection, bool> Opened);

/// <summary>Reads columns that may be null.</summary>
internal static class Rows
{
    extension(DbDataReader row)
    {
        /// <summary>The text in that column; null if there is none.</summary>
        public string? TextAt(int column) => row.IsDBNull(column) ? null : row.GetString(column);
    }
}

/// <summary>
/// One connection. Statements are prepared once and used again; on PostgreSQL a list of them travels together, and on SQLite what writes
/// goes past the driver.
/// Not safe for two threads at once.
/// </summary>
internal sealed class WriteSession(DbConnection connection, StatementProbe? probe = null) : IAsyncDisposable
{
    readonly Dictionary<string, DbCommand> queries = [];
    readonly SqliteStatements? sqlite = connection is SqliteConnection file ? new(file) : null;
    // On SQLite the driver does not know of a transaction.
    DbTransaction? transaction;
    List<LaneRow> woken = [];

    public DbConnection Connection => connection;

    /// <summary>What the commands of PostgreSQL's driver need to be run in the open transaction; null on SQLite.</summary>
    public DbTransaction? Transaction => transaction;

    /// <summary>
    /// Begins a transaction. On SQLite it is immediate, because one that reads first and writes later fails if another connection wrote
    /// meanwhile.
    /// </summary>
    public async Task BeginAsync(CancellationToken ct)
    {
        (woken, HasChangedThreads) = ([], false);
        if (sqlite is not null)
            sqlite.Run("BEGIN IMMEDIATE");
        else
            transaction = await connection.BeginTransactionAsync(ct);
    }

    /// <summary>On SQLite: the lanes that statements of the transaction have woken, in their order.</summary>
    public IReadOnlyList<LaneRow> Woken => woken;

    /// <summary>On SQLite: whether what is remembered of threads is outdated once the transaction is committed.</summary>
    public bool HasChangedThreads { get; private set; }

    public async Task CommitAsync(CancellationToken ct)
    {
        if (sqlite is not null)
        {
            sqlite.Run("COMMIT");
            return;
        }
        await transaction!.CommitAsync(ct);
        await EndAsync();
    }

    /// <summary>Undoes what was not committed; does nothing if all was.</summary>
    public async Task RollbackAsync()
    {
        if (sqlite is { IsInTransaction: true })
            sqlite.Run("ROLLBACK");
        if (transaction is not null)
            await EndAsync();
    }

    /// <summary>Runs the writes in order; how many rows each one changed.</summary>
    public async Task<int[]> RunAsync(IReadOnlyList<Statement> writes, CancellationToken ct)
    {
        if (writes.Count == 0)
            return [];
        if (sqlite is null)
        {
            if (probe is not null)
                foreach (var write in writes)
                    probe.Run(write);
            return await RunTogetherAsync((NpgsqlConnection)connection, writes, ct);
        }
        var rows = new int[writes.Count];
        for (var i = 0; i < rows.Length; i++)
        {
            if (writes[i].OnlyAfterNone && rows[i - 1] > 0)
                continue;
            if (writes[i].WakesLanes)
            {
                var some = await QueryAsync(writes[i] with { Sql = writes[i].Sql + LaneStore.Returning }, LaneStore.Row, ct);
                rows[i] = some.Count;
                woken.AddRange(some);
                HasChangedThreads |= writes[i].ChangesOtherThreads && rows[i] > 0;
                continue;
            }
            probe?.Run(writes[i]);
            rows[i] = sqlite.Run(writes[i].Sql, writes[i].Values);
            HasChangedThreads |= writes[i].ChangesOtherThreads && rows[i] > 0;
        }
        return rows;
    }

    /// <summary>Runs one statement that gives rows, in the open transaction if there is one.</summary>
    public async Task<List<T>> QueryAsync<T>(Statement query, Func<DbDataReader, T> read, CancellationToken ct)
    {
        probe?.Run(query);
        await using var unprepared = connection is NpgsqlConnection postgres ? Positional(postgres, query) : null;
        var command = unprepared ?? PreparedQuery(query);
        await using var reader = await command.ExecuteReaderAsync(ct);
        var rows = new List<T>();
        while (await reader.ReadAsync(ct))
            rows.Add(read(reader));
        return rows;
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            await RollbackAsync();
        }
        finally
        {
            // On SQLite a connection that stays open after a failed rollback, or has statements that are not finalized, keeps its lock.
            sqlite?.Dispose();
            foreach (var command in queries.Values)
                await command.DisposeAsync();
            await connection.DisposeAsync();
        }
    }

    async Task<int[]> RunTogetherAsync(NpgsqlConnection postgres, IReadOnlyList<Statement> writes, CancellationToken ct)
    {
        await using var batch = new NpgsqlBatch(postgres, (NpgsqlTransaction)transaction!);
        foreach (var write in writes)
        {
            var command = new NpgsqlBatchCommand(write.Sql);
            foreach (var value in write.Values)
                command.Parameters.Add(new NpgsqlParameter { Value = Storable(value) });
            batch.BatchCommands.Add(command);
        }
        await batch.ExecuteNonQueryAsync(ct);
        return [.. batch.BatchCommands.Select<NpgsqlBatchCommand, int>(command => command.RecordsAffected)];
    }

    NpgsqlCommand Positional(NpgsqlConnection postgres, Statement query)
    {
        var command = new NpgsqlCommand(query.Sql, postgres, (NpgsqlTransaction?)transaction);
        foreach (var value in query.Values)
            command.Parameters.Add(new NpgsqlParameter { Value = value ?? DBNull.Value });
        return command;
    }

    DbCommand PreparedQuery(Statement query)
    {
        if (!queries.TryGetValue(query.Sql, out var command))
        {
            command = connection.CreateCommand();
            command.CommandText = query.Sql;
            for (var i = 1; i <= query.Values.Length; i++)
            {
                var parameter = command.CreateParameter();
                parameter.ParameterName = "$" + i.ToString(CultureInfo.InvariantCulture);
                command.Parameters.Add(parameter);
            }
            queries.Add(query.Sql, command);
        }
        for (var i = 0; i < query.Values.Length; i++)
            command.Parameters[i].Value = Storable(query.Values[i]);
        return command;
    }

    static object Storable(object? value) => value switch
    {
        null => DBNull.Value,
        string text => StoredText.Of(text),
        Utf8Text text => text.ToString(),
        _ => value,
    };

    async Task EndAsync()
    {
        var ended = transaction!;
        transaction = null;
        await ended.DisposeAsync();
    }
}
