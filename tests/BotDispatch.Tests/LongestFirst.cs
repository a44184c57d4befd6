using BotDispatch.Tests.Architecture;
using BotDispatch.Tests.Browser;
using BotDispatch.Tests.Flows;
using BotDispatch.Tests.Flows.Chaos;
using BotDispatch.Tests.Flows.Slack;
using BotDispatch.Tests.Flows.Teams;
using Xunit.Abstractions;

[assembly: TestCollectionOrderer("BotDispatch.Tests.LongestFirst", "BotDispatch.Tests")]

namespace BotDispatch.Tests;

/// <summary>
/// Begins with what takes longest. Each collection runs its tests one after the other, and xUnit.net draws their order by lot: a long one that is drawn last keeps
/// one core busy and leaves the others idle.
/// </summary>
public sealed class LongestFirst : ITestCollectionOrderer
{
    // As measured, longest first. A class without a collection of its own is one.
    static readonly string[] Long =
    [
        nameof(AgentsPlayground), Of<FreshCloneTests>(), Of<CrashTests>(), Of<MixedMatrixOfLongStoriesTests>(), Of<MixedMatrixOfShortStoriesTests>(), Of<MirroredCrashTests>(),
        Of<DisorderMatrixOfLongStoriesTests>(), Of<DisorderMatrixOfShortStoriesTests>(), Of<SwitchMatrixOfLongStoriesTests>(), Of<SwitchMatrixOfShortStoriesTests>(), Of<HungLineTests>(),
        Of<ChaosTests>(), Of<RecordsTests>(), Of<SoakTests>(), Of<ClockStepTests>(), Of<TeamsPaceTests>(), Of<PlaygroundPageTests>(), Of<LineTests>(), Of<SlackCrashTests>(),
    ];

    /// <inheritdoc/>
    public IEnumerable<ITestCollection> OrderTestCollections(IEnumerable<ITestCollection> testCollections) =>
        testCollections.OrderBy(each => Array.IndexOf(Long, each.DisplayName) is >= 0 and var place ? place : Long.Length);

    // As CollectionPerClassTestCollectionFactory of xUnit.net 2 calls it.
    static string Of<T>() => "Test collection for " + typeof(T).FullName;
}
