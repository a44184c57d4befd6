using System.Text;

namespace BotDispatch.Files;

/// <summary>Reads the text of a file, and finds characters that no text should contain.</summary>
internal static class FileText
{
    /// <summary>Replaces bytes that are not UTF-8. Unicode reserves this code point for such uses, so it occurs in no text.</summary>
    const char NotUtf8 = '\uFFFF';

    static readonly Encoding Marking = Encoding.GetEncoding("utf-8", EncoderFallback.ExceptionFallback,
        new DecoderReplacementFallback(NotUtf8.ToString()));

    /// <summary>
    /// Returns the bytes as text without a byte order mark. Bytes that are not UTF-8 are marked, so that
    /// <see cref="ProblemOf(string)"/> finds them.
    /// </summary>
    public static string Read(ReadOnlySpan<byte> bytes) =>
        Marking.GetString(bytes) is var text && text.StartsWith('\uFEFF') ? text[1..] : text;

    /// <summary>
    /// Returns why the bytes of a file are no text at all, as a sentence of its own; null if they may be text.
    /// </summary>
    public static string? ProblemOf(ReadOnlySpan<byte> bytes) => bytes switch
    {
        [0xFF, 0xFE, ..] or [0xFE, 0xFF, ..] or [0, 0, 0xFE, 0xFF, ..] => "it is UTF-16 text; save it as UTF-8.",
        // Both of Excel's own formats, under another name.
        [(byte)'P', (byte)'K', 3, 4, ..] or [0xD0, 0xCF, 0x11, 0xE0, ..] =>
            "it is a workbook of a spreadsheet, or another packed file; save it as text: as CSV in UTF-8, or as JSON or YAML.",
        _ => null,
    };

    /// <summary>Returns what is wrong with a text, as the end of a sentence; null if nothing is.</summary>
    public static string? ProblemOf(string text)
    {
        for (var at = 0; at < text.Length; at++)
            switch (text[at])
            {
                case NotUtf8:
                    return "has bytes that are not UTF-8 text; save the file as UTF-8.";
                case '\0':
                    return "has a NUL character in it.";
                case var high when char.IsHighSurrogate(high) && at + 1 < text.Length && char.IsLowSurrogate(text[at + 1]):
                    at++;
                    break;
                case var half when char.IsSurrogate(half):
                    return "has half a character in it (a lone surrogate).";
            }
        return null;
    }

    /// <summary>Returns the first line, from 1, that has a tab before its first word; null if there is none.</summary>
    public static int? LineWithTabs(string text)
    {
        var line = 0;
        foreach (var each in text.AsSpan().EnumerateLines())
        {
            line++;
            if (!each.IsWhiteSpace() && each[..^each.TrimStart().Length].Contains('\t'))
                return line;
        }
        return null;
    }

    /// <summary>Returns the line, from 1, of the first character with a problem.</summary>
    public static int LineOf(string text, char problem) =>
        text.AsSpan(0, Math.Max(0, text.IndexOf(problem, StringComparison.Ordinal))).Count('\n') + 1;
}
