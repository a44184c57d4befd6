using System.Collections.Concurrent;
using System.Collections.Immutable;
using Microsoft.Extensions.Options;

namespace BotDispatch.Slack.Install;

/// <summary>The app as it is installed in one workspace, or in a whole organisation.</summary>
/// <param name="Id">The workspace's id, or the organisation's for an org-wide installation.</param>
/// <param name="Name">Its name.</param>
/// <param name="BotUserId">The bot's own user, for mentions of it.</param>
/// <param name="Scopes">The scopes that the app has there.</param>
internal sealed record Installation(string Id, string Name, string BotUserId, ImmutableHashSet<string> Scopes)
{
    /// <summary>The organisation of the workspace; null if it has none, or it is not known.</summary>
    public string? Enterprise { get; init; }
}

/// <summary>Knows where the app is installed.</summary>
internal interface IInstallations
{
    /// <summary>Returns the installation with that id; null if there is no working one.</summary>
    ValueTask<Installation?> FindAsync(string id, CancellationToken ct);

    /// <summary>
    /// Returns the id of the installation that a delivery belongs to: the workspace's, else the organisation's; null if the app is in
    /// neither.
    /// </summary>
    ValueTask<string?> LocateAsync(string? team, string? enterprise, CancellationToken ct);

    /// <summary>Why it is not known where the app is installed; null while it is known.</summary>
    string? Trouble { get; }

    /// <summary>Notes that the app was removed there, or its tokens were revoked. Nothing of it is kept.</summary>
    Task ForgetAsync(string id, CancellationToken ct);
}

/// <summary>A token to call with, or why there is none.</summary>
internal abstract record TokenAnswer
{
    private TokenAnswer() { }

    public sealed record Have(string Value) : TokenAnswer
    {
        /// <summary>Leaves the token out, which no log may show.</summary>
        public override string ToString() => nameof(Have);
    }

    /// <summary>Slack refused the token with this word, and was not asked again.</summary>
    public sealed record Dead(string Error) : TokenAnswer;

    /// <summary>There is no token now.</summary>
    public sealed record Later(string Because) : TokenAnswer;

    /// <summary>The app is not installed there.</summary>
    public sealed record None : TokenAnswer;
}

/// <summary>The scopes that the app asks for; the same as in its manifest.</summary>
/// <remarks>https://docs.slack.dev/reference/scopes</remarks>
internal static class SlackScopes
{
    /// <summary>The app does not work without these.</summary>
    public static readonly ImmutableArray<string> Required =
        ["commands", "chat:write", "users:read", "users:read.email", "im:write", "app_mentions:read", "channels:read", "groups:read"];

    /// <summary>
    /// The app works better with these: it finds a post whose answer was lost, and needs no invitation to public channels.
    /// </summary>
    public static readonly ImmutableArray<string> Optional = ["channels:history", "groups:history", "chat:write.public"];

    /// <summary>The list for a request for installation. The manifest says which of them may be declined.</summary>
    public static string Asked => string.Join(',', Required.AddRange(Optional));

    /// <summary>Reads Slack's list.</summary>
    public static ImmutableHashSet<string> Read(string? list) => [.. (list ?? "").Split([',', ' '], StringSplitOptions.RemoveEmptyEntries)];
}

