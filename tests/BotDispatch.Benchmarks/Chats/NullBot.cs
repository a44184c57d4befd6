using System.Collections.Concurrent;
using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Web;
using BotDispatch.Benchmarks.Bare;
using BotDispatch.Benchmarks.Generator;

namespace BotDispatch.Benchmarks.Chats;

/// <summary>
/// A bot that does the same job in memory and stores nothing: the most that this machine, this HTTP server and this HTTP client allow.
/// It verifies no signature, draws a fixed card, and tells the end of each call and the acceptance in the thread. With a store it keeps
/// each webhook before it answers, and nothing else: the least that a bot can do which must not forget what it received.
/// </summary>
internal sealed class NullBot(Uri own, Uri world, BareStore? store) : IDisposable
{
    static readonly string[] Phones = ["+447700900001", "+447700900002", "+447700900003"];
    static readonly MediaTypeHeaderValue Form = new("application/x-www-form-urlencoded");
    static readonly MediaTypeHeaderValue Json = new("application/json");
    static readonly byte[] Answer = """{"verbs":[]}"""u8.ToArray();

    readonly HttpMessageInvoker http = new(new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false, UseProxy = false });
    readonly ConcurrentDictionary<string, Job> jobs = new();

    sealed class Job
    {
        public int Calls;
        public bool IsAccepted;
        public Task Card = Task.CompletedTask;
    }

    public static async Task RunAsync(Uri own, Uri world, string? file)
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls(own.GetLeftPart(UriPartial.Authority));
        var app = builder.Build();
        await using var store = file is null ? null : new BareStore(file);
        using var bot = new NullBot(own, world, store);
        app.MapGet("/readyz", static http => http.Response.WriteAsync("ok"));
        app.MapPost("/slack/commands", bot.CommandAsync);
        app.MapPost("/slack/interactivity", bot.SubmitAsync);
        app.MapPost("/routee/{token}/status", bot.StatusAsync);
        app.MapPost("/routee/{token}/keys", bot.KeysAsync);
        await GeneratorApp.RunAsync(app);
    }

    public void Dispose() => http.Dispose();

    async Task CommandAsync(HttpContext context)
    {
        var command = HttpUtility.ParseQueryString(await ReadAsync(context));
        _ = SlackAsync("views.open", $"trigger_id={command["trigger_id"]}&view="
            + Uri.EscapeDataString($$$"""{"type":"modal","callback_id":"dispatch_form","private_metadata":"{{{command["text"]}}}","blocks":[]}"""));
    }

    async Task SubmitAsync(HttpContext context)
    {
        using var payload = JsonDocument.Parse(HttpUtility.ParseQueryString(await ReadAsync(context))["payload"]!);
        var ticket = payload.RootElement.GetProperty("view").GetProperty("private_metadata").GetString()!;
        var id = Guid.NewGuid().ToString("N")[..16];
        var job = jobs.GetOrAdd(id, static _ => new());
        job.Card = SlackAsync("chat.postMessage", Message(id, "Calling", $"https://tickets.example.com/{ticket}"));
        _ = PlaceAsync(id, job);
    }

    async Task StatusAsync(HttpContext context)
    {
        using var status = await JsonDocument.ParseAsync(context.Request.Body);
        await KeepAsync(status);
        if (status.RootElement.GetProperty("status").GetProperty("name").GetString() is not ("NoAnswer" or "Completed"))
            return;
        var (id, job) = Of(context);
        if (job.IsAccepted)
            return;
        _ = ReplyAsync(id, job, $"Call {job.Calls}: No answer", "");
        _ = PlaceAsync(id, job);
    }

    async Task KeysAsync(HttpContext context)
    {
        using var keys = await JsonDocument.ParseAsync(context.Request.Body);
        await KeepAsync(keys);
        var (id, job) = Of(context);
        if (keys.RootElement.GetProperty("collectedTones").GetString()!.EndsWith('1') && !job.IsAccepted)
        {
            job.IsAccepted = true;
            _ = ReplyAsync(id, job, "Accepted: somebody pressed 1", "&reply_broadcast=true");
            _ = RedrawAsync(id, job);
        }
        await GeneratorApp.AnswerAsync(context, Answer);
    }

    Task KeepAsync(JsonDocument webhook) => store is null
        ? Task.CompletedTask
        : store.KeepAsync(new(webhook.RootElement.GetProperty("messageId").GetString()!, "", webhook.RootElement.GetRawText()));

    Task PlaceAsync(string id, Job job)
    {
        var number = job.Calls++;
        var token = string.Create(CultureInfo.InvariantCulture, $"{id}-{number}");
        return PostAsync(new(world, "voice/conversation"), Json, $$$$"""
            {"to":{"phone":"{{{{Phones[Math.Min(number / 3, 2)]}}}}"},"callback":{"url":"{{{{own}}}}routee/{{{{token}}}}/status"},"dialPlan":{"verbs":[{"verb":"COLLECT","eventUrl":"{{{{own}}}}routee/{{{{token}}}}/keys"}]}}
            """);
    }

    async Task ReplyAsync(string id, Job job, string line, string more)
    {
        await job.Card;
        await SlackAsync("chat.postMessage", Message(id, line, line) + "&thread_ts=1700000000.000100" + more);
    }

    async Task RedrawAsync(string id, Job job)
    {
        await job.Card;
        await SlackAsync("chat.update", Message(id, "Accepted · LOAD", "Accepted") + "&ts=1700000000.000100");
    }

    static string Message(string id, string text, string block) =>
        $"channel=C0OPS&text={Uri.EscapeDataString(text)}"
        + $"&blocks={Uri.EscapeDataString($$$"""[{"type":"section","text":{"type":"mrkdwn","text":"{{{block}}}"}}]""")}"
        + $"&metadata={Uri.EscapeDataString($$$$"""{"event_type":"x","event_payload":{"key":"{{{{id}}}}"}}""")}";

    Task SlackAsync(string method, string form) => PostAsync(new(world, $"api/{method}"), Form, form);

    async Task PostAsync(Uri address, MediaTypeHeaderValue type, string body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, address) { Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body)) };
        request.Content.Headers.ContentType = type;
        using var response = await http.SendAsync(request, CancellationToken.None);
        await response.Content.ReadAsByteArrayAsync();
    }

    (string Id, Job Job) Of(HttpContext context)
    {
        var id = ((string)context.GetRouteValue("token")!).Split('-')[0];
        return (id, jobs[id]);
    }

    static async Task<string> ReadAsync(HttpContext context)
    {
        using var reader = new StreamReader(context.Request.Body);
        return await reader.ReadToEndAsync();
    }
}
