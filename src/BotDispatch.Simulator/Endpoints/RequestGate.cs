using System.Text.Json.Nodes;
using BotDispatch.Simulator.Calls;
using BotDispatch.Simulator.Wire;

namespace BotDispatch.Simulator.Endpoints;

/// <summary>Receives every request to the pretend Routee: limits its size, checks its token, and records it with its answer.</summary>
internal sealed class RequestGate(Exchange exchange, TokenIssuer tokens)
{
    const int MostRead = 64 * 1024;

    public RingBuffer<RecordedRequest> Requests { get; } = new(exchange.Options.HistorySize);

    /// <summary>Answers 503 to everything.</summary>
    public bool Unreachable { get; set; }

    /// <summary>Tracking is answered with 503.</summary>
    public bool RecordsUnavailable { get; set; }

    /// <summary>Orders are answered with 500, and no call is placed.</summary>
    public bool OrdersFail { get; set; }

    public Hold Tokens { get; } = new();

    public Hold Orders { get; } = new();

    public Hold Records { get; } = new();

    public RequestDelegate Open(Func<Asked, Task<Answer>> handle) => http => ServeAsync(http, handle);

    /// <summary>
    /// Returns a handler that can be held: while the hold is on, the request waits, and the client may hang up meanwhile.
    /// </summary>
    public static Func<Asked, Task<Answer>> Held(Hold hold, Func<Asked, Task<Answer>> handle) => async asked =>
    {
        await hold.WaitAsync(asked.Http.RequestAborted);
        return await handle(asked);
    };

    public RequestDelegate ForOrders(Func<Asked, Task<Answer>> handle) =>
        WithToken(Held(Orders, asked =>
            OrdersFail ? Task.FromResult(Answer.Error(500, "500000000", "Internal Server Error")) : handle(asked)));

    public RequestDelegate ForRecords(Func<Asked, Answer> handle) =>
        WithToken(Held(Records, asked =>
            Task.FromResult(RecordsUnavailable ? new Answer(503, null) : exchange.Timeline.Do(() => handle(asked)))));

    public RequestDelegate WithToken(Func<Asked, Task<Answer>> handle) =>
        Open(asked => tokens.Refuse(asked.Http) is { } refused ? Task.FromResult(refused) : handle(asked));

    public RequestDelegate WithToken(Func<Asked, Answer> handle) =>
        WithToken(asked => Task.FromResult(exchange.Timeline.Do(() => handle(asked))));

    async Task ServeAsync(HttpContext http, Func<Asked, Task<Answer>> handle)
    {
        var at = exchange.Timeline.Do(() => exchange.Timeline.Now);
        var body = await ReadAsync(http.Request);
        // Recorded also if the client hangs up while the request is held or handled: it came, and a call may follow from it.
        var status = 0;
        Answer answer;
        try
        {
            answer = Unreachable ? new Answer(503, null)
                : body is null ? new Answer(413, null)
                : await handle(new Asked(http, body));
            status = answer.Status;
        }
        finally
        {
            Requests.Add(new(at, http.Request.Method, http.Request.Path, http.Request.QueryString.ToString(), body ?? "", status));
        }
        if (answer == Answer.Cut)
        {
            http.Abort();
            return;
        }
        http.Response.StatusCode = answer.Status;
        if (answer.Body is null) return;
        http.Response.ContentType = "application/json;charset=UTF-8";
        await http.Response.WriteAsync(SimulatorJson.Write(answer.Body), http.RequestAborted);
    }

    static async Task<string?> ReadAsync(HttpRequest request)
    {
        if (request.ContentLength > MostRead) return null;
        var buffer = new byte[(int)(request.ContentLength ?? MostRead) + 1];
        var length = await request.Body.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false,
            request.HttpContext.RequestAborted);
        return length > MostRead ? null : System.Text.Encoding.UTF8.GetString(buffer, 0, length);
    }
}

/// <summary>A request whose body was already read.</summary>
internal sealed record Asked(HttpContext Http, string Body)
{
    public JsonNode? Json { get; } = SimulatorJson.Parse(Body);

    public string Route(string name) => (string)Http.GetRouteValue(name)!;

    public string? Query(string name) => Http.Request.Query[name].FirstOrDefault();
}
