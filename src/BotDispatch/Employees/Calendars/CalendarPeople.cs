using System.Collections.Immutable;
using BotDispatch.Core;
using BotDispatch.Employees.Availability;

namespace BotDispatch.Employees.Calendars;

/// <summary>Finds the employees who are meant by an event: by the emails of its attendees, or else by what its title names.</summary>
/// <remarks>
/// On-call products write the person into the title: <c>On Call - Jane Doe - Primary</c>, <c>jane@example.com</c>, <c>Jane Doe</c>. Any run
/// of up to five words that is the id, the email or the full name of one person means them. The shifts of one event have the same people,
/// who are looked up once: a feed may invite a hundred thousand people to thousands of shifts.
/// </remarks>
internal sealed class CalendarPeople(PeopleLookup lookup)
{
    const int MostWords = 5;
    const int MostWordsOfTitle = 60;
    static readonly char[] Between = [' ', '\t', ',', ';', ':', '|', '(', ')', '[', ']', '<', '>', '/', '–', '—', '"'];

    readonly Dictionary<string, ImmutableArray<Employee>> known = new(StringComparer.Ordinal);
    // Immutable arrays are equal if they are the same one, as those of one event are.
    readonly Dictionary<ImmutableArray<string>, ImmutableArray<Employee>> invited = [];

    /// <summary>Returns the people of an event; empty if it names nobody in the directory.</summary>
    public ImmutableArray<Employee> Of(CalendarShift shift)
    {
        if (!invited.TryGetValue(shift.Emails, out var people))
            invited.Add(shift.Emails, people = [.. shift.Emails.Select(lookup.Find).OfType<Employee>().DistinctBy(each => each.Id)]);
        if (!people.IsEmpty)
            return people;
        if (!known.TryGetValue(shift.Summary, out var named))
            known.Add(shift.Summary, named = Named(shift.Summary));
        return named;
    }

    ImmutableArray<Employee> Named(string summary)
    {
        var words = summary.Split(Between, StringSplitOptions.RemoveEmptyEntries);
        var found = ImmutableArray.CreateBuilder<Employee>();
        for (var from = 0; from < Math.Min(words.Length, MostWordsOfTitle); from++)
            for (var count = Math.Min(MostWords, words.Length - from); count > 0; count--)
                if (lookup.Find(string.Join(' ', words.AsSpan(from, count)!)) is { } person)
                {
                    found.Add(person);
                    from += count - 1;
                    break;
                }
        return [.. found.DistinctBy(each => each.Id)];
    }
}
