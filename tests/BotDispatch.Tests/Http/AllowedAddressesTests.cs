using System.Net;
using BotDispatch.Http;

namespace BotDispatch.Tests.Http;

/// <summary>
/// An administrator allows exactly what they mean. IPAddress of .NET 10 reads more than they write: "10.1" as 10.0.0.1, "010.0.0.1" as
/// octal, and "167772161" as one number.
/// </summary>
public sealed class AllowedAddressesTests
{
    [Theory]
    [InlineData("10.20.0.0/16", "10.20.255.255", true)]
    [InlineData("10.20.0.0/16", "10.21.0.0", false)]
    [InlineData("10.20.0.0/16", "::ffff:10.20.3.4", true)]
    [InlineData("10.20.0.0/16", "64:ff9b::a14:304", true)]
    [InlineData("10.20.0.0/16", "64:ff9b::a15:304", false)]
    [InlineData("::ffff:10.20.0.0/112", "10.20.3.4", true)]
    [InlineData("10.20.0.7", "10.20.0.7", true)]
    [InlineData("10.20.0.7", "10.20.0.8", false)]
    [InlineData("fd00::/8", "fd12:3456::1", true)]
    [InlineData("fd00::/8", "fe80::1", false)]
    [InlineData("[fd00::7]", "fd00::7", true)]
    [InlineData("127.0.0.1", "::1", false)]
    [InlineData("0.0.0.0/0", "10.0.0.1", true)]
    [InlineData("hooks.internal", "10.20.0.7", false)]
    [InlineData("192.168.1.1, 10.20.0.0/16", "10.20.0.1", true)]
    public void A_network_or_an_address_is_allowed_as_it_is_written(string written, string address, bool expected) =>
        new AllowedAddresses([written]).HasAddress(IPAddress.Parse(address)).ShouldBe(expected);

    [Theory]
    [InlineData("hooks.internal", "hooks.internal", true)]
    [InlineData("Hooks.Internal.", "hooks.internal", true)]
    [InlineData("hooks.internal", "HOOKS.INTERNAL.", true)]
    [InlineData("hooks.internal", "evil.hooks.internal", false)]
    [InlineData("hooks.internal", "hooks.internal.example.com", false)]
    [InlineData("*.corp.example.com", "a.b.corp.example.com", true)]
    [InlineData("*.corp.example.com", "corp.example.com", false)]
    [InlineData("*.corp.example.com", "evilcorp.example.com", false)]
    [InlineData("bücher.example", "xn--bcher-kva.example", true)]
    [InlineData("localhost", "localhost", true)]
    [InlineData("10.20.0.7", "10.20.0.7", false)]
    public void A_host_is_allowed_by_its_whole_name(string written, string host, bool expected) =>
        new AllowedAddresses([written]).HasHost(host).ShouldBe(expected);

    [Theory]
    [InlineData("10.20.0.5/16", "write 10.20.0.0/16 for the whole network, or 10.20.0.5 for the address alone")]
    [InlineData("fd00::5/8", "write fd00::/8 for the whole network")]
    [InlineData("10.20.0.0/33", "a number from 0 to 32")]
    [InlineData("10.20.0.0/", "a number from 0 to 32")]
    [InlineData("10.20.0.0/255.255.0.0", "a number from 0 to 32")]
    [InlineData("10.20.0.0/16/8", "a number from 0 to 32")]
    [InlineData("fd00::/129", "a number from 0 to 128")]
    [InlineData("10.20/16", "no network: write one as 10.20.0.0/16")]
    [InlineData("hooks.internal/16", "no network")]
    [InlineData("10.20", "no address: write four numbers")]
    [InlineData("10.20.0.300", "no address: write four numbers")]
    [InlineData("010.20.0.7", "no address: write four numbers")]
    [InlineData("167772161", "no address: write four numbers")]
    [InlineData("10.20.0.7:8080", "without a port")]
    [InlineData("hooks.internal:8080", "without a port")]
    [InlineData("fe80::1%eth0", "neither an address nor a host name")]
    [InlineData("https://hooks.internal/x", "write only the host")]
    [InlineData("*", "neither a network, an address nor a host name")]
    [InlineData("hooks.*.internal", "neither a network, an address nor a host name")]
    [InlineData("-bad-.internal", "neither a network, an address nor a host name")]
    public void An_entry_that_means_nothing_is_named_and_allows_nothing(string entry, string said)
    {
        AllowedAddresses.ProblemOf(entry).ShouldNotBeNull().ShouldContain(said);
        var allowed = new AllowedAddresses([entry]);
        (allowed.HasHost(entry), allowed.HasHost("hooks.internal"), allowed.HasAddress(IPAddress.Parse("10.20.0.7")), allowed.HasAddress(IPAddress.Parse("fe80::1")))
            .ShouldBe((false, false, false, false));
    }
}
