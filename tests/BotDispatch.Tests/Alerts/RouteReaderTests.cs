using System.Collections.Immutable;
using BotDispatch.Alerts;
using BotDispatch.Core;
using BotDispatch.Files;

namespace BotDispatch.Tests.Alerts;

public sealed class RouteReaderTests
{
    static readonly ImmutableDictionary<string, string> Labels =
        ImmutableDictionary<string, string>.Empty.Add("severity", "critical").Add("site", "berlin").Add("alertname", "Lift \"2\"");

    [Theory]
    [InlineData("match: { severity: critical, site: berlin }", true)]
    [InlineData("match: { severity: critical, site: rome }", false)]
    [InlineData("match: [severity=critical]", true)]
    [InlineData("match: ['severity!=\"critical\"']", false)]
    [InlineData("match: ['site=~\"ber|rome\"']", false)]
    [InlineData("match: ['site=~\"ber.*|rome\"']", true)]
    [InlineData("match: ['site!~\"ber.*\"']", false)]
    [InlineData("match: 'nothing=\"\"'", true)]
    [InlineData("match: 'alertname=\"Lift \\\"2\\\"\"'", true)]
    [InlineData("note: every alert", true)]
    public void A_route_is_for_alerts_with_these_labels(string match, bool expected)
    {
        var route = Parse($"- {match}\n  to: lifts\n").Items.ShouldHaveSingleItem();
        route.Matches(Alert()).ShouldBe(expected);
    }

    [Theory]
    [InlineData("- to: lifts\n- match: {a: b}\n  to: doors\n", 2, "no alert comes here, because the route on line 1 matches every alert.")]
    [InlineData("- match: {a: b}\n", 1, "say with to")]
    [InlineData("- to: lifts\n  people: [ann]\n", 1, "say with to")]
    [InlineData("- ignore: true\n  to: lifts\n", 1, "ignore stands beside to or people")]
    [InlineData("- ignore: perhaps\n", 1, "ignore must be true or false")]
    [InlineData("- mach: {a: b}\n  to: lifts\n", 1, "a field is unknown")]
    [InlineData("- match: ['severity critical']\n  to: lifts\n", 1, "match has a condition that cannot be read")]
    [InlineData("- match: ['a=~\"(\"']\n  to: lifts\n", 1, "match has a pattern that is not a regular expression")]
    [InlineData("- match: ['a=~\"(x)\\1\"']\n  to: lifts\n", 1, "match has a pattern that is not a regular expression")]
    [InlineData("- to: lifts\n  channel: nowhere\n", 1, "channel is not a channel")]
    [InlineData("- to: [lifts]\n", 1, "to must be one text")]
    [InlineData("[]", 1, "there is no route in it")]
    [InlineData("to: lifts\n", 1, "it must be a YAML list of routes")]
    public void A_mistake_is_named_with_its_line_and_the_file_is_not_used(string text, int line, string what)
    {
        var content = Parse(text);
        content.IsUsable.ShouldBeFalse("alerts would go to the wrong people");
        content.Problems.ShouldContain(each => each.Line == line && each.What.StartsWith(what, StringComparison.Ordinal));
    }

    [Fact]
    public void Without_a_default_each_route_names_its_channel() =>
        RouteReader.Parse("- to: lifts\n- to: doors\n  channel: test:doors\n", Place, hasDefault: false).Problems[0].What.ShouldStartWith("channel is missing");

    [Fact]
    public void Templates_take_labels_and_annotations_and_leave_out_what_is_missing() =>
        AlertTemplate.Fill("{alertname} in {site}: {summary}{nothing} {0}", Alert()).ShouldBe("Lift \"2\" in berlin: Stuck {0}");

    static Alert Alert() => new("alertmanager:f", true, Labels, ImmutableDictionary<string, string>.Empty.Add("summary", "Stuck")) { Title = "Stuck", EndedBecause = "it is over" };

    static FileContent<AlertRoute> Parse(string text) => RouteReader.Parse(text, Place, hasDefault: true);

    static ChatChannel? Place(string written) => written.StartsWith("test:", StringComparison.Ordinal) ? new("test", written[5..]) : null;
}
