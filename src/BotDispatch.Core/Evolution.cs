using System.Diagnostics;
using static BotDispatch.Core.DispatchEvent;

namespace BotDispatch.Core;

/// <summary>Draws the state from the events: one row for each event, and no rules.</summary>
public static class Evolution
{
    /// <summary>Returns the state after the event <paramref name="happened"/>.</summary>
    public static DispatchState Evolve(DispatchState state, DispatchEvent happened) => happened switch
    {
        Started e => DispatchState.Initial with
        {
            Plan = e.Plan,
            Phase = new Phase.Pausing(DateTimeOffset.MinValue, null),
            Round = 1,
            GiveUpAt = e.GiveUpAt,
            Turn = FirstOf(e.Plan, 0),
            Callees = [.. e.Plan.Roster.Select((_, callee) => new CalleeProgress(IsUnlisted: !IsListed(e.Plan, 0, callee)))],
        },
        CallWanted e => state with { Turn = e.Attempt.Callee, Phase = new Phase.Placing(e.Attempt) },
        CallBegun e => (state with { Phase = new Phase.Calling(e.Attempt), Legs = state.Legs.Add(NewLeg(e, state.List)) })
            .WithCallee(e.Attempt.Callee, Free),
        CallPlaced e => state.WithLeg(e.Attempt, e, static (leg, e) => WithNews(leg) with { TrackingId = e.TrackingId }),
        CallUnsure e => state.WithLeg(e.Attempt, e, static (leg, e) => leg with { UnsureSince = e.At }),
        CallWithdrawn e => Withdrawn(state, e.Attempt),
        LegMoved { Report.Status: LegStatus.None or LegStatus.Lost } e =>
            state.WithLeg(e.Attempt, e, static (leg, e) => Merge(leg, e.Report, e.At)).NotingEnd(e.Attempt),
        LegMoved e => state.WithLeg(e.Attempt, e, static (leg, e) => WithNews(Merge(leg, e.Report, e.At))).NotingEnd(e.Attempt),
        KeyRecorded e => WithKey(state, e),
        SettlingBegan e =>
            (state with { Phase = new Phase.Settling(e.Attempt, e.Until) })
                .WithLeg(e.Attempt, e, static (leg, e) => leg with { SettlingSince = e.At }),
        LookupBegan e => state.WithLeg(e.Attempt, e, static (leg, e) => leg with { LookupSince = e.At, EndsBy = e.EndsBy }),
        RecordsRead e => state.WithLeg(e.Attempt, e, static (leg, e) =>
            leg.IsLive ? WithNews(leg) : leg with { LookupSince = null, RecordsReadAt = e.At }),
        RecordsMissed e => state.WithLeg(e.Attempt, e, static (leg, e) => leg with { MissingSince = e.At }),
        RecordsAwaited e => state with { Phase = new Phase.AwaitingRecords(e.Attempt, e.At, e.Until) },
        AttemptEnded e => Ended(state, e),
        LegInformed e => state.WithLeg(e.Attempt, e, static (leg, e) => leg with { InformedAt = e.At }),
        LegCut e => state.WithLeg(e.Attempt, e, static (leg, e) => leg with { IsCut = true, EndsBy = e.EndsBy }),
        RetryPauseBegan e => state with { Turn = e.Callee, Phase = new Phase.Pausing(e.Until, e.Callee) },
        RoundEnded e => state with
        {
            Round = state.Round + 1,
            Turn = FirstOf(state.Plan, state.List),
            Phase = new Phase.Pausing(e.Until, null),
            Callees = [.. state.Callees.Select(callee => InNextRound(callee))],
        },
        PassedOver { Reason: PassedOverReason.OffDuty, Until: null } e => state.WithCallee(e.Callee, e, static (callee, e) =>
            callee with { TurnOver = true, PassedOver = e.Reason, PassedOverDetail = e.Detail }),
        PassedOver e => state.WithCallee(e.Callee, (e.Reason, e.Detail, Until: e.Until ?? state.GiveUpAt), static (callee, why) =>
            callee with { BusyUntil = why.Until, PassedOver = why.Reason, PassedOverDetail = why.Detail }),
        PersonAwaited e => state with { Phase = new Phase.AwaitingPerson(e.Until) },
        PersonFreed e => state.WithCallee(e.Callee, Free),
        LineWentDown e => state with { TimesLineDown = e.Times, Phase = new Phase.LineDown(e.Reason, e.Until) },
        LineRestored => state with { TimesLineDown = 0 },
        Skipped e => state.WithCallee(e.Callee, static callee => callee with { TurnOver = true })
            .CuttingShort(leg => leg.Attempt.Callee == e.Callee),
        Accepted e => Close(state.WithLeg(e.Attempt, e,
            static (leg, _) => leg with { Outcome = CallOutcome.Accepted, Evidence = Evidence.None }),
            new Resolution.Accepted(e.Attempt), e.At),
        Taken e => Close(state, new Resolution.Taken(e.By, e.Employee, e.Callee), e.At),
        Cancelled e => Close(state, new Resolution.Cancelled(e.By), e.At),
        Exhausted e => Close(state, new Resolution.Exhausted(e.Because), e.At),
        CalledOff e => Close(state, new Resolution.CalledOff(e.Because), e.At),
        MarkedDone or JobEnded => state with { Phase = Done((Phase.Closed)state.Phase) },
        TicketChanged e => (state with { ChangedTicket = e.After, TicketChangedAt = e.At }).WithPlan(state.Plan),
        TicketReported e => state with { TicketReports = state.TicketReports.Add(e.About) },
        MirrorAdded e when state.ThreadIn(e.Mirror.Channel) is { } thread => state with
        {
            Mirrors = thread == 0 ? state.Mirrors : state.Mirrors.SetItem(thread - 1, e.Mirror),
            GivenUpThreads = state.GivenUpThreads.Remove(thread),
        },
        MirrorAdded e => state with { Mirrors = state.Mirrors.Add(e.Mirror) },
        ListEnded e => WithNextList(state, e),
        ThreadGivenUp e => state with { GivenUpThreads = state.GivenUpThreads.Add(e.Thread) },
        _ => throw new UnreachableException(happened.GetType().Name),
    };

