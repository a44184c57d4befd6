namespace BotDispatch.Storage;

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
}
