using System.Text;
using System.Text.RegularExpressions;

namespace BotDispatch.Chat;

/// <summary>
/// Parses commands about people and their times: away, back, cover and schedule. Words that only resemble one are asked back, and words
/// that speak of something else are something to dispatch.
/// </summary>
internal static partial class PeopleGrammar
{
    /// <summary>Parses the text; null if it is no such command.</summary>
    /// <param name="head">The text in one line, with its mentions marked.</param>
    /// <param name="mentions">The mentions.</param>
    public static ChatCommand? Parse(string head, IReadOnlyList<Mention> mentions)
    {
        if (OfMyself().Match(head) is { Success: true } said)
            return Parse(head[said.Length..], mentions) switch
            {
                ChatCommand.Schedule => null,
                null when CommandWords.MeantBy(head[said.Length..]) is ("away" or "back") and var command =>
                    new ChatCommand.Resembling(command, CommandGrammar.Unmarked(head, mentions)),
                var meant => meant,
            };
        var space = head.IndexOf(' ');
        var verb = CommandWords.Bare(space < 0 ? head : head[..space]);
        var marked = space < 0 ? "" : head[(space + 1)..];
        var (rest, words) = (PlainWords.Unquoted(CommandGrammar.Unmarked(marked, mentions)), CommandGrammar.Unmarked(head, mentions));
        return verb switch
        {
            // "away from keyboard" and "back door is stuck" are something to dispatch.
            "away" when rest.Length == 0 || Until().IsMatch(rest) || TimeWords.AreTime(rest) =>
                new ChatCommand.Away(Ascii.IsValid(rest) ? rest : Folding.Fold(rest)),
            "away" or "back" when AreOthers(marked, mentions) => new ChatCommand.Incomplete("away", words),
            "back" when rest.Length == 0 || JustBack().IsMatch(rest) => new ChatCommand.Back(),
            "back" when TimeWords.AreTime(rest) || TimeWords.AreNearlyTime(rest) => new ChatCommand.Incomplete("back", words),
            "away" when TimeWords.AreNearlyTime(rest) => new ChatCommand.Incomplete("away when", words),
            "cover" => Cover(head, marked, mentions, meant: null),
            "schedule" => Schedule(head, marked, rest, mentions),
            "away" or "back" => AwayOfOther(verb, head, rest, words, mentions, isMistyped: false),
            _ => Resembling(verb, head, marked, rest, words, mentions),
        };
    }

    // "away @ben until 18:00" must neither open a dialog that would phone Ben nor say that he is away, and no more must "away @ben untill
    // 18:00" or "away @ben dis aprem".
    static bool AreOthers(string marked, IReadOnlyList<Mention> mentions) =>
        CommandGrammar.Sorted(marked, mentions) is ({ } line, { Length: > 0 })
        && (line.Length == 0 || TimeWords.MayBeTime(line) || (PersonFirst().IsMatch(marked) && TimeWords.MayStandForTime(line)));

    // "away ben until 18:00" and "back ben", if that is a name; "back door is stuck" is something to dispatch. Without a time, more than
    // one word is a name only in capitals, or if the directory has it.
    static ChatCommand.AwayOfOther? AwayOfOther(
        string verb, string head, string rest, string words, IReadOnlyList<Mention> mentions, bool isMistyped) =>
        TimeWords.Named(rest) is (var name, var when)
            ? new(verb, WithoutPossessive(PlainWords.Unquoted(name)), when, words, CommandGrammar.Subject(head, null, mentions))
            {
                IsUncertain = isMistyped || !(when.Length > 0 || name.Split(' ') is [_] || TimeWords.MayBeTime(name)
                    || NamedPeople.AreCapitalized(name) || NamedPeople.EachOf(name).Length > 1),
            }
            : null;

    // A mistyped word, or the word of another tool, is a command only with a time after it; "off-line printer" is none.
    static ChatCommand? Resembling(
        string verb, string head, string marked, string rest, string words, IReadOnlyList<Mention> mentions)
    {
        if (rest.Length == 0 || CommandCompletion.IsSubcommand(verb))
            return null;
        var isTime = TimeWords.MayBeTime(rest);
        var meant = CommandWords.MeantBy(verb);
        // "off @ben tomorrow" would phone Ben.
        if (meant is "away" or "back"
            && CommandGrammar.Sorted(marked, mentions) is ({ } line, { Length: > 0 }) && TimeWords.MayBeTime(line))
            return new ChatCommand.Incomplete("away", words);
        return meant switch
        {
            "away" when isTime => new ChatCommand.Resembling($"away {rest}", words),
            "back" when JustBack().IsMatch(rest) => new ChatCommand.Resembling("back", words),
            "back" when isTime => new ChatCommand.Incomplete("back", words),
            "cover" => Cover(head, marked, mentions, meant: words) is var cover && MayBeMeant(cover) ? cover : null,
            "away" or "back" => AwayOfOther(meant, head, rest, words, mentions, isMistyped: true),
            _ => null,
        };
    }

