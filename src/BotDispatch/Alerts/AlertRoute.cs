using System.Collections.Immutable;
using System.Text.RegularExpressions;
using BotDispatch.Core;

namespace BotDispatch.Alerts;

/// <summary>One entry of the file of routes: which alerts it is for, and what becomes of them.</summary>
/// <param name="Line">Where it begins in the file.</param>
/// <param name="Matchers">All of them must match; none for every alert.</param>
/// <param name="IsIgnored">Nobody is called for these alerts.</param>
/// <param name="To">The list to call.</param>
/// <param name="People">The ids or email addresses of people to call, in order.</param>
/// <param name="Channel">The place of the thread; null for the default.</param>
/// <param name="GroupBy">Alerts with the same values of these labels are one dispatch; null if each alert is one.</param>
/// <param name="Note">A note that is spoken after the alert.</param>
/// <param name="Title">The template of the title; null for the alert's own.</param>
/// <param name="Description">The template of the description.</param>
/// <param name="Priority">The template of the priority.</param>
/// <param name="Place">The template of the place.</param>
internal sealed record AlertRoute(
    int Line, ImmutableArray<LabelMatcher> Matchers, bool IsIgnored, string? To, ImmutableArray<string> People, ChatChannel? Channel,
    ImmutableArray<string>? GroupBy, string? Note, string? Title, string? Description, string? Priority, string? Place)
{
    public bool Matches(Alert alert) => Matchers.All(each => each.Matches(alert.Labels));
}

/// <summary>One condition on a label, as Alertmanager writes them. A label that is missing is empty.</summary>
internal sealed class LabelMatcher(string label, string value, bool isNegated, Regex? pattern)
{
    public bool Matches(ImmutableDictionary<string, string> labels)
    {
        var own = labels.GetValueOrDefault(label) ?? "";
        return (pattern?.IsMatch(own) ?? own == value) != isNegated;
    }
}

/// <summary>Fills <c>{label}</c> in a template with the values of an alert. What the alert does not have is left out.</summary>
internal static partial class AlertTemplate
{
    public static string Fill(string template, Alert alert) =>
        Name().Replace(template, found => alert.ValueOf(found.Groups[1].Value) ?? "");

    [GeneratedRegex(@"\{([A-Za-z_][A-Za-z0-9_.-]*)\}", RegexOptions.CultureInvariant)]
    private static partial Regex Name();
}
