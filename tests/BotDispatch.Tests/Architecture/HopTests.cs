using System.Text.RegularExpressions;

namespace BotDispatch.Tests.Architecture;

/// <summary>The way from an address to a decision is as short as the map says.</summary>
public sealed partial class HopTests
{
    const string Heading = "### From an address to a decision, class by class";
    const int MostBeforeTheDecision = 5;

    static readonly string Sources = Path.Combine(Repository.Root, "src");

    public static IEnumerable<object[]> EachWay =>
        from line in File.ReadLines(Path.Combine(Sources, "README.md")).SkipWhile(line => line != Heading).Skip(1).TakeWhile(line => !line.StartsWith('#'))
        where line.Contains('→') && line.Contains("](", StringComparison.Ordinal)
        select (object[])[line.Split('|')[1].Trim(), line];

    [Fact]
    public void The_map_shows_each_way() => EachWay.Count().ShouldBeGreaterThan(5);

    [Theory, MemberData(nameof(EachWay))]
    public void At_most_five_classes_stand_before_a_decision_and_each_calls_the_next(string name, string line)
    {
        var hops = Link().Matches(line).Select(each => (Class: each.Groups[1].Value, Source: Read(each.Groups[2].Value))).ToList();
        hops[^1].Class.ShouldBe("Decider", name);
        (hops.Count - 1).ShouldBeLessThanOrEqualTo(MostBeforeTheDecision, name);
        foreach (var (hop, next) in hops.Zip(hops.Skip(1)))
            KnownAs(next.Class, next.Source).ShouldContain(
                each => Regex.IsMatch(hop.Source, $@"\b{each}\b"), $"{name}: {hop.Class} does not know {next.Class}");
    }

    /// <summary>The class, and the interfaces that it is called by.</summary>
    static List<string> KnownAs(string name, string source)
    {
        var declared = Regex.Match(source, $@"class {name}\b[^{{;]*");
        declared.Success.ShouldBeTrue($"{name} is not declared where the map says");
        return [name, .. Interface().Matches(declared.Value).Select(each => each.Value)];
    }

    static string Read(string path) => File.ReadAllText(Path.Combine(Sources, path));

    [GeneratedRegex(@"\[`(\w+)`\]\(([^)]+)\)")]
    private static partial Regex Link();

    [GeneratedRegex(@"\bI[A-Z]\w+")]
    private static partial Regex Interface();
}
