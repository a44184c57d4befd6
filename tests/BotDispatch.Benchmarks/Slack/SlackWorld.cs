using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using System.Threading.Channels;
using System.Web;
using BotDispatch.Benchmarks.Generator;

namespace BotDispatch.Benchmarks.Slack;

/// <summary>Slack for both apps, in one lean process: its Web API, which agrees to everything, and the people who type and press.</summary>
internal static partial class SlackWorld
{
    const string User = "U0DANA";

    static readonly byte[] Who = """{"ok":true,"team":"Acme","team_id":"T0ACME","user":"dispatch","user_id":"U0BOT","bot_id":"B0BOT","is_enterprise_install":false}"""u8.ToArray();
    static readonly byte[] Person = """{"ok":true,"user":{"id":"U0DANA","real_name":"Dana Dispatcher","profile":{"display_name":"Dana","real_name":"Dana Dispatcher","email":"dana@example.com"}}}"""u8.ToArray();
    static readonly byte[] Done = """{"ok":true,"channel":"C0OPS","ts":"1700000000.000100","message":{"thread_ts":"1700000000.000100"},"view":{"id":"V0","hash":"1.a"},"permalink":"https://acme.slack.com/archives/C0OPS/p1700000000000100"}"""u8.ToArray();
    static readonly byte[] Call = """{"trackingId":"0f5a6c1e-8f3b-4f1e-9a55-5d1c0f8e7a11","direction":"Outbound","from":"302111234567","createdAt":"2024-05-01T10:00:00.123Z"}"""u8.ToArray();

    // Written to only until the dispatch stands.
    static readonly Channel<string> calls = Channel.CreateBounded<string>(new BoundedChannelOptions(16) { FullMode = BoundedChannelFullMode.DropWrite });

    public static async Task RunAsync()
    {
        var app = GeneratorApp.Lean();
        app.MapPost("/api/auth.test", http => GeneratorApp.AnswerAsync(http, Who));
        app.MapPost("/api/users.info", http => GeneratorApp.AnswerAsync(http, Person));
        app.MapPost("/api/{method}", KeepAsync);
        app.MapPost("/response", http => http.Response.WriteAsync("ok"));
        app.MapPost("/oauth/token", PretendRoutee.TokenAsync);
        app.MapPost("/voice/conversation", http => GeneratorApp.AnswerAsync(http, Call));
        app.MapFallback(http => GeneratorApp.AnswerAsync(http, Done));
        app.MapPost("/run/closed", async http => await http.Response.WriteAsync(await ClosedDispatchAsync(new Uri(http.Request.Query["app"]!), Responses(http))));
        app.MapPost("/run/acks", async http =>
        {
            var stage = (await JsonSerializer.DeserializeAsync(http.Request.Body, AckJson.Default.AckStage))!;
            await GeneratorApp.AnswerAsync(http, JsonSerializer.SerializeToUtf8Bytes(AckDriver.Run(stage, Responses(http)), AckJson.Default.AckOutcome));
        });
        await GeneratorApp.RunAsync(app);
    }

    static Uri Responses(HttpContext http) => new($"http://{http.Request.Host}/response");

    static async Task KeepAsync(HttpContext http)
    {
        using var reader = new StreamReader(http.Request.Body);
        calls.Writer.TryWrite(await reader.ReadToEndAsync());
        await GeneratorApp.AnswerAsync(http, Done);
    }

    /// <summary>Begins a dispatch as people do, by command and dialog, and cancels it at its card; its id.</summary>
    static async Task<string> ClosedDispatchAsync(Uri app, Uri responses)
    {
        using var connection = new RawConnection(app);
        void Deliver(SignedRequest request)
        {
            using (request)
                if (connection.Ask(request.Next()) != 200)
                    throw new InvalidOperationException(Encoding.UTF8.GetString(connection.Answer));
        }
        Deliver(Deliveries.Command(app, responses, User, "LOAD-1"));
        using var view = JsonDocument.Parse(await CallAsync("view", "dispatch_form"));
        Deliver(Deliveries.Submission(app, User, view.RootElement.GetProperty("private_metadata").GetString()!, "load.1"));
        var id = DispatchOf().Match(await CallAsync("blocks", "dispatch_cancel")).Groups[1].Value;
        Deliver(Deliveries.Press(app, responses, User, "dispatch_cancel", id));
        return id;
    }

    /// <summary>That argument of the first call in which it speaks of something.</summary>
    static async Task<string> CallAsync(string argument, string about)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        while (true)
            if (HttpUtility.ParseQueryString(await calls.Reader.ReadAsync(limit.Token))[argument] is { } value && value.Contains(about, StringComparison.Ordinal))
                return value;
    }

    [GeneratedRegex("\"value\":\"([a-z0-9]{16})\"")]
    private static partial Regex DispatchOf();
}
