using BotDispatch.PretendTeams.Connector;
using BotDispatch.PretendTeams.Delivery;
using BotDispatch.PretendTeams.Driver;
using BotDispatch.PretendTeams.Identity;
using BotDispatch.PretendTeams.State;

namespace BotDispatch.PretendTeams;

/// <summary>A pretend Teams with people in it: everything the app said, did and missed can be seen and steered from here.</summary>
public sealed class TeamsStandIn
{
    readonly List<Tenant> tenants = [];
    readonly List<Ping> pings = [];
    readonly List<Complaint> complaints = [];
    readonly Dictionary<Person, TeamsUser> users = [];
    readonly Lock gate = new();

    public TeamsStandIn(StandInOptions options, TimeProvider clock)
    {
        (Options, Clock) = (options, clock);
        Ids = new(clock);
        Signing = new(this);
        Tokens = new(this);
        Courier = new(this);
        Installs = new(this);
        Door = new(this);
    }

    public StandInOptions Options { get; }

    public TimeProvider Clock { get; }

    public TeamsLog Log { get; } = new();

    public Disorder Disorder { get; } = new();

    /// <summary>What requests to the bot are signed with.</summary>
    public Signing Signing { get; }

    /// <summary>The bot's own tokens.</summary>
    public TokenOffice Tokens { get; }

    /// <summary>Everything that was sent to the app.</summary>
    public Courier Courier { get; }

    /// <summary>Where the app comes and goes.</summary>
    public Installations Installs { get; }

    public IReadOnlyList<Tenant> Tenants => Locked(() => tenants.ToList());

    /// <summary>Everybody whom a message notified; rewritten messages and those for one person notify nobody.</summary>
    public IReadOnlyList<Ping> Pings => Locked(() => pings.ToList());

    /// <summary>Everything that somebody saw as an error, and everything that the app must not do.</summary>
    public IReadOnlyList<Complaint> Complaints => Locked(() => complaints.ToList());

    internal Ids Ids { get; }

    internal ConnectorDoor Door { get; }

    public Tenant AddTenant(string id, string name) => Locked(() =>
    {
        var made = new Tenant(this, id, name);
        tenants.Add(made);
        return made;
    });

    /// <summary>Somebody to do things as.</summary>
    public TeamsUser User(Person person) => Locked(() => users.TryGetValue(person, out var user) ? user : users[person] = new(this, person));

    /// <summary>Waits until nothing is on its way to the app any more; what waits for the clock is not waited for.</summary>
    public Task QuietAsync() => Courier.QuietAsync();

    /// <summary>Forgets what was complained of until now.</summary>
    public void Forgive() => Locked(complaints.Clear);

    internal Tenant? FindTenant(string id) => tenants.Find(each => each.Id == id);

    internal Place? FindPlace(string id) => tenants.Select(each => each.FindPlace(id)).FirstOrDefault(each => each is not null);

    internal void Notify(Post post)
    {
        if (post.OnlyFor is null)
            pings.AddRange(post.Mentions.Select(who => new Ping(who, post)));
    }

    internal void Complain(Person? who, string what) => Locked(() => complaints.Add(new(Clock.GetUtcNow(), who, what)));

    internal T Locked<T>(Func<T> act)
    {
        lock (gate)
            return act();
    }

    internal void Locked(Action act)
    {
        lock (gate)
            act();
    }
}
