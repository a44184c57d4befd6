using System.Globalization;

using FsCheck;
using FsCheck.Fluent;

using static BotDispatch.Core.Tests.Cast;

namespace BotDispatch.Core.Tests;

/// <summary>One decision of a history: the state before it, what arrived when, and what was concluded.</summary>
sealed record Step(DispatchState Before, DispatchInput Input, DateTimeOffset Now, Decision Decision)
{
    public DispatchState After => Decision.State;
}

/// <summary>Four numbers that become an input once the state is known: so a shorter history is still a history.</summary>
sealed record Move(int Kind, int Who, int What, int Wait);

/// <summary>A random history: a roster, a policy and whatever arrives, twice, late, out of order.</summary>
sealed record History(int People, int Policy, int Lists, IReadOnlyList<Move> Moves)
{
    const int KindsOfMoves = 38;

    static readonly string[] Tones = ["", "9", "2", "99", "92", "9", "1", "29", "921", "3"];
    static readonly double[] Waits = [0, 0, 0, 0.5, 2, 7, 20, 45, 130];

    static readonly EscalationPolicy[] Policies =
    [
        new(),
        new() { AttemptsPerEmployee = 1, RoundPause = TimeSpan.Zero, GiveUpAfter = Minutes(5) },
        new() { AttemptsPerEmployee = 2, RetryPause = TimeSpan.Zero, KeyGrace = TimeSpan.Zero, GiveUpAfter = Minutes(10) },
        new() { AttemptsPerEmployee = 2, RoundPause = Seconds(5), LineDownPause = Seconds(3), LineDownLongestPause = Seconds(10), GiveUpAfter = Minutes(20) },
        new() { AttemptsPerEmployee = 3, RetryPause = Seconds(40), RingTimeout = Seconds(10), GiveUpAfter = Minutes(1) },
    ];

    /// <summary>Histories of up to sixty moves, shrunk by leaving moves out.</summary>
    public static Arbitrary<History> Any { get; } = Arb.From(
        from people in Gen.Choose(1, 4)
        from policy in Gen.Choose(0, Policies.Length - 1)
        from lists in Gen.Choose(0, 5)
        from length in Gen.Choose(1, 60)
        from moves in Gen.ArrayOf(
            from kind in Gen.Choose(0, KindsOfMoves - 1)
            from who in Gen.Choose(0, 23)
            from what in Gen.Choose(0, 1000)
            from wait in Gen.Choose(0, Waits.Length - 1)
            select new Move(kind, who, what, wait), length)
        select new History(people, policy, lists, moves),
        Shorter);

    /// <summary>What happened, decision by decision.</summary>
    public IReadOnlyList<Step> Run()
    {
        var plan = WithLists(Plan(Policies[Policy], [.. new[] { Ann, Bob, Carl, Dora }.Take(People)]));
        var now = Noon;
        var steps = new List<Step>();
        Take(new DispatchInput.Start(plan));
        foreach (var move in Moves)
        {
            var state = steps[^1].After;
            now += Seconds(Waits[move.Wait]);
            if (move.Kind >= KindsOfMoves - 3 && Agenda.Deadline(state) is { } deadline && deadline > now)
                now = deadline;
            Take(InputOf(move, state, steps));
        }
        return steps;

        void Take(DispatchInput input)
        {
            var before = steps is [.., var last] ? last.After : DispatchState.Initial;
            steps.Add(new(before, input, now, Decider.Decide(before, input, now)));
        }
    }

    // Nobody of a list, somebody of the next one, or of both.
    DispatchPlan WithLists(DispatchPlan plan) => Lists switch
    {
        1 => plan with { Lists = [ListOf("first", plan.Policy with { Rounds = 1 }, 0), ListOf("second", plan.Policy, [.. Enumerable.Range(0, People).Reverse()])] },
        2 => plan with { Lists = [ListOf("first", plan.Policy with { Rounds = 2 }, [.. Enumerable.Range(0, People)]) with { ShownWhenExhausted = [MirrorIn("yard", isByRule: true)] }] },
        3 => plan with { Lists = [ListOf("first", plan.Policy, 0), ListOf("empty", plan.Policy), ListOf("third", plan.Policy with { Rounds = 1 }, [.. Enumerable.Range(0, People)])] },
        _ => plan,
    };

    public override string ToString() =>
        $"{People} people, lists {Lists}, policy {Policy}:\n" + string.Join("\n", Run().Select(step =>
            string.Create(CultureInfo.InvariantCulture, $"{step.Now:HH:mm:ss.f} {Brief(step.Input)} → {string.Join(", ", step.Decision.Events.Select(Brief))}{step.Decision.Because}")));

