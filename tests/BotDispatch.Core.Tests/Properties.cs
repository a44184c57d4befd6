using FsCheck;
using FsCheck.Fluent;

namespace BotDispatch.Core.Tests;

/// <summary>Tries a promise on a thousand random histories: always the same ones, and more with <c>BOTDISPATCH_CASES</c> or another <c>BOTDISPATCH_SEED</c>.</summary>
static class Properties
{
    static readonly int Cases = int.TryParse(Environment.GetEnvironmentVariable("BOTDISPATCH_CASES"), out var cases) ? cases : 1000;
    static readonly ulong Seed = ulong.TryParse(Environment.GetEnvironmentVariable("BOTDISPATCH_SEED"), out var seed) ? seed : 20260302;

    /// <summary>Every history keeps the promise; one that does not is shrunk and printed as a scenario, with the seed that makes it again.</summary>
    public static void InEveryHistory(Action<IReadOnlyList<Step>> keepsItsPromise) =>
        Prop.ForAll(History.Any, history => keepsItsPromise(history.Run()))
            .Check(Config.QuickThrowOnFailure.WithMaxTest(Cases).WithReplay(Seed, 1));

    /// <summary>The promise holds at every single decision.</summary>
    public static void AtEveryStep(Action<Step> keepsItsPromise) => InEveryHistory(steps =>
    {
        foreach (var step in steps)
            keepsItsPromise(step);
    });
}
