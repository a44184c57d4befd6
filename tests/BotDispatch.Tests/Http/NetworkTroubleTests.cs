using System.Net;
using System.Net.Sockets;
using System.Security.Authentication;
using BotDispatch.Http;

namespace BotDispatch.Tests.Http;

/// <summary>An administrator reads why a server is not reached: the name, the route, the proxy, the certificate or the time.</summary>
public sealed class NetworkTroubleTests
{
    static readonly Uri Slack = new("https://slack.example/api/");
    static readonly MachineProxy None = new(null, _ => null);

    public static TheoryData<HttpRequestException, string> Troubles => new()
    {
        { new(HttpRequestError.NameResolutionError, inner: new SocketException((int)SocketError.HostNotFound)), "the name slack.example is not found (DNS)" },
        { new(HttpRequestError.ConnectionError, inner: new SocketException((int)SocketError.TryAgain)), "the name slack.example is not found (DNS)" },
        { new(HttpRequestError.ConnectionError, inner: new SocketException((int)SocketError.ConnectionRefused)), "the connection is refused" },
        { new(HttpRequestError.ConnectionError, inner: new SocketException((int)SocketError.NetworkUnreachable)), "there is no route to it" },
        { new(HttpRequestError.ConnectionError, inner: new SocketException((int)SocketError.TimedOut)), NetworkTrouble.NoConnection },
        { new(HttpRequestError.ConnectionError, inner: new SocketException((int)SocketError.AccessDenied)), "this machine does not allow the connection" },
        { new(HttpRequestError.ConnectionError), "the connection fails (ConnectionError)" },
        { new(HttpRequestError.ProxyTunnelError, "The proxy tunnel request to proxy 'http://me:secret@proxy/' failed with status code '407'."), "the proxy of this machine does not accept the name and password that stand there (status 407)" },
        { new(HttpRequestError.SecureConnectionError, inner: new AuthenticationException("The remote certificate is invalid because of errors in the certificate chain: NotTimeValid")), "its certificate has expired, or the clock of this machine is wrong" },
        { new(HttpRequestError.SecureConnectionError, inner: new AuthenticationException("The remote certificate is invalid according to the validation procedure: RemoteCertificateNameMismatch")), "its certificate is for another name" },
        { new(HttpRequestError.SecureConnectionError, inner: new AuthenticationException("The remote certificate was rejected: RemoteCertificateChainErrors")), "its certificate is not trusted here: a proxy that opens TLS needs its own root certificate on this machine" },
        { new(HttpRequestError.SecureConnectionError), "the TLS handshake fails" },
    };

    [Theory]
    [MemberData(nameof(Troubles))]
    public void The_cause_is_said_in_words(HttpRequestException trouble, string said)
    {
        NetworkTrouble.Of(trouble, Slack, None).ShouldBe(said);
        NetworkTrouble.Of(new InvalidOperationException("around it", trouble), Slack, None).ShouldBe(trouble.InnerException is null && trouble.HttpRequestError is not HttpRequestError.ProxyTunnelError ? null : said);
    }

    [Theory]
    [InlineData("http://me:secret@127.0.0.1:9", "407", "the proxy of this machine (ALL_PROXY) does not accept the name and password that stand there (status 407)")]
    [InlineData("http://127.0.0.1:9", "407", "the proxy of this machine (ALL_PROXY) wants a name and a password, and none stand there (status 407)")]
    [InlineData("http://127.0.0.1:9", "403", "the proxy of this machine (ALL_PROXY) does not let it through (status 403)")]
    [InlineData("http://127.0.0.1:9", "503", "the proxy of this machine (ALL_PROXY) cannot connect to it (status 503)")]
    public void What_a_proxy_answers_is_said_with_the_variable_that_names_it(string address, string status, string said) =>
        NetworkTrouble.Of(new HttpRequestException(HttpRequestError.ProxyTunnelError, $"The proxy tunnel request to proxy '{address}/' failed with status code '{status}'."), Slack, By(address))
            .ShouldBe(said);

    [Fact]
    public void Of_a_proxy_that_is_not_reached_it_is_said_that_it_is_the_proxy()
    {
        var refused = new HttpRequestException(HttpRequestError.ConnectionError, inner: new SocketException((int)SocketError.ConnectionRefused));
        NetworkTrouble.Of(refused, Slack, By("http://me:secret@127.0.0.1:9")).ShouldBe("the proxy of this machine (ALL_PROXY): the connection is refused");
        NetworkTrouble.Of(refused, new("http://127.0.0.1:5090/"), By("http://me:secret@127.0.0.1:9")).ShouldBe("the connection is refused", "this machine itself is called without a proxy");
        NetworkTrouble.NoConnectionTo(Slack, By("http://127.0.0.1:9")).ShouldBe($"the proxy of this machine (ALL_PROXY): {NetworkTrouble.NoConnection}");
        NetworkTrouble.NoConnectionTo(Slack, None).ShouldBe(NetworkTrouble.NoConnection);
    }

    static MachineProxy By(string address) => new(new WebProxy(address), name => name == "ALL_PROXY" ? address : null);

    [Fact]
    public void What_has_nothing_to_do_with_the_network_says_nothing_of_it() => NetworkTrouble.Of(new HttpRequestException("a page"), Slack).ShouldBeNull();

    [Fact]
    public void Only_a_connection_that_broke_is_called_cut()
    {
        const string Cut = "the connection was cut before the answer was complete";
        NetworkTrouble.Broken(new(HttpRequestError.ResponseEnded)).ShouldBe(Cut);
        NetworkTrouble.Broken(new("around it", new IOException("reset", new SocketException((int)SocketError.ConnectionReset)))).ShouldBe(Cut);
        NetworkTrouble.Broken(new("around it", new SocketException((int)SocketError.ConnectionReset))).ShouldBe(Cut);
        NetworkTrouble.Broken(new("no such thing")).ShouldBe("the request failed");
        NetworkTrouble.Broken(new("around it", new InvalidOperationException())).ShouldBe("the request failed");
    }

    [Fact]
    public async Task A_port_where_nobody_listens_refuses()
    {
        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false });
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var address = new Uri($"http://{listener.LocalEndpoint}/");
        listener.Stop();
        NetworkTrouble.Of(await Should.ThrowAsync<HttpRequestException>(() => http.GetAsync(address)), address).ShouldBe("the connection is refused");
    }

    [Fact]
    public void A_reason_is_logged_once_until_the_outage_ends()
    {
        var outage = new Outage();
        outage.Ends().ShouldBeFalse();
        (outage.IsNews("a"), outage.IsNews("a"), outage.IsNews("b"), outage.IsNews("a")).ShouldBe((true, false, true, false));
        outage.Because.ShouldBe("a");
        (outage.Ends(), outage.Ends(), outage.Because).ShouldBe((true, false, null));
        outage.IsNews("a").ShouldBeTrue();
    }
}
