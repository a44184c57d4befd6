using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using BotDispatch.Benchmarks.Generator;
using BotDispatch.Benchmarks.Slack;

namespace BotDispatch.Benchmarks.Chats;

/// <summary>A Slack workspace in the generator's process: its Web API, and a person who types commands and sends dialogs.</summary>
internal sealed class PretendSlackApi(PretendWorld world)
{
    const string User = "U0DANA";

    static readonly TimeSpan Timeout = TimeSpan.FromSeconds(20);
    static readonly byte[] Secret = Encoding.UTF8.GetBytes(SignedRequest.Secret);
    static readonly byte[] RateLimited = """{"ok":false,"error":"ratelimited"}"""u8.ToArray();
    static readonly byte[] Bot =
        """{"ok":true,"team":"Acme","team_id":"T0ACME","user":"dispatch","user_id":"U0BOT","bot_id":"B0BOT"}"""u8.ToArray();
    static readonly byte[] Person =
        """{"ok":true,"user":{"id":"U0DANA","real_name":"Dana","profile":{"display_name":"Dana","email":"d@example.com"}}}"""u8.ToArray();
    static readonly byte[] Redone = """{"ok":true,"channel":"C0OPS0","ts":"1700000000.000100"}"""u8.ToArray();
    static readonly byte[] Done = """{"ok":true}"""u8.ToArray();

    readonly ConcurrentDictionary<string, TaskCompletionSource<(string View, string Metadata)>> dialogs = new();
    readonly ConcurrentDictionary<string, string> views = new();
    readonly ConcurrentDictionary<string, TaskCompletionSource<string>> cards = new();
    volatile Task hanging = Task.CompletedTask;
    int numbers;

    /// <summary>The limits that are enforced; null if everything is accepted.</summary>
    public SlackLimits? Limits { get; set; }

    /// <summary>In how many channels people type commands.</summary>
    public int Channels { get; set; } = 1;

    /// <summary>Answers nothing for that long.</summary>
    public Task HangAsync(TimeSpan time) => hanging = Task.Delay(time);

    /// <summary>Answers every method as Slack does when it agrees.</summary>
    public async Task AnswerAsync(HttpContext http)
    {
        var method = (string)http.GetRouteValue("method")!;
        await hanging;
        var (wait, answer) = await BodyText.ReadAsync(http, body => Limits?.Wait(method, Field(body, "channel="u8)) is { } seconds
            ? (seconds, RateLimited)
            : (0, Answer(method, body)));
        if (wait > 0)
        {
            http.Response.StatusCode = StatusCodes.Status429TooManyRequests;
            http.Response.Headers.RetryAfter = wait.ToString(CultureInfo.InvariantCulture);
        }
        await GeneratorApp.AnswerAsync(http, answer);
    }

    /// <summary>Types the command, sends the dialog, and waits for the card; the dispatch's id.</summary>
    public async Task<string?> StartAsync(Uri host, string ticket)
    {
        var count = Interlocked.Increment(ref numbers);
        var number = count.ToString(CultureInfo.InvariantCulture);
        var trigger = $"111.222.{number}";
        var dialog = dialogs.GetOrAdd(trigger, static _ => new(TaskCreationOptions.RunContinuationsAsynchronously));
        var card = cards.GetOrAdd(ticket, static _ => new(TaskCreationOptions.RunContinuationsAsynchronously));
        await SendAsync(new(host, "slack/commands"), "command acknowledged",
            $"token=t&team_id=T0ACME&team_domain=acme&channel_id=C0OPS{count % Channels}&channel_name=ops&user_id={User}&user_name=dana&command=%2Fdispatch"
            + $"&text={ticket}&api_app_id=A0DISPATCH&is_enterprise_install=false&response_url=https%3A%2F%2Fexample.com%2Fr"
            + $"&trigger_id={trigger}");
        var (view, metadata) = await InTimeAsync(dialog.Task, $"no dialog came for {ticket}");
        dialogs.TryRemove(trigger, out _);
        var said = await SendAsync(new(host, "slack/interactivity"), "dialog acknowledged", "payload=" + Uri.EscapeDataString($$$$$$"""
            {"type":"view_submission","api_app_id":"A0DISPATCH","token":"t","enterprise":null,"is_enterprise_install":false,"team":{"id":"T0ACME","domain":"acme"},"user":{"id":"{{{{{{User}}}}}}","username":"dana","name":"dana","team_id":"T0ACME"},"trigger_id":"{{{{{{trigger}}}}}}","view":{"id":"{{{{{{view}}}}}}","team_id":"T0ACME","type":"modal","callback_id":"dispatch_form","private_metadata":{{{{{{JsonSerializer.Serialize(metadata)}}}}}},"hash":"1.a","blocks":[],"state":{"values":{"people":{"people_pick":{"type":"multi_static_select","selected_options":[{{{{{{Option("load.1")}}}}}},{{{{{{Option("load.2")}}}}}},{{{{{{Option("load.3")}}}}}}]}},"note":{"note_text":{"type":"plain_text_input","value":null}}}}},"response_urls":[]}
            """));
        if (said.Contains("errors", StringComparison.Ordinal))
            throw new InvalidOperationException(said);
        var id = await InTimeAsync(card.Task, $"no card came for {ticket}");
        cards.TryRemove(ticket, out _);
        return id;
    }

