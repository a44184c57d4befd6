using System.Buffers;
using System.Text.RegularExpressions;
using BotDispatch.Core;

namespace BotDispatch.Chat;

/// <summary>The references that were found in a text.</summary>
/// <param name="Named">The known references in the text, in their order and in the ticket system's spelling.</param>
/// <param name="IsAll">Whether the text has no other words.</param>
/// <param name="Doubtful">
/// A part of the text that looks like a reference but is not known; null if no part does, or if the text names a known reference.
/// </param>
/// <param name="Near">The known references that may be meant by it, the likeliest first.</param>
/// <param name="Rest">The other words of the text.</param>
internal sealed record ReferenceReading(IReadOnlyList<string> Named, bool IsAll, string? Doubtful, IReadOnlyList<string> Near, string Rest)
{
    /// <summary>Whether no part of the text is or looks like a reference.</summary>
    public bool IsPlainWords => Named.Count == 0 && Doubtful is null;
}

/// <summary>
/// Finds the references of a ticket system in a text. It learns their forms from the tickets there are, so that it finds a reference with
/// any separators, brackets, case, script or link, and tells a mistyped reference from plain words.
/// </summary>
internal sealed partial class KnownReferences
{
    const int MostWordsOfOne = 6;
    const int MostNear = 3;

    static readonly SearchValues<char> Separators = SearchValues.Create(",;/|&+");

    readonly Dictionary<string, List<string>> byKey = new(StringComparer.Ordinal);
    readonly Dictionary<string, List<string>> byDigits = new(StringComparer.Ordinal);
    readonly Dictionary<string, string> byLink = new(StringComparer.OrdinalIgnoreCase);
    readonly HashSet<string> hosts = new(StringComparer.OrdinalIgnoreCase);
    readonly Dictionary<string, string> series = new(StringComparer.Ordinal);
    readonly HashSet<string> forms = new(StringComparer.Ordinal);

    KnownReferences() { }

    /// <summary>Learns from these tickets.</summary>
    public static KnownReferences Of(IEnumerable<Ticket> tickets)
    {
        var known = new KnownReferences();
        foreach (var ticket in tickets)
            if (!ticket.IsFreeText)
                known.Learn(ticket);
        return known;
    }

    /// <summary>Finds the references in a text.</summary>
    public ReferenceReading Read(string text)
    {
        var words = WordsOf(text, out var linked);
        List<string> named = [];
        List<string> rest = [];
        foreach (var reference in linked)
            Add(named, [reference]);
        for (var i = 0; i < words.Count;)
        {
            var length = LengthOfOneAt(words, i, out var found);
            if (length == 0)
                rest.Add(words[i++]);
            else
            {
                Add(named, found);
                i += length;
            }
        }
        var isAll = rest.All(word => Folding.Key(word).Length == 0);
        if (named.Count > 0)
            return new(named, isAll, null, [], string.Join(' ', rest));
        var doubtful = DoubtfulIn(words) is { } written ? InFormOfItsSeries(written) : null;
        return new([], false, doubtful, doubtful is null ? [] : NearTo(doubtful), string.Join(' ', rest));
    }

    void Learn(Ticket ticket)
    {
        var key = Folding.Key(ticket.Reference);
        if (key.Length == 0)
            return;
        Put(byKey, key, ticket.Reference);
        Put(byDigits, DigitsOf(key), ticket.Reference);
        Put(byDigits, WithoutZeros(DigitsOf(key)), ticket.Reference);
        forms.Add(FormOf(ticket.Reference));
        if (SeriesOf(key) is { Length: > 0 } letters)
            series.TryAdd(letters, HeadOf(ticket.Reference));
        if (ticket.Link is { Length: > 0 } link && TypedLinks.Bare(link) is { Length: > 0 } bare)
        {
            byLink.TryAdd(bare, ticket.Reference);
            hosts.Add(TypedLinks.HostOf(bare));
        }
    }

