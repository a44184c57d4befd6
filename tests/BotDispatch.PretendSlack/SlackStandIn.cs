using BotDispatch.PretendSlack.Delivery;
using BotDispatch.PretendSlack.Driver;
using BotDispatch.PretendSlack.Sockets;
using BotDispatch.PretendSlack.State;
using BotDispatch.PretendSlack.WebApi;

namespace BotDispatch.PretendSlack;

/// <summary>A pretend Slack with people in it: everything the app said, did and missed can be seen and steered from here.</summary>
public sealed class SlackStandIn
{
    readonly Dictionary<string, Workspace> workspaces = [];
    readonly Dictionary<string, SlackUser> users = [];
    readonly List<Ping> pings = [];
    readonly List<Complaint> complaints = [];

    public SlackStandIn(StandInOptions options, TimeProvider clock)
    {
        (Options, Clock) = (options, clock);
        Ids = new(clock);
        Triggers = new(clock, Ids);
        ResponseUrls = new(options, clock, Ids);
        Tokens = new(clock, Ids);
        Installs = new(this);
        Sockets = new(this);
        Courier = new(this);
        Events = new(this);
        Views = new(this);
        Responses = new(this);
        Door = new(this);
    }

    public StandInOptions Options { get; }

    public TimeProvider Clock { get; }

    public SlackLog Log { get; } = new();

    public Disorder Disorder { get; } = new();

    /// <summary>Installation by OAuth.</summary>
    public InstallOffice Installs { get; }

    /// <summary>The sockets that the app holds open.</summary>
    public SocketOffice Sockets { get; }

    /// <summary>What Slack tells on its own.</summary>
    public EventOffice Events { get; }

    /// <summary>Everybody whom a message notified; ephemeral and rewritten messages notify nobody.</summary>
    public IReadOnlyList<Ping> Pings => Locked(() => pings.ToList());

    /// <summary>Every error that a person saw from Slack itself.</summary>
    public IReadOnlyList<Complaint> Complaints => Locked(() => complaints.ToList());

    public IReadOnlyList<Workspace> Workspaces => Locked(() => workspaces.Values.ToList());

    /// <summary>Every address to answer at that was given out.</summary>
    public IReadOnlyList<ResponseUrl> ResponseAddresses => Locked(() => ResponseUrls.All);

    internal Lock Gate { get; } = new();

    internal Ids Ids { get; }

    internal Triggers Triggers { get; }

    internal ResponseUrls ResponseUrls { get; }

    internal Tokens Tokens { get; }

    internal Courier Courier { get; }

    internal ViewMethods Views { get; }

    internal ResponseDoor Responses { get; }

    internal ApiDoor Door { get; }

    /// <summary>A workspace in which the app is installed with that token; without one it must be installed by OAuth.</summary>
    public Workspace AddWorkspace(string id, string name, string? botToken = null)
    {
        var team = new Workspace(this, id, name);
        Locked(() => workspaces.Add(id, team));
        if (botToken is not null) Locked(() => Tokens.Register(botToken, team));
        return team;
    }

    /// <summary>Somebody to do things as.</summary>
    public SlackUser User(string id) => Locked(() =>
    {
        if (!users.TryGetValue(id, out var user))
        {
            var team = workspaces.Values.FirstOrDefault(each => each.FindPerson(id) is not null) ?? throw new InvalidOperationException($"nobody is called {id}");
            users.Add(id, user = new(this, team, team.FindPerson(id)!));
        }
        return user;
    });

    /// <summary>All tokens of the workspace are dead, as after a revocation (<c>token_revoked</c>), a removal (<c>account_inactive</c>) or their time (<c>token_expired</c>).</summary>
    public void KillTokens(Workspace team, string error = "token_revoked") => Locked(() => Tokens.Kill(team, error, alsoRefresh: error != "token_expired"));

    /// <summary>Waits until nothing is on its way to the app any more; what waits for the clock is not waited for.</summary>
    public Task QuietAsync() => Courier.QuietAsync();

    internal void Notify(Message message)
    {
        if (message.OnlyFor is null) pings.AddRange(message.Calls.Select(who => new Ping(who, message)));
    }

    internal void Complain(string user, string what, string during) => Locked(() => complaints.Add(new(Clock.GetUtcNow(), user, what, during)));

    internal T Locked<T>(Func<T> act)
    {
        lock (Gate) return act();
    }

    internal void Locked(Action act)
    {
        lock (Gate) act();
    }
}
