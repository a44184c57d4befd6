namespace BotDispatch.Teams.Identity;

/// <summary>Microsoft's clouds, which are separate from each other.</summary>
internal enum Cloud
{
    /// <summary>The public cloud, and GCC.</summary>
    Public,
    /// <summary>GCC High and DoD.</summary>
    UsGovernment,
    /// <summary>The cloud of 21Vianet.</summary>
    China,
}

/// <summary>The names that depend on the cloud that issues the tokens.</summary>
/// <remarks>https://learn.microsoft.com/entra/identity-platform/authentication-national-cloud</remarks>
internal static class Clouds
{
    static readonly string[] Public = ["botframework.com", "microsoftonline.com", "windows.net"];

    // For bots of many tenants, which can only be old ones.
    const string AnyTenant = "botframework.com";
    const string AnyTenantOfUsGovernment = "MicrosoftServices.onmicrosoft.us";

    /// <summary>Returns the address that issues the bot's token: its own tenant.</summary>
    public static Uri Authority(TeamsOptions options)
    {
        var address = options.TokenAddress!;
        var tenant = options.TenantId.Length > 0 ? options.TenantId : IsBelow(address, "us") ? AnyTenantOfUsGovernment : AnyTenant;
        return new(address.AbsoluteUri.TrimEnd('/') + "/" + Uri.EscapeDataString(tenant) + "/");
    }

    /// <summary>Returns the audience for which a managed identity vouches there.</summary>
    /// <remarks>https://learn.microsoft.com/entra/workload-id/workload-identity-federation-config-app-trust-managed-identity</remarks>
    public static string Exchange(TeamsOptions options) => options.TokenAddress switch
    {
        { } address when IsBelow(address, "us") => "api://AzureADTokenExchangeUSGov",
        { } address when IsBelow(address, "cn") => "api://AzureADTokenExchangeChina",
        _ => "api://AzureADTokenExchange",
    };

    /// <summary>Returns the cloud of an address; null if we know no cloud of that address.</summary>
    public static Cloud? Of(string? address) => !Uri.TryCreate(address, UriKind.Absolute, out var known) ? null
        : IsBelow(known, "us") ? Cloud.UsGovernment
        : IsBelow(known, "cn") ? Cloud.China
        : Public.Any(domain => IsBelow(known, domain)) ? Cloud.Public
        : null;

    static bool IsBelow(Uri address, string domain) => address.IdnHost.EndsWith("." + domain, StringComparison.OrdinalIgnoreCase);
}
