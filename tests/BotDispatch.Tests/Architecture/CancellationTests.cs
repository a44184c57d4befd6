using System.Text.RegularExpressions;

namespace BotDispatch.Tests.Architecture;

/// <summary>
/// An HTTP client that runs into its timeout throws a TaskCanceledException, as a stop does (.NET 10), and a database driver may do the same. A
/// loop that takes every cancellation for a stop ends, and the host with it.
/// </summary>
public sealed partial class CancellationTests
{
    [Fact]
    public void A_catch_that_goes_on_after_a_failure_lets_a_cancellation_through_only_if_it_was_asked_for()
    {
        var sources = Directory.EnumerateFiles(Path.Combine(Repository.Root, "src", "BotDispatch"), "*.cs", SearchOption.AllDirectories)
            .Where(file => !file.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal)).ToList();
        var filters = sources.SelectMany(file => Filter().Matches(File.ReadAllText(file)).Select(match => $"{Path.GetFileName(file)}: {match.Value}")).ToList();
        filters.Count.ShouldBeGreaterThan(10);
        filters.Where(each => !each.Contains("IsCancellationRequested", StringComparison.Ordinal)).ShouldBe(
        [
            // The catch above it has every cancellation that the caller did not ask for.
            "DirectoryQueries.cs: when (broken is not OperationCanceledException)",
        ]);
    }

    [GeneratedRegex(@"when \(\s*\(?\w+ is not OperationCanceledException.*")]
    private static partial Regex Filter();
}
