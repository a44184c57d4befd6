using System.Collections.Concurrent;
using System.Data.Common;
using System.Text.Json;
using BotDispatch.Http;
using BotDispatch.Slack.Install;
using Microsoft.Extensions.Options;

namespace BotDispatch.Slack.Api;

/// <summary>Slack's Web API, called as the app in one of its installations.</summary>
internal interface ISlackApi
{
    /// <summary>
    /// Calls a method once. It repeats nothing, because only the caller knows what may be done twice. It answers within ten seconds and
    /// throws only when <paramref name="ct"/> is cancelled.
    /// </summary>
    Task<SlackAnswer> CallAsync(SlackCall call, CancellationToken ct);

    /// <summary>
    /// Posts a message to the address that came with a command or a press; false if Slack did not accept it. Slack accepts five messages
    /// in half an hour. The address is a credential, so it is not logged, and it is called only if it is Slack's.
    /// </summary>
    /// <remarks>https://docs.slack.dev/interactivity/handling-user-interaction</remarks>
    Task<bool> RespondAsync(Uri responseUrl, WriteJson message, CancellationToken ct);
}

/// <summary>One call of a Web API method.</summary>
/// <param name="Installation">Whose token: the id of an <see cref="Install.Installation"/>; empty for a call that needs no bot
/// token.</param>
/// <param name="Method">The method, such as <c>chat.postMessage</c>.</param>
/// <param name="Arguments">Its arguments.</param>
internal sealed record SlackCall(string Installation, string Method, SlackArguments Arguments);

/// <summary>The result of a call.</summary>
internal abstract record SlackAnswer
{
    private SlackAnswer() { }

    /// <summary>Why the call did not have the expected result, in a few words for a log.</summary>
    public string Why => this switch
    {
        Ok => "an answer without what was asked for",
        Refused { Detail.Length: > 0 } refused => $"{refused.Error} {refused.Detail}",
        Refused refused => refused.Error,
        Throttled => "throttled",
        NotReached not => not.Because,
        Lost lost => lost.Because,
        _ => "no answer",
    };

    /// <summary>Slack did it.</summary>
    public sealed record Ok(JsonElement Body) : SlackAnswer;

    /// <summary>Slack did nothing, and says why.</summary>
    /// <param name="Error">Slack's own word, such as <c>not_in_channel</c>.</param>
    /// <param name="Kind">What the error asks for.</param>
    /// <param name="Detail">What Slack adds for logs: a missing scope, or the field that is wrong.</param>
    public sealed record Refused(string Error, Refusal Kind, string Detail = "") : SlackAnswer;

    /// <summary>
    /// Slack did nothing, and asks us to wait before this method is called again. Also the result when an earlier answer already said so
    /// and we did not ask.
    /// </summary>
    public sealed record Throttled(TimeSpan After) : SlackAnswer;

    /// <summary>The request never left, or Slack certainly did nothing.</summary>
    public sealed record NotReached(string Because) : SlackAnswer;

    /// <summary>Slack may have done it: the answer was lost, late or unreadable, or Slack failed over it.</summary>
    public sealed record Lost(string Because) : SlackAnswer;
}

/// <summary>Why Slack refuses a call, grouped by what has to be done about it.</summary>
internal enum Refusal
{
    /// <summary>Any other reason, also an error that is not documented.</summary>
    Other,
    /// <summary>The token is dead: nothing works in that workspace until the app is installed again.</summary>
    Token,
    /// <summary>The app has no permission: a scope is missing, or an administrator forbids it.</summary>
    Rights,
    /// <summary>This place does not accept it: the app is not in the channel, or the channel is archived, read-only or unknown.</summary>
    Place,
    /// <summary>The message or view does not exist any more, or cannot be changed any more.</summary>
    Gone,
    /// <summary>Too late: a trigger has expired or was used, or somebody changed the view meanwhile.</summary>
    TooLate,
    /// <summary>What we sent is wrong or too long.</summary>
    Content,
}

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
        var answer = call.Method == OpenSocket ? (await SendAsync(call, options.Value.AppToken.Trim(), Limit, ct)).Answer
            : call.Installation.Length == 0 ? (await SendAsync(call, null, Limit, ct)).Answer
            : await SendWithTokenAsync(call, ct);
        Note(call, answer);
        return answer;
    }

    /// <inheritdoc/>
    public async Task<bool> RespondAsync(Uri responseUrl, WriteJson message, CancellationToken ct)
    {
        if (!SlackHosts.TakesResponses(responseUrl, options.Value))
        {
            log.NotSlack();
            return false;
        }
        var answer = (await wire.RespondAsync(responseUrl, message, Limit, ct)).Answer;
        if (answer is SlackAnswer.Ok)
            return true;
        log.ResponseNotAccepted(answer.Why);
        return false;
    }

    async Task<SlackAnswer> SendWithTokenAsync(SlackCall call, CancellationToken ct)
    {
        var time = new CallTime(clock, Limit);
        var (token, result) = await TokenRetry.SendAsync<string, SlackHttpResult>(
            async refused => TokenOr(await GetTokenAsync(refused)),
            token => SendAsync(call, token, time.Left, ct),
            result => result.Answer is SlackAnswer.Refused { Kind: Refusal.Token });
        var answer = result.Answer;
        if (answer is SlackAnswer.Ok)
            installations.Works(call.Installation);
        else if (token is not null && answer is SlackAnswer.Refused { Kind: Refusal.Token } dead)
            installations.Dies(call.Installation, token, dead.Error);
        return answer;

        async ValueTask<TokenAnswer> GetTokenAsync((string Token, SlackHttpResult Result)? refused)
        {
            try
            {
                var asking = refused is { Result.Answer: SlackAnswer.Refused because } last
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

    static TokenOr<string, SlackHttpResult> TokenOr(TokenAnswer answer) => answer switch
    {
        TokenAnswer.Have { Value: var token } => new(token, null),
        TokenAnswer.Dead dead => new(null, new(new SlackAnswer.Refused(dead.Error, Refusal.Token))),
        TokenAnswer.Later later => new(null, new(new SlackAnswer.NotReached(later.Because))),
        _ => new(null, new(new SlackAnswer.Refused("not_installed", Refusal.Token))),
    };

    Task<SlackHttpResult> SendAsync(SlackCall call, string? token, TimeSpan within, CancellationToken ct) => within > TimeSpan.Zero
        ? wire.CallAsync(call.Method, token, call.Arguments, within, ct)
        : Task.FromResult(new SlackHttpResult(new SlackAnswer.NotReached("the token came too late")));

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
                    log.CallNotAllowed(call.Method, call.Installation, refused.Error, refused.Detail);
                break;
            case SlackAnswer.Refused { Kind: Refusal.Content } refused:
                log.BadContent(call.Method, call.Installation, refused.Error, refused.Detail);
                break;
            // Installations logs dead tokens.
            case SlackAnswer.Refused { Kind: not Refusal.Token } refused:
                log.CallRefused(call.Method, call.Installation, refused.Error);
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
