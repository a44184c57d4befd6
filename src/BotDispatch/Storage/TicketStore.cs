using BotDispatch.Core;

namespace BotDispatch.Storage;

/// <summary>What was written into the ticket of a dispatch, and how the ticket stood when it was last read.</summary>
/// <param name="NotedSeq">The last event that a note in the ticket has; 0 if there is no note.</param>
/// <param name="NotingSeq">The last event of the note that was being written, whose end may be unknown.</param>
/// <param name="Tries">How often in a row the next note could not be written.</param>
/// <param name="TriedSeq">The last event that it had then.</param>
/// <param name="Standing">How the ticket stood, as JSON; null if it was not read yet.</param>
internal sealed record TicketRow(long NotedSeq, long NotingSeq, int Tries, long TriedSeq, string? Standing)
{
    /// <summary>Nothing was written or read.</summary>
    public static TicketRow None { get; } = new(0, 0, 0, 0, null);
}

/// <summary>Stores what was written into tickets, how they stood, and which node reads them.</summary>
internal sealed class TicketStore(Database database)
{
    /// <summary>What is known of the ticket of a dispatch.</summary>
    public async Task<TicketRow> FindAsync(DispatchId dispatch, CancellationToken ct) =>
        (await database.ReadAsync(
            new("SELECT noted_seq, noting_seq, tries, tried_seq, standing FROM ticket_notes WHERE dispatch = $1", dispatch.Value),
            row => new TicketRow(row.GetInt64(0), row.GetInt64(1), (int)row.GetInt64(2), row.GetInt64(3), row.TextAt(4)), ct))
            .SingleOrDefault() ?? TicketRow.None;

    /// <summary>Stores that a note with the events up to <paramref name="seq"/> is being written.</summary>
    public static Statement SaveAttempt(DispatchId dispatch, long seq) => new(
        """
        INSERT INTO ticket_notes (dispatch, noted_seq, noting_seq) VALUES ($1, 0, $2)
        ON CONFLICT (dispatch) DO UPDATE SET noting_seq = excluded.noting_seq
        """, dispatch.Value, seq);

    /// <summary>Stores that the ticket has a note with the events up to <paramref name="seq"/>, or that none is needed.</summary>
    public static Statement SaveNoted(DispatchId dispatch, long seq) => new(
        """
        INSERT INTO ticket_notes (dispatch, noted_seq, noting_seq) VALUES ($1, $2, 0)
        ON CONFLICT (dispatch) DO UPDATE SET noted_seq = excluded.noted_seq, noting_seq = 0, tries = 0
        """, dispatch.Value, seq);

    /// <summary>Stores that the note that was being written surely was not, so the next one has its events too.</summary>
    public static Statement ForgetAttempt(DispatchId dispatch) =>
        new("UPDATE ticket_notes SET noting_seq = 0 WHERE dispatch = $1", dispatch.Value);

    /// <summary>
    /// Stores how often in a row the next note, with the events up to <paramref name="seq"/>, could not be written.
    /// </summary>
    public static Statement SaveTries(DispatchId dispatch, int tries, long seq) =>
        new("UPDATE ticket_notes SET tries = $1, tried_seq = $2 WHERE dispatch = $3", (long)tries, seq, dispatch.Value);

    /// <summary>Stores how the ticket stands, as JSON.</summary>
    public static Statement SaveStanding(DispatchId dispatch, string standing) => new(
        """
        INSERT INTO ticket_notes (dispatch, noted_seq, noting_seq, standing) VALUES ($1, 0, 0, $2)
        ON CONFLICT (dispatch) DO UPDATE SET standing = excluded.standing
        """, dispatch.Value, standing);

    /// <summary>
    /// Makes this node the one that reads the tickets of a system. Changes no row if another node does so, and its time has not passed.
    /// </summary>
    public static Statement BecomeReader(string system, string node, DateTimeOffset now, DateTimeOffset until) => new(
        """
        INSERT INTO ticket_readers (system, node, until) VALUES ($1, $2, $3)
        ON CONFLICT (system) DO UPDATE SET node = excluded.node, until = excluded.until
        WHERE ticket_readers.node = excluded.node OR ticket_readers.until < $4
        """, system, node, Moment.Of(until), Moment.Of(now));
}
