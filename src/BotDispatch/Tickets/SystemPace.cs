namespace BotDispatch.Tickets;

/// <summary>
/// Spreads the questions that nobody waits for: those by which tickets are watched, in turn or at a hint. All of them share one pace,
/// because a ticket system is there for people.
/// </summary>
internal sealed partial class SystemClient
{
    /// <summary>The time between two such questions, on average.</summary>
    public static readonly TimeSpan BetweenQuestions = TimeSpan.FromMilliseconds(250);

    /// <summary>How many may follow each other at once after a rest.</summary>
    public const int MostInARow = 10;

    readonly LostTickets lost = new(clock);
    readonly LoneTurns turns = new();
    DateTimeOffset nextTurn = DateTimeOffset.MinValue;

    /// <summary>Begins a look at several tickets.</summary>
    /// <param name="check">Asks who we are.</param>
    public TicketReads BeginReads(Func<CancellationToken, Task<SystemCheck>> check) => new(this, lost, turns, check);

    /// <summary>Waits until a question of the watch may be asked.</summary>
    public Task TurnAsync(CancellationToken ct)
    {
        TimeSpan wait;
        lock (gate)
        {
            var now = clock.GetUtcNow();
            var rested = now - (BetweenQuestions * (MostInARow - 1));
            // A turn long from now was given before the clock was set back.
            if (nextTurn < rested || nextTurn > now + LongestPause)
                nextTurn = rested;
            (wait, nextTurn) = (nextTurn - now, nextTurn + BetweenQuestions);
        }
        return wait <= TimeSpan.Zero ? Task.CompletedTask : Task.Delay(wait, clock, ct);
    }
}
