using System.Text;
using BotDispatch.Http;

namespace BotDispatch.Tickets.Markup;

/// <summary>Collects plain text line by line: single blanks, no blanks at the ends of lines, at most one empty line in a row.</summary>
internal sealed class PlainLines
{
    readonly StringBuilder text = new();
    bool wantsBlank;

    bool IsAtStart => text.Length == 0 || text[^1] == '\n';

    /// <summary>Adds words; every run of white space becomes one blank.</summary>
    public void Words(ReadOnlySpan<char> words)
    {
        foreach (var letter in words)
            if (char.IsWhiteSpace(letter))
                wantsBlank = true;
            else
                Append(letter);
    }

    /// <summary>Adds lines as they are.</summary>
    public void Verbatim(ReadOnlySpan<char> lines)
    {
        foreach (var letter in lines)
            if (letter == '\n')
                Break();
            else
                Append(letter);
    }

    /// <summary>Ends the line.</summary>
    public void Break()
    {
        wantsBlank = false;
        text.Append('\n');
    }

    /// <summary>Ends the line unless nothing is in it yet.</summary>
    public void Block()
    {
        wantsBlank = false;
        if (!IsAtStart)
            text.Append('\n');
    }

    /// <summary>Adds the address of a link whose words begin at <paramref name="start"/>, unless the words say it.</summary>
    public void Address(string? address, int start)
    {
        if (address is null || WebLink.Read(address) is null)
            return;
        var said = text.ToString(Math.Min(start, text.Length), text.Length - Math.Min(start, text.Length)).Trim();
        if (said.Contains(address.TrimEnd('/'), StringComparison.OrdinalIgnoreCase))
            return;
        wantsBlank = said.Length > 0;
        Words(said.Length > 0 ? $"({address})" : address);
    }

    /// <summary>How much has been collected.</summary>
    public int Length => text.Length;

    /// <summary>Returns the text.</summary>
    public override string ToString()
    {
        var lines = new List<string>();
        foreach (var line in text.ToString().Split('\n'))
            if (line.TrimEnd() is var clean && (clean.Length > 0 || (lines.Count > 0 && lines[^1].Length > 0)))
                lines.Add(clean);
        return string.Join('\n', lines).Trim();
    }

    void Append(char letter)
    {
        if (wantsBlank && !IsAtStart && text[^1] != ' ')
            text.Append(' ');
        wantsBlank = false;
        text.Append(letter);
    }
}
