using System.Text;
using BotDispatch.Benchmarks.Generator;

namespace BotDispatch.Benchmarks.Machines;

/// <summary>A Redmine with as many issues as anybody asks for, all of them open. It can be made slow.</summary>
internal static class PretendRedmine
{
    static TimeSpan wait;
    // Ended when the wait changes, so that no answer of a slow time comes in a fast one.
    static CancellationTokenSource waiting = new();
    static int questions;

    public static async Task RunAsync()
    {
        var app = GeneratorApp.Lean();
        app.MapGet("/users/current.json", http => AnswerAsync(http, """{"user":{"id":5,"login":"botdispatch"}}"""));
        app.MapGet("/enumerations/issue_priorities.json", http => AnswerAsync(http, """{"issue_priorities":[{"id":1,"name":"Low"},{"id":2,"name":"Urgent"}]}"""));
        app.MapGet("/issues.json", http => AnswerAsync(http, $$"""{"issues":[{{string.Join(',', http.Request.Query["issue_id"].ToString().Split(',', StringSplitOptions.RemoveEmptyEntries).Select(Issue))}}]}"""));
        app.MapGet("/issues/{file}", http => AnswerAsync(http, $$"""{"issue":{{Issue(((string)http.GetRouteValue("file")!).Split('.')[0])}}}"""));
        app.MapPost("/wait/{seconds:int}", async (int seconds) =>
        {
            wait = TimeSpan.FromSeconds(seconds);
            await Interlocked.Exchange(ref waiting, new()).CancelAsync();
        });
        app.MapGet("/questions", () => Interlocked.Exchange(ref questions, 0));
        await GeneratorApp.RunAsync(app);
    }

    static async Task AnswerAsync(HttpContext http, string json)
    {
        Interlocked.Increment(ref questions);
        if (wait > TimeSpan.Zero)
        {
            using var either = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted, waiting.Token);
            await Task.Delay(wait, either.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
        await GeneratorApp.AnswerAsync(http, Encoding.UTF8.GetBytes(json));
    }

    // As large as an issue with a few custom fields is.
    static string Issue(string number) => $$"""
        {"id":{{number}},"project":{"id":1,"name":"Facilities"},"tracker":{"id":1,"name":"Fault"},"status":{"id":1,"name":"New","is_closed":false},"priority":{"id":2,"name":"Urgent"},
        "author":{"id":7,"name":"Eve Adams"},"subject":"Lift {{number}} is stuck between floors","description":"The emergency phone works and both are calm. The lift stopped at 09:12 between the third and the fourth floor. Reception holds the key to the machine room.",
        "start_date":"2026-11-29","due_date":null,"done_ratio":0,"is_private":false,"estimated_hours":null,"custom_fields":[{"id":1,"name":"Location","value":"Harbour House"}],
        "created_on":"2026-11-29T09:12:00Z","updated_on":"2026-11-29T09:12:00Z","closed_on":null,"journals":[]}
        """;
}
