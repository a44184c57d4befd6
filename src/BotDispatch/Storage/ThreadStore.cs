using BotDispatch.Core;

namespace BotDispatch.Storage;

/// <summary>One thread of a dispatch: what it has shown.</summary>
/// <param name="N">Which of the dispatch's threads.</param>
/// <param name="Channel">Where.</param>
/// <param name="RootMessage">The card's message; null before it was posted.</param>
/// <param name="OwnsCard">No later dispatch has taken the card over.</param>
/// <param name="PostingSeq">Events up to this one were being told when last heard of: told again, they must be the same lines.</param>
/// <param name="PostedSeq">Events up to this one were told.</param>
/// <param name="CardSeq">The card was drawn from this state; below zero where it is to be drawn once more.</param>
/// <param name="GivenUp">Why nothing is shown there any more.</param>
/// <param name="PostingTries">How often telling them was begun without a known end: each lost answer counts, and all deaths of the process together as one.</param>
/// <param name="RootTries">How often posting the card was begun without a known end.</param>
/// <param name="Asker">For a mirror: who wants it there, by their id there. Null until it is known that they are a member.</param>
internal sealed record ThreadRow(
    int N, ChatChannel Channel, string? RootMessage, bool OwnsCard, long PostingSeq, long PostedSeq, long CardSeq, string? GivenUp, int PostingTries, int RootTries, string? Asker);

/// <summary>A message that is a dispatch's card.</summary>
/// <param name="Channel">Where the thread of the card was wanted.</param>
/// <param name="Message">The message, as the chat's adapter wrote it down.</param>
internal sealed record PostedCard(ChatChannel Channel, string Message);

/// <summary>Finds the messages that are the cards of dispatches.</summary>
internal interface IPostedCards
{
    /// <summary>The cards of the dispatch in that chat, in the order of its threads; none before the first was posted.</summary>
    Task<List<PostedCard>> FindCardsAsync(DispatchId dispatch, string platform, CancellationToken ct);
}

/// <summary>Remembers how far each thread has been told.</summary>
internal sealed class ThreadStore(Database database) : IPostedCards
{
    /// <summary>One thread of a dispatch; null if there is none.</summary>
    public async Task<ThreadRow?> FindAsync(DispatchId dispatch, int n, CancellationToken ct)
    {
        var query = new Statement(
            "SELECT n, platform, address, root_message, owns_card, posting_seq, posted_seq, card_seq, given_up, posting_tries, root_tries, asker FROM threads WHERE dispatch = $1 AND n = $2",
            dispatch.Value, (long)n);
        return (await database.ReadAsync(query, row => new ThreadRow(
            (int)row.GetInt64(0), new(row.GetString(1), row.GetString(2)), row.TextAt(3), row.GetInt64(4) != 0, row.GetInt64(5), row.GetInt64(6), row.GetInt64(7), row.TextAt(8),
            (int)row.GetInt64(9), (int)row.GetInt64(10), row.TextAt(11)), ct)).SingleOrDefault();
    }

    /// <inheritdoc/>
    public Task<List<PostedCard>> FindCardsAsync(DispatchId dispatch, string platform, CancellationToken ct) =>
        database.ReadAsync(
            new Statement("SELECT platform, address, root_message FROM threads WHERE dispatch = $1 AND platform = $2 AND root_message IS NOT NULL ORDER BY n", dispatch.Value, platform),
            row => new PostedCard(new(row.GetString(0), row.GetString(1)), row.GetString(2)), ct);

    /// <summary>Posting the card was begun so often without a known end.</summary>
    public static Statement SaveCardAttempt(DispatchId dispatch, ThreadRow thread, int tries) =>
        new("UPDATE threads SET root_tries = $1 WHERE dispatch = $2 AND n = $3", (long)tries, dispatch.Value, thread.N);

