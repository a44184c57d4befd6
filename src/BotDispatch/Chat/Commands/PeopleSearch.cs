using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using BotDispatch.Core;

namespace BotDispatch.Chat;

/// <summary>
/// Searches people for every chat: by name, id, email, skill and language, with any accents and in any script. The typed words may come in
/// any order.
/// </summary>
internal static class PeopleSearch
{
    const int Ranks = 3;

    // A roster is the same array until the directory changes. Folding five thousand names for every letter that somebody types would take
    // longer than a chat waits while many type.
    static readonly ConditionalWeakTable<Employee[], IndexCard[]> Rosters = [];
    static readonly ConditionalWeakTable<Employee, IndexCard> Cards = [];

    /// <summary>
    /// The employees who match every typed word: first those whose name begins with the text, then those with a word that begins with it.
    /// </summary>
    /// <param name="typed">The typed text. An empty one finds everybody in their order.</param>
    /// <param name="everybody">Everybody.</param>
    /// <param name="most">How many are returned.</param>
    public static IReadOnlyList<Employee> Find(string typed, IReadOnlyList<Employee> everybody, int most = int.MaxValue)
    {
        var words = PlainWords.OneLine(typed).Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Select(word => Folding.Fold(word.Trim(',', ';', '"', '\'', '“', '”', '(', ')'))).Where(word => word.Length > 0).ToArray();
        if (words.Length == 0)
            return everybody.Count <= most ? everybody : [.. everybody.Take(most)];
        var line = string.Join(' ', words);
        Span<List<Employee>> found = [[], [], []];
        foreach (var card in CardsOf(everybody))
        {
            if (!card.Holds(words))
                continue;
            var rank = found[card.RankOf(line, words[0])];
            if (rank.Count < most)
                rank.Add(card.Employee);
            // Nobody can come before those who are found already.
            if (found[0].Count >= most)
                break;
        }
        for (var rank = 1; rank < Ranks; rank++)
            found[0].AddRange(found[rank].Take(most - found[0].Count));
        return found[0];
    }

    /// <summary>The ways to write the name of an employee in small Latin letters.</summary>
    public static IReadOnlyList<string> NamesOf(Employee employee) => CardOf(employee).Names;

    static IndexCard CardOf(Employee employee) => Cards.GetValue(employee, static each => new(each));

    // Only an immutable array is the same people as long as it is the same object.
    static IndexCard[] CardsOf(IReadOnlyList<Employee> everybody) =>
        everybody is ImmutableArray<Employee> roster && ImmutableCollectionsMarshal.AsArray(roster) is { } same
            ? Rosters.GetValue(same, static people => [.. people.Select(CardOf)])
            : [.. everybody.Select(CardOf)];

    /// <summary>The texts by which an employee is found, in small Latin letters.</summary>
    sealed class IndexCard
    {
        // No typed word contains a line break, so none is found across two texts.
        const char Between = '\n';

        readonly string texts;
        readonly string[] wordsOfName;
        readonly string[] languages;

        public IndexCard(Employee employee)
        {
            Employee = employee;
            Names = [.. Folding.Spellings(employee.Name)];
            texts = string.Join(Between, Names.Append(Folding.Fold(employee.Id.Value)).Append(Folding.Fold(employee.Email ?? ""))
                .Concat(employee.Skills.SelectMany(Folding.Spellings)));
            wordsOfName = [.. Names.SelectMany(name => name.Split(' ', '-'))];
            languages = [Folding.Fold(employee.Language), .. Folding.Fold(LanguageNames.Of(employee.Language)).Split(' ')];
        }

        public Employee Employee { get; }

        public string[] Names { get; }

        // A language must begin with the word, because "man" is in the middle of "German"; in a name it may stand anywhere.
        public bool Holds(string[] words)
        {
            foreach (var word in words)
                if (!texts.Contains(word, StringComparison.Ordinal) && !DoesAnyBegin(languages, word))
                    return false;
            return true;
        }

        public int RankOf(string line, string first) => DoesAnyBegin(Names, line) ? 0 : DoesAnyBegin(wordsOfName, first) ? 1 : 2;

        static bool DoesAnyBegin(string[] texts, string word)
        {
            foreach (var text in texts)
                if (text.StartsWith(word, StringComparison.Ordinal))
                    return true;
            return false;
        }
    }
}
