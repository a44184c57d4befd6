using BotDispatch.Simulator.Time;
using BotDispatch.Simulator.Wire;

namespace BotDispatch.Simulator.Calls;

/// <summary>Runs one call from its order to its final status.</summary>
internal sealed class CallFlow
{
    readonly Exchange exchange;
    readonly Person person;
    Planned? givesUp, longest, talkEnds;
    DateTimeOffset? talkUntil;

    public CallFlow(Exchange exchange, Call call, Phone phone)
    {
        (this.exchange, Call, Phone) = (exchange, call, phone);
        person = new Person(exchange.Timeline, this);
        Player = new PlanPlayer(exchange, this);
        Tones = new ToneCollector(exchange, this);
    }

    public Call Call { get; }
    public Phone Phone { get; }
    public PlanPlayer Player { get; }
    public ToneCollector Tones { get; }

    DateTimeOffset Now => exchange.Timeline.Now;

    public Func<DateTimeOffset, Task>? Place()
    {
        foreach (var warning in Call.Order.Warnings) Note(CallMomentKind.Warning, warning);
        Call.Become(Status.Queued, Now);
        var first = exchange.Webhooks.Prepare(Call);
        if (exchange.Disorder.WebhookBeforeAnswer)
        {
            if (first is null) return Initiate();
            exchange.Timeline.After(exchange.Options.StatusDelays.Initiated, () => Deliver(Initiate()));
            return first;
        }
        Deliver(first);
        exchange.Timeline.After(exchange.Options.StatusDelays.Initiated, () => Deliver(Initiate()));
        return null;
    }

    Func<DateTimeOffset, Task>? Initiate()
    {
        if (Call.IsOver) return null;
        if (exchange.OutOfBalance)
        {
            Finish(Status.Unsent);
            return null;
        }
        Call.Become(Status.Initiated, Now);
        exchange.Timeline.After(exchange.Options.StatusDelays.Ringing, ReachPhone);
        return exchange.Webhooks.Prepare(Call);
    }

    void ReachPhone()
    {
        if (Call.Status != Status.Initiated) return;
        var behaviour = Phone.Script.Behaviour;
        if (behaviour.Reaction == Reaction.CarrierError) LoseCarrier(behaviour);
        else if (behaviour.Reaction == Reaction.Busy || Phone.IsInUse) Finish(Status.Busy);
        else
        {
            Call.Become(Status.Ringing, Now);
            Deliver(exchange.Webhooks.Prepare(Call));
            Phone.Ring(this);
            givesUp = exchange.Timeline.After(Call.Order.HangupDelay ?? exchange.Options.RingsUntil, () => Finish(Status.NoAnswer));
            person.React(behaviour);
        }
    }

    void LoseCarrier(Behaviour behaviour)
    {
        var final = exchange.Switches.UnknownStatus == UnknownStatus.Final;
        Call.Become(Status.Unknown, Now, over: final);
        Deliver(exchange.Webhooks.Prepare(Call));
        exchange.Forget(this);
        if (!final && behaviour.ThenFinal is { } status) exchange.Timeline.After(behaviour.After, () => Finish(status));
    }

    public void React() => person.React(Phone.Script.Behaviour);

    public void Answer(bool machine)
    {
        if (Call.Status != Status.Ringing) return;
        givesUp?.Cancel();
        person.StopReacting();
        Call.Answered(machine ? "MACHINE" : "HUMAN", Now);
        Call.Become(Status.InProgress, Now);
        Deliver(exchange.Webhooks.Prepare(Call));
        Phone.Talk();
        if (Call.Order.MaxDuration is { } most) longest = exchange.Timeline.After(most, () => Finish(Status.Completed));
        if (machine && Call.Order.Machine is { } detection)
            exchange.Timeline.After(exchange.Options.MachineDetectionTakes, () => OnMachine(detection));
        person.Answered(Phone.Script.Behaviour, Call.Order.Plan);
        if (Call.Order.Plan is { } plan) Begin(plan);
        else exchange.Plans.Ask(Call, DeliveryKind.DialPlan, Call.Order.PlanUrl!, OnFirstPlan);
    }