    /// <summary>The card stands there now, also for those that the dispatch took it over from; null if it is gone and must be posted anew. Nothing stands under it yet.</summary>
    public static Statement SaveCard(DispatchId dispatch, ThreadRow thread, string? rootMessage) => new(
        """
        UPDATE threads SET root_message = $1, root_tries = 0, posting_tries = 0, card_seq = 0 WHERE n = $3 AND dispatch IN (
          WITH RECURSIVE line_of(id) AS (SELECT CAST($2 AS text) UNION SELECT d.id FROM dispatches d JOIN line_of ON d.replaced_by = line_of.id)
          SELECT id FROM line_of)
        """, rootMessage, dispatch.Value, thread.N);

    /// <summary>
    /// The card is gone, and a later dispatch owns it: that one is to post it anew, unless it has done so already, and is woken for it at <paramref name="now"/>.
    /// </summary>
    public static IEnumerable<Statement> ForgetCard(DispatchId dispatch, ThreadRow thread, DateTimeOffset now) =>
    [
        new($"""
            UPDATE threads SET root_message = NULL, root_tries = 0, posting_tries = 0, card_seq = 0 WHERE n = $2 AND root_message = $3 AND dispatch IN ({Successors})
            """, dispatch.Value, thread.N, thread.RootMessage),
        new(Woken($"root_message IS NULL AND dispatch IN ({Successors})"), dispatch.Value, thread.N, Moment.Of(now)),
    ];

    /// <summary>The card is to be drawn once more, as it is at <paramref name="now"/>, although nothing happened; not where a later dispatch has taken it over.</summary>
    public static IEnumerable<Statement> DrawAgain(DispatchId dispatch, int n, DateTimeOffset now) =>
    [
        // Another value each time: what is being drawn meanwhile does not count.
        new("UPDATE threads SET card_seq = -ABS(card_seq) - 1 WHERE dispatch = $1 AND n = $2 AND owns_card = 1", dispatch.Value, (long)n),
        new(Woken("root_message IS NOT NULL AND given_up IS NULL AND dispatch = $1"), dispatch.Value, (long)n, Moment.Of(now)),
    ];

    // Below zero, and by more than events ever count: what is wanted is never taken for what was wanted before, however the two follow each other.
    static string Woken(string which) => $"""
        INSERT INTO lanes (dispatch, lane, due_at, not_before, wanted_seq, claimed_until, tries)
        SELECT dispatch, 'thread:' || n, $3, 0, -1, 0, 0 FROM threads WHERE n = $2 AND owns_card = 1 AND {which}
        ON CONFLICT (dispatch, lane) DO UPDATE SET due_at = excluded.due_at, wanted_seq = -ABS(lanes.wanted_seq) - 4294967296
        """;

    const string Successors = """
        WITH RECURSIVE line_of(id) AS (
          SELECT CAST($1 AS text) UNION SELECT d.replaced_by FROM dispatches d JOIN line_of ON d.id = line_of.id WHERE d.replaced_by IS NOT NULL)
        SELECT id FROM line_of
        """;

    /// <summary>About to be told up to this event, after so many tries without a known end.</summary>
    public static Statement SaveReplyAttempt(DispatchId dispatch, ThreadRow thread, long seq, int tries) =>
        new("UPDATE threads SET posting_seq = $1, posting_tries = $2 WHERE dispatch = $3 AND n = $4", seq, (long)tries, dispatch.Value, thread.N);

    /// <summary>Told up to this event.</summary>
    public static Statement SaveReplied(DispatchId dispatch, ThreadRow thread, long seq) =>
        new("UPDATE threads SET posted_seq = $1, posting_tries = 0 WHERE dispatch = $2 AND n = $3 AND posted_seq < $1", seq, dispatch.Value, thread.N);

    /// <summary>Drawn from this state; counts only where nothing else came of the card since <paramref name="thread"/> was read.</summary>
    public static Statement SaveDrawn(DispatchId dispatch, ThreadRow thread, long seq) =>
        new("UPDATE threads SET card_seq = $1 WHERE dispatch = $2 AND n = $3 AND card_seq = $4", seq, dispatch.Value, thread.N, thread.CardSeq);

    /// <summary>Whoever wants it there is a member, known there by this id.</summary>
    public static Statement SaveMember(DispatchId dispatch, ThreadRow thread, string asker) =>
        new("UPDATE threads SET asker = $1 WHERE dispatch = $2 AND n = $3", asker, dispatch.Value, thread.N);
}
