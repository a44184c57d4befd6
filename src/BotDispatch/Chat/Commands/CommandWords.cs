using System.Collections.Frozen;
using System.Text.RegularExpressions;

namespace BotDispatch.Chat;

/// <summary>Finds the subcommand that somebody means by a synonym or a mistyped word.</summary>
internal static partial class CommandWords
{
    const string Marks = "/-–—.,;:!?\"'`“”()[]*_";

    static readonly char[] Punctuation = Marks.ToCharArray();

    // The words that other tools and people use for the same.
    static readonly FrozenDictionary<string, string> ByWord = new Dictionary<string, string>
    {
        ["cancel"] = "abort stop close end kill halt quit delete remove undo cancelled canceled",
        ["done"] = "finish finished resolve resolved complete completed fixed solved solve",
        ["take"] = "accept claim mine assign ack acknowledge taken taking own",
        ["skip"] = "pass next skipped",
        ["redispatch"] = "retry again restart repeat reopen resend recall escalate re-escalate",
        ["status"] = "state info show details progress where look find get view check",
        ["list"] = "ls open running active all queue dispatches jobs tickets accepted overview",
        ["history"] = "log logs past recent audit closed earlier",
        ["oncall"] = "who who's whos whois people employees staff available directory phones",
        ["schedule"] = "rota rotas roster rotation rotations shift shifts calendar timetable plan",
        ["away"] = "afk ooo pto brb absent unavailable off out sick ill vacation holiday holidays leave absence krank",
        ["back"] = "returned",
        ["cover"] = "covering",
        ["help"] = "man usage commands hello hi hey info? menu start options thanks "
            + "hilfe aide ayuda aiuto ajuda hjälp pomoc segítség βοήθεια помощ помощь",
    }
    .SelectMany(row => row.Value.Split(' '), (row, word) => (word: Folding.Fold(word), row.Key))
    .ToFrozenDictionary(pair => pair.word, pair => pair.Key, StringComparer.Ordinal);

    /// <summary>The word in small Latin letters, without the punctuation around it.</summary>
    public static string Bare(string word) => Folding.Fold(word).Trim(Punctuation);

    /// <summary>The subcommand that the word names, is a synonym of, or is mistyped for; null if there is none.</summary>
    public static string? MeantBy(string word)
    {
        var bare = Bare(word);
        if (CommandCompletion.IsSubcommand(bare))
            return bare;
        if (ByWord.TryGetValue(bare, out var meant))
            return meant;
        return CommandCompletion.Subcommands.Select(each => each.Text).FirstOrDefault(each => IsSlipFor(bare, each));
    }

    /// <summary>Whether the subcommand is about people and their times, so that no ticket follows it.</summary>
    public static bool IsAboutPeople(string command) => command is "away" or "back" or "cover" or "schedule";

    /// <summary>Whether somebody asks who can be phoned.</summary>
    public static bool AsksWhoIsOnCall(string line) => WhoIsOnCall().IsMatch(Folding.Fold(line));

    /// <summary>Whether somebody asks what is being dispatched.</summary>
    public static bool AsksWhatIsRunning(string line) => WhatIsRunning().IsMatch(Folding.Fold(line));

    /// <summary>Whether a question for people begins with this word.</summary>
    public static bool AsksForPeople(string word) => Bare(word) is "who" or "who's" or "whos" or "whois";

    /// <summary>Whether the words refer to a dispatch without naming it, as in "cancel it please".</summary>
    public static bool AreForAny(string words) => words.Length > 0 && words.Split(' ').All(word => Bare(word)
        is "it" or "this" or "that" or "them" or "these" or "those" or "all" or "everything" or "any" or "please" or "now" or "the"
            or "pls" or "plz" or "dispatch" or "job" or "ticket" or "one" or "");

    /// <summary>Whether the words after <c>list</c> say only what is listed: "all open jobs".</summary>
    public static bool AreForList(string words) =>
        words.Split(' ').All(word => AreForAny(word) || ByWord.GetValueOrDefault(Bare(word)) is "list");

    // "Lift" is one letter away from "list", so a short word is mistyped only if letters are swapped, missing or added.
    static bool IsSlipFor(string word, string command)
    {
        var most = command.Length < 7 ? 1 : 2;
        return word.Length >= 3 && word.All(char.IsAsciiLetter) && Closeness.Of(word, command, most) <= most
            && (command.Length > 4 || word.Length != command.Length || word.Order().SequenceEqual(command.Order()));
    }

    [GeneratedRegex(
        @"^what(?:'s|s|\s+is|\s+are)?\b.*\b(?:running|open|going on|dispatched|active|being called|pending)[\s.?!]*(?:now|today)?[\s.?!]*$",
        RegexOptions.CultureInvariant)]
    private static partial Regex WhatIsRunning();

    [GeneratedRegex(
        @"^(?:who(?:'s|’s|s|\s+is|\s+are|\s+can)?\b.*\b(?:on[\s-]?call|on[\s-]?duty|available|phoned|called)"
        + @"|(?:people\s+)?on[\s-]?call(?:\s+(?:now|list|today))?)\b[\s.?!]*(?:now|today|right now)?[\s.?!]*$",
        RegexOptions.CultureInvariant)]
    private static partial Regex WhoIsOnCall();
}
