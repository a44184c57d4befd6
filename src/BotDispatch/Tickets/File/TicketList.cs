using System.Collections.Immutable;
using BotDispatch.Core;
using BotDispatch.Files;
using BotDispatch.Http;

namespace BotDispatch.Tickets.File;

/// <summary>Reads a list of tickets from JSON.</summary>
internal static class TicketList
{
    const int LongestReference = 64;

    static readonly ImmutableArray<string> Names = ["reference", "title", "description", "priority", "place", "link"];

    /// <summary>Returns the good tickets, and every mistake of the others with its line.</summary>
    public static FileContent<Ticket> Parse(string text)
    {
        var read = JsonRows.Read(text);
        var tickets = ImmutableArray.CreateBuilder<Ticket>();
        var problems = read.Problems.ToBuilder();
        var references = new Dictionary<string, int>(StringComparer.OrdinalIgnoreCase);
        foreach (var row in read.Items)
        {
            var fields = row.Fields(Names);
            List<string> mistakes = fields.Mistakes is { Count: > 0 } unread
                ? [.. unread]
                : [.. Mistakes(fields, references).OfType<string>()];
            problems.AddRange(mistakes.Concat(fields.Losses).Select(what => new FileProblem(row.Line, what)));
            if (mistakes.Count > 0)
                continue;
            references[fields.Text("reference")!] = row.Line;
            tickets.Add(new(
                fields.Text("reference")!, fields.Text("title")!, fields.Text("description"), fields.Text("priority"),
                fields.Text("place"), fields.Text("link")));
        }
        return new(tickets.ToImmutable(), [.. problems.OrderBy(problem => problem.Line)]);
    }

    static IEnumerable<string?> Mistakes(FileFields fields, Dictionary<string, int> references)
    {
        yield return fields.Text("reference") switch
        {
            null => "reference is missing.",
            { Length: > LongestReference } => $"reference is longer than {LongestReference} characters.",
            var blank when blank.Any(char.IsWhiteSpace) => "reference has blanks in it.",
            var reference when references.TryGetValue(reference, out var line) => $"this reference stands on line {line} already.",
            _ => null,
        };
        yield return fields.Text("title") is null ? "title is missing." : null;
        yield return fields.Text("link") is { } link && WebLink.Read(link) is null ? "link must begin with https:// or http://." : null;
    }
}