    // A pasted link means the ticket that it leads to, or else the reference in it.
    List<string> WordsOf(string text, out List<string> linked)
    {
        List<string> words = [];
        linked = [];
        foreach (var word in TypedLinks.Unwrapped(text).Split(' ', StringSplitOptions.RemoveEmptyEntries))
            if (TypedLinks.Bare(word) is not { } link)
                words.AddRange(Parts(word));
            else if (TypedLinks.FormsOf(link).Select(form => byLink.GetValueOrDefault(form)).OfType<string>().FirstOrDefault()
                is { } reference)
                linked.Add(reference);
            else if (TypedLinks.PartsOf(link).SelectMany(part => KnownAs(Folding.Key(part), inWords: true)).FirstOrDefault() is { } within)
                linked.Add(within);
            else
                words.Add(hosts.Contains(TypedLinks.HostOf(link)) ? TypedLinks.PartsOf(link).LastOrDefault(LooksLikeOne) ?? word : word);
        return words;
    }

    // "INC-1042,INC-1051" names two; REQ/2026/0042 is one.
    string[] Parts(string word)
    {
        if (word.AsSpan().IndexOfAny(Separators) < 0 || byKey.ContainsKey(Folding.Key(word)))
            return [word];
        var parts = word.Split([',', ';', '/', '|', '&', '+'], StringSplitOptions.RemoveEmptyEntries);
        return parts.Any(part => byKey.ContainsKey(Folding.Key(part))) ? parts : [word];
    }

    int LengthOfOneAt(List<string> words, int at, out List<string> found)
    {
        for (var length = Math.Min(MostWordsOfOne, words.Count - at); length > 0; length--)
        {
            var these = words.GetRange(at, length);
            if (length > 1 && (Folding.Key(these[0]).Length == 0 || Folding.Key(these[^1]).Length == 0))
                continue;
            var key = Folding.Key(string.Concat(these));
            found = length > 1 && key.All(char.IsAsciiDigit) ? [] : KnownAs(key, inWords: words.Count > length);
            if (found.Count == 0 && length == 1)
                found = KnownAs(Folding.Key(Unpossessed(these[0])), inWords: true);
            // If two references differ only in their separators, the typed separators decide.
            if (found.Count > 1)
            {
                var typed = Clean(CommandGrammar.AsReference(these[0]));
                if (found.Where(each => each.Equals(typed, StringComparison.OrdinalIgnoreCase)).ToList() is [_] exact)
                    found = exact;
            }
            if (found.Count > 0)
                return length;
        }
        found = [];
        return 0;
    }

    // A short number among words counts something: it is no reference.
    List<string> KnownAs(string key, bool inWords) =>
        byKey.TryGetValue(key, out var references) && !(inWords && key.Length < 4 && key.All(char.IsAsciiDigit)) ? references : [];

    string? DoubtfulIn(List<string> words)
    {
        words = [.. words.Where(word => Folding.Key(word).Length > 0)];
        if (words.Count == 0)
            return null;
        var whole = string.Concat(words);
        if (words.Count == 1 && TypedLinks.Bare(words[0]) is { } link)
            return hosts.Contains(TypedLinks.HostOf(link)) ? words[0] : null;
        if (words.Count == 1)
            return LooksLikeOne(whole) ? Clean(words[0]) : null;
        if (words.Count <= MostWordsOfOne && IsNear(Folding.Key(whole)))
            return Clean(string.Join(' ', words));
        for (var i = 0; i < words.Count; i++)
        {
            var (key, next) = (Folding.Key(words[i]), i + 1 < words.Count ? Folding.Key(words[i + 1]) : "");
            // "INC 9999": a known series and a number.
            if (series.ContainsKey(key) && key.Length > 1 && next.All(char.IsAsciiDigit)
                && (next.Length >= 3 || (next.Length > 0 && words.Count == 2)))
                return Clean($"{words[i]} {words[i + 1]}");
            // A plain number among words is no mistyped reference.
            if (IsInKnownSeries(words[i], key)
                || (key.Length >= 6 && key.Count(char.IsAsciiDigit) >= 3 && !Clean(words[i]).All(char.IsAsciiDigit) && IsNear(key)))
                return Clean(words[i]);
            if (i == 0 && key.Length >= 3 && key.All(char.IsAsciiDigit) && byDigits.ContainsKey(key))
                return Clean(words[i]);
        }
        return null;
    }

