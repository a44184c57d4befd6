using System.Text.RegularExpressions;
using BotDispatch.Settings;
using Microsoft.Extensions.Options;

namespace BotDispatch.Slack;

/// <summary>Settings under <c>Slack</c>. Without any of its secrets the adapter is off.</summary>
internal sealed class SlackOptions
{
    /// <summary>The address of the Web API.</summary>
    public Uri? ApiBaseAddress { get; set; } = new("https://slack.com/api/");

    /// <summary>The address where an administrator installs the app, for OAuth.</summary>
    public Uri? AuthorizeAddress { get; set; } = new("https://slack.com/oauth/v2/authorize");

    /// <summary>The secret with which Slack signs requests over HTTP.</summary>
    public string SigningSecret { get; set; } = "";

    /// <summary>The previous signing secret, while it is being changed.</summary>
    public string PreviousSigningSecret { get; set; } = "";

    /// <summary>The bot token, if the app serves one workspace.</summary>
    public string BotToken { get; set; } = "";

    /// <summary>The app-level token. If it is set, Slack delivers over sockets and not over HTTP.</summary>
    public string AppToken { get; set; } = "";

    /// <summary>The client id, if the app is installed in many workspaces by OAuth.</summary>
    public string ClientId { get; set; } = "";

    /// <summary>The secret of <see cref="ClientId"/>.</summary>
    public string ClientSecret { get; set; } = "";

    /// <summary>If it is set, only deliveries to this app are accepted.</summary>
    public string AppId { get; set; } = "";

    /// <summary>Whether people of other organisations may use the app in channels that are shared with them (Slack Connect).</summary>
    public bool AllowOtherOrganisations { get; set; }

    /// <summary>The most messages that are posted to one channel in a second; 0 means no limit.</summary>
    [Within(0, 100, Note = "0 is no limit, and Slack allows 1")]
    public double MessagesPerSecondPerChannel { get; set; } = 1;

    /// <summary>How many sockets are kept open. Slack allows ten for all nodes together.</summary>
    [Within(1, 5, Note = "Slack allows ten, and while one takes over from another both are open")]
    public int Sockets { get; set; } = 2;

    /// <summary>Our own address, from the setting <c>PublicBaseAddress</c>.</summary>
    public Uri? PublicBaseAddress { get; internal set; }

    /// <summary>Whether any of the secrets is set.</summary>
    public bool IsOn =>
        new[] { SigningSecret, PreviousSigningSecret, BotToken, AppToken, ClientId, ClientSecret }.Any(each => each.Length > 0);

    /// <summary>Whether Slack delivers over sockets and not over HTTP.</summary>
    public bool UsesSockets => AppToken.Length > 0;

    /// <summary>Whether the app is installed by OAuth.</summary>
    public bool UsesOAuth => ClientId.Length > 0;
}

/// <summary>Stops the process at its start if a setting is wrong. The message names the setting and the correction.</summary>
internal sealed class SlackOptionsValidator : IValidateOptions<SlackOptions>
{
    public ValidateOptionsResult Validate(string? name, SlackOptions options)
    {
        if (!options.IsOn)
            return ValidateOptionsResult.Success;
        var wrong = Wrong(options).ToList();
        return wrong.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(wrong);
    }

    static IEnumerable<string> Wrong(SlackOptions options)
    {
        if (options.ApiBaseAddress is not { IsAbsoluteUri: true } api || !IsSafe(api))
            yield return "Slack:ApiBaseAddress must be an https address, as https://slack.com/api/ (http only for this machine itself).";
        if (options.AuthorizeAddress is not { IsAbsoluteUri: true } authorize || !IsSafe(authorize))
            yield return "Slack:AuthorizeAddress must be an https address, as https://slack.com/oauth/v2/authorize "
                + "(http only for this machine itself).";
        if (!options.UsesSockets && string.IsNullOrWhiteSpace(options.SigningSecret))
            yield return "Slack:SigningSecret is empty, so anybody could pretend to be Slack: copy it from the app's Basic Information, "
                + "or set Slack:AppToken for Socket Mode.";
        if (options.UsesSockets && !options.AppToken.StartsWith("xapp-", StringComparison.Ordinal))
            yield return "Slack:AppToken must be an app-level token (it begins with xapp-) with the scope connections:write.";
        if (options.BotToken.Length > 0
            && !options.BotToken.StartsWith("xoxb-", StringComparison.Ordinal)
            && !options.BotToken.StartsWith("xoxe.xoxb-", StringComparison.Ordinal))
            yield return "Slack:BotToken must be a bot token (it begins with xoxb-).";
        if (options.ClientId.Length > 0 != options.ClientSecret.Length > 0)
            yield return "Slack:ClientId and Slack:ClientSecret belong together: set both, or neither.";
        if (options.BotToken.Length == 0 && !options.UsesOAuth)
            yield return "Slack:BotToken is missing: copy it from the app's OAuth & Permissions (it begins with xoxb-), "
                + "or set Slack:ClientId and Slack:ClientSecret for installation by OAuth.";
        if (options.BotToken.Length > 0 && options.UsesOAuth)
            yield return "Slack:BotToken is for one workspace and Slack:ClientId for many: set one of the two.";
        if (options.UsesOAuth && options.PublicBaseAddress is null)
            yield return "Slack:ClientId needs PublicBaseAddress: Slack sends the person who installs the app back there.";
        foreach (var outside in WithinAttribute.Wrong("Slack", options))
            yield return outside;
    }

    static bool IsSafe(Uri address) =>
        address.Scheme == Uri.UriSchemeHttps || (address.Scheme == Uri.UriSchemeHttp && address.IsLoopback);
}

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
