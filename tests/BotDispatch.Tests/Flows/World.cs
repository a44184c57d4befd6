using System.Collections.Immutable;
using BotDispatch.Chat;
using BotDispatch.Core;
using BotDispatch.Dispatching;
using BotDispatch.Simulator;
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
    readonly List<(DateTimeOffset Simulated, DateTimeOffset App)> looks = [];
    int deliveries;

    World(IReadOnlyDictionary<string, string> settings, Action<IServiceCollection>? configure, Func<string, string>? prepare)
    {
        this.configure = configure;
        around = new(Machine = new(Clock), () => new Interposed(this, routee!.Handler), Chat, prepare?.Invoke(folder) ?? Path.Combine(folder, "botdispatch.db"), settings);
    }

    public ManualClock Clock { get; } = new();

    /// <summary>The clocks of the machine that the app runs on.</summary>
    public SetClock Machine { get; }

    public RecordingChat Chat { get; } = new();

    public BotDispatchApp App { get; private set; } = null!;

    public Life Life { get; private set; } = null!;

    public RouteeSimulator Routee => routee!.Routee;

    /// <summary>What answers a request in Routee's place; null lets it through. Throwing is a line that is broken.</summary>
    public Func<HttpRequestMessage, HttpResponseMessage?>? InsteadOfRoutee { get; set; }

    /// <summary>Who else is reached over HTTP; null for a request that is Routee's.</summary>
    public Func<Uri, HttpMessageHandler?> Elsewhere { get; set; } = _ => null;

    /// <summary>What the app's database stands on.</summary>
    public Disk Disk { get; } = new();

    /// <summary>When it was in the app at a simulated moment, which differs once the machine's clock was set: the app's clock follows it slowly.</summary>
    public DateTimeOffset InApp(DateTimeOffset moment)
    {
        var (simulated, app) = looks.LastOrDefault(look => look.Simulated <= moment);
        return simulated == default ? moment : app + (moment - simulated);
    }

    /// <summary>How the app is reached, as long as it lives.</summary>
    public HttpMessageHandler Door => new MortalDoor(Life, Pulse, App.Server.CreateHandler());

    /// <summary>Whether anything is being done.</summary>
    public Pulse Pulse { get; } = new();

    /// <summary>Called for each further life of the process when it begins.</summary>
    public Action<Life> Begun { get; set; } = _ => { };

    /// <summary>What else must come to rest before time goes on.</summary>
    public Func<Task> OthersRest { get; set; } = () => Task.CompletedTask;

    /// <summary>Begins an empty world.</summary>
    /// <param name="settings">What is set beyond the defaults.</param>
    /// <param name="simulator">How the telephone company is set up.</param>
    /// <param name="configure">What each life of the app is made of beyond its own.</param>
    /// <param name="prepare">Makes what the database's path leads through, in an empty folder, and says that path.</param>
    public static async Task<World> BeginAsync(
        Dictionary<string, string>? settings = null, Action<SimulatorOptions>? simulator = null, Action<IServiceCollection>? configure = null, Func<string, string>? prepare = null)
    {
        var world = new World(settings ?? [], configure, prepare);
        world.routee = await RouteeServer.StartAsync(world.Clock, () => world.Door, simulator);
        world.Start(new());
        _ = world.App.Server;
        return world;
    }

    /// <summary>The number of somebody in the sample directory.</summary>
    public static string Number(string employee) => Numbers[employee];

    /// <summary>The phone of somebody in the sample directory.</summary>
    public Phone Phone(string employee) => Routee.Phone(Numbers[employee]);

    /// <summary>Every call to somebody in the sample directory, in order.</summary>
    public IReadOnlyList<CallSnapshot> CallsTo(string employee) => [.. Routee.Calls.Where(call => call.To == Numbers[employee])];

    /// <summary>What the phone said to somebody in their last call.</summary>
    public IReadOnlyList<string> SpokenTo(string employee) =>
        [.. CallsTo(employee)[^1].Timeline.Where(moment => moment.Kind == CallMomentKind.Spoke).Select(moment => moment.Text)];

    /// <summary>The lines of this dispatch's own thread.</summary>
    public IReadOnlyList<string> Thread(DispatchId id) => Chat.LinesOf("card-" + id);

    /// <summary>Types the command, picks these people in this order, and sends the dialog.</summary>
    public Task<DispatchId> DispatchAsync(string ticket, params string[] people) => DispatchAsync(ticket, null, people);

    public async Task<DispatchId> DispatchAsync(string ticket, string? note, string[] people)
    {
        var id = await BeginAsync(ticket, people, note);
        await SettleAsync();
        return id;
    }

    /// <summary>Types the command and sends the dialog, and lets nothing come of it yet.</summary>
    /// <param name="ticket">What is typed.</param>
    /// <param name="people">Who is picked; null for those whom the dialog opens with.</param>
    /// <param name="note">What is spoken after the ticket.</param>
    public async Task<DispatchId> BeginAsync(string ticket, string[]? people, string? note = null)
    {
        var opened = (await AskAsync(() => App.Get<ChatCommands>().CommandAsync(Dana, Channel, ticket, new Delivery($"command-{++deliveries}"), default))).ShouldBeOfType<ChatReply.OpenForm>();
        return await SendAsync(new(opened.Form.FormId, Dana, Channel, opened.Form.Ticket.Reference, people is null ? opened.Form.Picked : [.. people.Select(id => new EmployeeId(id))], note, null));
    }

    /// <summary>Sends a dialog.</summary>
    public async Task<DispatchId> SendAsync(FormSubmission form) =>
        (await AskAsync(() => App.Get<FormSubmitting>().SubmitAsync(form, default))).ShouldBeOfType<ChatReply.Started>().Dispatch;

    /// <summary>Asks the app for something, and again if the process died over it or the database was in trouble: a chat shows that nobody answered, or that it is not known.</summary>
    async Task<T> AskAsync<T>(Func<Task<T>> ask)
    {
        for (var failures = 0; ;)
        {
            try
            {
                return await Pulse.DoAsync(ask);
            }
            catch (Exception) when (Life.IsOver)
            {
                await RestartAsync();
            }
            catch (Exception broken) when (Disk.Explains(broken))
            {
                // They try it now and then, until somebody mends it.
                if (++failures < MostFailures)
                    await PassAsync(10);
                else
                    await Disk.SetAsync(this, DiskTrouble.None);
            }
        }
    }

    public static ChatChannel Channel { get; } = new(RecordingChat.Platform, "operations");

    public async Task<DispatchState> StateAsync(DispatchId id) => (await App.Engine.FindAsync(id, default)).ShouldNotBeNull();

    /// <summary>Presses a button as somebody.</summary>
    public async Task<ChatReply> PressAsync(Person who, DispatchId id, CardAction action)
    {
        var button = DispatchCard.Of(await StateAsync(id)).Buttons.FirstOrDefault(each => each.Action == action) ?? new CardButton(action, "");
        var answer = await Pulse.DoAsync(() => App.Get<PressHandler>().HandleAsync(new(who, Channel, id, action, button.Callee, button.Round, new($"press-{++deliveries}")), CancellationToken.None));
        await SettleAsync();
        return answer;
    }

    /// <summary>Lets everything happen that can happen at this moment; a process that died meanwhile is started again.</summary>
    public async Task SettleAsync()
    {
        looks.Add((Clock.GetUtcNow(), App.Get<TimeProvider>().GetUtcNow()));
        for (var rounds = 0; ; rounds++)
        {
            rounds.ShouldBeLessThan(MostRounds, $"the world never came to rest at {Clock.GetUtcNow():O}; its last steps: {string.Join(" | ", Life.Steps.TakeLast(8))}");
            // Routee first: what it tells gives the lanes something to do at this same moment.
            await Routee.RunDueAsync();
            var looked = await StartDueAsync();
            await RestAsync();
            await OthersRest();
            if (Life.IsOver)
                await ReviveAsync();
            else if (looked == 0 && !(Routee.NextDue <= Clock.GetUtcNow()))
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
        await ReviveAsync();
        await SettleAsync();
    }

    public async ValueTask DisposeAsync()
    {
        Life.Kill();
        await App.DisposeAsync();
        await routee!.DisposeAsync();
        await DeleteFolderAsync();
    }

    // A process that died may still be closing its file, which SQLite then makes once more.
    async Task DeleteFolderAsync()
    {
        for (var tries = 0; Directory.Exists(folder); tries++)
        {
            try
            {
                Directory.Delete(folder, recursive: true);
            }
            catch (IOException) when (tries < 1000)
            {
                await Task.Delay(1);
            }
        }
    }

    void Start(Life life)
    {
        Life = life;
        App = new(around, life, services =>
        {
            Disk.Stand(services, life.Commits());
            configure?.Invoke(services);
        });
        Begun(life);
    }

    async Task ReviveAsync()
    {
        // A life that ends over its own start is followed by another; an administrator sees why it cannot start.
        Disk.Mend();
        do
        {
            Life.Kill();
            await App.DisposeAsync();
            Start(new());
            try
            {
                // Here, where nothing is being done: the thread that its start begins takes the context along, and would be taken to be at work for ever.
                _ = App.Server;
            }
            catch (Exception) when (Life.IsOver)
            {
            }
        }
        while (Life.IsOver);
    }

    async Task<int> StartDueAsync()
    {
        try
        {
            return await Pulse.DoAsync(() => App.Lanes.StartDueAsync(default));
        }
        catch (Exception broken) when (Life.IsOver || Disk.Explains(broken))
        {
            return 0;
        }
    }

    // A lane may wait for time itself: for a pause between two tries, or for an answer that comes late.
    Task RestAsync()
    {
        var (life, finished) = (Life, App.Lanes.FinishAsync());
        return RestAsync(finished, () => finished.IsCompleted, () => !life.IsBusy && (Clock.NextTimer is not null || Routee.NextDue is not null));
    }

    /// <summary>Waits until it is over, of which the task is at least a part; or until nothing has moved for a while, where that can be because it waits for time.</summary>
    public async Task RestAsync(Task part, Func<bool> isOver, Func<bool> canWaitForTime)
    {
        var (life, begun) = (Life, TimeProvider.System.GetTimestamp());
        for (var (still, seen) = (0, -1L); (!isOver() || Pulse.IsBusy) && still < StillEnough;)
        {
            await Task.WhenAny(part.IsCompleted ? life.End : part, life.End, Task.Delay(1));
            if (life.IsOver)
                return;
            TimeProvider.System.GetElapsedTime(begun).ShouldBeLessThan(LongestRest, $"something neither ends nor waits for time (at work: {Pulse.IsBusy}, {life.IsBusy}; next: {Clock.NextTimer:T}, {Routee.NextDue:T}); its last steps: {string.Join(" | ", life.Steps.TakeLast(8))}");
            (still, seen) = (!Pulse.IsBusy && Pulse.Beats == seen && canWaitForTime() ? still + 1 : 0, Pulse.Beats);
        }
    }

    async Task<DateTimeOffset> NextAsync(DateTimeOffset end)
    {
        var now = Clock.GetUtcNow();
        var own = App.Get<TimeProvider>().GetUtcNow();
        // As the app's own loop, which looks again and again, whatever fails.
        if (Disk.IsInTrouble)
            return new[] { Routee.NextDue, Clock.NextTimer, now + TimeSpan.FromSeconds(5), end }.Where(moment => moment > now).Min()!.Value;
        var (simulated, real) = await App.Get<ILaneClaims>().NextAsync(own, own, default);
        return new[] { Routee.NextDue, Clock.NextTimer, Here(simulated), Here(real), end }.Where(moment => moment > now).Min()!.Value;

        // The app's time may run a little slower or faster while it follows a clock that was set; it stores whole milliseconds.
        DateTimeOffset? Here(DateTimeOffset? moment) => moment is { } due ? now + (own == now ? due - own : due - own + TimeSpan.FromMilliseconds(1)) : null;
    }

    const int StillEnough = 25;
    const int MostRounds = 1000;
    const int MostFailures = 4;
    static readonly TimeSpan LongestRest = TimeSpan.FromMinutes(1);

    /// <summary>Stands before Routee, and lets everything through unless the test says otherwise.</summary>
    sealed class Interposed(World world, HttpMessageHandler routee) : DelegatingHandler(routee)
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            world.Elsewhere(request.RequestUri!) is { } other ? await new Onward(other).GoAsync(request, cancellationToken)
            : world.InsteadOfRoutee?.Invoke(request) ?? await base.SendAsync(request, cancellationToken);
    }

    sealed class Onward(HttpMessageHandler there) : DelegatingHandler(there)
    {
        public Task<HttpResponseMessage> GoAsync(HttpRequestMessage request, CancellationToken ct) => SendAsync(request, ct);
    }

    static readonly ImmutableDictionary<string, string> Numbers = ReadNumbers();

    static ImmutableDictionary<string, string> ReadNumbers() =>
        File.ReadLines(Path.Combine(AppContext.BaseDirectory, "Samples", "employees.csv")).Skip(1).Select(line => line.Split(','))
            .ToImmutableDictionary(cells => cells[0], cells => "+" + string.Concat(cells[3].Where(char.IsAsciiDigit)).TrimStart('0'));
}
