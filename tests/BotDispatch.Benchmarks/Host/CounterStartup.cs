using System.Collections.Concurrent;
using System.Data.Common;
using System.Text.Json;
using System.Text.Json.Serialization;
using BotDispatch.Dispatching;
using BotDispatch.Storage;

[assembly: HostingStartup(typeof(BotDispatch.Benchmarks.Host.CounterStartup))]

namespace BotDispatch.Benchmarks.Host;

/// <summary>Counts inside the product's process what load on the machine does not change, and tells it at <c>/bench/counters</c>.</summary>
internal sealed class CounterStartup : IHostingStartup
{
    public void Configure(IWebHostBuilder builder) => builder.ConfigureServices((context, services) =>
    {
        if (context.Configuration["Bench:Counters"] is null)
            return;
        var counters = new Counters();
        services.AddSingleton(new StatementProbe(counters.Count));
        services.AddSingleton(new ConnectionProbe(counters.Opened));
        services.AddSingleton(new CommitProbe(static _ => { }, counters.Committed));
        services.AddSingleton<IStartupFilter>(new CounterEndpoint(counters));
    });

    sealed class CounterEndpoint(Counters counters) : IStartupFilter
    {
        public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
        {
            app.Use(async (http, onwards) =>
            {
                if (http.Request.Path != "/bench/counters")
                    await onwards(http);
                else
                    await http.Response.WriteAsync(JsonSerializer.Serialize(counters.Now(), CountersJson.Default.CounterValues));
            });
            next(app);
        };
    }
}

/// <summary>What the process did since it started.</summary>
/// <param name="Statements">Statements that were run.</param>
/// <param name="Rows">Rows that SQLite's writing connection changed.</param>
/// <param name="Commits">Commits of the engine's writer.</param>
/// <param name="Allocated">Bytes that were allocated.</param>
/// <param name="Kinds">Statements by their first words.</param>
internal sealed record CounterValues(long Statements, long Rows, long Commits, long Allocated, Dictionary<string, long> Kinds);

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(CounterValues))]
internal sealed partial class CountersJson : JsonSerializerContext;

/// <summary>The counters. Any thread may count.</summary>
internal sealed class Counters
{
    const int KindLength = 60;

    readonly ConcurrentDictionary<string, StrongBox> kinds = new();
    DbConnection? writer;
    long commits;

    public void Count(Statement statement) => Interlocked.Increment(ref kinds.GetOrAdd(statement.Sql, static _ => new()).Value);

    public void Opened(DbConnection connection, bool writes)
    {
        if (writes)
            writer = connection;
    }

    public void Committed(IReadOnlyList<Work> batch) => Interlocked.Increment(ref commits);

    public CounterValues Now()
    {
        var byKind = kinds.GroupBy(each => Kind(each.Key), each => each.Value.Value).ToDictionary(each => each.Key, each => each.Sum());
        return new(byKind.Values.Sum(), Rows(), commits, GC.GetTotalAllocatedBytes(), byKind);
    }

    // Asked only while nothing is being written.
    long Rows()
    {
        if (writer is null)
            return 0;
        using var command = writer.CreateCommand();
        command.CommandText = "SELECT total_changes()";
        return (long)command.ExecuteScalar()!;
    }

    static string Kind(string sql)
    {
        var words = string.Join(' ', sql.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        return words.Length <= KindLength ? words : words[..KindLength];
    }

    sealed class StrongBox
    {
        public long Value;
    }
}
