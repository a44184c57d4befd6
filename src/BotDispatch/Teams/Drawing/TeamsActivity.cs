using System.Text.Json.Nodes;

namespace BotDispatch.Teams.Drawing;

/// <summary>Messages as Teams takes them. Text and card never go together: Teams makes two messages of them and names neither.</summary>
/// <remarks>https://github.com/microsoft/Agents/blob/main/specs/activity/protocol-activity.md</remarks>
internal static class TeamsActivity
{
    /// <summary>A message that is a card.</summary>
    /// <param name="card">The bare card.</param>
    /// <param name="summary">What a notification says.</param>
    public static JsonObject OfCard(JsonObject card, string summary) => new()
    {
        ["type"] = "message",
        ["summary"] = summary,
        ["attachments"] = new JsonArray(new JsonObject { ["contentType"] = "application/vnd.microsoft.card.adaptive", ["content"] = card }),
    };

    /// <summary>A message of words, with the mentions that are in it.</summary>
    public static JsonObject OfText(string markdown, params JsonObject[] mentions)
    {
        var activity = new JsonObject { ["type"] = "message", ["textFormat"] = "markdown", ["text"] = markdown };
        if (mentions.Length > 0)
            activity["entities"] = new JsonArray([.. mentions]);
        return activity;
    }

    /// <summary>Somebody, so that they are told; its text must occur in the message.</summary>
    /// <remarks>https://learn.microsoft.com/microsoftteams/platform/bots/how-to/conversations/channel-and-group-conversations, "Add mentions to your messages"</remarks>
    public static JsonObject Mention(string mri, string name) => new()
    {
        ["type"] = "mention",
        ["text"] = $"<at>{name}</at>",
        ["mentioned"] = new JsonObject { ["id"] = mri, ["name"] = name },
    };
}
