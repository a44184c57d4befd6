using System.Net.Sockets;
using Polly.Timeout;

namespace BotDispatch.Http;

/// <summary>Sends one request and returns its result. The policy of the client says what is repeated, if anything.</summary>
internal static class OnceHttp
{
    extension(HttpMessageInvoker client)
    {
        /// <summary>Sends <paramref name="request"/> and reads the whole answer. Throws only when the caller cancels.</summary>
        /// <param name="request">The request.</param>
        /// <param name="read">Makes the result of an answer and its body.</param>
        /// <param name="failed">Makes the result if there is no answer.</param>
        /// <param name="ct">The caller's.</param>
        public async Task<T> SendOnceAsync<T>(
            HttpRequestMessage request, Func<HttpResponseMessage, byte[], T> read, Func<SendFailure, T> failed,
            CancellationToken ct)
        {
            try
            {
                using var response = await client.SendAsync(request, ct);
                return read(response, await response.Content.ReadAsByteArrayAsync(ct));
            }
            catch (Exception broken) when (SendFailure.Of(broken, request.RequestUri!, ct) is { } failure)
            {
                return failed(failure);
            }
        }
    }

    extension(IHttpClientFactory clients)
    {
        /// <summary>Sends <paramref name="request"/> and reads the whole answer. Throws only when the caller cancels.</summary>
        /// <param name="client">The name of the client, as <see cref="OutgoingClients"/> added it.</param>
        /// <param name="request">The request.</param>
        /// <param name="read">Makes the result of an answer and its body.</param>
        /// <param name="failed">Makes the result if there is no answer.</param>
        /// <param name="ct">The caller's.</param>
        public Task<T> SendAsync<T>(
            string client, HttpRequestMessage request, Func<HttpResponseMessage, byte[], T> read,
            Func<SendFailure, T> failed, CancellationToken ct) =>
            clients.CreateClient(client).SendOnceAsync(request, read, failed, ct);

        /// <summary>
        /// Sends <paramref name="request"/> and reads the status and headers of the answer, and nothing of its body, however long it is.
        /// Throws only when the caller cancels.
        /// </summary>
        /// <param name="client">The name of a client whose largest answer is <see cref="OutgoingClients.NoBody"/>.</param>
        /// <param name="request">The request.</param>
        /// <param name="read">Makes the result of an answer.</param>
        /// <param name="failed">Makes the result if there is no answer.</param>
        /// <param name="ct">The caller's.</param>
        public async Task<T> SendForStatusAsync<T>(
            string client, HttpRequestMessage request, Func<HttpResponseMessage, T> read, Func<SendFailure, T> failed,
            CancellationToken ct)
        {
            try
            {
                using var response = await clients.CreateClient(client).SendAsync(request, HttpCompletionOption.ResponseHeadersRead, ct);
                return read(response);
            }
            catch (Exception broken) when (SendFailure.Of(broken, request.RequestUri!, ct) is { } failure)
            {
                return failed(failure);
            }
        }
    }
}

/// <summary>What an exception of a call says about the request.</summary>
/// <param name="IsNeverSent">The server certainly does not know the request. Otherwise it may have done what it was asked to do.</param>
/// <param name="Because">The reason, in our words.</param>
internal sealed record SendFailure(bool IsNeverSent, string Because)
{
    /// <summary>Why an answer that is larger than the client may read counts as lost.</summary>
    public const string TooLarge = "the answer is too large";

    /// <summary>Returns null for an exception that is not of the network, and for the caller's own cancellation.</summary>
    /// <param name="failure">The exception.</param>
    /// <param name="target">The address that was called.</param>
    /// <param name="ct">The caller's.</param>
    public static SendFailure? Of(Exception failure, Uri target, CancellationToken ct) => failure switch
    {
        HttpRequestException broken when WasNeverSent(broken) =>
            new(true, NetworkTrouble.Of(broken, target) ?? broken.HttpRequestError.ToString()),
        HttpRequestException { HttpRequestError: HttpRequestError.ConfigurationLimitExceeded } => new(false, TooLarge),
        HttpRequestException broken => new(false, NetworkTrouble.Broken(broken)),
        TimeoutRejectedException => new(false, NetworkTrouble.NoAnswer),
        OperationCanceledException when ct.IsCancellationRequested => null,
        OperationCanceledException stopped =>
            WasNeverSent(stopped) ? new(true, NetworkTrouble.NoConnectionTo(target)) : new(false, NetworkTrouble.NoAnswer),
        _ => null,
    };

    /// <summary>
    /// Returns whether the call failed before a byte of the request could leave: no name, no connection, no tunnel or no TLS.
    /// </summary>
    /// <remarks>
    /// SocketsHttpHandler of .NET 10 reports its own <c>ConnectTimeout</c> as a cancellation that nobody asked for, around a
    /// TimeoutException.
    /// </remarks>
    public static bool WasNeverSent(Exception? failure) => failure switch
    {
        HttpRequestException
        {
            HttpRequestError: HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError
                or HttpRequestError.SecureConnectionError or HttpRequestError.ProxyTunnelError
        } => true,
        HttpRequestException
        {
            InnerException: SocketException { SocketErrorCode: SocketError.ConnectionRefused or SocketError.HostNotFound }
        } => true,
        OperationCanceledException { InnerException: TimeoutException } => true,
        _ => false,
    };
}
