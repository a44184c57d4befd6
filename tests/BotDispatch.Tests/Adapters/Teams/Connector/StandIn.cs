using System.Collections.Concurrent;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging;

namespace BotDispatch.Tests.Adapters.Teams.Connector;

/// <summary>A request as it came over the wire.</summary>
internal sealed record Received(string Method, string Target, string Body, IReadOnlyDictionary<string, string> Headers)
{
    public string? Authorization => Headers.GetValueOrDefault("Authorization");
}

/// <summary>A server on this machine that keeps each request and answers as a test says.</summary>
internal sealed class StandIn : IAsyncDisposable
{
    readonly WebApplication app;

    StandIn(WebApplication app) => this.app = app;

    public ConcurrentQueue<Received> Requests { get; } = [];

    /// <summary>How requests are answered; what was received is kept before.</summary>
    public Func<HttpContext, Received, Task> Answer { get; set; } = (context, _) => JsonAsync(context, 200, "{}");

    public Uri Address => new(app.Urls.Single());

    public static async Task<StandIn> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        var app = builder.Build();
        app.Urls.Add("http://127.0.0.1:0");
        var standIn = new StandIn(app);
        app.Run(standIn.HandleAsync);
        await app.StartAsync();
        return standIn;
    }

    /// <summary>The same answer for everything.</summary>
    public void Answers(int status, string? body = null, params (string Name, string Value)[] headers) => Answer = (context, _) =>
    {
        foreach (var (name, value) in headers)
            context.Response.Headers[name] = value;
        return JsonAsync(context, status, body);
    };

    public static Task JsonAsync(HttpContext context, int status, string? body)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = body is null ? null : "application/json; charset=utf-8";
        return body is null ? Task.CompletedTask : context.Response.WriteAsync(body);
    }

    public async ValueTask DisposeAsync() => await app.DisposeAsync();

    async Task HandleAsync(HttpContext context)
    {
        using var reader = new StreamReader(context.Request.Body, Encoding.UTF8);
        var request = new Received(context.Request.Method, context.Features.Get<IHttpRequestFeature>()!.RawTarget, await reader.ReadToEndAsync(),
            context.Request.Headers.ToDictionary(each => each.Key, each => each.Value.ToString(), StringComparer.OrdinalIgnoreCase));
        Requests.Enqueue(request);
        await Answer(context, request);
    }
}

/// <summary>Sends what is meant for public addresses to the stand-in; nothing leaves this machine.</summary>
internal sealed class ToStandIn(Uri standIn) : DelegatingHandler
{
    /// <summary>Where each request wanted to go.</summary>
    public ConcurrentQueue<Uri> Meant { get; } = [];

    /// <summary>What every request fails with; null if it is answered.</summary>
    public Exception? Failure { get; set; }

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        Meant.Enqueue(request.RequestUri!);
        if (Failure is { } failure)
            return Task.FromException<HttpResponseMessage>(failure);
        request.RequestUri = new(standIn, request.RequestUri!.PathAndQuery);
        return base.SendAsync(request, cancellationToken);
    }
}
