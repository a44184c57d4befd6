using System.Collections.Immutable;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace BotDispatch.Http;

/// <summary>
/// Networks, addresses and host names that an administrator allows by name, where otherwise only the public internet is called.
/// </summary>
internal sealed class AllowedAddresses
{
    const string AllHostsBelow = "*.";

    readonly ImmutableArray<IPNetwork> networks;
    readonly ImmutableArray<string> hosts;

    /// <summary>Reads entries, each with commas or blanks between several. Entries with a problem allow nothing.</summary>
    public AllowedAddresses(IEnumerable<string> written)
    {
        var entries = written.SelectMany(Split).ToList();
        networks = [.. entries.Select(NetworkOf).OfType<IPNetwork>()];
        hosts = [.. entries.Where(each => ProblemOf(each) is null && NetworkOf(each) is null).Select(HostOf).OfType<string>()];
    }

    /// <summary>Allows nothing.</summary>
    public static AllowedAddresses None { get; } = new([]);

    /// <summary>Whether it names a host, which then may have any address.</summary>
    public bool HasHost(string host) => HostOf(host) is { } name && hosts.Any(each => each.StartsWith('.')
        ? name.EndsWith(each, StringComparison.OrdinalIgnoreCase) : name.Equals(each, StringComparison.OrdinalIgnoreCase));

    /// <summary>Whether one of its networks has an address, also as IPv6 writes an address of IPv4.</summary>
    public bool HasAddress(IPAddress address) =>
        networks.Any(each => Contains(each, address) || Contains(each, AddressGuard.Unwrapped(address)));

    /// <summary>The entries of a text, which has commas or blanks between them.</summary>
    public static string[] Split(string written) =>
        written.Split([',', ' ', '\t', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    /// <summary>Returns what is wrong with an entry and what to write, as the end of a sentence; null if it can be used.</summary>
    public static string? ProblemOf(string entry)
    {
        if (entry.Contains("://", StringComparison.Ordinal))
            return $"has {entry}, which is a whole address: write only the host, as hooks.example.com.";
        if (entry.Split('/') is [var first, .. { Length: > 0 } rest])
            return IsAddress(first, out var address) ? ProblemOf(entry, address, rest)
                : $"has {entry}, which is no network: write one as 10.20.0.0/16 or fd00::/8.";
        if (IsAddress(entry, out _))
            return null;
        if (entry.Contains(':', StringComparison.Ordinal) || entry.Contains('%', StringComparison.Ordinal))
            return $"has {entry}, which is neither an address nor a host name: write it without a port, as 10.20.0.7 or "
                + "hooks.example.com.";
        // 10.1 and 010.0.0.1 are addresses to some programs, each another one.
        if (entry.TrimEnd('.').Split('.')[^1].All(char.IsAsciiDigit))
            return $"has {entry}, which is no address: write four numbers from 0 to 255, as 10.20.0.7, or a network, as 10.20.0.0/16.";
        return HostOf(entry) is null
            ? $"has {entry}, which is neither a network, an address nor a host name: write one as 10.20.0.0/16, 10.20.0.7, "
                + "hooks.example.com or *.example.com."
            : null;
    }

    static string? ProblemOf(string entry, IPAddress address, string[] rest)
    {
        var longest = address.AddressFamily is AddressFamily.InterNetwork ? 32 : 128;
        if (rest is not [var written] || !int.TryParse(written, NumberStyles.None, CultureInfo.InvariantCulture, out var length)
            || length > longest)
            return $"has {entry}, which is no network: after the / stands a number from 0 to {longest}, as in "
                + (longest == 32 ? "10.20.0.0/16." : "fd00::/8.");
        return Masked(address, length) is var network && network.Equals(address) ? null
            : $"has {entry}, which is an address in a network: write {network}/{length} for the whole network, or {address} for the "
                + "address alone.";
    }

    static IPNetwork? NetworkOf(string entry)
    {
        if (ProblemOf(entry) is not null || !IsAddress(entry.Split('/')[0], out var address))
            return null;
        var length = entry.Split('/') is [_, var written] ? int.Parse(written, CultureInfo.InvariantCulture)
            : address.AddressFamily is AddressFamily.InterNetwork ? 32 : 128;
        return address.IsIPv4MappedToIPv6 && length >= 96 ? new(address.MapToIPv4(), length - 96) : new(address, length);
    }

    static bool Contains(IPNetwork network, IPAddress address) =>
        network.BaseAddress.AddressFamily == address.AddressFamily && network.Contains(address);

    /// <summary>
    /// Whether a text is an address in full. IPAddress also reads 10.1 as 10.0.0.1, and numbers that begin with 0 as octal.
    /// </summary>
    static bool IsAddress(string written, out IPAddress address)
    {
        var bare = written is ['[', .. var inner, ']'] ? inner : written;
        var isAddress = IPAddress.TryParse(bare, out var read)
            && !bare.Contains('%', StringComparison.Ordinal)
            && (read.AddressFamily is AddressFamily.InterNetworkV6 || read.ToString() == bare);
        address = read ?? IPAddress.None;
        return isAddress;
    }

    static IPAddress Masked(IPAddress address, int length)
    {
        var bytes = address.GetAddressBytes();
        for (var bit = length; bit < bytes.Length * 8; bit++)
            bytes[bit / 8] &= (byte)~(0x80 >> (bit % 8));
        return new(bytes);
    }

    // In the letters that DNS has; a name with another alphabet has two spellings. For all hosts below a name, with the dot before it.
    static string? HostOf(string written)
    {
        var isBelow = written.StartsWith(AllHostsBelow, StringComparison.Ordinal);
        var name = (isBelow ? written[AllHostsBelow.Length..] : written).TrimEnd('.');
        return Uri.CheckHostName(name) is UriHostNameType.Dns && Uri.TryCreate($"https://{name}/", UriKind.Absolute, out var address)
            ? (isBelow ? "." : "") + address.IdnHost : null;
    }
}
