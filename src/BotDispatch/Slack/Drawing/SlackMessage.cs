using System.Text.Json;
using BotDispatch.Chat;
using BotDispatch.Core;
using BotDispatch.Http;
using BotDispatch.Ports;
using BotDispatch.Slack.Api;

namespace BotDispatch.Slack.Drawing;

/// <summary>A message to post: its text for notifications and screen readers, its blocks, and the key by which it is found again.</summary>
/// <param name="Text">The content as text.</param>
/// <param name="Blocks">Writes the list of blocks that Slack shows.</param>
/// <param name="Key">The key of the post. It stays the same when the post is repeated.</param>
/// <param name="AlsoInChannel">Whether a reply is also shown in the channel.</param>
/// <remarks>https://docs.slack.dev/reference/methods/chat.postMessage and https://docs.slack.dev/messaging/message-metadata</remarks>
internal sealed record SlackMessage(string Text, WriteJson Blocks, string Key, bool AlsoInChannel = false)
{
    /// <summary>The event type of our metadata.</summary>
    public const string EventType = "botdispatch_post";

    /// <summary>The longest text. A post may be longer, but <c>chat.update</c> refuses that.</summary>
    public const int MostText = 4000;

    /// <summary>The most blocks in one message.</summary>
    public const int MostBlocks = 50;

    /// <summary>The arguments for posting and updating; without blocks if <paramref name="isPlain"/>, because Slack refused them.</summary>
    public SlackArguments Arguments(string channel, bool isPlain) => new()
    {
        ["channel"] = channel,
        ["text"] = Text,
        ["blocks"] = isPlain ? null : Blocks,
        ["metadata"] = new WriteJson(WriteMetadata),
    };

    // Everybody in the channel can read it.
    void WriteMetadata(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("event_type"u8, EventType);
        json.WriteStartObject("event_payload"u8);
        json.WriteString("key"u8, Key);
        json.WriteEndObject();
        json.WriteEndObject();
    }
}

/// <summary>Draws a reply in the thread: one line for each event, with a symbol and a mention of the person who must see it.</summary>
internal static class ReplyMessage
{
    const int MostLine = 2800;

    /// <summary>Draws the message.</summary>
    public static SlackMessage Draw(ThreadUpdate update)
    {
        var lines = update.Lines.Select(Line).ToList();
        return new(Fitting.Last(lines, SlackMessage.MostText), json =>
        {
            json.WriteStartArray();
            foreach (var part in Fitting.Parts(lines, 3000, SlackMessage.MostBlocks))
                json.WriteSection(part);
            json.WriteEndArray();
        }, update.Key, update.AlsoInChannel);
    }

    static string Line(UpdateLine line) =>
        $"{CardSymbols.Of(line.Tone)}{(line.Mention is { } person ? Called(person) : "")}"
        + SlackText.Inert(PlainWords.Sentence(line.Text), MostLine);

    // Put a colon after a plain name, because without it the name reads as the subject: "Dana Accepted".
    static string Called(Person person) => SlackText.Mention(person) switch
    {
        "" => "",
        ['<', '@', ..] called => called + " ",
        var name => name + ": ",
    };
}
