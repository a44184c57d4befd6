using System.Net;
using BotDispatch.Http;
using BotDispatch.Voice.Routee;

namespace BotDispatch.Hosting;

/// <summary>Checks whether Routee, which calls back over the internet, can reach us at <c>PublicBaseAddress</c>.</summary>
internal static class ReachCheck
{
    // Names that the public DNS never has: RFC 6761, RFC 6762, RFC 8375, and those that ICANN keeps for private use or will not give out.
    static readonly string[] OfOneNetwork =
        ["local", "localhost", "internal", "home.arpa", "home", "corp", "mail", "lan", "intranet", "private", "invalid", "test"];

    /// <summary>Returns why Routee cannot reach us, as a sentence that begins with the setting; null if it may.</summary>
    public static string? Of(RouteeOptions options)
    {
        // A relay or a stand-in for Routee may be in the same network, or on this machine.
        if (options is not { PublicBaseAddress: { } own, BaseAddress: { } provider, ApplicationId.Length: > 0 } || !IsRoutee(provider))
            return null;
        var problem = IsThisMachine(own) ? "is this machine's own address"
            : !IsOfOneNetwork(own) ? null
            : IPAddress.TryParse(own.IdnHost, out _) ? $"is an address of a private network ({own.IdnHost})"
            : $"has the host {own.IdnHost}, a name that only your own network knows";
        return problem is null ? null
            : $"PublicBaseAddress {problem}, where Routee cannot reach it: write the address by which the internet reaches it, as "
                + "https://bot.example.com.";
    }

    static bool IsRoutee(Uri address) => address.IdnHost.EndsWith(".routee.net", StringComparison.OrdinalIgnoreCase);

    static bool IsThisMachine(Uri address) => address.IsLoopback || address.Host is "0.0.0.0" or "[::]"
        || address.IdnHost.EndsWith(".localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(address.IdnHost, out var number) && IPAddress.IsLoopback(AddressGuard.Unwrapped(number)));

    static bool IsOfOneNetwork(Uri address)
    {
        if (IPAddress.TryParse(address.IdnHost, out var number))
            return !AddressGuard.IsPublic(number);
        var name = address.IdnHost.TrimEnd('.');
        return !name.Contains('.', StringComparison.Ordinal)
            || OfOneNetwork.Any(each => name.EndsWith("." + each, StringComparison.OrdinalIgnoreCase));
    }
}
