using BotDispatch.Files;
using Microsoft.Extensions.Options;

namespace BotDispatch.Employees.File;

/// <summary>The location of the list of employees. Section <c>Employees</c>.</summary>
internal sealed class EmployeesFileOptions
{
    /// <summary>A CSV, JSON or YAML file. Its extension decides which.</summary>
    public string File { get; set; } = "";

    /// <summary>
    /// Further files of the same kinds. A person in several files is one person; the first file that says something counts.
    /// </summary>
    public string[] MoreFiles { get; set; } = [];

    /// <summary>The language of employees who have none in the file.</summary>
    public string DefaultLanguage { get; set; } = "en-GB";

    /// <summary>
    /// The country of telephone numbers without a country code, as two letters (ISO 3166) such as <c>GB</c>. If it is empty, such numbers
    /// cannot be called.
    /// </summary>
    public string DefaultRegion { get; set; } = "";

    /// <summary>Another source is set, so there need not be a file, and one that cannot be used does not stop the process.</summary>
    internal bool HasOtherSource { get; set; }

    /// <summary><see cref="DefaultRegion"/> as libphonenumber spells it; null if it is not set.</summary>
    public string? Region => string.IsNullOrWhiteSpace(DefaultRegion) ? null : DefaultRegion.Trim().ToUpperInvariant();
}

/// <summary>
/// Stops the process at its start, with file and line, if the list has no usable employee. If only some rows are bad, the others are used.
/// With another source, or with a stored copy of the list, the process starts: people can be called, and the file is named in the log, in
/// readiness and to administrators.
/// </summary>
/// <param name="copies">The stored copies.</param>
internal sealed class EmployeesFileOptionsValidator(EmployeeCopies? copies = null) : IValidateOptions<EmployeesFileOptions>
{
    public ValidateOptionsResult Validate(string? name, EmployeesFileOptions options)
    {
        List<string> wrong = options.HasOtherSource ? [] : [.. WrongWithFile(options), .. WrongWithMore(options)];
        if (options.Region is { } region && !PhoneNumberReader.IsRegion(region))
            wrong.Add($"Employees:DefaultRegion is {options.DefaultRegion}: write a country in two letters (ISO 3166), as "
                + $"{(region == "UK" ? "GB for the United Kingdom" : "GB or DE")}.");
        return wrong.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(wrong);
    }

    List<string> WrongWithFile(EmployeesFileOptions options)
    {
        if (string.IsNullOrWhiteSpace(options.File))
            return ["Employees:File is not set: name a CSV, JSON or YAML file with the people who can be phoned."];
        return WrongWith("Employees:File", options.File, options);
    }

    IEnumerable<string> WrongWithMore(EmployeesFileOptions options) =>
        options.MoreFiles.SelectMany((file, index) => WrongWith($"Employees:MoreFiles:{index}", file, options));

    List<string> WrongWith(string setting, string file, EmployeesFileOptions options)
    {
        if (EmployeeList.ParserFor(file, options) is not { } parse || copies?.Of(file) is not { } copy)
            return Check();
        if (copy.Earlier is var (text, _) && parse(text).IsUsable)
            return [];
        // Without a copy, a mount that does not answer is waited for.
        if (copy.WasLookedFor)
            return Check();
        var wrong = copies.WithinAWhile(copy, Check)
            ?? [$"{setting}: {file}: it does not answer. Is its network mount there?"];
        copy.IsWanted |= wrong.Count > 0;
        return wrong;

        List<string> Check() =>
            [.. WatchedFile<Core.Employee>.Check(setting, file, EmployeeList.ParserFor(file, options), EmployeeList.Extensions)];
    }
}
