using BotDispatch.Dispatching;
using BotDispatch.Hosting;
using BotDispatch.Ports;
using BotDispatch.Storage;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Http;

namespace BotDispatch.Tests.Flows;

/// <summary>What an app is made of that outlives it.</summary>
/// <param name="Machine">The machine's clocks: what is on its wall can be set, what has elapsed cannot.</param>
/// <param name="Routee">Where its telephone calls go.</param>
/// <param name="Chat">Where its threads stand.</param>
/// <param name="Database">The file that it is started on, again and again.</param>
/// <param name="Settings">What is set beyond the defaults.</param>
internal sealed record Surroundings(TimeProvider Machine, Func<HttpMessageHandler> Routee, RecordingChat Chat, string Database, IReadOnlyDictionary<string, string> Settings);

/// <summary>The whole app in this process, driven: its loops are taken out, so that nothing happens but when a test lets it.</summary>
internal sealed class BotDispatchApp(Surroundings around, Life life, Action<IServiceCollection>? configure = null) : WebApplicationFactory<Program>
{
    Departure? departure;

    public const string Address = "http://localhost";

    public LaneRunner Lanes => Services.GetRequiredService<LaneRunner>();

    public DispatchEngine Engine => Services.GetRequiredService<DispatchEngine>();

    public T Get<T>() where T : notnull => Services.GetRequiredService<T>();

    /// <summary>
    /// Ends when the process has let go of its file. The program's own end and this one come at the same time, and whichever is second is over at once.
    /// </summary>
    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        if (departure is { } begun)
            await begun.Over;
    }

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        builder.UseEnvironment("Development");
        builder.UseSetting("Storage:ConnectionString", $"Data Source={around.Database};Pooling=False");
        builder.UseSetting("Logging:LogLevel:Default", "None");
        builder.UseSetting("PublicBaseAddress", Address);
        builder.UseSetting("Routee:BaseAddress", "http://localhost");
        builder.UseSetting("Routee:AuthBaseAddress", "http://localhost");
        builder.UseSetting("Routee:ApplicationId", "simulator");
        builder.UseSetting("Routee:ApplicationSecret", "simulator");
        builder.UseSetting("Routee:CallerId", "+302111234567");
        builder.UseSetting("Routee:CallsPerSecond", "0");
        // Posted at once, unless a test is about the pause.
        builder.UseSetting("Chat:UpdatePause", "0 s");
        foreach (var (name, value) in around.Settings)
            builder.UseSetting(name, value);
        builder.ConfigureTestServices(services =>
        {
            // What is done for a request belongs to the client that sent it.
            services.Configure<TestServerOptions>(options => options.PreserveExecutionContext = true);
            services.RemoveAllKeyed<TimeProvider>("machine");
            services.AddKeyedSingleton("machine", around.Machine);
            // Each life of a process is on the same machine, which did not start again.
            services.RemoveAll<MachineBoot>();
            services.AddSingleton(new MachineBoot("driven"));
            // As in Production: the clock is not sped up.
            services.RemoveAllKeyed<TimeProvider>("dispatch-clock");
            services.AddKeyedSingleton<TimeProvider>("dispatch-clock", (provider, _) => provider.GetRequiredService<SteadyClock>());
            foreach (var loop in services.Where(IsLoop).ToList())
                services.Remove(loop);
            // Made before the database, so disposed after it.
            services.RemoveAll<Database>();
            services.AddSingleton<Departure>();
            services.AddSingleton(provider =>
            {
                departure = provider.GetRequiredService<Departure>();
                return ActivatorUtilities.CreateInstance<Database>(provider);
            });
            services.AddSingleton<IChatPlatform>(new MortalChat(around.Chat, life));
            services.AddSingleton(life.Commits());
            services.ConfigureAll<HttpClientFactoryOptions>(options =>
                options.HttpMessageHandlerBuilderActions.Add(handler =>
                {
                    handler.PrimaryHandler = new LateHandler(around.Routee);
                    handler.AdditionalHandlers.Add(new MortalCaller(life));
                }));
            configure?.Invoke(services);
        });
    }

    sealed class Departure : IDisposable
    {
        readonly TaskCompletionSource over = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task Over => over.Task;

        public void Dispose() => over.TrySetResult();
    }

    // A loop that is registered by a factory names its type in the factory alone.
    static bool IsLoop(ServiceDescriptor service) =>
        service.ServiceType == typeof(IHostedService)
        && (service.ImplementationType ?? service.ImplementationFactory?.GetType().GenericTypeArguments[1])?.Namespace?.StartsWith("BotDispatch", StringComparison.Ordinal) == true;
}
