using System.Collections.Concurrent;
using System.Data.Common;
using BotDispatch.Storage;

namespace BotDispatch.Slack.Install;

/// <summary>An installation as it was read, and when.</summary>
internal sealed record KeptApp(InstalledApp App, long Version, DateTimeOffset ReadAt);

/// <summary>The installed workspaces of the database, remembered for a minute: other nodes install and forget too.</summary>
internal sealed class StoredInstallations(InstallationStore store, TimeProvider clock, ILogger<StoredInstallations> log)
{
    static readonly TimeSpan Fresh = TimeSpan.FromMinutes(1);

    readonly ConcurrentDictionary<string, KeptApp> kept = new(StringComparer.Ordinal);
    readonly ConcurrentDictionary<string, bool> unreadable = new(StringComparer.Ordinal);

    /// <summary>The installation; null if there is none. While the database is away, what was known last.</summary>
    public async ValueTask<KeptApp?> FindAsync(string id, CancellationToken ct)
    {
        if (kept.TryGetValue(id, out var known) && clock.GetUtcNow() < known.ReadAt + Fresh)
            return known;
        try
        {
            return await ReadAsync(id, ct);
        }
        catch (DbException) when (known is not null)
        {
            return known;
        }
    }

    /// <summary>As it stands in the database now.</summary>
    public async Task<KeptApp?> ReadAsync(string id, CancellationToken ct)
    {
        var row = await store.FindAsync(SlackAddress.Platform, id, ct);
        if (row is { Body: { } body } && InstalledApp.Parse(body) is { } app)
            return Keep(app, row.Version);
        if (row is not null && unreadable.TryAdd(id, true))
            log.Unreadable(id);
        kept.TryRemove(id, out _);
        return null;
    }

    /// <summary>Installs it, again or for the first time.</summary>
    public async Task PutAsync(InstalledApp app, CancellationToken ct)
    {
        Keep(app, await store.PutAsync(SlackAddress.Platform, app.Id, app.Write(), ct));
        unreadable.TryRemove(app.Id, out _);
    }

    /// <summary>Stores <paramref name="now"/> instead of what was read; null if that has changed meanwhile.</summary>
    public async Task<KeptApp?> ReplaceAsync(KeptApp before, InstalledApp now, CancellationToken ct) =>
        await store.ReplaceAsync(SlackAddress.Platform, before.App.Id, before.Version, now.Write(), ct) ? Keep(now, before.Version + 1) : null;

    public Task<bool> TryLeaseAsync(KeptApp app, TimeSpan length, CancellationToken ct) => store.TryLeaseAsync(SlackAddress.Platform, app.App.Id, app.Version, length, ct);

    public Task ReleaseAsync(KeptApp app, CancellationToken ct) => store.ReleaseAsync(SlackAddress.Platform, app.App.Id, app.Version, ct);

    public async Task ForgetAsync(string id, CancellationToken ct)
    {
        kept.TryRemove(id, out _);
        await store.DeleteAsync(SlackAddress.Platform, id, ct);
        // Somebody may have read it in between.
        kept.TryRemove(id, out _);
    }

    // Whoever read before a change must not put back what it read.
    KeptApp Keep(InstalledApp app, long version)
    {
        var read = new KeptApp(app, version, clock.GetUtcNow());
        return kept.AddOrUpdate(app.Id, read, (_, before) => before.Version > version ? before : read);
    }
}
