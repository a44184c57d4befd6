using System.Collections.Concurrent;
using System.Data.Common;
using System.Globalization;
using System.Reflection;
using System.Runtime;
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
        if (context.Configuration["Bench:WithoutTeamsLimits"] is not null)
            TeamsLimits.Lift();
        services.AddSingleton<IStartupFilter>(new CounterEndpoint(counters));
        foreach (var add in (Action<IServiceCollection, Counters>[])[AddStatements, AddConnections, AddCommits])
            try
            {
                add(services, counters);
            }
            catch (TypeLoadException)
            {
                // An older build has no such probe. Its column shows 0.
            }
    });

    // A method is compiled when it is called, and only then are its types looked for.
    static void AddStatements(IServiceCollection services, Counters counters) =>
        services.AddSingleton(new StatementProbe(statement => counters.Count(statement.Sql)));

    static void AddConnections(IServiceCollection services, Counters counters) =>
        services.AddSingleton(new ConnectionProbe(counters.Opened));

    static void AddCommits(IServiceCollection services, Counters counters) =>
        services.AddSingleton(new CommitProbe(static _ => { }, counters.Committed));

    sealed class CounterEndpoint(Counters counters) : IStartupFilter
    {
        public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
        {
            app.Use(async (http, onwards) =>
            {
                if (http.Request.Path == "/bench/counters")
                    await http.Response.WriteAsync(JsonSerializer.Serialize(counters.Now(), CountersJson.Default.CounterValues));
                else if (http.Request.Path == "/bench/heap")
                    await http.Response.WriteAsync(GC.GetTotalMemory(forceFullCollection: true).ToString(CultureInfo.InvariantCulture));
                else
                    await onwards(http);
            });
            next(app);
        };
    }
}

/// <summary>
/// Lifts the limits that the product keeps in each conversation of Teams, as a setting does for Slack: what is measured is the machine.
/// Every build keeps them in one array, so its entries can be changed.
/// </summary>
internal static class TeamsLimits
{
    static readonly string[] Types =
        ["BotDispatch.Teams.Posting.MessagePosts", "BotDispatch.Teams.Posting.PostingPace", "BotDispatch.Teams.Connector.Turns"];

    public static void Lift()
    {
        var entry = Assembly.GetEntryAssembly()!;
        var product = entry.GetName().Name == "BotDispatch" ? entry : typeof(global::Program).Assembly;
        var field = Types.Select(name => product.GetType(name)?.GetField("Limits", BindingFlags.Static | BindingFlags.NonPublic)).First(found => found is not null)!;
        var limits = ((int Count, TimeSpan Within)[])field.GetValue(null)!;
        Array.Fill(limits, (100_000, TimeSpan.FromMilliseconds(1)));
    }
}

/// <summary>What the process did since it started.</summary>
/// <param name="Statements">Statements that were run.</param>
/// <param name="Rows">Rows that SQLite's writing connection changed.</param>
/// <param name="Commits">Commits of the engine's writer.</param>
/// <param name="Allocated">Bytes that were allocated.</param>
/// <param name="Compiled">Methods that were compiled while it ran, those that were compiled again included.</param>
/// <param name="CompileMicroseconds">How long compiling took, of all threads together.</param>
/// <param name="Kinds">Statements by their first words.</param>
internal sealed record CounterValues(long Statements, long Rows, long Commits, long Allocated, long Compiled, long CompileMicroseconds,
    Dictionary<string, long> Kinds);

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

    public void Count(string sql) => Interlocked.Increment(ref kinds.GetOrAdd(sql, static _ => new()).Value);

    public void Opened(DbConnection connection, bool writes)
    {
        if (writes)
            writer = connection;
    }

    public void Committed(IReadOnlyList<Work> batch) => Interlocked.Increment(ref commits);

    public CounterValues Now()
    {
        var byKind = kinds.GroupBy(each => Kind(each.Key), each => each.Value.Value).ToDictionary(each => each.Key, each => each.Sum());
        return new(byKind.Values.Sum(), Rows(), commits, GC.GetTotalAllocatedBytes(), JitInfo.GetCompiledMethodCount(),
            (long)JitInfo.GetCompilationTime().TotalMicroseconds, byKind);
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
