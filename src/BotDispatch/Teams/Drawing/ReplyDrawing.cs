using System.Text.Json.Nodes;
using BotDispatch.Chat;
using BotDispatch.Core;
using BotDispatch.Ports;

namespace BotDispatch.Teams.Drawing;

/// <summary>Draws a reply in the thread: a paragraph for each thing that happened, marked, and with whoever must see it mentioned.</summary>
internal static class ReplyDrawing
{
    /// <summary>Teams takes 100 KB in UTF-16 with everything around it: https://learn.microsoft.com/microsoftteams/platform/bots/how-to/format-your-bot-messages</summary>
    public const int MostText = 20_000;

    const int MostLine = 2800;

    /// <summary>The message. Of very many lines the newest are told.</summary>
    /// <param name="update">What happened.</param>
    /// <param name="mris">By which ids Teams knows the people who are mentioned; who is missing is named only.</param>
    public static JsonObject Draw(ThreadUpdate update, IReadOnlyDictionary<Person, string> mris)
    {
        var drawn = update.Lines.Select(line => Line(line, mris)).ToList();
        var (first, length) = (drawn.Count, 0);
        while (first > 0 && length + drawn[first - 1].Text.Length + 2 <= MostText - 40)
            length += drawn[--first].Text.Length + 2;
        var told = drawn.Skip(first).ToList();
        var text = string.Join("\n\n", told.Select(line => line.Text).Prepend(first > 0 ? $"… and {first} more" : null).OfType<string>());
        // An entity whose text is not in the message is refused.
        return TeamsActivity.OfText(text, [.. told.Select(line => line.Mention).OfType<JsonObject>()]);
    }

    static (string Text, JsonObject? Mention) Line(UpdateLine line, IReadOnlyDictionary<Person, string> mris)
    {
        var words = TeamsText.Markdown(line.Text, MostLine);
        if (line.Mention is not { } person)
            return (CardSymbols.Of(line.Tone) + words, null);
        var mention = mris.TryGetValue(person, out var mri) ? TeamsActivity.Mention(mri, TeamsText.MentionName(person.Name)) : null;
        var name = mention is null ? TeamsText.Markdown(person.Name, 100).Isolated() : mention["text"]!.GetValue<string>().Isolated();
        // A name that nobody is called by would read as the one who does it: "Dana Accepted".
        return ($"{CardSymbols.Of(line.Tone)}{(name.Length == 0 ? "" : mention is null ? name + ": " : name + " ")}{words}", mention);
    }
}
