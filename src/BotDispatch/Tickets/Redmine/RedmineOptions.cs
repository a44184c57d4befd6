using BotDispatch.Tickets.Markup;
using Microsoft.Extensions.Options;

namespace BotDispatch.Tickets.Redmine;

/// <summary>How Redmine is asked. Section <c>Tickets:Redmine</c>.</summary>
internal sealed class RedmineOptions() : SystemSettings("Redmine", "Redmine")
{
    /// <summary>The API key of an account that may read the issues; never logged.</summary>
    public string ApiKey { get; set; } = "";

    /// <summary>What stands before the number of an issue.</summary>
    public string Prefix { get; set; } = "#";

    /// <summary>The text formatting of the installation: Textile, Markdown or Plain.</summary>
    public TextFormat Markup { get; set; } = TextFormat.Textile;
}

/// <summary>Reports at the start which setting is wrong, and why.</summary>
internal sealed class RedmineOptionsValidator : IValidateOptions<RedmineOptions>
{
    public ValidateOptionsResult Validate(string? name, RedmineOptions options) => new SystemSettingsCheck(options)
        .Common("https://redmine.example.com", ("ApiKey", options.ApiKey))
        .Need("ApiKey", options.ApiKey, "copy the API access key from the page My account of the account that BotDispatch uses.")
        .Rule(options.Users.Values.Any(id => id.Length == 0 || !id.All(char.IsAsciiDigit)), "Users",
            "must have the ids of users, which are the numbers in the addresses of their pages, as Users:ann@example.com = 12.")
        .Result();
}