    /// <summary>Returns what is known about a call after one more report. Nothing known is lost.</summary>
    public static Leg Merge(Leg leg, LegReport report, DateTimeOffset at)
    {
        // An end is final, with one exception: a call that we gave up as lost may still be reported with its real end.
        var further = leg.IsLive
            ? report.Status > leg.Status
            : leg.Status is LegStatus.Lost && report.Status is >= LegStatus.Completed and < LegStatus.Lost;
        var status = further ? report.Status : leg.Status;
        return leg with
        {
            Status = status,
            MessageId = leg.MessageId ?? report.MessageId,
            TrackingId = leg.TrackingId ?? report.TrackingId,
            AnsweredBy = report.AnsweredBy is AnsweredBy.Unknown ? leg.AnsweredBy : report.AnsweredBy,
            Duration = report.Duration is { Ticks: > 0 } lasted ? lasted : leg.Duration,
            Price = report.Price is > 0 ? report.Price : leg.Price,
            AnsweredAt = leg.AnsweredAt ?? (further && status is LegStatus.InProgress ? at : null),
            EndedAt = leg.EndedAt ?? (status >= LegStatus.Completed ? at : null),
        };
    }

    // This and the next are methods, because in Evolve a lambda that uses the state would make a closure for every event.
    static DispatchState WithNextList(DispatchState state, ListEnded e) => state with
    {
        List = e.List + 1,
        Round = state.Round + 1,
        RoundsBefore = state.Round,
        GiveUpAt = e.GiveUpAt,
        FirstGiveUpAt = state.FirstGiveUpAt ?? state.GiveUpAt,
        Turn = FirstOf(state.Plan, e.List + 1),
        Phase = new Phase.Pausing(DateTimeOffset.MinValue, null),
        Callees = [.. state.Callees.Select((callee, index) => IsListed(state.Plan, e.List + 1, index)
            ? InNextRound(callee) with { IsUnlisted = false }
            : callee with { IsUnlisted = true })],
    };

    static DispatchState Withdrawn(DispatchState state, AttemptId attempt) => state with
    {
        Legs = state.Legs.RemoveAll(leg => leg.Attempt == attempt),
        Phase = NextStep.CallOf(state.Phase) == attempt ? new Phase.Placing(attempt) : state.Phase,
    };

    static bool IsListed(DispatchPlan plan, int list, int callee) =>
        plan.Lists.IsEmpty || plan.Lists[list].People.Any(each => each.Callee == callee);

    static int FirstOf(DispatchPlan plan, int list) =>
        plan.Lists.IsEmpty || plan.Lists[list].People.IsEmpty ? 0 : plan.Lists[list].People[0].Callee;

    static CalleeProgress Free(CalleeProgress callee) =>
        callee with { BusyUntil = null, PassedOver = null, PassedOverDetail = null };

    // Why somebody is off duty stays true in the next round, and they are not asked before it ends.
    static CalleeProgress InNextRound(CalleeProgress callee) => callee with
    {
        UsedThisRound = 0,
        TurnOver = false,
        PassedOver = callee.IsOffDuty ? callee.PassedOver : null,
        PassedOverDetail = callee.IsOffDuty ? callee.PassedOverDetail : null,
    };

