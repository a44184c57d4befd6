using BotDispatch.Tests.Browser;
using BotDispatch.Tests.Flows;
using Xunit.Abstractions;
using Xunit.Sdk;

namespace BotDispatch.Tests;

/// <summary>The names by which the order knows the collections are xUnit.net's own.</summary>
public sealed class LongestFirstTests
{
    [Fact]
    public void What_takes_long_begins_before_everything_else()
    {
        var sink = new Xunit.Sdk.NullMessageSink();
        var factory = new CollectionPerClassTestCollectionFactory(new TestAssembly(Reflector.Wrap(typeof(LongestFirst).Assembly)), sink);
        var (soon, crashes, browser) = (Of(typeof(LongestFirstTests)), Of(typeof(CrashTests)), Of(typeof(AgentsPlaygroundChatTests)));
        new LongestFirst().OrderTestCollections([soon, crashes, browser]).ShouldBe([browser, crashes, soon]);

        ITestCollection Of(Type type) => factory.Get(Reflector.Wrap(type));
    }
}
