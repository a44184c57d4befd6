using BotDispatch.Settings;
using Microsoft.Extensions.Options;

namespace BotDispatch.Employees.Ldap;

/// <summary>A directory server, such as Active Directory, with employees. Section <c>Ldap</c>.</summary>
internal sealed class LdapOptions
{
    /// <summary>Its address, <c>ldaps://dc.example.com</c> or <c>ldap://dc.example.com</c>. Empty: there is none.</summary>
    public string Server { get; set; } = "";
    /// <summary>Encrypt an <c>ldap://</c> connection with StartTLS. Only for tests should it be off.</summary>
    public bool StartTls { get; set; } = true;
    /// <summary>
    /// A folder with the certificates of authorities that are trusted for this server, named as <c>openssl rehash</c> does. Empty: those of
    /// libldap's own configuration. Not on Windows, which has a store.
    /// </summary>
    public string TrustedCertificates { get; set; } = "";
    /// <summary>
    /// The name to sign in with: a DN, or in Active Directory also <c>reader@example.com</c>. Empty signs in without a name.
    /// </summary>
    public string User { get; set; } = "";
    /// <summary>Its password.</summary>
    public string Password { get; set; } = "";
    /// <summary>Where the search begins, such as <c>ou=people,dc=example,dc=com</c>.</summary>
    public string Base { get; set; } = "";
    /// <summary>Which entries are employees.</summary>
    [Multiline]
    public string Filter { get; set; } = "(&(objectClass=person)(mail=*))";
    /// <summary>
    /// The attributes of each field (<c>id</c>, <c>name</c>, <c>email</c>, <c>phone</c>, <c>language</c>, <c>timezone</c>, <c>skills</c>,
    /// <c>hours</c>), several separated by commas: the first that an entry has counts, and of phones the first that can be called.
    /// </summary>
    public Dictionary<string, string> Attributes { get; set; } = [];
    /// <summary>How many entries are asked for at once.</summary>
    [Within(1, 5000)]
    public int PageSize { get; set; } = 500;
    /// <summary>How long a copy is used before the server is asked again.</summary>
    [Within("30 s", "1 d")]
    public TimeSpan RefreshEvery { get; set; } = TimeSpan.FromMinutes(15);

    /// <summary>Whether there is a server.</summary>
    public bool IsOn => Server.Length > 0;
    /// <summary>The address as it is used; null if it is wrong.</summary>
    public Uri? Address => Uri.TryCreate(Server, UriKind.Absolute, out var address) && address.Scheme is "ldap" or "ldaps" ? address : null;
}

/// <summary>Names what is wrong with the settings of a directory server.</summary>
internal sealed class LdapOptionsValidator : IValidateOptions<LdapOptions>
{
    public ValidateOptionsResult Validate(string? name, LdapOptions options)
    {
        if (!options.IsOn)
            return ValidateOptionsResult.Success;
        List<string> wrong = [];
        if (options.Address is null)
            wrong.Add("Ldap:Server is not an address of a directory server: write it as ldaps://dc.example.com or "
                + "ldap://dc.example.com:389.");
        if (options.TrustedCertificates.Length > 0 && (OperatingSystem.IsWindows() || !Directory.Exists(options.TrustedCertificates)))
            wrong.Add("Ldap:TrustedCertificates is no folder: write one with the certificates of the authorities that are trusted "
                + "(on Windows, put them into its store instead).");
        if (options.Base.Length == 0)
            wrong.Add("Ldap:Base is not set: write where the search begins, as ou=people,dc=example,dc=com.");
        if (!options.Filter.StartsWith('(') || !options.Filter.EndsWith(')'))
            wrong.Add("Ldap:Filter is not a filter: write it in brackets, as (objectClass=person).");
        if (options.User.Length > 0 && options.Password.Length == 0)
            wrong.Add("Ldap:Password is not set: a server takes a name without a password for nobody, and shows less.");
        if (options is { StartTls: false, Password.Length: > 0, Address: { Scheme: "ldap", IsLoopback: false } })
            wrong.Add("Ldap:StartTls is false, so the password would cross the network where everybody can read it: remove it, or use "
                + "ldaps://.");
        wrong.AddRange(options.Attributes.Keys.Where(key => !LdapFields.Names.Contains(key, StringComparer.OrdinalIgnoreCase))
            .Select(key => $"Ldap:Attributes:{key} is no field of an employee: there are {string.Join(", ", LdapFields.Names)}."));
        return wrong.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(wrong);
    }
}
