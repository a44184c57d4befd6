using BotDispatch.Chat;
using BotDispatch.PretendSlack;
using BotDispatch.PretendSlack.Driver;
using BotDispatch.PretendSlack.State;
using BotDispatch.Slack.Install;
using BotDispatch.Slack.Sockets;
using BotDispatch.Tests.Adapters.Slack.Pretend;
using Microsoft.Extensions.DependencyInjection;
using OpenView = BotDispatch.PretendSlack.State.OpenView;

namespace BotDispatch.Tests.Flows.Slack;

/// <summary>A workspace with people in it, a telephone company, and the app between them, on one clock that a test drives. Everything goes through Slack's own protocol, signed.</summary>
internal sealed class SlackWorld : IAsyncDisposable
{
    public const string BotToken = "xoxb-1-pretend";

    readonly PretendSlackInProcess server;

    SlackWorld(World world, PretendSlackInProcess server, bool byOAuth)
    {
        (World, this.server) = (world, server);
        Team = Slack.AddWorkspace("T0ACME", "Acme", byOAuth ? null : BotToken);
        Team.AddPerson(new() { Id = "U0DANA", Team = Team.Id, Name = "dana", RealName = "Dana Dispatcher", Email = "dana@example.com" });
        Team.AddPerson(new() { Id = "U0PRIYA", Team = Team.Id, Name = "priya", RealName = "Priya Nair", Email = "priya.nair@example.com" });
        Team.AddPerson("U0GUEST", "gus", "Gus Guest");
        Ops = Team.AddChannel("C0OPS", "ops").With("U0DANA", "U0PRIYA", "U0GUEST");
    }

    public World World { get; }

    public SlackStandIn Slack => server.Slack;

    public Workspace Team { get; }

    public Channel Ops { get; }

    public SlackUser Dana => Slack.User("U0DANA");

    public SlackUser Priya => Slack.User("U0PRIYA");

    public SlackUser Gus => Slack.User("U0GUEST");

    /// <summary>The newest card in the channel.</summary>
    public Message Card => Ops.Roots.Last(each => each.IsFromBot);

    /// <summary>What the thread of a card says, line by line.</summary>
    public static IReadOnlyList<string> ThreadOf(Message card) =>
        [.. card.Channel.RepliesTo(card).SelectMany(reply => Read(reply.Words).Split('\n')).Where(line => line.Length > 0)];

    /// <summary>As a person reads it.</summary>
    public static string Read(string words) => words.Replace("\u200B", "", StringComparison.Ordinal);

    /// <summary>Begins with an empty channel; by OAuth the app is installed nowhere yet.</summary>
    public static async Task<SlackWorld> BeginAsync(
        Dictionary<string, string>? settings = null, Action<StandInOptions>? configure = null, Action<IServiceCollection>? services = null, bool byOAuth = false)
    {
        var options = new StandInOptions();
        configure?.Invoke(options);
        World? world = null;
        PretendSlackInProcess? server = null;
        options.AppHandler = () => world!.Door;
        world = await World.BeginAsync(new(settings ?? [])
        {
            ["Slack:ApiBaseAddress"] = "http://localhost/api/",
            ["Slack:SigningSecret"] = options.SigningSecret,
            ["Slack:BotToken"] = byOAuth ? "" : BotToken,
            ["Slack:ClientId"] = byOAuth ? options.ClientId : "",
            ["Slack:ClientSecret"] = byOAuth ? options.ClientSecret : "",
            ["Slack:AppToken"] = options.SocketMode ? options.AppToken : "",
        }, configure: collection =>
        {
            // Not begun with the app, but when there is a Slack to open them to.
            collection.AddSingleton<SocketMode>();
            collection.AddSingleton<ISocketDialler>(new Dialler(async (address, ct) => await server!.Sockets.ConnectAsync(address, ct)));
            services?.Invoke(collection);
        });
        server = await PretendSlackInProcess.StartAsync(world.Clock, options);
        world.Elsewhere = address => address.AbsolutePath.StartsWith("/api/", StringComparison.Ordinal) || address.AbsolutePath.StartsWith("/response/", StringComparison.Ordinal) ? server.Handler : null;
        var made = new SlackWorld(world, server, byOAuth);
        world.OthersRest = made.RestAsync;
        if (options.SocketMode)
            await made.OpenSocketsAsync();
        return made;
    }

