using BotDispatch.Core;

namespace BotDispatch.Storage;

/// <summary>One thread of a dispatch: where it is, and what it has shown.</summary>
/// <param name="N">The thread's number: 0 where the dispatch began, then its mirrors.</param>
/// <param name="Channel">The channel of the thread.</param>
/// <param name="RootMessage">The card's message; null before it was posted.</param>
/// <param name="OwnsCard">False once a later dispatch owns the card.</param>
/// <param name="PostingSeq">The last event of the reply that was being posted. If its end is unknown, the reply is repeated with the same
/// lines.</param>
/// <param name="PostedSeq">The last event that a reply has shown.</param>
/// <param name="CardSeq">The number of events of the state that the card shows; 0 before it was drawn.</param>
/// <param name="RedrawRequested">How often a redraw without a new event was requested since the card was drawn.</param>
/// <param name="GivenUp">Why nothing is shown there any more; null while something is.</param>
/// <param name="PostingTries">How often posting that reply began without a known end: each lost answer counts, all deaths of the process
/// together count once.</param>
/// <param name="RootTries">How often posting the card began without a known end.</param>
/// <param name="Asker">For a mirror: the requester's id in that chat. Null until their membership is known.</param>
internal sealed record ThreadRow(
    int N, ChatChannel Channel, string? RootMessage, bool OwnsCard, long PostingSeq, long PostedSeq, long CardSeq, int RedrawRequested,
    string? GivenUp, int PostingTries, int RootTries, string? Asker)
{
    /// <summary>A thread of which nothing is shown yet.</summary>
    public static ThreadRow New(int n, ChatChannel channel) => new(n, channel, null, true, 0, 0, 0, 0, null, 0, 0, null);

    /// <summary>Whether the card shows the state with this many events, and nobody wants it drawn once more.</summary>
    public bool ShowsCardOf(long seq) => RedrawRequested == 0 && CardSeq >= seq;
}

/// <summary>A message that is a dispatch's card.</summary>
/// <param name="Channel">The channel in which the card's thread was wanted.</param>
/// <param name="Message">The message's id, in the form that the chat's adapter stored.</param>
internal sealed record PostedCard(ChatChannel Channel, string Message);

/// <summary>Finds the message that shows a dispatch's card.</summary>
internal interface IPostedCards
{
    /// <summary>The cards of the dispatch in that chat, in the order of its threads; none before the first was posted.</summary>
    Task<List<PostedCard>> FindCardsAsync(DispatchId dispatch, string platform, CancellationToken ct);
}

/// <summary>Stores how much of its dispatch each thread has shown.</summary>
internal sealed class ThreadStore(Database database) : IPostedCards
{
    const string Row = """
        n, platform, address, root_message, owns_card, posting_seq, posted_seq, card_seq, redraw_requested, given_up,
        posting_tries, root_tries, asker
        """;

    // Nothing stands under a card that is not posted yet, and a card that is posted anew shows nothing that was drawn before.
    const string NewCard = "root_tries = 0, posting_tries = 0, redraw_requested = 0";

    static readonly string SetCard = $"""
        UPDATE threads SET root_message = $1, card_seq = CASE WHEN dispatch = $2 THEN $4 ELSE 0 END, {NewCard}
        WHERE n = $3 AND dispatch IN ({Succession.Predecessors("$2")})
        """;
    static readonly string RemoveCard = $"""
        UPDATE threads SET root_message = NULL, card_seq = 0, {NewCard}
        WHERE n = $2 AND root_message = $3 AND dispatch IN ({Succession.Successors("$1")})
        """;
    static readonly string WakeSuccessors = Wake($"root_message IS NULL AND dispatch IN ({Succession.Successors("$1")})");
    static readonly string WakeThread = Wake("root_message IS NOT NULL AND given_up IS NULL AND dispatch = $1");

    /// <summary>One thread of a dispatch; null if there is none.</summary>
    public async Task<ThreadRow?> FindAsync(DispatchId dispatch, int n, CancellationToken ct)
    {
        var query = new Statement($"SELECT {Row} FROM threads WHERE dispatch = $1 AND n = $2", dispatch.Value, (long)n);
        return (await database.ReadAsync(query, row => new ThreadRow(
            (int)row.GetInt64(0), new(row.GetString(1), row.GetString(2)), row.TextAt(3), row.GetInt64(4) != 0, row.GetInt64(5),
            row.GetInt64(6), row.GetInt64(7), (int)row.GetInt64(8), row.TextAt(9), (int)row.GetInt64(10), (int)row.GetInt64(11),
            row.TextAt(12)), ct)).SingleOrDefault();
    }

    /// <inheritdoc/>
    public Task<List<PostedCard>> FindCardsAsync(DispatchId dispatch, string platform, CancellationToken ct) =>
        database.ReadAsync(
            new Statement(
                """
                SELECT platform, address, root_message FROM threads WHERE dispatch = $1 AND platform = $2 AND root_message IS NOT NULL
                ORDER BY n
                """,
                dispatch.Value, platform),
            row => new PostedCard(new(row.GetString(0), row.GetString(1)), row.GetString(2)), ct);

