using System.Text.RegularExpressions;
using BotDispatch.Settings;
using Microsoft.Extensions.Options;

namespace BotDispatch.Slack.People;

/// <summary>A user group or a channel of Slack whose members are employees. Section <c>Employees</c>.</summary>
internal sealed class SlackPeopleOptions
{
    /// <summary>
    /// A user group by its handle or id, <c>@on-call</c> or <c>S0604QSJC</c>, or a channel by its id, <c>C0OPS123</c>. Empty: Slack is no
    /// source of employees.
    /// </summary>
    public string SlackGroup { get; set; } = "";

    /// <summary>
    /// The label or id of a custom profile field with the telephone number, <c>On-call phone</c> or <c>Xf0ABC123</c>. Empty: the phone of
    /// the profile.
    /// </summary>
    public string SlackPhoneField { get; set; } = "";

    /// <summary>Whether Slack's do-not-disturb hours are quiet hours.</summary>
    public bool SlackDoNotDisturb { get; set; } = true;

    /// <summary>How long a copy is used before Slack is asked again.</summary>
    [Within("5 min", "1 d")]
    public TimeSpan SlackRefreshEvery { get; set; } = TimeSpan.FromMinutes(15);

    /// <summary>Whether Slack is a source of employees.</summary>
    public bool IsOn => SlackGroup.Trim().Length > 0;
}

/// <summary>Names what is wrong with the settings of Slack as a source of employees.</summary>
internal sealed partial class SlackPeopleOptionsValidator(IOptions<SlackOptions> slack) : IValidateOptions<SlackPeopleOptions>
{
    public ValidateOptionsResult Validate(string? name, SlackPeopleOptions options)
    {
        if (!options.IsOn)
            return ValidateOptionsResult.Success;
        List<string> wrong = [];
        if (!Group().IsMatch(options.SlackGroup.Trim()))
            wrong.Add("Employees:SlackGroup is no user group and no channel: write a handle as @on-call, the id of a user group as "
                + "S0604QSJC, or the id of a channel as C0OPS123.");
        if (SlackToken() is "")
            wrong.Add("Employees:SlackGroup needs Slack:BotToken, the token of the workspace with that group.");
        return wrong.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(wrong);
    }

    // If the settings of Slack are wrong, that is said by their own validator.
    string? SlackToken()
    {
        try
        {
            return slack.Value.BotToken;
        }
        catch (OptionsValidationException)
        {
            return null;
        }
    }

    [GeneratedRegex("^(?:@[^\\s@]{1,80}|[SCG][A-Z0-9]{2,30})$", RegexOptions.CultureInvariant)]
    private static partial Regex Group();
}