    void OnFirstPlan(Plan? plan)
    {
        // Routee drops an inbound connection whose dial plan is invalid. We assume the same for outbound calls.
        if (plan is null) Finish(Status.Completed);
        else Begin(plan);
    }

    void Begin(Plan plan)
    {
        Tones.Declare(plan);
        Player.Adopt(plan);
    }

    void OnMachine(MachineDetection detection)
    {
        if (Call.Status != Status.InProgress) return;
        if (detection.EventUrl is { } url) exchange.Plans.Ask(Call, DeliveryKind.Machine, url, Change);
        else Finish(Status.Completed);
    }

    /// <summary>Replaces the rest of the current plan with the plan from an answer.</summary>
    public void Change(Plan? plan)
    {
        if (plan is null) return;
        Note(CallMomentKind.PlanChanged, string.Join(", ", plan.Verbs.Select(verb => verb.GetType().Name.ToUpperInvariant())));
        Tones.OnPlanChange(plan);
        Player.Adopt(plan);
    }

    public void Spoke(Verb.Say say, bool listening)
    {
        Note(CallMomentKind.Spoke, say.Text);
        if (talkUntil is null) Phone.Speak(say, listening);
        person.CountUtterance();
    }

    public void Quiet(bool listening)
    {
        if (talkUntil is null) Phone.Speak(null, listening);
        else Phone.Listen(listening);
    }

    /// <summary>Speaks into the live call, over the running verb.</summary>
    public void Talk(Verb.Say say)
    {
        talkEnds?.Cancel();
        talkUntil = Now + Player.LengthOf(say);
        Note(CallMomentKind.Spoke, say.Text);
        Phone.Speak(say, Player.Listening);
        talkEnds = exchange.Timeline.At(talkUntil.Value, StopTalking);
    }

    public void StopTalking()
    {
        if (talkUntil is null || Call.IsOver) return;
        talkEnds?.Cancel();
        talkUntil = null;
        Phone.Speak(null, Player.Listening);
    }

    public void Press(char key)
    {
        if (Call.Status != Status.InProgress) return;
        Note(CallMomentKind.Key, key.ToString());
        Tones.OnKey(key);
    }

    public void Finish(string status)
    {
        if (Call.IsOver) return;
        Call.Become(status, Now, over: true);
        Abandon();
        exchange.Forget(this);
        Phone.Free(this, status);
        var webhook = exchange.Webhooks.Prepare(Call);
        if (Tones.EndOfCall() is { } keys) Deliver(Ordered(keys, webhook ?? (_ => Task.CompletedTask)));
        else Deliver(webhook);
    }

    /// <summary>The person declines on the handset; the caller sees NoAnswer.</summary>
    public void Decline()
    {
        Finish(Status.NoAnswer);
        Phone.Declined();
    }

    /// <summary>Cancels everything planned for this call, and reports nothing.</summary>
    public void Abandon()
    {
        givesUp?.Cancel();
        longest?.Cancel();
        talkEnds?.Cancel();
        person.Leave();
        Player.Stop();
    }

    public void Note(CallMomentKind kind, string text) => Call.Note(Now, kind, text);

    Func<DateTimeOffset, Task> Ordered(Func<DateTimeOffset, Task> keys, Func<DateTimeOffset, Task> webhook) =>
        exchange.Switches.EndOfCallOrder switch
        {
            EndOfCallOrder.SameMoment => at => Task.WhenAll(keys(at), webhook(at)),
            EndOfCallOrder.AfterFinalStatus => async at => { await webhook(at); await keys(at); }
            ,
            _ => async at => { await keys(at); await webhook(at); }
            ,
        };

    void Deliver(Func<DateTimeOffset, Task>? webhook)
    {
        if (webhook is not null) exchange.Timeline.Deliver(webhook);
    }
}
