using Microsoft.Extensions.Options;

namespace BotDispatch.Tickets.Jira;

/// <summary>How Jira Cloud or Jira Data Center is asked. Section <c>Tickets:Jira</c>.</summary>
internal sealed class JiraOptions() : SignedSystemSettings("Jira", "Jira")
{
    /// <summary>The email of the Atlassian account; with it Jira Cloud is asked, without it Jira Data Center.</summary>
    public string Email { get; set; } = "";

    /// <summary>The API token of that account, or a personal access token of Jira Data Center; never logged.</summary>
    public string ApiToken { get; set; } = "";

    /// <summary>The keys of the projects whose issues are dispatched, as <c>OPS</c>; every project if there are none.</summary>
    public IList<string> Projects { get; set; } = [];
}

/// <summary>Reports at the start which setting is wrong, and why.</summary>
internal sealed class JiraOptionsValidator : IValidateOptions<JiraOptions>
{
    public ValidateOptionsResult Validate(string? name, JiraOptions options) => new SystemSettingsCheck(options)
        .Common("https://example.atlassian.net", ("ApiToken", options.ApiToken), ("Email", options.Email))
        .Need("ApiToken", options.ApiToken,
            "make an API token (Jira Cloud) or a personal access token (Data Center) for BotDispatch's account.")
        .Rule(options.BaseAddress?.Host.EndsWith(".atlassian.net", StringComparison.OrdinalIgnoreCase) == true && options.Email.Length == 0,
            "Email",
            "is missing: Jira Cloud takes an API token only together with the email of its account.")
        .Rule(options.Projects.Any(key => !JiraSystem.IsProjectKey(key)), "Projects",
            "must contain keys of projects, as OPS: letters, digits and underscores, the first of them a letter.")
        .Webhook(options.WebhookSecret)
        .Result();
}
