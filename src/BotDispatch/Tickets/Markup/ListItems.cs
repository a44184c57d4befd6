using System.Text.RegularExpressions;

namespace BotDispatch.Tickets.Markup;

/// <summary>The items of lists as Textile and Jira write them: <c>*</c>, <c>#</c> and <c>-</c>, repeated for each level.</summary>
internal sealed partial class ListItems
{
    readonly int[] numbers = new int[16];

    /// <summary>
    /// Adds the bullet or the number of an item that begins the line, and returns the rest of the line. A line with other words ends the
    /// lists.
    /// </summary>
    public string Begin(PlainLines lines, string line)
    {
        if (Item().Match(line) is not { Success: true } item)
        {
            if (line.Trim().Length > 0)
                Array.Clear(numbers);
            return line;
        }
        var marks = item.Groups["marks"].Value;
        var depth = Math.Min(marks.Length, numbers.Length - 1);
        Array.Clear(numbers, depth + 1, numbers.Length - depth - 1);
        lines.Block();
        lines.Words(marks[^1] == '#' ? $"{++numbers[depth]}. " : "- ");
        return line[item.Length..];
    }

    [GeneratedRegex(@"^\s*(?<marks>[*#]{1,15}|-)\s+(?=\S)", RegexOptions.CultureInvariant)]
    private static partial Regex Item();
}
