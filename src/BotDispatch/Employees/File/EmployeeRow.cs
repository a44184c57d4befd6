using System.Collections.Immutable;
using System.Text.RegularExpressions;
using BotDispatch.Core;
using BotDispatch.Employees.Availability;
using BotDispatch.Files;

namespace BotDispatch.Employees.File;

/// <summary>One employee as written in a file, not yet checked.</summary>
internal sealed record EmployeeRow(
    int Line, string? Id, string? Name, string? Email, string? Phone, string? Language, string? TimeZone, ImmutableArray<string> Skills,
    string? Hours, string? Away)
{
    /// <summary>When they do not want to be disturbed; null if never. Only sources that are no files have it.</summary>
    public string? Quiet { get; init; }
}

/// <summary>
/// Checks the rows of a file. A row that does not identify a person is a mistake. A number that cannot be called is reported in the dialog.
/// </summary>
internal static partial class EmployeeRows
{
    const int LongestId = 64;

    /// <summary>Returns the employees of the good rows, and every mistake of the others with its line.</summary>
    /// <param name="rows">The rows as they stand in the file.</param>
    /// <param name="defaultLanguage">The language of employees who have none in the file.</param>
    /// <param name="region">The country of telephone numbers without a country code; null if there is none.</param>
    public static FileContent<Employee> Judge(IEnumerable<EmployeeRow> rows, string defaultLanguage, string? region)
    {
        var employees = ImmutableArray.CreateBuilder<Employee>();
        var problems = ImmutableArray.CreateBuilder<FileProblem>();
        var ids = new Dictionary<string, int>(StringComparer.OrdinalIgnoreCase);
        var emails = new Dictionary<string, int>(StringComparer.OrdinalIgnoreCase);
        foreach (var row in rows)
        {
            var mistakes = Mistakes(row).OfType<string>().ToList();
            // A bad row does not use up its id: a good row may have the same one.
            if (mistakes.Count == 0)
                mistakes.AddRange(((IEnumerable<string?>)[Twice("id", row.Id, ids), Twice("email", row.Email, emails)]).OfType<string>());
            problems.AddRange(mistakes.Select(mistake => new FileProblem(row.Line, mistake)));
            if (mistakes.Count > 0)
                continue;
            ids[row.Id!.Trim()] = row.Line;
            if (Filled(row.Email) is { } email)
                emails[email] = row.Line;
            var number = PhoneNumberReader.Read(row.Phone, region);
            var (hours, away) = (Hours(row), Away(row));
            problems.AddRange(((IEnumerable<string?>)[hours.Problem, away.Problem]).OfType<string>()
                .Select(problem => new FileProblem(row.Line, problem)));
            employees.Add(new(
                new(row.Id.Trim()), OneLine(row.Name!), Filled(row.Email), number.Phone, Filled(row.Language) ?? defaultLanguage,
                TimeZones.Find(Filled(row.TimeZone) ?? "UTC")!, row.Skills, number.Problem, number.Note, hours.Text, away.Text)
            {
                Quiet = row.Quiet,
                HasOwnLanguage = Filled(row.Language) is not null,
                HasOwnTimeZone = Filled(row.TimeZone) is not null,
            });
        }
        return new(employees.ToImmutable(), problems.ToImmutable());
    }

    /// <summary>Returns skills from one text, separated by semicolons, commas or bars.</summary>
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
        yield return Filled(row.Language) is { } language && !LanguageTag().IsMatch(language)
            ? "language is not a language tag, as en-GB."
            : null;
        yield return Filled(row.TimeZone) is { } zone && TimeZones.Find(zone) is null
            ? "timezone is not an IANA time zone, as Europe/Athens."
            : null;
    }

    // A person is never left out for the sake of their hours: they are called without regard to what cannot be read, and that is said.
    static (string? Text, string? Problem) Hours(EmployeeRow row) => Filled(row.Hours) switch
    {
        null => (null, null),
        var hours when WeeklyHours.Read(hours) is null =>
            (null, "hours cannot be read and are not used: write them as mon-fri 08:00-16:00, sat 09:00-12:00."),
        var hours => (hours, null),
    };

    static (string? Text, string? Problem) Away(EmployeeRow row)
    {
        var parts = (row.Away ?? "").Split([';', ',', '|'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var read = parts.Where(part => LocalPeriod.Read(part) is not null).ToList();
        return (read.Count == 0 ? null : string.Join("; ", read), read.Count == parts.Length ? null
            : "away has a time that cannot be read and is not used: write 2026-12-24..2026-12-26 or 2026-12-24 08:00..2026-12-24 12:00.");
    }

    static string? Twice(string column, string? value, Dictionary<string, int> seen) =>
        Filled(value) is { } key && seen.TryGetValue(key, out var line) ? $"this {column} stands on line {line} already." : null;

    static string? Filled(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();

    static string OneLine(string text) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    [GeneratedRegex(@"^[^@\s]+@[^@\s]+$", RegexOptions.CultureInvariant)]
    private static partial Regex Email();

    [GeneratedRegex("^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$", RegexOptions.CultureInvariant)]
    private static partial Regex LanguageTag();
}
