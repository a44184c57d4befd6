namespace BotDispatch.Tickets.Markup;

/// <summary>
/// Turns the markup of ticket systems into plain text, for chats and for the telephone: lines for paragraphs, items and rows, the address
/// of a link after its words, no marks. Time and size are bounded whatever the text is.
/// </summary>
internal static class PlainMarkup
{
    /// <summary>
    /// The longest text that is read, in characters. A ticket can contain a whole log file or a mail with pictures in it.
    /// </summary>
    public const int LongestRead = 32 * 1024;

    /// <summary>Returns the text without its markup; empty if there is nothing in it.</summary>
    public static string Of(string? written, TextFormat format)
    {
        if (string.IsNullOrWhiteSpace(written))
            return "";
        var text = (written.Length > LongestRead ? written[..LongestRead] : written).ReplaceLineEndings("\n");
        return format switch
        {
            TextFormat.Html => HtmlText.Of(text),
            TextFormat.Markdown => MarkdownText.Of(text),
            TextFormat.Textile => TextileText.Of(text),
            TextFormat.Jira => JiraText.Of(text),
            _ => text.Trim(),
        };
    }
}
