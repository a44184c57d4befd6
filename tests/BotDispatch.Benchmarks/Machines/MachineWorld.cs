using System.Globalization;
using System.Net.Http.Headers;
using BotDispatch.Benchmarks.Load;
using Microsoft.Data.Sqlite;

namespace BotDispatch.Benchmarks.Machines;

/// <summary>The product with a key for programs, a pretend Routee and chat, and a pretend Redmine, each in a process of its own.</summary>
internal sealed class MachineWorld : IDisposable
{
    const string File = "machines.db";

    readonly string folder;
    readonly Children children = new();
    readonly HttpClient http = new() { Timeout = TimeSpan.FromMinutes(5) };
    Child generator = null!, redmine = null!;

    MachineWorld(string folder) => this.folder = folder;

    public Child Host { get; private set; } = null!;

    public Uri HostAddress { get; private set; } = null!;

    public Uri GeneratorAddress { get; private set; } = null!;

    public Uri RedmineAddress { get; private set; } = null!;

    /// <summary>Sends requests with the key.</summary>
    public HttpClient Program => http;

    /// <summary>Starts all of it.</summary>
    /// <param name="folder">The run's folder.</param>
    /// <param name="routes">The routes of alerts.</param>
    /// <param name="more">Further settings of the product.</param>
    public static async Task<MachineWorld> StartAsync(string folder, string routes, Dictionary<string, string> more)
    {
        RunSettings.WriteFiles(folder);
        await System.IO.File.WriteAllTextAsync(Path.Combine(folder, "routes.yaml"), routes);
        var world = new MachineWorld(folder);
        Console.CancelKeyPress += (_, _) => world.Dispose();
        world.generator = world.children.Keep(Child.OfThisProgram(folder, "generator"));
        world.GeneratorAddress = new(await world.generator.FirstLineAsync());
        world.redmine = world.children.Keep(Child.OfThisProgram(folder, "redmine"));
        world.RedmineAddress = new(await world.redmine.FirstLineAsync());
        await world.StartHostAsync(more);
        using var command = Child.Start(Environment.ProcessPath!, folder, world.Settings(more), "host", "keys", "new", "bench");
        world.http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", await command.FirstLineAsync());
        return world;
    }

    /// <summary>Ends the product, and starts it again on the same database with other settings.</summary>
    public async Task RestartAsync(Dictionary<string, string> more)
    {
        Host.Dispose();
        await StartHostAsync(more);
    }

    /// <summary>A number of the database, as another process reads it.</summary>
    public async Task<long> CountAsync(string query)
    {
        await using var connection = new SqliteConnection($"Data Source={Path.Combine(folder, File)};Mode=ReadOnly");
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = query;
        return Convert.ToInt64(await command.ExecuteScalarAsync(), CultureInfo.InvariantCulture);
    }

    /// <summary>Waits until a number of the database is this one.</summary>
    public async Task AwaitAsync(string query, long wanted)
    {
        for (var waited = 0; await CountAsync(query) is var found && found != wanted; waited++)
        {
            if (waited > 1200)
                throw new TimeoutException($"{query} is {found} instead of {wanted}");
            await Task.Delay(100);
        }
    }

    public void Dispose()
    {
        children.Dispose();
        http.Dispose();
    }

    async Task StartHostAsync(Dictionary<string, string> more)
    {
        HostAddress = LoadRun.FreeAddress();
        Host = children.Keep(Child.Start(Environment.ProcessPath!, folder, Settings(more), "host"));
        Host.DropOutput();
        await Startup.ReadyAsync(http, HostAddress, Host);
    }

    Dictionary<string, string> Settings(Dictionary<string, string> more)
    {
        // In Development, because only there the place of a chat that is neither Slack nor Teams is read.
        var settings = RunSettings.For(folder, File, "Development", HostAddress, GeneratorAddress);
        settings["Development__SimulatedRoutee"] = "false";
        settings["Api__Channel"] = "bench:operations";
        settings["Alerts__Routes"] = Path.Combine(folder, "routes.yaml");
        foreach (var (name, value) in more)
            settings[name] = value.Replace("{redmine}", RedmineAddress.GetLeftPart(UriPartial.Authority), StringComparison.Ordinal);
        return settings;
    }
}