    // The plan is the same in every history.
    static string? Brief(object said) => said is DispatchInput.Start or DispatchEvent.Started ? said.GetType().Name : said.ToString();

    static IEnumerable<History> Shorter(History history)
    {
        for (var half = history.Moves.Count / 2; half > 0; half /= 2)
            for (var from = 0; from + half <= history.Moves.Count; from += half)
                yield return history with { Moves = [.. history.Moves.Take(from), .. history.Moves.Skip(from + half)] };
    }

    static DispatchInput InputOf(Move move, DispatchState state, List<Step> steps)
    {
        var leg = LegOf(move, state);
        var callee = move.Who % state.Callees.Length;
        return move.Kind switch
        {
            <= 5 => new DispatchInput.BeginCall(Agenda.CallToPlace(state) ?? leg, Length, move.Kind == 0 ? FactsOf(move) : LineStatus.Free),
            6 or 7 => new DispatchInput.CallPlaced(leg, $"conversation-{leg}"),
            8 or 9 => new DispatchInput.CallNotPlaced(leg, WhyOf(move)),
            <= 17 => new DispatchInput.LegProgressed(leg, new LegReport((LegStatus)(move.What % 11), move.What % 2 == 0 ? $"leg-{leg}" : null,
                AnsweredBy: (AnsweredBy)(move.What / 11 % 3), Price: move.What % 5 == 0 ? 0.01m * move.What : null)),
            <= 21 => new DispatchInput.KeysPressed(leg, Tones[move.What % Tones.Length]),
            22 => new DispatchInput.LegInformed(leg),
            23 => new DispatchInput.LegCut(leg),
            24 when move.What % 4 == 1 => new DispatchInput.AddMirror(MirrorIn($"C{move.What % 7}")),
            24 when move.What % 4 == 2 => new DispatchInput.GiveUpThread(move.What % 7, GivenUpBecause.Refused, "gone"),
            24 => move.What % 3 == 0 ? new DispatchInput.MarkDone(Boss) : new DispatchInput.LineFreed(state.Plan.Roster[callee].Phone),
            25 => new DispatchInput.Skip(Boss, callee, state.Round),
            26 => ButtonOf(move, state, callee),
            29 or 30 or 31 => new DispatchInput.LookedUp(leg, move.What % 3 == 0 ? null : (LegStatus)(move.What % 11)),
            32 => new DispatchInput.CallUnsure(leg),
            33 => new DispatchInput.Restarted(),
            34 => new DispatchInput.LineFailed(Agenda.CallToPlace(state) ?? leg, (LineDownReason)(move.What % 4)),
            27 or 28 => steps[move.What % steps.Count].Input,
            _ => new DispatchInput.DeadlinePassed(Agenda.Deadline(state) ?? Noon),
        };
    }

    static DispatchInput ButtonOf(Move move, DispatchState state, int callee) => (move.What % 8) switch
    {
        0 => new DispatchInput.Cancel(Boss),
        1 => new DispatchInput.Take(Boss, state.Plan.Roster[callee].Id),
        2 => new DispatchInput.Take(Boss, Outsider),
        3 when move.What % 3 > 0 => new DispatchInput.NoLongerNeeded("the ticket was closed in Desk", IsOver: move.What % 3 == 1),
        4 => new DispatchInput.EditTicket(state.Plan.Ticket with { Title = $"Title {move.What % 3}" }, "Desk"),
        5 => new DispatchInput.ReportTicket($"{move.What % 3}", "Desk kept its status."),
        _ => new DispatchInput.Skip(Boss, callee, move.What % 3),
    };

    // Mostly the call under way; else any other, also one that never was.
    static AttemptId LegOf(Move move, DispatchState state) => move.Who switch
    {
        <= 15 when state.Legs is [.., var last] => last.Attempt,
        <= 21 when state.Legs.Length > 0 => state.Legs[move.What % state.Legs.Length].Attempt,
        _ => Call(move.What % state.Callees.Length, (move.What % 4) + 1),
    };

    static LineStatus FactsOf(Move move) => new((PassedOverReason)(move.Who % 3), (move.What % 3) switch
    {
        0 => null,
        1 => Noon + Seconds(move.What),
        _ => Noon + Minutes(move.What),
    });

    static NotPlaced WhyOf(Move move) => (move.What % 5) switch
    {
        4 => new NotPlaced.NotSent(),
        0 => new NotPlaced.NumberIsBad(),
        1 => new NotPlaced.Refused("no"),
        _ => new NotPlaced.LineIsDown((LineDownReason)(move.What % 4)),
    };
}
