using System.Diagnostics;
using static BotDispatch.Core.DispatchEvent;
using static BotDispatch.Core.DispatchInput;

namespace BotDispatch.Core;

/// <summary>
/// Every rule of the product: what follows from one input in one state at one moment.
/// Pure: what cannot be done is ignored for a reason, never an exception, since late and repeated inputs are normal life.
/// </summary>
public static class Decider
{
    /// <summary>How long the closing words after a valid key can take.</summary>
    static readonly TimeSpan Goodbye = TimeSpan.FromSeconds(20);

    /// <summary>How soon a leg that was hung up or rejected has surely ended.</summary>
    static readonly TimeSpan CutMargin = TimeSpan.FromSeconds(15);

    /// <summary>One dispatch is shown in so many places besides the one where it was begun.</summary>
    public const int MostMirrors = 5;

    /// <summary>What follows from <paramref name="input"/> at <paramref name="now"/>.</summary>
    public static Decision Decide(DispatchState state, DispatchInput input, DateTimeOffset now)
    {
        var story = new Story(state, now);
        return input switch
        {
            Start start => OnStart(story, start),
            BeginCall begin => Ordering.OnBeginCall(story, begin),
            LineFailed failed => Ordering.OnLineFailed(story, failed),
            DispatchInput.CallUnsure unsure => Ordering.OnCallUnsure(story, unsure),
            DispatchInput.CallPlaced placed => Ordering.OnCallPlaced(story, placed),
            CallNotPlaced not => Ordering.OnCallNotPlaced(story, not),
            LegProgressed leg => OnLegProgressed(story, leg),
            KeysPressed keys => OnKeysPressed(story, keys),
            LookedUp lookedUp => Lookups.OnLookedUp(story, lookedUp),
            Restarted => Lookups.OnRestarted(story),
            DispatchInput.LegTold told => OnLegTold(story, told),
            DispatchInput.LegCut cut => OnLegCut(story, cut),
            LineFreed line => OnLineFreed(story, line),
            DeadlinePassed deadline => OnDeadlinePassed(story, deadline),
            Cancel cancel => OnCancel(story, cancel),
            Skip skip => OnSkip(story, skip),
            Take take => OnTake(story, take),
            MarkDone done => OnMarkDone(story, done),
            AddMirror add => OnAddMirror(story, add),
            GiveUpThread give => OnGiveUpThread(story, give),
            _ => throw new UnreachableException(input.GetType().Name),
        };
    }

    static Decision OnStart(Story story, Start start)
    {
        if (story.State.Phase is not Phase.NotStarted)
            return story.Ignored("it has already started");
        story.Add(new Started(start.Plan, story.Now + start.Plan.Policy.GiveUpAfter));
        foreach (var mirror in start.Mirrors.IsDefault ? [] : start.Mirrors)
            if (story.State.ThreadIn(mirror.Channel) is null && story.State.Mirrors.Length < MostMirrors)
                story.Add(new MirrorAdded(mirror, AtStart: true));
        return NextStep.GoOn(story);
    }

    static Decision OnLegProgressed(Story story, LegProgressed progressed)
    {
        if (story.State.Leg(progressed.Attempt) is not { } before)
            return story.Ignored("no such call");
        var after = Evolution.Merge(before, progressed.Report, story.Now);
        if (after == before)
            return story.Ignored("nothing new");
        // A status that was known is not told again because something else became known with it.
        story.Add(new LegMoved(progressed.Attempt, after.Status == before.Status ? progressed.Report with { Status = LegStatus.None } : progressed.Report, story.Now));
        // A call that was taken can still lack the balance to be made; one that got to a phone, or to the network's answer, was made.
        if (before.IsLive && progressed.Report.Status is >= LegStatus.Ringing and <= LegStatus.Failed)
            NextStep.LineWorks(story);
        if (!before.IsLive || story.State.Leg(progressed.Attempt)!.IsLive)
            return story.Decided();
        return story.State.Phase is Phase.Calling(var current) && current == progressed.Attempt
            ? NextStep.CallEnded(story, story.State.Leg(current)!)
            : NextStep.LegEnded(story);
    }

    static Decision OnKeysPressed(Story story, KeysPressed pressed)
    {
        if (story.State.Leg(pressed.Attempt) is not { } leg)
            return story.Ignored("no such call");
        if (leg.FirstKey is not null)
            return story.Ignored("this call has already been answered");
        var fresh = Keys.Fresh(leg.Tones, pressed.Tones);
        if (fresh.Length == 0)
            return story.Ignored("no new key");

        var key = Keys.First(fresh);
        var callee = pressed.Attempt.Callee;
        var endsBy = key is Key.Wrong || leg.EndsBy < story.Now + Goodbye ? leg.EndsBy : story.Now + Goodbye;
        var hadRejected = story.State.Callees[callee].Rejected;
        story.Add(new KeyHeard(pressed.Attempt, key, pressed.Tones, AfterCall: !leg.IsLive, endsBy));
        if (story.State.IsClosed || key is Key.Wrong || hadRejected)
            return story.Decided();
        if (key is Key.Accept)
        {
            story.Add(new Accepted(pressed.Attempt, story.Now, story.Now + story.Policy.AcceptedHold));
            return story.Decided();
        }
        return NextStep.GoOnWithout(story, callee);
    }

