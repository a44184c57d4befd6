using BotDispatch.Settings;
using Microsoft.Extensions.Options;

namespace BotDispatch.Employees.Availability;

/// <summary>How much rest everybody gets. Section <c>Employees</c>. A named list may say otherwise for its dispatches.</summary>
internal sealed class RestOptions
{
    /// <summary>How long somebody is not called after they accepted a job or had done it; zero for no rest.</summary>
    [Within("0 s", "7 d")] public TimeSpan Rest { get; set; }

    /// <summary>How often one person is called in one night; 0 for no limit.</summary>
    [Within(0, 50)] public int MostCallsPerNight { get; set; }

    /// <summary>The hours of a night, in the time zone of each person.</summary>
    public string Night { get; set; } = "22:00-07:00";
}

/// <summary>Stops the process at its start if the night cannot be read or a limit is absurd.</summary>
internal sealed class RestOptionsValidator : IValidateOptions<RestOptions>
{
    public ValidateOptionsResult Validate(string? name, RestOptions options)
    {
        var faults = WithinAttribute.Wrong("Employees", options).ToList();
        if (WeeklyHours.Read(options.Night) is null)
            faults.Add("Employees:Night is no time of the day: write it as 22:00-07:00.");
        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }
}
