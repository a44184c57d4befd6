using System.Data.Common;
using System.Net.Sockets;
using BotDispatch.Dispatching;
using BotDispatch.Employees.File;
using BotDispatch.Ports;
using BotDispatch.Storage;
using Microsoft.Extensions.Options;

namespace BotDispatch.Hosting;

/// <summary>Prepares the database before any other part is created, because the other parts may need its keys at once.</summary>
internal static class Startup
{
    /// <summary>The name of the secret that signs callback addresses.</summary>
    public const string CallbackKey = "callbacks";

    static readonly TimeSpan LongestWarmup = TimeSpan.FromSeconds(10);

    extension(WebApplication app)
    {
        /// <summary>
        /// Looks in the database for copies of files of people that cannot be used. Returns whether it could be looked for: a database is
        /// not made for it, and one that cannot be used has no say, because the file is to be mended anyway.
        /// </summary>
        public async Task<bool> HasLookedForCopiesAsync(CancellationToken ct = default)
        {
            try
            {
                var database = app.Services.GetRequiredService<Database>();
                if (database.IsMissing)
                    return false;
                await database.ClaimAsync(ct);
                await app.Services.GetRequiredService<EmployeeCopies>().FindAsync(ct);
                return true;
            }
            catch (Exception closed) when (closed is InvalidOperationException || IsClosed(closed))
            {
                return false;
            }
        }

        public async Task BeginAsync(CancellationToken ct = default)
        {
            // Wrong settings are reported before they can affect any other part.
            app.Services.GetRequiredService<IStartupValidator>().Validate();
            await MigrateAsync(app.Services, ct);
            // Before anything is timed: if the machine's clock was set while no process ran, no stored deadline may move.
            var time = app.Services.GetRequiredService<SteadyNote>();
            await time.ResumeAsync(ct);
            await app.Services.GetRequiredService<KeyRing>().LoadAsync(CallbackKey, ct);
            // A SQLite file is used by one process, which claims in memory: a claim in a row comes from an earlier version, or from before
            // a change of the database.
            var isAlone = app.Services.GetRequiredService<Database>().Provider is StorageProvider.Sqlite;
            await app.Services.GetRequiredService<DispatchEngine>()
                .WriteAsync(default, isAlone ? [time.Keep(), LaneStore.FreeAllClaims] : [time.Keep()], ct);
            await WarmUpAsync(app.Services, ct);
        }
    }

    // On a busy machine the first run of each piece of code takes seconds, and a chat waits three. Real time, because a test may drive the
    // other clocks.
    static async Task WarmUpAsync(IServiceProvider services, CancellationToken ct)
    {
        foreach (var warmup in services.GetServices<IWarmup>())
            await Task.Run(() => warmup.WarmUpAsync(ct), ct).WaitAsync(LongestWarmup, ct)
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    static bool IsClosed(Exception closed) =>
        closed is DbException or IOException or UnauthorizedAccessException or SocketException or TimeoutException;

    static async Task MigrateAsync(IServiceProvider services, CancellationToken ct)
    {
        Database? database = null;
        try
        {
            // Claimed first, because a newer program must not change the tables while an older one runs.
            database = services.GetRequiredService<Database>();
            await database.ClaimAsync(ct);
            await services.GetRequiredService<Migrator>().MigrateAsync(ct);
        }
        catch (Exception closed) when (IsClosed(closed))
        {
            throw new InvalidOperationException(
                $"the database that Storage:ConnectionString names cannot be used. {database?.ReasonOf(closed) ?? closed.Message}", closed);
        }
    }
}
