using System.Security.Cryptography;
using System.Text;

namespace BotDispatch.Storage;

/// <summary>
/// The deliveries that came before, so that one that comes twice is handled once. Callers at the same moment share one commit.
/// </summary>
internal sealed class SeenStore(Database database, TimeProvider real) : IDisposable
{
    const string Insert = "INSERT INTO seen (delivery, at) VALUES ($1, $2) ON CONFLICT (delivery) DO NOTHING";
    const string DeleteBefore = "DELETE FROM seen WHERE delivery IN (SELECT delivery FROM seen WHERE at < $1 ORDER BY at LIMIT $2)";
    // PostgreSQL limits the size of an index row, and a delivery id may be longer: such an id is hashed.
    const int LongestKey = 200;

    readonly SharedCommits commits = new(database);

    /// <summary>
    /// Stores a delivery; false if it was stored before. Cannot be cancelled once begun, because the caller could not know the outcome.
    /// </summary>
    public async Task<bool> TryAddAsync(string delivery, CancellationToken ct)
    {
        var key = Key(delivery);
        return await commits.WriteRowAsync(key, new(Insert, key, Moment.Of(real.GetUtcNow())), ct) > 0;
    }

    /// <summary>Whether the delivery was stored before.</summary>
    public async Task<bool> HasAsync(string delivery, CancellationToken ct) =>
        (await database.ReadAsync(new("SELECT delivery FROM seen WHERE delivery = $1", Key(delivery)), row => row.GetString(0), ct))
        .Count > 0;

    /// <summary>Deletes deliveries older than <paramref name="moment"/>. Returns how many.</summary>
    public Task<int> DeleteBeforeAsync(DateTimeOffset moment, CancellationToken ct) =>
        database.DeleteAsync(new(DeleteBefore, Moment.Of(moment), (long)BoundedDelete.MostAtOnce), ct);

    public void Dispose() => commits.Dispose();

    static string Key(string delivery)
    {
        var key = StoredText.Of(delivery);
        return key.Length <= LongestKey ? key : Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)));
    }
}
