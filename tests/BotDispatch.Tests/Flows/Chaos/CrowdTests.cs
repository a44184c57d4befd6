using System.Collections.Concurrent;
using BotDispatch.Core;

namespace BotDispatch.Tests.Flows.Chaos;

/// <summary>
/// Many dispatches want the same few telephones, while people cancel, skip and take jobs and the process dies. Seen from Routee's side: what
/// rang, and when.
/// </summary>
public sealed class CrowdTests
{
    const int FirstSeed = 20261130;
    const int Scenarios = 8;

    static readonly Trouble Deaths = Trouble.All.Single(each => each.Name == "deaths");

    /// <summary>A scenario that fails names its seed; played from it alone, the same things happen.</summary>
    [Fact]
    public async Task Nobody_is_rung_twice_at_once()
    {
        var (played, rivals) = await PlayAsync(Scenarios, stage =>
        {
            if (stage.Seed % 2 == 0)
                Deaths.Plan(stage);
        });
        string.Join("\n\n", played.Where(each => each.Broken.Count > 0).OrderBy(each => each.Seed).Select(each =>
            $"seed {each.Seed}:\n{string.Join("\n", each.Broken)}\n  {string.Join("\n  ", each.Steps)}")).ShouldBeEmpty();
        // Otherwise there was nothing that could have gone wrong.
        rivals.Count.ShouldBeGreaterThan(Scenarios, "dispatches that found a telephone busy");
    }

    /// <summary>The same scenarios without the rule, so that the test above is known to see what it looks for.</summary>
    [Fact]
    public async Task Where_several_dispatches_may_ring_one_telephone_the_same_scenarios_ring_it_twice_at_once()
    {
        var (played, _) = await PlayAsync(3, stage => stage.Settings["Policy:OneCallPerPerson"] = "false");
        played.SelectMany(each => each.Broken).ShouldContain(broken => broken.Promise == Promise.CallsAtOnce && broken.How.Contains(", to +"));
    }

    static async Task<(ConcurrentBag<Played> Played, ConcurrentBag<DispatchId> Rivals)> PlayAsync(int scenarios, Action<Stage> plan)
    {
        var (played, rivals) = (new ConcurrentBag<Played>(), new ConcurrentBag<DispatchId>());
        var crowd = new Trouble("crowd", "many dispatches of the same people while the process dies", stage =>
        {
            Crowds.Plan(stage, rivals);
            plan(stage);
        });
        await Parallel.ForEachAsync(Enumerable.Range(FirstSeed, scenarios), new ParallelOptions { MaxDegreeOfParallelism = 2 },
            async (seed, _) => played.Add(await Scenario.PlayAsync(crowd, seed)));
        return (played, rivals);
    }
}
