using System.Text.Json;
using BotDispatch.Http;
using BotDispatch.Ports;
using BotDispatch.Slack.Api;
using Microsoft.Extensions.Options;

namespace BotDispatch.Slack.Install;

/// <summary>The one workspace of <c>Slack:BotToken</c>. Slack names it when we first ask. Until then we know none, and ask again.</summary>
/// <remarks>https://docs.slack.dev/reference/methods/auth.test</remarks>
internal sealed class OneWorkspace(
    SlackWire wire, DeadTokens dead, IOptions<SlackOptions> options, TimeProvider clock, ILogger<OneWorkspace> log)
{
    static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);
    // Calls that nobody waits for are repeated by themselves, so they need not ask each time.
    static readonly TimeSpan Between = TimeSpan.FromSeconds(5);

    readonly Lock gate = new();
    readonly string token = options.Value.BotToken.Trim();
    Task<Installation?>? asking;
    Installation? known;
    DateTimeOffset notBefore;
    DateTimeOffset throttledUntil;
    string? trouble;
    string? logged;

    /// <summary>The token to call with.</summary>
    public string Token => token;

    /// <summary>Why the workspace is not known; null while it is, or before anybody asked.</summary>
    public string? Trouble
    {
        get
        {
            lock (gate)
                return known is null ? trouble : null;
        }
    }

    /// <summary>
    /// Returns the workspace; null while it is unknown. While it is unknown, each call asks Slack, because somebody waits for the answer.
    /// </summary>
    public ValueTask<Installation?> GetAsync(CancellationToken ct) => KnownAsync(isWaitedFor: true, ct);

    /// <summary>
    /// Returns the workspace, for a call that is repeated if it fails. After a failure, Slack is asked again a little later.
    /// </summary>
    public ValueTask<Installation?> GetForCallAsync(CancellationToken ct) => KnownAsync(isWaitedFor: false, ct);

    /// <summary>Returns whether the workspace belongs to that organisation.</summary>
    public async ValueTask<bool> IsOfAsync(string enterprise, CancellationToken ct) =>
        (await GetAsync(ct))?.Enterprise == enterprise;

    async ValueTask<Installation?> KnownAsync(bool isWaitedFor, CancellationToken ct)
    {
        Task<Installation?> joined;
        lock (gate)
        {
            if (known is not null)
                return known;
            var now = clock.GetUtcNow();
            if (asking is null && (now < throttledUntil || (!isWaitedFor && now < notBefore) || dead.Against("", token) is not null))
                return null;
            joined = asking ??= Task.Run(AskAsync, CancellationToken.None);
        }
        return await joined.WaitAsync(ct);
    }

    async Task<Installation?> AskAsync()
    {
        Installation? found = null;
        try
        {
            found = Read(await wire.CallAsync("auth.test", token, [], Limit, CancellationToken.None));
            return found;
        }
        finally
        {
            lock (gate)
                (known, asking, notBefore) = (found, null, clock.GetUtcNow() + Between);
        }
    }

    Installation? Read(SlackHttpResult result)
    {
        switch (result.Answer)
        {
            case SlackAnswer.Ok ok when Read(ok.Body, result.Scopes) is { } found:
                dead.Remove("");
                log.WorkspaceKnown(found.Id);
                return found;
            case SlackAnswer.Refused { Kind: Refusal.Token } refused:
                Fails($"Slack refuses Slack:BotToken ({refused.Error})");
                if (dead.Add("", token, refused.Error))
                    log.BotTokenDead(refused.Error);
                return null;
            case var other:
                if (other is SlackAnswer.Throttled(var after))
                    lock (gate)
                        throttledUntil = clock.GetUtcNow() + after;
                // SlackReach already logs that Slack is not reached.
                if (Fails($"the workspace of Slack:BotToken is not known yet, {other.Why}")
                    && other is not (SlackAnswer.NotReached or SlackAnswer.Lost))
                    log.WorkspaceUnknown(other.Why);
                return null;
        }
    }

    // Returns whether this reason differs from the one before.
    bool Fails(string because)
    {
        lock (gate)
        {
            trouble = because;
            (var before, logged) = (logged, because);
            return before != because;
        }
    }

    static Installation? Read(JsonElement answer, string? scopes)
    {
        var enterprise = answer.Text("enterprise_id");
        var id = answer.Has("is_enterprise_install") ? enterprise : answer.Text("team_id");
        return id is not null && InstalledApp.IsId(id)
            ? new(id, answer.Text("team") ?? id, answer.Text("user_id") ?? "", SlackScopes.Read(scopes)) { Enterprise = enterprise }
            : null;
    }
}

/// <summary>
/// Asks at the start which workspace the token is for, so that the first command need not wait for it. It asks again until Slack answers.
/// </summary>
internal sealed class InstallationWarmup(OneWorkspace one, IOptions<SlackOptions> options, TimeProvider clock) : BackgroundService
{
    static readonly TimeSpan First = TimeSpan.FromSeconds(5);
    static readonly TimeSpan Longest = TimeSpan.FromMinutes(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (options.Value.BotToken.Length == 0)
            return;
        for (var tries = 0; await one.GetAsync(stoppingToken) is null; tries++)
            await Task.Delay(Backoff.Doubled(First, tries, Longest), clock, stoppingToken);
    }
}
