using System.Collections.Immutable;
using System.Text.RegularExpressions;

namespace BotDispatch.Chat;

/// <summary>Parses the text after <c>/dispatch</c>. Parsing never fails: a text that is no command is something to dispatch.</summary>
internal static partial class CommandGrammar
{
    const char FirstMention = '\uE000';
    const int MostMentions = 200;

    /// <summary>Words that connect the subject with a person, as in "INC-1042 to @ann and @bob": they belong to neither.</summary>
    static readonly string[] Connectives = ["to", "and", "or", "then", "und", "oder", "&", ","];

    /// <summary>Parses the text.</summary>
    /// <param name="text">The whole text after the command's name.</param>
    /// <param name="mentions">The mentions in it, in their order.</param>
    public static ChatCommand Parse(string text, IReadOnlyList<Mention>? mentions = null)
    {
        mentions ??= [];
        var line = WithoutName(Marked(text, mentions));
        if (line.Length == 0)
            return new ChatCommand.Empty();

        var (head, note) = SplitAt(line, NoteBegins());
        if (note is null && (PeopleGrammar.Parse(head, mentions) ?? Subcommand(head, mentions)) is { } command)
            return command;
        return Subject(head, note, mentions);
    }

    // "/dispatch dispatch INC-1042" means INC-1042; "dispatch desk is on fire" is something to dispatch.
    static string WithoutName(string line)
    {
        var rest = OwnName().Replace(line, "", 1).Trim();
        return OwnWord().Match(rest) is { Success: true } word && rest[word.Length..].Split(' ')[0] is var next
            && (LooksLikeReference(AsReference(next.TrimEnd('.', ',', '!', '?'))) || CommandCompletion.IsSubcommand(next))
            ? rest[word.Length..]
            : rest;
    }

    /// <summary>What is dispatched if the text is no command.</summary>
    internal static ChatCommand.Open Subject(string head, string? note, IReadOnlyList<Mention> mentions)
    {
        var (before, verbatim) = SplitAt(head, TextBegins());
        var (words, people) = Sorted(before, mentions);
        var isVerbatim = verbatim is not null && words.Length == 0;
        if (!isVerbatim && verbatim is not null)
            (words, people) = Sorted(head, mentions);
        return new ChatCommand.Open(
            PlainWords.Unquoted(isVerbatim ? Unmarked(verbatim!, mentions) : words), isVerbatim, people, Written(note, mentions));
    }

    /// <summary>Whether a text has the form of a ticket's reference, as <c>INC-1042</c>.</summary>
    public static bool LooksLikeReference(string text) => Reference().IsMatch(text);

    /// <summary>Every reference in a text, in order.</summary>
    public static IEnumerable<string> ReferencesIn(string text) =>
        ReferenceWithin().Matches(AsReference(text)).Select(found => found.Value);

    /// <summary>The reference with hyphens instead of dashes, because automatic correction turns hyphens into dashes.</summary>
    public static string AsReference(string text) => Dashes().Replace(text, "-");

    static ChatCommand? Subcommand(string head, IReadOnlyList<Mention> mentions)
    {
        if (head is "?" or "-h" or "--help" or "/?")
            return new ChatCommand.Help();
        if (CommandWords.AsksWhoIsOnCall(head))
            return new ChatCommand.OnCall();
        var space = head.IndexOf(' ');
        var verb = CommandWords.Bare(space < 0 ? head : head[..space]);
        var rest = space < 0 ? "" : AsReferenceIfOne(PlainWords.Unquoted(Unmarked(head[(space + 1)..], mentions)));
        // "re dispatch INC-1042"
        if (verb == "re" && rest.Split(' ', 2) is [var second, .. var after] && CommandWords.Bare(second) == "dispatch")
            (verb, rest) = ("redispatch", AsReferenceIfOne(after.Length == 0 ? "" : after[0]));
        var ticket = CommandWords.AreForAny(rest) ? "" : rest;
        return verb switch
        {
            "status" => new ChatCommand.Status(ticket.Length == 0 ? null : ticket),
            "cancel" => new ChatCommand.Cancel(ticket),
            "done" => new ChatCommand.Done(ticket),
            "skip" => new ChatCommand.Skip(ticket),
            "take" => new ChatCommand.Take(ticket),
            "redispatch" or "re-dispatch" => new ChatCommand.Redispatch(ticket),
            "history" => new ChatCommand.History(ticket.Length == 0 ? null : ticket),
            "also" when rest.Length == 0 => new ChatCommand.Also("", ""),
            // "also the lift in tower B" is something to dispatch.
            "also" when InPlace().Match(rest) is { Success: true } also && Named(also.Groups["ticket"].Value) is { } named =>
                new ChatCommand.Also(named, PlainWords.Unquoted(also.Groups["place"].Value)),
            "list" when ticket.Length == 0 || CommandWords.AreForList(rest) => new ChatCommand.List(),
            "list" when ListPage().Match(rest) is { Success: true } page => new ChatCommand.List(int.Parse(page.Groups["page"].ValueSpan)),
            // One word is rather mistyped than a job, unless it is a ticket; "list 2 is stuck" is a job.
            "list" when !rest.Contains(' ') && !rest.Any(char.IsDigit) => new ChatCommand.Resembling("list", $"{verb} {rest}"),
            "oncall" or "on-call" when ticket.Length == 0 => new ChatCommand.OnCall(),
            "who" when rest.Length == 0 => new ChatCommand.OnCall(),
            "oncall" or "on-call" => PeopleGrammar.OnCall(head, mentions),
            // "on call tomorrow", and "on call for lifts"; "on call phone is broken" is something to dispatch.
            "on" when OnCallIn().IsMatch(head) => PeopleGrammar.OnCall(head, mentions),
            _ when CommandWords.AsksForPeople(verb) && rest.Length > 0 => PeopleGrammar.OnCall(head, mentions),
            // "help desk printer is broken" is something to dispatch.
            "help" when rest.Length == 0 || CommandWords.MeantBy(rest) is not null => new ChatCommand.Help(),
            _ => null,
        };
    }

