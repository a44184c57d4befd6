using System.Collections.Concurrent;
using System.Data.Common;
using System.Text.Json;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Options;
using Npgsql;

namespace BotDispatch.Storage;

/// <summary>
/// Lends connections, and knows where the databases differ. On SQLite one connection of the process writes; the others cannot.
/// A connection that failed is never used again, nor are those that waited beside it.
/// </summary>
internal sealed partial class Database : IAsyncDisposable
{
    readonly NpgsqlDataSource? postgres;
    readonly string sqlite = "";
    // Never makes a file: where ours was deleted, an empty one must not take its place.
    readonly string existing = "";
    string? claimed;
    readonly SqliteFile? file;
    readonly StatementProbe? probe;
    readonly ConnectionProbe? opened;
    // An in-memory database lives as long as one connection to it does.
    readonly SqliteConnection? keepAlive;
    // Null where many may write at once.
    readonly SemaphoreSlim? writing;
    // Preparing a statement costs more than running it on SQLite, so connections are kept.
    readonly ConcurrentBag<WriteSession> readers = [];
    readonly ConcurrentBag<WriteSession> writers = [];
    readonly int mostWritersKept = 1;

    public Database(IOptions<StorageOptions> options, StatementProbe? probe = null, ConnectionProbe? opened = null)
    {
        (this.probe, this.opened) = (probe, opened);
        Provider = options.Value.Provider;
        Writers = Provider is StorageProvider.Sqlite ? 1 : options.Value.Writers;
        if (Provider is StorageProvider.PostgreSql)
        {
            var server = new NpgsqlDataSourceBuilder(options.Value.ConnectionString);
            mostWritersKept = Math.Min(Writers, server.ConnectionStringBuilder.MaxPoolSize / 2);
            postgres = server.Build();
            return;
        }
        SqliteSettings.SetForProcess();
        writing = new(1, 1);
        // Kept by us, not by the driver: what was made unable to write must not come back as what writes.
        var builder = new SqliteConnectionStringBuilder(options.Value.ConnectionString);
        (builder.ForeignKeys, builder.DefaultTimeout, builder.Pooling) = (false, SqliteSettings.LongestWait, false);
        sqlite = existing = builder.ConnectionString;
        if (SqliteFile.PathOf(sqlite) is { } path)
        {
            file = new(path);
            // An address that asks for a mode of its own is refused with less.
            if (builder.Mode is SqliteOpenMode.ReadWriteCreate && !builder.DataSource.Contains("mode=", StringComparison.Ordinal))
                builder.Mode = SqliteOpenMode.ReadWrite;
            existing = builder.ConnectionString;
            return;
        }
        keepAlive = new(sqlite);
        keepAlive.Open();
    }

    /// <summary>The database that is in use.</summary>
    public StorageProvider Provider { get; }

    /// <summary>How many commits may be under way at once.</summary>
    public int Writers { get; }

    /// <summary>Whether other processes may write too.</summary>
    public bool IsShared => Provider is StorageProvider.PostgreSql;

    /// <summary>The time that all nodes can read, in milliseconds; nothing where one process uses the database.</summary>
    public string Now => IsShared ? "CAST(EXTRACT(EPOCH FROM clock_timestamp()) * 1000 AS bigint)" : "CAST(NULL AS bigint)";

    /// <summary>After a SELECT that takes work: leave what another node is just taking.</summary>
    public string SkipLocked => Provider is StorageProvider.PostgreSql ? "FOR UPDATE SKIP LOCKED" : "";

    /// <summary>After a SELECT that is decided upon: nobody else changes these rows before our commit.</summary>
    public string ForUpdate => Provider is StorageProvider.PostgreSql ? "FOR UPDATE" : "";

    /// <summary>Whether <paramref name="column"/> is in the list that <see cref="ListOf"/> bound to <paramref name="parameter"/>.</summary>
    public string AnyOf(string column, string parameter) =>
        Provider is StorageProvider.PostgreSql ? $"{column} = ANY({parameter})" : $"{column} IN (SELECT value FROM json_each({parameter}))";

