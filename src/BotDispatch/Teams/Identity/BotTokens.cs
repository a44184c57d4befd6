using Microsoft.Extensions.Options;

namespace BotDispatch.Teams.Identity;

/// <summary>The bot's token, asked for by one caller at a time and kept by MSAL until shortly before its end.</summary>
internal sealed class BotTokens(BotCredential credential, TeamsReach reach, IOptions<TeamsOptions> options, TimeProvider clock, ILogger<BotTokens> log) : IDisposable
{
    // Whose settings are wrong is not asked for again with every message.
    static readonly TimeSpan Rest = TimeSpan.FromSeconds(30);
    static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);

    readonly SemaphoreSlim oneAtATime = new(1, 1);
    (BotToken.Refused Answer, DateTimeOffset Until)? refusal;
    DateTimeOffset renewed = DateTimeOffset.MinValue;
    BotToken.NotReached? failure;
    int failures;

    /// <inheritdoc cref="GetBotToken"/>
    public async Task<BotToken> GetAsync(string? refused, CancellationToken ct)
    {
        var failuresBefore = Volatile.Read(ref failures);
        await oneAtATime.WaitAsync(ct);
        try
        {
            // Those who waited while somebody asked in vain have their answer too, or they would all wait in turn.
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
            return new BotToken.Refused("Teams does not take a fresh token: Teams:AppId must be the app that the bot is registered with, and its tenant Teams:TenantId");
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
                // A file may have been replaced meanwhile.
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
