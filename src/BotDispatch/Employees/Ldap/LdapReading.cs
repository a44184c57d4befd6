using System.Collections.Immutable;
using System.DirectoryServices.Protocols;
using System.Net;

namespace BotDispatch.Employees.Ldap;

/// <summary>The result of reading a directory server.</summary>
/// <param name="Entries">The entries; of each the values by attribute.</param>
/// <param name="Cut">Why there are more entries than these, as the end of a sentence; null if these are all.</param>
/// <param name="Trouble">Why nothing was read, as the end of a sentence; null if something was.</param>
internal sealed record LdapResult(
    ImmutableArray<ImmutableDictionary<string, ImmutableArray<string>>> Entries, string? Cut = null, string? Trouble = null);

/// <summary>Reads all employees of a directory server, page by page.</summary>
/// <remarks>
/// Seen with System.DirectoryServices.Protocols 10 and OpenLDAP 2.5.13: without <c>ProtocolVersion</c> 3 the server refuses; options that
/// libldap lacks on Linux (keep-alive, send time-out, automatic reconnection, hop limit, a check of certificates of our own) fail with "The
/// LDAP server is unavailable" before any server is asked, so none of them is set; and a size limit of the server ends all pages together,
/// with the last entries inside the exception, so a cut list is never taken for everybody. A filter with an attribute or a rule that the
/// server does not know finds nobody, with success, and so does its opposite, as Active Directory's filters do in OpenLDAP: a list without
/// anybody is therefore taken for a wrong filter.
/// </remarks>
internal static class LdapReading
{
    const int MostEntries = 100_000;
    const string NobodyFound = "Ldap:Filter finds nobody below Ldap:Base; a server that does not know an attribute or a rule in the filter "
        + "finds nobody as well";
    static readonly TimeSpan Timeout = TimeSpan.FromSeconds(30);

    /// <summary>Reads the server. It blocks; every answer ends by a timeout.</summary>
    public static LdapResult Read(LdapOptions options, string[] attributes, CancellationToken ct)
    {
        try
        {
            using var connection = Connect(options);
            return Search(connection, options, attributes, ct) is var found && found is { Entries: [], Cut: null }
                ? found with { Trouble = NobodyFound }
                : found;
        }
        // The static constructors that load libldap wrap what they meet.
        catch (Exception missing) when (missing
            is DllNotFoundException or TypeInitializationException { InnerException: DllNotFoundException })
        {
            return new([], Trouble: "the library libldap is not installed on this machine (Debian: libldap-2.5-0)");
        }
        catch (DirectoryOperationException refused)
        {
            return new([], Trouble: Words((int)(refused.Response?.ResultCode ?? ResultCode.Other)));
        }
        catch (LdapException failed)
        {
            return new([], Trouble: Words(failed.ErrorCode));
        }
    }

    static LdapConnection Connect(LdapOptions options)
    {
        var address = options.Address!;
        var isSecure = address.Scheme == "ldaps";
        var port = address.Port > 0 ? address.Port : isSecure ? 636 : 389;
        var method = options.User.Length > 0 ? AuthType.Basic : AuthType.Anonymous;
        var connection = new LdapConnection(new LdapDirectoryIdentifier(address.Host, port), null, method) { Timeout = Timeout };
        try
        {
            connection.SessionOptions.ProtocolVersion = 3;
            connection.SessionOptions.ReferralChasing = ReferralChasingOptions.None;
            if (options.TrustedCertificates.Length > 0 && !OperatingSystem.IsWindows())
            {
                connection.SessionOptions.TrustedCertificatesDirectory = options.TrustedCertificates;
                connection.SessionOptions.StartNewTlsSessionContext();
            }
            connection.SessionOptions.SecureSocketLayer = isSecure;
            if (!isSecure && options.StartTls)
                StartTls(connection);
            connection.Bind(options.User.Length > 0 ? new NetworkCredential(options.User, options.Password) : new NetworkCredential());
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    // Before anything is sent, StartTLS goes to port 389 of this machine, whatever the connection's server is, and fails with "The LDAP
    // server is unavailable" (System.DirectoryServices.Protocols 10.0.15 on Linux). A bind without a name connects, and tells nobody
    // anything; whether the server allows it does not matter.
    static void StartTls(LdapConnection connection)
    {
        var wanted = connection.AuthType;
        connection.AuthType = AuthType.Anonymous;
        try
        {
            connection.Bind(new NetworkCredential());
        }
        catch (LdapException refused) when (refused.ErrorCode is > 0 and < 80)
        {
        }
        catch (DirectoryOperationException)
        {
        }
        connection.AuthType = wanted;
        connection.SessionOptions.StartTransportLayerSecurity(null);
    }

    static LdapResult Search(LdapConnection connection, LdapOptions options, string[] attributes, CancellationToken ct)
    {
        var entries = ImmutableArray.CreateBuilder<ImmutableDictionary<string, ImmutableArray<string>>>();
        var paging = new PageResultRequestControl(options.PageSize);
        var search = new SearchRequest(options.Base, options.Filter, SearchScope.Subtree, attributes) { Controls = { paging } };
        var elsewhere = 0;
        while (true)
        {
            ct.ThrowIfCancellationRequested();
            SearchResponse page;
            try
            {
                page = (SearchResponse)connection.SendRequest(search, Timeout);
            }
            catch (DirectoryOperationException cut) when (cut.Response is SearchResponse { ResultCode: ResultCode.SizeLimitExceeded } last)
            {
                Add(last);
                return new(entries.ToImmutable(), $"the server's size limit ends the search after {entries.Count} entries");
            }
            Add(page);
            paging.Cookie = page.Controls.OfType<PageResultResponseControl>().FirstOrDefault()?.Cookie ?? [];
            if (entries.Count >= MostEntries)
                return new(entries.ToImmutable(), $"no more than {MostEntries} entries are read");
            if (paging.Cookie.Length == 0)
                return new(entries.ToImmutable(),
                    elsewhere == 0 ? null : $"{elsewhere} parts of the directory lie on other servers (referrals), which are not asked");
        }

        void Add(SearchResponse page)
        {
            elsewhere += page.References.Count;
            foreach (SearchResultEntry entry in page.Entries)
                entries.Add(attributes.Where(name => entry.Attributes.Contains(name)).ToImmutableDictionary(name => name,
                    name => entry.Attributes[name].GetValues(typeof(string)).Cast<string>().ToImmutableArray(),
                    StringComparer.OrdinalIgnoreCase));
        }
    }

    // Result codes of servers are below 80, those of libldap from 81 on or below zero.
    static string Words(int code) => code switch
    {
        49 => "it refuses the name or the password (Ldap:User, Ldap:Password)",
        32 => "it has no such entry as Ldap:Base",
        10 => "it refers the search to another server: write that one, or another Ldap:Base",
        8 or 13 => "it wants an encrypted connection or a name (Ldap:StartTls, Ldap:User)",
        50 => "the name that is signed in with may not read there",
        52 or 51 or 53 => "it is busy or refuses the search",
        4 or 3 or 11 => "the search is larger or longer than it allows",
        -7 or 87 or 2 => "it does not understand Ldap:Filter",
        -11 or 91 => "the connection cannot be encrypted: its certificate is not known to this machine (Ldap:TrustedCertificates), or is "
            + "of another name than Ldap:Server",
        -1 or 81 => "it cannot be reached, or its certificate is not known to this machine (Ldap:TrustedCertificates)",
        -5 or 85 => "it does not answer in time",
        _ => $"it answers with code {code}",
    };
}
