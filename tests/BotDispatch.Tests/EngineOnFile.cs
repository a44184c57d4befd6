using BotDispatch.Dispatching;
using BotDispatch.Storage;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace BotDispatch.Tests;

/// <summary>The real engine on a file of its own, without the loops around it.</summary>
internal static class EngineOnFile
{
    static readonly string Folder = MakeFolder();
    static int made;

    public static DispatchEngine Make(TimeProvider clock)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new() { EnvironmentName = "Development" });
        builder.Configuration.AddInMemoryCollection([new("Storage:ConnectionString", $"Data Source={Folder}/{Interlocked.Increment(ref made)}.db;Pooling=False")]);
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton(clock).AddKeyedSingleton("story", clock).AddStorage().AddDispatching();
        var services = builder.Services.BuildServiceProvider();
        services.GetRequiredService<Migrator>().MigrateAsync(default).GetAwaiter().GetResult();
        return services.GetRequiredService<DispatchEngine>();
    }

    static string MakeFolder()
    {
        var folder = Directory.CreateTempSubdirectory("botdispatch-desk-").FullName;
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Directory.Delete(folder, recursive: true);
        return folder;
    }
}
