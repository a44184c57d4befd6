using Microsoft.Extensions.Options;

namespace BotDispatch.Slack.Install;

/// <summary>Where the app is installed, and the tokens to call with there: in the one workspace of the settings, or in those that were installed by OAuth.</summary>
internal sealed class Installations(
    OneWorkspace one, StoredInstallations stored, TokenRotation rotation, DeadTokens dead, IOptions<SlackOptions> options, TimeProvider clock, ILogger<Installations> log) : IInstallations
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
        return await one.GetAsync(ct) is { Id: var id } && (id == team || id == enterprise || enterprise is not null && await one.IsOfAsync(enterprise, ct)) ? id : null;
    }

    /// <inheritdoc/>
    public async Task ForgetAsync(string id, CancellationToken ct)
    {
        if (options.Value.UsesOAuth)
        {
            await stored.ForgetAsync(id, ct);
            rotation.Forget(id);
            dead.Remove(id);
            log.Forgotten(id);
        }
        else if ((await one.GetAsync(ct))?.Id == id)
            Dies(id, one.Token, "app_uninstalled");
    }

    /// <summary>The token to call with there.</summary>
    public async ValueTask<TokenAnswer> TokenAsync(string id, CancellationToken ct)
    {
        if (!options.Value.UsesOAuth)
            return await one.GetForCallAsync(ct) is { } found ? found.Id == id ? Usable(id, one.Token) : new TokenAnswer.None() : OneUnknown();
        if (await stored.FindAsync(id, ct) is not { } app)
            return new TokenAnswer.None();
        if (dead.Against(id, app.App.Token) is { } error)
            return new TokenAnswer.Dead(error);
        var left = (app.App.ExpiresAt ?? DateTimeOffset.MaxValue) - clock.GetUtcNow();
        if (left > TokenRotation.Early)
            return new TokenAnswer.Have(app.App.Token);
        var refreshing = rotation.RefreshAsync(app);
        // As long as the old one is good nobody waits: a dialog has three seconds.
        if (left > TimeSpan.Zero)
            return new TokenAnswer.Have(app.App.Token);
        return Other(id, app.App.Token, "token_expired", await refreshing.WaitAsync(ct));
    }

    /// <summary>After Slack refused a token with <paramref name="error"/>: another one, if there is one by now or can be had.</summary>
    public async ValueTask<TokenAnswer> InsteadOfAsync(string id, string refused, string error, CancellationToken ct)
    {
        if (!options.Value.UsesOAuth)
            return Died(id, refused, error);
        if (await stored.ReadAsync(id, ct) is not { } app)
            return new TokenAnswer.None();
        return app.App.Token != refused ? Usable(id, app.App.Token) : Other(id, refused, error, await rotation.RefreshAsync(app).WaitAsync(ct));
    }

    /// <summary>A call went well there.</summary>
    public void Works(string id) => dead.Remove(id);

    /// <summary>Slack refuses this token.</summary>
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

    TokenAnswer Usable(string id, string token) => dead.Against(id, token) is { } error ? new TokenAnswer.Dead(error) : new TokenAnswer.Have(token);

    TokenAnswer OneUnknown() => dead.Against("", one.Token) is { } error ? new TokenAnswer.Dead(error) : new TokenAnswer.Later("the workspace of Slack:BotToken is not known yet");
}
