using System.Collections.Immutable;
using BotDispatch.Ports;

namespace BotDispatch.Employees.Lists;

/// <summary>How the people of a list are ordered.</summary>
internal enum ListOrder
{
    /// <summary>As they are written.</summary>
    AsListed,
    /// <summary>Who has the duty of a rotation first, then the following ones.</summary>
    Rotation,
    /// <summary>Who was not called for the longest time first.</summary>
    LongestSinceCalled,
    /// <summary>Who did not accept a job for the longest time first.</summary>
    LongestSinceAccepted,
    /// <summary>Who was called least often in this month first.</summary>
    FewestCallsThisMonth,
}

/// <summary>One entry of the file of lists.</summary>
/// <param name="Line">The line on which it begins.</param>
/// <param name="List">What others need of it.</param>
/// <param name="Members">The ids, emails or names of people.</param>
/// <param name="IsEverybody">It means everybody in the directory.</param>
/// <param name="Skills">Everybody who has one of these skills is on the list.</param>
/// <param name="Rotation">The name of a rotation of the schedule whose people are on the list; null if there is none.</param>
/// <param name="Order">The order.</param>
/// <param name="SkillsFirst">Those who have a skill that the ticket names come first.</param>
internal sealed record ListEntry(
    int Line, NamedList List, ImmutableArray<string> Members, bool IsEverybody, ImmutableArray<string> Skills, string? Rotation,
    ListOrder Order, bool SkillsFirst);
