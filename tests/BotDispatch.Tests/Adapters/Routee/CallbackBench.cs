using System.Text;
using BotDispatch.Core;
using BotDispatch.Dispatching;
using BotDispatch.Voice.Routee;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using static BotDispatch.Tests.Adapters.Routee.RouteeBench;

namespace BotDispatch.Tests.Adapters.Routee;

/// <summary>The room behind a real web server's pipeline, with a call to Ann under way. A commit can be held back.</summary>
internal sealed class CallbackBench : IAsyncDisposable
{
    readonly RouteeBench bench = new();
    readonly WebApplication app;

    CallbackBench()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseTestServer();
        builder.Configuration.AddInMemoryCollection(RouteeBench.Settings(settings => settings["Logging:LogLevel:Default"] = settings["Logging:Console:LogLevel:Microsoft"] = "Trace"));
        Register(builder.Services, bench);
        builder.Services.AddSingleton<IDispatchInputs>(services => new HeldBack(this, services.GetRequiredService<DispatchEngine>()));
        app = builder.Build();
        app.MapRoutee();
    }

    public List<DispatchInput> Inputs { get; } = [];
    /// <summary>What a commit waits for.</summary>
    public Func<Task>? Before { get; set; }
    public StepClock Clock => bench.Clock;
    public Wire Routee => bench.Routee;
    public IReadOnlyList<string> Logged => bench.Logged;
    public HttpClient Http { get; private set; } = null!;
    public DispatchEngine Engine => app.Services.GetRequiredService<DispatchEngine>();

    public static async Task<CallbackBench> StartAsync()
    {
        var started = new CallbackBench();
        await started.app.StartAsync();
        started.Http = started.app.GetTestClient();
        await BeginAsync(started.Engine);
        return started;
    }

    public string Token(AttemptId attempt) => app.Services.GetRequiredService<CallbackTokens>().For(attempt);

    public Task<HttpResponseMessage> KeysAsync(string json, AttemptId? attempt = null, string query = "?language=en-GB") => PostAsync($"/routee/{Token(attempt ?? First)}/keys{query}", json);

    public Task<HttpResponseMessage> StatusAsync(string json, AttemptId? attempt = null) => PostAsync($"/routee/{Token(attempt ?? First)}/status", json);

    public Task<HttpResponseMessage> PostAsync(string path, string json) => PostAsync(path, Encoding.UTF8.GetBytes(json));

    public async Task<HttpResponseMessage> PostAsync(string path, byte[] body)
    {
        using var content = new ByteArrayContent(body) { Headers = { ContentType = new("application/json") } };
        return await Http.PostAsync(new Uri(path, UriKind.Relative), content);
    }

    /// <summary>Lets the others run until something is so; what never becomes so fails.</summary>
    public static async Task UntilAsync(Func<bool> isSo)
    {
        var begin = TimeProvider.System.GetTimestamp();
        while (!isSo())
        {
            TimeProvider.System.GetElapsedTime(begin).ShouldBeLessThan(TimeSpan.FromSeconds(20));
            await Task.Yield();
        }
    }

    /// <summary>Sends a request that no client of ours would make.</summary>
    public Task<HttpContext> ServeAsync(Action<HttpContext> request) => app.GetTestServer().SendAsync(request);

    public async Task<DispatchState> StateAsync() => (await Engine.FindAsync(Id, default))!;

    public async ValueTask DisposeAsync()
    {
        await app.DisposeAsync();
        bench.Dispose();
    }

    /// <summary>The engine, after what a commit waits for.</summary>
    sealed class HeldBack(CallbackBench bench, DispatchEngine engine) : IDispatchInputs
    {
        public async Task<Applied> ApplyAsync(DispatchId dispatch, DispatchInput input, CancellationToken ct)
        {
            bench.Inputs.Add(input);
            ct.CanBeCanceled.ShouldBeFalse();
            if (bench.Before is { } before)
                await before();
            return await engine.ApplyAsync(dispatch, input, ct);
        }
    }
}
