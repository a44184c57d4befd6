using System.Globalization;
using System.Text;
using BotDispatch.Chat;
using BotDispatch.Core;

namespace BotDispatch.Teams.Drawing;

/// <summary>
/// Text for Teams. Whatever a person or another system wrote becomes inert here, at the edge: no mention, no link, no formatting, no date.
/// </summary>
/// <remarks>https://learn.microsoft.com/adaptive-cards/authoring-cards/text-features and https://learn.microsoft.com/microsoftteams/platform/bots/how-to/format-your-bot-messages</remarks>
internal static class TeamsText
{
    const char ZeroWidthSpace = '\u200B';
    const char ArabicLetterMark = '\u061C';
    const string ParagraphEnds = "\n\n";

    /// <summary>Foreign words for a text run or a button, which read neither Markdown nor tags but dates: one line of at most <paramref name="most"/> UTF-16 units.</summary>
    public static string Inert(string? foreign, int most) => Cut(foreign, most, static (rune, before) => rune.Value switch
    {
        // Two of these begin a date; an angle bracket begins a mention.
        '{' when before is '{' => ZeroWidthSpace + "{",
        '<' => "<" + ZeroWidthSpace,
        _ => rune.ToString(),
    });

    /// <summary>Foreign words for a message, which reads Markdown and tags: shown as they were written. At most <paramref name="most"/> UTF-16 units long when escaped.</summary>
    /// <remarks>A character that is written as a number is never a mark: https://spec.commonmark.org/0.31.2/#entity-and-numeric-character-references. Teams documents no backslash.</remarks>
    public static string Markdown(string? foreign, int most)
    {
        var text = Cut(foreign, most - 4, MarkdownPiece);
        // A number with a dot or a bracket begins a list.
        var digits = text.TakeWhile(char.IsAsciiDigit).Count();
        return digits > 0 && digits < text.Length && (text[digits] is '.' or ')') ? $"{text[..digits]}{Number(new(text[digits]))}{text[(digits + 1)..]}" : text;
    }

    /// <summary>Foreign words of several lines for a message: a paragraph for each, for Teams draws what a single line break parts as one line. Of too many the first are told.</summary>
    /// <remarks>https://github.com/MicrosoftDocs/msteams-docs/issues/740</remarks>
    public static string Paragraphs(string foreign, int most)
    {
        var told = new StringBuilder();
        foreach (var line in foreign.Split('\n'))
        {
            var rest = most - told.Length - ParagraphEnds.Length;
            if (rest < 10)
                break;
            if (Markdown(line, rest) is { Length: > 0 } words)
                told.Append(told.Length == 0 ? "" : ParagraphEnds).Append(words);
        }
        return told.ToString();
    }

    static string MarkdownPiece(Rune rune, char before) => rune.Value switch
    {
        '&' => "&amp;",
        '<' => "&lt;",
        '>' => "&gt;",
        '*' or '_' or '~' or '`' or '[' or ']' or '\\' or '#' or '|' or '!' => Number(rune),
        // At the beginning of a line these make lists and rulers.
        '-' or '+' or '=' when before is '\0' => Number(rune),
        '{' when before is '{' => ZeroWidthSpace + "{",
        // Addresses become links by themselves.
        '/' when before is ':' => ZeroWidthSpace + "/",
        '.' when before is 'w' or 'W' => "." + ZeroWidthSpace,
        '@' => "@" + ZeroWidthSpace,
        _ => rune.ToString(),
    };

    /// <summary>A name as it stands between the marks of a mention, where nothing can be escaped: what would be a mark is left out.</summary>
    public static string MentionName(string? name)
    {
        var plain = PlainWords.OneLine(string.Concat((name ?? "").EnumerateRunes().Where(rune => !IsUnwanted(rune) && !"<>&*_~`[]\\#|!{}@/:\"".Contains((char)rune.Value))
            .Select(rune => rune.ToString())));
        return plain.Length == 0 ? "you" : Inert(plain, 100);
    }

    /// <summary>A moment in every reader's own time, for a text block; nothing foreign may stand beside it.</summary>
    public static string Time(DateTimeOffset at) => string.Create(CultureInfo.InvariantCulture, $"{{{{TIME({at.UtcDateTime:yyyy-MM-ddTHH:mm:ssZ})}}}}");

    /// <summary>A day in every reader's own time, for a text block.</summary>
    public static string Date(DateTimeOffset at) => string.Create(CultureInfo.InvariantCulture, $"{{{{DATE({at.UtcDateTime:yyyy-MM-ddTHH:mm:ssZ}, SHORT)}}}}");

    static string Number(Rune rune) => string.Create(CultureInfo.InvariantCulture, $"&#{rune.Value};");

    // Cut where no letter and no entity is torn.
    static string Cut(string? foreign, int most, Func<Rune, char, string> piece)
    {
        var text = new StringBuilder();
        var line = PlainWords.Sentence(foreign ?? "");
        // What ends an isolate needs room as well.
        var rest = most - 1 - (line.Any(Isolation.IsMark) ? 1 : 0);
        var before = '\0';
        foreach (var rune in line.EnumerateRunes())
        {
            if (IsUnwanted(rune))
                continue;
            var next = piece(rune, before);
            if (next.Length > rest)
                return most < 1 ? "" : text.Append('…').Append(Isolation.Missing(text)).ToString();
            rest -= next.Length;
            text.Append(next);
            before = rune.IsBmp ? (char)rune.Value : '\uFFFD';
        }
        return text.ToString();
    }

    // Would turn the direction of what stands around it.
    static bool IsUnwanted(Rune rune) => rune.Value == ArabicLetterMark;
}
