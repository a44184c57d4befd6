using System.Net;
using System.Net.Http.Json;
using System.Net.ServerSentEvents;
using System.Net.Sockets;
using System.Runtime.CompilerServices;
using System.Text.Json;
using BotDispatch.Alerts;
using BotDispatch.Api;
using BotDispatch.Chat;
using BotDispatch.Dispatching;
using BotDispatch.Employees.Availability;
using BotDispatch.Employees.File;
using BotDispatch.Employees.Lists;
using BotDispatch.Hosting;
using BotDispatch.Storage;
using BotDispatch.Teams;
using BotDispatch.Tickets;
using BotDispatch.Voice.Routee;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace BotDispatch.Tests.Playground;

/// <summary>The playground with everything behind it, on a real port of this machine: the page, the engine, and the pretend Routee that calls back.</summary>
internal sealed class PlaygroundHost : IAsyncDisposable
{
    const int LowestPort = 20_000;
    const int PortsInUse = 10_000;

    // Another run of the tests begins elsewhere.
    static uint ports = (uint)Environment.ProcessId * 97;

    readonly string folder = Directory.CreateTempSubdirectory("playground-").FullName;
    readonly int port = FreePort();
    readonly (string Name, string Value)[] settings;
    WebApplication app = null!;

    PlaygroundHost((string Name, string Value)[] settings) => (this.settings, Address) = (settings, new($"http://127.0.0.1:{port}"));

    public Uri Address { get; }

    public HttpClient Http { get; private set; } = null!;

    public T Get<T>() where T : notnull => app.Services.GetRequiredService<T>();

    public static async Task<PlaygroundHost> StartAsync(params (string Name, string Value)[] settings)
    {
        var host = new PlaygroundHost(settings);
        await host.BeginAsync();
        return host;
    }

    /// <summary>Stops the process, and starts it again on the same database.</summary>
    public async Task RestartAsync()
    {
        await EndAsync();
        await BeginAsync();
    }

    public async Task<JsonElement> PostAsync(string path, object body)
    {
        var answer = await Http.PostAsJsonAsync($"/playground/api/{path}", body);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK, path);
        return await answer.Content.ReadFromJsonAsync<JsonElement>();
    }

    /// <summary>Posts what is answered with nothing but success.</summary>
    public async Task OrderAsync(string path, object body) =>
        (await Http.PostAsJsonAsync($"/playground/api/{path}", body)).StatusCode.ShouldBe(HttpStatusCode.NoContent, path);

    /// <summary>Follows the stream until something of this name is so, then or from the beginning.</summary>
    public async Task UntilAsync(string name, Func<JsonElement, bool> isSo, Func<JsonElement, IEnumerable<JsonElement>> amongState)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        await foreach (var (happened, news) in StreamAsync().WithCancellation(limit.Token))
            if ((happened == name && isSo(news)) || (happened == "state" && amongState(news).Any(isSo)))
                return;
    }

    /// <summary>Opens the stream: everything as it is, then every change.</summary>
    public async IAsyncEnumerable<(string Name, JsonElement News)> StreamAsync([EnumeratorCancellation] CancellationToken ct = default)
    {
        using var stream = await Http.GetStreamAsync("/playground/api/stream", ct);
        await foreach (var item in SseParser.Create(stream).EnumerateAsync(ct))
            yield return (item.EventType, JsonElement.Parse(item.Data));
    }

    /// <summary>Everything as it is.</summary>
    public async Task<JsonElement> StateAsync()
    {
        await foreach (var (_, news) in StreamAsync())
            return news;
        throw new InvalidOperationException("the stream said nothing");
    }

    public async ValueTask DisposeAsync()
    {
        await EndAsync();
        Directory.Delete(folder, recursive: true);
    }

    async Task BeginAsync()
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { EnvironmentName = "Development", ContentRootPath = AppContext.BaseDirectory });
        builder.WebHost.UseUrls(Address.ToString());
        builder.Logging.ClearProviders();
        builder.WebHost.UseSetting("Storage:ConnectionString", $"Data Source={Path.Combine(folder, "playground.db")};Pooling=False");
        builder.WebHost.UseSetting("Secrets:KeyFile", Path.Combine(folder, "secrets.key"));
        foreach (var (name, value) in settings)
            builder.WebHost.UseSetting(name, value);
        builder.AddDevelopment();
        builder.AddHosting();
        builder.Services.AddStorage().AddDispatching();
        builder.Services.AddChat().AddEmployeesFile().AddAvailability().AddLists().AddTickets();
        builder.Services.AddTeams();
        builder.Services.AddRoutee();
        builder.Services.AddApi().AddAlerts();
        app = builder.Build();
        app.MapRoutee();
        app.MapTeams();
        app.MapApi();
        app.MapAlerts();
        app.MapDevelopment();
        await app.BeginAsync();
        await app.StartAsync();
        Http = new() { BaseAddress = Address };
    }

    async Task EndAsync()
    {
        Http.Dispose();
        await app.StopAsync();
        await app.DisposeAsync();
    }

    /// <summary>A port that nobody listens on, from below the range that the system hands out by itself: nobody else gets it before it is listened on, or between two lives of a process.</summary>
    public static int FreePort()
    {
        while (true)
        {
            using var listener = new TcpListener(IPAddress.Loopback, LowestPort + (int)(Interlocked.Increment(ref ports) % PortsInUse));
            try
            {
                listener.Start();
                return ((IPEndPoint)listener.LocalEndpoint).Port;
            }
            catch (SocketException)
            {
                // Somebody listens there.
            }
        }
    }
}
