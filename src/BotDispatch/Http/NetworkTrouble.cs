using System.Net.Sockets;
using System.Security.Authentication;
using System.Text.RegularExpressions;

namespace BotDispatch.Http;

/// <summary>
/// Says in words why we did not reach a server, so that an administrator knows what to repair: the name, the route, the proxy, the
/// certificate or the time.
/// </summary>
internal static partial class NetworkTrouble
{
    /// <summary>For a connection that was not made in time.</summary>
    public const string NoConnection = "there is no connection in time: a firewall may drop what is sent";

    /// <summary>For an answer that did not come in time.</summary>
    public const string NoAnswer = "no answer in time";

    /// <summary>
    /// Returns why the server was not reached; null for an exception that is not of the network. The words are ours; only numbers and the
    /// name of the host are added.
    /// </summary>
    /// <param name="trouble">The exception, or an exception around it.</param>
    /// <param name="target">The address that was called.</param>
    /// <param name="proxy">The proxy of the connections; null for that of this process.</param>
    public static string? Of(Exception trouble, Uri target, MachineProxy? proxy = null)
    {
        proxy ??= MachineProxy.Current;
        var by = proxy.Of(target);
        var name = proxy.Name(target);
        var through = by is null ? "" : name + ": ";
        foreach (var each in Chain(trouble))
            switch (each)
            {
                case AddressRefusedException refused:
                    return refused.Because;
                case HttpRequestException { HttpRequestError: HttpRequestError.ProxyTunnelError } refused:
                    return name + RefusalOf(Status().Match(refused.Message).Groups[1].Value, by);
                case HttpRequestException { HttpRequestError: HttpRequestError.NameResolutionError }:
                case SocketException
                {
                    SocketErrorCode: SocketError.HostNotFound or SocketError.TryAgain or SocketError.NoData
                    or SocketError.NoRecovery
                }:
                    return through.Length > 0 ? through + "its name is not found (DNS)" : $"the name {target.IdnHost} is not found (DNS)";
                case SocketException { SocketErrorCode: SocketError.ConnectionRefused }:
                    return through + "the connection is refused";
                case SocketException
                {
                    SocketErrorCode: SocketError.NetworkUnreachable or SocketError.HostUnreachable
                    or SocketError.NetworkDown or SocketError.HostDown
                }:
                    return through + "there is no route to it";
                case SocketException { SocketErrorCode: SocketError.TimedOut }:
                    return through + NoConnection;
                case SocketException { SocketErrorCode: SocketError.AccessDenied }:
                    return through + "this machine does not allow the connection";
                case AuthenticationException certificate:
                    return CertificateOf(certificate);
                case SocketException { SocketErrorCode: var code }:
                    return $"{through}the connection fails ({code})";
            }
        return trouble is HttpRequestException { HttpRequestError: not HttpRequestError.Unknown and var error }
            ? error is HttpRequestError.SecureConnectionError ? "the TLS handshake fails" : $"{through}the connection fails ({error})"
            : null;
    }

    /// <summary>Says that there is no connection in time, and to which side.</summary>
    /// <param name="target">The address that was called.</param>
    /// <param name="proxy">The proxy of the connections; null for that of this process.</param>
    public static string NoConnectionTo(Uri target, MachineProxy? proxy = null) => (proxy ?? MachineProxy.Current) is var machine
        && machine.Of(target) is null ? NoConnection : $"{machine.Name(target)}: {NoConnection}";

    static string RefusalOf(string status, Uri? proxy) => status switch
    {
        "407" when proxy is { UserInfo.Length: 0 } => " wants a name and a password, and none stand there (status 407)",
        "407" => " does not accept the name and password that stand there (status 407)",
        ['5', ..] => $" cannot connect to it (status {status})",
        "" => " does not let it through",
        _ => $" does not let it through (status {status})",
    };

    /// <summary>Returns how a connection that was made broke, in our words.</summary>
    public static string Broken(HttpRequestException broken) => broken.HttpRequestError switch
    {
        HttpRequestError.Unknown when !Chain(broken.InnerException).Any(each => each is IOException or SocketException) =>
            "the request failed",
        HttpRequestError.ResponseEnded or HttpRequestError.Unknown => "the connection was cut before the answer was complete",
        HttpRequestError.InvalidResponse or HttpRequestError.HttpProtocolError or HttpRequestError.VersionNegotiationError =>
            "its answer breaks the rules of HTTP: something else may listen there",
        var error => $"the connection broke ({error})",
    };

    // .NET names the fault of a certificate only in the message: RemoteCertificateNameMismatch, RemoteCertificateChainErrors,
    // UntrustedRoot, NotTimeValid.
    static string CertificateOf(AuthenticationException trouble) => trouble.Message switch
    {
        var message when message.Contains("NotTimeValid", StringComparison.Ordinal) =>
            "its certificate has expired, or the clock of this machine is wrong",
        var message when message.Contains("NameMismatch", StringComparison.Ordinal) => "its certificate is for another name",
        var message when message.Contains("RemoteCertificate", StringComparison.Ordinal) =>
            "its certificate is not trusted here: a proxy that opens TLS needs its own root certificate on this machine",
        _ => "the TLS handshake fails",
    };

    static IEnumerable<Exception> Chain(Exception? trouble)
    {
        for (; trouble is not null; trouble = trouble.InnerException)
            yield return trouble;
    }

    [GeneratedRegex(@"'(\d{3})'")]
    private static partial Regex Status();
}
