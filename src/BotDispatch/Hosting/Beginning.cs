using BotDispatch.Dispatching;
using BotDispatch.Storage;

namespace BotDispatch.Hosting;

/// <summary>Makes the database ready before anything else of the process is made: what is made later may need its keys at once.</summary>
internal static class Beginning
{
    /// <summary>The name of the secret that callback addresses are made with.</summary>
    public const string CallbackKey = "callbacks";

    extension(WebApplication app)
    {
        public async Task BeginAsync(CancellationToken ct = default)
        {
            await app.Services.GetRequiredService<Migrator>().MigrateAsync(ct);
            await app.Services.GetRequiredService<KeyRing>().LoadAsync(CallbackKey, ct);
            // One process uses a SQLite file, so whatever is claimed was claimed by a process that died.
            if (app.Services.GetRequiredService<Database>().Provider is StorageProvider.Sqlite)
                await app.Services.GetRequiredService<DispatchEngine>().WriteAsync(default, [LaneStore.FreeAllClaims], ct);
        }
    }
}
