using System.Collections.Immutable;
using BotDispatch.Files;
using CsvHelper;

namespace BotDispatch.Employees.File;

/// <summary>One row of a CSV file: its fields by column name, and the line on which it begins.</summary>
internal sealed record CsvRow(int Line, ImmutableDictionary<string, string> Fields);

/// <summary>
/// Reads CSV as spreadsheets write it: with any of four separators, with a <c>sep=</c> line, with rows that contain only separators, and
/// with rows that lack their last cells.
/// </summary>
/// <remarks>
/// CsvHelper 34 returns a row of separators as a row of empty fields, and a row without its last cells with fewer fields.
/// </remarks>
internal static class CsvRows
{
    static readonly ImmutableArray<char> Separators = [',', ';', '\t', '|'];

    /// <summary>
    /// Returns the rows, and a problem for each row that cannot be read. If the header does not name every column, there are no rows.
    /// </summary>
    /// <param name="text">The text of the file.</param>
    /// <param name="columns">The columns that the header must name.</param>
    /// <param name="optional">Columns that it may name; missing ones are empty.</param>
    public static FileContent<CsvRow> Read(string text, ImmutableArray<string> columns, ImmutableArray<string> optional)
    {
        var lines = LinesOf(text);
        var first = 0;
        while (first < lines.Count && IsBlank(text[lines[first]]))
            first++;
        if (first < lines.Count && text[lines[first]].Trim() is ['s' or 'S', 'e' or 'E', 'p' or 'P', '=', _])
            first++;
        if (first >= lines.Count || IsBlank(text[lines[first].Start..]))
            return FileContent<CsvRow>.Broken(1, $"the header is missing: {string.Join(',', columns)}");
        var rest = text[lines[first].Start..];
        // A quoted name may contain a comma, so we choose the separator for which the header names most columns.
        var separator = Separators.MaxBy(each => HeaderBy(each, rest).Intersect(columns).Count());
        var header = HeaderBy(separator, rest);
        if (HeaderProblem(header, columns, optional) is { } problem)
            return FileContent<CsvRow>.Broken(first + 1, problem);
        return new CsvReading(text, lines, separator, header, [.. columns, .. optional]).From(first);
    }

    /// <summary>Whether the text contains only blanks and separators.</summary>
    public static bool IsBlank(string text) => text.All(each => char.IsWhiteSpace(each) || Separators.Contains(each));

    static List<string> HeaderBy(char separator, string text)
    {
        using var csv = CsvReader.FromText(text,
            new CsvReaderOptions { Separator = separator, HasHeader = false, TrimWhitespace = true, IncludeValuesInExceptions = false });
        return csv.Read() ? [.. Enumerable.Range(0, csv.FieldCount).Select(index => csv.GetString(index).Trim().ToLowerInvariant())] : [];
    }

    static string? HeaderProblem(List<string> header, ImmutableArray<string> columns, ImmutableArray<string> optional)
    {
        if (header.Select(FileText.ProblemOf).FirstOrDefault(each => each is not null) is { } unreadable)
            return $"the header {unreadable}";
        if (columns.Where(column => !header.Contains(column)).ToList() is { Count: > 0 } missing)
            return $"the header has no column {string.Join(", ", missing)}; it must name {string.Join(',', columns)}";
        return columns.Concat(optional).FirstOrDefault(column => header.Count(each => each == column) > 1) is { } twice
            ? $"the header names {twice} twice."
            : null;
    }

    // CsvHelper counts CR, LF and CR LF as one line break each.
    static List<Range> LinesOf(string text)
    {
        var lines = new List<Range>();
        var start = 0;
        for (var at = 0; at < text.Length; at++)
        {
            if (text[at] is not ('\n' or '\r'))
                continue;
            lines.Add(start..at);
            if (text[at] is '\r' && at + 1 < text.Length && text[at + 1] is '\n')
                at++;
            start = at + 1;
        }
        lines.Add(start..text.Length);
        return lines;
    }
}

/// <summary>
/// Reads the rows below a header. A quotation mark in the wrong place opens a field that would swallow the lines below; here it costs only
/// its own line.
/// </summary>
internal sealed class CsvReading(string text, List<Range> lines, char separator, List<string> header, ImmutableArray<string> columns)
{
    readonly ImmutableArray<CsvRow>.Builder rows = ImmutableArray.CreateBuilder<CsvRow>();
    readonly ImmutableArray<FileProblem>.Builder problems = ImmutableArray.CreateBuilder<FileProblem>();

    /// <summary>Returns the rows. The header begins on the line with the index <paramref name="first"/>.</summary>
    public FileContent<CsvRow> From(int first)
    {
        var isHeader = true;
        for (int? next = first; next is { } index && index < lines.Count; isHeader = false)
            next = ReadFrom(index, isHeader);
        return new(rows.ToImmutable(), problems.ToImmutable());
    }

    // Returns where to continue after a row that swallowed others; null at the end.
    int? ReadFrom(int index, bool skipsFirst)
    {
        CsvMalformedRecord? malformed = null;
        using var csv = CsvReader.FromText(text[lines[index].Start..], new CsvReaderOptions
        {
            Separator = separator,
            HasHeader = false,
            TrimWhitespace = true,
            TrackLineNumbers = true,
            IncludeValuesInExceptions = false,
            OnMalformedRecord = bad => malformed = bad,
        });
        if (skipsFirst)
            csv.Read();
        malformed = null;
        while (csv.Read())
        {
            var line = index + (int)csv.LineNumber;
            if (malformed is { } bad)
            {
                problems.Add(new(line, "a quotation mark stands in the wrong place."));
                if (bad.RawRecord.AsSpan().IndexOfAny('\n', '\r') >= 0)
                    return line;
                malformed = null;
            }
            else
                Add(line, [.. Enumerable.Range(0, csv.FieldCount).Select(csv.GetString)]);
        }
        return null;
    }

    void Add(int line, List<string> fields)
    {
        if (fields.All(CsvRows.IsBlank))
            return;
        if (fields.Skip(header.Count).Any(field => !string.IsNullOrWhiteSpace(field)))
        {
            problems.Add(new(line,
                $"there are {fields.Count} fields; the header has {header.Count}. A field with a {NameOf(separator)} in it needs "
                    + "quotation marks."));
            return;
        }
        var named = columns.ToImmutableDictionary(column => column,
            column => header.IndexOf(column) is >= 0 and var at && at < fields.Count ? fields[at] : "");
        if (columns.Select(column => FileText.ProblemOf(named[column]) is { } problem ? $"{column} {problem}" : null)
            .FirstOrDefault(each => each is not null) is { } mistake)
            problems.Add(new(line, mistake));
        else
            rows.Add(new(line, named));
    }

    static string NameOf(char separator) => separator switch { ',' => "comma", ';' => "semicolon", '\t' => "tab", _ => "bar" };
}
