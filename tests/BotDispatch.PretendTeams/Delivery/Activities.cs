using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using BotDispatch.PretendTeams.State;

namespace BotDispatch.PretendTeams.Delivery;

/// <summary>Writes what Teams sends to a bot.</summary>
/// <remarks>https://github.com/microsoft/Agents/blob/main/specs/activity/protocol-activity.md</remarks>
internal static class Activities
{
    /// <summary>What all of them have.</summary>
    public static JsonObject Of(TeamsStandIn teams, string type, string id, Person from, Place place, string? threadId = null)
    {
        var (options, now) = (teams.Options, teams.Clock.GetUtcNow());
        var moment = now.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.fff", CultureInfo.InvariantCulture);
        var sender = new JsonObject { ["id"] = from.Mri, ["name"] = from.Name };
        if (!from.HidesObjectId)
            sender["aadObjectId"] = from.ObjectId;
        var conversation = new JsonObject { ["conversationType"] = Kind(place.Kind), ["tenantId"] = place.Tenant.Id, ["id"] = threadId ?? place.Id };
        if (place.Kind is not PlaceKind.Personal)
            conversation["isGroup"] = true;
        var data = new JsonObject { ["tenant"] = new JsonObject { ["id"] = place.Tenant.Id } };
        if (place.Kind is PlaceKind.Channel)
            (data["teamsChannelId"], data["teamsTeamId"], data["channel"], data["team"]) = (place.Id, place.Team, new JsonObject { ["id"] = place.Id }, new JsonObject { ["id"] = place.Team });
        return new()
        {
            ["type"] = type,
            ["id"] = id,
            ["timestamp"] = moment + "Z",
            ["localTimestamp"] = moment + "+00:00",
            ["localTimezone"] = from.TimeZone,
            ["channelId"] = "msteams",
            ["serviceUrl"] = options.ServiceUrl.AbsoluteUri,
            ["from"] = sender,
            ["recipient"] = new JsonObject { ["id"] = options.BotId, ["name"] = options.BotName },
            ["conversation"] = conversation,
            ["entities"] = new JsonArray(new JsonObject { ["type"] = "clientInfo", ["locale"] = "en-US", ["country"] = "US", ["platform"] = "Windows", ["timezone"] = from.TimeZone }),
            ["channelData"] = data,
            ["locale"] = "en-US",
        };
    }

    /// <summary>A message that somebody wrote.</summary>
    public static JsonObject Message(TeamsStandIn teams, Post post)
    {
        var made = Of(teams, "message", post.Id, post.From!, post.Place, post.ThreadId);
        foreach (var field in (string[])["text", "textFormat", "attachments"])
            made[field] = post.Activity[field]?.DeepClone();
        foreach (var mention in post.Activity.Objects("entities"))
            made["entities"]!.AsArray().Add(mention.DeepClone());
        return made;
    }

    /// <summary>Something that waits for an answer.</summary>
    public static JsonObject Invoke(TeamsStandIn teams, string name, Person from, Place place, string? threadId, JsonObject value, string? replyToId = null)
    {
        var made = Of(teams, "invoke", teams.Ids.Event(), from, place, threadId);
        (made["name"], made["value"]) = (name, value);
        if (replyToId is not null)
            made["replyToId"] = replyToId;
        return made;
    }

    /// <summary>A message as a command on it carries it.</summary>
    /// <remarks>https://learn.microsoft.com/microsoftteams/platform/messaging-extensions/how-to/action-commands/create-task-module</remarks>
    public static JsonObject Chosen(Post post)
    {
        var author = post.From is { } person
            ? new JsonObject { ["user"] = new JsonObject { ["userIdentityType"] = "aadUser", ["id"] = person.ObjectId, ["displayName"] = person.Name } }
            : new JsonObject { ["application"] = new JsonObject { ["applicationIdentityType"] = "bot", ["displayName"] = "BotDispatch" } };
        var made = new JsonObject
        {
            ["id"] = post.Id,
            ["createdDateTime"] = DateTimeOffset.FromUnixTimeMilliseconds(long.Parse(post.Id, CultureInfo.InvariantCulture)).ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture),
            ["deleted"] = post.IsDeleted,
            ["importance"] = "normal",
            ["locale"] = "en-us",
            ["from"] = author,
            ["body"] = new JsonObject { ["contentType"] = "html", ["content"] = $"<p>{WebUtility.HtmlEncode(post.Words).Replace("\n", "<br>", StringComparison.Ordinal)}</p>" },
            ["attachments"] = new JsonArray(),
            ["mentions"] = new JsonArray(),
            ["reactions"] = new JsonArray(),
            ["linkToMessage"] = $"https://teams.microsoft.com/l/message/{Uri.EscapeDataString(post.Place.Id)}/{post.Id}",
        };
        if (!post.IsRoot)
            made["replyToId"] = post.RootId;
        return made;
    }

    static string Kind(PlaceKind kind) => kind switch
    {
        PlaceKind.Personal => "personal",
        PlaceKind.GroupChat => "groupChat",
        _ => "channel",
    };
}
