using System.Collections.Concurrent;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;

namespace BotDispatch.Tests.Adapters.Slack.Api;

/// <summary>A request that reached Slack.</summary>
internal sealed record Asked(Uri Address, string? Authorization, string? ContentType, string Body)
{
    public string Method => Address.Segments[^1];

    public string? this[string field] => Captured.Fields(Body).FirstOrDefault(each => each.Name == field).Value;
}

/// <summary>Slack, answering as a test says: the last rule for a method counts, and a call without a rule succeeds.</summary>
internal sealed class AnsweringSlack : HttpMessageHandler
{
    readonly ConcurrentDictionary<string, Func<Asked, Task<HttpResponseMessage>>> rules = new();
    readonly TaskCompletionSource reached = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public AnsweringSlack() => On("auth.test", 200, """{"ok":true,"team":"Acme","team_id":"T0ACME","user_id":"U0BOT","enterprise_id":"E0ORG"}""", ("x-oauth-scopes", "commands,chat:write"));

    public ConcurrentQueue<Asked> Requests { get; } = new();

    /// <summary>A rule of <see cref="OnHeld"/> was asked.</summary>
    public Task Reached => reached.Task;

    public List<Asked> Of(string method) => [.. Requests.Where(each => each.Method == method)];

    public void On(string method, int status, string body, params (string Name, string Value)[] headers) => On(method, _ => Answer(status, body, headers));

    public void On(string method, Func<Asked, HttpResponseMessage> answer) => rules[method] = asked => Task.FromResult(answer(asked));

    /// <summary>As that captured exchange was answered.</summary>
    public void OnCaptured(string method, string call)
    {
        var response = Captured.Exchange(call)["response"]!;
        var body = response["body"]! is JsonValue text ? text.GetValue<string>() : response["body"]!.ToJsonString();
        On(method, response["status"]!.GetValue<int>(), body, [.. response["headers"]!.AsObject().Where(each => each.Key != "content-type").Select(each => (each.Key, each.Value!.GetValue<string>()))]);
    }

    /// <summary>Answers only when the test lets it.</summary>
    public TaskCompletionSource<HttpResponseMessage> OnHeld(string method)
    {
        var held = new TaskCompletionSource<HttpResponseMessage>(TaskCreationOptions.RunContinuationsAsynchronously);
        rules[method] = _ =>
        {
            reached.TrySetResult();
            return held.Task;
        };
        return held;
    }

    public static HttpResponseMessage Answer(int status, string body, params (string Name, string Value)[] headers)
    {
        var response = new HttpResponseMessage((HttpStatusCode)status) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        foreach (var (name, value) in headers)
            response.Headers.TryAddWithoutValidation(name, value);
        return response;
    }

    public static HttpResponseMessage Answer(JsonNode body) => Answer(200, body.ToJsonString());

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken ct)
    {
        var asked = new Asked(request.RequestUri!, request.Headers.Authorization?.ToString(), request.Content!.Headers.ContentType?.ToString(), await request.Content.ReadAsStringAsync(ct));
        Requests.Enqueue(asked);
        return rules.TryGetValue(asked.Method, out var answer) ? await answer(asked).WaitAsync(ct) : Answer(200, """{"ok":true}""");
    }
}
