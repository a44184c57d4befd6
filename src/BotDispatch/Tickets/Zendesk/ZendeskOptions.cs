using Microsoft.Extensions.Options;

namespace BotDispatch.Tickets.Zendesk;

/// <summary>How Zendesk is asked. Section <c>Tickets:Zendesk</c>.</summary>
internal sealed class ZendeskOptions() : SignedSystemSettings("Zendesk", "Zendesk")
{
    /// <summary>The email of the agent to whom the token belongs.</summary>
    public string Email { get; set; } = "";

    /// <summary>An API token; never logged.</summary>
    public string ApiToken { get; set; } = "";

    /// <summary>What stands before the number of a ticket.</summary>
    public string Prefix { get; set; } = "#";
}

/// <summary>Reports at the start which setting is wrong, and why.</summary>
internal sealed class ZendeskOptionsValidator : IValidateOptions<ZendeskOptions>
{
    public ValidateOptionsResult Validate(string? name, ZendeskOptions options) => new SystemSettingsCheck(options)
        .Common("https://example.zendesk.com", ("ApiToken", options.ApiToken), ("Email", options.Email))
        .Need("Email", options.Email, "write the email of the agent to whom the token belongs.")
        .Need("ApiToken", options.ApiToken, "make an API token in the Admin Center.")
        .Rule(options.StatusOnAccepted.Length > 0
            && !ZendeskSystem.Statuses.Contains(options.StatusOnAccepted.Trim(), StringComparer.OrdinalIgnoreCase), "StatusOnAccepted",
            $"must be one of {string.Join(", ", ZendeskSystem.Statuses)}.")
        .Rule(options.Users.Values.Any(id => id.Length == 0 || !id.All(char.IsAsciiDigit)), "Users",
            "must have the ids of users, which are numbers, as Users:ann@example.com = 12.")
        .Webhook(options.WebhookSecret)
        .Result();
}
