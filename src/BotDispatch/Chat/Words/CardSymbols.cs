using BotDispatch.Core;
using BotDispatch.Ports;

namespace BotDispatch.Chat;

/// <summary>The symbols of cards and threads, the same in every chat.</summary>
internal static class CardSymbols
{
    /// <summary>Returns the symbol before the status of a card.</summary>
    public static string Of(CardStatus status) => status switch
    {
        CardStatus.Calling => "☎️",
        CardStatus.Waiting => "⏳",
        CardStatus.Paused => "⏸️",
        CardStatus.Accepted => "✅",
        CardStatus.Cancelled => "⛔",
        _ => "❗",
    };

    /// <summary>Returns the symbol before a line of the thread, with a blank after it; empty for a plain line.</summary>
    public static string Of(Tone tone) => tone switch
    {
        Tone.Good => "✅ ",
        Tone.Bad => "❌ ",
        Tone.Alert => "⚠️ ",
        _ => "",
    };
}