    // For a text that is one word.
    bool LooksLikeOne(string word)
    {
        var key = Folding.Key(word);
        return key.Any(char.IsAsciiDigit)
            && (CommandGrammar.LooksLikeReference(CommandGrammar.AsReference(Clean(word))) || key.All(char.IsAsciiDigit)
                || IsInKnownSeries(word, key) || forms.Contains(FormOf(Clean(word))) || IsNear(key));
    }

    bool IsInKnownSeries(string word, string key) =>
        SeriesOf(key) is { Length: > 1 } letters && series.ContainsKey(letters)
        && key.Length > letters.Length && key[letters.Length..].All(char.IsAsciiDigit)
        && (key.Length - letters.Length >= 3 || Clean(word).Any(letter => !char.IsLetterOrDigit(letter)));

    // One typing mistake in a short reference, two in a long one; with three letters everything would be near.
    bool IsNear(string key) => (key.Length switch { < 4 => 0, < 7 => 1, _ => 2 }) is > 0 and var most && key.Any(char.IsAsciiDigit)
        && byKey.Keys.Any(known => Closeness.Of(known, key, most) <= most);

    List<string> NearTo(string doubtful)
    {
        var key = Folding.Key(doubtful);
        var most = Math.Max(2, key.Length / 3);
        var sameNumber = key.All(char.IsAsciiDigit) && byDigits.TryGetValue(key, out var those) ? those : [];
        var near = byKey
            .Select(each => (each.Value, Distance: WithoutZeros(each.Key) == WithoutZeros(key) ? 0 : Closeness.Of(each.Key, key, most)))
            .Where(each => each.Distance <= most)
            .OrderBy(each => each.Distance)
            .ToList();
        var nearest = near.Where(each => each.Distance <= near[0].Distance + 1).SelectMany(each => each.Value);
        return [.. sameNumber.Concat(nearest).Distinct(StringComparer.OrdinalIgnoreCase).Take(MostNear)];
    }

    // "inc 9999" may be a ticket that was not listed: its reference would be INC-9999.
    string InFormOfItsSeries(string written) =>
        Folding.Key(written) is var key && SeriesOf(key) is { Length: > 1 } letters && series.TryGetValue(letters, out var head)
        && key[letters.Length..].All(char.IsAsciiDigit) && Folding.Key(head) == letters
            ? head + key[letters.Length..]
            : written;

    // The part before the first digit, as "INC-".
    static string HeadOf(string reference) => new([.. reference.TakeWhile(letter => !char.IsDigit(letter))]);

    static string SeriesOf(string key) => new([.. key.TakeWhile(char.IsAsciiLetter)]);

    static string DigitsOf(string key) => new([.. key.Reverse().TakeWhile(char.IsAsciiDigit).Reverse()]);

    static string WithoutZeros(string key) => LeadingZeros().Replace(key, "");

    // Letters, digits and the separators between them, as "A-9" for INC-1042.
    static string FormOf(string reference)
    {
        var form = new System.Text.StringBuilder();
        foreach (var letter in Folding.Fold(reference.Trim()))
        {
            var kind = char.IsAsciiLetter(letter) ? 'A' : char.IsAsciiDigit(letter) ? '9' : letter;
            if (form.Length == 0 || form[^1] != kind)
                form.Append(kind);
        }
        return form.ToString();
    }

    static string Clean(string word) => Unpossessed(word.Trim([.. word.Where(letter => !char.IsLetterOrDigit(letter)).Distinct()]));

    static string Unpossessed(string word) =>
        word.EndsWith("'s", StringComparison.OrdinalIgnoreCase) || word.EndsWith("’s", StringComparison.OrdinalIgnoreCase)
            ? word[..^2]
            : word;

    static void Put(Dictionary<string, List<string>> index, string key, string reference)
    {
        if (key.Length == 0)
            return;
        if (!index.TryGetValue(key, out var list))
            index.Add(key, list = []);
        if (!list.Contains(reference, StringComparer.OrdinalIgnoreCase))
            list.Add(reference);
    }

    static void Add(List<string> named, IEnumerable<string> found)
    {
        foreach (var reference in found)
            if (!named.Contains(reference, StringComparer.OrdinalIgnoreCase))
                named.Add(reference);
    }

    [GeneratedRegex("(?<![0-9])0+(?=[0-9])", RegexOptions.CultureInvariant)]
    private static partial Regex LeadingZeros();
}
