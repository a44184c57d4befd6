using System.Net;
using BotDispatch.Core;
using BotDispatch.Ports;
using BotDispatch.Tests.Adapters.Teams.Inbound;
using BotDispatch.Tickets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace BotDispatch.Tests.Tickets;

/// <summary>A ticket system on a real port of this machine that answers as a test says, and the product's own client for it.</summary>
internal sealed class StandIn : IAsyncDisposable
{
    readonly WebApplication server;
    readonly ServiceProvider services;
    readonly Dictionary<string, (int Status, string Body, (string, string)[] Headers)> answers = new(StringComparer.Ordinal);

    StandIn(WebApplication server, TimeProvider clock)
    {
        this.server = server;
        var collection = new ServiceCollection();
        collection.AddLogging(logging => logging.SetMinimumLevel(LogLevel.Trace).AddProvider(Logged)).AddSingleton(clock).AddSingleton<SystemClients>();
        SystemClients.AddConnections(collection);
        services = collection.BuildServiceProvider();
    }

    public LogRecorder Logged { get; } = new();

    public Uri Address => new(server.Urls.First());

    /// <summary>What was asked, in order, as it came.</summary>
    public List<(string Target, IHeaderDictionary Headers)> Asked { get; } = [];

    /// <summary>Answers every request until this task has ended.</summary>
    public Task Ready { get; set; } = Task.CompletedTask;

    /// <summary>Gets the target of everything that is written by PUT, which is answered with 204; null if nothing may be written.</summary>
    public Action<string>? Put { get; set; }

    /// <summary>Answers a question that is asked by POST, by its body; null if none may be.</summary>
    public Func<string, string>? Post { get; set; }

    public SystemClients Clients => services.GetRequiredService<SystemClients>();

    public static async Task<StandIn> StartAsync(TimeProvider? clock = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var server = builder.Build();
        var standIn = new StandIn(server, clock ?? TimeProvider.System);
        server.Run(standIn.AnswerAsync);
        await server.StartAsync();
        return standIn;
    }

    /// <summary>Answers this target, or every target that begins with it where it ends with an asterisk.</summary>
    public void Answer(string target, string body, int status = 200, params (string, string)[] headers) => answers[target] = (status, body, headers);

    public async ValueTask DisposeAsync()
    {
        await services.DisposeAsync();
        await server.StopAsync(new CancellationToken(true));
        await server.DisposeAsync();
    }

    async Task AnswerAsync(HttpContext http)
    {
        var target = http.Request.Path + http.Request.QueryString;
        lock (Asked)
            Asked.Add((target, new HeaderDictionary(http.Request.Headers.ToDictionary())));
        if (http.Request.Method == "PUT" && Put is not null)
        {
            Put(target);
            http.Response.StatusCode = (int)HttpStatusCode.NoContent;
            return;
        }
        if (http.Request.Method == "POST" && Post is not null)
        {
            using var reader = new StreamReader(http.Request.Body);
            await http.Response.WriteAsync(Post(await reader.ReadToEndAsync()));
            return;
        }
        http.Request.Method.ShouldBe("GET");
        await Ready;
        var (status, body, headers) = answers.TryGetValue(target, out var exact) ? exact
            : answers.FirstOrDefault(each => each.Key.EndsWith('*') && target.StartsWith(each.Key[..^1], StringComparison.Ordinal)).Value;
        http.Response.StatusCode = body is null ? (int)HttpStatusCode.NotFound : status;
        foreach (var (name, value) in headers ?? [])
            http.Response.Headers[name] = value;
        if (!http.Response.Headers.ContainsKey("Content-Type"))
            http.Response.ContentType = "application/json";
        await http.Response.WriteAsync(body ?? "{}");
    }
}

internal static class ReadingOfTickets
{
    public static async Task<Ticket> ReadAsync(this ITicketSystem system, string typed) =>
        (await system.FindAsync(system.ReferenceIn(TypedText.Clean(typed)).ShouldNotBeNull(typed), default)).ShouldBeOfType<FoundTicket.Found>().Ticket;

    public static async Task<string> WhyNotAsync(this ITicketSystem system, string typed) =>
        (await system.FindAsync(system.ReferenceIn(TypedText.Clean(typed)).ShouldNotBeNull(typed), default)).ShouldBeOfType<FoundTicket.Unavailable>().Because;

    public static async Task ShouldNotKnowAsync(this ITicketSystem system, string typed) =>
        (await system.FindAsync(system.ReferenceIn(TypedText.Clean(typed)).ShouldNotBeNull(typed), default)).ShouldBeOfType<FoundTicket.Unknown>();
}
