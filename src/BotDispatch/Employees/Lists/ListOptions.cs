using BotDispatch.Files;
using Microsoft.Extensions.Options;

namespace BotDispatch.Employees.Lists;

/// <summary>The location of the named lists. Section <c>Employees</c>.</summary>
internal sealed class ListOptions
{
    /// <summary>A YAML or JSON file with named lists.</summary>
    public string Lists { get; set; } = "";
}

/// <summary>
/// Stops the process at its start, with file and line, if the file has no usable list. If only some lists are bad, the others are used.
/// </summary>
internal sealed class ListOptionsValidator : IValidateOptions<ListOptions>
{
    const int MostNamed = 20;

    public ValidateOptionsResult Validate(string? name, ListOptions options)
    {
        if (string.IsNullOrWhiteSpace(options.Lists))
            return ValidateOptionsResult.Success;
        if (ListReader.ParserFor(options.Lists) is not { } parse)
            return ValidateOptionsResult.Fail($"Employees:Lists is {options.Lists}: its name must end in .yaml, .yml or .json.");
        var content = WatchedFile<ListEntry>.Load(options.Lists, parse);
        return content.IsUsable
            ? ValidateOptionsResult.Success
            : ValidateOptionsResult.Fail(content.Problems.Take(MostNamed)
                .Select(problem => $"Employees:Lists: {problem.In(options.Lists)}"));
    }
}
