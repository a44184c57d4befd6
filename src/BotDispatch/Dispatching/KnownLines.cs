using BotDispatch.Core;
using BotDispatch.Storage;

namespace BotDispatch.Dispatching;

/// <summary>
/// All lines as they were last committed, and who waits for them. They are read once and then follow the commits. Only where no other
/// process writes. Safe for concurrent use.
/// </summary>
internal sealed class KnownLines(Database database)
{
    sealed class Lines
    {
        public readonly Dictionary<string, PhoneLines> ByPhone = new(StringComparer.Ordinal);
        // Nearly always one, but somebody else may take a job over.
        public readonly Dictionary<DispatchId, HashSet<string>> PhonesOfJob = [];
        public readonly HashSet<(string Phone, DispatchId Dispatch)> Waits = [];
        public readonly Dictionary<string, int> Waiters = new(StringComparer.Ordinal);
    }

    readonly Lock gate = new();
    Lines? lines;

    /// <summary>Reads them if they are not known. Only the one writer may call it, because nothing may change meanwhile.</summary>
    public async Task ReadAsync(WriteSession session)
    {
        if (database.IsShared || lines is not null)
            return;
        Lines read = new();
        foreach (var rows in (await DispatchStore.AllLinesAsync(session)).GroupBy(row => row.Phone, StringComparer.Ordinal))
            read.ByPhone.Add(rows.Key, new(rows));
        foreach (var row in read.ByPhone.Values.SelectMany(each => each.Rows).Where(row => row.IsAccepted))
            Hold(read, row.Dispatch, row.Phone);
        foreach (var (phone, dispatch) in await DispatchStore.AllWaitsAsync(session))
            Await(read, phone, dispatch);
        lock (gate)
            lines = read;
    }

    /// <summary>What holds these lines; null where the database must be asked.</summary>
    public IReadOnlyList<LineRow>? Of(IReadOnlyCollection<string> phones)
    {
        lock (gate)
            return lines is not { } known ? null
                : [.. phones.SelectMany(phone => known.ByPhone.GetValueOrDefault(phone)?.Rows ?? [])];
    }

    /// <summary>Whether a dispatch may wait for this line.</summary>
    public bool MayBeAwaited(string phone)
    {
        lock (gate)
            return lines is not { } known || known.Waiters.ContainsKey(phone);
    }

    /// <summary>
    /// Which of these numbers ring for another dispatch, or belong to somebody who holds an accepted job, at <paramref name="now"/>; null
    /// where the database must be asked.
    /// </summary>
    public HashSet<string>? Busy(DispatchState state, DateTimeOffset now) =>
        Busy(state.Plan.Id, [.. state.Plan.Roster.Select(callee => callee.Phone).Distinct()], now);

    /// <inheritdoc cref="Busy(DispatchState, DateTimeOffset)"/>
    public HashSet<string>? Busy(DispatchId dispatch, IReadOnlyCollection<string> phones, DateTimeOffset now) =>
        Of(phones)?.Where(row => row.HeldUntil > now && row.Dispatch != dispatch).Select(row => row.Phone)
            .ToHashSet(StringComparer.Ordinal);

    /// <summary>Follows what one transaction committed at <paramref name="now"/>. Only the one writer may call it.</summary>
    public void Note(IReadOnlyCollection<LineChange> committed, DateTimeOffset now)
    {
        if (committed.Count == 0)
            return;
        lock (gate)
            if (lines is { } known)
                Apply(known, committed, now);
    }

    /// <summary>Forgets everything, because it is not known what was stored.</summary>
    public void Forget()
    {
        lock (gate)
            lines = null;
    }

    // As LineWrites does it in SQL.
    static void Apply(Lines known, IReadOnlyCollection<LineChange> committed, DateTimeOffset now)
    {
        foreach (var change in committed)
            Apply(known, change, now);
        foreach (var wait in committed.OfType<LineChange.AwaitLine>())
            Await(known, wait.Phone, wait.Dispatch);
        foreach (var stop in committed.OfType<LineChange.StopWaiting>())
            StopWaiting(known, wait => wait.Dispatch == stop.Dispatch);
        foreach (var got in LineWrites.Got(committed))
            StopWaiting(known, wait => wait == got);
    }

    static void Apply(Lines known, LineChange change, DateTimeOffset now)
    {
        switch (change)
        {
            case LineChange.HoldForCall hold:
                Apply(known, hold.Phone, change, now);
                break;
            case LineChange.FreeCall free:
                Apply(known, free.Phone, change, now);
                break;
            case LineChange.HoldForJob hold:
                Hold(known, hold.Dispatch, hold.Phone);
                Apply(known, hold.Phone, change, now);
                break;
            case LineChange.FreeJob free when known.PhonesOfJob.Remove(free.Dispatch, out var phones):
                foreach (var phone in phones)
                    Apply(known, phone, change, now);
                break;
        }
    }

    static void Apply(Lines known, string phone, LineChange change, DateTimeOffset now)
    {
        if (!known.ByPhone.TryGetValue(phone, out var rows))
            known.ByPhone.Add(phone, rows = new([]));
        rows.Apply(change);
        // The database deletes them once an hour.
        foreach (var job in rows.DropExpired(now - LineStore.KeepExpired).Where(row => row.IsAccepted))
            if (known.PhonesOfJob.TryGetValue(job.Dispatch, out var phones) && phones.Remove(phone) && phones.Count == 0)
                known.PhonesOfJob.Remove(job.Dispatch);
        if (rows.Rows.Count == 0)
            known.ByPhone.Remove(phone);
    }

    static void Hold(Lines known, DispatchId dispatch, string phone)
    {
        if (!known.PhonesOfJob.TryGetValue(dispatch, out var phones))
            known.PhonesOfJob.Add(dispatch, phones = new(StringComparer.Ordinal));
        phones.Add(phone);
    }

    static void Await(Lines known, string phone, DispatchId dispatch)
    {
        if (known.Waits.Add((phone, dispatch)))
            known.Waiters[phone] = known.Waiters.GetValueOrDefault(phone) + 1;
    }

    // Usually nobody waits for anybody.
    static void StopWaiting(Lines known, Func<(string Phone, DispatchId Dispatch), bool> ends)
    {
        if (known.Waits.Count == 0)
            return;
        foreach (var wait in known.Waits.Where(ends).ToList())
        {
            known.Waits.Remove(wait);
            if (--known.Waiters[wait.Phone] == 0)
                known.Waiters.Remove(wait.Phone);
        }
    }
}
