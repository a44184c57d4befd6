using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using BotDispatch.Core;
using BotDispatch.Voice.Speech;
using Microsoft.Extensions.Options;

namespace BotDispatch.Voice.Routee;

/// <summary>
/// Makes the plan of a call and the plans that answer keys. No plan is ever empty, because after an empty answer Routee goes on with the
/// old plan and would ask for a key again after somebody accepted.
/// </summary>
internal sealed class DialPlans(Speaker speaker, CallbackAddresses addresses, IOptions<RouteeOptions> options)
{
    // Every tone of the call is collected, wrong ones too, because the first valid key decides and not the first key.
    const int MaxDigits = 30;

    const int OneMomentWait = 10;

    // The pauses in Routee's own article.
    const int SourceFirstPause = 3, SourcePauseBeforeOptions = 4, SourceLastPause = 6;

    // They name the ticket, so each ticket has its own.
    static readonly ImmutableArray<SpokenAnswer> ClosingsOfTicket = [new SpokenAnswer.YouHaveIt(), new SpokenAnswer.YouHaveItChanged()];

    /// <summary>Closings that say nothing of the ticket, so the longest of them is as long for every ticket.</summary>
    public static readonly ImmutableArray<SpokenAnswer> ClosingsOfAnyTicket =
    [
        new SpokenAnswer.YouRejected(), new SpokenAnswer.YouRejectedBefore(), new SpokenAnswer.AlreadyTaken(new string('n', 60)),
        new SpokenAnswer.WasCancelled(), new SpokenAnswer.IsOver(), new SpokenAnswer.TooManyWrongKeys(),
        new SpokenAnswer.GoesOnWithoutYou(), new SpokenAnswer.NotNeeded(),
    ];

    // A ticket never changes, and changed text makes a new one, so what is spoken is computed once. The plan would not do as the key: a
    // list's own policy makes a new one for each call.
    readonly ConditionalWeakTable<Ticket, ConcurrentDictionary<SpeechKey, TicketSpeech>> speeches = [];

    // By language: how long the longest closing of any ticket lasts.
    readonly ConcurrentDictionary<string, TimeSpan> longestClosing = new(StringComparer.Ordinal);

    bool IsSource => options.Value.DialPlan is DialPlanKind.Source;

    /// <summary>Returns the plan that runs when the call of <paramref name="attempt"/> is answered.</summary>
    public DialPlan ForCall(DispatchPlan plan, AttemptId attempt)
    {
        var language = plan.Roster[attempt.Callee].Language;
        var question = SpeechOf(plan, language).Question;
        return IsSource
            ? new([.. question, new Verb.Collect(addresses.Keys(attempt, language))])
            : new([Collect(attempt, language), .. question]);
    }

    /// <summary>Returns the plan that answers pressed keys.</summary>
    public DialPlan Answering(SpokenAnswer answer, DispatchPlan plan, AttemptId attempt)
    {
        var language = plan.Roster[attempt.Callee].Language;
        var text = speaker.AnswerText(answer, plan.Ticket, language);
        return answer is SpokenAnswer.AskAgain or SpokenAnswer.Nothing
            ? new([Collect(attempt, language), .. Asking(language, text, plan.Policy.Plays, Seconds(plan.Policy.AnswerWindow))])
            : new([Say(text, language, bargeIn: false)]);
    }

    /// <summary>Returns a plan that asks the question again. It is true in every state of the dispatch.</summary>
    public DialPlan Question(AttemptId attempt, string language) =>
        new([Collect(attempt, language), .. Asking(language, "", 1, OneMomentWait)]);

    /// <summary>Returns a plan that says "one moment" after a key. The real answer is spoken into its silence.</summary>
    public DialPlan OneMoment(AttemptId attempt, string language) =>
        new([Collect(attempt, language), .. OneMomentVerbs(language)]);

    /// <summary>Returns a plan for a dispatch that we no longer know.</summary>
    public static DialPlan Over(string language) => new([Say(Prompts.For(language).Over, language, bargeIn: false)]);

    /// <summary>Returns how long a call to this callee lasts.</summary>
    public CallLength LengthOf(DispatchPlan dispatch, Callee callee) => SpeechOf(dispatch, callee.Language).Length;

    TicketSpeech SpeechOf(DispatchPlan plan, string language)
    {
        var known = speeches.GetOrCreateValue(plan.Ticket);
        var policy = plan.Policy;
        var key = new SpeechKey(language, plan.Note, policy.Plays, policy.AnswerWindow, policy.WrongKeysPerCall);
        return known.TryGetValue(key, out var before) ? before : known.GetOrAdd(key, MakeSpeech(plan, language));
    }

    TicketSpeech MakeSpeech(DispatchPlan plan, string language)
    {
        var ticket = speaker.TicketText(plan.Ticket, plan.Note, language);
        var question = IsSource ? Source(plan.Policy, language, ticket) : Responsive(plan.Policy, language, ticket);
        return new(question, Length(plan.Ticket, plan.Policy, language, question));
    }

