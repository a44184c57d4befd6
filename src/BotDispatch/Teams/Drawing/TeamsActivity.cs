using System.Text.Json.Nodes;
using BotDispatch.Chat;
using BotDispatch.Core;
using BotDispatch.Ports;

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

/// <summary>Draws a reply in the thread: a paragraph for each event, with a symbol and a mention of the person who must see it.</summary>
internal static class ReplyDrawing
{
    /// <summary>
    /// The longest text, well below Teams' limit of 100 KB in UTF-16 for the whole message:
    /// https://learn.microsoft.com/microsoftteams/platform/bots/how-to/format-your-bot-messages
    /// </summary>
    public const int MostText = 20_000;

    const int MostLine = 2800;

    /// <summary>Draws the message. If there are too many lines, it has the newest ones.</summary>
    /// <param name="update">The events.</param>
    /// <param name="mris">Teams' ids of the people to mention. A person without an id is named and not mentioned.</param>
    public static JsonObject Draw(ThreadUpdate update, IReadOnlyDictionary<Person, string> mris)
    {
        var drawn = update.Lines.Select(line => Line(line, mris)).ToList();
        var (first, length) = (drawn.Count, 0);
        while (first > 0 && length + drawn[first - 1].Text.Length + 2 <= MostText - 40)
            length += drawn[--first].Text.Length + 2;
        var newest = drawn.Skip(first).ToList();
        var text = string.Join("\n\n", newest.Select(line => line.Text).Prepend(first > 0 ? $"… and {first} more" : null).OfType<string>());
        // Teams refuses an entity whose text is not in the message.
        return TeamsActivity.OfText(text, [.. newest.Select(line => line.Mention).OfType<JsonObject>()]);
    }

    static (string Text, JsonObject? Mention) Line(UpdateLine line, IReadOnlyDictionary<Person, string> mris)
    {
        var words = TeamsText.Markdown(line.Text, MostLine);
        if (line.Mention is not { } person)
            return (CardSymbols.Of(line.Tone) + words, null);
        var mention = mris.TryGetValue(person, out var mri) ? TeamsActivity.Mention(mri, TeamsText.MentionName(person.Name)) : null;
        var name = mention is null ? TeamsText.Markdown(person.Name, 100).Isolated() : mention["text"]!.GetValue<string>().Isolated();
        // Put a colon after a plain name, because without it the name reads as the subject: "Dana Accepted".
        return ($"{CardSymbols.Of(line.Tone)}{(name.Length == 0 ? "" : mention is null ? name + ": " : name + " ")}{words}", mention);
    }
}
