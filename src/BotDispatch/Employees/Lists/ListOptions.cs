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
    public ValidateOptionsResult Validate(string? name, ListOptions options)
    {
        var wrong = string.IsNullOrWhiteSpace(options.Lists) ? []
            : WatchedFile<ListEntry>.Check(
                "Employees:Lists", options.Lists, ListReader.ParserFor(options.Lists), ".yaml, .yml or .json").ToList();
        return wrong.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(wrong);
    }
}
