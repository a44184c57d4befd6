using BotDispatch.Dispatching;
using BotDispatch.Storage;

namespace BotDispatch.Hosting;

/// <summary>Makes the database ready before anything else of the process starts.</summary>
internal sealed class Beginning(Database database, Migrator migrator, KeyRing keys, DispatchEngine engine) : IHostedService
{
    /// <summary>The name of the secret that callback addresses are made with.</summary>
    public const string CallbackKey = "callbacks";

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await migrator.MigrateAsync(cancellationToken);
        await keys.LoadAsync(CallbackKey, cancellationToken);
        // One process uses a SQLite file, so whatever is claimed was claimed by a process that died.
        if (database.Provider is StorageProvider.Sqlite)
            await engine.WriteAsync(default, [LaneStore.FreeAllClaims], cancellationToken);
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