    /// <summary>A list as one value.</summary>
    public object ListOf(IEnumerable<string> values) =>
        Provider is StorageProvider.PostgreSql ? values.ToArray() : JsonSerializer.Serialize(values, StoredJson.Default.IEnumerableString);

    /// <summary>Claims a SQLite file for this process (<see cref="SqliteFile.Claim"/>); refuses a SQLite that may damage it.</summary>
    /// <exception cref="InvalidOperationException">The sentence for the administrator.</exception>
    public async Task ClaimAsync(CancellationToken ct)
    {
        if (Provider is not StorageProvider.Sqlite)
            return;
        if (file is not null)
        {
            file.Claim();
            var builder = new SqliteConnectionStringBuilder(existing);
            if (OperatingSystem.IsLinux())
                builder.DataSource = SqliteFile.SourceWith(builder.DataSource, file.Real);
            claimed = builder.ConnectionString;
        }
        var version = await ReadAsync(new("SELECT sqlite_version()"), row => row.GetString(0), ct);
        if (SqliteVersion.Problem(version.Single()) is { } problem)
            throw new InvalidOperationException(problem);
    }

    /// <summary>What has happened to the file behind our back; null if nothing is seen.</summary>
    public Task<string?> TroubleOfFileAsync(CancellationToken ct) =>
        file is null ? Task.FromResult<string?>(null) : WriteAsync(_ => Task.FromResult(file.Trouble()), ct);

    /// <summary>Reads every page anew; what SQLite finds wrong, or null. Takes as long as reading the whole file.</summary>
    public async Task<string?> DamageAsync(CancellationToken ct)
    {
        // A connection to what is not our file any more would only do more harm.
        if (file is null || await TroubleOfFileAsync(ct) is not null)
            return null;
        await using var fresh = new WriteSession(await OpenAsync(ct));
        var check = await fresh.QueryAsync(new("PRAGMA quick_check(1)"), row => row.GetString(0), ct);
        return check is [not "ok" and var found, ..] ? found : null;
    }

    /// <summary>
    /// Reads committed rows. Tries once more on a new connection, because an idle one may be of a server that has restarted.
    /// </summary>
    public async Task<List<T>> ReadAsync<T>(Statement query, Func<DbDataReader, T> read, CancellationToken ct)
    {
        try
        {
            return await ReadOnceAsync(query, read, ct);
        }
        catch (DbException broken) when (IsWorthRepeating(broken) && !ct.IsCancellationRequested)
        {
            return await ReadOnceAsync(query, read, ct);
        }
    }

    /// <summary>Commits writes together; how many rows each changed. Tries once more if it failed before the commit was sent.</summary>
    /// <param name="writes">The writes.</param>
    /// <param name="ct">Ends the waiting for the connection.</param>
    /// <param name="onlyIfAllChange">Whether nothing is stored if one of them changes no row.</param>
    public async Task<int[]> WriteAsync(IReadOnlyList<Statement> writes, CancellationToken ct, bool onlyIfAllChange = false)
    {
        var isSent = false;
        try
        {
            return await WriteAsync(CommitAsync, ct);
        }
        catch (DbException broken) when (!isSent && IsWorthRepeating(broken))
        {
            return await WriteAsync(CommitAsync, ct);
        }

        async Task<int[]> CommitAsync(WriteSession session)
        {
            await session.BeginAsync(CancellationToken.None);
            var changed = await session.RunAsync(writes, CancellationToken.None);
            if (onlyIfAllChange && changed.Contains(0))
                return changed;
            isSent = true;
            await session.CommitAsync(CancellationToken.None);
            return changed;
        }
    }

    /// <summary>Lends a writing connection; SQLite has one, so do not ask for another within. Rolls back what is left open.</summary>
    /// <param name="write">What to do with it.</param>
    /// <param name="ct">Ends the waiting for it.</param>
    public async Task<T> WriteAsync<T>(Func<WriteSession, Task<T>> write, CancellationToken ct)
    {
        if (writing is not null)
            await writing.WaitAsync(ct);
        WriteSession? session = null;
        try
        {
            session = writers.TryTake(out var kept) ? kept : await OpenForWritingAsync(ct);
            var result = await write(session);
            await session.RollbackAsync();
            await KeepAsync(session, writers);
            return result;
        }
        catch (Exception failed)
        {
            await ForgetAsync(session, failed);
            throw;
        }
        finally
        {
            writing?.Release();
        }
    }

