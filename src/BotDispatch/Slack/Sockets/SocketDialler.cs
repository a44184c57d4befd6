using System.Net.WebSockets;

namespace BotDispatch.Slack.Sockets;

/// <summary>Connects to addresses that are allowed.</summary>
internal interface ISocketDialler
{
    /// <summary>Connects; throws when it cannot.</summary>
    Task<WebSocket> OpenAsync(Uri address, CancellationToken ct);
}

/// <summary>Opens real sockets, which notice by themselves that the other side is dead.</summary>
/// <param name="quiet">After so long without a word from Slack it is asked whether it lives.</param>
/// <param name="pongTimeout">So long it may take to answer that.</param>
internal sealed class SocketDialler(TimeSpan quiet, TimeSpan pongTimeout) : ISocketDialler
{
    // Left alone, a socket follows redirects, also to where it must not lead.
    static readonly HttpMessageInvoker Straight = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false });

    /// <summary>
    /// Dead is who says nothing for fifteen seconds: soon enough that another socket's share is not missed for long, and late enough
    /// for a busy machine. Slack's own client gives up after five, and often wrongly: https://github.com/slackapi/bolt-js/issues/2496.
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
