using static BotDispatch.Core.Tests.Cast;

namespace BotDispatch.Core.Tests;

/// <summary>A situation that stands for a phase.</summary>
sealed record Situation(string Phase, string Words, Play Play);

/// <summary>Something that can arrive, in words.</summary>
sealed record Arrival(string Words, Func<Play, DispatchInput> Input);

/// <summary>One or more situations for every phase, and every kind of input that can arrive in them.</summary>
static class Situations
{
    static readonly EscalationPolicy OneRound = new() { AttemptsPerEmployee = 1, Rounds = 1 };
    static readonly LineStatus Busy = new(PassedOverReason.OnThePhone, Noon + Minutes(2));

    /// <summary>The first one of each phase stands for it in the table; the others are for the arrows.</summary>
    public static IEnumerable<Situation> All()
    {
        yield return new("Placing", "a call is wanted", Play.With(Ann, Bob));
        yield return new("Calling", "a phone rings or is off the hook", Play.With(Ann, Bob).Begins(Ann));
        yield return new("Settling", "a call has ended without a key", Play.With(Ann, Bob).Dials(Ann).PicksUp().HangsUp());
        yield return new("AwaitingRecords", "a call has ended, and the records do not say whether a key was pressed", WithoutRecords(Play.With(Ann, Bob).Dials(Ann).PicksUp().HangsUp()));
        yield return new("RetryPause", "the same person is called again soon", Play.With(Ann, Bob).Dials(Ann).RingsOut());
        yield return new("RoundPause", "the next round begins soon", Play.With(Ann, Bob).LosesEveryAttempt(Ann).LosesEveryAttempt(Bob));
        yield return new("AwaitingPerson", "only busy people remain", Play.With(Ann).Dials(Ann).RingsOut().Waits(Seconds(20)).Begins(Ann, Busy));
        yield return new("LineDown", "nobody can be phoned", LineDown(Play.With(Ann, Bob).Dials(Ann).RingsOut().Waits(Seconds(20))));
        yield return new("Closed", "it is over", Play.With(Ann, Bob).Dials(Ann).PicksUp().HangsUp().Gets(new DispatchInput.Take(Boss, Ann.Id)));

        foreach (var roster in new Callee[][] { [Ann], [Ann, Bob] })
            foreach (var policy in new EscalationPolicy[] { new() { AttemptsPerEmployee = 1 }, new() { AttemptsPerEmployee = 2 }, new() { GiveUpAfter = Seconds(61) } })
            {
                Play Begun() => Play.With(policy, roster).Begins(Ann);
                Play Late() => Play.With(policy, roster).Dials(Ann).PicksUp().Waits(Seconds(60)).HangsUp();
                yield return new("Placing", "", Play.With(policy, roster));
                yield return new("Calling", "", Begun());
                yield return new("Calling", "", Begun().PicksUp());
                yield return new("Calling", "", Begun().PicksUp().Waits(Seconds(62)));
                yield return new("Settling", "", Late());
                yield return new("AwaitingRecords", "", WithoutRecords(Late()));
                yield return new("", "", WithoutRecords(Begun().PicksUp().Says(LegStatus.Terminated)));
                yield return new("", "", Late().Waits(Seconds(14)).LooksUp(LegStatus.Completed));
                yield return new("", "", Begun().PicksUp().Says(LegStatus.Terminated).Waits(Seconds(14)).LooksUp(LegStatus.Terminated));
                yield return new("", "", Begun().Gets(new DispatchInput.CallUnsure(Call(0, 1))).LooksUp(null).Waits(Seconds(15)));
                yield return new("", "", Begun().Says(LegStatus.Ringing).Gets(new DispatchInput.Restarted()).LooksUp(null).Waits(Seconds(15)));
                yield return new("", "", Begun().PicksUp().Says(LegStatus.Terminated));
                yield return new("", "", Late().WaitsForItsDeadline());
                yield return new("", "", Begun().Says(LegStatus.Busy));
                yield return new("", "", Begun().Says(LegStatus.Busy).WaitsForItsDeadline());
                yield return new("", "", Begun().Gets(new DispatchInput.Skip(Boss, 0, 1)));
                yield return new("", "", Begun().PicksUp().Presses("2"));
                yield return new("", "", Begun().Rejects());
                yield return new("", "", Play.With(policy, roster).Begins(Ann, Busy));
                yield return new("", "", Play.With(policy, roster).Begins(Ann, new(PassedOverReason.HasAccepted)));
                yield return new("", "", Play.With(policy, roster).Begins(Ann, new(PassedOverReason.OffDuty)));
                yield return new("", "", LineDown(Play.With(policy, roster)));
                yield return new("", "", LineDown(Play.With(policy, roster)).Gets(new DispatchInput.Skip(Boss, 0, 1)));
            }

        foreach (var lists in new PlannedList[][] { [ListOf("first", OneRound, 0), ListOf("second", OneRound, 1)], [ListOf("first", OneRound, 0, 1), ListOf("second", new(), 1, 0)] })
        {
            Play Listed() => new(Plan(OneRound, Ann, Bob) with { Lists = [.. lists] });
            yield return new("", "", Listed());
            yield return new("", "", Listed().Dials(Ann));
            yield return new("", "", Listed().Dials(Ann).Says(LegStatus.Busy));
            yield return new("", "", Listed().Dials(Ann).Rejects());
            yield return new("", "", Listed().Begins(Ann, new(PassedOverReason.OffDuty, Noon + TimeSpan.FromHours(3), "Away")));
        }
        var again = new EscalationPolicy { AttemptsPerEmployee = 1, GiveUpAfter = Seconds(61), RoundPause = Minutes(3), RetryPause = Minutes(3), LineDownPause = Minutes(3) };
        Play Twice() => new Play(Plan(again, Ann, Bob) with { Lists = [ListOf("first", again, 0, 1), ListOf("second", again, 0)] }).Dials(Ann).Says(LegStatus.Busy);
        yield return new("", "", Twice());
        yield return new("", "", Twice().Dials(Bob));
        yield return new("", "", Twice().Dials(Bob).Says(LegStatus.Busy));
        yield return new("", "", Twice().Begins(Bob, new(PassedOverReason.OnThePhone, Noon + Minutes(2))));
        yield return new("", "", Twice().Begins(Bob).Gets(new DispatchInput.CallNotPlaced(Call(1, 1), new NotPlaced.LineIsDown(LineDownReason.Unreachable))));
        yield return new("", "", Twice().Dials(Bob).PicksUp().Waits(Seconds(62)).HangsUp());
        var soon = new EscalationPolicy { GiveUpAfter = Seconds(61), LineDownPause = Minutes(3) };
        yield return new("", "", new Play(Plan(soon, Ann, Bob) with { Lists = [ListOf("first", soon, 0, 1), ListOf("second", soon, 0)] })
            .Begins(Ann, Busy).Begins(Bob).Gets(new DispatchInput.CallNotPlaced(Call(1, 1), new NotPlaced.LineIsDown(LineDownReason.Unreachable))));
        yield return new("", "", Play.With(Ann, Bob).Begins(Ann, Busy).Begins(Bob, new(PassedOverReason.HasAccepted)));
        yield return new("", "", Play.With(Ann, Bob).Begins(Ann, Busy).Begins(Bob, new(PassedOverReason.OnThePhone, Noon + Minutes(1))));
        yield return new("", "", Play.With(Ann, Bob).Begins(Ann, Busy).Dials(Bob).Says(LegStatus.Busy));
        yield return new("", "", Play.With(Ann, Bob).Begins(Ann, Busy).Dials(Bob).PicksUp().HangsUp());
        yield return new("", "", Play.With(Ann, Bob).Begins(Ann, Busy));
        yield return new("", "", Play.With(Ann, Bob).Begins(Ann, new(PassedOverReason.OffDuty, Noon + TimeSpan.FromHours(1), "Off shift")).Begins(Bob, new(PassedOverReason.OffDuty, Noon + TimeSpan.FromHours(3), "Away")));
        yield return new("", "", Play.With(new EscalationPolicy { AttemptsPerEmployee = 1 }, Ann, Bob).Begins(Ann, Busy).Dials(Bob).PicksUp().HangsUp());
        yield return new("", "", LineDown(Play.With(Ann).Dials(Ann).RingsOut().Waits(Seconds(20))));
        yield return new("", "", Play.With(Ann).LosesEveryAttempt(Ann));
        yield return new("", "", WithoutRecords(Play.With(new EscalationPolicy { AttemptsPerEmployee = 1 }, Ann, Bob).Begins(Ann, Busy).Dials(Bob).PicksUp().HangsUp()));
        yield return new("", "", Play.With(new EscalationPolicy { AttemptsPerEmployee = 1 }, Ann, Bob).Begins(Ann, Busy).Dials(Bob).PicksUp().HangsUp().Waits(Seconds(14)).LooksUp(LegStatus.Completed));
        yield return new("", "", Play.With(Ann, Bob).Begins(Ann, new(PassedOverReason.HasAccepted)).Begins(Bob, Busy));
        yield return new("", "", Play.With(new EscalationPolicy { AttemptsPerEmployee = 1 }, Ann, Bob).Begins(Ann, Busy).Dials(Bob));
        yield return new("", "", Play.With(Ann).Dials(Ann).RingsOut().Waits(Seconds(20)).Dials(Ann).Says(LegStatus.Unsent));
        yield return new("", "", Play.With(Ann).Begins(Ann, new(PassedOverReason.HasAccepted)).Gets(new DispatchInput.Skip(Boss, 0, 1)));
    }

