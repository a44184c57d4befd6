using System.Diagnostics;
using System.Net.WebSockets;
using System.Text.Json;
using BotDispatch.Http;
using BotDispatch.Slack.Api;

namespace BotDispatch.Slack.Sockets;

/// <summary>Opens one socket and waits for its hello, in bounded time. A socket without a hello is closed again.</summary>
internal sealed class SocketOpener(
    ISlackApi slack, ISocketDialler dialler, Uri? api, Func<WebSocket, SlackSocket> begin, TimeProvider clock)
{
    /// <summary>The limit for connecting, and again for the hello after it. Slack's own client waits for a hello without a limit.</summary>
    public static readonly TimeSpan Within = TimeSpan.FromSeconds(10);

    // The errors at which Slack's own client gives up: https://github.com/slackapi/node-slack-sdk/tree/main/packages/socket-mode/src
    static readonly HashSet<string> NotWorthRetrying =
        ["not_authed", "invalid_auth", "account_inactive", "user_removed_from_team", "team_disabled"];

    /// <summary>The failure of a Web API that cannot be reached.</summary>
    public const string Unreachable = "unreachable";

    public async Task<ConnectResult> OpenAsync(CancellationToken ct) => await slack.CallAsync(
        new SlackCall("", "apps.connections.open", []), ct) switch
    {
        SlackAnswer.Ok ok when SocketAddress.Allowed(Url(ok.Body), api) is { } address => await ConnectAsync(address, ct),
        SlackAnswer.Ok => new ConnectResult.Failed("bad_address"),
        SlackAnswer.Throttled throttled => new ConnectResult.Throttled(throttled.After),
        SlackAnswer.Refused { Kind: Refusal.Token or Refusal.Rights } refused =>
            new ConnectResult.InvalidToken(refused.Error, refused.Detail),
        SlackAnswer.Refused refused when NotWorthRetrying.Contains(refused.Error) =>
            new ConnectResult.InvalidToken(refused.Error, refused.Detail),
        SlackAnswer.Refused refused => new ConnectResult.Failed(refused.Error, refused.Detail),
        SlackAnswer.NotReached unreached => new ConnectResult.Failed(Unreachable, unreached.Because),
        SlackAnswer.Lost lost => new ConnectResult.Failed(Unreachable, lost.Because),
        var other => throw new UnreachableException(other.GetType().Name),
    };

    async Task<ConnectResult> ConnectAsync(Uri address, CancellationToken ct)
    {
        WebSocket link;
        using (var late = new CancellationTokenSource(Within, clock))
        using (var over = CancellationTokenSource.CreateLinkedTokenSource(ct, late.Token))
        {
            try
            {
                link = await dialler.OpenAsync(address, over.Token);
            }
            catch (Exception exception)
                when (exception is WebSocketException or OperationCanceledException or HttpRequestException or IOException)
            {
                ct.ThrowIfCancellationRequested();
                if (late.IsCancellationRequested)
                    return new ConnectResult.Failed("connect_timeout");
                var trouble = NetworkTrouble.Of(exception, address);
                return new ConnectResult.Failed("not_connected", trouble ?? exception.GetBaseException().Message);
            }
        }
        var socket = begin(link);
        ConnectResult? outcome = null;
        try
        {
            await Waiting.ForAsync(Task.WhenAny(socket.Hello, socket.CloseReason), Within, clock, ct);
            ct.ThrowIfCancellationRequested();
            CloseReason? closeReason = socket.CloseReason.IsCompleted ? await socket.CloseReason : null;
            return outcome = closeReason switch
            {
                CloseReason.Disabled => new ConnectResult.Disabled(),
                not CloseReason.Lost when socket.Hello.IsCompleted => new ConnectResult.Ready(socket, await socket.Hello),
                null => new ConnectResult.Failed("no_hello"),
                _ => new ConnectResult.Failed("closed_at_once"),
            };
        }
        finally
        {
            if (outcome is not ConnectResult.Ready)
                socket.Dispose();
        }
    }

    static string? Url(JsonElement body) =>
        body.ValueKind == JsonValueKind.Object && body.TryGetProperty("url", out var url) && url.ValueKind == JsonValueKind.String
            ? url.GetString()
            : null;
}

/// <summary>The result of opening a socket.</summary>
internal abstract record ConnectResult
{
    private ConnectResult() { }

    /// <summary>Slack sent its hello.</summary>
    public sealed record Ready(SlackSocket Socket, TimeSpan? Life) : ConnectResult;

    /// <summary>The app-level token is wrong, so a retry does not help.</summary>
    public sealed record InvalidToken(string Trouble, string Because) : ConnectResult;

    /// <summary>Socket Mode is switched off.</summary>
    public sealed record Disabled : ConnectResult;

    /// <summary>Slack asks to wait.</summary>
    public sealed record Throttled(TimeSpan After) : ConnectResult;

    /// <summary>A retry may succeed.</summary>
    /// <param name="Trouble">One word.</param>
    /// <param name="Because">More details, for logs.</param>
    public sealed record Failed(string Trouble, string Because = "") : ConnectResult;
}

/// <summary>Why another socket must replace this one.</summary>
internal enum CloseReason
{
    /// <summary>The time for which Slack keeps it is nearly over.</summary>
    Aged,
    /// <summary>Slack asks for another socket and closes this one soon.</summary>
    Asked,
    /// <summary>Socket Mode was switched off.</summary>
    Disabled,
    /// <summary>The connection is closed or dead.</summary>
    Lost,
}

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
    static readonly HttpMessageInvoker Straight =
        new(AddressGuard.Usual.Over(
            new() { AllowAutoRedirect = false, UseCookies = false, Proxy = MachineProxy.Current }, TimeProvider.System));

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
