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
    public ValidateOptionsResult Validate(string? name, AvailabilityOptions options)
    {
        var wrong = string.IsNullOrWhiteSpace(options.Schedule) ? []
            : WatchedFile<ScheduleEntry>.Check(
                "Employees:Schedule", options.Schedule, ScheduleReader.ParserFor(options.Schedule), ".yaml, .yml or .json").ToList();
        return wrong.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(wrong);
    }
}
