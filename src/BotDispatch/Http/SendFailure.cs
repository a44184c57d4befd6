using System.Net;
using System.Net.Sockets;
using Polly.Timeout;

namespace BotDispatch.Http;

/// <summary>What an exception of a call out says about the request.</summary>
/// <param name="IsNeverSent">The server surely knows nothing of the request. Otherwise it may have done what it was asked for.</param>
/// <param name="Because">Why, in words of ours.</param>
internal sealed record SendFailure(bool IsNeverSent, string Because)
{
    /// <summary>Null for an exception that is none of the network, and for the caller's own cancellation.</summary>
    /// <param name="failure">What was thrown.</param>
    /// <param name="target">The address that was called.</param>
    /// <param name="proxy">The proxy of the connections; null where none is used.</param>
    /// <param name="ct">The caller's.</param>
    public static SendFailure? Of(Exception failure, Uri target, IWebProxy? proxy, CancellationToken ct) => failure switch
    {
        HttpRequestException broken when WasNeverSent(broken) => new(true, NetworkTrouble.Of(broken, target, proxy) ?? broken.HttpRequestError.ToString()),
        HttpRequestException broken => new(false, broken.HttpRequestError.ToString()),
        TimeoutRejectedException => new(false, NetworkTrouble.NoAnswer),
        OperationCanceledException when ct.IsCancellationRequested => null,
        OperationCanceledException stopped => WasNeverSent(stopped) ? new(true, NetworkTrouble.NoConnection) : new(false, NetworkTrouble.NoAnswer),
        _ => null,
    };

    /// <summary>Whether the failure came before a byte of the request could leave: there was no name, no connection, no tunnel or no TLS.</summary>
    /// <remarks>SocketsHttpHandler of .NET 10 reports its own <c>ConnectTimeout</c> as a cancellation that nobody asked for, around a TimeoutException.</remarks>
    public static bool WasNeverSent(Exception? failure) => failure switch
    {
        HttpRequestException
        {
            HttpRequestError: HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError or HttpRequestError.SecureConnectionError or HttpRequestError.ProxyTunnelError
        } => true,
        HttpRequestException { InnerException: SocketException { SocketErrorCode: SocketError.ConnectionRefused or SocketError.HostNotFound } } => true,
        OperationCanceledException { InnerException: TimeoutException } => true,
        _ => false,
    };
}
