using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text.Json;
using BotDispatch.Chat;
using BotDispatch.Http;

namespace BotDispatch.Teams.Inbound;

/// <summary>
/// Reads an activity. An unknown kind is <see cref="ChatAction.Unknown"/> and not a failure, because Microsoft adds kinds without notice,
/// and Teams stops calling a bot that fails on them.
/// </summary>
/// <remarks>https://github.com/microsoft/Agents/blob/main/specs/activity/protocol-activity.md</remarks>
internal sealed class ActivityReader(ActionReader actions)
{
    /// <summary>Reads one activity.</summary>
    public TeamsDelivery Read(JsonElement activity)
    {
        var type = activity.Text("type") ?? "";
        var about = new Activity(activity, IdOf(activity), Origin(activity), Reference(activity));
        var delivery = type switch
        {
            "message" => CommandReader.Read(about, actions),
            "invoke" => InvokeReader.Read(about, actions),
            "installationUpdate" => Installation(about, activity.Text("action")),
            "conversationUpdate" => Membership(about),
            // An edited message is a messageUpdate. Its command was handled when it was written.
            _ => null,
        } ?? about.Delivered(new ChatAction.Unknown(about.Id, type));
        return delivery with { TimeZone = activity.Name("localTimezone") };
    }

    static TeamsDelivery? Installation(Activity about, string? action) => action switch
    {
        "add" or "add-upgrade" => about.Delivered(new ChatAction.Installed(about.Id)),
        // At remove-upgrade the bot stays, because the same app is added again in a moment.
        "remove" => about.Delivered(new ChatAction.Removed(about.Id)),
        _ => null,
    };

    static TeamsDelivery? Membership(Activity about)
    {
        if (about.Names("membersAdded"))
            return about.Delivered(new ChatAction.Installed(about.Id));
        return about.Names("membersRemoved") ? about.Delivered(new ChatAction.Removed(about.Id)) : null;
    }

    // The sender may leave the id out. Then equal bytes are the same delivery.
    static string IdOf(JsonElement activity)
    {
        var own = activity.Text("id") ?? Convert.ToHexStringLower(SHA256.HashData(JsonMarshal.GetRawUtf8Value(activity)));
        return $"{activity.Text("channelId")}/{activity.Text("conversation", "id")}/{own}";
    }

    static TeamsOrigin Origin(JsonElement activity) => new(
        Tenant(activity), activity.Text("from", "id") ?? "",
        activity.Text("from", "aadObjectId") is { Length: > 0 } id ? id : null, activity.Text("from", "name") ?? "");

    static string Tenant(JsonElement activity) =>
        activity.Text("conversation", "tenantId") ?? activity.Field("channelData")?.Text("tenant", "id") ?? "";

    static ConversationReference Reference(JsonElement activity)
    {
        var (conversation, root) = TeamsAddress.SplitThread(activity.Text("conversation", "id") ?? "");
        var data = activity.Field("channelData") ?? default;
        return new(
            Tenant(activity), activity.Text("serviceUrl") ?? "", conversation, root, KindOf(activity, data),
            data.Text("team", "id") ?? data.Text("teamsTeamId"), data.Text("channel", "name") ?? activity.Text("conversation", "name"),
            activity.Text("recipient", "id") ?? "");
    }

    static ConversationKind KindOf(JsonElement activity, JsonElement data)
    {
        var id = activity.Text("conversation", "id") ?? "";
        var isOfOthers = id.StartsWith("19:", StringComparison.Ordinal);
        return activity.Text("conversation", "conversationType") switch
        {
            // Teams also calls a chat of two people personal, but for the bot it is a group chat. The bot's own chats have other ids.
            "personal" => isOfOthers ? ConversationKind.GroupChat : ConversationKind.Personal,
            "groupChat" => ConversationKind.GroupChat,
            "channel" => ConversationKind.Channel,
            // An activity without the type must not change the kind of a known conversation.
            _ when data.Field("team") is not null || data.Field("channel") is not null || TeamsAddress.IsChannel(id) =>
                ConversationKind.Channel,
            _ when isOfOthers => ConversationKind.GroupChat,
            _ => activity.Text("conversation", "isGroup") == "true" ? ConversationKind.GroupChat : ConversationKind.Personal,
        };
    }
}

/// <summary>An activity whose common fields are already read.</summary>
internal readonly record struct Activity(JsonElement Json, string Id, TeamsOrigin From, ConversationReference Where)
{
    /// <summary>The delivery of an activity for which Teams awaits no answer.</summary>
    public TeamsDelivery Delivered(ChatAction action) => new(action, From, Where);

    /// <summary>The message whose id is in the field of that name.</summary>
    public TeamsMessageId? Message(string field) => Json.Text(field) is { Length: > 0 } id ? new(Where.Conversation, Where.Root, id) : null;

    /// <summary>Whether that list of members contains the bot.</summary>
    public bool Names(string list)
    {
        var bot = Where.BotId;
        return bot.Length > 0 && Json.List(list).Any(member => member.Text("id") == bot);
    }
}
