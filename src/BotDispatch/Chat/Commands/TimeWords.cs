using System.Text.RegularExpressions;
using BotDispatch.Core;

namespace BotDispatch.Chat;

/// <summary>Tells words that say when something is from words that say what something is.</summary>
internal static partial class TimeWords
{
    const int MostWordsOfName = 4;

    // These are in nobody's way as long as they are compared with whole words that begin with the same letter.
    static readonly string[] OftenMistyped =
    [
        "until", "today", "tomorrow", "tonight", "yesterday", "midnight", "midday", "afternoon", "evening", "weekend", "week", "weeks",
        "hours", "minutes", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday",
        "january", "february", "september", "october", "november", "december",
    ];

    /// <summary>
    /// Whether the words say a time and nothing else, such as <c>until 18:00</c> or <c>next week</c>. It need not be a time that is
    /// understood.
    /// </summary>
    public static bool AreTime(string words) => PiecesOf(words) is var pieces && pieces.All(IsKnown) && pieces.Any(Strong().IsMatch);

    /// <summary>
    /// Whether the words are a time in which some are mistyped, as <c>untill 18:00</c>. They may be a name as well: Frida, and a Friday.
    /// </summary>
    public static bool MayBeTime(string words) => PiecesOf(words) is var pieces
        && pieces.All(piece => IsKnown(piece) || IsMistyped(piece)) && pieces.Any(piece => Strong().IsMatch(piece) || IsMistyped(piece));

    /// <summary>
    /// Whether the words begin with a time, and at most one of them is no word of a time: <c>24 dec au 26 dec</c>, <c>next tomorow</c>.
    /// </summary>
    public static bool AreNearlyTime(string words)
    {
        var pieces = PiecesOf(words);
        var isTimeFirst = pieces.Find(piece => !Weak().IsMatch(piece)) is { } first && Strong().IsMatch(first);
        return (isTimeFirst && UnknownOf(pieces) <= 1) || (pieces.Count > 0 && IsKnown(pieces[0]) && MayBeTime(words));
    }

    /// <summary>
    /// Whether the words that follow a person may be meant as a time: a few, of whatever kind, or a time and at most two others.
    /// </summary>
    public static bool MayStandForTime(string words) => words.Count(letter => letter == ' ') <= 2
        || (PiecesOf(words) is var pieces && pieces.Any(Strong().IsMatch) && UnknownOf(pieces) <= 2);

    /// <summary>
    /// Whether a time begins with a number alone, as <c>4 until 18:00</c>. After a word that names nobody, the number belongs to the
    /// word: a gate 4.
    /// </summary>
    public static bool BeginWithPlainNumber(string time) => PlainNumber().IsMatch(WithUnits(time));

    /// <summary>
    /// Splits words into a name and the time that follows it: <c>ann lee until 18:00</c>. Without a time, the whole is the name; null if
    /// there is no name of at most four words.
    /// </summary>
    public static (string Name, string Time)? Named(string words)
    {
        var all = words.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        for (var count = 1; count <= Math.Min(all.Length, MostWordsOfName + 1); count++)
            if (count == all.Length ? count <= MostWordsOfName : MayBeTime(string.Join(' ', all[count..])))
                return IsTimeWord(all[count - 1]) || !all[0].Any(char.IsLetter)
                    ? null
                    : (string.Join(' ', all[..count]), string.Join(' ', all[count..]));
        return null;
    }

    static bool IsTimeWord(string word) => Weak().IsMatch(word) || AreTime(word);

    static List<string> PiecesOf(string words) => [.. Piece().Split(WithUnits(words)).Where(piece => piece.Length > 0)];

    // "2 h" is one piece, because "h" alone says nothing.
    static string WithUnits(string words) => BeforeUnit().Replace(Folding.Fold(words), "");

    static int UnknownOf(List<string> pieces) => pieces.Count(piece => !IsKnown(piece) && !IsMistyped(piece));

    static bool IsKnown(string piece) => Weak().IsMatch(piece) || Strong().IsMatch(piece);

