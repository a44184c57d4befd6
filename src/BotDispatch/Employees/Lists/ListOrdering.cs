using System.Collections.Immutable;
using BotDispatch.Core;
using BotDispatch.Ports;
using BotDispatch.Storage;

namespace BotDispatch.Employees.Lists;

/// <summary>The turn of somebody in a rotation.</summary>
/// <param name="Starts">When it begins; in the past if they have the duty.</param>
/// <param name="Words">The same in words, as <c>has the duty of Lifts until Mon 08:00 (UTC)</c>.</param>
internal sealed record RotationTurn(DateTimeOffset Starts, string Words);

/// <summary>Everything that decides somebody's place on a list.</summary>
/// <param name="Employee">Who.</param>
/// <param name="Availability">Whether they can be called now.</param>
/// <param name="Calls">When they were called before.</param>
/// <param name="Skills">The skills for which they are on the list.</param>
/// <param name="Needed">Their skills that the ticket needs.</param>
/// <param name="Turn">Their turn in the rotation; null if they have none.</param>
internal sealed record ListCandidate(
    Employee Employee, Ports.Availability Availability, CallHistory Calls, ImmutableArray<string> Skills, ImmutableArray<string> Needed,
    RotationTurn? Turn);

/// <summary>
/// Orders the people of a list and says why each has their place. A pure function: the same facts give the same order and sentences.
/// </summary>
/// <remarks>Those who can be called now come first: otherwise the first would be somebody who is passed over.</remarks>
internal static class ListOrdering
{
    /// <summary>
    /// Returns the people in the order in which they are called. People of equal rank keep the order that they are given in.
    /// </summary>
    /// <param name="order">The order of the list.</param>
    /// <param name="skillsFirst">Those who have a skill that the ticket needs come before the others.</param>
    /// <param name="people">The people, in the order of the list.</param>
    /// <param name="now">The moment, by the clock of the calls.</param>
    public static ImmutableArray<ListedPerson> Of(
        ListOrder order, bool skillsFirst, IReadOnlyCollection<ListCandidate> people, DateTimeOffset now)
    {
        long? least = people.Where(each => each.Availability.IsAvailable).Select(each => (long?)KeyOf(order, each)).Min();
        var sorted = people
            .OrderBy(each => !each.Availability.IsAvailable)
            .ThenBy(each => skillsFirst && each.Needed.IsEmpty)
            .ThenBy(each => KeyOf(order, each));
        return [.. sorted.Select((each, place) => Listed(each, place + 1, ReasonOf(order, skillsFirst, each, least, now)))];
    }

    static ListedPerson Listed(ListCandidate person, int place, string reason) => new(
        person.Employee.Id, reason,
        Words.OfPick(person.Availability.IsAvailable ? place : 0, person.Availability.Words, reason), person.Availability.IsAvailable);

    // Never comes before every moment.
    static long KeyOf(ListOrder order, ListCandidate person) => order switch
    {
        ListOrder.Rotation => person.Turn?.Starts.UtcTicks ?? long.MaxValue,
        ListOrder.LongestSinceCalled => person.Calls.LastCalled?.UtcTicks ?? 0,
        ListOrder.LongestSinceAccepted => person.Calls.LastAccepted?.UtcTicks ?? 0,
        ListOrder.FewestCallsThisMonth => person.Calls.Counted,
        _ => 0,
    };

    static string ReasonOf(
        ListOrder order, bool skillsFirst, ListCandidate person, long? least, DateTimeOffset now)
    {
        var skills = (skillsFirst ? person.Skills.Concat(person.Needed) : person.Skills).Distinct(StringComparer.OrdinalIgnoreCase)
            .Select(skill => skill.Isolated());
        // Somebody who cannot be called now leads nothing, and nobody is behind them.
        var isLeading = person.Availability.IsAvailable && KeyOf(order, person) == least;
        return string.Join(", ", skills.Append(order switch
        {
            ListOrder.Rotation => person.Turn?.Words ?? "no turn in the rotation",
            ListOrder.LongestSinceCalled => Since("called", person.Calls.LastCalled, isLeading, now),
            ListOrder.LongestSinceAccepted => Since("accepted a job", person.Calls.LastAccepted, isLeading, now),
            ListOrder.FewestCallsThisMonth => isLeading
                ? $"fewest calls this month ({person.Calls.Counted})"
                : $"{person.Calls.Counted} {(person.Calls.Counted == 1 ? "call" : "calls")} this month",
            _ => "as listed",
        }));
    }

    static string Since(string what, DateTimeOffset? last, bool isLeading, DateTimeOffset now) => last is not { } moment
        ? $"not {what} before"
        : isLeading ? $"longest since last {what} ({Age(now - moment)})" : $"last {what} {Age(now - moment)} ago";

    static string Age(TimeSpan age) => age switch
    {
        { TotalMinutes: < 2 } => "1 minute",
        { TotalHours: < 2 } => $"{(int)age.TotalMinutes} minutes",
        { TotalDays: < 2 } => $"{(int)age.TotalHours} hours",
        _ => $"{(int)age.TotalDays} days",
    };
}
