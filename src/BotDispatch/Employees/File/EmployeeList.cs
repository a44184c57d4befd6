using System.Collections.Immutable;
using System.Text.Json;
using BotDispatch.Core;
using BotDispatch.Files;
using CsvHelper;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace BotDispatch.Employees.File;

/// <summary>Reads a list of employees from CSV, JSON or YAML: the same fields in each.</summary>
internal static class EmployeeList
{
    static readonly ImmutableArray<string> Columns = ["id", "name", "email", "phone", "language", "timezone", "skills"];

    /// <summary>The reader for the file's ending; null if there is none.</summary>
    public static Func<string, FileContent<Employee>>? ParserFor(EmployeesFileOptions options)
    {
        Func<string, FileContent<EmployeeRow>>? rows = Path.GetExtension(options.File).ToLowerInvariant() switch
        {
            ".csv" => Csv,
            ".json" => Json,
            ".yaml" or ".yml" => Yaml,
            _ => null,
        };
        return rows is null ? null : text => rows(text) switch
        {
            { Problems: { IsEmpty: false } problems } => new([], problems),
            var good => EmployeeRows.Judge(good.Items, options.DefaultLanguage),
        };
    }

    static FileContent<EmployeeRow> Csv(string text)
    {
        if (string.IsNullOrWhiteSpace(text))
            return FileContent<EmployeeRow>.Broken(1, $"the header is missing: {string.Join(',', Columns)}");
        var problems = ImmutableArray.CreateBuilder<FileProblem>();
        var rows = ImmutableArray.CreateBuilder<EmployeeRow>();
        var header = text.AsSpan()[..(text.IndexOf('\n') is var end and >= 0 ? end : text.Length)];
        using var csv = CsvReader.FromText(text, new CsvReaderOptions
        {
            // Spreadsheets of many countries write semicolons.
            Separator = header.Contains(';') && !header.Contains(',') ? ';' : ',',
            TrimWhitespace = true,
            TrackLineNumbers = true,
            IncludeValuesInExceptions = false,
            OnMalformedRecord = bad => problems.Add(new((int)bad.LineNumber, "a quotation mark stands in the wrong place.")),
        });
        var names = csv.Headers.Select(name => name.Trim().ToLowerInvariant()).ToList();
        var missing = Columns.Where(column => !names.Contains(column)).ToList();
        if (missing.Count > 0)
            return FileContent<EmployeeRow>.Broken(1, $"the header has no column {string.Join(", ", missing)}; it must name {string.Join(',', Columns)}");
        while (csv.Read())
        {
            var line = (int)csv.LineNumber;
            if (csv.FieldCount != names.Count)
                problems.Add(new(line, $"there are {csv.FieldCount} fields; the header has {names.Count}. A field with a comma in it needs quotation marks."));
            else
                rows.Add(RowOf(line, column => csv.GetString(names.IndexOf(column)), csv.GetString(names.IndexOf("skills"))));
        }
        return new(rows.ToImmutable(), [.. problems.DistinctBy(problem => problem.Line)]);
    }

    static FileContent<EmployeeRow> Json(string text) => JsonRows.Read(text) switch
    {
        { Problems: { IsEmpty: false } problems } => new([], problems),
        var good => new([.. good.Items.Select(row => RowOf(row.Line, row.Text, row.Find("skills") is { ValueKind: JsonValueKind.Array } list
            ? string.Join(';', list.EnumerateArray().Select(skill => skill.ToString()))
            : row.Text("skills")))], []),
    };

    static FileContent<EmployeeRow> Yaml(string text)
    {
        var yaml = new YamlStream();
        try
        {
            yaml.Load(new StringReader(text));
        }
        catch (YamlException broken)
        {
            return FileContent<EmployeeRow>.Broken((int)broken.Start.Line, "this is not YAML.");
        }
        if (yaml.Documents is not [{ RootNode: YamlSequenceNode list }])
            return FileContent<EmployeeRow>.Broken(1, "it must be a YAML list of people.");
        return list.Children.FirstOrDefault(node => node is not YamlMappingNode) is { } other
            ? FileContent<EmployeeRow>.Broken((int)other.Start.Line, "a person with fields is expected here.")
            : new([.. list.Children.Cast<YamlMappingNode>().Select(YamlRow)], []);
    }

    static EmployeeRow YamlRow(YamlMappingNode person)
    {
        YamlNode? Find(string field) => person.Children.FirstOrDefault(pair => pair.Key is YamlScalarNode { Value: { } key } && key.Equals(field, StringComparison.OrdinalIgnoreCase)).Value;
        string? Text(string field) => Find(field) is YamlScalarNode { Value: not ("null" or "~") } scalar ? scalar.Value : null;
        return RowOf((int)person.Start.Line, Text, Find("skills") is YamlSequenceNode list ? string.Join(';', list.Children.Select(skill => skill.ToString())) : Text("skills"));
    }

    static EmployeeRow RowOf(int line, Func<string, string?> field, string? skills) => new(
        line, field("id"), field("name"), field("email"), field("phone"), field("language"), field("timezone"), EmployeeRows.SkillsOf(skills));
}
