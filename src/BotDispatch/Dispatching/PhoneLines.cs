using BotDispatch.Core;
using BotDispatch.Storage;

namespace BotDispatch.Dispatching;

/// <summary>
/// The lines of one commit, in memory: the rows as they were read, changed by what the commit has decided so far.
/// <see cref="LineWrites"/> makes the same changes in SQL.
/// </summary>
internal sealed class PhoneLines(IEnumerable<LineRow> read)
{
    readonly List<LineRow> rows = [.. read];

    /// <summary>The rows as they are now.</summary>
    public IReadOnlyList<LineRow> Rows => rows;

    /// <summary>What keeps this number from being rung at <paramref name="now"/>.</summary>
    public LineStatus StatusOf(string phone, DateTimeOffset now) =>
        rows.Where(row => row.Phone == phone && row.HeldUntil > now).MaxBy(row => row.HeldUntil) is { } held
            ? new(held.IsAccepted ? PassedOverReason.HasAccepted : PassedOverReason.OnThePhone, held.HeldUntil)
            : LineStatus.Free;

    /// <summary>Drops the rows that were held until before <paramref name="moment"/>, and returns them.</summary>
    public IReadOnlyList<LineRow> DropExpired(DateTimeOffset moment)
    {
        // The usual case, in every commit, allocates nothing.
        if (!rows.Exists(row => row.HeldUntil < moment))
            return [];
        var expired = rows.FindAll(row => row.HeldUntil < moment);
        rows.RemoveAll(row => row.HeldUntil < moment);
        return expired;
    }

    /// <summary>Applies a change that was decided.</summary>
    public void Apply(LineChange change)
    {
        switch (change)
        {
            case LineChange.HoldForCall hold:
                // One row for each number: a call whose hold has expired gives way.
                rows.RemoveAll(row => row.Phone == hold.Phone && !row.IsAccepted);
                rows.Add(new(hold.Phone, hold.Attempt.Dispatch, hold.Attempt.ToString(), hold.Until, IsAccepted: false));
                break;
            case LineChange.FreeCall free:
                rows.RemoveAll(row => row.Phone == free.Phone && !row.IsAccepted && row.Attempt == free.Attempt.ToString());
                break;
            case LineChange.HoldForJob hold:
                rows.RemoveAll(row => row.Phone == hold.Phone && row.IsAccepted && row.Dispatch == hold.Dispatch);
                rows.Add(new(hold.Phone, hold.Dispatch, LineWrites.AttemptOf(hold), hold.Until, IsAccepted: true));
                break;
            case LineChange.FreeJob free:
                rows.RemoveAll(row => row.IsAccepted && row.Dispatch == free.Dispatch);
                break;
        }
    }
}
