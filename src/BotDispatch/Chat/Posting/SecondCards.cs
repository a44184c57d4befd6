using System.Collections.Concurrent;
using BotDispatch.Core;

namespace BotDispatch.Chat;

/// <summary>A message that shows a card.</summary>
/// <param name="Place">The channel or conversation.</param>
/// <param name="Id">The message's id there; null if the chat did not name the message.</param>
internal readonly record struct CardMessage(string Place, string? Id);

/// <summary>
/// Recognises a second card of a dispatch. If the process dies while it posts a card, or the chat's answer is lost, the card may stand
/// without our knowledge, and it is posted again. The first one is noticed when somebody presses one of its buttons, or when a client asks
/// for its newest state.
/// </summary>
internal sealed class SecondCards(TimeProvider clock)
{
    const int MostKnown = 5000;

    static readonly TimeSpan Remembered = TimeSpan.FromMinutes(10);

    readonly ConcurrentDictionary<(DispatchId Dispatch, CardMessage Message), DateTimeOffset> known = [];

    /// <summary>
    /// Returns whether <paramref name="pressed"/> is certainly another message than the dispatch's card in the same place. A message that
    /// is the card is remembered for ten minutes, and nothing is read for it meanwhile.
    /// </summary>
    /// <param name="dispatch">The dispatch that the message shows.</param>
    /// <param name="pressed">The message.</param>
    /// <param name="readCards">Reads the messages that are the dispatch's cards in that chat.</param>
    public async Task<bool> IsSecondAsync(DispatchId dispatch, CardMessage pressed, Func<Task<IEnumerable<CardMessage>>> readCards)
    {
        var now = clock.GetUtcNow();
        if (known.TryGetValue((dispatch, pressed), out var until) && now < until)
            return false;
        var here = (await readCards()).Where(card => card.Place == pressed.Place).ToList();
        if (here.Contains(pressed))
        {
            if (known.Count >= MostKnown)
                known.Clear();
            known[(dispatch, pressed)] = now + Remembered;
        }
        // A card without an id may be this one.
        return here.Count > 0 && here.TrueForAll(card => card.Id is not null && card != pressed);
    }
}
