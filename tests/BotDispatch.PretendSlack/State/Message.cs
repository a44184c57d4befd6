using System.Text.Json.Nodes;
using BotDispatch.PretendSlack.Checks;

namespace BotDispatch.PretendSlack.State;

/// <summary>A message as it stands, in a channel or before one person's eyes.</summary>
public sealed class Message
{
    public required Channel Channel { get; init; }

    public required string Ts { get; init; }

    /// <summary>The message that this one answers; null for one that stands in the channel itself.</summary>
    public string? ThreadTs { get; init; }

    /// <summary>Who wrote it.</summary>
    public required string User { get; init; }

    public string Text { get; internal set; } = "";

    public JsonArray? Blocks { get; internal set; }

    public JsonArray? Attachments { get; internal set; }

    public JsonObject? Metadata { get; internal set; }

    /// <summary>Shown in the channel although it stands in a thread.</summary>
    public bool IsBroadcast { get; init; }

    /// <summary>The only person who sees it; null for a real message.</summary>
    public string? OnlyFor { get; init; }

    public bool IsDeleted { get; internal set; }

    /// <summary>How often it was rewritten.</summary>
    public int Updates { get; internal set; }

    public bool IsFromBot { get; init; }

    /// <summary>Whom it calls, as <c>&lt;!channel&gt;</c> or <c>&lt;@U0DANA&gt;</c>.</summary>
    public IReadOnlyList<string> Calls => Mentions.In(Text, Blocks, Attachments);

    /// <summary>Where it links to.</summary>
    public IReadOnlyList<string> Links => Mentions.LinksIn(Text, Blocks, Attachments);

    /// <summary>The labels of its buttons, in order.</summary>
    public IReadOnlyList<string> Buttons => [.. Elements.Find(Blocks, "button").Select(each => Elements.Label(each.Element))];

    /// <summary>What can be read in it: the blocks where there are any, else the text.</summary>
    public string Words => Blocks is { Count: > 0 } ? string.Join('\n', Elements.Words(Blocks)) : Text;

    public override string ToString() => $"{User} in {Channel.Name}: {Words}";

    internal JsonObject ToJson(Workspace team, bool withMetadata)
    {
        var made = new JsonObject { ["type"] = "message", ["user"] = User, ["ts"] = Ts, ["text"] = Text };
        if (IsFromBot) (made["bot_id"], made["app_id"]) = (team.BotId, team.AppId);
        made["team"] = team.Id;
        if (IsBroadcast) made["subtype"] = "thread_broadcast";
        if (Blocks is not null) made["blocks"] = Blocks.DeepClone();
        if (Attachments is not null) made["attachments"] = Attachments.DeepClone();
        if (ThreadTs is not null) made["thread_ts"] = ThreadTs;
        if (withMetadata && Metadata is not null) made["metadata"] = Metadata.DeepClone();
        if (ThreadTs is null && Channel.RepliesTo(this).Count is > 0 and var replies) (made["thread_ts"], made["reply_count"]) = (Ts, replies);
        return made;
    }
}
