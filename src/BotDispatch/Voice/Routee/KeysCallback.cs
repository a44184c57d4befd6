using BotDispatch.Core;
using BotDispatch.Dispatching;
using BotDispatch.Voice.Speech;

namespace BotDispatch.Voice.Routee;

/// <summary>
/// Answers pressed keys with a plan that says what they caused, before Routee's time limit. "Accepted" is spoken only to the person who has
/// the job.
/// </summary>
internal sealed class KeysCallback(IDispatchInputs inputs, DialPlans plans, LiveCalls calls, Speaker speaker, TimeProvider clock,
    ILogger<KeysCallback> log)
{
    /// <summary>Routee waits 3 s. The rest of that time is for the network.</summary>
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(2.2);

    /// <summary>
    /// How long to wait before we speak into the call: by then Routee speaks "one moment", and its plan can no longer interrupt our words.
    /// </summary>
    public static readonly TimeSpan BeforeTalking = TimeSpan.FromSeconds(2);

    readonly CallbackDeadline deadline = new(Limit, clock);

    public async Task<DialPlan> AnswerAsync(AttemptId attempt, KeysReport report, string language)
    {
        log.KeysReported(attempt, report.Tones.Length);
        var applying = ApplyAsync(attempt, report);
        await deadline.WaitAsync(applying);
        if (!applying.IsCompleted)
        {
            if (report.Tones.Length == 0)
                return plans.Question(attempt, language);
            log.AnswerIsLate(attempt);
            _ = TalkLaterAsync(applying, attempt, report, language);
            return plans.OneMoment(attempt, language);
        }
        return await applying switch
        {
            Outcome.Committed { State: var state } => plans.Answering(SpokenAnswer.ToKeys(state, attempt), state.Plan, attempt),
            Outcome.Unknown => DialPlans.Over(language),
            _ => plans.Question(attempt, language),
        };
    }

    // The request's cancellation is not passed on, because a pressed key counts even if Routee hangs up.
    async Task<Outcome> ApplyAsync(AttemptId attempt, KeysReport report)
    {
        try
        {
            var pressed = new DispatchInput.KeysPressed(attempt, report.Tones);
            var applied = await inputs.ApplyAsync(attempt.Dispatch, pressed, CancellationToken.None);
            if (applied is not Applied.Decided { Decision.State: var state } || state.Leg(attempt) is not { } leg)
                return new Outcome.Unknown();
            if ((leg.MessageId is null && report.MessageId is not null) || (leg.TrackingId is null && report.TrackingId is not null))
                _ = LearnIdsAsync(attempt, report);
            return new Outcome.Committed(state);
        }
        // A person is on the line. Whatever fails, they must get an answer, and the answer must be true.
        catch (Exception broken)
        {
            log.KeysNotDecided(attempt, broken);
            return new Outcome.Broken();
        }
    }

    async Task LearnIdsAsync(AttemptId attempt, KeysReport report)
    {
        try
        {
            var ids = new LegReport(LegStatus.None, report.MessageId, report.TrackingId);
            await inputs.ApplyAsync(attempt.Dispatch, new DispatchInput.LegProgressed(attempt, ids), CancellationToken.None);
        }
        catch (Exception broken)
        {
            log.ReportLost(attempt, broken);
        }
    }

    async Task TalkLaterAsync(Task<Outcome> applying, AttemptId attempt, KeysReport report, string language)
    {
        await Task.Delay(BeforeTalking, clock);
        var outcome = await applying;
        var text = outcome switch
        {
            Outcome.Committed { State: var state } => Words(SpokenAnswer.ToKeys(state, attempt), state, attempt),
            Outcome.Unknown => Prompts.For(language).Over,
            _ => Prompts.For(language).Options,
        };
        var messageId = report.MessageId ?? (outcome as Outcome.Committed)?.State.Leg(attempt)?.MessageId;
        if (messageId is null)
        {
            log.LateAnswerNotSpoken(attempt, "its leg is not known");
            return;
        }
        if (await calls.TalkAsync(messageId, text, language, CancellationToken.None) is not RouteeResult.Answer { IsGood: true })
            log.LateAnswerNotSpoken(attempt, "Routee did not take it");
    }

    string Words(SpokenAnswer answer, DispatchState state, AttemptId attempt)
    {
        var language = state.Plan.Roster[attempt.Callee].Language;
        var text = speaker.AnswerText(answer, state.Plan.Ticket, language);
        return answer is SpokenAnswer.AskAgain or SpokenAnswer.Nothing ? $"{text} {Prompts.For(language).Options}".Trim() : text;
    }

    abstract record Outcome
    {
        private Outcome() { }

        public sealed record Committed(DispatchState State) : Outcome;

        public sealed record Unknown : Outcome;

        public sealed record Broken : Outcome;
    }
}
