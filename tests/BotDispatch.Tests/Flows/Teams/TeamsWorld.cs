using BotDispatch.Chat;
using BotDispatch.PretendTeams;
using BotDispatch.PretendTeams.Driver;
using BotDispatch.PretendTeams.State;
using BotDispatch.Tests.Adapters.Teams.Pretend;
using Microsoft.Extensions.DependencyInjection;

namespace BotDispatch.Tests.Flows.Teams;

/// <summary>A tenant of Teams with people in it, a telephone company, and the app between them, on one clock that a test drives. Every request is signed, and every call carries the app's own token.</summary>
internal sealed class TeamsWorld : IAsyncDisposable
{
    public const string TenantId = "22222222-0000-4000-8000-000000000002";

    readonly PretendTeamsInProcess server;

    TeamsWorld(World world, PretendTeamsInProcess server)
    {
        (World, this.server) = (world, server);
        Tenant = Teams.AddTenant(TenantId, "Acme");
        Dana = Teams.User(Tenant.AddPerson("Dana Dispatcher", "dana@example.com"));
        Priya = Teams.User(Tenant.AddPerson("Priya Nair", "priya.nair@example.com"));
        Gus = Teams.User(Tenant.AddPerson("Gus Guest"));
        Person[] all = [Dana.Person, Priya.Person, Gus.Person];
        General = Tenant.AddChannel("Operations", "General", all);
        Ops = Tenant.AddChannel("Operations", "ops", all);
        Night = Tenant.AddGroupChat("night shift", all);
    }

    public World World { get; }

    public TeamsStandIn Teams => server.Teams;

    public Tenant Tenant { get; }

    public Place General { get; }

    public Place Ops { get; }

    public Place Night { get; }

    public TeamsUser Dana { get; }

    public TeamsUser Priya { get; }

    public TeamsUser Gus { get; }

    /// <summary>The newest card of a dispatch in a place.</summary>
    public static Post CardIn(Place place) => CardsIn(place)[^1];

    public static IReadOnlyList<Post> CardsIn(Place place) => [.. place.Posts.Where(IsDispatch)];

    /// <summary>The newest card in the channel.</summary>
    public Post Card => CardIn(Ops);

    /// <summary>Begins with an empty tenant, in whose places the app is installed.</summary>
    public static async Task<TeamsWorld> BeginAsync(Dictionary<string, string>? settings = null, Action<StandInOptions>? configure = null, Action<IServiceCollection>? services = null)
    {
        // An app of its own, since MSAL keeps what it has for each.
        var options = new StandInOptions { AppId = Guid.NewGuid().ToString() };
        configure?.Invoke(options);
        World? world = null;
        options.AppHandler = () => world!.Door;
        var all = new Dictionary<string, string>
        {
            ["Teams:AppId"] = options.AppId,
            ["Teams:AppPassword"] = options.AppPassword,
            ["Teams:TenantId"] = TenantId,
            ["Teams:OpenIdMetadataAddress"] = options.MetadataAddress.AbsoluteUri,
            ["Teams:TokenAddress"] = options.TokenAddress.AbsoluteUri,
            ["Teams:AllowedServiceUrls:0"] = options.ServiceUrl.GetLeftPart(UriPartial.Authority),
        };
        foreach (var (name, value) in settings ?? [])
            all[name] = value;
        world = await World.BeginAsync(all, configure: services);
        var server = await PretendTeamsInProcess.StartAsync(world.Clock, options);
        // All that is not the telephone company's goes to Teams, which complains of what is not its own.
        world.Elsewhere = address => address.Host == "localhost" && !address.AbsolutePath.Contains("/v3/", StringComparison.Ordinal) ? null : server.Handler;
        var made = new TeamsWorld(world, server);
        world.OthersRest = made.RestAsync;
        return made;
    }

    /// <summary>Types the command and waits for the card with the button that opens the dialog.</summary>
    public async Task<Post> AskAsync(TeamsUser user, string text, Place place, Post? thread = null)
    {
        var written = await user.SayAsync(text, place, thread);
        await SettleAsync();
        // Where much is said already, its turn comes later.
        for (var waited = 0; waited < 10 && !Answers().Any(); waited++)
            await World.PassAsync(1);
        return Answers().FirstOrDefault(each => each.Buttons.Contains("Choose people")) ?? throw new InvalidOperationException($"nobody can choose; {string.Join(" | ", Answers())}");

        IEnumerable<Post> Answers() => place.Everything.SkipWhile(each => each != written).Where(each => each.IsFromBot && each.RootId == written.RootId);
    }

    /// <summary>Presses the button that opens the dialog.</summary>
    public async Task<TeamsDialog> OpenAsync(TeamsUser user, Post asked)
    {
        await user.PressAsync(asked, "Choose people");
        await SettleAsync();
        return user.Dialog.ShouldNotBeNull($"no dialog; {string.Join(" | ", user.PrivateNotices)}");
    }

    /// <summary>Picks these people in this order in the dialog that is open, and sends it.</summary>
    public async Task SendAsync(TeamsUser user, params string[] people)
    {
        await user.PickAsync(user.Dialog!.Form, "people", people);
        await user.SubmitAsync("Dispatch");
        await SettleAsync();
    }

    /// <summary>Types the command in a place, picks these people in this order, and sends the dialog.</summary>
    public async Task<Post> DispatchInAsync(Place place, string text, params string[] people)
    {
        var before = CardsIn(place).Count;
        await OpenAsync(Dana, await AskAsync(Dana, text, place));
        await SendAsync(Dana, people);
        Dana.Dialog.ShouldBeNull(Dana.Dialog?.Words);
        await World.PassUntilAsync(() => Task.FromResult(CardsIn(place).Count > before));
        return CardIn(place);
    }

    /// <summary>The same in the channel.</summary>
    public Task<Post> DispatchAsync(string text, params string[] people) => DispatchInAsync(Ops, text, people);

    /// <summary>Presses a button of a card, and lets everything come of it that can at this moment.</summary>
    public async Task PressAsync(TeamsUser user, Post card, string title)
    {
        await user.PressAsync(card, title);
        await SettleAsync();
    }

    /// <summary>Lets everything happen that can happen at this moment.</summary>
    public Task SettleAsync() => World.SettleAsync();

    /// <summary>Lets time pass until a card is closed and its thread tells it.</summary>
    public async Task ToTheEndAsync(Post card)
    {
        await World.PassUntilAsync(() => Task.FromResult(card.Buttons.Contains("Re-dispatch")));
        await World.PassAsync(20);
    }

    public async ValueTask DisposeAsync()
    {
        // Whatever still waits for time must not keep the process from ending.
        for (var ending = World.DisposeAsync().AsTask(); !ending.IsCompletedSuccessfully; await Task.WhenAny(ending, Task.Delay(1)))
        {
            if (ending.IsFaulted)
                await ending;
            World.Clock.Advance(TimeSpan.FromSeconds(1));
        }
        await server.DisposeAsync();
    }

    static bool IsDispatch(Post post) => post.IsFromBot && post.Card is not null && post.Words.Contains("Asked for by", StringComparison.Ordinal);

    // What is on its way to the app, and what the app does after it has answered, belongs to the same moment, unless it waits for time itself.
    Task RestAsync()
    {
        var (quiet, background) = (Teams.QuietAsync(), World.App.Get<BackgroundWork>());
        return World.RestAsync(quiet, () => quiet.IsCompleted && background.Running == 0, () => true);
    }
}
