using System.Globalization;
using System.Text;

using static BotDispatch.Core.Tests.Cast;
using static BotDispatch.Core.Tests.Properties;

namespace BotDispatch.Core.Tests;

/// <summary>STATES.md is drawn by the decider itself, so that a changed rule shows in review.</summary>
public class StatesPageTests
{
    static readonly string[] Phases = ["NotStarted", "Placing", "Calling", "Settling", "AwaitingRecords", "RetryPause", "RoundPause", "AwaitingPerson", "LineDown", "Closed"];

    static readonly Lazy<SortedDictionary<(int From, int To), SortedSet<string>>> Arrows = new(FindArrows);

    [Fact]
    public void The_page_of_states_is_what_the_decider_does()
    {
        var page = new StringBuilder(Intro);
        page.Append("## The arrows\n\nAn arrow is named by the inputs that can take a dispatch along it.\n\n```mermaid\nstateDiagram-v2\n    [*] --> NotStarted\n");
        foreach (var ((from, to), inputs) in Arrows.Value)
            page.Append(CultureInfo.InvariantCulture, $"    {Phases[from]} --> {Phases[to]}: {string.Join(", ", inputs)}\n");
        page.Append("    Closed --> [*]\n```\n\n").Append(AboutTheTable).Append("\n\n");
        foreach (var situation in Situations.All().Where(each => each.Words.Length > 0))
            AppendTable(page, situation);
        (page.ToString().TrimEnd() + "\n").ShouldBeApprovedIn("src/BotDispatch.Core/STATES.md");
    }

    [Fact]
    public void No_history_takes_an_arrow_that_is_not_drawn()
    {
        var missing = new SortedSet<string>();
        AtEveryStep(step =>
        {
            var (from, to) = (IndexOf(step.Before.Phase), IndexOf(step.After.Phase));
            // Without a grace a call settles in the same moment: two arrows at once.
            if (!SamePlace(step.Before, step.After) && !Arrows.Value.ContainsKey((from, to)) && step.After.Plan.Policy.KeyGrace > TimeSpan.Zero)
                missing.Add($"{Phases[from]} --> {Phases[to]}: {step.Input.GetType().Name}");
        });
        missing.ShouldBeEmpty();
    }

    static void AppendTable(StringBuilder page, Situation situation)
    {
        page.Append(CultureInfo.InvariantCulture, $"### {situation.Phase}: {situation.Words}\n\n| arrives | then |\n|---|---|\n");
        foreach (var arrival in Situations.Arrivals())
        {
            var decision = Decide(situation.Play, arrival);
            var cell = decision.IsIgnored ? $"–: {decision.Because}" : string.Join(", ", decision.Events.Select(each => each.GetType().Name));
            if (!decision.IsIgnored && !SamePlace(situation.Play.State, decision.State))
                cell += $" → **{Situations.NameOf(decision.State.Phase)}**";
            page.Append(CultureInfo.InvariantCulture, $"| {arrival.Words} | {cell} |\n");
        }
        page.Append('\n');
    }

    static SortedDictionary<(int From, int To), SortedSet<string>> FindArrows()
    {
        var arrows = new SortedDictionary<(int From, int To), SortedSet<string>>();
        Note(DispatchState.Initial, Decider.Decide(DispatchState.Initial, new DispatchInput.Start(Plan(Ann)), Noon), "Start");
        foreach (var situation in Situations.All())
            foreach (var arrival in Situations.Arrivals())
                Note(situation.Play.State, Decide(situation.Play, arrival), arrival.Input(situation.Play).GetType().Name);
        return arrows;

        void Note(DispatchState before, Decision decision, string input)
        {
            if (decision.IsIgnored || SamePlace(before, decision.State))
                return;
            var arrow = (IndexOf(before.Phase), IndexOf(decision.State.Phase));
            if (!arrows.TryGetValue(arrow, out var inputs))
                arrows[arrow] = inputs = [];
            inputs.Add(input);
        }
    }

    static Decision Decide(Play play, Arrival arrival)
    {
        var input = arrival.Input(play);
        return Decider.Decide(play.State, input, input is DispatchInput.DeadlinePassed passed && passed.Deadline > play.Now ? passed.Deadline : play.Now);
    }

    // The same phase about another call or another moment is an arrow back to itself.
    static bool SamePlace(DispatchState before, DispatchState after) => (before.Phase, after.Phase) switch
    {
        (Phase.Closed, Phase.Closed) => true,
        var (one, other) => one == other,
    };

    static int IndexOf(Phase phase) => Array.IndexOf(Phases, Situations.NameOf(phase));

    const string Intro = """
        # The states of a dispatch

        > Written by `StatesPageTests`; do not edit. `BOTDISPATCH_APPROVE=1 dotnet test tests/BotDispatch.Core.Tests` writes it anew.

        A dispatch phones people one by one until one of them accepts. At any moment it is in exactly one phase. `Decider.Decide` takes the state, one input and
        the time, and answers with events (what follows) or with a reason (why nothing does). `Evolution.Evolve` draws the next state from the events.
        Nothing here waits, phones or posts: what a state still wants done is read from it by `Agenda`.

        | phase | the dispatch | what ends it |
        |---|---|---|
        | NotStarted | does not exist yet | the dialog is sent |
        | Placing | wants a call to one person; it is placed as soon as no other phone may be off the hook | the call begins, or the person is passed over |
        | Calling | has a phone ringing or somebody on it | a key, the end of the call, or silence for too long |
        | Settling | had a call that ended without a key, and waits for a key lost on its way | a key, or `KeyGrace`, if the records were read |
        | AwaitingRecords | had such a call, and Routee's records have not said whether a key was pressed in it: nobody is called meanwhile | a key, the records, or `RecordsTimeout` |
        | RetryPause | calls the same person again after `RetryPause` | time |
        | RoundPause | had everybody's turn, and starts again from the top after `RoundPause` | time |
        | AwaitingPerson | has only busy people left in this round | somebody is free, or time |
        | LineDown | cannot phone anybody (no balance, refused credentials, unreachable) and tries again, ever more rarely | time |
        | Closed | is over: accepted, taken, cancelled or exhausted. Closed stays closed; only its last legs are still followed to their end | nothing |

        Try it: pick the phase in which you think a dispatch is, and look up below what a key, a webhook or a button does there.


        """;

    const string AboutTheTable = """
        ## What happens when

        One table for every phase: what arrives, and which events follow. `–:` means that nothing follows, and why. A bold name is the phase (or the call) it turns to.
        Ann is the first of the roster, Bob the second; what arrives concerns the last call that was begun. Ann's line is the one that is freed.
        """;
}