    // What did not come is the only trace of a dispatch that counts as failed.
    static async Task<T> InTimeAsync<T>(Task<T> task, string otherwise)
    {
        try
        {
            return await task.WaitAsync(Timeout);
        }
        catch (TimeoutException)
        {
            throw new TimeoutException($"{otherwise} within {Timeout.TotalSeconds:0} s");
        }
    }

    static string Option(string employee) => $$$"""{"text":{"type":"plain_text","text":"{{{employee}}}"},"value":"{{{employee}}}"}""";

    byte[] Answer(string method, ReadOnlySpan<byte> body) => method switch
    {
        "auth.test" => Bot,
        "users.info" => Person,
        "views.open" => Opened(body),
        "views.update" => Updated(body),
        "chat.postMessage" => Posted(body),
        "chat.update" => Redrawn(body),
        _ => Done,
    };

    byte[] Opened(ReadOnlySpan<byte> body)
    {
        var view = $"V{Interlocked.Increment(ref numbers)}";
        views[view] = Field(body, "trigger_id="u8);
        Filled(view, body);
        return Encoding.UTF8.GetBytes($$$"""{"ok":true,"view":{"id":"{{{view}}}","hash":"1.a"}}""");
    }

    byte[] Updated(ReadOnlySpan<byte> body)
    {
        var view = Field(body, "view_id="u8);
        Filled(view, body);
        return Encoding.UTF8.GetBytes($$$"""{"ok":true,"view":{"id":"{{{view}}}","hash":"1.b"}}""");
    }

    // A loading view comes first where the form takes a while.
    void Filled(string view, ReadOnlySpan<byte> body)
    {
        if (!body.Has("%22callback_id%22%3A%22dispatch_form%22"u8)
            || !views.TryRemove(view, out var trigger) || !dialogs.TryGetValue(trigger, out var dialog))
            return;
        dialog.TrySetResult((view, Metadata(body)));
    }

    // JSON within a form: only this text is read, and not the whole view.
    static string Metadata(ReadOnlySpan<byte> body)
    {
        var rest = body.After("%22private_metadata%22%3A"u8);
        var quote = "%22".Length;
        var end = quote;
        do
            end += rest[end..].Before("%22"u8).Length + quote;
        while (rest[..(end - quote)].EndsWith("%5C"u8));
        return JsonSerializer.Deserialize<string>(Uri.UnescapeDataString(Encoding.ASCII.GetString(rest[..end])))!;
    }

    byte[] Posted(ReadOnlySpan<byte> body)
    {
        var id = Dispatch(body);
        var journey = world.Journey(id);
        if (body.Has("thread_ts="u8))
        {
            if (journey.Reply(body.Has("reply_broadcast=true"u8)))
                world.Timings.Add("last key to acceptance in the thread", journey.AcceptedAt);
        }
        else
        {
            Drawn(journey, body);
            if (cards.TryGetValue(body.WordAfter("tickets.example.com%2F"u8), out var card))
                card.TrySetResult(id);
        }
        var ts = $"1700000000.{Interlocked.Increment(ref numbers):D6}";
        return Encoding.UTF8.GetBytes(
            $$$"""{"ok":true,"channel":"{{{Field(body, "channel="u8)}}}","ts":"{{{ts}}}","message":{"ts":"{{{ts}}}","thread_ts":"1700000000.000100"}}""");
    }

    byte[] Redrawn(ReadOnlySpan<byte> body)
    {
        Drawn(world.Journey(Dispatch(body)), body);
        return Redone;
    }

    void Drawn(Journey journey, ReadOnlySpan<byte> body)
    {
        var isAccepted = body.Has("Accepted%20%C2%B7"u8) || body.Has("Accepted%20%c2%b7"u8);
        if (journey.Drawn(isAccepted) && journey.AcceptedAt > 0)
            world.Timings.Add("last key to acceptance on the card", journey.AcceptedAt);
    }

    // The key of a message begins with the dispatch's id.
    static string Dispatch(ReadOnlySpan<byte> body) => body.WordAfter("%22key%22%3A%22"u8).Split('-')[0];

    // Only of arguments whose values need no escapes, and whose names end no other name.
    static string Field(ReadOnlySpan<byte> body, ReadOnlySpan<byte> name) => Encoding.ASCII.GetString(body.After(name).Before("&"u8));

    async Task<string> SendAsync(Uri address, string measure, string body)
    {
        var moment = DateTimeOffset.UtcNow.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        var signature = HMACSHA256.HashData(Secret, Encoding.UTF8.GetBytes($"v0:{moment}:{body}"));
        var headers = $"X-Slack-Request-Timestamp: {moment}\r\nX-Slack-Signature: v0={Convert.ToHexStringLower(signature)}\r\n"
            + "Content-Type: application/x-www-form-urlencoded\r\n";
        var bytes = Encoding.UTF8.GetBytes(body);
        var begin = Stopwatch.GetTimestamp();
        var answer = await world.Wire.PostAsync(address, headers, bytes);
        world.Timings.Add(measure, begin);
        var said = Encoding.UTF8.GetString(answer.Body);
        return answer.IsGood ? said : throw new InvalidOperationException($"{answer.Status} {said}");
    }
}
