using BotDispatch.Chat;
using BotDispatch.Core;
using BotDispatch.Http;
using BotDispatch.Ports;

namespace BotDispatch.Teams.Drawing;

/// <summary>Writes messages. Text and card are never sent together, because Teams makes two messages of them and returns no id.</summary>
/// <remarks>https://github.com/microsoft/Agents/blob/main/specs/activity/protocol-activity.md</remarks>
internal static class TeamsActivity
{
    /// <summary>The content type of a card.</summary>
    public const string CardType = "application/vnd.microsoft.card.adaptive";

    /// <summary>A message that is a card.</summary>
    /// <param name="card">The bare card.</param>
    /// <param name="summary">The text of the notification.</param>
    public static WriteJson OfCard(WriteJson card, string summary) => json =>
    {
        json.WriteStartObject();
        json.WriteString("type"u8, "message"u8);
        json.WriteString("summary"u8, summary);
        json.WriteStartArray("attachments"u8);
        Attachment(card)(json);
        json.WriteEndArray();
        json.WriteEndObject();
    };

    /// <summary>A card as an attachment.</summary>
    public static WriteJson Attachment(WriteJson card) => json =>
    {
        json.WriteStartObject();
        json.WriteString("contentType"u8, CardType);
        json.Write("content"u8, card);
        json.WriteEndObject();
    };

    /// <summary>A message of text, with the mentions in it.</summary>
    /// <param name="markdown">The text.</param>
    /// <param name="mentions">The people who are notified. The <see cref="MentionText"/> of each must occur in the text.</param>
    /// <remarks>
    /// https://learn.microsoft.com/microsoftteams/platform/bots/how-to/conversations/channel-and-group-conversations, "Add mentions to your
    /// messages"
    /// </remarks>
    public static WriteJson OfText(string markdown, params IReadOnlyCollection<MentionedPerson> mentions) => json =>
    {
        json.WriteStartObject();
        json.WriteString("type"u8, "message"u8);
        json.WriteString("textFormat"u8, "markdown"u8);
        json.WriteString("text"u8, markdown);
        if (mentions.Count > 0)
        {
            json.WriteStartArray("entities"u8);
            foreach (var (mri, name) in mentions)
            {
                json.WriteStartObject();
                json.WriteString("type"u8, "mention"u8);
                json.WriteString("text"u8, MentionText(name));
                json.WriteStartObject("mentioned"u8);
                json.WriteString("id"u8, mri);
                json.WriteString("name"u8, name);
                json.WriteEndObject();
                json.WriteEndObject();
            }
            json.WriteEndArray();
        }
        json.WriteEndObject();
    };

    /// <summary>The text of a mention in a message.</summary>
    public static string MentionText(string name) => $"<at>{name}</at>";
}

/// <summary>A person whom a message mentions, and so notifies.</summary>
/// <param name="Mri">The person's id for this bot.</param>
/// <param name="Name">The name, as <see cref="TeamsText.MentionName"/> writes it.</param>
internal readonly record struct MentionedPerson(string Mri, string Name);

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
    public static WriteJson Draw(ThreadUpdate update, IReadOnlyDictionary<Person, string> mris) => json =>
    {
        var drawn = update.Lines.Select(line => Line(line, mris)).ToList();
        var (first, length) = (drawn.Count, 0);
        while (first > 0 && length + drawn[first - 1].Text.Length + 2 <= MostText - 40)
            length += drawn[--first].Text.Length + 2;
        var newest = drawn.Skip(first).ToList();
        var text = string.Join("\n\n", newest.Select(line => line.Text).Prepend(first > 0 ? $"… and {first} more" : null).OfType<string>());
        // Teams refuses an entity whose text is not in the message.
        TeamsActivity.OfText(text, [.. newest.Select(line => line.Mention).OfType<MentionedPerson>()])(json);
    };

    static (string Text, MentionedPerson? Mention) Line(UpdateLine line, IReadOnlyDictionary<Person, string> mris)
    {
        var words = TeamsText.Markdown(line.Text, MostLine);
        if (line.Mention is not { } person)
            return (CardSymbols.Of(line.Tone) + words, null);
        MentionedPerson? mention = mris.TryGetValue(person, out var mri) ? new(mri, TeamsText.MentionName(person.Name)) : null;
        var name = (mention is { } it ? TeamsActivity.MentionText(it.Name) : TeamsText.Markdown(person.Name, 100)).Isolated();
        // Put a colon after a plain name, because without it the name reads as the subject: "Dana Accepted".
        return ($"{CardSymbols.Of(line.Tone)}{(name.Length == 0 ? "" : mention is null ? name + ": " : name + " ")}{words}", mention);
    }
}
