using System.Collections.Immutable;
using System.Text.RegularExpressions;
using BotDispatch.Core;
using BotDispatch.Files;

namespace BotDispatch.Employees.File;

/// <summary>One employee as written in a file, not yet judged.</summary>
internal sealed record EmployeeRow(
    int Line, string? Id, string? Name, string? Email, string? Phone, string? Language, string? TimeZone, ImmutableArray<string> Skills);

/// <summary>Judges what is written: a row that names nobody for certain is a mistake, a number that cannot be phoned is said in the dialog.</summary>
internal static partial class EmployeeRows
{
    const int LongestId = 64;

    /// <summary>The employees, or every mistake with its line.</summary>
    public static FileContent<Employee> Judge(IEnumerable<EmployeeRow> rows, string defaultLanguage)
    {
        var employees = ImmutableArray.CreateBuilder<Employee>();
        var problems = ImmutableArray.CreateBuilder<FileProblem>();
        var ids = new Dictionary<string, int>(StringComparer.OrdinalIgnoreCase);
        var emails = new Dictionary<string, int>(StringComparer.OrdinalIgnoreCase);
        foreach (var row in rows)
        {
            var mistakes = Mistakes(row).Concat([Twice("id", row.Id, row.Line, ids), Twice("email", row.Email, row.Line, emails)]).OfType<string>().ToList();
            problems.AddRange(mistakes.Select(mistake => new FileProblem(row.Line, mistake)));
            if (mistakes.Count > 0)
                continue;
            var (phone, problem) = PhoneNumberReader.Read(row.Phone);
            employees.Add(new(
                new(row.Id!.Trim()), OneLine(row.Name!), Filled(row.Email), phone, Filled(row.Language) ?? defaultLanguage, Filled(row.TimeZone) ?? "UTC", row.Skills, problem));
        }
        return new(employees.ToImmutable(), problems.ToImmutable());
    }

    /// <summary>Skills as one text, separated by semicolons, commas or bars.</summary>
    public static ImmutableArray<string> SkillsOf(string? text) =>
        [.. (text ?? "").Split([';', ',', '|'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)];

    static IEnumerable<string?> Mistakes(EmployeeRow row)
    {
        yield return Filled(row.Id) switch
        {
            null => "id is empty.",
            { Length: > LongestId } => $"id is longer than {LongestId} characters.",
            var id when id.Any(char.IsWhiteSpace) || id.Any(char.IsControl) => "id has blanks in it.",
            _ => null,
        };
        yield return Filled(row.Name) is null ? "name is empty." : null;
        yield return Filled(row.Email) is { } email && !Email().IsMatch(email) ? "email is not an email address." : null;
        yield return Filled(row.Language) is { } language && !LanguageTag().IsMatch(language) ? "language is not a language tag, as en-GB." : null;
        yield return Filled(row.TimeZone) is { } zone && !IsTimeZone(zone) ? "timezone is not an IANA time zone, as Europe/Athens." : null;
    }

    static string? Twice(string column, string? value, int line, Dictionary<string, int> seen) =>
        Filled(value) is not { } key || seen.TryAdd(key, line) ? null : $"this {column} stands on line {seen[key]} already.";

    // Windows has no IANA names of its own, and the process carries no tables for them.
    static bool IsTimeZone(string zone) => OperatingSystem.IsWindows() || TimeZoneInfo.TryFindSystemTimeZoneById(zone, out _);

    static string? Filled(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();

    static string OneLine(string text) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    [GeneratedRegex(@"^[^@\s]+@[^@\s]+$", RegexOptions.CultureInvariant)]
    private static partial Regex Email();

    [GeneratedRegex("^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$", RegexOptions.CultureInvariant)]
    private static partial Regex LanguageTag();
}
