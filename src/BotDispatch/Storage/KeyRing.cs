using System.Security.Cryptography;
using Dapper;

namespace BotDispatch.Storage;

/// <summary>Secrets that all nodes share, kept in the database and wrapped by a key that is not in it.</summary>
internal sealed class KeyRing(Database database, KeyFile file, TimeProvider real)
{
    const int SecretBytes = 32;

    readonly Dictionary<string, byte[]> secrets = [];

    /// <summary>Reads the secret of this name, or makes it; the same on every node.</summary>
    public async Task LoadAsync(string name, CancellationToken ct)
    {
        await using var connection = await database.OpenForWritingAsync(ct);
        await connection.ExecuteAsync("INSERT INTO keys (name, value, made_at) VALUES (@name, @value, @at) ON CONFLICT (name) DO NOTHING",
            new { name, value = file.Wrap(RandomNumberGenerator.GetBytes(SecretBytes)), at = Moment.Of(real.GetUtcNow()) });
        secrets[name] = file.Unwrap(await connection.QuerySingleAsync<string>("SELECT value FROM keys WHERE name = @name", new { name }));
    }

    /// <summary>A secret that was loaded.</summary>
    public ReadOnlyMemory<byte> this[string name] => secrets[name];
}
