using System.Globalization;
using System.Text.Json.Nodes;
using BotDispatch.PretendTeams.State;

namespace BotDispatch.PretendTeams.Connector;

/// <summary>Does what the app asks for, as Teams does, and says no as Teams does.</summary>
/// <remarks>https://learn.microsoft.com/microsoftteams/platform/bots/how-to/conversations/conversation-messages</remarks>
internal sealed class Conversations(TeamsStandIn teams)
{
    readonly ActivityCheck check = new(teams);

    public ConnectorReply Do(ConnectorCall call)
    {
        if (call.Kind == "chat")
            return Chat(call);
        if (teams.FindPlace(call.Conversation) is not { } place)
            return ConnectorReply.Error(404, "ConversationNotFound", "Conversation not found");
        if (!place.HasBot)
            return ConnectorReply.Error(403, "BotNotInConversationRoster", "The bot is not part of the conversation roster.");
        return call.Kind switch
        {
            "member" => Member(place, call.Item),
            "members" => Members(place, call.Query),
            _ when place is { Kind: PlaceKind.Personal } && place.MemberList[0].BlocksBot => ConnectorReply.Error(403, "ConversationBlockedByUser", "User blocked the conversation with the bot."),
            _ when place.Refuses is { } code => ConnectorReply.Error(403, code),
            "thread" => Thread(place, call.Body),
            "send" => Send(place, call),
            "update" => Update(place, call),
            _ => Delete(place, call),
        };
    }

    ConnectorReply Chat(ConnectorCall call)
    {
        if (call.Body.Word("tenantId") is not { } tenantId || teams.FindTenant(tenantId) is not { } tenant || call.Body["bot"].Word("id") != teams.Options.BotId)
            return ConnectorReply.Error(400, "BadArgument", "Bot or tenant is missing");
        if (call.Body.Objects("members").FirstOrDefault().Word("id") is not { } id || tenant.Find(id) is not { } person)
            return ConnectorReply.Error(404, "MemberNotFoundInConversation", "Unknown member");
        var chat = tenant.PersonalChat(person);
        return chat.HasBot ? ConnectorReply.Named(201, chat.Id) : ConnectorReply.Error(403, "BotNotInConversationRoster", "The bot is not part of the conversation roster.");
    }

    ConnectorReply Thread(Place place, JsonObject body)
    {
        if (place.Kind is not PlaceKind.Channel || body["activity"] is not JsonObject activity || body["bot"].Word("id") != teams.Options.BotId || body.Word("tenantId") != place.Tenant.Id)
            return ConnectorReply.Error(400, "BadArgument", "A thread is begun in a channel, by its bot and with an activity");
        if (check.Of(place, activity) is { } wrong)
            return wrong;
        var post = Add(place, "", null, activity);
        return new(201, new() { ["id"] = post.ThreadId, ["activityId"] = post.Id });
    }

    ConnectorReply Send(Place place, ConnectorCall call)
    {
        if (call.Root.Length > 0 && place.Find(call.Root) is null)
            return ConnectorReply.Error(404, "ActivityNotFoundInConversation", "Message does not exist in the thread.");
        if (call.Body.Word("type") == "typing")
            return new(202);
        var recipient = call.IsTargeted ? place.MemberList.Find(each => each.Mri == call.Body["recipient"].Word("id")) : null;
        if (call.IsTargeted && (recipient is null || place.Kind is PlaceKind.Personal))
            return ConnectorReply.Error(400, "BadArgument", "A targeted message goes to one member of a channel or group chat");
        if (check.Of(place, call.Body) is { } wrong)
            return wrong;
        if (ActivityCheck.HasBoth(call.Body))
        {
            teams.Complain(null, "text and card in one message: it became two, and nobody learns their ids");
            Add(place, call.Root, recipient, Without(call.Body, "attachments"));
            Add(place, call.Root, recipient, Without(call.Body, "text"));
            return new(202);
        }
        return ConnectorReply.Named(201, Add(place, call.Root, recipient, call.Body).Id);
    }

    ConnectorReply Update(Place place, ConnectorCall call)
    {
        if (Standing(place, call) is not { } post)
            return ConnectorReply.Error(404, "ActivityNotFoundInConversation", "Message does not exist in the thread.");
        if (call.IsTargeted && call.Body.ContainsKey("recipient"))
            return ConnectorReply.Error(400, "BadArgument", "A targeted message keeps its recipient");
        if (check.Of(place, call.Body) is { } wrong)
            return wrong;
        if (ActivityCheck.HasBoth(call.Body))
            return ConnectorReply.Error(400, "BadSyntax", "Activity resulted into multiple skype activities");
        post.Rewrite(call.Body.DeepClone().AsObject());
        return ConnectorReply.Named(200, post.Id);
    }

    static ConnectorReply Delete(Place place, ConnectorCall call)
    {
        if (Standing(place, call) is not { } post)
            return ConnectorReply.Error(404, "ActivityNotFoundInConversation", "Message does not exist in the thread.");
        post.IsDeleted = true;
        return new(200);
    }

    // Known in its thread and in its channel alike; in another thread it is not.
    static Post? Standing(Place place, ConnectorCall call) =>
        place.Find(call.Item) is { IsDeleted: false, IsFromBot: true } post && (post.OnlyFor is not null) == call.IsTargeted && (call.Root.Length == 0 || call.Root == post.RootId) ? post : null;

    static ConnectorReply Member(Place place, string id) => place.MemberList.Find(each => each.Mri == id || each.ObjectId.Equals(id, StringComparison.OrdinalIgnoreCase)) is { } person
        ? new(200, Described(person))
        : ConnectorReply.Error(404, "MemberNotFoundInConversation", "Member not found in conversation");

    static ConnectorReply Members(Place place, IQueryCollection query)
    {
        var size = int.TryParse(query["pageSize"], NumberStyles.None, CultureInfo.InvariantCulture, out var asked) ? Math.Clamp(asked, 50, 500) : 200;
        var skip = int.TryParse(query["continuationToken"], NumberStyles.None, CultureInfo.InvariantCulture, out var from) ? from : 0;
        var body = new JsonObject { ["members"] = new JsonArray([.. place.MemberList.Skip(skip).Take(size).Select(Described)]) };
        if (place.MemberList.Count > skip + size)
            body["continuationToken"] = (skip + size).ToString(CultureInfo.InvariantCulture);
        return new(200, body);
    }

    static JsonObject Described(Person person)
    {
        var made = new JsonObject { ["id"] = person.Mri, ["aadObjectId"] = person.ObjectId, ["name"] = person.Name, ["tenantId"] = person.Tenant.Id, ["userRole"] = person.Email is null ? "guest" : "user" };
        if (person.Email is { } email)
            (made["email"], made["userPrincipalName"], made["givenName"], made["surname"]) = (email, email, person.Name.Split(' ')[0], person.Name.Split(' ')[^1]);
        return made;
    }

    Post Add(Place place, string root, Person? onlyFor, JsonObject activity)
    {
        var post = place.Add(teams.Ids.Message(), root, null, onlyFor, activity.DeepClone().AsObject());
        teams.Notify(post);
        if (onlyFor is not null)
            teams.User(onlyFor).Hear(Way.Targeted, post.Words);
        return post;
    }

    static JsonObject Without(JsonObject activity, string field)
    {
        var left = activity.DeepClone().AsObject();
        left.Remove(field);
        return left;
    }
}
