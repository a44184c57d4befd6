using System.Net.WebSockets;
using System.Text.Json.Nodes;
using BotDispatch.PretendSlack.Delivery;

namespace BotDispatch.PretendSlack.Sockets;

/// <summary>Socket Mode: gives addresses, takes connections, sends envelopes over any of them.</summary>
/// <remarks>https://docs.slack.dev/apis/events-api/using-socket-mode</remarks>
public sealed class SocketOffice
{
    public const int Most = 10;

    /// <summary>Between the warning and the end of a socket that is refreshed.</summary>
    public static readonly TimeSpan Warning = TimeSpan.FromSeconds(10);
    static readonly TimeSpan TicketLife = TimeSpan.FromMinutes(1);

    readonly SlackStandIn slack;
    readonly Dictionary<string, DateTimeOffset> tickets = [];
    readonly List<AppSocket> all = [];
    readonly List<ITimer> timers = [];
    int turn;

    internal SocketOffice(SlackStandIn slack) => this.slack = slack;

    /// <summary>Every socket that was ever opened.</summary>
    public IReadOnlyList<AppSocket> All => slack.Locked(() => all.ToList());

    public IReadOnlyList<AppSocket> Open => [.. All.Where(each => each.IsOpen)];

    /// <summary>Those that envelopes may come over.</summary>
    public IReadOnlyList<AppSocket> Ready => [.. All.Where(each => each.IsReady)];

    /// <summary>Socket Mode was switched off in the app's settings.</summary>
    public bool IsLinkDisabled { get; private set; }

    /// <summary>Acknowledgements of what was never sent over that socket.</summary>
    public IReadOnlyList<string> Strange => slack.Locked(() => strange.ToList());

    readonly List<string> strange = [];

    /// <summary>Tells a socket, or all of them, that it will be refreshed, and ends it ten seconds later.</summary>
    public async Task RefreshAsync(AppSocket? one = null)
    {
        foreach (var socket in one is null ? Open : [one])
        {
            await socket.SendAsync(Farewell("warning"));
            slack.Locked(() => timers.Add(slack.Clock.CreateTimer(_ => _ = slack.Courier.Track(EndAsync(socket, "refresh_requested")), null, Warning, Timeout.InfiniteTimeSpan)));
        }
    }

    /// <summary>Somebody switches Socket Mode off; all sockets end, and no new one is given.</summary>
    public async Task DisableLinkAsync()
    {
        IsLinkDisabled = true;
        foreach (var socket in Open) await EndAsync(socket, "link_disabled");
    }

    public void EnableLink() => IsLinkDisabled = false;

    internal Uri MakeAddress()
    {
        var ticket = slack.Ids.Next("ticket-");
        tickets.Add(ticket, slack.Clock.GetUtcNow() + TicketLife);
        var address = new UriBuilder(slack.Options.OwnAddress) { Path = "/link/", Query = $"ticket={ticket}&app_id={slack.Options.AppId}" };
        address.Scheme = address.Scheme == Uri.UriSchemeHttps ? Uri.UriSchemeWss : Uri.UriSchemeWs;
        return address.Uri;
    }

    /// <summary>Holds one connection until it ends.</summary>
    internal async Task ServeAsync(HttpContext http)
    {
        var ticket = http.Request.Query["ticket"].ToString();
        var isGood = slack.Locked(() => tickets.Remove(ticket, out var until) && slack.Clock.GetUtcNow() <= until);
        if (!http.WebSockets.IsWebSocketRequest || !isGood)
        {
            http.Response.StatusCode = StatusCodes.Status400BadRequest;
            return;
        }
        using var connection = await http.WebSockets.AcceptWebSocketAsync();
        var (socket, open) = slack.Locked(() =>
        {
            var made = new AppSocket(connection, http, (http.Items["upgrade"] as MuffledUpgrade)?.Stream, all.Count + 1);
            all.Add(made);
            return (made, all.Count(each => each.IsOpen));
        });
        var reading = socket.ReadAsync(text => slack.Locked(() => strange.Add(text)));
        if (open > Most) await EndAsync(socket, "too_many_websockets");
        else if (!slack.Disorder.WithoutHello) await HelloAsync(socket, open);
        await reading;
    }

    internal async Task<AppAnswer> SendAsync(string type, JsonObject payload, bool acceptsPayload, int? retry = null, string reason = "")
    {
        var envelope = new JsonObject { ["envelope_id"] = slack.Ids.Next("e-"), ["payload"] = payload.DeepClone(), ["type"] = type, ["accepts_response_payload"] = acceptsPayload };
        if (retry is { } number) (envelope["retry_attempt"], envelope["retry_reason"]) = (number, reason);
        if (Choose(null) is not { } socket) return AppAnswer.Failed("dispatch_failed");
        var answer = AwaitAsync(socket, envelope);
        // The copy's acknowledgement matters to nobody.
        if (slack.Disorder.DuplicateDeliveries && Choose(socket) is { } copy) _ = AwaitAsync(copy, (JsonObject)envelope.DeepClone());
        if (await answer is { WasAccepted: false } failed)
            return slack.Disorder.ResendUnacknowledged && Choose(socket) is { } other ? await AwaitAsync(other, envelope) : failed;
        return await answer;
    }

    async Task<AppAnswer> AwaitAsync(AppSocket socket, JsonObject envelope)
    {
        try
        {
            var payload = await socket.SendEnvelopeAsync(envelope).WaitAsync(Courier.AnswerTimeout, slack.Clock);
            // Slack's own client answers with an empty object where it has nothing to say.
            return payload is null or JsonObject { Count: 0 } ? new("", null, null) : new(payload.Written(), payload, null);
        }
        catch (TimeoutException) { return AppAnswer.Failed("operation_timeout"); }
        catch (WebSocketException) { return AppAnswer.Failed("dispatch_failed"); }
    }

    Task HelloAsync(AppSocket socket, int open) => socket.HelloAsync(new()
    {
        ["type"] = "hello",
        ["num_connections"] = open,
        ["debug_info"] = Debug(approximate: true),
        ["connection_info"] = new JsonObject { ["app_id"] = slack.Options.AppId },
    });

    static async Task<bool> EndAsync(AppSocket socket, string reason)
    {
        await socket.SendAsync(Farewell(reason));
        await socket.CloseAsync();
        return true;
    }

    // In turn, so that every socket is used.
    AppSocket? Choose(AppSocket? notThis)
    {
        var ready = Ready.Where(each => each != notThis).ToList();
        if (ready.Count == 0) return notThis is { IsReady: true } ? notThis : null;
        return ready[(Interlocked.Increment(ref turn) & int.MaxValue) % ready.Count];
    }

    static JsonObject Farewell(string reason) => new() { ["type"] = "disconnect", ["reason"] = reason, ["debug_info"] = Debug(approximate: false) };

    static JsonObject Debug(bool approximate)
    {
        var made = new JsonObject { ["host"] = "applink-1", ["build_number"] = 54 };
        if (approximate) made["approximate_connection_time"] = 3600;
        return made;
    }
}
