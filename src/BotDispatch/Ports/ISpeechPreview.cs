using BotDispatch.Core;

namespace BotDispatch.Ports;

/// <summary>Tells a chat, before anybody is called, what a call would say and in which languages it can say it.</summary>
internal interface ISpeechPreview
{
    /// <summary>Returns what somebody would hear of a ticket and its note.</summary>
    /// <param name="ticket">The ticket.</param>
    /// <param name="note">The dispatcher's note; null if there is none.</param>
    /// <param name="language">A language as <see cref="FindLanguage"/> returns it.</param>
    SpokenPreview Preview(Ticket ticket, string? note, string language);

    /// <summary>Returns the telephone's spelling of a language tag; null if the telephone does not speak that language.</summary>
    string? FindLanguage(string? tag);
}

/// <summary>What somebody would hear.</summary>
/// <param name="Text">The spoken text with the question at its end.</param>
/// <param name="NotSpoken">The words that there is no time for; empty if everything is spoken.</param>
internal readonly record struct SpokenPreview(string Text, string NotSpoken = "");
