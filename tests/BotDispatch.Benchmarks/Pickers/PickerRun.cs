using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Diagnostics;
using BotDispatch.Chat;
using BotDispatch.Core;
using BotDispatch.Employees.Lists;

namespace BotDispatch.Benchmarks.Pickers;

/// <summary>
/// Many people type into pickers at the same time: how long does a search over the local copy of the directory take, and how long the order
/// of a list of everybody? Then the same searches through Slack and Teams.
/// </summary>
internal static class PickerRun
{
    const int InFlight = 32;
    const int Rounds = 60;

    static readonly string[] FirstNames = ["Ann", "Bob", "Eleni", "Jonas", "Camille", "Łukasz", "José", "Zoë", "Мария", "Priya"];
    static readonly string[] LastNames = ["Lee", "Weber", "Παπαδάκη", "Durand", "Müller", "Nair", "O'Neill", "García Moreno"];
    static readonly string[] Skills = ["lifts", "heating", "network", "plumbing", "fire alarms"];
    static readonly string[] Typed = ["a", "an", "ann", "muller", "papad", "lifts", "jonas web", "heating le", "p4711", "nobody at all"];

    public static async Task<int> RunAsync(int count)
    {
        ImmutableArray<Employee> everybody = [.. Enumerable.Range(0, count).Select(Someone)];
        _ = Search("ann", everybody);
        var found = new ConcurrentBag<TimeSpan>();
        Parallel.For(0, InFlight, new ParallelOptions { MaxDegreeOfParallelism = InFlight }, worker =>
        {
            for (var n = 0; n < Rounds; n++)
            {
                var begin = Stopwatch.GetTimestamp();
                _ = Search(Typed[(worker + n) % Typed.Length], everybody);
                found.Add(Stopwatch.GetElapsedTime(begin));
            }
        });
        Report($"search over {count} people, {InFlight} in flight", [.. found]);

        var now = new DateTimeOffset(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);
        ImmutableArray<ListCandidate> candidates = [.. everybody.Select((each, n) => new ListCandidate(
            each, Ports.Availability.Always, new(now.AddMinutes(-n), null, n % 7), [], [], null))];
        var ordered = new List<TimeSpan>();
        for (var n = 0; n < 20; n++)
        {
            var begin = Stopwatch.GetTimestamp();
            ListOrdering.Of(ListOrder.LongestSinceCalled, false, candidates, now);
            ordered.Add(Stopwatch.GetElapsedTime(begin));
        }
        Report($"order of a list of {count} people", [.. ordered]);
        return await ChatPickers.RunAsync(everybody, InFlight, Report);
    }

    static int Search(string typed, IReadOnlyList<Employee> everybody) => PeopleSearch.Find(typed, everybody, 100).Count;

    static void Report(string what, TimeSpan[] took)
    {
        var sorted = took.Order().ToArray();
        Console.WriteLine($"{what}: {sorted[sorted.Length / 2].TotalMilliseconds:0.0} ms (p50), "
            + $"{sorted[(int)(sorted.Length * 0.99)].TotalMilliseconds:0.0} ms (p99)");
    }

    static Employee Someone(int n) => new(
        new($"p{n}"), $"{FirstNames[n % FirstNames.Length]} {LastNames[n % LastNames.Length]} {n}", $"p{n}@example.com",
        $"+4477009{n:00000}", "en-GB", "Europe/London", [Skills[n % Skills.Length]]);
}
