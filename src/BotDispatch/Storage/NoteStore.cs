namespace BotDispatch.Storage;

/// <summary>Small facts that outlive the process, by name.</summary>
internal sealed class NoteStore(Database database)
{
    /// <summary>What was kept under this name; null if nothing was.</summary>
    public async Task<string?> ReadAsync(string name, CancellationToken ct) =>
        (await database.ReadAsync(new("SELECT value FROM notes WHERE name = $1", name), row => row.GetString(0), ct)).SingleOrDefault();

    /// <summary>The same, and the time that a database shows which several nodes share; null where one process uses it.</summary>
    public async Task<(string? Value, DateTimeOffset? Now)> ReadWithTimeAsync(string name, CancellationToken ct) =>
        (await database.ReadAsync(
        new($"SELECT (SELECT value FROM notes WHERE name = $1), {database.Now}", name),
        row => (row.TextAt(0), row.IsDBNull(1) ? (DateTimeOffset?)null : Moment.From(row.GetInt64(1))), ct)).Single();

    /// <summary>Keeps it instead of what was there.</summary>
    public static Statement Keep(string name, string value) =>
        new("INSERT INTO notes (name, value) VALUES ($1, $2) ON CONFLICT (name) DO UPDATE SET value = excluded.value", name, value);
}