/// <summary>
/// Knows where the app is installed, and the tokens to call with: in the one workspace of the settings, or in those that were installed by
/// OAuth.
/// </summary>
internal sealed class Installations(
    OneWorkspace one, StoredInstallations stored, TokenRotation rotation, DeadTokens dead, IOptions<SlackOptions> options,
        TimeProvider clock, ILogger<Installations> log) : IInstallations
{
    /// <inheritdoc/>
    public async ValueTask<Installation?> FindAsync(string id, CancellationToken ct)
    {
        if (options.Value.UsesOAuth)
            return await stored.FindAsync(id, ct) is { App: var app } && dead.Against(id, app.Token) is null ? app.Installation : null;
        return await one.GetAsync(ct) is { } found && found.Id == id && dead.Against(id, one.Token) is null ? found : null;
    }

    /// <inheritdoc/>
    public async ValueTask<string?> LocateAsync(string? team, string? enterprise, CancellationToken ct)
    {
        if (options.Value.UsesOAuth)
            return team is not null && await stored.FindAsync(team, ct) is not null ? team
                : enterprise is not null && await stored.FindAsync(enterprise, ct) is not null ? enterprise
                : null;
        return await one.GetAsync(ct) is { Id: var id }
            && (id == team || id == enterprise || enterprise is not null && await one.IsOfAsync(enterprise, ct)) ? id : null;
    }

    /// <inheritdoc/>
    public string? Trouble => options.Value.UsesOAuth ? null : one.Trouble;

    /// <inheritdoc/>
    public async Task ForgetAsync(string id, CancellationToken ct)
    {
        if (options.Value.UsesOAuth)
        {
            await stored.ForgetAsync(id, ct);
            rotation.Forget(id);
            dead.Remove(id);
            log.InstallationDeleted(id);
        }
        else if ((await one.GetAsync(ct))?.Id == id)
            Dies(id, one.Token, "app_uninstalled");
    }

    /// <summary>Returns the token to call with there.</summary>
    public async ValueTask<TokenAnswer> TokenAsync(string id, CancellationToken ct)
    {
        if (!options.Value.UsesOAuth)
            return await one.GetForCallAsync(ct) is { } found
                ? found.Id == id ? Usable(id, one.Token)
                : new TokenAnswer.None() : OneUnknown();
        if (await stored.FindAsync(id, ct) is not { } app)
            return new TokenAnswer.None();
        if (dead.Against(id, app.App.Token) is { } error)
            return new TokenAnswer.Dead(error);
        var left = (app.App.ExpiresAt ?? DateTimeOffset.MaxValue) - clock.GetUtcNow();
        if (left > TokenRotation.Early)
            return new TokenAnswer.Have(app.App.Token);
        var refreshing = rotation.RefreshAsync(app);
        // While the old token is good, nobody waits: a dialog has three seconds.
        if (left > TimeSpan.Zero)
            return new TokenAnswer.Have(app.App.Token);
        return Other(id, app.App.Token, "token_expired", await refreshing.WaitAsync(ct));
    }

    /// <summary>
    /// Returns another token after Slack refused one with <paramref name="error"/>, if there is another by now, or Slack gives one.
    /// </summary>
    public async ValueTask<TokenAnswer> InsteadOfAsync(string id, string refused, string error, CancellationToken ct)
    {
        if (!options.Value.UsesOAuth)
            return Died(id, refused, error);
        if (await stored.ReadAsync(id, ct) is not { } app)
            return new TokenAnswer.None();
        return app.App.Token != refused
            ? Usable(id, app.App.Token)
            : Other(id, refused, error, await rotation.RefreshAsync(app).WaitAsync(ct));
    }

    /// <summary>Notes that a call succeeded there.</summary>
    public void Works(string id) => dead.Remove(id);

    /// <summary>Notes that Slack refuses this token.</summary>
    public void Dies(string id, string token, string error)
    {
        if (!dead.Add(id, token, error))
            return;
        if (options.Value.UsesOAuth)
            log.TokenDead(id, error);
        else
            log.BotTokenDead(error);
    }

    TokenAnswer Other(string id, string token, string error, Rotated rotated) => rotated switch
    {
        { Now: null } => new TokenAnswer.None(),
        { Now.App.Token: var now } when now != token => Usable(id, now),
        { IsFinal: true } => Died(id, token, error),
        _ => new TokenAnswer.Later("the token could not be refreshed yet"),
    };

    TokenAnswer.Dead Died(string id, string token, string error)
    {
        Dies(id, token, error);
        return new TokenAnswer.Dead(error);
    }

    TokenAnswer Usable(string id, string token) =>
        dead.Against(id, token) is { } error ? new TokenAnswer.Dead(error) : new TokenAnswer.Have(token);

    TokenAnswer OneUnknown() =>
        dead.Against("", one.Token) is { } error
            ? new TokenAnswer.Dead(error)
            : new TokenAnswer.Later("the workspace of Slack:BotToken is not known yet");
}

/// <summary>
/// Remembers tokens that Slack refused. They are not used until there is another one, or ten minutes have passed, because administrators
/// also undo things.
/// </summary>
internal sealed class DeadTokens(TimeProvider clock)
{
    static readonly TimeSpan Rest = TimeSpan.FromMinutes(10);

    readonly ConcurrentDictionary<string, Dead> dead = new(StringComparer.Ordinal);

    /// <summary>Returns Slack's error for this token; null if it may be used.</summary>
    public string? Against(string id, string token) =>
        dead.TryGetValue(id, out var found) && found.Token == token && clock.GetUtcNow() < found.Until ? found.Error : null;

    /// <summary>Notes that Slack refused the token. Returns whether that is new.</summary>
    public bool Add(string id, string token, string error)
    {
        var isNews = !dead.TryGetValue(id, out var before) || before.Token != token;
        dead[id] = new(token, error, clock.GetUtcNow() + Rest);
        return isNews;
    }

    /// <summary>Notes that the token works, or does not matter any more.</summary>
    public void Remove(string id) => dead.TryRemove(id, out _);

    readonly record struct Dead(string Token, string Error, DateTimeOffset Until);
}
