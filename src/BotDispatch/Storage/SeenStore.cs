using System.Security.Cryptography;
using System.Text;

namespace BotDispatch.Storage;

/// <summary>What was taken before, so that a delivery that comes twice is decided once. Whoever asks at the same moment shares one commit.</summary>
internal sealed class SeenStore(Database database, TimeProvider real) : IDisposable
{
    const string Insert = "INSERT INTO seen (delivery, at) VALUES ($1, $2) ON CONFLICT (delivery) DO NOTHING";
    const string DeleteBefore = "DELETE FROM seen WHERE delivery IN (SELECT delivery FROM seen WHERE at < $1 ORDER BY at LIMIT $2)";
    // An index row has limits, what is sent to us has none.
    const int LongestKey = 200;

    readonly SharedCommits commits = new(database);

    /// <summary>Remembers it; false if it was there. Once begun it is not given up: who gives up could not tell whether it is there.</summary>
    public async Task<bool> TryAddAsync(string delivery, CancellationToken ct)
    {
        var key = Key(delivery);
        return await commits.WriteRowAsync(key, new(Insert, key, Moment.Of(real.GetUtcNow())), ct) > 0;
    }

    /// <summary>Whether it is there.</summary>
    public async Task<bool> HasAsync(string delivery, CancellationToken ct) =>
        (await database.ReadAsync(new("SELECT delivery FROM seen WHERE delivery = $1", Key(delivery)), row => row.GetString(0), ct)).Count > 0;

    /// <summary>Forgets what is older; how many that were.</summary>
    public Task<int> DeleteBeforeAsync(DateTimeOffset moment, CancellationToken ct) => database.DeleteAsync(new(DeleteBefore, Moment.Of(moment), (long)BoundedDelete.MostAtOnce), ct);

    public void Dispose() => commits.Dispose();

    static string Key(string delivery)
    {
        var key = StoredText.Of(delivery);
        return key.Length <= LongestKey ? key : Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)));
    }
}
