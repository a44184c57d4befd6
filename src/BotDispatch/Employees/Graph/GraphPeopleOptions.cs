using System.Text.RegularExpressions;
using BotDispatch.Settings;
using Microsoft.Extensions.Options;

namespace BotDispatch.Employees.Graph;

/// <summary>A group of Microsoft Entra whose members are employees. Section <c>Employees</c>.</summary>
internal sealed class GraphPeopleOptions
{
    /// <summary>The object id of the group. Empty: Microsoft Graph is no source of employees.</summary>
    public string GraphGroup { get; set; } = "";

    /// <summary>The tenant with the group: its id, or one of its domains.</summary>
    public string GraphTenantId { get; set; } = "";

    /// <summary>The application (client) id of the app that reads.</summary>
    public string GraphClientId { get; set; } = "";

    /// <summary>The value of a client secret of that app. One of secret, certificate and managed identity is needed.</summary>
    public string GraphClientSecret { get; set; } = "";

    /// <summary>A certificate of that app with its private key: a PFX file, or a PEM file with both. The key must be an RSA key.</summary>
    public string GraphCertificatePath { get; set; } = "";

    /// <summary>The password of that file; empty if it has none.</summary>
    public string GraphCertificatePassword { get; set; } = "";

    /// <summary>
    /// The managed identity of the machine on Azure that reads: <c>system</c>, or the client id of a user-assigned one. It needs no app, no
    /// tenant and no secret.
    /// </summary>
    public string GraphManagedIdentity { get; set; } = "";

    /// <summary>Whether time zones and automatic replies are read from mailboxes.</summary>
    public bool GraphMailboxes { get; set; } = true;

    /// <summary>
    /// Whether people are called only in the working hours of their mailboxes. Every mailbox has some, whether its owner chose them or not.
    /// </summary>
    public bool GraphWorkingHours { get; set; }

    /// <summary>How long a copy is used before Microsoft Graph is asked again.</summary>
    [Within("5 min", "1 d")]
    public TimeSpan GraphRefreshEvery { get; set; } = TimeSpan.FromMinutes(15);

    /// <summary>Microsoft Graph with its version.</summary>
    /// <remarks>https://learn.microsoft.com/graph/deployments</remarks>
    public Uri? GraphBaseAddress { get; set; } = new("https://graph.microsoft.com/v1.0");

    /// <summary>What issues tokens in the same cloud.</summary>
    public Uri? GraphTokenAddress { get; set; } = new("https://login.microsoftonline.com/");

    /// <summary>Whether Microsoft Graph is a source of employees.</summary>
    public bool IsOn => GraphGroup.Trim().Length > 0;

    /// <summary>The address below which everything is asked; without a slash at its end.</summary>
    public string Root => GraphBaseAddress!.AbsoluteUri.TrimEnd('/');

    /// <summary>The address of the tenant's tokens.</summary>
    public Uri TokenAddress =>
        new($"{GraphTokenAddress!.AbsoluteUri.TrimEnd('/')}/{Uri.EscapeDataString(GraphTenantId.Trim())}/oauth2/v2.0/token");

    /// <summary>What a token is asked for: every application permission that the app was granted.</summary>
    public string Scope => Resource + "/.default";

    /// <summary>What a managed identity is asked for.</summary>
    public string Resource => GraphBaseAddress!.GetLeftPart(UriPartial.Authority);

    /// <summary>Whether a managed identity reads.</summary>
    public bool UsesManagedIdentity => GraphManagedIdentity.Trim().Length > 0;
}

/// <summary>Names what is wrong with the settings of Microsoft Graph as a source of employees.</summary>
internal sealed partial class GraphPeopleOptionsValidator : IValidateOptions<GraphPeopleOptions>
{
    /// <summary>The managed identity that a machine itself has.</summary>
    public const string SystemIdentity = "system";

    const string MustBe = "must begin with https://, because secrets and numbers travel there, as";

