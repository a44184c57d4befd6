using System.Collections.Immutable;
using System.Text.RegularExpressions;
using BotDispatch.Core;

namespace BotDispatch.Chat;

/// <summary>Finds the employees who were named in a command.</summary>
internal sealed partial class NamedPeople(EmployeeLinks links)
{
    const int MostNear = 3;
    const int MostAfterName = 2;

    /// <summary>Their ids in the order they were named, or a sentence about the first who cannot be found or phoned.</summary>
    public async Task<(ImmutableArray<EmployeeId> Ids, string? Mistake)> FindAsync(
        IReadOnlyList<NamedPerson> named, IReadOnlyList<Employee> everybody, TimeBudget budget)
    {
        var ids = ImmutableArray.CreateBuilder<EmployeeId>();
        foreach (var each in named)
        {
            var (employee, mistake) = await LookUpAsync(each, everybody, budget);
            if (employee is null)
                return ([], mistake);
            if (employee.CannotBePhoned is not null)
                return ([], ReplyText.CannotBePhoned(employee));
            if (!ids.Contains(employee.Id))
                ids.Add(employee.Id);
        }
        return (ids.ToImmutable(), null);
    }

    /// <summary>Whether somebody who was not mentioned may be meant by this word.</summary>
    public static bool IsNameOfSomebody(NamedPerson person, IReadOnlyList<Employee> everybody) =>
        person is not NamedPerson.Typed(var word) || Ways(word).Any(everybody.Any);

    /// <summary>Whether one of several people who were not mentioned, as in <c>ben and ann</c>, is somebody.</summary>
    public static bool IsOneOfThemSomebody(string words, IReadOnlyList<Employee> everybody) =>
        EachOf(words) is { Length: > 1 } each && each.Any(word => IsNameOfSomebody(new NamedPerson.Typed(word), everybody));

    /// <summary>The names in words such as <c>ben and ann</c> or <c>ben, ann</c>.</summary>
    public static string[] EachOf(string words) =>
        [.. Between().Split(words).Select(each => each.Trim('@')).Where(each => each.Length > 0)];

    /// <summary>
    /// Somebody's name with which the words begin, if what follows it is so short that it may be a mistyped time, as in
    /// <c>ben morgn</c>; null if there is none.
    /// </summary>
    public static string? LeadingName(string words, IReadOnlyList<Employee> everybody)
    {
        var all = words.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        for (var count = all.Length - 1; count >= Math.Max(1, all.Length - MostAfterName); count--)
            if (PeopleGrammar.WithoutPossessive(string.Join(' ', all[..count])) is var name
                && IsNameOfSomebody(new NamedPerson.Typed(name), everybody))
                return name;
        return null;
    }

    /// <summary>
    /// Whether words that stand where a name does, and are nobody's, are meant as one: they are nearly somebody's, a single word whatever
    /// it is, or several words with capitals and a time after them.
    /// </summary>
    public static bool IsLikelyName(string words, bool hasTime, IReadOnlyList<Employee> near)
    {
        var isOneWord = !words.Trim().Contains(' ', StringComparison.Ordinal);
        return near.Count > 0 || isOneWord || (hasTime && AreCapitalized(words));
    }

    /// <summary>Whether every word begins with a capital.</summary>
    public static bool AreCapitalized(string words) =>
        words.Split(' ', StringSplitOptions.RemoveEmptyEntries).All(word => char.IsUpper(word[0]));

    /// <summary>The employees whose names are nearest to a mistyped one, the nearest first.</summary>
    public static IReadOnlyList<Employee> Near(string typed, IReadOnlyList<Employee> everybody)
    {
        var word = Folding.Fold(typed);
        var most = word.Length == 2 ? 1 : Math.Min(2, word.Length / 3);
        return most == 0 ? [] : [.. everybody.Select(each => (Employee: each, Distance: NamesOf(each).Min(DistanceOf)))
            .Where(each => each.Distance <= most).OrderBy(each => each.Distance).Take(MostNear).Select(each => each.Employee)];

        // A part of a name is compared with one word only: "lane doors" is not nearly "Lane".
        IEnumerable<string> NamesOf(Employee each) => PeopleSearch.NamesOf(each).Append(Folding.Fold(each.Id.Value))
            .Concat(word.Contains(' ') ? [] : PeopleSearch.NamesOf(each).SelectMany(name => name.Split(' ', '-')));

        // A short name has room for fewer mistakes than a long word.
        int DistanceOf(string name)
        {
            if (name.Length > word.Length && name.StartsWith(word, StringComparison.Ordinal))
                return 1;
            // Of two letters, a mistake leaves nothing to go by.
            var mostHere = word.Length == 2 ? 0 : Math.Min(most, Math.Max(1, name.Length / 3));
            return Closeness.Of(name, word, mostHere) is var distance && distance <= mostHere ? distance : int.MaxValue;
        }
    }

    /// <summary>The one employee who is meant, whether they can be phoned or not; or a sentence about why nobody is found.</summary>
    public async Task<(Employee? Employee, string Mistake)> LookUpAsync(
        NamedPerson named, IReadOnlyList<Employee> everybody, TimeBudget budget) => named switch
        {
            NamedPerson.Mentioned(var person) => await links.FindAsync(person, everybody, budget) switch
            {
                Link.To(var linked) => (linked, ""),
                Link.Unknown => (null, ReplyText.ChatUnavailable),
                _ => (null, ReplyText.UnlinkedMention(person.Name) + links.Unread),
            },
            NamedPerson.Typed(var word) => Find(word, everybody, links.Unread),
            _ => throw new System.Diagnostics.UnreachableException(),
        };

    /// <summary>The one employee who is meant; null if it is nobody, several or not known.</summary>
    public async Task<Employee?> FindOneAsync(NamedPerson person, IReadOnlyList<Employee> everybody, TimeBudget budget) =>
        (await LookUpAsync(person, everybody, budget)).Employee;

    /// <summary>Tries ids and emails before names, because they name one person for certain; a full name before a first name.</summary>
    static (Employee? Employee, string Mistake) Find(string word, IReadOnlyList<Employee> everybody, string unread)
    {
        foreach (var way in Ways(word))
            switch (everybody.Where(way).Take(6).ToList())
            {
                case [var only]:
                    return (only, "");
                case [_, _, ..] several:
                    return (null, ReplyText.SeveralPeople(word, several));
            }
        return (null, ReplyText.UnknownPerson(word, Near(word, everybody)) + unread);
    }

    static Func<Employee, bool>[] Ways(string word)
    {
        // The spellings of every name are known already, so only those of the word are made here.
        string[] spelt = [.. Folding.Spellings(word)];
        return
        [
            each => Same(each.Id.Value, word) || Same(each.Email, word),
            each => Same(each.Name, word) || Same(each.Name.Replace(" ", ""), word) || Same(each.Name.Replace(' ', '.'), word),
            each => Same(each.Name.Split(' ')[0], word) || Same(each.Email?.Split('@')[0], word),
            each => PeopleSearch.NamesOf(each).Any(name =>
                spelt.Contains(name) || spelt.Contains(name.Replace(" ", "")) || spelt.Contains(name.Replace(' ', '.'))),
            each => PeopleSearch.NamesOf(each).Any(name => name.Split(' ').Any(part => spelt.Contains(part))),
        ];
    }

    static bool Same(string? one, string other) => string.Equals(one, other, StringComparison.OrdinalIgnoreCase);

    [GeneratedRegex(@"\s*[,;&+/]\s*(?:and\s+)?|\s+(?:and|or|und|oder)\s+", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Between();
}
