using Microsoft.Extensions.Http.Resilience;

namespace BotDispatch.Http;

/// <summary>
/// The one set-up of every client that calls out. It follows no redirect, since a redirected POST may be a second one and a redirect would carry our token
/// along; keeps no cookies; reads an answer whole, up to a size, as part of the sending; and logs nothing, for addresses can be credentials or name people.
/// </summary>
internal static class OutgoingClients
{
    static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(4);
    static readonly TimeSpan ConnectionLifetime = TimeSpan.FromMinutes(5);
    // If a server closes an idle connection just as we post on it, we do not know whether the post was done: so we close it first.
    static readonly TimeSpan IdleTimeout = TimeSpan.FromSeconds(45);

    extension(IServiceCollection services)
    {
        /// <summary>Adds a named client. Needs a <see cref="TimeProvider"/>.</summary>
        /// <param name="name">Its name, for <see cref="IHttpClientFactory"/>.</param>
        /// <param name="retry">What it sends again by itself.</param>
        /// <param name="largestAnswer">The most bytes of an answer that are read; a larger one is a lost one.</param>
        /// <param name="connect">What else its connections need, such as a proxy.</param>
        public IHttpClientBuilder AddOutgoingClient(string name, RetryPolicy retry, int largestAnswer, Action<SocketsHttpHandler, IServiceProvider>? connect = null)
        {
            return services
                .AddHttpClient(name, http =>
                {
                    // The policy keeps time, by the clock that tests can turn.
                    http.Timeout = Timeout.InfiniteTimeSpan;
                    http.MaxResponseContentBufferSize = largestAnswer;
                })
                .ConfigurePrimaryHttpMessageHandler(provider =>
                {
                    var handler = new SocketsHttpHandler
                    {
                        AllowAutoRedirect = false,
                        UseCookies = false,
                        ConnectTimeout = ConnectTimeout,
                        PooledConnectionLifetime = ConnectionLifetime,
                        PooledConnectionIdleTimeout = IdleTimeout,
                    };
                    connect?.Invoke(handler, provider);
                    return handler;
                })
                .SetHandlerLifetime(Timeout.InfiniteTimeSpan)
                .RemoveAllLoggers()
                // AddResilienceHandler would leave the pipeline to Polly's registry. That one waits up to 30 s for calls under way when the services are disposed,
                // which holds up every stop (Polly.Core 8.9.1), and logs each retry with its exception, which names the host.
                .AddHttpMessageHandler(provider => new ResilienceHandler(retry.Build(provider)))
                .AddHttpMessageHandler(() => new WholeAnswer(largestAnswer));
        }
    }

    extension(IHttpClientBuilder client)
    {
        /// <summary>Each request of it says who asks, and that JSON is wanted.</summary>
        public IHttpClientBuilder AsksForJson() => client.ConfigureHttpClient(static http =>
        {
            http.DefaultRequestHeaders.Accept.Add(new("application/json"));
            http.DefaultRequestHeaders.UserAgent.Add(new("BotDispatch", null));
        });
    }

    /// <summary>
    /// Reads the answer to its end within the sending. HttpClient does so after the handlers, so that a body which never ends, or is cut off,
    /// would escape the policy's timeout and its retries.
    /// </summary>
    sealed class WholeAnswer(int largest) : DelegatingHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var response = await base.SendAsync(request, cancellationToken);
            try
            {
                await response.Content.LoadIntoBufferAsync(largest, cancellationToken);
                return response;
            }
            catch
            {
                response.Dispose();
                throw;
            }
        }
    }
}
