using System.Security.Cryptography;

namespace BotDispatch.Storage;

/// <summary>Secrets that all nodes share, kept in the database and wrapped by a key that is not in it.</summary>
internal sealed class KeyRing(Database database, KeyFile file)
{
    const int SecretBytes = 32;

    readonly Dictionary<string, byte[]> secrets = [];

    /// <summary>Reads the secret of this name, or makes it; the same on every node.</summary>
    public async Task LoadAsync(string name, CancellationToken ct)
    {
        await database.WriteAsync(
        [
            new("INSERT INTO keys (name, value) VALUES ($1, $2) ON CONFLICT (name) DO NOTHING",
                name, file.Wrap(RandomNumberGenerator.GetBytes(SecretBytes))),
        ], ct);
        var stored = await database.ReadAsync(new("SELECT value FROM keys WHERE name = $1", name), row => row.GetString(0), ct);
        secrets[name] = file.Unwrap(stored.Single());
    }

    /// <summary>A secret that was loaded.</summary>
    public ReadOnlyMemory<byte> this[string name] => secrets[name];
}
