using BotDispatch.Chat;
using BotDispatch.Core;
using BotDispatch.Ports;

namespace BotDispatch.Slack.Drawing;

/// <summary>Draws a reply in the thread: a line for each thing that happened, marked, and with whoever must see it mentioned.</summary>
internal static class ReplyMessage
{
    const int MostLine = 2800;

    /// <summary>The message.</summary>
    public static SlackMessage Draw(ThreadUpdate update)
    {
        var lines = update.Lines.Select(Line).ToList();
        return new(Fitting.Last(lines, SlackMessage.MostText), [.. Fitting.Parts(lines, 3000, SlackMessage.MostBlocks).Select(part => Blocks.Section(part))], update.Key, update.AlsoInChannel);
    }

    static string Line(UpdateLine line) =>
        $"{CardSymbols.Of(line.Tone)}{(line.Mention is { } person ? Called(person) : "")}{SlackText.Inert(PlainWords.Sentence(line.Text), MostLine)}";

    // A name that nobody is called by would read as the one who does it: "Dana Accepted".
    static string Called(Person person) => SlackText.Mention(person) switch
    {
        "" => "",
        ['<', '@', ..] called => called + " ",
        var name => name + ": ",
    };
}