    /// <summary>An open connection that can only read, on SQLite; the caller closes it.</summary>
    public async Task<DbConnection> OpenAsync(CancellationToken ct) => postgres is not null
        ? await postgres.OpenConnectionAsync(ct) : await OpenSqliteAsync(claimed ?? existing, mayWrite: false, ct);

    public async ValueTask DisposeAsync()
    {
        // The writing connection is closed last, because the last to close copies the WAL file back.
        await EmptyAsync(readers);
        await EmptyAsync(writers);
        if (postgres is not null)
            await postgres.DisposeAsync();
        if (keepAlive is not null)
            await keepAlive.DisposeAsync();
        writing?.Dispose();
        file?.Dispose();
    }

    async Task<List<T>> ReadOnceAsync<T>(Statement query, Func<DbDataReader, T> read, CancellationToken ct)
    {
        WriteSession? session = null;
        try
        {
            session = readers.TryTake(out var kept) ? kept : new(await OpenAsync(ct), probe);
            var rows = await session.QueryAsync(query, read, ct);
            await KeepAsync(session, readers);
            return rows;
        }
        catch (Exception failed)
        {
            await ForgetAsync(session, failed);
            throw;
        }
    }

    async Task<WriteSession> OpenForWritingAsync(CancellationToken ct)
    {
        if (postgres is not null)
            return new(await postgres.OpenConnectionAsync(ct), probe);
        if (file is { IsClaimed: false })
            file.MakeFolder();
        return new(await OpenSqliteAsync(claimed ?? sqlite, mayWrite: true, ct), probe);
    }

    async Task<SqliteConnection> OpenSqliteAsync(string? source, bool mayWrite, CancellationToken ct)
    {
        var connection = new SqliteConnection(source);
        try
        {
            await connection.OpenAsync(ct);
            await (mayWrite ? SqliteSettings.SetForWritingAsync(connection, ct) : SqliteSettings.SetForReadingAsync(connection, ct));
            opened?.Opened(connection, mayWrite);
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
        return connection;
    }

    // PostgreSQL's driver keeps connections by itself, and only so many: what we kept of a moment with many writes would be missing for
    // ever to those that read. A few are kept, so that commits need not wait for those that read either.
    async ValueTask KeepAsync(WriteSession session, ConcurrentBag<WriteSession> kept)
    {
        if (postgres is null || (kept == writers && kept.Count < mostWritersKept))
            kept.Add(session);
        else
            await session.DisposeAsync();
    }

    async Task ForgetAsync(WriteSession? session, Exception failed)
    {
        if (session is not null)
            await CloseAsync(session);
        // What a running server refused leaves every connection as it was.
        if (failed is not DbException || failed is PostgresException { SqlState: not ("57P01" or "57P02" or "57P03") })
            return;
        // Those that waited meanwhile have lost their server too, and would fail one after the other.
        await EmptyAsync(readers);
        if (postgres is null)
            return;
        await EmptyAsync(writers);
        postgres.Clear();
    }

    static async Task EmptyAsync(ConcurrentBag<WriteSession> kept)
    {
        while (kept.TryTake(out var session))
            await CloseAsync(session);
    }

    static async Task CloseAsync(WriteSession session)
    {
        try
        {
            await session.DisposeAsync();
        }
        catch (Exception broken) when (broken is DbException or InvalidOperationException or IOException)
        {
            // The connection is broken, and its error was reported already.
        }
    }

    // What has waited for its time is not asked to wait as long again.
    static bool IsWorthRepeating(DbException broken) =>
        broken is not SqliteException { SqliteErrorCode: 5 or 6 } && broken.InnerException is not TimeoutException;
}
