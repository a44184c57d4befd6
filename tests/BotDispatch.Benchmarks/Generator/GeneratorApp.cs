using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using BotDispatch.Benchmarks.Chats;

namespace BotDispatch.Benchmarks.Generator;

/// <summary>The world around the product, in one lean process: Routee, the phones, the chat, and whoever types commands.</summary>
internal static class GeneratorApp
{
    public static async Task RunAsync()
    {
        var app = Lean();
        using var world = new PretendWorld();
        var routee = new PretendRoutee(world);
        var chat = new PretendChat(world);
        var dispatches = new DispatchDriver(world);
        using var slack = new PretendSlackApi(world);
        var slackDispatches = new DispatchDriver(world, slack.StartAsync);
        var webhooks = new WebhookDriver(world, dispatches);

        app.MapPost("/oauth/token", PretendRoutee.TokenAsync);
        app.MapPost("/voice/conversation", routee.PlaceAsync);
        app.MapPost("/chat/cards/{root}", chat.CardAsync);
        app.MapPut("/chat/cards/{root}", chat.CardAsync);
        app.MapPost("/chat/threads/{root}", chat.ReplyAsync);
        app.MapPost("/run/dispatches", http => StageAsync(http, GeneratorJson.Default.DispatchStage, dispatches.RunAsync, GeneratorJson.Default.DispatchOutcome));
        app.MapPost("/api/{method}", slack.AnswerAsync);
        app.MapPost("/run/slack", http => StageAsync(http, GeneratorJson.Default.DispatchStage, slackDispatches.RunAsync, GeneratorJson.Default.DispatchOutcome));
        app.MapPost("/run/webhooks", http => StageAsync(http, GeneratorJson.Default.WebhookStage, webhooks.RepeatAsync, GeneratorJson.Default.WebhookOutcome));
        app.MapPost("/run/held", http => StageAsync(http, GeneratorJson.Default.HeldStage, webhooks.HeldAsync, GeneratorJson.Default.WebhookOutcome));
        await RunAsync(app);
    }

    /// <summary>A server with nothing but its endpoints, on a free port of this machine.</summary>
    public static WebApplication Lean()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        return builder.Build();
    }

    /// <summary>Runs until whoever started it closes its input; says first where it listens.</summary>
    public static async Task RunAsync(WebApplication app)
    {
        await app.StartAsync();
        Console.WriteLine(app.Urls.First());
        await Console.In.ReadToEndAsync();
        await app.StopAsync();
    }

    public static Task AnswerAsync(HttpContext http, byte[] json)
    {
        http.Response.ContentType = "application/json";
        http.Response.ContentLength = json.Length;
        return http.Response.Body.WriteAsync(json).AsTask();
    }

    static async Task StageAsync<TStage, TOutcome>(HttpContext http, JsonTypeInfo<TStage> stageType, Func<TStage, Task<TOutcome>> run, JsonTypeInfo<TOutcome> outcomeType)
    {
        var stage = (await JsonSerializer.DeserializeAsync(http.Request.Body, stageType))!;
        await AnswerAsync(http, JsonSerializer.SerializeToUtf8Bytes(await run(stage), outcomeType));
    }
}
