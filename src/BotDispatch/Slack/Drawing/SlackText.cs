using System.Globalization;
using System.Text;
using BotDispatch.Core;

namespace BotDispatch.Slack.Drawing;

/// <summary>
/// Text for Slack. Whatever a person or another system wrote becomes inert here, at the edge: no mention, no link, no formatting.
/// </summary>
/// <remarks>https://docs.slack.dev/messaging/formatting-message-text</remarks>
internal static class SlackText
{
    const char ZeroWidthSpace = '\u200B';

    /// <summary>Foreign words for mrkdwn and for the text of a message: shown as they were written, doing nothing. At most <paramref name="most"/> UTF-16 units long when escaped.</summary>
    public static string Inert(string foreign, int most = int.MaxValue)
    {
        foreign = Steady(foreign);
        var text = new StringBuilder(Math.Min(foreign.Length + 16, 4096));
        // What ends an isolate needs room as well.
        var (rest, at) = (most - 1 - (foreign.Any(Isolation.IsMark) ? 1 : 0), 0);
        Span<char> room = stackalloc char[2];
        foreach (var rune in foreign.EnumerateRunes())
        {
            at += rune.Utf16SequenceLength;
            var piece = rune.Value == ':' ? Colon(foreign, at) : Piece(rune, text.Length == 0 ? '\n' : text[^1], at < foreign.Length ? foreign[at] : '\n', room);
            if (piece.Length > rest)
                return text.Append('…').Append(Isolation.Missing(text)).ToString();
            rest -= piece.Length;
            text.Append(piece);
        }
        return text.ToString();
    }

    /// <summary>Words for a plain_text object, which reads nothing but emoji codes: cut, never escaped.</summary>
    public static string Plain(string words, int most)
    {
        var text = Steady(words);
        if (text.Contains(':', StringComparison.Ordinal))
            text = string.Concat(text.Select((letter, index) => letter == ':' ? Colon(text, index + 1) : letter.ToString()));
        if (text.Length <= most)
            return text;
        most -= text.Any(Isolation.IsMark) ? 1 : 0;
        var end = char.IsHighSurrogate(text[most - 2]) ? most - 2 : most - 1;
        return $"{text[..end]}…{Isolation.Missing(new(text[..end]))}";
    }

    /// <summary>Somebody, so that they are told.</summary>
    public static string Mention(Person person) =>
        person.Platform == SlackAddress.Platform && SlackAddress.Split(person.UserId).Id is var id && id.Length > 0 && id.All(char.IsAsciiLetterOrDigit) ? $"<@{id}>" : Inert(person.Name).Isolated();

    /// <summary>A moment in every reader's own time.</summary>
    public static string Date(DateTimeOffset at, string format = "{time_secs}") =>
        string.Create(CultureInfo.InvariantCulture, $"<!date^{at.ToUnixTimeSeconds()}^{format}|{at.UtcDateTime:HH:mm:ss} UTC>");

    /// <summary>What Slack escaped, as it was meant.</summary>
    public static string Unescaped(string text) => text.Replace("&lt;", "<", StringComparison.Ordinal).Replace("&gt;", ">", StringComparison.Ordinal).Replace("&amp;", "&", StringComparison.Ordinal);

    // A colon before a word and one after it make an emoji, and before slashes it makes an address; before a space it is only a colon.
    static string Colon(string text, int next) => next < text.Length && (char.IsLetterOrDigit(text[next]) || text[next] is '+' or '-' or '_' or '/') ? $":{ZeroWidthSpace}" : ":";

    // Direction overrides and control characters make the words around them read differently; isolates that end keep them apart.
    static string Steady(string words)
    {
        words = Isolation.Paired(words);
        return words.Any(Controls) ? string.Concat(words.Where(letter => !Controls(letter))) : words;
    }

    static bool Controls(char letter) => char.IsControl(letter) && letter is not '\n';

    // Slack has no escape for what formats. It formats only at the edge of a word, and takes an invisible space for such an edge, so a sign inside a word stays as it
    // is, and any other gives way to one that looks like it. Wide forms format as well, and a quote begins a line, which a soft hyphen does instead.
    // https://github.com/yhatt/jsx-slack/blob/main/docs/about-escape-and-exact-mode.md
    static ReadOnlySpan<char> Piece(Rune rune, char before, char after, Span<char> room)
    {
        var length = rune.EncodeToUtf16(room);
        switch (room[0])
        {
            case '&':
                return "&amp;";
            case '<':
                return "&lt;";
            case '>':
                return before is '\n' ? "\u00AD&gt;" : "&gt;";
            case '＞' when before is '\n':
                return "\u00AD＞";
            case '*' or '_' when char.IsAsciiLetterOrDigit(before) && char.IsAsciiLetterOrDigit(after):
                return room[..length];
            case '*' or '＊':
                return "∗";
            case '_' or '＿':
                return "ˍ";
            case '~' or '～':
                return "∼";
            case '`' or '｀':
                return "ˋ";
            case '@' or '#':
                room[length++] = ZeroWidthSpace;
                return room[..length];
            default:
                return room[..length];
        }
    }
}
