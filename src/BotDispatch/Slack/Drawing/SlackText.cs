using System.Buffers;
using System.Globalization;
using System.Text;
using BotDispatch.Core;
using BotDispatch.Http;

namespace BotDispatch.Slack.Drawing;

/// <summary>
/// Writes text for Slack. Text of people and other systems becomes inert here: it cannot mention, link or format.
/// </summary>
/// <remarks>https://docs.slack.dev/messaging/formatting-message-text</remarks>
internal static class SlackText
{
    const char ZeroWidthSpace = '\u200B';

    // What Inert may write differently, but for halves of letters outside the basic plane.
    static readonly SearchValues<char> Signs = SearchValues.Create("&<>＞*＊_＿~～`｀@#:");

    /// <summary>
    /// Foreign text for mrkdwn and for the text of a message, shown as it was written. The result is at most <paramref name="most"/> UTF-16
    /// units long after escaping.
    /// </summary>
    public static string Inert(string foreign, int most = int.MaxValue)
    {
        foreign = Steady(foreign);
        // Reserve room for the mark that ends a bidirectional isolate.
        var (rest, at) = (most - 1 - (Isolation.HasMark(foreign) ? 1 : 0), 0);
        if (foreign.Length <= rest && !foreign.AsSpan().ContainsAny(Signs) && !foreign.AsSpan().ContainsAnyInRange('\uD800', '\uDFFF'))
            return foreign;
        var text = new StringBuilder(Math.Min(foreign.Length + 16, 4096));
        Span<char> room = stackalloc char[2];
        foreach (var rune in foreign.EnumerateRunes())
        {
            at += rune.Utf16SequenceLength;
            var (before, after) = (text.Length == 0 ? '\n' : text[^1], at < foreign.Length ? foreign[at] : '\n');
            var piece = rune.Value == ':' ? Colon(foreign, at) : Piece(rune, before, after, room);
            if (piece.Length > rest)
                return text.Append('…').Append(Isolation.Missing(text)).ToString();
            rest -= piece.Length;
            text.Append(piece);
        }
        return text.ToString();
    }

    /// <summary>Text for a plain_text object, in which Slack reads only emoji codes. The text is cut and not escaped.</summary>
    public static string Plain(string words, int most)
    {
        var text = Steady(words);
        if (text.Contains(':', StringComparison.Ordinal))
            text = WithoutEmoji(text);
        if (text.Length <= most)
            return text;
        most -= Isolation.HasMark(text) ? 1 : 0;
        var end = char.IsHighSurrogate(text[most - 2]) ? most - 2 : most - 1;
        return $"{text[..end]}…{Isolation.Missing(new(text[..end]))}";
    }

    /// <summary>A mention, which notifies the person; the plain name if the person has no account in Slack.</summary>
    public static string Mention(Person person) =>
        person.Platform == SlackAddress.Platform && SlackAddress.Split(person.UserId).Id is var id
        && id.Length > 0 && id.All(char.IsAsciiLetterOrDigit)
            ? $"<@{id}>"
            : Inert(person.Name).Isolated();

    /// <summary>A moment in every reader's own time. A client that cannot show it shows the same in UTC, with the day if that is asked for.
    /// </summary>
    public static string Date(DateTimeOffset at, string format = "{time_secs}")
    {
        var inUtc = at.UtcDateTime.ToString(
            format.Contains("{date", StringComparison.Ordinal) ? "yyyy-MM-dd HH:mm" : "HH:mm:ss", CultureInfo.InvariantCulture);
        return string.Create(CultureInfo.InvariantCulture, $"<!date^{at.ToUnixTimeSeconds()}^{format}|{inUtc} UTC>");
    }

    /// <summary>The text without Slack's escaping.</summary>
    public static string Unescaped(string text) => text
        .Replace("&lt;", "<", StringComparison.Ordinal)
        .Replace("&gt;", ">", StringComparison.Ordinal)
        .Replace("&amp;", "&", StringComparison.Ordinal);

    // Break up a colon before a word or a slash, because it may begin an emoji or an address. Before a space it is only a colon.
    static string Colon(string text, int next) =>
        next < text.Length && (char.IsLetterOrDigit(text[next]) || text[next] is '+' or '-' or '_' or '/') ? $":{ZeroWidthSpace}" : ":";

    static string WithoutEmoji(string text)
    {
        var broken = new StringBuilder(text.Length + 8);
        for (var at = 0; at < text.Length; at++)
            if (text[at] == ':')
                broken.Append(Colon(text, at + 1));
            else
                broken.Append(text[at]);
        return broken.ToString();
    }

    // Control characters and direction overrides change how the text around them is read, so remove them or close their isolates.
    static string Steady(string words)
    {
        words = Isolation.Paired(words);
        foreach (var letter in words)
            if (Controls(letter))
                return string.Concat(words.Where(each => !Controls(each)));
        return words;
    }

    static bool Controls(char letter) => char.IsControl(letter) && letter is not '\n';

    // Slack has no escape for formatting signs. It formats only at the edge of a word, and an invisible space counts as an edge. So a sign
    // inside a word stays, and any other is replaced by one that looks like it. Fullwidth signs format too. A quote sign formats only at
    // the beginning of a line, so a soft hyphen is put before it.
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

/// <summary>Draws a link from another system with the host to which it leads, so that it cannot mislead.</summary>
internal static class TicketLink
{
    const int Most = 800;

    /// <summary>The link as mrkdwn; null if it is no web address, has user info before its host, or is too long.</summary>
    public static string? To(string? address)
    {
        if (WebLink.Read(address) is not { UserInfo: "" } uri || uri.Host.Length == 0)
            return null;
        var escaped = Escaped(uri);
        return escaped.Length > Most ? null : $"<{escaped}|Open in {SlackText.Inert(uri.IdnHost, 100)}>";
    }

    /// <summary>The address without the characters that would end a link in Slack's markup.</summary>
    public static string Escaped(Uri uri) => uri.AbsoluteUri.Replace("&", "&amp;", StringComparison.Ordinal)
        .Replace("<", "%3C", StringComparison.Ordinal).Replace(">", "%3E", StringComparison.Ordinal)
        .Replace("|", "%7C", StringComparison.Ordinal);
}
