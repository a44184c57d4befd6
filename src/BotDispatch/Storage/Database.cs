using System.Collections.Concurrent;
using System.Data.Common;
using Dapper;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Options;
using Npgsql;

namespace BotDispatch.Storage;

/// <summary>Opens connections, and knows the few words in which the two databases differ.</summary>
internal sealed class Database : IAsyncDisposable
{
    readonly NpgsqlDataSource? postgres;
    readonly string sqlite = "";
    readonly string? lockFile;
    FileStream? claimed;
    // An in-memory database lives as long as one connection to it does.
    readonly SqliteConnection? keepAlive;
    // On SQLite preparing a statement costs more than running it; PostgreSQL's driver pools connections by itself.
    readonly ConcurrentBag<WriteSession> readers = [];

    public Database(IOptions<StorageOptions> options)
    {
        Provider = options.Value.Provider;
        Writers = Provider is StorageProvider.Sqlite ? 1 : options.Value.Writers;
        if (Provider is StorageProvider.PostgreSql)
        {
            postgres = new NpgsqlDataSourceBuilder(options.Value.ConnectionString).Build();
            return;
        }
        var builder = new SqliteConnectionStringBuilder(options.Value.ConnectionString) { ForeignKeys = false, DefaultTimeout = 30 };
        sqlite = builder.ConnectionString;
        if (builder.Mode is SqliteOpenMode.Memory)
        {
            keepAlive = new(sqlite);
            keepAlive.Open();
        }
        else if (Path.GetDirectoryName(Path.GetFullPath(builder.DataSource)) is { } folder)
        {
            Directory.CreateDirectory(folder);
            // What is no file is refused when it is opened; beside it nothing is to be left.
            lockFile = Directory.Exists(builder.DataSource) ? null : Path.GetFullPath(builder.DataSource) + ".lock";
        }
    }

    /// <summary>Which of the two.</summary>
    public StorageProvider Provider { get; }

    /// <summary>How many connections may write at once.</summary>
    public int Writers { get; }

    /// <summary>Whether other processes may write too.</summary>
    public bool IsShared => Provider is StorageProvider.PostgreSql;

    /// <summary>After a SELECT that takes work: leave what another node is just taking.</summary>
    public string SkipLocked => Provider is StorageProvider.PostgreSql ? "FOR UPDATE SKIP LOCKED" : "";

    /// <summary>After a SELECT that is decided upon: nobody else changes these rows before our commit.</summary>
    public string ForUpdate => Provider is StorageProvider.PostgreSql ? "FOR UPDATE" : "";

    /// <summary>Whether <paramref name="column"/> is one of the list bound to <paramref name="parameter"/>.</summary>
    public string AnyOf(string column, string parameter) => Provider is StorageProvider.PostgreSql ? $"{column} = ANY({parameter})" : $"{column} IN {parameter}";

    /// <summary>
    /// Takes a SQLite file for this process alone, until it ends in whatever way: another one would free our claims and post what we post.
    /// </summary>
    public void Claim()
    {
        if (lockFile is null || claimed is not null)
            return;
        try
        {
            claimed = new(lockFile, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 1);
        }
        catch (IOException taken)
        {
            throw new InvalidOperationException(
                $"the database of Storage:ConnectionString is in use by another BotDispatch ({lockFile} is locked). End that one first; several nodes need Storage:Provider PostgreSql.", taken);
        }
    }

    /// <summary>Reads rows as last committed. Meant for what is read again and again.</summary>
    public async Task<List<T>> ReadAsync<T>(Statement query, Func<DbDataReader, T> read, CancellationToken ct)
    {
        var reader = readers.TryTake(out var kept) ? kept : new(await OpenAsync(ct));
        var isGood = false;
        try
        {
            var rows = await reader.QueryAsync(query, read, ct);
            isGood = Provider is StorageProvider.Sqlite;
            return rows;
        }
        finally
        {
            if (isGood)
                readers.Add(reader);
            else
                await reader.DisposeAsync();
        }
    }

    /// <summary>An open connection for reading; the caller closes it.</summary>
    public async Task<DbConnection> OpenAsync(CancellationToken ct)
    {
        if (postgres is not null)
            return await postgres.OpenConnectionAsync(ct);
        var connection = new SqliteConnection(sqlite);
        await connection.OpenAsync(ct);
        return connection;
    }

    /// <summary>An open connection, for the few callers that cannot wait.</summary>
    public DbConnection Open()
    {
        DbConnection connection = postgres is not null ? postgres.CreateConnection() : new SqliteConnection(sqlite);
        connection.Open();
        return connection;
    }

    /// <summary>An open connection for writing; the caller closes it.</summary>
    public async Task<DbConnection> OpenForWritingAsync(CancellationToken ct)
    {
        var connection = await OpenAsync(ct);
        // FULL: what was answered survives the loss of power, not only of the process.
        if (Provider is StorageProvider.Sqlite)
            await connection.ExecuteAsync("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;");
        return connection;
    }

    public async ValueTask DisposeAsync()
    {
        while (readers.TryTake(out var reader))
            await reader.DisposeAsync();
        if (postgres is not null)
            await postgres.DisposeAsync();
        if (keepAlive is not null)
            await keepAlive.DisposeAsync();
        if (Provider is StorageProvider.Sqlite)
            SqliteConnection.ClearPool(new SqliteConnection(sqlite));
        if (claimed is not null)
            await claimed.DisposeAsync();
    }
}
