using BotDispatch.Files;
using Microsoft.Extensions.Options;

namespace BotDispatch.Employees.Availability;

/// <summary>The location of the schedule. Section <c>Employees</c>.</summary>
internal sealed class AvailabilityOptions
{
    /// <summary>A YAML or JSON file with rotations, shifts, covers, absences and quiet hours.</summary>
    public string Schedule { get; set; } = "";
}

/// <summary>
/// Stops the process at its start, with file and line, if the schedule has no usable entry. If only some entries are bad, the others are
/// used.
/// </summary>
internal sealed class AvailabilityOptionsValidator : IValidateOptions<AvailabilityOptions>
{
    const int MostNamed = 20;

    public ValidateOptionsResult Validate(string? name, AvailabilityOptions options)
    {
        if (string.IsNullOrWhiteSpace(options.Schedule))
            return ValidateOptionsResult.Success;
        if (ScheduleReader.ParserFor(options.Schedule) is not { } parse)
            return ValidateOptionsResult.Fail($"Employees:Schedule is {options.Schedule}: its name must end in .yaml, .yml or .json.");
        var content = WatchedFile<ScheduleEntry>.Load(options.Schedule, parse);
        return content.IsUsable
            ? ValidateOptionsResult.Success
            : ValidateOptionsResult.Fail(content.Problems.Take(MostNamed)
                .Select(problem => $"Employees:Schedule: {problem.In(options.Schedule)}"));
    }
}
