using System.Text.Json.Nodes;

namespace BotDispatch.PretendSlack.State;

/// <summary>A place to write in: public, private, or between two.</summary>
public sealed class Channel
{
    readonly List<Message> messages = [];
    readonly HashSet<string> members = [];

    public required string Id { get; init; }

    public required string Name { get; init; }

    public required Workspace Team { get; init; }

    public bool IsPrivate { get; init; }

    /// <summary>The app's conversation with this one person.</summary>
    public string? DirectWith { get; init; }

    public bool IsArchived { get; set; }

    /// <summary>Only some may write; the bot may not.</summary>
    public bool IsReadOnly { get; set; }

    public IReadOnlyCollection<string> Members => Team.Locked(() => members.ToList());

    /// <summary>What was ever written here, in order; also what was deleted.</summary>
    public IReadOnlyList<Message> Everything => Team.Locked(() => messages.ToList());

    /// <summary>The messages that all see.</summary>
    public IReadOnlyList<Message> Messages => [.. Everything.Where(each => each is { IsDeleted: false, OnlyFor: null })];

    /// <summary>The messages that stand in the channel itself, without threads.</summary>
    public IReadOnlyList<Message> Roots => [.. Messages.Where(each => each.ThreadTs is null)];

    public IReadOnlyList<Message> RepliesTo(Message root) => [.. Messages.Where(each => each.ThreadTs == root.Ts)];

    /// <summary>What only this person sees.</summary>
    public IReadOnlyList<Message> EphemeralsOf(string user) => [.. Everything.Where(each => !each.IsDeleted && each.OnlyFor == user)];

    public bool HasMember(string user) => Team.Locked(() => members.Contains(user));

    /// <summary>The bot was invited.</summary>
    public bool HasBot { get => HasMember(Team.BotUserId); set => Member(Team.BotUserId, value); }

    public Channel With(params ReadOnlySpan<string> users)
    {
        foreach (var user in users) Member(user, true);
        return this;
    }

    public void Member(string user, bool isMember) => Team.Locked(() => isMember ? members.Add(user) : members.Remove(user));

    /// <summary>Somebody deletes a message; a root with replies leaves a placeholder, which no longer is a message.</summary>
    public void Delete(Message message) => Team.Locked(() => message.IsDeleted = true);

    internal Message Add(Message message)
    {
        Elements.NameAll(message.Blocks, Team.Ids);
        messages.Add(message);
        return message;
    }

    internal Message? Find(string? ts) => messages.Find(each => each is { IsDeleted: false, OnlyFor: null } && each.Ts == ts);

    internal string CommandName => DirectWith is not null ? "directmessage" : IsPrivate ? "privategroup" : Name;

    internal JsonObject ToJson() => new()
    {
        ["id"] = Id,
        ["name"] = Name,
        ["name_normalized"] = Name,
        ["is_channel"] = !IsPrivate && DirectWith is null,
        ["is_group"] = IsPrivate,
        ["is_im"] = DirectWith is not null,
        ["is_mpim"] = false,
        ["is_private"] = IsPrivate || DirectWith is not null,
        ["is_archived"] = IsArchived,
        ["is_member"] = HasBot,
        ["is_read_only"] = IsReadOnly,
        ["num_members"] = members.Count,
        ["created"] = 1700000000,
        ["context_team_id"] = Team.Id,
    };
}
