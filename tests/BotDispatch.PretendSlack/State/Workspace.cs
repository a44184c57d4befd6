using System.Text.Json.Nodes;

namespace BotDispatch.PretendSlack.State;

/// <summary>One workspace: its people, its channels, its dialogs, and the app in it.</summary>
public sealed class Workspace
{
    /// <summary>What an app like this one is usually given.</summary>
    public static readonly IReadOnlyList<string> UsualScopes =
        ["commands", "chat:write", "users:read", "users:read.email", "im:write", "app_mentions:read", "channels:read", "groups:read", "im:read"];

    readonly SlackStandIn slack;
    readonly Dictionary<string, Channel> channels = [];
    readonly Dictionary<string, Person> people = [];

    internal Workspace(SlackStandIn slack, string id, string name)
    {
        (this.slack, Id, Name) = (slack, id, name);
        var own = id[1..];
        (BotUserId, BotId, Scopes) = ($"UB{own}", $"BB{own}", [.. UsualScopes]);
        AddPerson(new() { Id = BotUserId, Team = Id, Name = "botdispatch", RealName = "BotDispatch", DisplayName = "BotDispatch", IsBot = true });
    }

    public string Id { get; }

    public string Name { get; }

    public string Domain => Name.ToLowerInvariant().Replace(' ', '-');

    public string BotUserId { get; }

    public string BotId { get; }

    internal string AppId => slack.Options.AppId;

    /// <summary>What the app may do; without one, methods answer <c>missing_scope</c>.</summary>
    public HashSet<string> Scopes { get; }

    /// <summary>The user groups: the id, the handle without its sign, and the members.</summary>
    public List<(string Id, string Handle, string[] Users)> UserGroups { get; } = [];

    /// <summary>The custom profile fields: id and label.</summary>
    public List<(string Id, string Label)> ProfileFields { get; } = [];

    public IReadOnlyList<Channel> Channels => Locked(() => channels.Values.ToList());

    public IReadOnlyList<Person> People => Locked(() => people.Values.ToList());

    /// <summary>Every dialog that was ever opened, in order.</summary>
    public IReadOnlyList<OpenView> Views => Locked(() => Dialogs.All.ToList());

    internal Dialogs Dialogs { get; } = new();

    internal Ids Ids => slack.Ids;

    public Channel Channel(string id) => FindChannel(id) ?? throw new InvalidOperationException($"there is no channel {id}");

    /// <summary>A channel with the bot in it, unless said otherwise.</summary>
    public Channel AddChannel(string id, string name, bool isPrivate = false, bool withBot = true)
    {
        var channel = new Channel { Id = id, Name = name, Team = this, IsPrivate = isPrivate };
        Locked(() => channels.Add(id, channel));
        return withBot ? channel.With(BotUserId) : channel;
    }

    public Person AddPerson(Person person)
    {
        Locked(() => people.Add(person.Id, person));
        return person;
    }

    /// <summary>Somebody of this workspace with names and an address made of their handle.</summary>
    public Person AddPerson(string id, string name, string realName) =>
        AddPerson(new Person { Id = id, Team = Id, Name = name, RealName = realName, DisplayName = name, Email = $"{name}@{Domain}.example" });

    /// <summary>The app's conversation with this person, made on first use.</summary>
    public Channel DirectWith(string user) => Locked(() =>
    {
        var id = "D" + user[1..];
        if (!channels.TryGetValue(id, out var channel))
            channels.Add(id, channel = new Channel { Id = id, Name = "directmessage", Team = this, DirectWith = user }.With(BotUserId, user));
        return channel;
    });

    internal Person? FindPerson(string? id) => Locked(() => id is not null && people.TryGetValue(id, out var person) ? person : null);

    internal Channel? FindChannel(string? id) => Locked(() => id is not null && channels.TryGetValue(id, out var channel) ? channel : null);

    internal JsonObject ToJson() => new() { ["id"] = Id, ["domain"] = Domain };

    internal T Locked<T>(Func<T> act)
    {
        lock (slack.Gate) return act();
    }

    internal void Locked(Action act)
    {
        lock (slack.Gate) act();
    }
}