    // Of a short word, another letter in the place of one makes another word: weeks and weeds.
    static bool IsMistyped(string piece) => piece.Length >= 3 && OftenMistyped.Any(each => piece[0] == each[0]
        && Closeness.Of(each, piece, MostSlips(each)) <= MostSlips(each)
        && (each.Length > 5 || piece.Length != each.Length || piece.Order().SequenceEqual(each.Order())));

    static int MostSlips(string word) => word.Length < 8 ? 1 : 2;

    // Counted with a number before them. Those of other languages are names or other words elsewhere: Mai, Julio.
    const string Units = "(?:hrs?|hours?|hs|h|minutes?|mins?|m|days?|d|weeks?|w|months?|years?|seconds?|secs?|s|uhr"
        + "|stunden?|std|minuten?|tage?n?|wochen?|monate?n?|jahre?n?|heures?|jours?|semaines?|mois|horas?|minutos?|dias?|semanas?"
        + "|januar|februar|marz|maerz|mai|juni|juli|oktober|okt|dezember|dez|janvier|fevrier|mars|avril|juin|juillet|aout|septembre"
        + "|octobre|novembre|decembre|enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre|octubre|noviembre|diciembre|dic)";

    [GeneratedRegex("(?<=(?:^|[^a-z0-9])[0-9]+(?:[.,:][0-9]*)?) +(?=" + Units + "(?![a-z0-9]))", RegexOptions.CultureInvariant)]
    private static partial Regex BeforeUnit();

    // A dash or a slash in a word separates two times or two parts of one: "mon-fri", "24.1.-26.1.", "18h/20h", "24/12".
    [GeneratedRegex(
        @"[\s,;()&+~]+|(?<=[a-z0-9])\.\.+(?=[a-z0-9])|[–—…]|(?<=[a-z0-9.:])[-/](?=[a-z0-9])"
        + @"|[.!?:-]+(?=[\s,;)]|$)",
        RegexOptions.CultureInvariant)]
    private static partial Regex Piece();

    // Connect the words of a time, and do not make one.
    [GeneratedRegex(
        @"^(?:to|from|for|on|at|in|by|the|of|and|or|a|an|next|this|all|please|till?|'til|until|bis|since|after|before|between"
        + @"|thru|through|within|during|past|quarter|another|more|und|oder|von|vom|ab|hasta|desde"
        + @"|as|long|-|half|mid|end|about|around|starting|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|i|am|i'm)$",
        RegexOptions.CultureInvariant)]
    private static partial Regex Weak();

    // A number is one whatever it means, with full stops and colons: "1800", "18:00", "24.12.2026".
    [GeneratedRegex(
        @"^(?:mon|tues?|wed|thu(?:rs?)?|fri|sat|sun|(?:mon|tues|wednes|thurs|fri|satur|sun)days?"
        + "|" + MonthNames.Pattern + "(?:[0-9]{1,2}(?:st|nd|rd|th)?)?|[0-9]{1,2}(?:st|nd|rd|th|[.])?" + MonthNames.Pattern
        + @"|today|tomorrow|yesterday|tonight|now|later|soon|morning|afternoon|evening|night|noon|midday|midnight|overnight"
        + @"|tmrw|tmr|eod|eow|cob|weekends?|weekdays?"
        + @"|minutes?|mins?|hours?|hrs?|days?|weeks?|months?|years?|further|notice|lunch(?:time)?|o'clock|[ap]\.?m|sick|vacation|holidays?"
        + @"|leave|pto|forever|ever|montags?|dienstags?|mittwochs?|donnerstags?|freitags?|samstags?|sonntags?|morgen|heute|uhr"
        + @"|-?[0-9][0-9.:]*(?:[ap](?:\.?m)?|st|nd|rd|th)?|-?(?:[0-9][0-9.:]*" + Units + @")+[0-9]{0,2}"
        + @"|[0-9]{2}t[0-9]{2}(?::?[0-9]{2})*)\.?$",
        RegexOptions.CultureInvariant)]
    private static partial Regex Strong();

    [GeneratedRegex(
        "^[0-9]{1,3}[.,;:]?(?: |$)(?!(?:to|thru|through|of|and|or|more|past|[-–—&+]|[ap]\\.?m|o'clock|" + MonthNames.Pattern
        + ")(?:[^a-z]|$))",
        RegexOptions.CultureInvariant)]
    private static partial Regex PlainNumber();
}
