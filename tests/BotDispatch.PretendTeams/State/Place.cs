using System.Text.Json.Nodes;

namespace BotDispatch.PretendTeams.State;

/// <summary>What kind of place a conversation is.</summary>
public enum PlaceKind
{
    Personal,
    GroupChat,
    /// <summary>Posts there have threads.</summary>
    Channel,
}

/// <summary>A channel or chat with everything that stands in it.</summary>
public sealed class Place
{
    readonly TeamsStandIn teams;
    readonly List<Post> posts = [];

    internal Place(TeamsStandIn teams, Tenant tenant, string id, PlaceKind kind, string name) => (this.teams, Tenant, Id, Kind, Name) = (teams, tenant, id, kind, name);

    public Tenant Tenant { get; }

    public string Id { get; }

    public PlaceKind Kind { get; }

    public string Name { get; }

    /// <summary>The team's id, for channels.</summary>
    public string? Team { get; init; }

    public string? TeamName { get; init; }

    /// <summary>The app is installed here.</summary>
    public bool HasBot { get; set; } = true;

    /// <summary>What the connector refuses every message here with, as <c>MessageWritesBlocked</c>; null takes them.</summary>
    public string? Refuses { get; set; }

    public IReadOnlyList<Person> Members => teams.Locked(() => MemberList.ToList());

    /// <summary>Everything that everybody here sees, in order; deleted messages are left out.</summary>
    public IReadOnlyList<Post> Posts => teams.Locked(() => posts.Where(each => !each.IsDeleted && each.OnlyFor is null).ToList());

    /// <summary>What begins a thread, or in a chat everything.</summary>
    public IReadOnlyList<Post> Roots => [.. Posts.Where(each => each.IsRoot)];

    /// <summary>Everything that ever stood here, also before one person alone.</summary>
    public IReadOnlyList<Post> Everything => teams.Locked(() => posts.ToList());

    /// <summary>What stands below a post; in a chat, which has no threads, what the bot wrote after it.</summary>
    public IReadOnlyList<Post> RepliesTo(Post post) => Kind is PlaceKind.Channel
        ? [.. Posts.Where(each => each != post && each.RootId == post.RootId)]
        : [.. Posts.SkipWhile(each => each != post).Skip(1).Where(each => each.IsFromBot)];

    /// <summary>Somebody takes the message away.</summary>
    public void Delete(Post post) => teams.Locked(() => post.IsDeleted = true);

    internal List<Person> MemberList { get; } = [];

    internal Post? Find(string id) => posts.Find(each => each.Id == id);

    internal Post Add(string id, string rootId, Person? from, Person? onlyFor, JsonObject activity)
    {
        var post = new Post(teams, this, id, rootId.Length > 0 || Kind is not PlaceKind.Channel ? rootId : id, from, onlyFor, activity);
        posts.Add(post);
        return post;
    }

    public override string ToString() => Name.Length > 0 ? Name : $"chat with {Members[0].Name}";
}
