using BotDispatch.Tickets.Webhooks;
using Microsoft.Extensions.Options;

namespace BotDispatch.Tickets.GitLab;

/// <summary>How GitLab is asked. Section <c>Tickets:GitLab</c>.</summary>
internal sealed class GitLabOptions() : SignedSystemSettings("GitLab", "GitLab")
{
    /// <summary>A token with the scope <c>read_api</c>, or <c>api</c> if something is to be written; never logged.</summary>
    public string Token { get; set; } = "";

    /// <summary>
    /// The projects whose issues are dispatched, as <c>acme/sites/facilities</c>. A number alone is an issue of the first.
    /// </summary>
    public IList<string> Projects { get; set; } = [];

    /// <summary>What stands before the number of an issue of the first project; empty if only <c>acme/it#7</c> counts.</summary>
    public string Prefix { get; set; } = "#";
}

/// <summary>Reports at the start which setting is wrong, and why.</summary>
internal sealed class GitLabOptionsValidator : IValidateOptions<GitLabOptions>
{
    public ValidateOptionsResult Validate(string? name, GitLabOptions options) => new SystemSettingsCheck(options)
        .Common("https://gitlab.example.com", ("Token", options.Token))
        .Need("Token", options.Token, "make an access token with the scope read_api.")
        .Rule(options.Projects.Count == 0, "Projects:0", "is missing: write the project whose issues are dispatched, as acme/facilities.")
        .Rule(options.Projects.Any(each => !GitLabSystem.IsProject(each)), "Projects",
            "must contain projects with their group, as acme/facilities.")
        .Rule(options.Users.Values.Any(id => id.Length == 0 || !id.All(char.IsAsciiDigit)), "Users",
            "must have the ids of users, which are numbers, as Users:ann@example.com = 12.")
        .Webhook(options.WebhookSecret)
        .Rule(WebhookSignatures.IsStandardSecret(options.WebhookSecret) && WebhookSignatures.StandardKeyOf(options.WebhookSecret) is null,
            "WebhookSecret", "begins with whsec_ and has no 24 to 64 bytes in base64 behind it: copy the signing token again.")
        .Result();
}
