namespace BotDispatch.Http;

/// <summary>
/// The set-up of every client that calls out. It follows no redirect, because a redirected POST may be a second one, and a redirect would
/// carry our token along. It keeps no cookies. It reads an answer whole, up to a size, as part of the attempt. It logs nothing, because
/// addresses can be credentials or name people. It connects only where its <see cref="AddressGuard"/> allows, and by the machine's proxy
/// (<see cref="MachineProxy"/>).
/// </summary>
internal static class OutgoingClients
{
    /// <summary>For clients that read no body.</summary>
    public const int NoBody = 0;

    static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(4);
    static readonly TimeSpan ConnectionLifetime = TimeSpan.FromMinutes(5);
    // If a server closes an idle connection just as we post on it, we do not know whether it did what we posted. So we close the connection
    // first.
    static readonly TimeSpan IdleTimeout = TimeSpan.FromSeconds(45);

    extension(IServiceCollection services)
    {
        /// <summary>Adds a named client. Needs a <see cref="TimeProvider"/>.</summary>
        /// <param name="name">The name of the client, for <see cref="IHttpClientFactory"/>.</param>
        /// <param name="retry">What the client repeats by itself.</param>
        /// <param name="largestAnswer">
        /// The most bytes of an answer that are read. A larger answer counts as lost. With <see cref="NoBody"/> only status and headers are
        /// read.
        /// </param>
        /// <param name="connect">Further set-up of its connections, such as a proxy.</param>
        /// <param name="guard">Where it may connect to; null for <see cref="AddressGuard.Usual"/>.</param>
        public IHttpClientBuilder AddOutgoingClient(
            string name, RetryPolicy retry, int largestAnswer, Action<SocketsHttpHandler, IServiceProvider>? connect = null,
            Func<IServiceProvider, AddressGuard>? guard = null) => services
            .AddHttpClient(name, http =>
            {
                // An attempt measures the time, with the clock that tests can set.
                http.Timeout = Timeout.InfiniteTimeSpan;
                if (largestAnswer > NoBody)
                    http.MaxResponseContentBufferSize = largestAnswer;
            })
            .ConfigurePrimaryHttpMessageHandler(provider =>
            {
                var handler = new SocketsHttpHandler
                {
                    AllowAutoRedirect = false,
                    UseCookies = false,
                    Proxy = MachineProxy.Current,
                    ConnectTimeout = ConnectTimeout,
                    PooledConnectionLifetime = ConnectionLifetime,
                    PooledConnectionIdleTimeout = IdleTimeout,
                };
                connect?.Invoke(handler, provider);
                return (guard?.Invoke(provider) ?? AddressGuard.Usual).Over(handler, provider.GetRequiredService<TimeProvider>());
            })
            .SetHandlerLifetime(Timeout.InfiniteTimeSpan)
            .RemoveAllLoggers()
            .ConfigureAdditionalHttpMessageHandlers((handlers, provider) =>
            {
                if (retry.Repeater(provider) is { } repeater)
                    handlers.Add(repeater);
                handlers.Add(new Attempt(largestAnswer, provider.GetRequiredService<TimeProvider>()));
            });
    }

    extension(IHttpMessageHandlerFactory handlers)
    {
        /// <summary>
        /// Returns the client's handlers alone. An <see cref="HttpClient"/> would be made, copy its headers and link the cancellation for
        /// each request. Requests need absolute addresses.
        /// </summary>
        public HttpMessageInvoker InvokerOf(string client) => new(handlers.CreateHandler(client), disposeHandler: false);
    }

    extension(IHttpClientBuilder client)
    {
        /// <summary>Makes each request name us and ask for JSON.</summary>
        public IHttpClientBuilder AsksForJson() => client.AddHttpMessageHandler(static () => new JsonRequests());
    }

    // As text, because HttpClient's default headers are parsed for each client and copied for each request.
    sealed class JsonRequests : DelegatingHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Add("Accept", "application/json");
            Add("User-Agent", "BotDispatch");
            return base.SendAsync(request, cancellationToken);

            void Add(string name, string value)
            {
                if (!request.Headers.NonValidated.Contains(name))
                    request.Headers.TryAddWithoutValidation(name, value);
            }
        }
    }
}
