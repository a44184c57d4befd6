using Microsoft.Extensions.Options;

namespace BotDispatch.Tickets.RequestTracker;

/// <summary>How Request Tracker 5 is asked. Section <c>Tickets:RequestTracker</c>.</summary>
internal sealed class RequestTrackerOptions() : SystemSettings("RequestTracker", "Request Tracker")
{
    /// <summary>An authentication token; never logged. Or <see cref="UserName"/> and <see cref="Password"/>.</summary>
    public string Token { get; set; } = "";

    /// <summary>The name of the account.</summary>
    public string UserName { get; set; } = "";

    /// <summary>Its password; never logged.</summary>
    public string Password { get; set; } = "";

    /// <summary>What stands before the number of a ticket.</summary>
    public string Prefix { get; set; } = "#";
}

/// <summary>Reports at the start which setting is wrong, and why.</summary>
internal sealed class RequestTrackerOptionsValidator : IValidateOptions<RequestTrackerOptions>
{
    public ValidateOptionsResult Validate(string? name, RequestTrackerOptions options) =>
        new SystemSettingsCheck(options)
        .Common("https://rt.example.com", ("Token", options.Token), ("UserName", options.UserName), ("Password", options.Password))
        .Rule(options is { Token: "", UserName: "" }, "Token",
            "is missing: make one on the page Settings, Auth tokens, or write UserName and Password.")
        .Rule(options is { Token: "", UserName.Length: > 0, Password: "" }, "Password",
            "is missing: write the password of that account, or a Token.")
        .Result();
}
