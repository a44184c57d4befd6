using BotDispatch.Core;
using BotDispatch.Ports;
using BotDispatch.Voice.Speech;

namespace BotDispatch.Voice.Routee;

/// <summary>
/// Speaks into calls that are live, and ends them. A call changes while it is asked about, so a refusal means that it is further than we knew; only of a call that was not seen to begin it may mean
/// that it has not: one that is queued can be neither rejected nor hung up, and rings afterwards.
/// </summary>
internal sealed class LiveCalls(RouteeApi api, Speaker speaker, ILogger<LiveCalls> log)
{
    // Calls are queued for fractions of a second. Tried until its end is known, or the longest that it could last has passed.
    static readonly TimeSpan AskAgain = TimeSpan.FromSeconds(1);

    public async Task<EndedLeg> EndAsync(LegToEnd end, DispatchState state, CancellationToken ct)
    {
        if (end.Leg.MessageId is not { } messageId)
            return new EndedLeg.Done();
        var attempt = end.Leg.Attempt;
        var heard = end.By switch
        {
            EndLegBy.Rejecting => await EitherAsync(messageId, "reject", "hangup", ct),
            EndLegBy.HangingUp => await EitherAsync(messageId, "hangup", "reject", ct),
            _ => await TalkAsync(messageId, BeforeHangingUp(state, attempt), state.Plan.Roster[attempt.Callee].Language, ct),
        };
        switch (heard)
        {
            case RouteeResult.Answer { IsRefusal: true } refused when end is { By: not EndLegBy.Telling, Leg.Status: LegStatus.None or LegStatus.Queued }:
                const string NotBegun = "Routee has not begun the call yet, or it is over";
                log.LegNotEnded(attempt, end.By, $"Routee answered {(int)refused.Status}: {NotBegun}");
                return new EndedLeg.TryLater(NotBegun, AskAgain);
            case RouteeResult.Answer { IsGood: true } or RouteeResult.Answer { IsRefusal: true }:
                log.LegEnded(attempt, end.By, (int)((RouteeResult.Answer)heard).Status);
                return new EndedLeg.Done();
            default:
                var (because, after) = Trouble(heard);
                log.LegNotEnded(attempt, end.By, because);
                return new EndedLeg.TryLater(because, after);
        }
    }

    /// <summary>Says <paramref name="text"/> to whoever is on the line.</summary>
    public Task<RouteeResult> TalkAsync(string messageId, string text, string language, CancellationToken ct) =>
        api.AskAsync(HttpMethod.Post, $"voice/conversation/{messageId}/talk", new Talk(text, language), RouteeJson.Wire.Talk, ct);

    string BeforeHangingUp(DispatchState state, AttemptId attempt) =>
        speaker.AnswerText(SpokenAnswer.BeforeHangingUp(state, attempt), state.Plan.Ticket, state.Plan.Roster[attempt.Callee].Language);

    // Routee rejects only what rings and hangs up only what was answered: what does not fit may fit the other way.
    async Task<RouteeResult> EitherAsync(string messageId, string action, string other, CancellationToken ct)
    {
        var heard = await ActAsync(messageId, action, ct);
        return heard is RouteeResult.Answer { IsRefusal: true } ? await ActAsync(messageId, other, ct) : heard;
    }

    Task<RouteeResult> ActAsync(string messageId, string action, CancellationToken ct) =>
        api.AskAsync(HttpMethod.Put, $"voice/conversation/{messageId}", new CallAction(action), RouteeJson.Wire.CallAction, ct);

    static (string Because, TimeSpan After) Trouble(RouteeResult heard) => heard switch
    {
        RouteeResult.Answer answer => ($"Routee answered {(int)answer.Status}", TimeSpan.FromSeconds(2)),
        RouteeResult.NotSent { Reason: LineDownReason.BadCredentials } not => (not.Because, TimeSpan.FromSeconds(30)),
        RouteeResult.NotSent not => (not.Because, TimeSpan.FromSeconds(5)),
        RouteeResult.Lost lost => (lost.Because, TimeSpan.FromSeconds(2)),
        _ => ("no answer", TimeSpan.FromSeconds(5)),
    };
}