    // A ticket, or words in quotes.
    static string? Named(string text) => LooksLikeReference(AsReference(text)) ? AsReference(text)
        : PlainWords.Unquoted(text) is var words && words != text ? words
        : null;

    static string AsReferenceIfOne(string text) => LooksLikeReference(AsReference(text)) ? AsReference(text) : text;

    /// <summary>The text as one line in which each mention is replaced by one private-use character.</summary>
    static string Marked(string text, IReadOnlyList<Mention> mentions)
    {
        var line = PlainWords.OneLine(text);
        for (var i = 0; i < Math.Min(mentions.Count, MostMentions); i++)
        {
            var token = PlainWords.OneLine(mentions[i].Token);
            var at = token.Length == 0 ? -1 : line.IndexOf(token, StringComparison.Ordinal);
            if (at >= 0)
                line = $"{line[..at]} {(char)(FirstMention + i)} {line[(at + token.Length)..]}";
        }
        return string.Join(' ', line.Split(' ', StringSplitOptions.RemoveEmptyEntries));
    }

    internal static string Unmarked(string line, IReadOnlyList<Mention> mentions) => string.Concat(line.Select(letter =>
        MentionIn(letter, mentions) is { } mention ? "@" + PlainWords.OneLine(mention.Person.Name) : letter.ToString()));

    static Mention? MentionIn(char letter, IReadOnlyList<Mention> mentions) =>
        letter - FirstMention is var index and >= 0 && index < Math.Min(mentions.Count, MostMentions) ? mentions[index] : null;

    static (string Before, string? After) SplitAt(string line, Regex keyword) =>
        keyword.Match(line) is { Success: true } found
            ? (line[..found.Index].Trim(), line[(found.Index + found.Length)..].Trim())
            : (line, null);

    static string? Written(string? note, IReadOnlyList<Mention> mentions) =>
        note is null || PlainWords.Unquoted(Unmarked(note, mentions)) is not { Length: > 0 } written ? null : written;

    internal static (string Words, ImmutableArray<NamedPerson> People) Sorted(string line, IReadOnlyList<Mention> mentions)
    {
        var words = new List<string>();
        var people = ImmutableArray.CreateBuilder<NamedPerson>();
        foreach (Match piece in Pieces().Matches(line))
        {
            if (PersonIn(piece, mentions) is not { } person)
            {
                words.Add(piece.Value);
                continue;
            }
            while (words.Count > 0 && Connectives.Contains(words[^1].ToLowerInvariant()))
                words.RemoveAt(words.Count - 1);
            if (words.Count > 0)
                words[^1] = words[^1].TrimEnd(',');
            if (!people.Contains(person))
                people.Add(person);
        }
        return (string.Join(' ', words).Trim(), people.ToImmutable());
    }

    static NamedPerson? PersonIn(Match piece, IReadOnlyList<Mention> mentions)
    {
        if (MentionIn(piece.Value[0], mentions) is { } mention)
            return new NamedPerson.Mentioned(mention.Person);
        var name = piece.Groups["quoted"].Success
            ? piece.Groups["quoted"].Value.Trim()
            : piece.Groups["plain"].Value.TrimEnd(',', ';', '.', ':', '!', '?');
        return name.Any(char.IsLetterOrDigit) ? new NamedPerson.Typed(name) : null;
    }

    [GeneratedRegex(@"^/dispatch(?=\s|$)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex OwnName();

    [GeneratedRegex(@"^dispatch\s+", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex OwnWord();

    [GeneratedRegex(@"^on[\s]+(?:call|duty)\s", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex OnCallIn();

    [GeneratedRegex(@"(?<=^|\s)note:", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex NoteBegins();

    [GeneratedRegex(@"(?<=^|\s)text:", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex TextBegins();

    [GeneratedRegex(@"^[A-Za-z][A-Za-z0-9]{0,15}-\d{1,12}$", RegexOptions.CultureInvariant)]
    private static partial Regex Reference();

    [GeneratedRegex(@"(?<![A-Za-z0-9-])[A-Za-z][A-Za-z0-9]{0,15}-\d{1,12}(?![A-Za-z0-9-])", RegexOptions.CultureInvariant)]
    private static partial Regex ReferenceWithin();

    [GeneratedRegex(@"^(?<ticket>.+?)(?:\s+in(?:\s+(?<place>.+))?)?$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex InPlace();

    [GeneratedRegex("^(?:page )?(?<page>[1-9][0-9]{0,2})$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex ListPage();

    [GeneratedRegex("[\u2010-\u2015\u2212]", RegexOptions.CultureInvariant)]
    private static partial Regex Dashes();

    /// <summary>One word, or one named person, whose name may stand in quotes.</summary>
    [GeneratedRegex(
        "[\uE000-\uE0FF],?|@[\"“”„«](?<quoted>[^\"“”„«»]{1,80})[\"“”»]|@(?<plain>[^\\s]+)|[^\\s]+",
        RegexOptions.CultureInvariant)]
    private static partial Regex Pieces();
}
