using Microsoft.Extensions.Options;

namespace BotDispatch.Teams.Identity;

/// <summary>The tokens with which we call the connector as the bot.</summary>
internal interface IBotTokens
{
    /// <summary>Returns a token. It throws only when <paramref name="ct"/> is cancelled.</summary>
    /// <param name="refused">The token that Teams refused: another one is returned, if there is another. Null the first time.</param>
    /// <param name="ct">The caller waits no longer.</param>
    Task<BotToken> GetAsync(string? refused, CancellationToken ct);
}

/// <summary>A token, or why there is none.</summary>
internal abstract record BotToken
{
    private BotToken() { }

    /// <summary>The token.</summary>
    public sealed record Have(string Value) : BotToken
    {
        /// <summary>Leaves the token out, so that it is printed nowhere.</summary>
        public override string ToString() => nameof(Have);
    }

    /// <summary>The bot's credentials are refused or cannot be read; the reason names the setting that is wrong.</summary>
    public sealed record Refused(string Because) : BotToken;

    /// <summary>The issuer of tokens was not reached, or could not answer. Later it may work.</summary>
    public sealed record NotReached(string Because) : BotToken;
}

/// <summary>Gets the bot's token for one caller at a time. MSAL keeps it until shortly before it expires.</summary>
internal sealed class BotTokens(
    BotCredential credential, TeamsReach reach, IOptions<TeamsOptions> options, TimeProvider clock, ILogger<BotTokens> log)
    : IBotTokens, IDisposable
{
    // With wrong settings, not every message asks again.
    static readonly TimeSpan Rest = TimeSpan.FromSeconds(30);
    static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);

    readonly SemaphoreSlim oneAtATime = new(1, 1);
    (BotToken.Refused Answer, DateTimeOffset Until)? refusal;
    DateTimeOffset renewed = DateTimeOffset.MinValue;
    BotToken.NotReached? failure;
    int failures;

    /// <inheritdoc/>
    public async Task<BotToken> GetAsync(string? refused, CancellationToken ct)
    {
        var failuresBefore = Volatile.Read(ref failures);
        await oneAtATime.WaitAsync(ct);
        try
        {
            // A failure counts for everybody who waited meanwhile. Otherwise each of them would wait for a failure of their own.
            if (failures != failuresBefore && failure is not null)
                return failure;
            if (refusal is { } known && clock.GetUtcNow() < known.Until)
                return known.Answer;
            var token = await AskAsync(isFresh: false, ct);
            return token is BotToken.Have { Value: var value } && value == refused ? await RenewAsync(ct) : token;
        }
        finally
        {
            oneAtATime.Release();
        }
    }

    public void Dispose() => oneAtATime.Dispose();

    async Task<BotToken> RenewAsync(CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        if (now - renewed < Rest)
            return new BotToken.Refused(
                "Teams does not take a fresh token: Teams:AppId must be the app that the bot is registered with, and its tenant "
                + "Teams:TenantId");
        renewed = now;
        return await AskAsync(isFresh: true, ct);
    }

    async Task<BotToken> AskAsync(bool isFresh, CancellationToken ct)
    {
        using var late = new CancellationTokenSource(Limit, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(ct, late.Token);
        var token = await TryAsync(isFresh, either.Token, ct);
        failure = null;
        switch (token)
        {
            case BotToken.Refused refused:
                refusal = (refused, clock.GetUtcNow() + Rest);
                // Somebody may replace a file meanwhile.
                credential.Forget();
                log.Refused(refused.Because);
                break;
            case BotToken.NotReached not:
                failure = not;
                Volatile.Write(ref failures, failures + 1);
                if (reach.Tokens.IsNews(not.Because))
                    log.NotReached(not.Because);
                break;
            case BotToken.Have:
                reach.Answered();
                if (reach.Tokens.Ends())
                    log.ReachedAgain();
                break;
        }
        return token;
    }

    async Task<BotToken> TryAsync(bool isFresh, CancellationToken limited, CancellationToken ct)
    {
        try
        {
            return new BotToken.Have(await credential.AcquireAsync(isFresh, limited));
        }
        catch (Exception trouble) when (!ct.IsCancellationRequested && IdentityTrouble.Of(trouble, options.Value) is { } expected)
        {
            return expected;
        }
    }
}