    static Decision OnLegTold(Story story, DispatchInput.LegTold told)
    {
        if (story.State.Leg(told.Attempt) is not { IsLive: true, ToldAt: null })
            return story.Ignored("no such live call, or already told");
        story.Add(new DispatchEvent.LegTold(told.Attempt, story.Now));
        return story.Decided();
    }

    static Decision OnLegCut(Story story, DispatchInput.LegCut cut)
    {
        if (story.State.Leg(cut.Attempt) is not { IsLive: true, IsCut: false } leg)
            return story.Ignored("no such live call, or already cut");
        var soon = story.Now + CutMargin;
        story.Add(new DispatchEvent.LegCut(cut.Attempt, leg.EndsBy < soon ? leg.EndsBy : soon));
        return story.Decided();
    }

    static Decision OnLineFreed(Story story, LineFreed line)
    {
        if (story.State.IsClosed)
            return story.Ignored("it is closed");
        var freed = false;
        for (var callee = 0; callee < story.State.Callees.Length; callee++)
        {
            if (story.State.Callees[callee].BusyUntil is null || story.State.Plan.Roster[callee].Phone != line.Phone)
                continue;
            story.Add(new PersonFreed(callee));
            freed = true;
        }
        if (!freed)
            return story.Ignored("nobody here waits for that line");
        return story.State.Phase is Phase.AwaitingPerson ? NextStep.GoOn(story) : story.Decided();
    }

    static Decision OnDeadlinePassed(Story story, DeadlinePassed deadline)
    {
        if (Agenda.Deadline(story.State) != deadline.Deadline)
            return story.Ignored("it waits for another moment");
        if (story.Now < deadline.Deadline)
            return story.Ignored("that moment has not come");
        foreach (var leg in story.State.Legs)
            if (leg.IsLive && leg.EndsBy <= story.Now)
                NextStep.StopWaitingForNews(story, leg);
        switch (story.State.Phase)
        {
            case Phase.Settling(var attempt, var until) when until <= story.Now:
                return Lookups.GraceIsOver(story, story.State.Leg(attempt)!);
            case Phase.AwaitingRecords(var attempt, _, var until) when until <= story.Now:
                return NextStep.SettledWithoutRecords(story, story.State.Leg(attempt)!);
            case Phase.Pausing(var until, _) when until <= story.Now:
            case Phase.AwaitingPerson(var free) when free <= story.Now:
            case Phase.LineDown(_, var again) when again <= story.Now:
                return NextStep.GoOn(story);
            case Phase.Placing or Phase.Pausing or Phase.AwaitingPerson or Phase.LineDown when story.Now >= story.State.GiveUpAt && !story.State.HasLiveLeg:
                return NextStep.GoOn(story);
            default:
                return story.Decided();
        }
    }

    static Decision OnCancel(Story story, Cancel cancel)
    {
        if (story.State.Phase is Phase.NotStarted or Phase.Closed)
            return story.Ignored("it is not open");
        story.Add(new Cancelled(cancel.By, story.Now));
        return story.Decided();
    }

    static Decision OnSkip(Story story, Skip skip)
    {
        var state = story.State;
        if (state.Phase is Phase.NotStarted or Phase.Closed)
            return story.Ignored("it is not open");
        if (state.Round != skip.Round || !NextStep.IsTheirTurn(state, skip.Callee))
            return story.Ignored("it is not their turn any more");
        story.Add(new Skipped(skip.Callee, skip.By));
        return state.Phase is Phase.LineDown ? story.Decided() : NextStep.GoOn(story);
    }

    static Decision OnTake(Story story, Take take)
    {
        if (story.State.Phase is Phase.NotStarted or Phase.Closed)
            return story.Ignored("it is not open");
        var callee = story.State.Plan.Roster.ToList().FindIndex(each => each.Id == take.Employee);
        story.Add(new Taken(take.By, take.Employee, callee, story.Now, story.Now + story.Policy.AcceptedHold, callee >= 0 ? story.State.Plan.Roster[callee].Phone : take.Phone));
        return story.Decided();
    }

    static Decision OnMarkDone(Story story, MarkDone done)
    {
        if (story.State.Resolution is not (Resolution.Accepted { IsDone: false } or Resolution.Taken { IsDone: false }))
            return story.Ignored("nobody has it, or it is done");
        story.Add(new MarkedDone(done.By, story.Now));
        return story.Decided();
    }

    static Decision OnAddMirror(Story story, AddMirror add)
    {
        var state = story.State;
        if (state.Phase is Phase.NotStarted or Phase.Closed)
            return story.Ignored("it is not open");
        var thread = state.ThreadIn(add.Mirror.Channel);
        if (thread is { } shown && !state.GivenUpThreads.Contains(shown))
            return story.Ignored("it is shown there already");
        if (thread is null && state.Mirrors.Length >= MostMirrors)
            return story.Ignored("it is shown in as many places as it can be");
        story.Add(new MirrorAdded(add.Mirror, AtStart: false));
        return story.Decided();
    }

    // Also of a closed one: its other places say so.
    static Decision OnGiveUpThread(Story story, GiveUpThread give)
    {
        var state = story.State;
        if (state.Phase is Phase.NotStarted || give.Thread < 0 || give.Thread > state.Mirrors.Length || state.GivenUpThreads.Contains(give.Thread))
            return story.Ignored("it is not shown there");
        story.Add(new ThreadGivenUp(give.Thread, give.Because, give.Detail));
        return story.Decided();
    }
}
