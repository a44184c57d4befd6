using System.Collections.Concurrent;
using System.Globalization;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using BotDispatch.Chat;
using BotDispatch.Http;
using BotDispatch.Slack;
using BotDispatch.Slack.Inbound;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace BotDispatch.Tests.Adapters.Slack.Inbound;

/// <summary>Slack's addresses behind a real web server's pipeline, with a handler that does what a test says.</summary>
internal sealed class InboundBench : IAsyncDisposable
{
    public const string Secret = "8f742231b10e8888abcd99yyyzzz85a5";

    readonly WebApplication app;
    readonly FakeSurfaces<SlackDelivery, SlackReply> surfaces;

    InboundBench(Action<SlackOptions>? settings)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseTestServer();
        builder.Logging.ClearProviders().SetMinimumLevel(LogLevel.Trace).AddProvider(new Recorder(Logged));
        builder.Services.AddAntiforgery();
        builder.Services.AddSingleton<TimeProvider>(Clock);
        builder.Services.AddOptions<SlackOptions>().Configure(options =>
        {
            options.SigningSecret = Secret;
            settings?.Invoke(options);
        });
        builder.Services.AddUnverifiedRequests().AddSingleton<BodyBudget>().AddSingleton<SlackSignature>().AddSingleton<SlackRequests>();
        surfaces = new(delivery => Handler(delivery));
        builder.Services.AddSingleton<ISurfaces<SlackDelivery, SlackReply>>(surfaces).AddSingleton(FakeSurfaces<SlackDelivery, SlackReply>.Inbox(Clock));
        app = builder.Build();
        app.UseAntiforgery();
        app.MapSlackRequests();
    }

    public ManualClock Clock { get; } = new();

    public ConcurrentQueue<string> Logged { get; } = [];

    public ConcurrentQueue<SlackDelivery> Handled => surfaces.Handled;

    /// <summary>What the handler does with a delivery.</summary>
    public Func<SlackDelivery, Task<SlackReply>> Handler { get; set; } = _ => Task.FromResult<SlackReply>(new SlackReply.Nothing());

    public HttpClient Http { get; private set; } = null!;

    public long Now => Clock.GetUtcNow().ToUnixTimeSeconds();

    public static async Task<InboundBench> StartAsync(Action<SlackOptions>? settings = null)
    {
        var started = new InboundBench(settings);
        await started.app.StartAsync();
        started.Http = started.app.GetTestClient();
        return started;
    }

    /// <summary>Sends a body as Slack does, signed now.</summary>
    public Task<HttpResponseMessage> SendAsync(string path, string type, string body) => SendAsync(path, type, Encoding.UTF8.GetBytes(body));

    public async Task<HttpResponseMessage> SendAsync(string path, string type, byte[] body)
    {
        using var request = Signed(path, type, body, Now.ToString(CultureInfo.InvariantCulture));
        return await Http.SendAsync(request);
    }

    /// <summary>Sends a request that no client of ours would make.</summary>
    public Task<HttpContext> ServeAsync(Action<HttpContext> request) => app.GetTestServer().SendAsync(request);

    public Task<HttpResponseMessage> FormAsync(string form) => SendAsync("/slack/commands", "application/x-www-form-urlencoded", form);

    public Task<HttpResponseMessage> EventAsync(string json) => SendAsync("/slack/events", "application/json", json);

    public static HttpRequestMessage Signed(string path, string type, byte[] body, string timestamp) => Request(path, type, body, timestamp, Sign(Secret, timestamp, body));

    public static HttpRequestMessage Request(string path, string type, byte[] body, string? timestamp, string? signature)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, new Uri(path, UriKind.Relative)) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(type);
        if (timestamp is not null)
            request.Headers.TryAddWithoutValidation(SlackSignature.TimestampHeader, timestamp);
        if (signature is not null)
            request.Headers.TryAddWithoutValidation(SlackSignature.SignatureHeader, signature);
        return request;
    }

    /// <summary>As the public page says, and not as the product does it.</summary>
    public static string Sign(string secret, string timestamp, byte[] body) =>
        "v0=" + Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), (byte[])[.. Encoding.UTF8.GetBytes($"v0:{timestamp}:"), .. body]));

    /// <summary>
    /// Until a delivery is being handled and its answer is awaited. A timer alone does not show that: while its body is read, there is one, too.
    /// </summary>
    public Task HandlingAsync() => UntilAsync(() => !Handled.IsEmpty && Clock.NextTimer is not null);

    /// <summary>Lets the others run until something is so; what never becomes so fails.</summary>
    public static async Task UntilAsync(Func<bool> isSo)
    {
        var begin = TimeProvider.System.GetTimestamp();
        while (!isSo())
        {
            TimeProvider.System.GetElapsedTime(begin).ShouldBeLessThan(TimeSpan.FromSeconds(20));
            await Task.Yield();
        }
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();

    sealed class Recorder(ConcurrentQueue<string> lines) : ILoggerProvider, ILogger
    {
        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            lines.Enqueue($"{eventId.Id} {formatter(state, exception)} {exception}");

        public void Dispose()
        {
        }
    }
}
