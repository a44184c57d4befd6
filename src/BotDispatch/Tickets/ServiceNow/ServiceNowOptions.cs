using Microsoft.Extensions.Options;

namespace BotDispatch.Tickets.ServiceNow;

/// <summary>How ServiceNow is asked. Section <c>Tickets:ServiceNow</c>.</summary>
internal sealed class ServiceNowOptions() : SystemSettings("ServiceNow", "ServiceNow")
{
    /// <summary>The user id of the account.</summary>
    public string UserName { get; set; } = "";

    /// <summary>Its password; never logged.</summary>
    public string Password { get; set; } = "";

    /// <summary>What stands before a number; empty for the number alone, as <c>INC0010023</c>.</summary>
    public string Prefix { get; set; } = "";

    /// <summary>The tables by what their numbers begin with; these are added to the usual ones: <c>INC</c> is <c>incident</c>.</summary>
    public IDictionary<string, string> Tables { get; set; } = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
}

/// <summary>Reports at the start which setting is wrong, and why.</summary>
internal sealed class ServiceNowOptionsValidator : IValidateOptions<ServiceNowOptions>
{
    public ValidateOptionsResult Validate(string? name, ServiceNowOptions options) =>
        new SystemSettingsCheck(options)
        .Common("https://example.service-now.com", ("UserName", options.UserName), ("Password", options.Password))
        .Need("UserName", options.UserName, "write the user id of an account with the role itil, or one that may read the tables.")
        .Need("Password", options.Password, "write the password of that account.")
        .Rule(options.Tables.Any(each => !ServiceNowSystem.IsTable(each.Key, each.Value)), "Tables",
            "must name tables by what their numbers begin with, as Tables:FAC is u_facilities.")
        .Rule(options.Users.Values.Any(id => id.Length != 32 || !id.All(char.IsAsciiHexDigitLower)), "Users",
            "must have the sys_id of users, which has 32 digits and letters, as Users:ann@example.com = 62826bf03710200044e0bfc8bcbe5df1.")
        .Result();
}
