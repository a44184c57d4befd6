using System.Collections.Concurrent;
using System.Data.Common;
using BotDispatch.Slack.Install;
using Microsoft.Extensions.Options;

namespace BotDispatch.Slack.Api;

/// <summary>
/// Calls the Web API with the installation's token, once. What was sent is never sent again but in one case:
/// Slack refused the token, so that it surely did nothing, and there is another one.
/// </summary>
internal sealed class SlackApi(SlackWire wire, Installations installations, Throttles throttles, IOptions<SlackOptions> options, TimeProvider clock, ILogger<SlackApi> log)
{
    /// <summary>The one method that the app calls for itself, with its own token.</summary>
    /// <remarks>https://docs.slack.dev/reference/methods/apps.connections.open</remarks>
    public const string OpenSocket = "apps.connections.open";

    static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);
    const int MostTold = 1000;

    readonly ConcurrentDictionary<(string Installation, string Error, string Detail), bool> told = new();

    /// <inheritdoc cref="CallSlack"/>
    public async Task<SlackAnswer> CallAsync(SlackCall call, CancellationToken ct)
    {
        if (throttles.LeftOf(call.Installation, call.Method) is { } left)
            return new SlackAnswer.Throttled(left);
        var answer = call.Method == OpenSocket ? await AskAsync(call, options.Value.AppToken.Trim(), Limit, ct)
            : call.Installation.Length == 0 ? await AskAsync(call, null, Limit, ct)
            : await WithTokenAsync(call, clock.GetTimestamp(), ct);
        Note(call, answer);
        return answer;
    }

    async Task<SlackAnswer> WithTokenAsync(SlackCall call, long started, CancellationToken ct)
    {
        var token = await TokenAsync(installations.TokenAsync(call.Installation, ct), started, ct);
        // Another token, at most once.
        for (var mayReplace = true; ; mayReplace = false)
        {
            if (token is not TokenAnswer.Have { Value: var value })
                return Instead(token);
            var answer = await AskAsync(call, value, Left(started), ct);
            if (answer is not SlackAnswer.Refused { Kind: Refusal.Token } refused)
            {
                if (answer is SlackAnswer.Ok)
                    installations.Works(call.Installation);
                return answer;
            }
            if (!mayReplace)
            {
                installations.Dies(call.Installation, value, refused.Error);
                return answer;
            }
            token = await TokenAsync(installations.InsteadOfAsync(call.Installation, value, refused.Error, ct), started, ct);
        }
    }

    async Task<SlackAnswer> AskAsync(SlackCall call, string? token, TimeSpan within, CancellationToken ct) =>
        within > TimeSpan.Zero ? (await wire.AskAsync(call.Method, token, call.Arguments, within, ct)).Answer : new SlackAnswer.NotReached("the token came too late");

    async Task<TokenAnswer> TokenAsync(ValueTask<TokenAnswer> asking, long started, CancellationToken ct)
    {
        try
        {
            return asking.IsCompletedSuccessfully ? asking.Result : await asking.AsTask().WaitAsync(Left(started), clock, ct);
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

    static SlackAnswer Instead(TokenAnswer none) => none switch
    {
        TokenAnswer.Dead dead => new SlackAnswer.Refused(dead.Error, Refusal.Token),
        TokenAnswer.Later later => new SlackAnswer.NotReached(later.Because),
        _ => new SlackAnswer.Refused("not_installed", Refusal.Token),
    };

    TimeSpan Left(long started) => Limit - clock.GetElapsedTime(started) is var left && left > TimeSpan.Zero ? left : TimeSpan.Zero;

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
            // Told by the wire, once.
            case SlackAnswer.Lost when SlackWire.ChangesNothing.Contains(call.Method):
                break;
            case SlackAnswer.Lost lost:
                log.Lost(call.Method, call.Installation, lost.Because);
                break;
            // An administrator is told once. A bound, since the words come from outside.
            case SlackAnswer.Refused { Kind: Refusal.Rights } refused:
                if (told.Count < MostTold && told.TryAdd((call.Installation, refused.Error, refused.Detail), true))
                    log.NotAllowed(call.Method, call.Installation, refused.Error, refused.Detail);
                break;
            case SlackAnswer.Refused { Kind: Refusal.Content } refused:
                log.BadContent(call.Method, call.Installation, refused.Error, refused.Detail);
                break;
            // Who speaks of dead tokens is the room of installations.
            case SlackAnswer.Refused { Kind: not Refusal.Token } refused:
                log.Refused(call.Method, call.Installation, refused.Error);
                break;
        }
    }
}
