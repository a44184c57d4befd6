using System.Net.WebSockets;

namespace BotDispatch.Slack.Sockets;

/// <summary>Opens WebSocket connections to allowed addresses.</summary>
internal interface ISocketDialler
{
    /// <summary>Connects, or throws the exception of the library.</summary>
    Task<WebSocket> OpenAsync(Uri address, CancellationToken ct);
}

/// <summary>Opens real WebSockets that ping the other side and end if it does not answer.</summary>
/// <param name="quiet">How long Slack may be silent before it is pinged.</param>
/// <param name="pongTimeout">How long Slack may take to answer the ping.</param>
internal sealed class SocketDialler(TimeSpan quiet, TimeSpan pongTimeout) : ISocketDialler
{
    // By default the connection follows redirects, also to addresses that are not allowed.
    static readonly HttpMessageInvoker Straight = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false });

    /// <summary>
    /// Treats a connection as dead after fifteen seconds of silence: soon enough that its share of the events is not missing for long, and
    /// late enough for a busy machine. Slack's own client gives up after five seconds, often wrongly:
    /// https://github.com/slackapi/bolt-js/issues/2496.
    /// </summary>
    public SocketDialler() : this(TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(10)) { }

    /// <inheritdoc/>
    public async Task<WebSocket> OpenAsync(Uri address, CancellationToken ct)
    {
        var socket = new ClientWebSocket();
        try
        {
            socket.Options.KeepAliveInterval = quiet;
            socket.Options.KeepAliveTimeout = pongTimeout;
            await socket.ConnectAsync(address, Straight, ct);
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
