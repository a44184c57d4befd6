using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using BotDispatch.Core;
using BotDispatch.Voice.Speech;
using Microsoft.Extensions.Options;

namespace BotDispatch.Voice.Routee;

/// <summary>Makes the plan of a call, and the plans that answer keys. None of them is ever empty: after an empty answer Routee would ask again who has accepted.</summary>
internal sealed class DialPlans(Speaker speaker, CallbackAddresses addresses, IOptions<RouteeOptions> options)
{
    // Every tone of the call is gathered, wrong ones too; the first valid one decides, not the first.
    const int MaxDigits = 30;

    const int OneMomentWait = 10;

    // The article's own pauses.
    const int SourceFirstPause = 3, SourcePauseBeforeOptions = 4, SourceLastPause = 6;

    static readonly SpokenAnswer[] Closings =
    [
        new SpokenAnswer.YouHaveIt(), new SpokenAnswer.YouRejected(), new SpokenAnswer.YouRejectedBefore(), new SpokenAnswer.AlreadyTaken(new string('n', 60)),
        new SpokenAnswer.WasCancelled(), new SpokenAnswer.IsOver(), new SpokenAnswer.TooManyWrongKeys(), new SpokenAnswer.GoesOnWithoutYou(),
    ];

    // A plan never changes, so neither does what is said for it.
    readonly ConditionalWeakTable<DispatchPlan, ConcurrentDictionary<string, Spoken>> spoken = [];

    bool IsSource => options.Value.DialPlan is DialPlanKind.Source;

    /// <summary>What is spoken when <paramref name="attempt"/> is picked up.</summary>
    public DialPlan ForCall(DispatchPlan plan, AttemptId attempt)
    {
        var callee = plan.Roster[attempt.Callee];
        var ticket = SpokenFor(plan, callee.Language).Ticket;
        return IsSource ? Source(plan.Policy, attempt, callee.Language, ticket) : Responsive(plan.Policy, attempt, callee.Language, ticket);
    }

    /// <summary>What is answered to keys.</summary>
    public DialPlan Answering(SpokenAnswer answer, DispatchPlan plan, AttemptId attempt)
    {
        var language = plan.Roster[attempt.Callee].Language;
        var text = speaker.AnswerText(answer, plan.Ticket, language);
        return answer is SpokenAnswer.AskAgain or SpokenAnswer.Nothing
            ? Question(attempt, language, text, plan.Policy.Plays, Seconds(plan.Policy.AnswerWindow))
            : new([Say(text, language, bargeIn: false)]);
    }

    /// <summary>The question again, where nothing else is known to be true.</summary>
    public DialPlan Question(AttemptId attempt, string language) => Question(attempt, language, "", 1, OneMomentWait);

    /// <summary>A key was heard; what follows from it will be spoken into the silence.</summary>
    public DialPlan OneMoment(AttemptId attempt, string language) =>
        new([Collect(attempt, language), Say(Prompts.For(language).OneMoment, language, bargeIn: false), Wait(OneMomentWait)]);

    /// <summary>For a dispatch that is not known any more.</summary>
    public static DialPlan Over(string language) => new([Say(Prompts.For(language).Over, language, bargeIn: false)]);

    /// <summary>How long a call to this callee lasts.</summary>
    public CallLength LengthOf(DispatchPlan dispatch, Callee callee) => SpokenFor(dispatch, callee.Language).Length;

    Spoken SpokenFor(DispatchPlan plan, string language) => spoken.GetOrCreateValue(plan).GetOrAdd(language, _ =>
    {
        var ticket = speaker.TicketText(plan.Ticket, plan.Note, language);
        return new(ticket, Length(plan with { Roster = [plan.Roster[0] with { Language = language }] }, language, ticket));
    });

    CallLength Length(DispatchPlan plan, string language, string ticket)
    {
        var attempt = new AttemptId(plan.Id, 0, 1);
        var full = Time(IsSource ? Source(plan.Policy, attempt, language, ticket) : Responsive(plan.Policy, attempt, language, ticket));
        var repetitions = plan.Policy.WrongKeysPerCall * Time(Answering(new SpokenAnswer.AskAgain(), plan, attempt));
        var moment = Time(OneMoment(attempt, language));
        var closing = Closings.Max(answer => Time(Answering(answer, plan, attempt)));
        // A slow voice must not lose its last words: Routee cuts the call at this length.
        return new(full, ((full + repetitions + moment + closing) * 1.3) + TimeSpan.FromSeconds(10));
    }

    /// <summary>What a callee hears of a ticket, and how long a call with it lasts.</summary>
    sealed record Spoken(string Ticket, CallLength Length);

    DialPlan Responsive(EscalationPolicy policy, AttemptId attempt, string language, string ticket)
    {
        // People say hello first, and some press a key before they have heard a word.
        List<Verb> verbs = [Collect(attempt, language), Wait(1)];
        for (var play = 0; play < Math.Max(1, policy.Plays); play++)
            verbs.AddRange(Say(ticket, language), Say(Prompts.For(language).Options, language), Wait(Seconds(policy.AnswerWindow)));
        verbs.Add(Say(Prompts.For(language).NoAnswer, language, bargeIn: false));
        return new([.. verbs]);
    }

    // Only the options are replayed, and what is pressed in a pause is heard at the next barge-in or at the end: so it stands in the article.
    DialPlan Source(EscalationPolicy policy, AttemptId attempt, string language, string ticket)
    {
        var question = Say(Prompts.For(language).Options, language);
        List<Verb> verbs = [new Verb.Pause(SourceFirstPause), Say(ticket, language, bargeIn: false), new Verb.Pause(SourcePauseBeforeOptions), question];
        for (var replay = 1; replay < policy.Plays; replay++)
            verbs.AddRange(new Verb.Pause(Seconds(policy.AnswerWindow)), question);
        verbs.AddRange(new Verb.Pause(SourceLastPause), new Verb.Collect(addresses.Keys(attempt, language)));
        return new([.. verbs]);
    }

    DialPlan Question(AttemptId attempt, string language, string before, int plays, int window)
    {
        List<Verb> verbs = [Collect(attempt, language)];
        if (before.Length > 0)
            verbs.Add(Say(before, language));
        for (var play = 0; play < Math.Max(1, plays); play++)
            verbs.AddRange(Say(Prompts.For(language).Options, language), Wait(window));
        verbs.Add(Say(Prompts.For(language).NoAnswer, language, bargeIn: false));
        return new([.. verbs]);
    }

    Verb.Collect Collect(AttemptId attempt, string language) => new(addresses.Keys(attempt, language), MaxDigits, SubmitOnHash: false);

    // A key that is pressed in a pause waits for the next verb that hears keys; silence that is played hears it itself.
    Verb Wait(int seconds) =>
        IsSource ? new Verb.Pause(seconds) : new Verb.Play(addresses.Silence(seconds), BargeIn: true, TimeSpan.FromSeconds(seconds));

    static Verb.Say Say(string text, string language, bool bargeIn = true) => new(new(text, language), bargeIn);

    static int Seconds(TimeSpan window) => Math.Clamp((int)Math.Ceiling(window.TotalSeconds), 1, Silence.LongestSeconds);

    TimeSpan Time(DialPlan plan) => plan.Verbs.Aggregate(TimeSpan.Zero, (sum, verb) => sum + verb switch
    {
        Verb.Say say => speaker.TimeToSay(say.Message.Text),
        Verb.Play play => play.Length,
        Verb.Pause pause => TimeSpan.FromSeconds(pause.Duration),
        _ => TimeSpan.Zero,
    });
}
