using BotDispatch.Simulator.Wire;

namespace BotDispatch.Simulator.Calls;

/// <summary>Gathers the tones of a call and knows the three moments they are sent: #, a key while listening, the end.</summary>
internal sealed class ToneCollector(Exchange exchange, CallFlow flow)
{
    int countedFrom, interruptions;
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

        var interrupts = flow.Player.Listening;
        if (interrupts) flow.Player.Interrupt();
        if (Collect is not { } collect)
        {
            if (interrupts) flow.Player.Next();
            return;
        }
        var full = !hash && exchange.Switches.MaxDigitsReached == MaxDigitsReached.Post && Counted.Length == collect.MaxDigits;
        if (interrupts || full || (hash && collect.SubmitOnHash)) Send(collect, interrupts);
    }

    /// <summary>The end-of-call POST, or null when there is none.</summary>
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
        return exchange.Plans.Prepare(flow.Call, DeliveryKind.Keys, collect.EventUrl, holds == EndOfCallTones.Empty ? "" : Counted, _ => { });
    }

    void Send(Verb.Collect collect, bool interrupted)
    {
        var waitsFor = interrupted ? ++interruptions : 0;
        if (exchange.Disorder.LoseKeyPosts is LostKeyPosts.DuringCall or LostKeyPosts.All)
        {
            flow.Note(CallMomentKind.Note, $"the POST of '{Counted}' was lost");
            if (interrupted) flow.Player.Next();
            return;
        }
        exchange.Plans.Ask(flow.Call, DeliveryKind.Keys, collect.EventUrl, Counted, OnAnswer);

        void OnAnswer(Plan? plan)
        {
            if (plan is not null)
            {
                interruptions++;
                flow.Change(plan);
            }
            else if (exchange.Switches.BadPlanAnswer == BadPlanAnswer.CallDropped) flow.Finish(Status.Completed);
            // Only the interruption that stopped the plan may set it going again.
            else if (interrupted && waitsFor == interruptions) flow.Player.Next();
        }
    }
}
