namespace BotDispatch.Tests.Architecture;

public sealed class TimeZoneTests
{
    // .NET reads them from /usr/share/zoneinfo, which small images do not have: then every zone but UTC is unknown to it.
    [Fact]
    public void No_source_asks_the_machine_for_its_time_zones()
    {
        var sources = Directory.EnumerateFiles(Path.Combine(Repository.Root, "src"), "*.cs", SearchOption.AllDirectories)
            .Where(file => !file.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal)).ToList();
        sources.Count.ShouldBeGreaterThan(100);
        sources.Where(file => File.ReadAllText(file) is var text && Forbidden.Any(each => text.Contains(each, StringComparison.Ordinal))).Select(Path.GetFileName).ShouldBeEmpty();
    }

    static readonly string[] Forbidden =
    [
        "FindSystemTimeZoneById", "GetSystemTimeZones", "ConvertTimeBySystemTimeZoneId", "TimeZoneInfo.Local", "TimeZoneInfo.ConvertTime", "DateTimeZoneProviders.Bcl", "ToLocalTime(",
    ];
}
