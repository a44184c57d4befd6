using System.Runtime.CompilerServices;
using BotDispatch.Core;

namespace BotDispatch.Chat;

/// <summary>
/// Searches people for every chat: by name, id, email, skill and language, with any accents and in any script. The typed words may come in
/// any order.
/// </summary>
internal static class PeopleSearch
{
    // An employee is the same object until the directory changes. Folding five thousand names for every letter that somebody types would
    // take longer than a chat waits while many type.
    static readonly ConditionalWeakTable<Employee, IndexCard> Cards = [];

    /// <summary>
    /// The employees who match every typed word: first those whose name begins with the text, then those with a word that begins with it.
    /// </summary>
    public static IEnumerable<Employee> Find(string typed, IEnumerable<Employee> everybody)
    {
        var words = PlainWords.OneLine(typed).Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Select(word => Folding.Fold(word.Trim(',', ';', '"', '\'', '“', '”', '(', ')'))).Where(word => word.Length > 0).ToList();
        if (words.Count == 0)
            return everybody;
        var line = string.Join(' ', words);
        return everybody
            .Select(each => (Employee: each, Card: Cards.GetValue(each, IndexCard.Of)))
            .Where(each => words.All(each.Card.Holds))
            .OrderBy(each => each.Card.RankOf(line, words[0]))
            .Select(each => each.Employee);
    }

    /// <summary>Whether the typed text is this name, with any accents and in any script.</summary>
    public static bool IsCalled(string name, string typed) => Folding.Spellings(name).Intersect(Folding.Spellings(typed)).Any();

    /// <summary>The texts by which an employee is found, in small Latin letters.</summary>
    sealed record IndexCard(string[] Names, string[] Texts, string[] Languages)
    {
        public static IndexCard Of(Employee employee) => new(
            [.. Folding.Spellings(employee.Name)],
            [Folding.Fold(employee.Id.Value), Folding.Fold(employee.Email ?? ""), .. employee.Skills.SelectMany(Folding.Spellings)],
            [Folding.Fold(employee.Language), .. Folding.Fold(LanguageNames.Of(employee.Language)).Split(' ')]);

        // A language must begin with the word, because "man" is in the middle of "German"; in a name it may stand anywhere.
        public bool Holds(string word) =>
            Names.Any(name => name.Contains(word, StringComparison.Ordinal))
            || Texts.Any(text => text.Contains(word, StringComparison.Ordinal))
            || Languages.Any(language => language.StartsWith(word, StringComparison.Ordinal));

        public int RankOf(string line, string first) => Names.Any(name => name.StartsWith(line, StringComparison.Ordinal)) ? 0
            : Names.Any(name => name.Split(' ', '-').Any(part => part.StartsWith(first, StringComparison.Ordinal))) ? 1 : 2;
    }
}
