using System.Text.Json.Nodes;

namespace BotDispatch.Teams.Drawing;

/// <summary>Writes messages. Text and card are never sent together, because Teams makes two messages of them and returns no id.</summary>
/// <remarks>https://github.com/microsoft/Agents/blob/main/specs/activity/protocol-activity.md</remarks>
internal static class TeamsActivity
{
    /// <summary>A message that is a card.</summary>
    /// <param name="card">The bare card.</param>
    /// <param name="summary">The text of the notification.</param>
    public static JsonObject OfCard(JsonObject card, string summary) => new()
    {
        ["type"] = "message",
        ["summary"] = summary,
        ["attachments"] = new JsonArray(new JsonObject { ["contentType"] = "application/vnd.microsoft.card.adaptive", ["content"] = card }),
    };

    /// <summary>A message of text, with the mentions in it.</summary>
    public static JsonObject OfText(string markdown, params JsonObject[] mentions)
    {
        var activity = new JsonObject { ["type"] = "message", ["textFormat"] = "markdown", ["text"] = markdown };
        if (mentions.Length > 0)
            activity["entities"] = new JsonArray([.. mentions]);
        return activity;
    }

    /// <summary>A mention, which notifies the person. Its text must occur in the message.</summary>
    /// <remarks>
    /// https://learn.microsoft.com/microsoftteams/platform/bots/how-to/conversations/channel-and-group-conversations, "Add mentions to your
    /// messages"
    /// </remarks>
    public static JsonObject Mention(string mri, string name) => new()
    {
        ["type"] = "mention",
        ["text"] = $"<at>{name}</at>",
        ["mentioned"] = new JsonObject { ["id"] = mri, ["name"] = name },
    };
}
