namespace BotDispatch.Http;

/// <summary>Sends one request and says what it came to. What is sent again, if anything, says the policy of the client.</summary>
internal static class OnceHttp
{
    extension(IHttpClientFactory clients)
    {
        /// <summary>Sends <paramref name="request"/> and reads the whole answer. Throws for the caller's own cancellation alone.</summary>
        /// <param name="client">The name of the client, as it was added by <see cref="OutgoingClients"/>.</param>
        /// <param name="request">The request.</param>
        /// <param name="proxy">The proxy of the connections; null where none is used.</param>
        /// <param name="read">Makes the result of an answer and its body.</param>
        /// <param name="failed">Makes the result where there is no answer.</param>
        /// <param name="ct">The caller's.</param>
        public async Task<T> SendAsync<T>(
            string client, HttpRequestMessage request, System.Net.IWebProxy? proxy, Func<HttpResponseMessage, byte[], T> read, Func<SendFailure, T> failed, CancellationToken ct)
        {
            try
            {
                using var response = await clients.CreateClient(client).SendAsync(request, ct);
                return read(response, await response.Content.ReadAsByteArrayAsync(ct));
            }
            catch (Exception broken) when (SendFailure.Of(broken, request.RequestUri!, proxy, ct) is { } failure)
            {
                return failed(failure);
            }
        }
    }
}
