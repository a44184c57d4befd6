using System.Globalization;
using System.Reflection;
using System.Text.RegularExpressions;
using BotDispatch.Teams;
using BotDispatch.Tests.Architecture;

namespace BotDispatch.Tests.Adapters.Teams;

/// <summary>What is written about Teams is what there is: settings, clouds, log lines, and where each trap is handled and tested.</summary>
public sealed partial class TeamsReadmeTests
{
    const BindingFlags Any = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static | BindingFlags.Instance | BindingFlags.DeclaredOnly;

    static readonly string Room = Path.Combine(Repository.Root, "src", "BotDispatch", "Teams");
    static readonly string Own = File.ReadAllText(Path.Combine(Room, "README.md"));
    static readonly string Docs = Path.Combine(Repository.Root, "src", "docs");
    static readonly string Settings = File.ReadAllText(Path.Combine(Docs, "settings.md"));
    static readonly string Guide = File.ReadAllText(Path.Combine(Docs, "teams.md"));

    [Fact]
    public void Every_setting_is_explained()
    {
        var settings = typeof(TeamsOptions).GetProperties().Where(each => each.SetMethod?.IsPublic == true).Select(each => each.Name).ToList();
        settings.Count.ShouldBeGreaterThan(10);
        foreach (var setting in settings)
        {
            Settings.ShouldContain($"`Teams:{setting}`");
            Own.ShouldContain($"`{setting}`");
        }
    }

    [Theory]
    [InlineData(1, "https://smba.infra.gov.teams.microsoft.us/gcch"), InlineData(1, "https://smba.infra.dod.teams.microsoft.us/teams")]
    [InlineData(2, "https://frontend.botapi.msg.infra.teams.microsoftonline.cn/teams")]
    public void The_other_clouds_of_the_guide_are_taken_and_answered(int column, string serviceUrl)
    {
        string Of(string setting) => Rows(Guide).Last(row => row[0] == $"`{setting}`")[column].Trim('`');
        var cloud = new TeamsOptions
        {
            AppId = "11111111-2222-4333-8444-555555555555",
            TenantId = "22222222-0000-4000-8000-000000000002",
            AppPassword = "secret",
            OpenIdMetadataAddress = new(Of("OpenIdMetadataAddress")),
            Issuer = Of("Issuer"),
            TokenAddress = new(Of("TokenAddress")),
            Scope = Of("Scope"),
            AllowedServiceUrls = Of("AllowedServiceUrls") is { Length: > 0 } own ? [own] : [],
            ServiceUrl = Of("ServiceUrl").Split('`') is [{ Length: > 0 } first, ..] ? new(first) : null,
        };
        new TeamsOptionsValidator().Validate(null, cloud).Failed.ShouldBeFalse();
        cloud.Scope.ShouldStartWith(cloud.Issuer);
        cloud.MayReach(serviceUrl).ShouldBeTrue();
    }

    [Fact]
    public void Each_trap_is_handled_and_tested_by_what_there_is()
    {
        var types = typeof(TeamsOptions).Assembly.GetTypes().ToLookup(type => type.Name.Split('`')[0]);
        var tests = Directory.EnumerateFiles(Path.Combine(Repository.Root, "tests"), "*Tests.cs", SearchOption.AllDirectories).Select(Path.GetFileNameWithoutExtension).ToHashSet();
        var traps = Rows(Own).Where(row => int.TryParse(row[0], out _)).ToList();
        traps.Select(row => row[0]).ShouldBe(Enumerable.Range(1, 30).Select(number => number.ToString(CultureInfo.InvariantCulture)));
        foreach (var row in traps)
        {
            foreach (var name in Quoted(row[2]).Select(each => each.Split('.')))
                types[name[0]].Any(type => name.Length == 1 || type.GetMember(name[1], Any).Length > 0).ShouldBeTrue($"{row[0]}: {string.Join('.', name)}");
            foreach (var name in Quoted(row[3]))
                tests.ShouldContain(name.Split('/')[^1], row[0]);
        }
    }

    [Fact]
    public void Every_log_line_is_in_the_range_that_is_said()
    {
        var said = Rows(Own).Select(row => Range().Match(row[0])).Where(found => found.Success)
            .Select(found => (First: int.Parse(found.Groups[1].Value, CultureInfo.InvariantCulture), Last: int.Parse(found.Groups[2].Value, CultureInfo.InvariantCulture))).ToList();
        var ids = LogId().Matches(File.ReadAllText(Path.Combine(Room, "TeamsLog.cs"))).Select(id => int.Parse(id.Groups[1].Value, CultureInfo.InvariantCulture)).ToList();
        foreach (var range in said)
        {
            ids.ShouldContain(range.First);
            ids.ShouldContain(range.Last);
        }
        ids.ShouldAllBe(id => said.Any(range => range.First <= id && id <= range.Last));
    }

    static IEnumerable<string[]> Rows(string text) => text.Split('\n').Where(line => line.StartsWith('|')).Select(line => line.Trim().Trim('|').Split('|', StringSplitOptions.TrimEntries));

    static IEnumerable<string> Quoted(string cell) => Code().Matches(cell).Select(found => found.Groups[1].Value);

    [GeneratedRegex(@"`([A-Z][A-Za-z]+(?:[./][A-Za-z]+)?)`")]
    private static partial Regex Code();

    [GeneratedRegex(@"^(\d{3})–(\d{3})$")]
    private static partial Regex Range();

    [GeneratedRegex(@"LoggerMessage\((\d+),")]
    private static partial Regex LogId();
}
