using BotDispatch.Core;
using static BotDispatch.Core.DispatchEvent;

namespace BotDispatch.Chat;

/// <summary>One event among those of a reply, with the state after all of them. It knows how things were when the event happened.</summary>
internal readonly record struct EventContext(DispatchState State, IReadOnlyList<DispatchEvent> Events, int Index)
{
    public DispatchEvent Event => Events[Index];

    /// <summary>The next event; null for the last one.</summary>
    public DispatchEvent? Next => Index + 1 < Events.Count ? Events[Index + 1] : null;

    public EscalationPolicy Policy => State.Policy;

    /// <summary>Returns a callee's name for use in a sentence.</summary>
    public string Name(int callee) => State.Plan.Roster[callee].Name.Isolated();

    public string Name(AttemptId attempt) => Name(attempt.Callee);

    public Leg? Leg(AttemptId attempt) => State.Leg(attempt);

    /// <summary>Returns which attempt a call is. The state does not keep withdrawn calls.</summary>
    public string Attempt(AttemptId attempt) =>
        State.Leg(attempt) is { } leg ? Words.Attempt(leg, State.PolicyOf(leg)) : $"attempt {attempt.Number}";

    /// <summary>
    /// Returns why it is this callee's turn, with their place on the list by which they are called; null if there is no list, or if that
    /// was said before.
    /// </summary>
    public string? Pick(CallBegun begun)
    {
        if (State.Plan.Lists.IsEmpty || begun is not { Round: 1, InRound: 1 } || State.Leg(begun.Attempt) is not { } leg)
            return null;
        var people = State.Plan.Lists[leg.List].People;
        var place = people.ToList().FindIndex(each => each.Callee == begun.Attempt.Callee);
        return place < 0 ? null : Words.OfPick(place + 1, begun.Why, people[place].Reason);
    }

    /// <summary>Returns whether the telephone line was known to be down.</summary>
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

    /// <summary>Returns whether it turned out later that this call was not made.</summary>
    public bool IsWithdrawn(AttemptId attempt) =>
        Events.Skip(Index + 1).Any(later => later is CallWithdrawn withdrawn && withdrawn.Attempt == attempt);

    /// <summary>Returns the call that succeeded when the line worked again. It was not announced while the line was down.</summary>
    public AttemptId? CallThatRestored() => Index == 0 ? null : Events[Index - 1] switch
    {
        CallPlaced placed => placed.Attempt,
        LegMoved { Report.Status: < LegStatus.Completed } moved => moved.Attempt,
        _ => null,
    };

    /// <summary>Returns whether the dispatch was closed before this event.</summary>
    public bool WasClosed() => State.IsClosed && !Events.Skip(Index + 1).Any(IsClosing);

    /// <summary>Returns whether key 1 in this call closed the dispatch.</summary>
    public bool IsAcceptedBy(AttemptId attempt) =>
        Events.Skip(Index + 1).Any(later => later is Accepted accepted && accepted.Attempt == attempt);

    /// <summary>Returns the name of a place that shows the dispatch.</summary>
    public string Place(int thread) =>
        thread == 0 ? Words.OfChat(State.Plan.Channel.Platform) : PlainWords.OneLine(State.Mirrors[thread - 1].Name).Isolated();

    /// <summary>Returns the name of a place that shows the dispatch.</summary>
    public string Place(ChatChannel channel) => Place(State.ThreadIn(channel)!.Value);

    /// <summary>Returns all places that show the dispatch from the start. The last of them has just been added.</summary>
    public string PlacesAtStart()
    {
        var mirrors = Events.Take(Index + 1).OfType<MirrorAdded>().Select(added => PlainWords.OneLine(added.Mirror.Name).Isolated())
            .ToList();
        return $"{string.Join(", ", mirrors.SkipLast(1).Prepend(Words.OfChat(State.Plan.Channel.Platform)))} and {mirrors[^1]}";
    }

    /// <summary>Returns who asked to show the dispatch there.</summary>
    public string WhoWants(int thread) => (thread == 0 ? State.Plan.AskedBy : State.Mirrors[thread - 1].By).Name;

    /// <summary>Returns whether this callee has the job.</summary>
    public bool HasJob(int callee) => State.Resolution switch
    {
        Resolution.Accepted accepted => accepted.Attempt.Callee == callee,
        Resolution.Taken taken => taken.Callee == callee,
        _ => false,
    };

    /// <summary>Returns whether the deciding key was reported only after its call.</summary>
    public bool KeyCameLate(AttemptId attempt) =>
        Events.Take(Index).Any(earlier => earlier is KeyRecorded { AfterCall: true, Key: Key.Accept } key && key.Attempt == attempt);

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

    /// <summary>
    /// Returns whether a key had already answered the call when this event happened. Then its outcome is known, however the call ends.
    /// </summary>
    public bool HadAnswer(AttemptId attempt) =>
        State.Leg(attempt)?.FirstKey is not null
        && !Events.Skip(Index + 1).Any(later => later is KeyRecorded { Key: not Key.Wrong } key && key.Attempt == attempt);

    static bool IsClosing(DispatchEvent happened) => happened is Accepted or Taken or Cancelled or CalledOff or Exhausted;
}
