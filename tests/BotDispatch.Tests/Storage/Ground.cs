using System.Collections.Concurrent;
using BotDispatch.Dispatching;
using BotDispatch.Storage;
using Dapper;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace BotDispatch.Tests.Storage;

/// <summary>One fresh database, and any number of nodes that share it, one clock, one telephone and one chat.</summary>
internal sealed class Ground : IAsyncDisposable
{
    /// <summary>So many connections to PostgreSQL may a node have.</summary>
    public const int MostConnections = 20;

    readonly List<Node> nodes = [];
    readonly string folder = Directory.CreateTempSubdirectory("botdispatch-storage-").FullName;
    readonly string schema = "t" + Guid.NewGuid().ToString("N");

    Ground(On on) => On = on;

    public On On { get; }

    public ManualClock Clock { get; } = new();

    public PretendPhone Phone { get; } = new();

    public PretendChat Chat { get; } = new();

    public string Folder => folder;

    /// <summary>Gets every statement of the nodes that are made from now on.</summary>
    public StatementProbe? Statements { get; set; }

    /// <summary>Keeps the text of every statement of the nodes that are made from now on.</summary>
    public ConcurrentQueue<string> KeepStatements()
    {
        var kept = new ConcurrentQueue<string>();
        Statements = new(statement => kept.Enqueue(statement.Sql));
        return kept;
    }

    /// <summary>Gets every commit of the nodes that are made from now on.</summary>
    public CommitProbe? Commits { get; set; }

    /// <summary>Gets every connection of the nodes that are made from now on.</summary>
    public ConnectionProbe? Connections { get; set; }

    /// <summary>What the process names itself to PostgreSQL, so that exactly its connections can be cut.</summary>
    public string ConnectionString => On is On.Sqlite
        ? $"Data Source={Path.Combine(folder, "test.db")}"
        : $"{OnPostgreSqlAttribute.Server};Search Path={schema};Application Name={schema};Maximum Pool Size={MostConnections}";

    /// <summary>A database without any table.</summary>
    public static async Task<Ground> EmptyAsync(On on)
    {
        var ground = new Ground(on);
        if (on is On.PostgreSql)
            await AdministerAsync($"CREATE SCHEMA {ground.schema}");
        return ground;
    }

    /// <summary>A database with all its tables.</summary>
    public static async Task<Ground> ReadyAsync(On on)
    {
        var ground = await EmptyAsync(on);
        await ground.NewNode().Get<Migrator>().MigrateAsync(default);
        return ground;
    }

    /// <summary>The first node.</summary>
    public Node Node => nodes[0];

    /// <summary>One more process on this database.</summary>
    public Node NewNode(Dictionary<string, string?>? settings = null, string environment = "Development", Warnings? log = null)
    {
        var node = new Node(this, settings ?? [], environment, log);
        nodes.Add(node);
        return node;
    }

    public async Task<IReadOnlyList<T>> ReadAsync<T>(string sql, object? values = null)
    {
        await using var connection = await Node.Get<Database>().OpenAsync(default);
        return [.. await connection.QueryAsync<T>(sql, values)];
    }

    public async Task<long> CountAsync(string from, object? values = null) => (await ReadAsync<long>($"SELECT COUNT(*) FROM {from}", values)).Single();

    public async Task WriteAsync(string sql, object? values = null)
    {
        await Node.Get<Database>().WriteAsync(session => session.Connection.ExecuteAsync(sql, values), default);
    }

    /// <summary>Somebody else's connection to the same file.</summary>
    public async Task<SqliteConnection> OpenElsewhereAsync()
    {
        var connection = new SqliteConnection(ConnectionString + ";Pooling=False");
        await connection.OpenAsync();
        return connection;
    }

    /// <summary>Cuts every connection of every node.</summary>
    public Task CutConnectionsAsync() => AdministerAsync($"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = '{schema}'");

    /// <summary>Waits for what a service does by itself, also if the database answers late.</summary>
    public static async Task UntilAsync(Func<Task<bool>> isSo)
    {
        for (var looks = 0; !await isSo(); looks++)
        {
            looks.ShouldBeLessThan(5000, "it did not come to that");
            await Task.Delay(1);
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var node in nodes)
            await node.DisposeAsync();
        if (On is On.PostgreSql)
            await AdministerAsync($"DROP SCHEMA {schema} CASCADE");
        else
            SqliteConnection.ClearPool(new SqliteConnection(ConnectionString));
        Directory.Delete(folder, recursive: true);
    }

    static async Task AdministerAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(OnPostgreSqlAttribute.Server + ";Pooling=false;Include Error Detail=true");
        await connection.OpenAsync();
        await connection.ExecuteAsync(sql);
    }
}
