using System.Net;
using System.Net.Sockets;
using BotDispatch.Http;
using Microsoft.Extensions.DependencyInjection;

namespace BotDispatch.Tests.Http;

/// <summary>
/// Every client is guarded where it connects, by the addresses that it connects to. SocketsHttpHandler of .NET 10 gives ConnectCallback the
/// proxy's address in place of the target's, so a target behind a proxy is judged apart; and it writes an address of IPv6 in brackets there
/// that <c>Uri.IdnHost</c> does not have, so that the two must not be compared as they are.
/// </summary>
public sealed class AddressGuardTests : IDisposable
{
    readonly TcpListener listener = new(IPAddress.Loopback, 0);

    public AddressGuardTests() => listener.Start();

    int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

    public void Dispose() => listener.Dispose();

    [Theory]
    [InlineData("93.184.215.14", true)]
    [InlineData("2606:2800:21f:cb07:6820:80da:af6b:8b2c", true)]
    [InlineData("127.0.0.1", false)]
    [InlineData("10.1.2.3", false)]
    [InlineData("172.31.0.1", false)]
    [InlineData("172.32.0.1", true)]
    [InlineData("192.168.1.1", false)]
    [InlineData("169.254.169.254", false)]
    [InlineData("169.254.1.2", false)]
    [InlineData("168.63.129.16", false)]
    [InlineData("100.64.0.1", false)]
    [InlineData("0.0.0.0", false)]
    [InlineData("224.0.0.1", false)]
    [InlineData("::1", false)]
    [InlineData("::", false)]
    [InlineData("::ffff:10.0.0.1", false)]
    [InlineData("::ffff:169.254.169.254", false)]
    [InlineData("64:ff9b::a00:1", false)]
    [InlineData("64:ff9b::a9fe:a9fe", false)]
    [InlineData("64:ff9b::5db8:d70e", true)]
    [InlineData("fd00::1", false)]
    [InlineData("fe80::1", false)]
    [InlineData("ff02::1", false)]
    [InlineData("2001:db8::1", false)]
    [InlineData("2002:a00:1::1", false)]
    [InlineData("3fff::1", false)]
    public void Only_public_addresses_are_public(string address, bool expected) => AddressGuard.IsPublic(IPAddress.Parse(address)).ShouldBe(expected);

    [Theory]
    [InlineData("127.0.0.1", "127.0.0.1", true)]
    [InlineData("127.0.0.1", "127.0.0.0/8", true)]
    [InlineData("localhost", "localhost", true)]
    [InlineData("localhost", "127.0.0.0/8", true)]
    [InlineData("[::ffff:127.0.0.1]", "127.0.0.1", true)]
    [InlineData("127.0.0.1", "10.0.0.0/8", false)]
    [InlineData("localhost", "10.0.0.0/8", false)]
    [InlineData("localhost", "", false)]
    [InlineData("[::ffff:127.0.0.1]", "", false)]
    public async Task A_connection_is_made_to_what_is_allowed_and_to_nothing_else(string host, string allowed, bool isMade)
    {
        using var clients = Clients(new(AddressScope.Public, new([allowed]), "Webhooks:AllowedPrivateAddresses"));
        var (answer, accepted) = (SendAsync(clients, new($"http://{host}:{Port}/")), listener.AcceptTcpClientAsync());
        if (isMade)
        {
            using var connection = await accepted;
            await AnswerAsync(connection);
            (await answer).ShouldBe("200");
        }
        else
        {
            (await answer).ShouldBe("its address is private or this machine's own, and Webhooks:AllowedPrivateAddresses does not name it");
            accepted.IsCompleted.ShouldBeFalse();
        }
    }

    [Theory]
    [InlineData("http://169.254.169.254/latest/meta-data/")]
    [InlineData("http://[::ffff:169.254.169.254]/latest/meta-data/")]
    [InlineData("http://[64:ff9b::a9fe:a9fe]/latest/meta-data/")]
    [InlineData("http://[fd00:ec2::254]/latest/meta-data/")]
    [InlineData("http://[fe80::a9fe:a9fe]/")]
    public async Task No_client_goes_where_a_cloud_gives_credentials(string target)
    {
        using var clients = Clients(null);
        (await SendAsync(clients, new(target))).ShouldBe("its address is one at which a cloud gives this machine credentials");
    }