    public ValidateOptionsResult Validate(string? name, GraphPeopleOptions options)
    {
        List<string> wrong = [.. options.IsOn ? Wrong(options) : Unused(options)];
        return wrong.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(wrong);
    }

    static IEnumerable<string> Unused(GraphPeopleOptions options)
    {
        if (options.GraphClientId.Length > 0 || options.GraphClientSecret.Length > 0 || options.GraphCertificatePath.Length > 0)
            yield return "Employees:GraphGroup is not set, so nobody would be read with Employees:GraphClientId: write the object id of "
                + "the group, or remove the other settings.";
    }

    static IEnumerable<string> WrongCredential(GraphPeopleOptions options)
    {
        (string Setting, string Value)[] ways =
        [
            ("Employees:GraphClientSecret", options.GraphClientSecret),
            ("Employees:GraphCertificatePath", options.GraphCertificatePath),
            ("Employees:GraphManagedIdentity", options.GraphManagedIdentity),
        ];
        string[] used = [.. ways.Where(each => each.Value.Length > 0).Select(each => each.Setting)];
        if (used.Length > 1)
        {
            yield return $"{string.Join(" and ", used)} are set, and only one of them can be used: remove the others.";
            yield break;
        }
        if (options.UsesManagedIdentity)
        {
            if (!options.GraphManagedIdentity.Trim().Equals(SystemIdentity, StringComparison.OrdinalIgnoreCase)
                && !Guid.TryParse(options.GraphManagedIdentity, out _))
                yield return "Employees:GraphManagedIdentity is no identity: write system, or the client id of a user-assigned managed "
                    + "identity.";
            yield break;
        }
        if (!Tenant().IsMatch(options.GraphTenantId.Trim()))
            yield return "Employees:GraphTenantId is no tenant: write the tenant's id, or one of its domains, as example.onmicrosoft.com.";
        if (!Guid.TryParse(options.GraphClientId, out _))
            yield return "Employees:GraphClientId is no application id: copy the Application (client) ID from the app's overview.";
        // Whether a certificate can be used is judged each time it is: one that expired keeps nobody from being called by the stored copy.
        if (options.GraphCertificatePath.Length > 0)
            yield break;
        if (options.GraphClientSecret.Length == 0)
            yield return "Employees:GraphClientSecret is not set: make a client secret for the app and write its value, or set "
                + "Employees:GraphCertificatePath or Employees:GraphManagedIdentity.";
        else if (Guid.TryParse(options.GraphClientSecret, out _))
            yield return "Employees:GraphClientSecret is the id of a secret: write its value, which is shown once, when it is made.";
    }

    static IEnumerable<string> Wrong(GraphPeopleOptions options)
    {
        if (!Guid.TryParse(options.GraphGroup, out _))
            yield return "Employees:GraphGroup is no object id: copy it from the group's overview in the Microsoft Entra admin center, as "
                + "02bd9fd6-8f93-4758-87c3-1fb73740a315.";
        foreach (var problem in WrongCredential(options))
            yield return problem;
        if (options is { GraphWorkingHours: true, GraphMailboxes: false })
            yield return "Employees:GraphWorkingHours needs Employees:GraphMailboxes, because the hours stand in the mailboxes.";
        if (!IsGood(options.GraphBaseAddress))
            yield return $"Employees:GraphBaseAddress {MustBe} https://graph.microsoft.com/v1.0.";
        if (!IsGood(options.GraphTokenAddress))
            yield return $"Employees:GraphTokenAddress {MustBe} https://login.microsoftonline.com/.";
    }

    static bool IsGood(Uri? address) => address is { IsAbsoluteUri: true, Query: "", Fragment: "", UserInfo: "" }
        && (address.Scheme == Uri.UriSchemeHttps || address is { Scheme: "http", IsLoopback: true });

    // Tokens of "common" and the like are for people who sign in.
    [GeneratedRegex(@"^(?:[0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}|(?:[A-Za-z0-9][A-Za-z0-9-]{0,62}\.)+[A-Za-z]{2,63})$",
        RegexOptions.CultureInvariant)]
    private static partial Regex Tenant();
}