    /// <summary>Stores how often posting the card began without a known end.</summary>
    public static Statement SaveCardAttempt(DispatchId dispatch, ThreadRow thread, int tries) =>
        new("UPDATE threads SET root_tries = $1 WHERE dispatch = $2 AND n = $3", (long)tries, dispatch.Value, thread.N);

    /// <summary>
    /// Stores the message of a new card, which shows the state with <paramref name="seq"/> events (0 if that is not known), also for the
    /// dispatches that this one took the card over from: <paramref name="isSuccessor"/>.
    /// </summary>
    public static Statement SaveCard(DispatchId dispatch, ThreadRow thread, string rootMessage, long seq, bool isSuccessor) =>
        new(SetCard, rootMessage, dispatch.Value, thread.N, seq) { ChangesOtherThreads = isSuccessor };

    /// <summary>
    /// Stores that the card is gone and must be posted anew, also for the dispatches that this one took the card over from.
    /// </summary>
    public static Statement LoseCard(DispatchId dispatch, ThreadRow thread) =>
        new(SetCard, null, dispatch.Value, thread.N, 0L) { ChangesOtherThreads = true };

    /// <summary>
    /// Stores that the card, which a later dispatch owns, is gone. That dispatch is woken at <paramref name="now"/> and posts the card
    /// anew, unless it has done so already.
    /// </summary>
    public static IEnumerable<Statement> ForgetCard(DispatchId dispatch, ThreadRow thread, DateTimeOffset now) =>
    [
        new(RemoveCard, dispatch.Value, thread.N, thread.RootMessage) { ChangesOtherThreads = true },
        new(WakeSuccessors, dispatch.Value, thread.N, Moment.Of(now)) { WakesLanes = true },
    ];

    /// <summary>
    /// Requests a redraw of the card at <paramref name="now"/> although nothing happened. Does nothing where a later dispatch owns the
    /// card.
    /// </summary>
    public static IEnumerable<Statement> DrawAgain(DispatchId dispatch, int n, DateTimeOffset now) =>
    [
        // A count, so that a drawing that began before this request does not answer it.
        new("UPDATE threads SET redraw_requested = redraw_requested + 1 WHERE dispatch = $1 AND n = $2 AND owns_card = 1",
            dispatch.Value, (long)n) { ChangesOtherThreads = true },
        new(WakeThread, dispatch.Value, (long)n, Moment.Of(now)) { WakesLanes = true },
    ];

    // A redraw has no event number, and a later dispatch does not know this one's: wake_count makes the lane differ from what was claimed
    // before.
    static string Wake(string which) => $"""
        INSERT INTO lanes (dispatch, lane, due_at, not_before, wanted_seq, wake_count, claimed_until, tries)
        SELECT dispatch, 'thread:' || n, $3, 0, 0, 1, 0, 0 FROM threads WHERE n = $2 AND owns_card = 1 AND {which}
        ON CONFLICT (dispatch, lane) DO UPDATE SET due_at = excluded.due_at, wake_count = lanes.wake_count + 1
        """;

    /// <summary>
    /// Stores that replies have shown the events up to <paramref name="shown"/>, and that a reply with those up to <paramref name="seq"/>
    /// is being posted, after so many tries without a known end.
    /// </summary>
    public static Statement SaveReplyAttempt(DispatchId dispatch, ThreadRow thread, long shown, long seq, int tries) => new(
        """
        UPDATE threads SET posting_seq = $1, posting_tries = $2, posted_seq = CASE WHEN posted_seq < $3 THEN $3 ELSE posted_seq END
        WHERE dispatch = $4 AND n = $5
        """,
        seq, (long)tries, shown, dispatch.Value, thread.N);

    /// <summary>Stores that replies have shown what <paramref name="thread"/> says.</summary>
    public static Statement SaveReplied(DispatchId dispatch, ThreadRow thread) =>
        new("UPDATE threads SET posted_seq = $1, posting_tries = 0 WHERE dispatch = $2 AND n = $3 AND posted_seq < $1",
            thread.PostedSeq, dispatch.Value, thread.N);

    /// <summary>
    /// Stores that the card shows the state with <paramref name="seq"/> events. Changes nothing if the card was posted anew, drawn or
    /// requested since <paramref name="thread"/> was read.
    /// </summary>
    public static Statement SaveDrawn(DispatchId dispatch, ThreadRow thread, long seq) => new(
        "UPDATE threads SET card_seq = $1, redraw_requested = 0 WHERE dispatch = $2 AND n = $3 AND card_seq = $4 AND redraw_requested = $5",
        seq, dispatch.Value, thread.N, thread.CardSeq, (long)thread.RedrawRequested);

    /// <summary>Stores that the requester is a member of the mirror's channel, with their id in that chat.</summary>
    public static Statement SaveMember(DispatchId dispatch, ThreadRow thread, string asker) =>
        new("UPDATE threads SET asker = $1 WHERE dispatch = $2 AND n = $3", asker, dispatch.Value, thread.N);
}