    [Theory]
    [InlineData("http://10.1.2.3/", false)]
    [InlineData("https://10.1.2.3/", false)]
    [InlineData("https://[::ffff:10.1.2.3]/", false)]
    [InlineData("https://93.184.215.14/", true)]
    public async Task A_proxy_may_be_anywhere_and_is_not_asked_for_a_private_target(string target, bool isAsked)
    {
        using var clients = Clients(new(AddressScope.Public, AllowedAddresses.None, "Webhooks:AllowedPrivateAddresses"), new WebProxy($"http://127.0.0.1:{Port}"));
        var (answer, accepted) = (SendAsync(clients, new(target)), listener.AcceptTcpClientAsync());
        if (isAsked)
        {
            using var connection = await accepted;
            using var reader = new StreamReader(connection.GetStream());
            (await reader.ReadLineAsync()).ShouldBe("CONNECT 93.184.215.14:443 HTTP/1.1");
        }
        else
        {
            (await answer).ShouldContain("Webhooks:AllowedPrivateAddresses does not name it");
            accepted.IsCompleted.ShouldBeFalse();
        }
    }

    // Rootless Podman's host.containers.internal is 169.254.1.2, and services of AWS's Lattice are in 169.254.171.0/24.
    [Theory]
    [InlineData("http://169.254.1.2/"), InlineData("http://169.254.171.9/"), InlineData("http://[fe80::1]/"), InlineData("http://10.1.2.3/")]
    public void Ticket_systems_may_be_anywhere_else(string target) => AddressGuard.Usual.ProblemOf(new(target)).ShouldBeNull();

    // Where only the proxy resolves names, a resolver that drops queries would hold up every request for many seconds.
    [Theory]
    [InlineData(AddressScope.PublicAndPrivate, "https://only-the-proxy-knows.invalid/", true)]
    [InlineData(AddressScope.Public, "https://only-the-proxy-knows.invalid/", true)]
    [InlineData(AddressScope.Public, "http://only-the-proxy-knows.invalid/", false)]
    [InlineData(AddressScope.PublicAndPrivate, "http://only-the-proxy-knows.invalid/", true)]
    public async Task A_name_that_only_the_proxy_knows_is_called_through_it(object scope, string target, bool isAsked)
    {
        using var clients = Clients(new((AddressScope)scope, AllowedAddresses.None, "Webhooks:AllowedPrivateAddresses"), new WebProxy($"http://127.0.0.1:{Port}"));
        var (answer, accepted) = (SendAsync(clients, new(target)), listener.AcceptTcpClientAsync());
        if (isAsked)
        {
            using var connection = await accepted;
            using var reader = new StreamReader(connection.GetStream());
            (await reader.ReadLineAsync()).ShouldNotBeNull().ShouldContain("only-the-proxy-knows.invalid");
        }
        else
        {
            (await answer).ShouldContain("its name is not known here (DNS), so it must be called by https");
            accepted.IsCompleted.ShouldBeFalse();
        }
    }

    static ServiceProvider Clients(AddressGuard? guard, IWebProxy? proxy = null) => new ServiceCollection().AddSingleton(TimeProvider.System)
        .AddOutgoingClient("any", RetryPolicy.Never, 1024, (handler, _) => (handler.Proxy, handler.UseProxy) = (proxy, proxy is not null), guard is null ? null : _ => guard)
        .Services.BuildServiceProvider();

    static async Task<string> SendAsync(ServiceProvider clients, Uri target)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, target);
        return await clients.GetRequiredService<IHttpClientFactory>().SendAsync("any", request, (answer, _) => $"{(int)answer.StatusCode}", failure => failure.Because, default);
    }

    static async Task AnswerAsync(TcpClient connection)
    {
        using var reader = new StreamReader(connection.GetStream(), leaveOpen: true);
        while (await reader.ReadLineAsync() is { Length: > 0 })
        {
        }
        await connection.GetStream().WriteAsync("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"u8.ToArray());
    }
}
