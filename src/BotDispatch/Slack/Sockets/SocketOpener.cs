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
                var trouble = NetworkTrouble.Of(exception, address, HttpClient.DefaultProxy);
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
