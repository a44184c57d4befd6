using System.Collections.Immutable;
using BotDispatch.Chat;
using BotDispatch.Core;
using BotDispatch.Simulator;
using BotDispatch.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace BotDispatch.Tests.Flows;

/// <summary>A chat, a telephone company with its phones, and the app between them, on one clock that a test drives.</summary>
internal sealed class World : IAsyncDisposable
{
    public static readonly Person Dana = new(RecordingChat.Platform, "dana", "Dana");

    readonly string folder = Directory.CreateTempSubdirectory("botdispatch-").FullName;
    readonly Surroundings around;
    readonly Action<IServiceCollection>? configure;
    RouteeServer? routee;
    int deliveries;

    World(IReadOnlyDictionary<string, string> settings, Action<IServiceCollection>? configure)
    {
        this.configure = configure;
        around = new(Clock, () => routee!.Handler, Chat, Path.Combine(folder, "botdispatch.db"), settings);
    }

    public ManualClock Clock { get; } = new();

    public RecordingChat Chat { get; } = new();

    public BotDispatchApp App { get; private set; } = null!;

    public RouteeSimulator Routee => routee!.Routee;

    /// <summary>Begins an empty world.</summary>
    public static async Task<World> BeginAsync(
        Dictionary<string, string>? settings = null, Action<SimulatorOptions>? simulator = null, Action<IServiceCollection>? configure = null)
    {
        var world = new World(settings ?? [], configure);
        world.routee = await RouteeServer.StartAsync(world.Clock, () => world.App.Server.CreateHandler(), simulator);
        world.Start();
        return world;
    }

    /// <summary>The phone of somebody in the sample directory.</summary>
    public Phone Phone(string employee) => Routee.Phone(Numbers[employee]);

    /// <summary>Types the command, picks these people in this order, and sends the dialog.</summary>
    public async Task<DispatchId> DispatchAsync(string ticket, params string[] people) => await DispatchAsync(ticket, null, people);

    public async Task<DispatchId> DispatchAsync(string ticket, string? note, string[] people)
    {
        var desk = App.Get<ChatDesk>();
        var opened = (await desk.CommandAsync(Dana, Channel, ticket, $"command-{++deliveries}", default)).ShouldBeOfType<DeskAnswer.OpenForm>();
        var sent = new FormSubmission(opened.Form.FormId, Dana, Channel, opened.Form.Ticket.Reference, [.. people.Select(id => new EmployeeId(id))], note, null);
        var started = (await desk.SubmitAsync(sent, default)).ShouldBeOfType<SubmitAnswer.Started>();
        await SettleAsync();
        return started.Dispatch;
    }

    public static ChatChannel Channel { get; } = new(RecordingChat.Platform, "operations");

    public async Task<DispatchState> StateAsync(DispatchId id) => (await App.Engine.FindAsync(id, default)).ShouldNotBeNull();

    /// <summary>Presses a button as somebody.</summary>
    public async Task<DeskAnswer> PressAsync(Person who, DispatchId id, CardAction action)
    {
        var button = DispatchCard.Of(await StateAsync(id)).Buttons.FirstOrDefault(each => each.Action == action) ?? new CardButton(action, "");
        var answer = await App.Get<ChatDesk>().PressAsync(who, id, action, button.Callee, button.Round, default);
        await SettleAsync();
        return answer;
    }

    /// <summary>Lets everything happen that can happen at this moment.</summary>
    public async Task SettleAsync()
    {
        for (var rounds = 0; ; rounds++)
        {
            rounds.ShouldBeLessThan(10_000, "the world never came to rest");
            var looked = await App.Lanes.StartDueAsync(default);
            await App.Lanes.FinishAsync();
            await Routee.RunDueAsync();
            if (looked == 0 && !(Routee.NextDue <= Clock.GetUtcNow()))
                return;
        }
    }

    /// <summary>Lets time pass, from one thing that is due to the next.</summary>
    public async Task PassAsync(TimeSpan time)
    {
        var end = Clock.GetUtcNow() + time;
        await SettleAsync();
        while (Clock.GetUtcNow() < end)
        {
            Clock.AdvanceTo(await NextAsync(end));
            await SettleAsync();
        }
    }

    public Task PassAsync(double seconds) => PassAsync(TimeSpan.FromSeconds(seconds));

    /// <summary>Lets time pass until something is so; fails after a day.</summary>
    public async Task PassUntilAsync(Func<Task<bool>> isSo)
    {
        var end = Clock.GetUtcNow() + TimeSpan.FromDays(1);
        await SettleAsync();
        while (!await isSo())
        {
            (Clock.GetUtcNow() < end).ShouldBeTrue("it did not come to that in a day");
            Clock.AdvanceTo(await NextAsync(end));
            await SettleAsync();
        }
    }

    /// <summary>Lets time pass until the dispatch is closed and no leg of it lives.</summary>
    public async Task<DispatchState> ToTheEndAsync(DispatchId id)
    {
        await PassUntilAsync(async () => await StateAsync(id) is { IsClosed: true, HasLiveLeg: false });
        await PassAsync(1);
        return await StateAsync(id);
    }

    /// <summary>Ends the process without a word, and starts it again on the same file.</summary>
    public async Task RestartAsync()
    {
        await App.DisposeAsync();
        Start();
        await SettleAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await App.DisposeAsync();
        await routee!.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    void Start() => App = new(around, configure);

    async Task<DateTimeOffset> NextAsync(DateTimeOffset end)
    {
        var now = Clock.GetUtcNow();
        var (story, real) = await App.Get<LaneStore>().NextAsync(now, default);
        return new[] { Routee.NextDue, story, real, end }.Where(moment => moment > now).Min()!.Value;
    }

    static readonly ImmutableDictionary<string, string> Numbers = ReadNumbers();

    static ImmutableDictionary<string, string> ReadNumbers() =>
        File.ReadLines(Path.Combine(AppContext.BaseDirectory, "Samples", "employees.csv")).Skip(1).Select(line => line.Split(','))
            .ToImmutableDictionary(cells => cells[0], cells => "+" + string.Concat(cells[3].Where(char.IsAsciiDigit)));
}
