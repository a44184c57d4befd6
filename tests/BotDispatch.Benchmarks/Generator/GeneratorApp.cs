using System.Net;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using BotDispatch.Benchmarks.Chats;

namespace BotDispatch.Benchmarks.Generator;

/// <summary>The world around the product, in one lean process: Routee, the phones, the chat, and the people who type commands.</summary>
internal static class GeneratorApp
{
    /// <summary>Runs it. With a file it is also Teams over https, at that port, and writes its certificate into the file.</summary>
    public static async Task RunAsync(int securePort = 0, string? certificate = null)
    {
        HandleWhereItComes();
        var app = Lean(securePort, certificate, isInline: true);
        using var world = new PretendWorld();
        var routee = new PretendRoutee(world);
        var chat = new PretendChat(world);
        var dispatches = new DispatchDriver(world);
        var slack = new PretendSlackApi(world);
        var slackDispatches = new DispatchDriver(world, slack.StartAsync);
        var held = new HeldCalls(world, slack);
        using var teams = new PretendTeamsApi(world);
        var teamsPerson = new TeamsPerson(world, teams);
        var teamsDispatches = new DispatchDriver(world, teamsPerson.StartAsync);
        var webhooks = new WebhookDriver(world, dispatches);

        app.MapPost("/oauth/token", PretendRoutee.TokenAsync);
        app.MapPost("/voice/conversation", routee.PlaceAsync);
        app.MapPost("/hold", http =>
        {
            world.Held ??= new();
            return Task.CompletedTask;
        });
        app.MapPost("/chat/cards/{root}", chat.CardAsync);
        app.MapPut("/chat/cards/{root}", chat.CardAsync);
        app.MapPost("/chat/threads/{root}", chat.ReplyAsync);
        app.MapPost("/run/dispatches", http => StageAsync(http, GeneratorJson.Default.DispatchStage, dispatches.RunAsync, GeneratorJson.Default.DispatchOutcome));
        app.MapPost("/api/{method}", slack.AnswerAsync);
        app.MapPost("/run/slack", http => StageAsync(http, GeneratorJson.Default.DispatchStage, SlackAsync, GeneratorJson.Default.DispatchOutcome));
        app.MapPost("/run/teams", http => StageAsync(http, GeneratorJson.Default.DispatchStage, teamsDispatches.RunAsync, GeneratorJson.Default.DispatchOutcome));
        app.MapPost("/run/hang", http => StageAsync(http, GeneratorJson.Default.HangStage, held.HangAsync, GeneratorJson.Default.DispatchOutcome));
        app.MapPost("/run/open", http => StageAsync(http, GeneratorJson.Default.OpenStage, held.OpenAsync, GeneratorJson.Default.WebhookOutcome));
        teams.Map(app);
        app.MapPost("/run/webhooks", http => StageAsync(http, GeneratorJson.Default.WebhookStage, webhooks.RepeatAsync, GeneratorJson.Default.WebhookOutcome));
        app.MapPost("/run/held", http => StageAsync(http, GeneratorJson.Default.HeldStage, webhooks.HeldAsync, GeneratorJson.Default.WebhookOutcome));
        await RunAsync(app, () => teams.Begin(securePort));

        Task<DispatchOutcome> SlackAsync(DispatchStage stage)
        {
            // Calls that another build left in their queue.
            world.Held = null;
            (slack.Limits, slack.Channels) = (stage.HasLimits ? new SlackLimits() : null, stage.Channels);
            return slackDispatches.RunAsync(stage);
        }
    }

    /// <summary>A server with nothing but its endpoints, on a free port of this machine.</summary>
    public static WebApplication Lean(int securePort = 0, string? certificate = null, bool isInline = false)
    {
        // .NET watches the content root with all its subfolders. The current one may hold the database that is measured.
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        builder.Logging.ClearProviders();
        builder.WebHost.UseSockets(sockets => (sockets.UnsafePreferInlineScheduling, sockets.WaitForDataBeforeAllocatingBuffer) = (isInline, !isInline));
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.Listen(IPAddress.Loopback, 0);
            if (certificate is not null)
                kestrel.Listen(IPAddress.Loopback, securePort, listen => listen.UseHttps(PretendTeamsApi.NewCertificate(certificate)));
        });
        return builder.Build();
    }

    /// <summary>Runs until the process that started it closes its input. First it says where it listens.</summary>
    public static async Task RunAsync(WebApplication app, Action? begin = null)
    {
        await app.StartAsync();
        begin?.Invoke();
        Console.WriteLine(app.Urls.First());
        await Console.In.ReadToEndAsync();
        await app.StopAsync();
    }

    // The thread that waits for all sockets also handles their data, because nothing here blocks it, and handing the data to another thread
    // costs more than handling it. .NET reads this when the first socket is made.
    static void HandleWhereItComes()
    {
        Environment.SetEnvironmentVariable("DOTNET_SYSTEM_NET_SOCKETS_INLINE_COMPLETIONS", "1");
        Environment.SetEnvironmentVariable("DOTNET_SYSTEM_NET_SOCKETS_THREAD_COUNT", "1");
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
        try
        {
            await AnswerAsync(http, JsonSerializer.SerializeToUtf8Bytes(await run(stage), outcomeType));
        }
        catch (Exception failed)
        {
            // The answer is a 500 without a word, and nothing is logged.
            await Console.Error.WriteLineAsync($"{typeof(TStage).Name}: {failed}");
            throw;
        }
    }
}
