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
        var wrapping = file.Read();
        await using var connection = await database.OpenForWritingAsync(ct);
        await connection.ExecuteAsync("INSERT INTO keys (name, value, made_at) VALUES (@name, @value, @at) ON CONFLICT (name) DO NOTHING",
            new { name, value = Wrap(wrapping, RandomNumberGenerator.GetBytes(SecretBytes)), at = Moment.Of(real.GetUtcNow()) });
        var stored = await connection.QuerySingleAsync<string>("SELECT value FROM keys WHERE name = @name", new { name });
        try
        {
            secrets[name] = Unwrap(wrapping, stored);
        }
        catch (CryptographicException exception)
        {
            throw new InvalidOperationException(
                $"Secrets:KeyFile ({file.Path}) is not the one that this database was made with: put the old file back, or begin with a new database.", exception);
        }
    }

    /// <summary>A secret that was loaded.</summary>
    public ReadOnlyMemory<byte> this[string name] => secrets[name];

    static string Wrap(byte[] key, byte[] secret)
    {
        using var aes = new AesGcm(key, AesGcm.TagByteSizes.MaxSize);
        var nonce = RandomNumberGenerator.GetBytes(AesGcm.NonceByteSizes.MaxSize);
        var cipher = new byte[secret.Length];
        var tag = new byte[AesGcm.TagByteSizes.MaxSize];
        aes.Encrypt(nonce, secret, cipher, tag);
        return Convert.ToBase64String([.. nonce, .. tag, .. cipher]);
    }

    static byte[] Unwrap(byte[] key, string stored)
    {
        var bytes = Convert.FromBase64String(stored).AsSpan();
        var (nonce, tag) = (AesGcm.NonceByteSizes.MaxSize, AesGcm.TagByteSizes.MaxSize);
        using var aes = new AesGcm(key, tag);
        var secret = new byte[bytes.Length - nonce - tag];
        aes.Decrypt(bytes[..nonce], bytes[(nonce + tag)..], bytes.Slice(nonce, tag), secret);
        return secret;
    }
}
