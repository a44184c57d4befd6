using BotDispatch.Core;
using BotDispatch.Ports;
using BotDispatch.Voice.Speech;

namespace BotDispatch.Voice.Routee;

/// <summary>
/// Speaks into live calls and ends them. A call changes while we ask, so a refusal usually means that it is further than we knew. For a
/// call that we have not seen begin, a refusal may mean that the call is still queued: such a call can be neither rejected nor hung up, and
/// rings later.
/// </summary>
internal sealed class LiveCalls(RouteeApi api, Speaker speaker, ILogger<LiveCalls> log)
{
    // Routee queues calls for fractions of a second. We retry until the end of the call is known, or until its longest possible duration
    // has passed.
    static readonly TimeSpan AskAgain = TimeSpan.FromSeconds(1);

    public async Task<EndedLeg> EndAsync(LegToEnd end, DispatchState state, CancellationToken ct)
    {
        if (end.Leg.MessageId is not { } messageId)
            return new EndedLeg.Done();
        var attempt = end.Leg.Attempt;
        var result = end.By switch
        {
            EndLegBy.Rejecting => await EitherAsync(messageId, "reject", "hangup", ct),
            EndLegBy.HangingUp => await EitherAsync(messageId, "hangup", "reject", ct),
            _ => await TalkAsync(messageId, BeforeHangingUp(state, attempt), state.Plan.Roster[attempt.Callee].Language, ct),
        };
        switch (result)
        {
            case RouteeResult.Answer { IsRefusal: true } refused
                when end is { By: not EndLegBy.Telling, Leg.Status: LegStatus.None or LegStatus.Queued }:
                const string NotBegun = "Routee has not begun the call yet, or it is over";
                log.LegNotEnded(attempt, end.By, $"Routee answered {(int)refused.Status}: {NotBegun}");
                return new EndedLeg.TryLater(NotBegun, AskAgain);
            case RouteeResult.Answer { IsGood: true } or RouteeResult.Answer { IsRefusal: true }:
                log.LegEnded(attempt, end.By, (int)((RouteeResult.Answer)result).Status);
                return new EndedLeg.Done();
            default:
                var (because, after) = Trouble(result);
                log.LegNotEnded(attempt, end.By, because);
                return new EndedLeg.TryLater(because, after);
        }
    }

    /// <summary>Speaks <paramref name="text"/> to the person on the line.</summary>
    public Task<RouteeResult> TalkAsync(string messageId, string text, string language, CancellationToken ct) =>
        api.AskAsync(HttpMethod.Post, $"voice/conversation/{messageId}/talk", new Talk(text, language), RouteeJson.Wire.Talk, ct);

    string BeforeHangingUp(DispatchState state, AttemptId attempt) =>
        speaker.AnswerText(SpokenAnswer.BeforeHangingUp(state, attempt), state.Plan.Ticket, state.Plan.Roster[attempt.Callee].Language);

    // Routee rejects only ringing calls and hangs up only answered ones. If one action does not fit, the other may.
    async Task<RouteeResult> EitherAsync(string messageId, string action, string other, CancellationToken ct)
    {
        var result = await ActAsync(messageId, action, ct);
        return result is RouteeResult.Answer { IsRefusal: true } ? await ActAsync(messageId, other, ct) : result;
    }

    Task<RouteeResult> ActAsync(string messageId, string action, CancellationToken ct) =>
        api.AskAsync(HttpMethod.Put, $"voice/conversation/{messageId}", new CallAction(action), RouteeJson.Wire.CallAction, ct);

    static (string Because, TimeSpan After) Trouble(RouteeResult result) => result switch
    {
        RouteeResult.Answer answer => ($"Routee answered {(int)answer.Status}", TimeSpan.FromSeconds(2)),
        RouteeResult.NotSent { Reason: LineDownReason.BadCredentials } unsent => (unsent.Because, TimeSpan.FromSeconds(30)),
        RouteeResult.NotSent unsent => (unsent.Because, TimeSpan.FromSeconds(5)),
        RouteeResult.Lost lost => (lost.Because, TimeSpan.FromSeconds(2)),
        _ => ("no answer", TimeSpan.FromSeconds(5)),
    };
}
