using System.Collections.Immutable;
using BotDispatch.Core;
using BotDispatch.Files;

namespace BotDispatch.Tickets.File;

/// <summary>Reads a list of tickets from JSON.</summary>
internal static class TicketList
{
    const int LongestReference = 64;

    /// <summary>The tickets, or every mistake with its line.</summary>
    public static FileContent<Ticket> Parse(string text)
    {
        var read = JsonRows.Read(text);
        if (!read.Problems.IsEmpty)
            return new([], read.Problems);
        var tickets = ImmutableArray.CreateBuilder<Ticket>();
        var problems = ImmutableArray.CreateBuilder<FileProblem>();
        var references = new Dictionary<string, int>(StringComparer.OrdinalIgnoreCase);
        foreach (var row in read.Items)
        {
            var mistakes = Mistakes(row, references).OfType<string>().ToList();
            problems.AddRange(mistakes.Select(mistake => new FileProblem(row.Line, mistake)));
            if (mistakes.Count == 0)
                tickets.Add(new(row.Text("reference")!, row.Text("title")!, row.Text("description"), row.Text("priority"), row.Text("place"), row.Text("link")));
        }
        return new(tickets.ToImmutable(), problems.ToImmutable());
    }

    static bool IsWebAddress(string link) => Uri.TryCreate(link, UriKind.Absolute, out var uri) && (uri.Scheme == Uri.UriSchemeHttps || uri.Scheme == Uri.UriSchemeHttp);

    static IEnumerable<string?> Mistakes(JsonRow row, Dictionary<string, int> references)
    {
        yield return row.Text("reference") switch
        {
            null => "reference is missing.",
            { Length: > LongestReference } => $"reference is longer than {LongestReference} characters.",
            var blank when blank.Any(char.IsWhiteSpace) => "reference has blanks in it.",
            var reference when !references.TryAdd(reference, row.Line) => $"this reference stands on line {references[reference]} already.",
            _ => null,
        };
        yield return row.Text("title") is null ? "title is missing." : null;
        // Chats make buttons of links, and a button must not run anything.
        yield return row.Text("link") is { } link && !IsWebAddress(link) ? "link must begin with https:// or http://." : null;
    }
}
