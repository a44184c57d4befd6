using System.Collections.Immutable;
using BotDispatch.Core;
using BotDispatch.Dispatching;
using BotDispatch.Ports;
using BotDispatch.Storage;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace BotDispatch.Tests.Storage;

/// <summary>One process: the real storage and the real engine, on a database that others may share. Nothing runs by itself.</summary>
internal sealed class Node : IAsyncDisposable
{
    readonly ServiceProvider services;

    public Node(Ground ground, Dictionary<string, string?> settings, string environment, Warnings? log = null)
    {
        var all = new Dictionary<string, string?>
        {
            ["Storage:Provider"] = ground.On.ToString(),
            ["Storage:ConnectionString"] = ground.ConnectionString,
            ["Chat:UpdatePause"] = "0:00:00",
            ["Secrets:KeyFile"] = Path.Combine(ground.Folder, "secrets.key"),
        };
        foreach (var (name, value) in settings)
            all[name] = value;
        var wanted = new ServiceCollection();
        if (ground.Statements is { } probe)
            wanted.AddSingleton(probe);
        if (ground.Connections is { } opened)
            wanted.AddSingleton(opened);
        if (ground.Commits is { } commits)
            wanted.AddSingleton(commits);
        services = wanted
            .AddSingleton<IConfiguration>(new ConfigurationBuilder().AddInMemoryCollection(all).Build())
            .AddSingleton<IHostEnvironment>(new PretendEnvironment(environment))
            .AddLogging(logging => logging.AddProvider(log ?? new Warnings()))
            .AddSingleton<TimeProvider>(ground.Clock).AddKeyedSingleton<TimeProvider>("dispatch-clock", ground.Clock)
            .AddSingleton<IVoiceGateway>(ground.Phone).AddSingleton<IChatPlatform>(ground.Chat)
            .AddSingleton<IThreadWords, PretendWords>().AddSingleton<IMirrorPermission>(ground.Chat)
            .AddStorage().AddDispatching()
            .BuildServiceProvider();
    }

    public DispatchEngine Engine => Get<DispatchEngine>();

    public T Get<T>() where T : notnull => services.GetRequiredService<T>();

    public Task<Applied> ApplyAsync(DispatchId dispatch, DispatchInput input) => Engine.ApplyAsync(dispatch, input, default);

    public Task<Applied> StartAsync(DispatchPlan plan, params ImmutableArray<Mirror> mirrors) => ApplyAsync(plan.Id, new DispatchInput.Start(plan, mirrors));

    /// <summary>Starts it, and phones whom it wants phoned.</summary>
    public async Task<DispatchId> BeginAsync(DispatchPlan plan, params ImmutableArray<Mirror> mirrors)
    {
        (await StartAsync(plan, mirrors)).ShouldBeOfType<Applied.Decided>().Decision.IsIgnored.ShouldBeFalse();
        await SettleAsync();
        return plan.Id;
    }

    public async Task<DispatchState> StateAsync(DispatchId id) => (await Get<DispatchStore>().FindAsync(id, default)).ShouldNotBeNull().State;

    /// <summary>Looks after everything that is due at this moment.</summary>
    public async Task SettleAsync()
    {
        for (var rounds = 0; await Get<LaneRunner>().StartDueAsync(default) > 0; rounds++)
        {
            rounds.ShouldBeLessThan(1000, "the lanes never came to rest");
            await Get<LaneRunner>().FinishAsync();
        }
        await Get<LaneRunner>().FinishAsync();
    }

    public ValueTask DisposeAsync() => services.DisposeAsync();

    sealed class PretendEnvironment(string name) : IHostEnvironment
    {
        public string EnvironmentName { get; set; } = name;
        public string ApplicationName { get; set; } = "BotDispatch";
        public string ContentRootPath { get; set; } = "";
        public IFileProvider ContentRootFileProvider { get; set; } = new NullFileProvider();
    }
}
