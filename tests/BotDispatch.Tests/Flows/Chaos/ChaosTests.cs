using System.Collections.Concurrent;
using System.Globalization;

namespace BotDispatch.Tests.Flows.Chaos;

/// <summary>
/// Dispatches among many kinds of trouble, drawn by lot from seeds that are printed. Here a small slice; <c>tests/run chaos</c> plays thousands and prints a table.
/// </summary>
public sealed class ChaosTests
{
    const int FirstSeed = 1042;
    const int Slice = 6;

    static readonly int Seed = Set("SEED") ?? FirstSeed;
    static readonly int Scenarios = Set("SCENARIOS") ?? Slice;
    static readonly string? Only = Environment.GetEnvironmentVariable("BOTDISPATCH_CHAOS_TROUBLE") is { Length: > 0 } name ? name : null;

    public static TheoryData<string> Troubles => [.. Trouble.All.Select(trouble => trouble.Name).Where(name => Only is null || name == Only)];

    /// <summary>The n-th scenario is drawn from the seed plus n, so that each can be played again alone.</summary>
    [Theory, MemberData(nameof(Troubles))]
    public async Task Whatever_goes_wrong_no_promise_is_broken(string name)
    {
        var trouble = Trouble.All.Single(each => each.Name == name);
        var played = new ConcurrentBag<Played>();
        await Parallel.ForEachAsync(Enumerable.Range(Seed, Scenarios), new ParallelOptions { MaxDegreeOfParallelism = 4 }, async (seed, _) => played.Add(await Scenario.PlayAsync(trouble, seed)));
        ChaosTable.Write(name, [.. played]);
        played.Sum(each => each.Dispatches).ShouldBeGreaterThanOrEqualTo(Scenarios);
        ChaosTable.Tell(name, played).ShouldBeEmpty();
    }

    static int? Set(string name) => int.TryParse(Environment.GetEnvironmentVariable("BOTDISPATCH_CHAOS_" + name), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
