using BotDispatch.Core;
using BotDispatch.Ports;

namespace BotDispatch.Chat;

/// <summary>The symbols that cards and threads show, the same in every chat.</summary>
internal static class CardSymbols
{
    /// <summary>The symbol before the status of a card.</summary>
    public static string Of(CardStatus status) => status switch
    {
        CardStatus.Calling => "☎️",
        CardStatus.Waiting => "⏳",
        CardStatus.Paused => "⏸️",
        CardStatus.Accepted => "✅",
        CardStatus.Cancelled => "⛔",
        _ => "❗",
    };

    /// <summary>The symbol before a line of the thread; empty for a plain one. A blank follows it.</summary>
    public static string Of(Tone tone) => tone switch
    {
        Tone.Good => "✅ ",
        Tone.Bad => "❌ ",
        Tone.Alert => "⚠️ ",
        _ => "",
    };
}
