
namespace BotDispatch.Storage;

/// <summary>What replaces the times that an employee stated, if nobody else has replaced them meanwhile.</summary>
/// <param name="Kind"><c>away</c> or <c>cover</c>.</param>
/// <param name="Employee">The employee's id.</param>
/// <param name="Before">What was read; empty for nothing.</param>
/// <param name="After">What is stored instead; empty for nothing.</param>
internal readonly record struct AbsenceChange(string Kind, string Employee, string Before, string After);

/// <summary>
/// When employees said in a chat that they are away or take over for somebody. Kept among the notes, one of each kind for each person.
/// </summary>
internal sealed class AbsenceStore(Database database)
{
    /// <summary>Whether other processes may write to the same database.</summary>
    public bool IsShared => database.IsShared;

    /// <summary>Returns what is stored: its kind, <c>away</c> or <c>cover</c>, the employee, and what they said.</summary>
    public async Task<IReadOnlyList<(string Kind, string Employee, string Written)>> ListAsync(CancellationToken ct) =>
        await database.ReadAsync(
            new("SELECT name, value FROM notes WHERE (name LIKE 'away:%' OR name LIKE 'cover:%') AND value <> '' ORDER BY name"),
            row => row.GetString(0).Split(':', 2) is [var kind, var employee] ? (kind, employee, row.GetString(1)) : default, ct);

    /// <summary>Stores what an employee said in place of what was stored of that kind; empty for nothing.</summary>
    public Task SaveAsync(string kind, string employee, string written, CancellationToken ct) =>
        database.WriteAsync([NoteStore.Keep($"{kind}:{employee}", written)], ct);

    /// <summary>
    /// Stores all changes in one transaction. Returns false and stores none of them if one of the rows is not as it was read.
    /// </summary>
    public async Task<bool> TrySaveAsync(IReadOnlyList<AbsenceChange> changes, CancellationToken ct)
    {
        // Every writer locks the rows in the same order, so that two of them never wait for each other.
        Statement[] writes =
        [
            .. changes.OrderBy(each => each.Employee, StringComparer.Ordinal).ThenBy(each => each.Kind, StringComparer.Ordinal)
                .Select(each => new Statement(
                    "INSERT INTO notes (name, value) VALUES ($1, $2) ON CONFLICT (name) DO UPDATE SET value = excluded.value "
                        + "WHERE notes.value = $3",
                    $"{each.Kind}:{each.Employee}", each.After, each.Before)),
        ];
        return !(await database.WriteAsync(writes, ct, onlyIfAllChange: true)).Contains(0);
    }
}
