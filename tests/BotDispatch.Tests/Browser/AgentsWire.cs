using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging;

namespace BotDispatch.Tests.Browser;

/// <summary>One request and its answer.</summary>
/// <param name="IsToBot">The Agents Playground asked the product, and not the other way round.</param>
/// <param name="Method">How.</param>
/// <param name="Path">What for, to the letter.</param>
/// <param name="Body">With what.</param>
/// <param name="Status">What was answered; 0 as long as nothing is.</param>
/// <param name="Answer">With what.</param>
internal sealed record Exchange(bool IsToBot, string Method, string Path, JsonNode? Body, int Status = 0, JsonNode? Answer = null)
{
    /// <summary>The product posts a card that begins a thread, in a channel, or stands in a chat.</summary>
    public bool PostsCard => !IsToBot && Method == "POST" && Card is not null;

    /// <summary>The product draws a card anew.</summary>
    public bool Redraws => !IsToBot && Method == "PUT";

    /// <summary>The card that is posted, drawn or shown to who pressed.</summary>
    public JsonObject? Card => IsToBot
        ? Answer?["value"] as JsonObject
        : ((Body?["activity"] ?? Body)?["attachments"] as JsonArray)?[0]?["content"] as JsonObject;

    /// <summary>The words that are posted, as a person reads them.</summary>
    public string Words => IsToBot || Body?["text"] is not { } text ? "" : System.Net.WebUtility.HtmlDecode((string)text!).Replace("\u200B", "", StringComparison.Ordinal);
}

/// <summary>What a test does to a request of the product.</summary>
/// <param name="Status">What is answered instead; 0 for a connection that breaks.</param>
/// <param name="IsDone">It is done all the same.</param>
/// <param name="RetryAfter">In how many seconds to come again.</param>
internal sealed record Trouble(int Status, bool IsDone = false, int? RetryAfter = null);

/// <summary>Everything that passes between the product and the Agents Playground, both ways: written down, and if a test says so, held up, refused or lost.</summary>
internal sealed class AgentsWire : IAsyncDisposable
{
    static readonly TimeSpan Longest = TimeSpan.FromSeconds(60);

    readonly Lock gate = new();
    readonly List<Exchange> passed = [];
    readonly HttpClient http = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = false, UseCookies = false });
    readonly Uri product;
    readonly WebApplication app;
    TaskCompletionSource news = Next();
    Task released = Task.CompletedTask;

    AgentsWire(Uri product)
    {
        this.product = product;
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        app = builder.Build();
        app.Run(PassAsync);
    }

    public Uri Address => new(app.Urls.Single());

    /// <summary>Where the Agents Playground listens.</summary>
    public Uri Playground { get; set; } = null!;

    /// <summary>What becomes of a request of the product; null if it just passes.</summary>
    public Func<Exchange, Trouble?> Trouble { get; set; } = _ => null;

    public static async Task<AgentsWire> OpenAsync(Uri product)
    {
        var wire = new AgentsWire(product);
        await wire.app.StartAsync();
        return wire;
    }

    /// <summary>Everything so far, in the order of its answers.</summary>
    public IReadOnlyList<Exchange> Passed
    {
        get { lock (gate) return [.. passed]; }
    }

    /// <summary>Everything that the product said and that was taken.</summary>
    public IReadOnlyList<string> Said => [.. Passed.Where(each => each is { IsToBot: false, Status: 200 or 201 } && each.Words.Length > 0).SelectMany(each => each.Words.Split("\n\n"))];

    /// <summary>Nothing that the product says or draws gets through until this is disposed of.</summary>
    public IDisposable Hold()
    {
        var held = Next();
        released = held.Task;
        return new Holding(held);
    }

    /// <summary>Waits until something like that has passed.</summary>
    public async Task<Exchange> UntilAsync(Func<Exchange, bool> isIt)
    {
        using var limit = new CancellationTokenSource(Longest);
        while (true)
        {
            Task more;
            lock (gate)
            {
                if (passed.Find(each => isIt(each)) is { } found)
                    return found;
                more = news.Task;
            }
            await more.WaitAsync(limit.Token);
        }
    }

    /// <summary>Waits until the product has said that.</summary>
    public Task<Exchange> SaidAsync(string words) => UntilAsync(each => each is { IsToBot: false, Status: 200 or 201 } && each.Words.Contains(words, StringComparison.Ordinal));

    /// <summary>Waits until the product has drawn a card with these words, and it was taken.</summary>
    public Task<Exchange> DrawnAsync(string words) => UntilAsync(each => each is { IsToBot: false, Status: 200 or 201, Card: { } card } && Read(card).Contains(words, StringComparison.Ordinal));

    /// <summary>All words of a card.</summary>
    public static string Read(JsonNode? node) => node switch
    {
        JsonObject part => $"{(part["text"] ?? part["title"]) as JsonValue} {string.Join(' ', part.Where(each => each.Key != "fallback").Select(each => Read(each.Value)))}",
        JsonArray list => string.Join(' ', list.Select(Read)),
        _ => "",
    };

    public async ValueTask DisposeAsync()
    {
        await app.DisposeAsync();
        http.Dispose();
    }

    async Task PassAsync(HttpContext context)
    {
        var target = context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body);
        var asked = new Exchange(target.StartsWith("/api/", StringComparison.Ordinal), context.Request.Method, target, Parse(body.ToArray()));
        if (asked is { IsToBot: false, Method: not "GET" })
            await released;
        var trouble = asked.IsToBot ? null : Trouble(asked);
        using var answer = trouble is null or { IsDone: true } ? await ForwardAsync(context.Request, asked, body.ToArray()) : new();
        if (trouble is { Status: 0 })
        {
            Note(asked);
            context.Abort();
            return;
        }
        var content = trouble is null ? await answer.Content.ReadAsByteArrayAsync() : [];
        context.Response.StatusCode = trouble?.Status ?? (int)answer.StatusCode;
        if (trouble?.RetryAfter is { } seconds)
            context.Response.Headers.RetryAfter = seconds.ToString(System.Globalization.CultureInfo.InvariantCulture);
        context.Response.ContentType = trouble is null ? answer.Content.Headers.ContentType?.ToString() : null;
        await context.Response.Body.WriteAsync(content);
        Note(asked with { Status = context.Response.StatusCode, Answer = Parse(content) });
    }

    async Task<HttpResponseMessage> ForwardAsync(HttpRequest request, Exchange asked, byte[] body)
    {
        using var forwarded = new HttpRequestMessage(new(asked.Method), new Uri(asked.IsToBot ? product : Playground, asked.Path));
        if (body.Length > 0)
        {
            forwarded.Content = new ByteArrayContent(body);
            forwarded.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(request.ContentType ?? "application/json");
        }
        return await http.SendAsync(forwarded);
    }

    void Note(Exchange exchange)
    {
        TaskCompletionSource lines;
        lock (gate)
        {
            passed.Add(exchange);
            (lines, news) = (news, Next());
        }
        lines.SetResult();
    }

    static JsonNode? Parse(byte[] json)
    {
        try
        {
            return json.Length == 0 ? null : JsonNode.Parse(json);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    static TaskCompletionSource Next() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    sealed class Holding(TaskCompletionSource held) : IDisposable
    {
        public void Dispose() => held.TrySetResult();
    }
}
