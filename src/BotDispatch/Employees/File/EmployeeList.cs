using System.Collections.Immutable;
using BotDispatch.Core;
using BotDispatch.Files;

namespace BotDispatch.Employees.File;

/// <summary>Reads a list of employees from CSV, JSON or YAML. The fields are the same in each.</summary>
internal static class EmployeeList
{
    static readonly ImmutableArray<string> Columns = ["id", "name", "email", "phone", "language", "timezone", "skills"];
    static readonly ImmutableArray<string> Optional = ["hours", "away"];
    static readonly ImmutableArray<string> Both = [.. Columns, .. Optional];

    /// <summary>The extensions of files that can be read, in words.</summary>
    public const string Extensions = ".csv, .json, .yaml or .yml";

    /// <summary>Returns the reader of a file. A file whose extension no reader is for has a problem instead of people.</summary>
    public static Func<string, FileContent<Employee>> ReaderFor(string file, EmployeesFileOptions options) =>
        ParserFor(file, options) ?? (_ => FileContent<Employee>.Broken(0, $"its name must end in {Extensions}."));

    /// <summary>Returns the reader for the extension of the file; null if there is none.</summary>
    public static Func<string, FileContent<Employee>>? ParserFor(EmployeesFileOptions options) => ParserFor(options.File, options);

    /// <summary>Returns the reader for the extension of another file with the same defaults; null if there is none.</summary>
    public static Func<string, FileContent<Employee>>? ParserFor(string file, EmployeesFileOptions options)
    {
        Func<string, FileContent<EmployeeRow>>? rows = Path.GetExtension(file).ToLowerInvariant() switch
        {
            ".csv" => Csv,
            ".json" => text => Fields(JsonRows.Read(text)),
            ".yaml" or ".yml" => text => Fields(YamlRows.Read(text)),
            _ => null,
        };
        return rows is null ? null : text =>
        {
            var read = rows(text);
            var judged = EmployeeRows.Judge(read.Items, options.DefaultLanguage, options.Region);
            return judged with { Problems = [.. read.Problems.Concat(judged.Problems).OrderBy(problem => problem.Line)] };
        };
    }

    static FileContent<EmployeeRow> Csv(string text)
    {
        var read = CsvRows.Read(text, Columns, Optional);
        return new([.. read.Items.Select(row =>
            RowOf(row.Line, row.Fields.GetValueOrDefault, EmployeeRows.SkillsOf(row.Fields["skills"])))], read.Problems);
    }

    static FileContent<EmployeeRow> Fields(FileContent<FileRow> read)
    {
        var rows = ImmutableArray.CreateBuilder<EmployeeRow>();
        var problems = read.Problems.ToBuilder();
        foreach (var row in read.Items)
        {
            var fields = row.Fields(Both);
            problems.AddRange(fields.Mistakes.Concat(fields.Losses).Select(what => new FileProblem(row.Line, what)));
            if (fields.Mistakes.Count == 0)
                rows.Add(RowOf(row.Line, fields.Text, fields.List("skills") ?? EmployeeRows.SkillsOf(fields.Text("skills"))));
        }
        return new(rows.ToImmutable(), problems.ToImmutable());
    }

    static EmployeeRow RowOf(int line, Func<string, string?> field, ImmutableArray<string> skills) => new(
        line, field("id"), field("name"), field("email"), field("phone"), field("language"), field("timezone"), skills,
        field("hours"), field("away"));
}
