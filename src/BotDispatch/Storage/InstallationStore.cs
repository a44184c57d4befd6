using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;

namespace BotDispatch.Storage;

/// <summary>What was stored of an installation.</summary>
/// <param name="Body">Null if no key of ours reads it any more.</param>
/// <param name="Version">Never the same again for the same id, also after it was deleted.</param>
internal sealed record InstallationRow(string? Body, long Version);

/// <summary>
/// Where chat platforms have installed us, each row encrypted and of no use to another row; changed by compare-and-set, with a lease for
/// who may refresh it.
/// </summary>
internal sealed class InstallationStore(Database database, IDataProtectionProvider protection, TimeProvider real)
{
    // Versions begin at a moment, so that a row that is deleted and comes again goes on above its old ones.
    const string Insert = """
        INSERT INTO installations (platform, id, body, version, leased_until) VALUES ($1, $2, $3, $4, 0)
        ON CONFLICT (platform, id) DO UPDATE SET body = excluded.body, leased_until = 0,
          version = CASE WHEN excluded.version > installations.version THEN excluded.version ELSE installations.version + 1 END
        RETURNING version
        """;
    const string Change = """
        UPDATE installations SET body = $4, version = version + 1, leased_until = 0 WHERE platform = $1 AND id = $2 AND version = $3
        """;
    const string Lease = """
        UPDATE installations SET leased_until = $5 WHERE platform = $1 AND id = $2 AND version = $3 AND leased_until <= $4
        """;

    /// <summary>The row; null if there is none.</summary>
    public async Task<InstallationRow?> FindAsync(string platform, string id, CancellationToken ct)
    {
        var rows = await database.ReadAsync(
            new("SELECT body, version FROM installations WHERE platform = $1 AND id = $2", platform, id),
            row => (Body: row.GetString(0), Version: row.GetInt64(1)), ct);
        return rows is [var found] ? new(Unprotect(platform, id, found.Body), found.Version) : null;
    }

    /// <summary>Stores it, whatever was there; its version.</summary>
    public async Task<long> PutAsync(string platform, string id, string body, CancellationToken ct)
    {
        var insert = new Statement(Insert, platform, id, Protect(platform, id, body), Moment.Of(real.GetUtcNow()));
        return await database.WriteAsync(async session =>
        {
            await session.BeginAsync(CancellationToken.None);
            var version = await session.QueryAsync(insert, row => row.GetInt64(0), CancellationToken.None);
            await session.CommitAsync(CancellationToken.None);
            return version.Single();
        }, ct);
    }

    /// <summary>Stores it instead of that version, and ends the lease; false if it is not that version any more.</summary>
    public async Task<bool> ReplaceAsync(string platform, string id, long version, string body, CancellationToken ct) =>
        await WriteAsync(new(Change, platform, id, version, Protect(platform, id, body)), ct) > 0;

    /// <summary>
    /// Lets one caller of all nodes work on that version for so long; false if another one does, or it is another version.
    /// </summary>
    public async Task<bool> TryLeaseAsync(string platform, string id, long version, TimeSpan length, CancellationToken ct)
    {
        var now = real.GetUtcNow();
        return await WriteAsync(new(Lease, platform, id, version, Moment.Of(now), Moment.Of(now + length)), ct) > 0;
    }

    /// <summary>Ends the lease before its time.</summary>
    public Task ReleaseAsync(string platform, string id, long version, CancellationToken ct) =>
        WriteAsync(new("UPDATE installations SET leased_until = 0 WHERE platform = $1 AND id = $2 AND version = $3", platform, id, version),
            ct);

    public Task DeleteAsync(string platform, string id, CancellationToken ct) =>
        WriteAsync(new("DELETE FROM installations WHERE platform = $1 AND id = $2", platform, id), ct);

    async Task<int> WriteAsync(Statement write, CancellationToken ct) => (await database.WriteAsync([write], ct)).Single();

    string Protect(string platform, string id, string body) => Protector(platform, id).Protect(body);

    string? Unprotect(string platform, string id, string body)
    {
        try
        {
            return Protector(platform, id).Unprotect(body);
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    IDataProtector Protector(string platform, string id) => protection.CreateProtector("installations", platform, id);
}
