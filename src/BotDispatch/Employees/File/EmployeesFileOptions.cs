using BotDispatch.Files;
using Microsoft.Extensions.Options;

namespace BotDispatch.Employees.File;

/// <summary>Where the list of employees lies. Section <c>Employees</c>.</summary>
internal sealed class EmployeesFileOptions
{
    /// <summary>A CSV, JSON or YAML file; its ending says which.</summary>
    public string File { get; set; } = "";

    /// <summary>For those whose language is left empty.</summary>
    public string DefaultLanguage { get; set; } = "en-GB";
}

/// <summary>Stops the process at its start if the list cannot be used, and names file and line.</summary>
internal sealed class EmployeesFileOptionsValidator : IValidateOptions<EmployeesFileOptions>
{
    const int MostNamed = 20;

    public ValidateOptionsResult Validate(string? name, EmployeesFileOptions options)
    {
        if (string.IsNullOrWhiteSpace(options.File))
            return ValidateOptionsResult.Fail("Employees:File is not set: name a CSV, JSON or YAML file with the people who can be phoned.");
        if (EmployeeList.ParserFor(options) is not { } parse)
            return ValidateOptionsResult.Fail($"Employees:File is {options.File}: its name must end in .csv, .json, .yaml or .yml.");
        var problems = WatchedFile<Core.Employee>.Load(options.File, parse).Problems;
        return problems.IsEmpty
            ? ValidateOptionsResult.Success
            : ValidateOptionsResult.Fail(problems.Take(MostNamed).Select(problem => $"Employees:File: {problem.In(options.File)}"));
    }
}
