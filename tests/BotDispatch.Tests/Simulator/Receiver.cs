using System.Net;
using System.Text.Json.Nodes;

namespace BotDispatch.Tests.Simulator;

/// <summary>The other side of every callback: remembers what came and answers as a test says.</summary>
internal sealed class Receiver(TimeProvider clock) : HttpMessageHandler
{
    readonly List<Received> all = [];

    /// <summary>Plans to answer at /keys, one after the other; then nothing more.</summary>
    public Queue<string> Plans { get; } = new();

    public Func<Received, Task<HttpResponseMessage?>> Answer { get; set; } = _ => Task.FromResult<HttpResponseMessage?>(null);

    public IReadOnlyList<Received> All
    {
        get { lock (all) return [.. all]; }
    }

    public IReadOnlyList<Received> Webhooks => [.. All.Where(received => received.Path == "/status")];

    public IReadOnlyList<string> Statuses => [.. Webhooks.Select(received => received.StatusName)];

    public IReadOnlyList<string?> Keys => [.. All.Where(received => received.Path == "/keys").Select(received => (string?)received.Body["collectedTones"])];

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (request.Method == HttpMethod.Get)
            return await Answer(new Received(request.RequestUri!.AbsolutePath, [], clock.GetUtcNow())) ?? new HttpResponseMessage(HttpStatusCode.NotFound);
        var body = JsonNode.Parse(await request.Content!.ReadAsStringAsync(cancellationToken))!.AsObject();
        var received = new Received(request.RequestUri!.AbsolutePath, body, clock.GetUtcNow());
        lock (all) all.Add(received);
        if (await Answer(received).WaitAsync(cancellationToken) is { } answer) return answer;
        return Ok(received.Path == "/keys" && Plans.TryDequeue(out var plan) ? plan : "");
    }

    public static HttpResponseMessage Ok(string body) => new(HttpStatusCode.OK) { Content = new StringContent(body) };
}

internal sealed record Received(string Path, JsonObject Body, DateTimeOffset At)
{
    public string StatusName => (string)Body["status"]!["name"]!;
}
