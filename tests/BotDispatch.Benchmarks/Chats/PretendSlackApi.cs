using System.Collections.Concurrent;
using System.Globalization;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using System.Web;
using BotDispatch.Benchmarks.Generator;
using BotDispatch.Benchmarks.Slack;

namespace BotDispatch.Benchmarks.Chats;

/// <summary>A Slack workspace in the generator's process: its Web API, and a person who types commands and sends dialogs.</summary>
internal sealed partial class PretendSlackApi(PretendWorld world) : IDisposable
{
    const string User = "U0DANA";

    static readonly TimeSpan Timeout = TimeSpan.FromSeconds(20);
    static readonly MediaTypeHeaderValue Form = new("application/x-www-form-urlencoded");

    readonly HttpMessageInvoker http = new(new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false, UseProxy = false });
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
        using var reader = new StreamReader(http.Request.Body, Encoding.ASCII);
        var body = await reader.ReadToEndAsync();
        await hanging;
        if (Limits?.Wait(method, Channel().Match(body).Value) is { } seconds)
        {
            http.Response.StatusCode = StatusCodes.Status429TooManyRequests;
            http.Response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
            await GeneratorApp.AnswerAsync(http, """{"ok":false,"error":"ratelimited"}"""u8.ToArray());
            return;
        }
        var answer = method switch
        {
            "auth.test" => """{"ok":true,"team":"Acme","team_id":"T0ACME","user":"dispatch","user_id":"U0BOT","bot_id":"B0BOT"}""",
            "users.info" =>
                """{"ok":true,"user":{"id":"U0DANA","real_name":"Dana","profile":{"display_name":"Dana","email":"d@example.com"}}}""",
            "views.open" => Opened(body),
            "views.update" => Updated(body),
            "chat.postMessage" => Posted(body),
            "chat.update" => Redrawn(body),
            _ => """{"ok":true}""",
        };
        await GeneratorApp.AnswerAsync(http, Encoding.UTF8.GetBytes(answer));
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

    public void Dispose() => http.Dispose();

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

    string Opened(string body)
    {
        var trigger = Field(body, "trigger_id");
        var view = $"V{Interlocked.Increment(ref numbers)}";
        views[view] = trigger;
        Filled(view, Field(body, "view"));
        return $$$"""{"ok":true,"view":{"id":"{{{view}}}","hash":"1.a"}}""";
    }

    string Updated(string body)
    {
        var view = Field(body, "view_id");
        Filled(view, Field(body, "view"));
        return $$$"""{"ok":true,"view":{"id":"{{{view}}}","hash":"1.b"}}""";
    }

    // A loading view comes first where the form takes a while.
    void Filled(string view, string json)
    {
        using var drawn = JsonDocument.Parse(json);
        if (!drawn.RootElement.TryGetProperty("callback_id", out var callback) || callback.GetString() != "dispatch_form"
            || !views.TryRemove(view, out var trigger) || !dialogs.TryGetValue(trigger, out var dialog))
            return;
        dialog.TrySetResult((view, drawn.RootElement.GetProperty("private_metadata").GetString()!));
    }

    string Posted(string body)
    {
        var key = Key().Match(body).Groups[1].Value;
        var id = key.Split('-')[0];
        var journey = world.Journey(id);
        if (body.Contains("thread_ts=", StringComparison.Ordinal))
        {
            if (journey.Reply(body.Contains("reply_broadcast=true", StringComparison.Ordinal)))
                world.Timings.Add("last key to acceptance in the thread", journey.AcceptedAt);
        }
        else
        {
            Drawn(journey, body);
            if (Ticket().Match(body) is { Success: true } ticket && cards.TryGetValue(ticket.Groups[1].Value, out var card))
                card.TrySetResult(id);
        }
        var ts = $"1700000000.{Interlocked.Increment(ref numbers):D6}";
        var channel = Channel().Match(body).Groups[1].Value;
        return $$$"""{"ok":true,"channel":"{{{channel}}}","ts":"{{{ts}}}","message":{"ts":"{{{ts}}}","thread_ts":"1700000000.000100"}}""";
    }

    string Redrawn(string body)
    {
        Drawn(world.Journey(Key().Match(body).Groups[1].Value), body);
        return """{"ok":true,"channel":"C0OPS0","ts":"1700000000.000100"}""";
    }

    void Drawn(Journey journey, string body)
    {
        if (journey.Drawn(IsAccepted(body)) && journey.AcceptedAt > 0)
            world.Timings.Add("last key to acceptance on the card", journey.AcceptedAt);
    }

    static bool IsAccepted(string body) => body.Contains("Accepted%20%C2%B7", StringComparison.OrdinalIgnoreCase);

    static string Field(string body, string name) => HttpUtility.ParseQueryString(body)[name] ?? "";

    async Task<string> SendAsync(Uri address, string measure, string body)
    {
        var bytes = Encoding.UTF8.GetBytes(body);
        var moment = DateTimeOffset.UtcNow.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        byte[] toSign = [.. Encoding.UTF8.GetBytes($"v0:{moment}:"), .. bytes];
        var signed = HMACSHA256.HashData(Encoding.UTF8.GetBytes(SignedRequest.Secret), toSign);
        using var request = new HttpRequestMessage(HttpMethod.Post, address) { Content = new ByteArrayContent(bytes) };
        request.Content.Headers.ContentType = Form;
        request.Headers.Add("X-Slack-Request-Timestamp", moment);
        request.Headers.Add("X-Slack-Signature", "v0=" + Convert.ToHexStringLower(signed));
        var begin = System.Diagnostics.Stopwatch.GetTimestamp();
        using var limit = new CancellationTokenSource(Timeout);
        using var response = await http.SendAsync(request, limit.Token);
        var said = await response.Content.ReadAsStringAsync(limit.Token);
        world.Timings.Add(measure, begin);
        return response.IsSuccessStatusCode ? said : throw new InvalidOperationException($"{(int)response.StatusCode} {said}");
    }

    [GeneratedRegex("%22key%22%3A%22([a-zA-Z0-9-]+)%22")]
    private static partial Regex Key();

    [GeneratedRegex("(?:^|&)channel=([A-Z0-9]+)")]
    private static partial Regex Channel();

    [GeneratedRegex("tickets\\.example\\.com%2F((?:LOAD|HELD)-\\d+)")]
    private static partial Regex Ticket();
}
