using System.Collections.Immutable;
using BotDispatch.Alerts;
using BotDispatch.Api;
using BotDispatch.Core;
using BotDispatch.Ports;

namespace BotDispatch.Hosting;

/// <summary>
/// Checks the routes of alerts against the lists and the people. What it finds prevents no start, because dispatches that people begin do
/// not need routes; but such a route would call nobody, and that is noticed too late at night.
/// </summary>
internal static class AlertRouteCheck
{
    /// <summary>Returns what is odd, as sentences that begin with the setting and name the line.</summary>
    /// <param name="file">The path of the routes.</param>
    /// <param name="routes">The routes.</param>
    /// <param name="lists">Every list.</param>
    /// <param name="everybody">The people of the directory; null if the directory cannot be asked before the start.</param>
    /// <param name="isSetUp">Whether a chat is set up, by its name as a platform.</param>
    public static IEnumerable<string> Of(
        string file, IEnumerable<AlertRoute> routes, IReadOnlyList<NamedList> lists, IReadOnlyList<Employee>? everybody,
        Func<string, bool> isSetUp)
    {
        foreach (var route in routes.Where(each => !each.IsIgnored))
        {
            var where = $"Alerts:Routes: {file}, line {route.Line}:";
            if (route.To is { } list && !lists.Any(each => each.IsCalled(list)))
                yield return $"{where} there is no list {list}, so these alerts call nobody. {Known(lists)}";
            if (route.Channel is { } channel && !isSetUp(channel.Platform))
                yield return $"{where} channel is a channel of {Words.OfChat(channel.Platform)}, which is not set up, so these alerts call "
                    + "nobody: set up that chat, or name another channel.";
            if (everybody is null || route.To is not null)
                continue;
            var wrong = route.People.Select(name => (Name: name, Problem: ProblemOf(name, everybody)))
                .Where(each => each.Problem is not null).ToImmutableArray();
            foreach (var (name, problem) in wrong)
                yield return $"{where} {name} {problem}{(wrong.Length == route.People.Length ? ", so these alerts call nobody" : "")}.";
        }
    }

    static string Known(IReadOnlyList<NamedList> lists) => lists.Count == 0
        ? "Write lists, and name their file in Employees:Lists."
        : $"Lists: {string.Join(", ", lists.Select(each => each.Id))}.";

    static string? ProblemOf(string name, IReadOnlyList<Employee> everybody) =>
        ProgramStarting.Named(everybody, name) switch
        {
            null => "is not in the employee directory",
            var employee when employee.CannotBePhoned is { } problem => $"cannot be phoned: {problem.TrimEnd('.')}",
            _ => null,
        };
}
