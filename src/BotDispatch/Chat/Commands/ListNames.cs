using BotDispatch.Core;
using BotDispatch.Ports;

namespace BotDispatch.Chat;

/// <summary>What somebody typed, split into what is to be dispatched and the named list that it goes to.</summary>
/// <param name="Subject">The ticket or the words before <c>to</c>.</param>
/// <param name="List">The list; null if the last words name none.</param>
/// <param name="IsNow">It starts at once, without the dialog.</param>
/// <param name="Unknown">What was typed in place of a list; null if nothing was.</param>
internal sealed record TypedList(string Subject, NamedList? List, bool IsNow = false, string? Unknown = null);

/// <summary>Recognises the names of lists in commands, as <c>INC-1042 to lifts</c>.</summary>
internal static class ListNames
{
    const string To = " to ";
    const string Now = " now";
    const int MostNear = 3;
    // A telephone's keyboard writes a full stop by itself.
    static readonly char[] EndsASentence = [.. ".!?…,;:。！"];

    /// <summary>
    /// Splits the typed words. They go to a list only if the last words after a <c>to</c> are the name of one, because any other text may
    /// contain that word.
    /// </summary>
    /// <param name="words">The typed words.</param>
    /// <param name="lists">Every list.</param>
    /// <param name="isReference">Whether a text is the reference of a ticket by its form. Words after it name a list that does not
    /// exist.</param>
    public static TypedList Split(string words, IReadOnlyCollection<NamedList> lists, Func<string, bool> isReference)
    {
        var ended = words.TrimEnd().TrimEnd(EndsASentence);
        var isNow = ended.EndsWith(Now, StringComparison.OrdinalIgnoreCase);
        foreach (var (line, now) in isNow ? [(ended[..^Now.Length], true), (words, false)] : (ReadOnlySpan<(string, bool)>)[(words, false)])
        {
            for (var at = line.LastIndexOf(To, StringComparison.OrdinalIgnoreCase); at > 0;
                at = line.LastIndexOf(To, at - 1, StringComparison.OrdinalIgnoreCase))
                if (Find(line[(at + To.Length)..], lists) is { } list)
                    return new(line[..at].Trim(), list, now);
            // "to lifts now" and "lifts" name a list, and nothing to do.
            var begin = To.TrimStart();
            if (Find(line.StartsWith(begin, StringComparison.OrdinalIgnoreCase) ? line[begin.Length..] : line, lists) is { } only)
                return new("", only, now);
        }
        return words.IndexOf(To, StringComparison.OrdinalIgnoreCase) is > 0 and var first && isReference(words[..first].Trim())
            ? new(words[..first].Trim(), null, Unknown: Bare((isNow ? ended[..^Now.Length] : ended)[(first + To.Length)..]))
            : new(words, null);
    }

    /// <summary>
    /// Returns the list that somebody names: by its id or name, in quotes or at the end of a sentence; or else the only one whose letters
    /// and digits are the same, whatever stands between them, as <c>night-shift</c> for <c>Night shift</c>. Null if there is none.
    /// </summary>
    public static NamedList? Find(string typed, IReadOnlyCollection<NamedList> lists) =>
        Find(typed, lists, (list, words) => list.IsCalled(words), list => [list.Id, list.Name]);

    /// <summary>Returns the name that somebody means, in the same way.</summary>
    public static string? Find(string typed, IReadOnlyCollection<string> names) =>
        Find(typed, names, (name, words) => name.Equals(words.Trim(), StringComparison.OrdinalIgnoreCase), name => [name]);

    static T? Find<T>(string typed, IReadOnlyCollection<T> all, Func<T, string, bool> isCalled, Func<T, string[]> namesOf) where T : class
    {
        if (all.FirstOrDefault(each => isCalled(each, typed)) is { } exact)
            return exact;
        var bare = Bare(typed);
        if (all.FirstOrDefault(each => isCalled(each, bare)) is { } same)
            return same;
        var key = Folding.Key(bare);
        return key.Length > 0 && all.Where(each => namesOf(each).Any(name => Folding.Key(name) == key)).ToList() is [var one] ? one : null;
    }

    static string Bare(string typed) => PlainWords.Unquoted(typed.Trim().TrimEnd(EndsASentence));

