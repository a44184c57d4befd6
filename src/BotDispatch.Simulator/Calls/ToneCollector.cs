using BotDispatch.Simulator.Wire;

namespace BotDispatch.Simulator.Calls;

/// <summary>
/// Collects the tones of a call and sends them at three moments: at #, at a key while the plan listens, and at the end of the call.
/// </summary>
internal sealed class ToneCollector(Exchange exchange, CallFlow flow)
{
    int countedFrom;
    bool hashPressed;

    public Verb.Collect? Collect { get; private set; }

    string Counted => flow.Call.Tones[countedFrom..];

    public void Declare(Plan plan) => Collect = plan.Collect;

    public void OnPlanChange(Plan plan)
    {
        if (plan.Collect is not null || exchange.Switches.PlanWithoutCollect == PlanWithoutCollect.LaterKeysIgnored) Collect = plan.Collect;
        if (exchange.Switches.TonesAfterPlanChange == TonesAfterPlanChange.StartAtZero) countedFrom = flow.Call.Tones.Length;
    }

    public void OnKey(char key)
    {
        var hash = key == '#';
        if (Collect is not null && !hash) flow.Call.Tone(key, exchange.Timeline.Now);
        hashPressed |= hash;

        int? interruption = flow.Player.Listening ? flow.Player.Interrupt() : null;
        if (Collect is not { } collect)
        {
            Resume(interruption);
            return;
        }
        var full = !hash && exchange.Switches.MaxDigitsReached == MaxDigitsReached.Post && Counted.Length == collect.MaxDigits;
        if (interruption is not null || full || (hash && collect.SubmitOnHash)) Send(collect, interruption);
    }

    /// <summary>Returns the POST at the end of the call; null if there is none.</summary>
    public Func<DateTimeOffset, Task>? EndOfCall()
    {
        if (Collect is not { } collect || flow.Call.AnsweredAt is null) return null;
        var holds = collect.SubmitOnHash && !hashPressed ? exchange.Switches.EndOfCallTonesWithoutHash
            : collect.SubmitOnHash ? EndOfCallTones.Tones
            : exchange.Switches.EndOfCallTones;
        if (holds == EndOfCallTones.NoPost) return null;
        if (exchange.Disorder.LoseKeyPosts is LostKeyPosts.EndOfCall or LostKeyPosts.All)
        {
            flow.Note(CallMomentKind.Note, "the end-of-call POST was lost");
            return null;
        }
        return exchange.Plans.Prepare(flow.Call, DeliveryKind.Keys, collect.EventUrl, holds == EndOfCallTones.Empty ? "" : Counted,
            _ => { });
    }

    void Send(Verb.Collect collect, int? interruption)
    {
        if (exchange.Disorder.LoseKeyPosts is LostKeyPosts.DuringCall or LostKeyPosts.All)
        {
            flow.Note(CallMomentKind.Note, $"the POST of '{Counted}' was lost");
            Resume(interruption);
            return;
        }
        exchange.Plans.Ask(flow.Call, DeliveryKind.Keys, collect.EventUrl, Counted, plan =>
        {
            if (plan is not null) flow.Change(plan);
            else if (exchange.Switches.BadPlanAnswer == BadPlanAnswer.CallDropped) flow.Finish(Status.Completed);
            else Resume(interruption);
        });
    }

    void Resume(int? interruption)
    {
        if (interruption is { } since) flow.Player.Resume(since);
    }
}