    /// <summary>Somebody goes through the pages of an installation, with a browser that keeps its cookie.</summary>
    public async Task InstallAsync(Workspace team, string user)
    {
        using var browser = new HttpMessageInvoker(World.Door);
        using var begun = await browser.SendAsync(new(HttpMethod.Get, "http://localhost/slack/install"), default);
        using var back = new HttpRequestMessage(HttpMethod.Get, Slack.Installs.Approve(begun.Headers.Location!, team, user));
        back.Headers.Add("Cookie", begun.Headers.GetValues("Set-Cookie").Select(cookie => cookie.Split(';')[0]));
        using var page = await browser.SendAsync(back, default);
        page.IsSuccessStatusCode.ShouldBeTrue(await page.Content.ReadAsStringAsync());
    }

    /// <summary>Types the command and waits for the dialog that it opens.</summary>
    public async Task<OpenView> OpenAsync(SlackUser user, string text)
    {
        await user.TypeAsync(text, Ops);
        await SettleAsync();
        return user.Dialog.ShouldNotBeNull($"no dialog; {string.Join(" | ", user.Ephemerals.Select(each => each.Words))}");
    }

    /// <summary>Types the command, picks these people in this order, and sends the dialog.</summary>
    public async Task<Message> DispatchAsync(string text, params string[] people)
    {
        var dialog = await OpenAsync(Dana, text);
        if (people.Length > 0)
            await Dana.PickAsync(dialog, "people", people);
        await SettleAsync();
        (await Dana.SubmitAsync(Dana.Dialog!)).ShouldBeOfType<Submitted.Closed>();
        await World.PassUntilAsync(() => Task.FromResult(Ops.Roots.Any(each => each.IsFromBot)));
        return Card;
    }

    /// <summary>Presses a button of a card, and lets everything come of it that can at this moment.</summary>
    public async Task PressAsync(SlackUser user, Message card, string label)
    {
        await user.PressAsync(card, label);
        await SettleAsync();
    }

    /// <summary>Ends the process without a word, and starts it again on the same file.</summary>
    public async Task RestartAsync()
    {
        await World.RestartAsync();
        if (Slack.Options.SocketMode)
            await OpenSocketsAsync();
    }

    /// <summary>Waits until so many sockets are ready; time goes on slowly meanwhile.</summary>
    public async Task ReadyAsync(int sockets)
    {
        for (var looks = 1; Slack.Sockets.Ready.Count < sockets; looks++)
        {
            looks.ShouldBeLessThan(10_000, "the sockets never became ready");
            await Task.Delay(1);
            if (looks % 20 == 0)
                await World.PassAsync(0.5);
        }
    }

    /// <summary>Lets everything happen that can happen at this moment.</summary>
    public Task SettleAsync() => World.SettleAsync();

    /// <summary>Lets time pass until a card is closed and its thread tells it.</summary>
    public async Task ToTheEndAsync(Message card)
    {
        await World.PassUntilAsync(() => Task.FromResult(card.Buttons.Contains("Re-dispatch")));
        await World.PassAsync(20);
    }

    public async ValueTask DisposeAsync()
    {
        await World.DisposeAsync();
        await server.DisposeAsync();
    }

    Task OpenSocketsAsync() => World.Pulse.DoAsync(() => World.App.Get<SocketMode>().StartAsync(default));

    // What is on its way to the app, and what the app does after it has answered, belongs to the same moment, unless it waits for time itself.
    Task RestAsync()
    {
        // A refresh of tokens goes on beside the lane that began it. Were the clock moved by hours meanwhile, its answer would come too late and the tokens be lost.
        var (quiet, background, rotation) = (Slack.QuietAsync(), World.App.Get<BackgroundWork>(), World.App.Get<TokenRotation>());
        return World.RestAsync(quiet, () => quiet.IsCompleted && background.Running == 0 && rotation.Running(Team.Id) is null, () => true);
    }

    sealed class Dialler(Func<Uri, CancellationToken, Task<System.Net.WebSockets.WebSocket>> open) : ISocketDialler
    {
        public Task<System.Net.WebSockets.WebSocket> OpenAsync(Uri address, CancellationToken ct) => open(address, ct);
    }
}
