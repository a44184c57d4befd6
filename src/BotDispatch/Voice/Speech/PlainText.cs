using System.Globalization;
using System.Net;
using System.Text;

namespace BotDispatch.Voice.Speech;

/// <summary>
/// The part of a written text that can be spoken, without marks, links, emoji and control characters; each line is one sentence. No word is
/// lost: a character that is not part of a mark counts as text.
/// </summary>
/// <param name="Text">The sentences; empty if nothing can be spoken.</param>
/// <param name="LeftOut">A note in English about words that are left out; empty if there are none.</param>
internal readonly record struct PlainText(string Text, string LeftOut)
{
    // A ticket can contain a whole log file, and only its beginning is spoken. In a mail, tags can take ten times the room of its words.
    const int LongestRead = 32_000;

    /// <summary>Returns the sentences of <paramref name="written"/>, with signs spelled out in <paramref name="language"/>.</summary>
    public static string Of(string? written, string language = "en-GB") => Read(written, language).Text;

    /// <summary>Returns a name or a word for use inside a sentence of ours.</summary>
    public static string Inline(string? written, string language = "en-GB") =>
        Of(written, language).TrimEnd('.', '!', '?', ';', ',', ':', ' ');

    /// <summary>Returns the sentences of <paramref name="written"/>, and whether they are complete.</summary>
    public static PlainText Read(string? written, string language)
    {
        if (string.IsNullOrWhiteSpace(written))
            return new("", "");
        var text = (written.Length > LongestRead ? written[..LongestRead] : written).ReplaceLineEndings("\n");
        var (prose, hadCode) = Markup.WithoutCode(text);
        var said = Sentences(prose, language);
        // If the text contains only code, the code is spoken.
        if (hadCode && said.Length == 0)
            (said, hadCode) = (Sentences(text, language), false);
        return new(said, hadCode ? "(a block of code)" : written.Length > LongestRead ? "(what follows after very many words)" : "");
    }

    static string Sentences(string text, string language)
    {
        // Entities are decoded between the two steps: a tag that was written as text is not markup, but its brackets must not be spoken.
        text = Decoded(Markup.WithoutLinks(HtmlTags.Without(text, "")));
        text = Markup.WithoutSigns(Markup.WithoutLinks(HtmlTags.Without(text, " "))).Replace("]]>", " ", StringComparison.Ordinal);
        var prompts = Prompts.For(language);
        return string.Join(' ', LineStarts.Without(text.Split('\n'), prompts.Done)
            .SelectMany(line => CrossedOut.Parts(line, prompts.CrossedOut))
            .Select(line => Speakable(SignsInWords.Of(line, prompts)))
            .Where(line => line.Any(char.IsLetterOrDigit)).Select(AsSentence));
    }

    // A text that passed through two systems is escaped twice.
    static string Decoded(string text) => WebUtility.HtmlDecode(WebUtility.HtmlDecode(text)).ReplaceLineEndings("\n");

    static string Speakable(string line)
    {
        var spoken = new StringBuilder(line.Length);
        var runes = line.EnumerateRunes().ToArray();
        for (var at = 0; at < runes.Length; at++)
        {
            var rune = runes[at];
            var last = spoken.Length == 0 ? ' ' : spoken[^1];
            switch (SpokenAs(rune, at > 0 ? runes[at - 1] : default, at + 1 < runes.Length ? runes[at + 1] : default))
            {
                case null:
                    break;
                case ' ' when last is ' ' or '(':
                    break;
                case ' ':
                    spoken.Append(' ');
                    break;
                case { } sign when !char.IsLetterOrDigit(sign) && sign == last:
                    break;
                case '.' or ',' or ';' or ':' or '!' or '?' when last is ' '
                    && spoken.Length > 0
                    && !(at + 1 < runes.Length && Rune.IsLetterOrDigit(runes[at + 1])):
                    if (spoken.Length > 1 && spoken[^2] is ',' or ';' or ':')
                        spoken.Length--;
                    spoken[^1] = (char)rune.Value;
                    break;
                case not null when rune.IsBmp:
                    spoken.Append((char)rune.Value);
                    break;
                default:
                    spoken.Append(rune.ToString());
                    break;
            }
        }
        return spoken.ToString().Trim(' ', ',', '-', ':').TrimStart(';');
    }

    // Returns a sign for itself, a space where words are separated, and null where nothing is spoken. Letters outside the basic plane only
    // need to be distinguished from signs.
    static char? SpokenAs(Rune rune, Rune before, Rune after) => Rune.GetUnicodeCategory(rune) switch
    {
        _ when rune.Value is '*' or '~' or '^' && Rune.IsDigit(before) && Rune.IsDigit(after) => (char)rune.Value,
        _ when rune.Value is '*' or '`' or '~' or '^' => Rune.IsLetterOrDigit(before) && Rune.IsLetterOrDigit(after) ? ' ' : null,
        _ when rune.Value is 0xFE0E or 0xFE0F or 0x00AD => null,
        _ when rune.Value is '<' or '>' or '[' or ']' or '{' or '}' or '\\' or '#' or '|' => ' ',
        _ when rune.Value is '°' or '№' => (char)rune.Value,
        UnicodeCategory.Format or UnicodeCategory.EnclosingMark => null,
        UnicodeCategory.Control or UnicodeCategory.OtherSymbol or UnicodeCategory.ModifierSymbol
            or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned or UnicodeCategory.Surrogate
            or UnicodeCategory.ConnectorPunctuation or UnicodeCategory.SpaceSeparator
            or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator => ' ',
        _ => rune.IsBmp ? (char)rune.Value : 'a',
    };

    static string AsSentence(string line) => line[^1] is '.' or '!' or '?' or ';' or ':' or '…' ? line : line + ".";
}
