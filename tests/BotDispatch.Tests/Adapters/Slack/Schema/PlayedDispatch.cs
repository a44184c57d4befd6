using System.Collections.Immutable;
using BotDispatch.Chat;
using BotDispatch.Core;
using BotDispatch.Ports;

namespace BotDispatch.Tests.Adapters.Slack.Schema;

/// <summary>A dispatch that is decided by the product while a telephone does what a test says, with each reply that its thread gets.</summary>
internal sealed class PlayedDispatch
{
    readonly List<(DateTimeOffset At, ThreadUpdate Update)> replies = [];
    DispatchState state = DispatchState.Initial;
    AttemptId current;
    long seq = 1;

    public PlayedDispatch(DispatchPlan plan, DateTimeOffset begin, params ImmutableArray<Mirror> mirrors)
    {
        Now = begin;
        Hears(new DispatchInput.Start(plan, mirrors));
    }

    public DateTimeOffset Now { get; private set; }

    public DispatchCard Card => CardIn(0);

    public IReadOnlyList<(DateTimeOffset At, ThreadUpdate Update)> Replies => replies;

    /// <summary>As the mirror of that number shows it; 0 is where it was begun.</summary>
    public DispatchCard CardIn(int thread) => DispatchCard.Of(state, thread);

    /// <summary>The wanted call is placed, and comes so far.</summary>
    public PlayedDispatch Takes(int seconds, params LegStatus[] statuses)
    {
        current = Agenda.CallToPlace(state)!.Value;
        Hears(new DispatchInput.BeginCall(current, new(TimeSpan.FromSeconds(60), TimeSpan.FromSeconds(120))));
        Hears(new DispatchInput.CallPlaced(current, "conversation"));
        return After(seconds, statuses);
    }

    /// <summary>Time passes, what was due comes true, and the phone does something.</summary>
    public PlayedDispatch After(int seconds, params LegStatus[] statuses)
    {
        Now = Now.AddSeconds(seconds);
        while (Agenda.Deadline(state) is { } deadline && deadline <= Now)
            Hears(new DispatchInput.DeadlinePassed(deadline));
        foreach (var status in statuses)
            Hears(new DispatchInput.LegProgressed(current, new(status, "leg")));
        return this;
    }

    /// <summary>After so many seconds, keys.</summary>
    public PlayedDispatch Presses(int seconds, string tones)
    {
        After(seconds);
        Hears(new DispatchInput.KeysPressed(current, tones));
        return this;
    }

    void Hears(DispatchInput input)
    {
        var decision = Decider.Decide(state, input, Now);
        decision.Because.ShouldBeNull($"{input} at {Now:T}");
        state = decision.State;
        if (UpdateLines.Of(state, seq, decision.Events) is { } update)
            replies.Add((Now, update));
        seq += decision.Events.Length;
    }
}
