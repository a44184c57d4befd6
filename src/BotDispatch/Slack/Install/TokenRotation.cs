using System.Data.Common;
using BotDispatch.Slack.Api;
using Microsoft.Extensions.Options;

namespace BotDispatch.Slack.Install;

/// <summary>The result of a refresh.</summary>
/// <param name="Now">The installation after the refresh, with another token or unchanged; null if it is gone.</param>
/// <param name="IsFinal">Asking again soon would not bring another token.</param>
internal readonly record struct Rotated(KeptApp? Now, bool IsFinal = false);

/// <summary>Gets the next pair of tokens: by one caller of all nodes at a time, and stored before anybody uses it.</summary>
/// <remarks>
/// https://docs.slack.dev/authentication/using-token-rotation. A process that ends between Slack's answer and our write loses the new pair.
/// Then the old token works for the two hours that were left, and Slack accepts the old refresh token for a short time more: the next
/// caller that needs it tries it again when the lease of half a minute is over, and every ten minutes if Slack refuses. That is logged as
/// an error, because only a new installation helps then. If the database cannot be written at that moment, nothing is lost: the pair waits
/// here, unused, until it is stored.
/// </remarks>
internal sealed class TokenRotation(
    StoredInstallations stored, SlackWire wire, IOptions<SlackOptions> options, TimeProvider clock, ILogger<TokenRotation> log)
{
    /// <summary>A token with less time left than this is replaced.</summary>
    public static readonly TimeSpan Early = TimeSpan.FromHours(2);

    static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);
    static readonly TimeSpan Lease = TimeSpan.FromSeconds(30);
    static readonly TimeSpan LookAgain = TimeSpan.FromSeconds(1);
    static readonly TimeSpan SoonAgain = TimeSpan.FromSeconds(5);
    static readonly TimeSpan LateAgain = TimeSpan.FromMinutes(10);
    const int Looks = 8;

    readonly Lock gate = new();
    readonly Dictionary<string, Task<Rotated>> running = new(StringComparer.Ordinal);
    readonly Dictionary<string, (DateTimeOffset NotBefore, Rotated Came)> last = new(StringComparer.Ordinal);
    readonly Dictionary<string, (KeptApp Before, InstalledApp Next)> unstored = new(StringComparer.Ordinal);

    /// <summary>
    /// Joins a refresh that is in progress, and does nothing while the last failure is recent. It is never cancelled, because half a
    /// refresh loses the tokens.
    /// </summary>
    public Task<Rotated> RefreshAsync(KeptApp app)
    {
        var id = app.App.Id;
        lock (gate)
        {
            if (running.TryGetValue(id, out var joined))
                return joined;
            if (app.App.RefreshToken is null)
                return Task.FromResult<Rotated>(new(app, IsFinal: true));
            if (last.TryGetValue(id, out var before) && clock.GetUtcNow() < before.NotBefore)
                // A caller with the old version gets the current one.
                return Task.FromResult<Rotated>(before.Came.Now?.Version > app.Version ? before.Came : new(app, before.Came.IsFinal));
            return running[id] = Task.Run(() => RunAsync(app));
        }
    }

    /// <summary>Returns the refresh in progress there; null if there is none.</summary>
    public Task? Running(string id)
    {
        lock (gate)
            return running.GetValueOrDefault(id);
    }

    /// <summary>Notes that the app was installed again. The results of its old tokens do not matter any more.</summary>
    public void Forget(string id)
    {
        lock (gate)
        {
            last.Remove(id);
            unstored.Remove(id);
        }
    }

    async Task<Rotated> RunAsync(KeptApp app)
    {
        (Rotated Rotated, TimeSpan Again) came = (new(app), SoonAgain);
        try
        {
            came = await StepAsync(app);
        }
        catch (DbException)
        {
            log.NotRefreshed(app.App.Id, "the database is away");
        }
        finally
        {
            lock (gate)
            {
                running.Remove(app.App.Id);
                last[app.App.Id] = (clock.GetUtcNow() + came.Again, came.Rotated);
            }
        }
        return came.Rotated;
    }

    async Task<(Rotated, TimeSpan Again)> StepAsync(KeptApp app)
    {
        if (TakeUnstored(app.App.Id) is { } waiting)
            return (new(await StoreAsync(waiting.Before, waiting.Next), IsFinal: true), SoonAgain);
        for (var looks = 0; !await stored.TryLeaseAsync(app, Lease, CancellationToken.None); looks++)
        {
            var current = await stored.ReadAsync(app.App.Id, CancellationToken.None);
            if (current?.Version != app.Version || looks == Looks)
                return (new(current), TimeSpan.Zero);
            await Task.Delay(LookAgain, clock);
        }
        return await AskAsync(app);
    }

    async Task<(Rotated, TimeSpan Again)> AskAsync(KeptApp app)
    {
        var asked = clock.GetUtcNow();
        var answer = (await wire.CallAsync("oauth.v2.access", null, Arguments(app), Limit, CancellationToken.None)).Answer;
        if (answer is SlackAnswer.Ok ok && InstalledApp.Read(ok.Body, asked) is { } next && next.Id == app.App.Id)
            return (new(await StoreAsync(app, next.Completed(app.App)), IsFinal: true), SoonAgain);
        await stored.ReleaseAsync(app, CancellationToken.None);
        if (answer is SlackAnswer.Refused refused)
        {
            log.CannotRefresh(app.App.Id, refused.Error, app.App.ExpiresAt);
            return (new(app, IsFinal: true), LateAgain);
        }
        log.NotRefreshed(app.App.Id, answer.Why);
        return (new(app), answer is SlackAnswer.Throttled throttled ? throttled.After : SoonAgain);
    }

    async Task<KeptApp?> StoreAsync(KeptApp before, InstalledApp next)
    {
        try
        {
            // If it was replaced meanwhile, it was installed again, or forgotten: then the stored one counts.
            return await stored.ReplaceAsync(before, next, CancellationToken.None)
                ?? await stored.ReadAsync(before.App.Id, CancellationToken.None);
        }
        catch (DbException)
        {
            lock (gate)
                unstored[before.App.Id] = (before, next);
            throw;
        }
    }

    (KeptApp Before, InstalledApp Next)? TakeUnstored(string id)
    {
        lock (gate)
            return unstored.Remove(id, out var waiting) ? waiting : null;
    }

    SlackArguments Arguments(KeptApp app) => new()
    {
        ["client_id"] = options.Value.ClientId,
        ["client_secret"] = options.Value.ClientSecret,
        ["grant_type"] = "refresh_token",
        ["refresh_token"] = app.App.RefreshToken,
    };
}