    public static IEnumerable<Arrival> Arrivals()
    {
        yield return new("Start", play => new DispatchInput.Start(play.State.Plan));
        yield return new("BeginCall, free", play => Begin(play, LineStatus.Free));
        yield return new("BeginCall, busy", play => Begin(play, new(PassedOverReason.HasAccepted)));
        yield return new("BeginCall, off duty", play => Begin(play, new(PassedOverReason.OffDuty)));
        yield return new("BeginCall, off duty until a moment", play => Begin(play, new(PassedOverReason.OffDuty, Noon + TimeSpan.FromHours(1), "Off shift")));
        yield return new("LineFailed", play => new DispatchInput.LineFailed(Agenda.CallToPlace(play.State) ?? Attempt(play), LineDownReason.Unreachable));
        yield return new("CallUnsure", play => new DispatchInput.CallUnsure(Attempt(play)));
        yield return new("CallPlaced", play => new DispatchInput.CallPlaced(Attempt(play), "conversation"));
        yield return new("CallNotPlaced, line down", play => new DispatchInput.CallNotPlaced(Attempt(play), new NotPlaced.LineIsDown(LineDownReason.Unreachable)));
        yield return new("CallNotPlaced, bad number", play => new DispatchInput.CallNotPlaced(Attempt(play), new NotPlaced.NumberIsBad()));
        yield return new("CallNotPlaced, not sent", play => new DispatchInput.CallNotPlaced(Attempt(play), new NotPlaced.NotSent()));
        yield return new("CallNotPlaced, refused", play => new DispatchInput.CallNotPlaced(Attempt(play), new NotPlaced.Refused("no")));
        foreach (var status in Enum.GetValues<LegStatus>().Where(status => status is > LegStatus.Initiated and < LegStatus.Lost))
            yield return new($"LegProgressed, {status}", play => new DispatchInput.LegProgressed(Attempt(play), new LegReport(status)));
        yield return new("KeysPressed, 1", play => new DispatchInput.KeysPressed(Attempt(play), "1"));
        yield return new("KeysPressed, 2", play => new DispatchInput.KeysPressed(Attempt(play), "2"));
        yield return new("KeysPressed, another", play => new DispatchInput.KeysPressed(Attempt(play), "9"));
        yield return new("LookedUp, ended", play => new DispatchInput.LookedUp(Attempt(play), LegStatus.Completed));
        yield return new("LookedUp, no such call", play => new DispatchInput.LookedUp(Attempt(play), null));
        yield return new("Restarted", _ => new DispatchInput.Restarted());
        yield return new("LegInformed", play => new DispatchInput.LegInformed(Attempt(play)));
        yield return new("LegCut", play => new DispatchInput.LegCut(Attempt(play)));
        yield return new("LineFreed", play => new DispatchInput.LineFreed(Ann.Phone));
        yield return new("DeadlinePassed", play => new DispatchInput.DeadlinePassed(Agenda.Deadline(play.State) ?? play.Now));
        yield return new("Cancel", _ => new DispatchInput.Cancel(Boss));
        yield return new("Skip", play => new DispatchInput.Skip(Boss, play.State.Turn, play.State.Round));
        yield return new("Take", _ => new DispatchInput.Take(Boss, Outsider));
        yield return new("MarkDone", _ => new DispatchInput.MarkDone(Boss));
        yield return new("NoLongerNeeded", _ => new DispatchInput.NoLongerNeeded("the ticket was closed in Desk by Eve"));
        yield return new("NoLongerNeeded, not over", _ => new DispatchInput.NoLongerNeeded("the ticket was given to Eve in Desk", IsOver: false));
        yield return new("EditTicket", play => new DispatchInput.EditTicket(play.State.Plan.Ticket with { Title = "Another title" }, "Desk"));
        yield return new("ReportTicket", _ => new DispatchInput.ReportTicket("status", "Desk kept its status."));
        yield return new("AddMirror", _ => new DispatchInput.AddMirror(MirrorIn("ops")));
        yield return new("GiveUpThread", _ => new DispatchInput.GiveUpThread(0, GivenUpBecause.Refused, "gone"));
    }

    /// <summary>A phase as the page names it: the two pauses have one each.</summary>
    public static string NameOf(Phase phase) => phase switch
    {
        Phase.Pausing(_, null) => "RoundPause",
        Phase.Pausing => "RetryPause",
        _ => phase.GetType().Name,
    };

    static AttemptId Attempt(Play play) => play.State.Legs is [.., var last] ? last.Attempt : Call(0, 1);

    static DispatchInput.BeginCall Begin(Play play, LineStatus line) => new(Agenda.CallToPlace(play.State) ?? Attempt(play), Length, line);

    static Play WithoutRecords(Play play) => play.LosesTheRecords().WaitsForItsDeadline();

    static Play LineDown(Play play) => play.Begins(Ann).Gets(new DispatchInput.CallNotPlaced(play.Current, new NotPlaced.LineIsDown(LineDownReason.Unreachable)));
}