    // Of a mistyped command, one word alone may be anything: a "hover board".
    static bool MayBeMeant(ChatCommand? cover) =>
        cover is not ChatCommand.Cover { When: "", For: var person } || (person is NamedPerson.Typed(var name) && name.Contains(' '));

    static ChatCommand? Cover(string head, string marked, IReadOnlyList<Mention> mentions, string? meant)
    {
        var words = CommandGrammar.Unmarked(head, mentions);
        if (marked.Length == 0)
            return new ChatCommand.Incomplete("cover", words);
        var (line, people) = CommandGrammar.Sorted(marked, mentions);
        line = Fillers().Replace(line, "").Trim();
        switch (people)
        {
            case [NamedPerson.Typed(var self)] when IsTheAuthor(self):
                return new ChatCommand.Incomplete("cover", words);
            case [var other] when TimeWords.MayBeTime(line):
                return Of(Owner(other), line);
            // "@Ann Lee until 18:00": a name that was not quoted goes on.
            case [NamedPerson.Typed(var first)] when TimeWords.Named(line) is (var more, var when) && when.Length > 0
                && marked.StartsWith($"@{first} {more}", StringComparison.Ordinal):
                return Of(new NamedPerson.Typed($"{first} {more}"), when) with { Otherwise = Subject() };
            // One cover is for one person.
            case [_, _, ..] when TimeWords.MayBeTime(line):
            case [_, ..] when line.Length == 0:
            // "cover @ben dis aprem" would phone Ben. Of a mistyped command, only a time is certain enough.
            case [_, ..] when PersonFirst().IsMatch(marked)
                && (meant is null ? TimeWords.MayStandForTime(line) : TimeWords.AreNearlyTime(line)):
                return new ChatCommand.Incomplete("cover", words);
            case [] when TimeWords.AreTime(line) || (TimeWords.MayBeTime(line) && TimeWords.Named(line) is null):
            case [] when TimeWords.Named(line.ToLowerInvariant()) is ("me" or "myself" or "us", { Length: > 0 }):
                return new ChatCommand.Incomplete("cover", words);
            // "cover ben until 18:00", if there is somebody of that name; "cover the hole in the fence" is something to dispatch.
            case [] when TimeWords.Named(line) is (var name, var time):
                return Of(Owner(new NamedPerson.Typed(name)), time) with { Otherwise = Subject() };
            default:
                return null;
        }

        ChatCommand.Open Subject() => CommandGrammar.Subject(head, null, mentions);

        ChatCommand.Cover Of(NamedPerson other, string when) =>
            new(other, when, null, meant is null ? null : $"cover {Written(other)} {when}");
    }

    /// <summary>
    /// Parses what follows <c>oncall</c> or <c>who</c>: who is meant is shown with their shifts, and a list with its people. Null if nobody
    /// can be meant.
    /// </summary>
    public static ChatCommand? OnCall(string head, IReadOnlyList<Mention> mentions)
    {
        var whole = OnCallFillers().Replace(head[(head.IndexOf(' ') + 1)..], "").Trim().TrimEnd('?', '.', '!');
        // A rotation may be called "Call centre", so the words stay known as they are.
        var marked = DutyFillers().Replace(whole, "").Trim();
        var (words, rest) = (PlainWords.Unquoted(CommandGrammar.Unmarked(whole, mentions)),
            PlainWords.Unquoted(CommandGrammar.Unmarked(marked, mentions)));
        return words.Length == 0 || CommandWords.AreForAny(words) ? null
            : Schedule(head, marked, rest, mentions) with { IsOnCall = true, Whole = words };
    }

