using BotDispatch.Simulator.Calls;
using BotDispatch.Simulator.Wire;

namespace BotDispatch.Simulator;

/// <summary>A pretend phone. It follows its person's script and can also be operated by hand.</summary>
public sealed class Phone
{
    readonly Exchange exchange;
    CallFlow? flow;
    PersonScript? script;
    PhoneState state;
    DateTimeOffset? since;
    Verb.Say? speaking;
    bool listening;
    long speechId;
    string? lastEnded;

    internal Phone(Exchange exchange, string number) => (this.exchange, Number) = (exchange, number);

    /// <summary>E.164 with a plus sign, or the address that a call named.</summary>
    public string Number { get; }

    /// <summary>The person's habit. A new habit also applies to a phone that is ringing.</summary>
    public PersonScript Script
    {
        get => script ?? exchange.Options.DefaultScript;
        set => exchange.Timeline.Do(() =>
        {
            script = value;
            if (state == PhoneState.Ringing) flow?.React();
            exchange.PhoneChanged(this);
        });
    }

    /// <summary>What the phone does at this moment.</summary>
    public PhoneSnapshot Snapshot =>
        exchange.Timeline.Do(() => new PhoneSnapshot(Number, state, Script.Name, speaking?.Text, speaking?.Language,
        speaking?.Gender, speechId, listening, flow?.Call.MessageId, since, lastEnded));

    internal bool IsInUse => flow is not null;

    internal bool IsForgettable => flow is null && script is null;

    /// <summary>Answers the ringing phone.</summary>
    public Task AnswerAsync() => ActAsync(PhoneState.Ringing, call => call.Answer(machine: false));

    /// <summary>Presses the keys one after the other.</summary>
    public async Task PressAsync(string keys)
    {
        if (keys.FirstOrDefault(key => !IsKey(key)) is var bad && bad != default)
            throw new ArgumentException($"A phone has no key '{bad}'.", nameof(keys));
        foreach (var key in keys)
            await ActAsync(PhoneState.Talking, call => call.Press(key));
    }

    /// <summary>Hangs up.</summary>
    public Task HangUpAsync() => ActAsync(PhoneState.Talking, call => call.Finish(Status.Completed));

    /// <summary>Declines the ringing call.</summary>
    public Task DeclineAsync() => ActAsync(PhoneState.Ringing, call => call.Decline());

    internal static bool IsKey(char key) => char.IsAsciiDigit(key) || key is '*' or '#' or >= 'A' and <= 'D';

    internal void Ring(CallFlow caller)
    {
        flow = caller;
        Turn(PhoneState.Ringing);
    }

    internal void Talk() => Turn(PhoneState.Talking);

    internal void Speak(Verb.Say? words, bool listens)
    {
        if (words is not null) speechId++;
        speaking = words;
        Listen(listens);
    }

    internal void Listen(bool listens)
    {
        listening = listens;
        exchange.PhoneChanged(this);
    }

    internal void Free(CallFlow caller, string ended)
    {
        // The line was busy with another call, and that call goes on.
        if (flow is not null && flow != caller) return;
        (flow, speaking, listening, lastEnded) = (null, null, false, ended);
        Turn(PhoneState.Idle);
    }

    internal void Declined()
    {
        lastEnded = nameof(Declined);
        exchange.PhoneChanged(this);
    }

    internal void Reset()
    {
        (flow, speaking, listening, lastEnded, script) = (null, null, false, null, null);
        Turn(PhoneState.Idle);
    }

    void Turn(PhoneState to)
    {
        (state, since) = (to, exchange.Timeline.Now);
        exchange.PhoneChanged(this);
    }

    // Without a pump nobody else plays what is due, so this action waits for everything that it caused.
    async Task ActAsync(PhoneState needed, Action<CallFlow> act)
    {
        var timeline = exchange.Timeline;
        if (!timeline.Live) await timeline.RunDueAsync(CancellationToken.None);
        timeline.Do(() =>
        {
            if (state != needed || flow is null) throw new InvalidOperationException($"The phone {Number} is {state}, not {needed}.");
            act(flow);
        });
        if (!timeline.Live) await timeline.RunDueAsync(CancellationToken.None);
    }
}
