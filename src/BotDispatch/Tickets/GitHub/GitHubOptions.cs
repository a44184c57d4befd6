using Microsoft.Extensions.Options;

namespace BotDispatch.Tickets.GitHub;

/// <summary>How GitHub or GitHub Enterprise Server is asked. Section <c>Tickets:GitHub</c>.</summary>
internal sealed class GitHubOptions() : SignedSystemSettings("GitHub", "GitHub")
{
    /// <summary>A token that may read issues, or write them if something is to be written; never logged.</summary>
    public string Token { get; set; } = "";

    /// <summary>The repositories whose issues are dispatched, as <c>acme/facilities</c>. A number alone is an issue of the first.</summary>
    public IList<string> Repositories { get; set; } = [];

    /// <summary>What stands before the number of an issue of the first repository; empty if only <c>acme/it#7</c> counts.</summary>
    public string Prefix { get; set; } = "#";
}

/// <summary>Reports at the start which setting is wrong, and why.</summary>
internal sealed class GitHubOptionsValidator : IValidateOptions<GitHubOptions>
{
    public ValidateOptionsResult Validate(string? name, GitHubOptions options) => new SystemSettingsCheck(options)
        .Common("https://github.com", ("Token", options.Token))
        .Need("Token", options.Token, "make a fine-grained token that may read the issues of the repositories.")
        .Rule(options.Repositories.Count == 0, "Repositories:0",
            "is missing: write the repository whose issues are dispatched, as acme/facilities.")
        .Rule(options.Repositories.Any(each => !GitHubSystem.IsRepository(each)), "Repositories",
            "must contain repositories with their owner, as acme/facilities.")
        .Webhook(options.WebhookSecret)
        .Result();
}
