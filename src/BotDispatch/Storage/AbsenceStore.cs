namespace BotDispatch.Storage;

/// <summary>When employees said in a chat that they are away, by their ids. Kept among the notes, one for each person.</summary>
internal sealed class AbsenceStore(Database database)
{
    const string Prefix = "away:";

    /// <summary>Whether other processes may write to the same database.</summary>
    public bool IsShared => database.IsShared;

    /// <summary>Returns what is stored, by employee.</summary>
    public async Task<IReadOnlyList<(string Employee, string Written)>> ListAsync(CancellationToken ct) => await database.ReadAsync(
        new("SELECT name, value FROM notes WHERE name LIKE 'away:%' AND value <> '' ORDER BY name"),
        row => (row.GetString(0)[Prefix.Length..], row.GetString(1)), ct);

    /// <summary>Stores an absence in place of what was stored for this employee; empty for none.</summary>
    public Task SaveAsync(string employee, string written, CancellationToken ct) =>
        database.WriteAsync([NoteStore.Keep(Prefix + employee, written)], ct);
}
