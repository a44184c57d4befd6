using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text.Json;
using BotDispatch.Http;
using static BotDispatch.Teams.Inbound.TeamsDelivery;

namespace BotDispatch.Teams.Inbound;

/// <summary>Reads an activity. Whatever it holds, this answers: what is not understood is <see cref="Unknown"/>, for new kinds appear without notice and Teams leaves a bot that fails over them.</summary>
/// <remarks>https://github.com/microsoft/Agents/blob/main/specs/activity/protocol-activity.md</remarks>
internal static class ActivityReader
{
    public static TeamsDelivery Read(JsonElement activity)
    {
        var type = activity.Text("type") ?? "";
        var about = new Activity(activity, IdOf(activity), Origin(activity), Reference(activity));
        return type switch
        {
            "message" => CommandReader.Read(about),
            "invoke" => InvokeReader.Read(about),
            "installationUpdate" => Installation(about, activity.Text("action")),
            "conversationUpdate" => Membership(about),
            // An edited command is messageUpdate: it was dispatched when it was written.
            _ => null,
        } ?? new Unknown(about.Id, about.From, about.Where, type);
    }

    static TeamsDelivery? Installation(Activity about, string? action) => action switch
    {
        "add" or "add-upgrade" => new BotAdded(about.Id, about.From, about.Where, IsInstallation: true),
        // At remove-upgrade the bot stays: the same app comes back in a moment.
        "remove" => new BotRemoved(about.Id, about.From, about.Where, IsInstallation: true),
        _ => null,
    };

    static TeamsDelivery? Membership(Activity about)
    {
        if (about.Names("membersAdded"))
            return new BotAdded(about.Id, about.From, about.Where, IsInstallation: false);
        return about.Names("membersRemoved") ? new BotRemoved(about.Id, about.From, about.Where, IsInstallation: false) : null;
    }

    // The sender may leave the id out: then the same bytes are the same delivery.
    static string IdOf(JsonElement activity) =>
        $"{activity.Text("channelId")}/{activity.Text("conversation", "id")}/{activity.Text("id") ?? Convert.ToHexStringLower(SHA256.HashData(JsonMarshal.GetRawUtf8Value(activity)))}";

    static TeamsOrigin Origin(JsonElement activity) => new(
        Tenant(activity), activity.Text("from", "id") ?? "", activity.Text("from", "aadObjectId") is { Length: > 0 } id ? id : null, activity.Text("from", "name") ?? "");

    static string Tenant(JsonElement activity) => activity.Text("conversation", "tenantId") ?? activity.Field("channelData")?.Text("tenant", "id") ?? "";

    static ConversationReference Reference(JsonElement activity)
    {
        var (conversation, root) = TeamsAddress.SplitThread(activity.Text("conversation", "id") ?? "");
        var data = activity.Field("channelData") ?? default;
        return new(
            Tenant(activity), activity.Text("serviceUrl") ?? "", conversation, root, KindOf(activity, data),
            data.Text("team", "id") ?? data.Text("teamsTeamId"), data.Text("channel", "name") ?? activity.Text("conversation", "name"), activity.Text("recipient", "id") ?? "");
    }

    static ConversationKind KindOf(JsonElement activity, JsonElement data) => activity.Text("conversation", "conversationType") switch
    {
        // Two people's chat is personal too, but for the bot it is one of others: its own begin otherwise.
        "personal" when activity.Text("conversation", "id")?.StartsWith("19:", StringComparison.Ordinal) == true => ConversationKind.GroupChat,
        "personal" => ConversationKind.Personal,
        "groupChat" => ConversationKind.GroupChat,
        "channel" => ConversationKind.Channel,
        // What leaves it out must not make another place of one that is known.
        _ when data.Field("team") is not null || data.Field("channel") is not null || TeamsAddress.IsChannel(activity.Text("conversation", "id") ?? "") => ConversationKind.Channel,
        _ when activity.Text("conversation", "id")?.StartsWith("19:", StringComparison.Ordinal) == true => ConversationKind.GroupChat,
        _ => activity.Text("conversation", "isGroup") == "true" ? ConversationKind.GroupChat : ConversationKind.Personal,
    };
}

/// <summary>An activity, with what is the same in all of them already read.</summary>
internal readonly record struct Activity(JsonElement Json, string Id, TeamsOrigin From, ConversationReference Where)
{
    /// <summary>The message that it is about, by the name of the field that holds its id.</summary>
    public TeamsMessageId? Message(string field) => Json.Text(field) is { Length: > 0 } id ? new(Where.Conversation, Where.Root, id) : null;

    /// <summary>Whether the bot is in that list of members.</summary>
    public bool Names(string list)
    {
        var bot = Where.BotId;
        return bot.Length > 0 && Json.List(list).Any(member => member.Text("id") == bot);
    }
}
