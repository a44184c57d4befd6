using System.Text;
using BotDispatch.Http;

namespace BotDispatch.Tickets.Markup;

/// <summary>Collects plain text line by line: single blanks, no blanks at the ends of lines, at most one empty line in a row.</summary>
internal sealed class PlainLines
{
    /// <summary>Stands before and after words that are crossed out, as in Markdown: without it they would read as if they held.</summary>
    public const string CrossedOut = "~~";

    readonly StringBuilder text = new();
    bool wantsBlank;
    int crossings;
    bool isMarked;

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

    /// <summary>What is added from here on is crossed out, until <see cref="EndCrossedOut"/> was called as often as this.</summary>
    public void BeginCrossedOut() => crossings++;

    /// <summary>Ends what <see cref="BeginCrossedOut"/> began.</summary>
    public void EndCrossedOut() => crossings = Math.Max(0, crossings - 1);

    /// <summary>Ends the line.</summary>
    public void Break()
    {
        CloseMark();
        wantsBlank = false;
        text.Append('\n');
    }

    /// <summary>Ends the line unless nothing is in it yet.</summary>
    public void Block()
    {
        CloseMark();
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
        CloseMark();
        var lines = new List<string>();
        foreach (var line in text.ToString().Split('\n'))
            if (line.TrimEnd() is var clean && (clean.Length > 0 || (lines.Count > 0 && lines[^1].Length > 0)))
                lines.Add(clean);
        return string.Join('\n', lines).Trim();
    }

    void Append(char letter)
    {
        if (crossings == 0)
            CloseMark();
        if (wantsBlank && !IsAtStart && text[^1] != ' ')
            text.Append(' ');
        wantsBlank = false;
        if (crossings > 0 && !isMarked && letter != ' ')
        {
            text.Append(CrossedOut);
            isMarked = true;
        }
        text.Append(letter);
    }

    // Each line has marks of its own, so that it can be read alone. A mark has no blank on its inner side.
    void CloseMark()
    {
        if (!isMarked)
            return;
        var at = text.Length;
        while (text[at - 1] == ' ')
            at--;
        text.Insert(at, CrossedOut);
        isMarked = false;
    }
}
