using System.Text.RegularExpressions;

namespace BotDispatch.Tests.Architecture;

public sealed partial class LogMessageTests
{
    // Microsoft.Extensions.Http.Resilience 10.11.0 brings Microsoft.Extensions.Telemetry.Abstractions, whose generator (Microsoft.Gen.Logging) takes the place
    // of the platform's for [LoggerMessage]. It copies the message into an XML comment as it is, so that an ampersand or an opening bracket ends the build
    // with CS1570 in Logging.g.cs, far from the line that caused it. ExcludeAssets does not help: two generators then write one method (CS0757).
    [Fact]
    public void No_log_message_has_a_sign_that_ends_the_build_in_a_generated_comment()
    {
        var messages = Directory.EnumerateFiles(Path.Combine(Repository.Root, "src"), "*.cs", SearchOption.AllDirectories)
            .Where(file => !file.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal))
            .SelectMany(file => Attribute().Matches(File.ReadAllText(file)).Select(found => (File: Path.GetFileName(file), Message: found.Groups[1].Value))).ToList();
        messages.Count.ShouldBeGreaterThan(100);
        messages.Where(each => each.Message.AsSpan().IndexOfAny('&', '<') >= 0).ShouldBeEmpty();
    }

    [Fact]
    public void No_two_log_messages_have_the_same_number()
    {
        var numbers = Directory.EnumerateFiles(Path.Combine(Repository.Root, "src", "BotDispatch"), "*.cs", SearchOption.AllDirectories)
            .Where(file => !file.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal))
            .SelectMany(file => Number().Matches(File.ReadAllText(file)).Select(found => (File: Path.GetFileName(file), Number: int.Parse(found.Groups[1].Value)))).ToList();
        numbers.Count.ShouldBeGreaterThan(100);
        numbers.GroupBy(each => each.Number).Where(same => same.Count() > 1).SelectMany(same => same).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("[LoggerMessage(1, LogLevel.Error, \"a & b\")]")]
    [InlineData("[LoggerMessage(EventId = 1,\n    Level = LogLevel.Error, Message = \"a < b \\\"c\\\"\")]")]
    public void Such_a_message_is_found(string source) => Attribute().Match(source).Groups[1].Value.AsSpan().IndexOfAny('&', '<').ShouldBeGreaterThan(0);

    [GeneratedRegex(@"\[LoggerMessage\([^""\]]*""((?:[^""\\]|\\.)*)""")]
    private static partial Regex Attribute();

    [GeneratedRegex(@"\[LoggerMessage\((?:EventId = )?(\d+),")]
    private static partial Regex Number();
}
