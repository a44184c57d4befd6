using System.Data.Common;
using System.Net.Sockets;
using BotDispatch.Dispatching;
using BotDispatch.Ports;
using BotDispatch.Storage;
using Microsoft.Extensions.Options;

namespace BotDispatch.Hosting;

/// <summary>Makes the database ready before anything else of the process is made: what is made later may need its keys at once.</summary>
internal static class Startup
{
    /// <summary>The name of the secret that callback addresses are made with.</summary>
    public const string CallbackKey = "callbacks";

    static readonly TimeSpan LongestWarmup = TimeSpan.FromSeconds(10);

    extension(WebApplication app)
    {
        public async Task BeginAsync(CancellationToken ct = default)
        {
            // Every wrong setting is named before anything is made that it would lead astray.
            app.Services.GetRequiredService<IStartupValidator>().Validate();
            await MigrateAsync(app.Services, ct);
            // Before anything is timed: a clock that was set while nobody ran must not move what is stored.
            var time = app.Services.GetRequiredService<SteadyNote>();
            await time.ResumeAsync(ct);
            await app.Services.GetRequiredService<KeyRing>().LoadAsync(CallbackKey, ct);
            // One process uses a SQLite file, so whatever is claimed was claimed by a process that died.
            var isAlone = app.Services.GetRequiredService<Database>().Provider is StorageProvider.Sqlite;
            await app.Services.GetRequiredService<DispatchEngine>().WriteAsync(default, isAlone ? [time.Keep(), LaneStore.FreeAllClaims] : [time.Keep()], ct);
            await WarmUpAsync(app.Services, ct);
        }
    }

    // The first of everything takes seconds on a busy machine, and a chat waits three. Real time: a process begins in it, whatever clock a test drives.
    static async Task WarmUpAsync(IServiceProvider services, CancellationToken ct)
    {
        foreach (var warmup in services.GetServices<IWarmup>())
            await Task.Run(() => warmup.WarmUpAsync(ct), ct).WaitAsync(LongestWarmup, ct).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    static async Task MigrateAsync(IServiceProvider services, CancellationToken ct)
    {
        Database? database = null;
        try
        {
            // Claimed first: a newer program must not change the tables under one that still runs.
            database = services.GetRequiredService<Database>();
            await database.ClaimAsync(ct);
            await services.GetRequiredService<Migrator>().MigrateAsync(ct);
        }
        catch (Exception closed) when (closed is DbException or IOException or UnauthorizedAccessException or SocketException or TimeoutException)
        {
            throw new InvalidOperationException($"the database that Storage:ConnectionString names cannot be used. {database?.ReasonOf(closed) ?? closed.Message}", closed);
        }
    }
}