    /// <summary>Returns the lists whose ids or names are nearest to a mistyped one.</summary>
    public static IReadOnlyList<NamedList> Near(string typed, IReadOnlyCollection<NamedList> lists)
    {
        var word = Folding.Fold(typed);
        return [.. lists.Select(each => (List: each, Distance: Math.Min(DistanceOf(each.Id), DistanceOf(each.Name))))
            .Where(each => each.Distance <= Math.Max(2, word.Length / 3)).OrderBy(each => each.Distance).Take(MostNear)
            .Select(each => each.List)];

        // "lifts nwo" is a list and a mistyped word.
        int DistanceOf(string name) => Folding.Fold(name) is var folded
            && (folded.StartsWith(word, StringComparison.Ordinal) || word.StartsWith(folded + " ", StringComparison.Ordinal))
            ? 1
            : Closeness.Of(folded, word, Math.Max(2, word.Length / 3));
    }

    /// <summary>Suggests the lists that a half-typed command can go to; empty if no list is being typed.</summary>
    public static IReadOnlyList<CommandSuggestion> Suggest(string typed, IReadOnlyCollection<NamedList> lists)
    {
        if (typed.LastIndexOf(To, StringComparison.OrdinalIgnoreCase) is not (> 0 and var at))
            return [];
        var (before, part) = (typed[..(at + To.Length)], typed[(at + To.Length)..].Trim());
        return [.. lists.Where(each => each.Id.StartsWith(part, StringComparison.OrdinalIgnoreCase)
                || each.Name.StartsWith(part, StringComparison.OrdinalIgnoreCase))
            .Take(CommandCompletion.Most)
            .Select(each => new CommandSuggestion(before + each.Id, PlainWords.OneLine(each.Description ?? each.Name)))];
    }

    /// <summary>Says that there is no such list, and which are nearest.</summary>
    /// <param name="typed">What was typed in place of a list.</param>
    /// <param name="subject">What was typed before it.</param>
    /// <param name="lists">Every list.</param>
    /// <param name="person">How to name the employee who is called that; null if it is not the name of one.</param>
    public static string NoSuchList(string typed, string subject, IReadOnlyCollection<NamedList> lists, string? person = null)
    {
        if (person is not null)
            return $"There is no list called {Shown(typed)}. Did you mean /dispatch {Shown(subject)} {Shown(person)}? "
                + AsWords(subject, typed);
        if (lists.Count == 0)
            return $"No lists of people are set up, so {Shown(typed)} is none. "
                + "An administrator can add them with the setting Employees:Lists. "
                + AsWords(subject, typed);
        var near = Near(typed, lists);
        return $"There is no list called {Shown(typed)}. "
            + (near.Count > 0
                ? $"Did you mean {string.Join(" or ", near.Select(each => $"/dispatch {Shown(subject)} to {Shown(each.Id)}"))}?"
                : $"Lists: {string.Join(", ", lists.Take(CommandCompletion.Most).Select(each => Shown(each.Id)))}.")
            + $" {AsWords(subject, typed)}";
    }

    /// <summary>Says that a list was named, but nothing to do.</summary>
    public static string WithoutSubject(TypedList typed, string words) =>
        $"{Shown(typed.List!.Name)} is a list of people. Say what it is about: /dispatch INC-1042 to {Shown(typed.List.Id)}"
        + $"{(typed.IsNow ? Now : "")}. {ReplyText.AsWords(words)}";

    /// <summary>Says why nobody on a list can be called.</summary>
    public static string MeansNobody(ResolvedList list) =>
        $"Nobody on {Shown(list.List.Name)} can be called, so nothing was started. "
        + string.Join(" ", list.LeftOut.Take(CommandCompletion.Most).Select(each => $"{Shown(each.Who)}: {each.Why.TrimEnd('.')}."))
        + (list.LeftOut.Length > CommandCompletion.Most ? $" And {list.LeftOut.Length - CommandCompletion.Most} more." : "");

    static string AsWords(string subject, string typed) =>
        $"To dispatch these words as they are, write: /dispatch text: {Shown($"{subject} to {typed}")}";

    static string Shown(string words) => PlainWords.Shortened(PlainWords.OneLine(words), 80).Isolated();
}