    static Leg WithNews(Leg leg) => leg is { UnsureSince: null, LookupSince: null, MissingSince: null } ? leg
        : leg with { UnsureSince = null, LookupSince = null, MissingSince = null };

    static Leg NewLeg(CallBegun e, int list) => new()
    {
        List = list,
        Attempt = e.Attempt,
        Round = e.Round,
        InRound = e.InRound,
        BegunAt = e.At,
        EndsBy = e.EndsBy,
        Length = e.Length,
    };

    static DispatchState WithKey(DispatchState state, KeyRecorded e)
    {
        // In a closed dispatch a key is only recorded with its call.
        var rejects = e.Key is Key.Reject && !state.IsClosed;
        var after = state.WithLeg(e.Attempt, (Event: e, Rejects: rejects), static (leg, news) => leg with
        {
            Tones = news.Event.Tones,
            EndsBy = news.Event.EndsBy,
            FirstKey = news.Event.Key is Key.Wrong ? null : news.Event.Key,
            WrongKeys = leg.WrongKeys + (news.Event.Key is Key.Wrong ? 1 : 0),
            Outcome = news.Rejects ? CallOutcome.Rejected : leg.Outcome,
            Evidence = news.Rejects ? Evidence.None : leg.Evidence,
        });
        return e.Key is Key.Reject
            ? after.WithCallee(e.Attempt.Callee, callee => callee with { Rejected = true })
                .CuttingShort(leg => leg.Attempt.Callee == e.Attempt.Callee)
            : after;
    }

    static DispatchState Ended(DispatchState state, AttemptEnded e)
    {
        var ended = state.WithLeg(e.Attempt, e, static (leg, e) => leg with
        {
            Outcome = e.Outcome,
            Evidence = e.Evidence,
            Status = leg.IsLive ? LegStatus.Failed : leg.Status,
            EndedAt = leg.EndedAt ?? leg.BegunAt,
            GivenUpAt = e.At,
        });
        return ended.WithCallee(e.Attempt.Callee, callee => e.Outcome switch
        {
            CallOutcome.LineDown => callee,
            CallOutcome.BadNumber => callee with { BadNumber = true },
            _ => callee with
            {
                UsedThisRound = callee.UsedThisRound + 1,
                TurnOver = callee.TurnOver || callee.UsedThisRound + 1 >= state.Policy.AttemptsPerEmployee,
                LastCallEnded = e.At ?? ended.Leg(e.Attempt)?.EndedAt ?? callee.LastCallEnded,
            },
        });
    }

    static DispatchState Close(DispatchState state, Resolution resolution, DateTimeOffset at) =>
        (state with { Phase = new Phase.Closed(resolution, at) }).CuttingShort(_ => true);

    static Phase.Closed Done(Phase.Closed closed) => closed with
    {
        Resolution = closed.Resolution switch
        {
            Resolution.Accepted accepted => accepted with { IsDone = true },
            Resolution.Taken taken => taken with { IsDone = true },
            var other => other,
        },
    };

    extension(DispatchState state)
    {
        // Evolve runs for each event: a static lambda that gets the news as an argument needs no closure.
        DispatchState WithLeg<T>(AttemptId attempt, T news, Func<Leg, T, Leg> change)
        {
            for (var i = 0; i < state.Legs.Length; i++)
                if (state.Legs[i].Attempt == attempt)
                    return state with { Legs = state.Legs.SetItem(i, change(state.Legs[i], news)) };
            return state;
        }

        DispatchState WithCallee(int callee, Func<CalleeProgress, CalleeProgress> change) =>
            state with { Callees = state.Callees.SetItem(callee, change(state.Callees[callee])) };

        DispatchState WithCallee<T>(int callee, T news, Func<CalleeProgress, T, CalleeProgress> change) =>
            state with { Callees = state.Callees.SetItem(callee, change(state.Callees[callee], news)) };

        // Reports may arrive after the end of a call. The moment when the last call ended counts, not the moment of the last report.
        DispatchState NotingEnd(AttemptId attempt) => state.Leg(attempt) is { IsLive: false, EndedAt: { } ended }
            ? state.WithCallee(attempt.Callee, callee => callee.LastCallEnded > ended ? callee : callee with { LastCallEnded = ended })
            : state;

        DispatchState CuttingShort(Func<Leg, bool> which) => state with
        {
            Legs = [.. state.Legs.Select(leg => leg.Outcome is null && which(leg) ? leg with { Outcome = CallOutcome.CutShort } : leg)],
        };
    }
}
