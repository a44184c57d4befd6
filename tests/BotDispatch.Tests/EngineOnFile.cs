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
    const string Name = "botdispatch-desk-";

    static readonly string Folder = MakeFolder();
    static int made;

    public static DispatchEngine Make(TimeProvider clock)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new() { EnvironmentName = "Development" });
        builder.Configuration.AddInMemoryCollection([new("Storage:ConnectionString", $"Data Source={Folder}/{Interlocked.Increment(ref made)}.db;Pooling=False")]);
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton(clock).AddKeyedSingleton("dispatch-clock", clock).AddStorage().AddDispatching();
        var services = builder.Services.BuildServiceProvider();
        services.GetRequiredService<Migrator>().MigrateAsync(default).GetAwaiter().GetResult();
        return services.GetRequiredService<DispatchEngine>();
    }

    static string MakeFolder()
    {
        // A process of tests is given little time to end: what the ones before left behind goes first.
        foreach (var left in Directory.GetDirectories(Path.GetTempPath(), Name + "*").Where(each => Directory.GetLastWriteTimeUtc(each) < DateTime.UtcNow.AddHours(-1)))
            Delete(left);
        var folder = Directory.CreateTempSubdirectory(Name).FullName;
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Delete(folder);
        return folder;
    }

    static void Delete(string folder)
    {
        try
        {
            Directory.Delete(folder, recursive: true);
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            // Somebody else's, or somebody else is at it.
        }
    }
}
