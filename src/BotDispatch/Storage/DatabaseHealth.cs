using System.Data.Common;
using Microsoft.Data.Sqlite;

namespace BotDispatch.Storage;

/// <summary>
/// Whether the database takes what is written, proven by a write every few seconds and whenever somebody asks. What changes is said in the
/// log, once.
/// </summary>
internal sealed class DatabaseHealth(Database database, TimeProvider real, ILogger<DatabaseHealth> log) : BackgroundService
{
    const string Note = "health";

    /// <summary>How often a write proves that the database can be used.</summary>
    public static readonly TimeSpan Every = TimeSpan.FromSeconds(5);

    /// <summary>How long that write may take before the database counts as unusable.</summary>
    public static readonly TimeSpan WriteTimeout = TimeSpan.FromSeconds(5);

    // Questions within this time get the last answer, so that asking often costs nothing.
    static readonly TimeSpan Fresh = TimeSpan.FromSeconds(1);

    // The rest is so many times as long as the reading of the whole file.
    const int LeastRest = 200;

    // https://www.sqlite.org/rescode.html
    const int IoError = 10;
    const int Corrupt = 11;
    const int NoDatabase = 26;

    readonly Lock gate = new();
    Task<string?> proof = Task.FromResult<string?>(null);
    DateTimeOffset? provenAt;
    string? damage;
    string? logged;

    /// <summary>Why the database cannot be used, as one phrase; null if it takes what is written.</summary>
    public async Task<string?> CheckAsync(CancellationToken ct)
    {
        string? reason;
        try
        {
            reason = await Proof().WaitAsync(WriteTimeout, real, ct);
        }
        catch (TimeoutException)
        {
            reason = $"a write has not come to an end within {WriteTimeout.TotalSeconds:0} seconds";
        }
        reason ??= Volatile.Read(ref damage);
        Tell(reason);
        return reason;
    }

    /// <summary>
    /// Reads the whole file anew and remembers what is wrong with it. Where it could not be read to its end, nothing new is known of it:
    /// whether it can be used is what the write proves.
    /// </summary>
    /// <returns>Whether it was read to its end, or damage was found.</returns>
    public async Task<bool> LookForDamageAsync(CancellationToken ct)
    {
        try
        {
            Volatile.Write(
                ref damage, await database.DamageAsync(ct) is { } says ? $"the file is damaged: {says.ReplaceLineEndings(" ")}" : null);
            return true;
        }
        catch (SqliteException broken) when (broken.SqliteErrorCode is Corrupt or NoDatabase)
        {
            Volatile.Write(ref damage, $"the file is damaged: {broken.Message}");
            return true;
        }
        catch (Exception broken) when (IsOfDatabase(broken))
        {
            // A disk may fail while it is read and not while it is written; looked at again at once.
            if (broken is SqliteException { SqliteErrorCode: IoError })
                Volatile.Write(ref damage, $"the file cannot be read: {broken.Message}");
            return false;
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Every, real);
        var restUntil = real.GetUtcNow();
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            var begun = real.GetUtcNow();
            if (begun >= restUntil)
            {
                var wasRead = await Task.Run(() => LookForDamageAsync(stoppingToken), stoppingToken);
                restUntil = wasRead ? begun + (real.GetUtcNow() - begun) * LeastRest : begun;
            }
            await CheckAsync(stoppingToken);
        }
    }

    Task<string?> Proof()
    {
        lock (gate)
        {
            // One that hangs is waited for, or they would pile up.
            if (proof.IsCompleted && !(provenAt is { } at && real.GetUtcNow() - at < Fresh))
                proof = Task.Run(ProveAsync);
            return proof;
        }
    }

    async Task<string?> ProveAsync()
    {
        try
        {
            if (await database.TroubleOfFileAsync(CancellationToken.None) is { } trouble)
                return trouble;
            await database.WriteAsync([NoteStore.Keep(Note, real.GetUtcNow().ToString("O"))], CancellationToken.None);
            return null;
        }
        catch (Exception broken) when (IsOfDatabase(broken))
        {
            return database.ReasonOf(broken);
        }
        finally
        {
            lock (gate)
                provenAt = real.GetUtcNow();
        }
    }

    void Tell(string? reason)
    {
        lock (gate)
        {
            if (reason == logged)
                return;
            logged = reason;
        }
        if (reason is null)
            log.DatabaseIsUsableAgain();
        else
            log.DatabaseCannotBeUsed(reason);
    }

    // Others are bugs, and end the process with their stack.
    static bool IsOfDatabase(Exception broken) =>
        broken is DbException or IOException or UnauthorizedAccessException or TimeoutException or InvalidOperationException;
}
