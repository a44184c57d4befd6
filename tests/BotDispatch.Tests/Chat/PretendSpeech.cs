using BotDispatch.Core;
using BotDispatch.Ports;

namespace BotDispatch.Tests.Chat;

/// <summary>A telephone that speaks British English and German, and writes what it would say so that tests can compare it.</summary>
internal sealed class PretendSpeech : ISpeechPreview
{
    public SpokenPreview Preview(Ticket ticket, string? note, string language) =>
        new($"[{language}] {(ticket.Title.StartsWith("https://", StringComparison.Ordinal) ? "" : ticket.Title)}{note}");

    public string? FindLanguage(string? tag) => tag is "en-GB" or "de-DE" ? tag : null;
}

/// <summary>Reads places that are written as <c>chat:place</c>.</summary>
internal sealed class PretendPlaces : IPlaceReader
{
    public ChatChannel? Read(string written) => written.Split(':', 2) is [var chat, var place] ? new(chat, place) : null;
}
