using BotDispatch.Core;
using static BotDispatch.Core.DispatchEvent;

namespace BotDispatch.Chat;

/// <summary>One event among those that a reply tells, with the state after all of them: says how things stood when it happened.</summary>
internal readonly record struct EventContext(DispatchState State, IReadOnlyList<DispatchEvent> Events, int Index)
{
    public DispatchEvent Event => Events[Index];

    /// <summary>What happened after it; null for the last.</summary>
    public DispatchEvent? Next => Index + 1 < Events.Count ? Events[Index + 1] : null;

    public EscalationPolicy Policy => State.Plan.Policy;

    /// <summary>Who, for a sentence.</summary>
    public string Name(int callee) => State.Plan.Roster[callee].Name.Isolated();

    public string Name(AttemptId attempt) => Name(attempt.Callee);

    public Leg? Leg(AttemptId attempt) => State.Leg(attempt);

    /// <summary>Which attempt it is; the state forgets those that were withdrawn.</summary>
    public string Attempt(AttemptId attempt) => State.Leg(attempt) is { } leg ? Words.Attempt(leg, Policy) : $"attempt {attempt.Number}";

    /// <summary>Whether the telephone line was known to be down.</summary>
    public bool LineWasDown()
    {
        foreach (var later in Events.Skip(Index + 1))
            switch (later)
            {
                case LineRestored:
                    return true;
                case LineWentDown down:
                    return down.Times > 1;
            }
        return State.TimesLineDown > 0;
    }

    /// <summary>Whether this call turned out not to have been made.</summary>
    public bool IsWithdrawn(AttemptId attempt) => Events.Skip(Index + 1).Any(later => later is CallWithdrawn withdrawn && withdrawn.Attempt == attempt);

    /// <summary>The call that went through when the line worked again. It was not announced while the line was down.</summary>
    public AttemptId? CallThatRestored() => Index == 0 ? null : Events[Index - 1] switch
    {
        CallPlaced placed => placed.Attempt,
        LegMoved { Report.Status: < LegStatus.Completed } moved => moved.Attempt,
        _ => null,
    };

    /// <summary>Whether the dispatch was closed before this event.</summary>
    public bool WasClosed() => State.IsClosed && !Events.Skip(Index + 1).Any(IsClosing);

    /// <summary>Whether this call's key 1 closed the dispatch.</summary>
    public bool IsAcceptedBy(AttemptId attempt) => Events.Skip(Index + 1).Any(later => later is Accepted accepted && accepted.Attempt == attempt);

    /// <summary>How a place in which it is shown is called.</summary>
    public string Place(int thread) => thread == 0 ? Words.OfChat(State.Plan.Channel.Platform) : PlainWords.OneLine(State.Mirrors[thread - 1].Name).Isolated();

    /// <summary>How a place in which it is shown is called.</summary>
    public string Place(ChatChannel channel) => Place(State.ThreadIn(channel)!.Value);

    /// <summary>Every place in which it is shown from the start; the last of them has just been added.</summary>
    public string PlacesAtStart()
    {
        var mirrors = Events.Take(Index + 1).OfType<MirrorAdded>().Select(added => PlainWords.OneLine(added.Mirror.Name).Isolated()).ToList();
        return $"{string.Join(", ", mirrors.SkipLast(1).Prepend(Words.OfChat(State.Plan.Channel.Platform)))} and {mirrors[^1]}";
    }

    /// <summary>Who wants it shown there.</summary>
    public string WhoWants(int thread) => (thread == 0 ? State.Plan.AskedBy : State.Mirrors[thread - 1].By).Name;

    /// <summary>Whether the job is this callee's.</summary>
    public bool HasJob(int callee) => State.Resolution switch
    {
        Resolution.Accepted accepted => accepted.Attempt.Callee == callee,
        Resolution.Taken taken => taken.Callee == callee,
        _ => false,
    };

    /// <summary>Whether the key that decided became known only after its call.</summary>
    public bool KeyCameLate(AttemptId attempt) => Events.Take(Index).Any(earlier => earlier is KeyRecorded { AfterCall: true, Key: Key.Accept } key && key.Attempt == attempt);

    /// <summary>
    /// Whether the dispatch began to wait here until somebody who is off duty is available, and for nobody who is on the phone.
    /// </summary>
    public bool AwaitsDuty()
    {
        var passed = Events.Take(Index).OfType<PassedOver>().GroupBy(each => each.Callee)
            .ToDictionary(each => each.Key, each => (PassedOverReason?)each.Last().Reason);
        var reasons = State.Callees.Select((callee, index) => passed.GetValueOrDefault(index, callee.PassedOver)).ToList();
        return reasons.Contains(PassedOverReason.OffDuty) && !reasons.Contains(PassedOverReason.OnThePhone);
    }

    /// <summary>Whether a key had already answered the call when this event happened: its outcome is known, whatever becomes of the call.</summary>
    public bool HadAnswer(AttemptId attempt) =>
        State.Leg(attempt)?.FirstKey is not null
        && !Events.Skip(Index + 1).Any(later => later is KeyRecorded { Key: not Key.Wrong } key && key.Attempt == attempt);

    static bool IsClosing(DispatchEvent happened) => happened is Accepted or Taken or Cancelled or Exhausted;
}
