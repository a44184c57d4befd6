using BotDispatch.Chat;
using BotDispatch.Core;
using BotDispatch.Ports;

namespace BotDispatch.Slack.Drawing;

/// <summary>Draws a reply in the thread: one line for each event, with a symbol and a mention of the person who must see it.</summary>
internal static class ReplyMessage
{
    const int MostLine = 2800;

    /// <summary>Draws the message.</summary>
    public static SlackMessage Draw(ThreadUpdate update)
    {
        var lines = update.Lines.Select(Line).ToList();
        var blocks = Fitting.Parts(lines, 3000, SlackMessage.MostBlocks).Select(part => Blocks.Section(part));
        return new(Fitting.Last(lines, SlackMessage.MostText), [.. blocks], update.Key, update.AlsoInChannel);
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
