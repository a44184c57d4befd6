using System.Collections.Frozen;
using System.Text.RegularExpressions;

namespace BotDispatch.Chat;

/// <summary>Tells which subcommand somebody means who types another word for it, or mistypes it.</summary>
internal static partial class CommandWords
{
    // Other tools' words for the same, and what people say.
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
        ["oncall"] = "who who's whos whois people rota roster schedule employees staff available shift shifts directory phones",
        ["help"] = "man usage commands hello hi hey info? menu start options thanks",
    }.SelectMany(row => row.Value.Split(' '), (row, word) => (word, row.Key)).ToFrozenDictionary(pair => pair.word, pair => pair.Key, StringComparer.Ordinal);

    /// <summary>What a word is as a verb: small Latin letters, without the marks around it.</summary>
    public static string Bare(string word) => Folding.Fold(word).Trim('/', '-', '–', '—', '.', ',', ';', ':', '!', '?', '"', '\'', '`', '“', '”', '(', ')', '[', ']', '*', '_');

    /// <summary>The subcommand that this word is, or is another word or a slip for; null if none.</summary>
    public static string? MeantBy(string word)
    {
        var bare = Bare(word);
        if (CommandCompletion.IsSubcommand(bare))
            return bare;
        if (ByWord.TryGetValue(bare, out var meant))
            return meant;
        return CommandCompletion.Subcommands.Select(each => each.Text).FirstOrDefault(each => IsSlipFor(bare, each));
    }

    /// <summary>Whether somebody asks who can be phoned.</summary>
    public static bool AsksWhoIsOnCall(string line) => WhoIsOnCall().IsMatch(Folding.Fold(line));

    /// <summary>Whether somebody asks what is being dispatched.</summary>
    public static bool AsksWhatIsRunning(string line) => WhatIsRunning().IsMatch(Folding.Fold(line));

    /// <summary>Whether a question for people begins with this word.</summary>
    public static bool AsksForPeople(string word) => Bare(word) is "who" or "who's" or "whos" or "whois";

    /// <summary>Whether words stand for a dispatch that is not named.</summary>
    public static bool AreForAny(string words) => words.Length > 0 && words.Split(' ').All(word => Bare(word)
        is "it" or "this" or "that" or "them" or "these" or "those" or "all" or "everything" or "any" or "please" or "now" or "the" or "dispatch" or "job" or "ticket" or "one" or "");

    // "Lift" is one letter from "list": in a short word no letter is taken for another.
    static bool IsSlipFor(string word, string command)
    {
        var most = command.Length < 7 ? 1 : 2;
        return word.Length >= 3 && word.All(char.IsAsciiLetter) && Closeness.Of(word, command, most) <= most
            && (command.Length > 4 || word.Length != command.Length || word.Order().SequenceEqual(command.Order()));
    }

    [GeneratedRegex(@"^what(?:'s|s|\s+is|\s+are)?\b.*\b(?:running|open|going on|dispatched|active|being called|pending)[\s.?!]*(?:now|today)?[\s.?!]*$", RegexOptions.CultureInvariant)]
    private static partial Regex WhatIsRunning();

    [GeneratedRegex(@"^(?:who(?:'s|’s|s|\s+is|\s+are|\s+can)?\b.*\b(?:on[\s-]?call|on[\s-]?duty|available|phoned|called)|(?:people\s+)?on[\s-]?call(?:\s+(?:now|list|today))?)\b[\s.?!]*(?:now|today|tonight|right now)?[\s.?!]*$", RegexOptions.CultureInvariant)]
    private static partial Regex WhoIsOnCall();
}