    static ChatCommand.Schedule Schedule(string head, string marked, string rest, IReadOnlyList<Mention> mentions)
    {
        var (line, people) = CommandGrammar.Sorted(marked, mentions);
        // "shifts of Ann" has two of them.
        line = Fillers().Replace(Fillers().Replace(line, "").Trim(), "").Trim();
        var isOnly = line.Length == 0 || TimeWords.AreTime(line) || Belongings().Replace(" " + line, "").Length == 0;
        if (people is [NamedPerson.Typed(var self)] && IsTheAuthor(self) && isOnly)
            return new ChatCommand.Schedule(null, "me");
        if (people is [var whose] && isOnly)
            return new ChatCommand.Schedule(Owner(whose), "");
        if (rest.Length == 0 || TimeWords.AreTime(rest) || CommandWords.AreForAny(rest))
            return new ChatCommand.Schedule(null, rest) { OrAll = true };
        // "shifts tomorrow" and "duty tonight"
        if (people.IsEmpty && (line.Length == 0 || TimeWords.AreTime(line)))
            return new ChatCommand.Schedule(null, line) { OrAll = true, Whole = rest };
        return IsTheAuthor(line) || line.ToLowerInvariant() is "mine" or "my"
            ? new ChatCommand.Schedule(null, "me")
            : new ChatCommand.Schedule(null, PlainWords.Unquoted(CommandGrammar.Unmarked(line, mentions)),
                CommandGrammar.Subject(head, null, mentions))
            { Whole = rest };
    }

    /// <summary>
    /// The name in words such as <c>Ann's week</c> or <c>Ann Lee tomorrow</c>; the words themselves if they have nothing else.
    /// </summary>
    public static string NameIn(string words)
    {
        var name = TimeWords.Named(words) is (var before, { Length: > 0 }) ? before : words;
        return WithoutPossessive(PlainWords.Unquoted(Belongings().Replace(name, "").Trim())) is { Length: > 0 } bare ? bare : words;
    }

    /// <summary>The name without the ending of <c>Ben's</c>.</summary>
    public static string WithoutPossessive(string name) => Possessive().Replace(name, "");

    // My is a first name as well, so "@my" is somebody.
    static bool IsTheAuthor(string word) => word.ToLowerInvariant() is "me" or "myself";

    // "@ben's shift" is Ben's.
    static NamedPerson Owner(NamedPerson person) =>
        person is NamedPerson.Typed(var name) && Possessive().Match(name) is { Success: true } end
        ? new NamedPerson.Typed(name[..end.Index])
        : person;

    static string Written(NamedPerson person) => person switch
    {
        NamedPerson.Typed(var name) when name.Contains(' ') => $"@\"{name}\"",
        NamedPerson.Typed(var name) => "@" + name,
        NamedPerson.Mentioned(var who) => "@" + who.Name,
        _ => "",
    };

    [GeneratedRegex(
        "^(?:i am|i'm|i’m|im) (?=(?:away|back|ooo|afk|off|out|sick|ill|awya|bak)\\b)",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex OfMyself();

    [GeneratedRegex(
        "^(?:(?:for|of|the|please)\\s+)*[@\uE000-\uE0FF]", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex PersonFirst();

    [GeneratedRegex("^(?:until|till) ", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Until();

    [GeneratedRegex(
        "^(?:(?:now|again|please|online|here|to|at|in|on|the|work|office|duty|call|shift)\\b[.! ]*)+$",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex JustBack();

    [GeneratedRegex(
        "^(?:for|of)\\s+(?!\\d)|(?<=^|\\s)(?:on-?call\\s+)?(?:shifts?|duty|duties)(?=\\s|$)",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Fillers();

    [GeneratedRegex(
        @"\s+(?:on-?call\s+)?(?:shifts?|duty|duties|week|schedule|rota|roster|plan|calendar|hours)$",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Belongings();

    [GeneratedRegex(
        @"^(?:(?:is|are|was|were|has|have|had|takes?|gets?|works?"
        + @"|(?:can|could|do|does|should|shall|must|will)(?:\s+(?:i|we|be))?)(?=\s|$)\s*)?"
        + @"(?:(?:currently|still|also|on|in|for|the)(?=\s|$)\s*)*",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex OnCallFillers();

    // "call for lifts", "duty tomorrow", "available tonight": the rest of "who is on call for lifts" and the like.
    [GeneratedRegex(
        @"^(?:on[\s-]?)?(?:call|duty|duties|shifts?|available|free|working|work|called|phoned?|reached?)(?=\s|$)\s*"
        + @"(?:(?:on|in|for|at|the)(?=\s|$)\s*)*",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex DutyFillers();

    [GeneratedRegex("(?:'s|’s|'|’)$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Possessive();
}
