using System.Text.RegularExpressions;
using BotDispatch.Core;

namespace BotDispatch.Chat;

/// <summary>Tells words that say when something is from words that say what something is.</summary>
internal static partial class TimeWords
{
    /// <summary>
    /// Whether the words say a time and nothing else, such as <c>until 18:00</c> or <c>next week</c>. It need not be a time that is
    /// understood.
    /// </summary>
    public static bool AreTime(string words) =>
        words.Length > 0 && Piece().Split(Folding.Fold(words)).Where(piece => piece.Length > 0).ToList() is { Count: > 0 } pieces
        && pieces.All(piece => Weak().IsMatch(piece) || Strong().IsMatch(piece)) && pieces.Any(Strong().IsMatch);

    /// <summary>
    /// Splits words into a name and the time that follows it: <c>ann lee until 18:00</c>. Without a time, the whole is the name; null if
    /// there is no name of at most four words.
    /// </summary>
    public static (string Name, string Time)? Named(string words)
    {
        var all = words.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        for (var count = 1; count <= Math.Min(all.Length, 5); count++)
            if (count == all.Length ? count <= 4 : AreTime(string.Join(' ', all[count..])))
                return IsTimeWord(all[count - 1]) || !all[0].Any(char.IsLetter)
                    ? null
                    : (string.Join(' ', all[..count]), string.Join(' ', all[count..]));
        return null;
    }

    static bool IsTimeWord(string word) => Weak().IsMatch(word) || AreTime(word);

    // A dash or a slash in a word separates two times or two parts of one: "mon-fri", "24.1.-26.1.", "18h/20h", "24/12".
    [GeneratedRegex(
        @"[\s,;()&+~]+|(?<=[a-z0-9])\.\.+(?=[a-z0-9])|[–—…]|(?<=[a-z0-9.:])[-/](?=[a-z0-9])"
        + @"|[.!?:-]+(?=[\s,;)]|$)",
        RegexOptions.CultureInvariant)]
    private static partial Regex Piece();

    // Connect the words of a time, and do not make one.
    [GeneratedRegex(
        @"^(?:to|from|for|on|at|in|by|the|of|and|a|an|next|this|all|please|till?|'til|until|bis|since|after|before|between"
        + @"|as|long|-|half|mid|end|about|around|starting|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|i|am|i'm)$",
        RegexOptions.CultureInvariant)]
    private static partial Regex Weak();

    // A number is one whatever it means, with full stops and colons: "1800", "18:00", "24.12.2026".
    [GeneratedRegex(
        @"^(?:mon|tues?|wed|thu(?:rs?)?|fri|sat|sun|(?:mon|tues|wednes|thurs|fri|satur|sun)days?"
        + "|" + MonthNames.Pattern + "(?:[0-9]{1,2}(?:st|nd|rd|th)?)?|[0-9]{1,2}(?:st|nd|rd|th|[.])?" + MonthNames.Pattern
        + @"|today|tomorrow|yesterday|tonight|now|later|soon|morning|afternoon|evening|night|noon|midday|midnight"
        + @"|weekends?|weekdays?"
        + @"|minutes?|mins?|hours?|hrs?|days?|weeks?|months?|years?|further|notice|lunch|o'clock|[ap]\.?m|sick|vacation|holidays?|leave|pto"
        + @"|forever|ever|montags?|dienstags?|mittwochs?|donnerstags?|freitags?|samstags?|sonntags?|morgen|heute|uhr"
        + @"|-?[0-9][0-9.:]*(?:[ap]\.?m|h[0-9]{0,2}|hrs?|hours?|m|mins?|minutes?|d|days?|w|weeks?|uhr|st|nd|rd|th)?"
        + @"|[0-9]{2}t[0-9]{2}(?::?[0-9]{2})*)\.?$",
        RegexOptions.CultureInvariant)]
    private static partial Regex Strong();
}
