using System.Collections.Concurrent;
using BotDispatch.Core;
using BotDispatch.Storage;

namespace BotDispatch.Dispatching;

/// <summary>
/// What this process has last drawn in each thread, so that a card is drawn when its content has changed and not for each event. What is
/// not remembered is drawn.
/// </summary>
internal sealed class DrawnCards(Database database)
{
    const int MostRemembered = 8192;

    sealed record Drawn(string RootMessage, long Seq, DispatchCard Card);

    readonly ConcurrentDictionary<(DispatchId Dispatch, int Thread), Drawn> drawn = new();

    /// <summary>Whether the thread's message shows exactly this card, and nobody has requested a redraw.</summary>
    public bool Shows(DispatchCard card, ThreadRow row) =>
        row.RedrawRequested == 0
        && drawn.TryGetValue((card.Id, row.N), out var last)
        && last.RootMessage == row.RootMessage
        // Another process may have drawn it since.
        && (!database.IsShared || last.Seq == row.CardSeq)
        && last.Card.ShowsTheSameAs(card);

    /// <summary>
    /// Whether a drawing of this state need not be stored: this process alone draws, and a restart draws the card of each open dispatch
    /// once more.
    /// </summary>
    public bool MayStayUnstored(DispatchState drawn, ThreadRow row) =>
        !database.IsShared && !drawn.IsClosed && row.RedrawRequested == 0;

    /// <summary>Remembers that the message shows this card, of the state with <paramref name="seq"/> events.</summary>
    public void Remember(DispatchCard card, int thread, string rootMessage, long seq)
    {
        if (card.IsClosed)
            drawn.TryRemove((card.Id, thread), out _);
        else
        {
            if (drawn.Count >= MostRemembered)
                drawn.Clear();
            drawn[(card.Id, thread)] = new(rootMessage, seq, card);
        }
    }
}
