using System.Buffers;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;

namespace BotDispatch.Http;

/// <summary>
/// The proxy by which everything calls out: that of the machine, but for what is on this machine itself, where no proxy reaches it. Says
/// which variable of the environment names it, and what of them .NET passes over. What .NET has made of them is not computed again but
/// asked of its own proxy, so only the order of the variables is known here.
/// </summary>
/// <param name="inUse">What the runtime has made of the environment.</param>
/// <param name="variable">Returns the value of a variable; null without it.</param>
/// <remarks>
/// .NET 10 takes the first variable that it understands, and NO_PROXY knows whole host names and, behind a dot, a domain and all names
/// below it: https://learn.microsoft.com/dotnet/api/system.net.http.httpclient.defaultproxy
/// </remarks>
internal sealed partial class MachineProxy(IWebProxy? inUse, Func<string, string?> variable) : IWebProxy
{
    // Of networks, ports, patterns and lists without commas.
    static readonly SearchValues<char> Unknown = SearchValues.Create("*/:; \t");

    /// <summary>The proxy of this process.</summary>
    public static MachineProxy Current { get; } = new(HttpClient.DefaultProxy, Environment.GetEnvironmentVariable);

    /// <inheritdoc/>
    public ICredentials? Credentials
    {
        get => inUse?.Credentials;
        set => throw new NotSupportedException("The environment says who we are.");
    }

    /// <inheritdoc/>
    public Uri? GetProxy(Uri destination) => inUse?.GetProxy(destination);

    /// <inheritdoc/>
    public bool IsBypassed(Uri host) => host.IsLoopback || inUse?.IsBypassed(host) is not false;

    /// <summary>The proxy by which a target is called; null for none.</summary>
    public Uri? Of(Uri target) => AddressGuard.ProxyOf(this, target);

    /// <summary>Returns how to call the proxy of a target, with the variable that names it, and never with its value.</summary>
    public string Name(Uri target) => "the proxy of this machine"
        + (Of(target) is { } proxy && VariableOf(target.Scheme, proxy) is { } from ? $" ({from})" : "");

    // None does where the system has settings of its own.
    string? VariableOf(string scheme, Uri proxy) => VariablesFor(scheme).FirstOrDefault(each => Names(variable(each), proxy));

    /// <summary>Returns what is in force for a scheme, as host and port; null for no proxy.</summary>
    public string? Describe(string scheme) => ProxyFor(scheme) is { } proxy
        ? string.Create(CultureInfo.InvariantCulture, $"{proxy.IdnHost}:{proxy.Port}")
            + (VariableOf(scheme, proxy) is { } from ? $" ({from}{(proxy.UserInfo.Length > 0 ? ", with a name and password" : "")})" : "")
        : null;

    /// <summary>Returns what an administrator meant and .NET does not do, as sentences that begin with the variable.</summary>
    /// <param name="targets">Addresses that the settings name.</param>
    public IEnumerable<string> Notices(IReadOnlyCollection<Uri> targets)
    {
        foreach (var each in new[] { Uri.UriSchemeHttps, Uri.UriSchemeHttp }.Select(PassedOver).OfType<string>().Distinct())
            yield return $"{each} is not understood, and is as good as not set: write http://proxy.example.com:3128, or "
                + "http://name:password@proxy.example.com:3128, without quotes and spaces.";
        if (ProxyFor(Uri.UriSchemeHttps) is null && ProxyFor(Uri.UriSchemeHttp) is { } ofHttp && PassedOver(Uri.UriSchemeHttps) is null
            && VariableOf(Uri.UriSchemeHttp, ofHttp) is { } alone)
            yield return $"{alone} is for http:// alone: what is called by https takes no proxy, because HTTPS_PROXY is not set.";
        if ((ProxyFor(Uri.UriSchemeHttps) ?? ProxyFor(Uri.UriSchemeHttp)) is null || Exception() is not { } exception)
            yield break;
        if (exception.Name == "no_proxy" && variable("NO_PROXY") is { Length: > 0 } other && other != exception.Value)
            yield return "no_proxy is set, so NO_PROXY, which says something else, is not read: write the same into both, or remove one.";
        var entries = exception.Value.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        if (entries.Where(IsWithoutEffect).ToList() is { Count: > 0 } odd)
            yield return $"{exception.Name} names {string.Join(" and ", odd.Distinct())}, which .NET passes over: it knows no networks, "
                + "ports and stars, and parts the names with commas. Write whole host names or addresses, those of IPv6 in brackets, and a "
                + "dot before a domain for all names below it.";
        foreach (var wide in targets.Where(target => Of(target) is not null).Select(target => target.IdnHost).Distinct()
            .GroupBy(host => entries.FirstOrDefault(each =>
                each[0] != '.' && host.EndsWith("." + each, StringComparison.OrdinalIgnoreCase))))
            if (wide.Key is { } domain)
                yield return $"{exception.Name} names {domain}, which does not mean {string.Join(" and ", wide)}: the proxy is asked. "
                    + $"Write .{domain}, with a dot, for all names below it.";
    }

    (string Name, string Value)? Exception() =>
        variable("no_proxy") is { } lower ? ("no_proxy", lower) : variable("NO_PROXY") is { } upper ? ("NO_PROXY", upper) : null;

    // The first that is set is the one that .NET wants; if another or none is in use, it could not be read.
    string? PassedOver(string scheme) => VariablesFor(scheme).FirstOrDefault(each => variable(each) is { Length: > 0 }) is { } first
        && !Names(variable(first), ProxyFor(scheme)) ? first : null;

    // A name that stands in no list of exceptions.
    Uri? ProxyFor(string scheme) => Of(new($"{scheme}://botdispatch.invalid/"));

    static string[] VariablesFor(string scheme) => scheme is "http" or "ws"
        ? ["http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"]
        : ["https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"];

    static bool Names(string? value, Uri? proxy) => proxy is not null && Value().Match(value ?? "") is { Success: true } read
        && read.Groups["host"].Value.Trim('[', ']').Equals(proxy.IdnHost.Trim('[', ']'), StringComparison.OrdinalIgnoreCase)
        && (!read.Groups["port"].Success || read.Groups["port"].Value == proxy.Port.ToString(CultureInfo.InvariantCulture));

    // What means this machine itself is written in every form, and nothing that we call by the proxy is there.
    static bool IsWithoutEffect(string entry) => IPAddress.TryParse(entry, out var address)
        ? address.AddressFamily is AddressFamily.InterNetworkV6 && entry[0] != '[' && !IPAddress.IsLoopback(address)
        : !entry.StartsWith("127.", StringComparison.Ordinal) && entry.AsSpan().ContainsAny(Unknown);

    [GeneratedRegex(@"^(?:(?:https?|socks(?:4a?|5))://)?(?:.*@)?(?<host>\[[^\]]*\]|[^/:\s""']+)(?::(?<port>\d+))?",
        RegexOptions.IgnoreCase)]
    private static partial Regex Value();
}
