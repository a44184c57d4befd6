using System.Text.Json.Nodes;
using BotDispatch.PretendTeams.Cards;
using BotDispatch.PretendTeams.State;

namespace BotDispatch.PretendTeams.Connector;

/// <summary>Says what Teams does not take of a message, and complains of what it takes and shows badly.</summary>
internal sealed class ActivityCheck(TeamsStandIn teams)
{
    // 100 KB in UTF-16: https://learn.microsoft.com/microsoftteams/platform/bots/how-to/format-your-bot-messages
    const int MostCharacters = 50 * 1024;

    /// <summary>The refusal; null for a message that is taken.</summary>
    public ConnectorReply? Of(Place place, JsonObject activity)
    {
        var refused = Look(place, activity);
        if (refused is not null)
            teams.Complain(null, $"a message that Teams refuses: {refused.Body!["error"].Word("message")}");
        else if (CardReading.CardOf(activity) is { } card && CardCheck.IsDroppedByOldClients(card))
            teams.Complain(null, "Action.Execute outside of an ActionSet, where older clients drop it");
        return refused;
    }

    public static bool HasBoth(JsonObject activity) => activity.Word("text") is { Length: > 0 } && activity.Objects("attachments").Any();

    static ConnectorReply? Look(Place place, JsonObject activity)
    {
        if (activity.Written().Length > MostCharacters)
            return ConnectorReply.Error(413, "MessageSizeTooBig", "Message size too large");
        if (activity.Word("type") != "message")
            return ConnectorReply.Error(400, "BadSyntax", "Unknown activity type");
        var text = activity.Word("text") ?? "";
        if (text.Length == 0 && !activity.Objects("attachments").Any())
            return ConnectorReply.Error(400, "BadSyntax", "Activity must include non empty 'text' field or at least 1 attachment");
        foreach (var mention in activity.Objects("entities").Where(each => each.Word("type") == "mention"))
        {
            if (mention.Word("text") is not { Length: > 0 } token || !text.Contains(token, StringComparison.Ordinal))
                return ConnectorReply.Error(400, "BadArgument", "Mention entity does not match text");
            if (place.Tenant.Find(mention["mentioned"].Word("id") ?? "") is null)
                return ConnectorReply.Error(400, "BadArgument", "Mention of somebody who does not exist");
        }
        foreach (var attachment in activity.Objects("attachments"))
            if (attachment.Word("contentType") != CardReading.ContentType || CardCheck.Of(attachment["content"]) is { Count: > 0 })
                return ConnectorReply.Error(400, "BadArgument", $"A card that is not shown: {string.Join("; ", CardCheck.Of(attachment["content"]))}");
        return null;
    }
}