    CallLength Length(Ticket ticket, EscalationPolicy policy, string language, ImmutableArray<Verb> question)
    {
        var full = Time(question);
        var again = speaker.AnswerText(new SpokenAnswer.AskAgain(), ticket, language);
        var repetitions = policy.WrongKeysPerCall * Time(Asking(language, again, policy.Plays, Seconds(policy.AnswerWindow)));
        var moment = Time(OneMomentVerbs(language));
        var ofTicket = TimeToClose(ClosingsOfTicket, ticket, language);
        if (!longestClosing.TryGetValue(language, out var closing))
            closing = longestClosing.GetOrAdd(language, TimeToClose(ClosingsOfAnyTicket, ticket, language));
        if (ofTicket > closing)
            closing = ofTicket;
        // Routee ends the call at this length. The margin keeps a slow voice from losing its last words.
        return new(full, ((full + repetitions + moment + closing) * 1.3) + TimeSpan.FromSeconds(10));
    }

    TimeSpan TimeToClose(ImmutableArray<SpokenAnswer> answers, Ticket ticket, string language) =>
        answers.Max(answer => speaker.TimeToSay(speaker.AnswerText(answer, ticket, language)));

    /// <summary>What decides, besides the ticket and the settings, what is spoken.</summary>
    readonly record struct SpeechKey(string Language, string? Note, int Plays, TimeSpan AnswerWindow, int WrongKeys);

    /// <summary>
    /// What a callee hears about a ticket, and how long a call with it lasts. The verbs are those of a call but for the one with the
    /// address that receives keys, because each call has its own.
    /// </summary>
    sealed record TicketSpeech(ImmutableArray<Verb> Question, CallLength Length);

    ImmutableArray<Verb> Responsive(EscalationPolicy policy, string language, string ticket)
    {
        // People say hello first, and some press a key before the first word was spoken.
        List<Verb> verbs = [Wait(1)];
        for (var play = 0; play < Math.Max(1, policy.Plays); play++)
            verbs.AddRange(Say(ticket, language), Say(Prompts.For(language).Options, language), Wait(Seconds(policy.AnswerWindow)));
        verbs.Add(Say(Prompts.For(language).NoAnswer, language, bargeIn: false));
        return [.. verbs];
    }

    // This is the order of verbs in Routee's article: only the options are repeated, and a key pressed in a pause is reported at the next
    // barge-in or at the end. ForCall adds Collect at the end.
    static ImmutableArray<Verb> Source(EscalationPolicy policy, string language, string ticket)
    {
        var question = Say(Prompts.For(language).Options, language);
        List<Verb> verbs = [new Verb.Pause(SourceFirstPause), Say(ticket, language, bargeIn: false),
            new Verb.Pause(SourcePauseBeforeOptions), question];
        for (var replay = 1; replay < policy.Plays; replay++)
            verbs.AddRange(new Verb.Pause(Seconds(policy.AnswerWindow)), question);
        verbs.Add(new Verb.Pause(SourceLastPause));
        return [.. verbs];
    }

    ImmutableArray<Verb> Asking(string language, string before, int plays, int window)
    {
        List<Verb> verbs = [];
        if (before.Length > 0)
            verbs.Add(Say(before, language));
        for (var play = 0; play < Math.Max(1, plays); play++)
            verbs.AddRange(Say(Prompts.For(language).Options, language), Wait(window));
        verbs.Add(Say(Prompts.For(language).NoAnswer, language, bargeIn: false));
        return [.. verbs];
    }

    ImmutableArray<Verb> OneMomentVerbs(string language) =>
        [Say(Prompts.For(language).OneMoment, language, bargeIn: false), Wait(OneMomentWait)];

    Verb.Collect Collect(AttemptId attempt, string language) => new(addresses.Keys(attempt, language), MaxDigits, SubmitOnHash: false);

    // A key pressed during a pause waits for the next verb that accepts keys. Played silence accepts keys itself.
    Verb Wait(int seconds) =>
        IsSource ? new Verb.Pause(seconds) : new Verb.Play(addresses.Silence(seconds), BargeIn: true, TimeSpan.FromSeconds(seconds));

    static Verb.Say Say(string text, string language, bool bargeIn = true) => new(new(text, language), bargeIn);

    static int Seconds(TimeSpan window) => Math.Clamp((int)Math.Ceiling(window.TotalSeconds), 1, Silence.LongestSeconds);

    TimeSpan Time(ImmutableArray<Verb> verbs) => verbs.Aggregate(TimeSpan.Zero, (sum, verb) => sum + verb switch
    {
        Verb.Say say => speaker.TimeToSay(say.Message.Text),
        Verb.Play play => play.Length,
        Verb.Pause pause => TimeSpan.FromSeconds(pause.Duration),
        _ => TimeSpan.Zero,
    });
}
