using System.Globalization;
using System.Text;
using BotDispatch.Chat;
using BotDispatch.Core;

namespace BotDispatch.Teams.Drawing;

/// <summary>
/// Writes text for Teams. Text of people and other systems becomes inert here: it cannot mention, link, format or show a date.
/// </summary>
/// <remarks>
/// https://learn.microsoft.com/adaptive-cards/authoring-cards/text-features and
/// https://learn.microsoft.com/microsoftteams/platform/bots/how-to/format-your-bot-messages
/// </remarks>
internal static class TeamsText
{
    const char ZeroWidthSpace = '\u200B';
    const char ArabicLetterMark = '\u061C';
    const string ParagraphEnds = "\n\n";

    /// <summary>
    /// Foreign text for a text run or a button, in which Teams reads dates but no Markdown and no tags. The result is one line of at most
    /// <paramref name="most"/> UTF-16 units.
    /// </summary>
    public static string Inert(string? foreign, int most) => Cut(foreign, most, static (rune, before) => rune.Value switch
    {
        // Two of these begin a date; an angle bracket begins a mention.
        '{' when before is '{' => ZeroWidthSpace + "{",
        '<' => "<" + ZeroWidthSpace,
        _ => null,
    });

    /// <summary>
    /// Foreign text for a message, in which Teams reads Markdown and tags. It is shown as it was written. The result is at most
    /// <paramref name="most"/> UTF-16 units long after escaping.
    /// </summary>
    /// <remarks>
    /// Formatting signs are written as numeric references, because Teams documents no backslash:
    /// https://spec.commonmark.org/0.31.2/#entity-and-numeric-character-references
    /// </remarks>
    public static string Markdown(string? foreign, int most)
    {
        var text = Cut(foreign, most - 4, MarkdownPiece);
        // A number with a dot or a bracket begins a list.
        var digits = text.AsSpan().IndexOfAnyExceptInRange('0', '9') is >= 0 and var end ? end : text.Length;
        return digits > 0 && digits < text.Length && (text[digits] is '.' or ')')
            ? $"{text[..digits]}{Number(new(text[digits]))}{text[(digits + 1)..]}"
            : text;
    }

    /// <summary>
    /// Foreign text of several lines for a message, one paragraph for each line, because Teams ignores a single line break. If there are
    /// too many lines, the result has the first ones.
    /// </summary>
    /// <remarks>https://github.com/MicrosoftDocs/msteams-docs/issues/740</remarks>
    public static string Paragraphs(string foreign, int most)
    {
        var paragraphs = new StringBuilder();
        foreach (var line in foreign.Split('\n'))
        {
            var rest = most - paragraphs.Length - ParagraphEnds.Length;
            if (rest < 10)
                break;
            if (Markdown(line, rest) is { Length: > 0 } words)
                paragraphs.Append(paragraphs.Length == 0 ? "" : ParagraphEnds).Append(words);
        }
        return paragraphs.ToString();
    }

    static string? MarkdownPiece(Rune rune, char before) => rune.Value switch
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
        _ => null,
    };

    /// <summary>A name for the text of a mention, in which nothing can be escaped. So formatting signs are left out.</summary>
    public static string MentionName(string? name)
    {
        var allowed = (name ?? "").EnumerateRunes()
            .Where(rune => !IsUnwanted(rune) && !"<>&*_~`[]\\#|!{}@/:\"".Contains((char)rune.Value));
        var plain = PlainWords.OneLine(string.Concat(allowed.Select(rune => rune.ToString())));
        return plain.Length == 0 ? "you" : Inert(plain, 100);
    }

    /// <summary>A time in each reader's own time zone, for a text block that has no foreign text.</summary>
    public static string Time(DateTimeOffset at) =>
        string.Create(CultureInfo.InvariantCulture, $"{{{{TIME({at.UtcDateTime:yyyy-MM-ddTHH:mm:ssZ})}}}}");

    /// <summary>A day in each reader's own time zone, for a text block.</summary>
    public static string Date(DateTimeOffset at) =>
        string.Create(CultureInfo.InvariantCulture, $"{{{{DATE({at.UtcDateTime:yyyy-MM-ddTHH:mm:ssZ}, SHORT)}}}}");

    static string Number(Rune rune) => string.Create(CultureInfo.InvariantCulture, $"&#{rune.Value};");

    // Cut between whole pieces, so that no letter and no entity is split. A piece is null where the rune stays as it is.
    static string Cut(string? foreign, int most, Func<Rune, char, string?> piece)
    {
        var line = PlainWords.Sentence(foreign ?? "");
        // Reserve room for the mark that ends a bidirectional isolate.
        var rest = most - 1 - (Isolation.HasMark(line) ? 1 : 0);
        if (line.Length <= rest && StaysAsItIs(line, piece))
            return line;
        var text = new StringBuilder(Math.Clamp(line.Length + 16, 0, 4096));
        Span<char> own = stackalloc char[2];
        var before = '\0';
        foreach (var rune in line.EnumerateRunes())
        {
            if (IsUnwanted(rune))
                continue;
            var next = piece(rune, before) is { } replaced ? replaced.AsSpan() : own[..rune.EncodeToUtf16(own)];
            if (next.Length > rest)
                return most < 1 ? "" : text.Append('…').Append(Isolation.Missing(text)).ToString();
            rest -= next.Length;
            text.Append(next);
            before = Letter(rune);
        }
        return text.ToString();
    }

    // Most text does, and is not copied then. Half a letter must be replaced, and is read as the replacement character.
    static bool StaysAsItIs(string line, Func<Rune, char, string?> piece)
    {
        var before = '\0';
        foreach (var rune in line.EnumerateRunes())
        {
            if (IsUnwanted(rune) || rune == Rune.ReplacementChar || piece(rune, before) is not null)
                return false;
            before = Letter(rune);
        }
        return true;
    }

    static char Letter(Rune rune) => rune.IsBmp ? (char)rune.Value : '\uFFFD';

    // This mark changes the direction of the text around it.
    static bool IsUnwanted(Rune rune) => rune.Value == ArabicLetterMark;
}

/// <summary>A link from another system, shown with the host to which it leads, so that it cannot mislead.</summary>
/// <param name="Address">The address of the link.</param>
/// <param name="Title">The title of its button.</param>
internal sealed record TicketLink(string Address, string Title)
{
    const int Most = 800;

    /// <summary>Reads a link; null if it is no https address, has user info before its host, or is too long.</summary>
    public static TicketLink? To(string? address)
    {
        if (!Uri.TryCreate(address, UriKind.Absolute, out var uri)
            || uri.Scheme != Uri.UriSchemeHttps || uri.UserInfo.Length > 0 || uri.Host.Length == 0)
            return null;
        return uri.AbsoluteUri.Length > Most ? null : new(uri.AbsoluteUri, $"Open in {TeamsText.Inert(uri.IdnHost, 100)}");
    }
}
