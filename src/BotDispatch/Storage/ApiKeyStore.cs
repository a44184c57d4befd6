using System.Data.Common;

namespace BotDispatch.Storage;

/// <summary>A key of the HTTP API as it is stored.</summary>
/// <param name="Id">The part of the key that may be shown.</param>
/// <param name="Name">The name that an administrator gave the key; no other key has it.</param>
/// <param name="Hash">The SHA-256 hash of the whole key. A key is 256 random bits, so a slow hash would protect nothing more.</param>
/// <param name="Permissions">What the key may do, as names with commas between them.</param>
/// <param name="Lists">The lists that it may call; empty for everybody.</param>
/// <param name="Channels">The places that it may use; empty for all.</param>
/// <param name="CreatedAt">When it was made.</param>
/// <param name="ExpiresAt">When it expires; null if never.</param>
/// <param name="LastUsedAt">When it was last used, to within <see cref="ApiKeyStore.UsePrecision"/>; null if never.</param>
internal sealed record ApiKeyRow(
    string Id, string Name, string Hash, string Permissions, string Lists, string Channels, DateTimeOffset CreatedAt,
    DateTimeOffset? ExpiresAt = null, DateTimeOffset? LastUsedAt = null);

/// <summary>The keys of the HTTP API, and the requests that were made under an idempotency key.</summary>
internal sealed class ApiKeyStore(Database database)
{
    /// <summary>A use is noted once in this time, so that a busy key does not cost a commit for each request.</summary>
    public static readonly TimeSpan UsePrecision = TimeSpan.FromMinutes(1);

    const string Columns = "SELECT id, name, hash, permissions, lists, channels, created_at, expires_at, last_used_at FROM api_keys";
    const string DeleteRequests =
        "DELETE FROM api_requests WHERE dispatch IN (SELECT dispatch FROM api_requests WHERE at < $1 ORDER BY at LIMIT $2)";

    /// <summary>The key with this id; null if there is none.</summary>
    public async Task<ApiKeyRow?> FindAsync(string id, CancellationToken ct) =>
        (await database.ReadAsync(new($"{Columns} WHERE id = $1", id), Row, ct)).SingleOrDefault();

    /// <summary>Every key, by name.</summary>
    public async Task<IReadOnlyList<ApiKeyRow>> ListAsync(CancellationToken ct) =>
        await database.ReadAsync(new($"{Columns} ORDER BY name"), Row, ct);

    /// <summary>Stores a new key; false if another one has its name.</summary>
    public async Task<bool> TryAddAsync(ApiKeyRow key, CancellationToken ct) => await WriteAsync(
        new("""
            INSERT INTO api_keys (id, name, hash, permissions, lists, channels, created_at, expires_at)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT DO NOTHING
            """, key.Id, key.Name, key.Hash, key.Permissions, key.Lists, key.Channels, Moment.Of(key.CreatedAt),
            key.ExpiresAt is { } at ? Moment.Of(at) : null), ct) > 0;

    /// <summary>Deletes the key with this name, which ends it at once; false if there is none.</summary>
    public async Task<bool> DeleteAsync(string name, CancellationToken ct) =>
        await WriteAsync(new("DELETE FROM api_keys WHERE name = $1", name), ct) > 0;

    /// <summary>Notes that the key was used.</summary>
    public Task NoteUseAsync(string id, DateTimeOffset at, CancellationToken ct) =>
        WriteAsync(new("UPDATE api_keys SET last_used_at = $2 WHERE id = $1", id, Moment.Of(at)), ct);

    /// <summary>
    /// Stores what a dispatch is started with, and returns the hash of the first request that was to start it.
    /// </summary>
    public async Task<string> FirstRequestAsync(string dispatch, string bodyHash, DateTimeOffset at, CancellationToken ct)
    {
        var added = await WriteAsync(
            new("INSERT INTO api_requests (dispatch, body_hash, at) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING",
                dispatch, bodyHash, Moment.Of(at)), ct);
        return added > 0 ? bodyHash : (await database.ReadAsync(
            new("SELECT body_hash FROM api_requests WHERE dispatch = $1", dispatch), row => row.GetString(0), ct)).Single();
    }

    /// <summary>Deletes the requests from before <paramref name="moment"/>. Returns how many.</summary>
    public Task<int> DeleteRequestsBeforeAsync(DateTimeOffset moment, CancellationToken ct) =>
        database.DeleteAsync(new(DeleteRequests, Moment.Of(moment), (long)BoundedDelete.MostAtOnce), ct);

    async Task<int> WriteAsync(Statement write, CancellationToken ct) => (await database.WriteAsync([write], ct)).Single();

    static ApiKeyRow Row(DbDataReader row) => new(
        row.GetString(0), row.GetString(1), row.GetString(2), row.GetString(3), row.GetString(4), row.GetString(5),
        Moment.From(row.GetInt64(6)), At(row, 7), At(row, 8));

    static DateTimeOffset? At(DbDataReader row, int column) => row.IsDBNull(column) ? null : Moment.From(row.GetInt64(column));
}
