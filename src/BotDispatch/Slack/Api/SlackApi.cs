using System.Collections.Concurrent;
using System.Data.Common;
using System.Text.Json.Nodes;
using BotDispatch.Http;
using BotDispatch.Slack.Install;
using Microsoft.Extensions.Options;

namespace BotDispatch.Slack.Api;

/// <inheritdoc cref="ISlackApi"/>
/// <remarks>
/// One exception to "once": if Slack refused the token, it certainly did nothing, so the call is repeated with another token if there is
/// one.
/// </remarks>
internal sealed class SlackApi(
    SlackWire wire, Installations installations, Throttles throttles, IOptions<SlackOptions> options, TimeProvider clock,
    ILogger<SlackApi> log) : ISlackApi
{
    /// <summary>The one method that the app calls for itself, with its own token.</summary>
    /// <remarks>https://docs.slack.dev/reference/methods/apps.connections.open</remarks>
    public const string OpenSocket = "apps.connections.open";

    static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);
    // The words come from outside, so their number is bounded.
    const int MostLogged = 1000;

    readonly ConcurrentDictionary<(string Installation, string Error, string Detail), bool> logged = new();

    /// <inheritdoc/>
    public async Task<SlackAnswer> CallAsync(SlackCall call, CancellationToken ct)
    {
        if (throttles.LeftOf(call.Installation, call.Method) is { } left)
            return new SlackAnswer.Throttled(left);
        var answer = call.Method == OpenSocket ? await SendAsync(call, options.Value.AppToken.Trim(), Limit, ct)
            : call.Installation.Length == 0 ? await SendAsync(call, null, Limit, ct)
            : await SendWithTokenAsync(call, ct);
        Note(call, answer);
        return answer;
    }

    /// <inheritdoc/>
    public async Task<bool> RespondAsync(Uri responseUrl, JsonObject message, CancellationToken ct)
    {
        if (!SlackHosts.TakesResponses(responseUrl, options.Value))
        {
            log.NotSlack();
            return false;
        }
        var answer = (await wire.RespondAsync(responseUrl, message, Limit, ct)).Answer;
        if (answer is SlackAnswer.Ok)
            return true;
        log.NotTaken(answer.Why);
        return false;
    }

    async Task<SlackAnswer> SendWithTokenAsync(SlackCall call, CancellationToken ct)
    {
        var time = new CallTime(clock, Limit);
        var (token, answer) = await TokenRetry.SendAsync<string, SlackAnswer>(
            async refused => TokenOr(await GetTokenAsync(refused, time)),
            token => SendAsync(call, token, time.Left, ct),
            answer => answer is SlackAnswer.Refused { Kind: Refusal.Token });
        if (answer is SlackAnswer.Ok)
            installations.Works(call.Installation);
        else if (token is not null && answer is SlackAnswer.Refused { Kind: Refusal.Token } dead)
            installations.Dies(call.Installation, token, dead.Error);
        return answer;

        async Task<TokenAnswer> GetTokenAsync((string Token, SlackAnswer Answer)? refused, CallTime time)
        {
            try
            {
                var asking = refused is { Answer: SlackAnswer.Refused because } last
                    ? installations.InsteadOfAsync(call.Installation, last.Token, because.Error, ct)
                    : installations.TokenAsync(call.Installation, ct);
                return asking.IsCompletedSuccessfully ? asking.Result : await time.WaitAsync(asking.AsTask(), ct);
            }
            catch (TimeoutException)
            {
                return new TokenAnswer.Later("the token was not there in time");
            }
            catch (DbException)
            {
                return new TokenAnswer.Later("the token could not be read");
            }
        }
    }

    static TokenOr<string, SlackAnswer> TokenOr(TokenAnswer answer) => answer switch
    {
        TokenAnswer.Have { Value: var token } => new(token, null),
        TokenAnswer.Dead dead => new(null, new SlackAnswer.Refused(dead.Error, Refusal.Token)),
        TokenAnswer.Later later => new(null, new SlackAnswer.NotReached(later.Because)),
        _ => new(null, new SlackAnswer.Refused("not_installed", Refusal.Token)),
    };

    async Task<SlackAnswer> SendAsync(SlackCall call, string? token, TimeSpan within, CancellationToken ct) => within > TimeSpan.Zero
        ? (await wire.CallAsync(call.Method, token, call.Arguments, within, ct)).Answer
        : new SlackAnswer.NotReached("the token came too late");

    void Note(SlackCall call, SlackAnswer answer)
    {
        switch (answer)
        {
            case SlackAnswer.Throttled throttled:
                throttles.Wait(call.Installation, call.Method, throttled.After);
                log.Throttled(call.Method, call.Installation, throttled.After.TotalSeconds);
                break;
            case SlackAnswer.NotReached not:
                log.CallNotReached(call.Method, call.Installation, not.Because);
                break;
            // SlackWire logs it once.
            case SlackAnswer.Lost when SlackWire.ChangesNothing.Contains(call.Method):
                break;
            case SlackAnswer.Lost lost:
                log.Lost(call.Method, call.Installation, lost.Because);
                break;
            // An administrator must act, so it is logged once.
            case SlackAnswer.Refused { Kind: Refusal.Rights } refused:
                if (logged.Count < MostLogged && logged.TryAdd((call.Installation, refused.Error, refused.Detail), true))
                    log.NotAllowed(call.Method, call.Installation, refused.Error, refused.Detail);
                break;
            case SlackAnswer.Refused { Kind: Refusal.Content } refused:
                log.BadContent(call.Method, call.Installation, refused.Error, refused.Detail);
                break;
            // Installations logs dead tokens.
            case SlackAnswer.Refused { Kind: not Refusal.Token } refused:
                log.Refused(call.Method, call.Installation, refused.Error);
                break;
        }
    }
}

/// <summary>Remembers how long Slack asks us not to call a method in an installation. Other methods and installations go on.</summary>
/// <remarks>https://docs.slack.dev/apis/web-api/rate-limits: limits are per method and workspace.</remarks>
internal sealed class Throttles(TimeProvider clock)
{
    readonly ConcurrentDictionary<(string Installation, string Method), DateTimeOffset> until = new();

    /// <summary>How much of the wait is left; null if there is none.</summary>
    public TimeSpan? LeftOf(string installation, string method)
    {
        if (!until.TryGetValue((installation, method), out var end))
            return null;
        var left = end - clock.GetUtcNow();
        if (left > TimeSpan.Zero)
            return left;
        until.TryRemove(new((installation, method), end));
        return null;
    }

    /// <summary>Notes that Slack asks us to wait. If it asked twice, the later end counts.</summary>
    public void Wait(string installation, string method, TimeSpan after)
    {
        var end = clock.GetUtcNow() + after;
        until.AddOrUpdate((installation, method), end, (_, before) => before > end ? before : end);
    }
}
