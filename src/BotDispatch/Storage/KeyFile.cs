using System.Security.Cryptography;
using System.Text;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Options;

namespace BotDispatch.Storage;

/// <summary>Where the key lies that wraps the stored secrets. Setting <c>Secrets</c>.</summary>
internal sealed class SecretsOptions
{
    /// <summary>A file with 32 random bytes in base64, readable by this process alone. Development makes one beside the database.</summary>
    public string? KeyFile { get; set; }
}

/// <summary>The key that is not in the database, and what it wraps.</summary>
internal sealed class KeyFile
{
    /// <summary>Why the file cannot be used, without making one; null if it can, or if Development will make it.</summary>
    public string? FindProblem()
    {
        if (isDevelopment && (!isSet || !File.Exists(path)))
            return null;
        try
        {
            _ = key.Value;
            return null;
        }
        catch (InvalidOperationException wrong)
        {
            return wrong.Message;
        }
        catch (Exception closed) when (closed is IOException or UnauthorizedAccessException)
        {
            return $"Secrets:KeyFile ({path}) cannot be read: let the account of this process read it.";
        }
    }

    const int KeyBytes = 32;

    readonly Lazy<byte[]> key;
    readonly string path;
    readonly bool isSet;
    readonly bool isDevelopment;

    public KeyFile(IOptions<SecretsOptions> secrets, IOptions<StorageOptions> storage, IHostEnvironment environment)
    {
        isSet = !string.IsNullOrEmpty(secrets.Value.KeyFile);
        path = isSet ? secrets.Value.KeyFile! : Path.Combine(FolderOf(storage.Value), "secrets.key");
        isDevelopment = environment.IsDevelopment();
        key = new(Read);
    }

    /// <summary>Encrypts, so that only this key file can read it.</summary>
    public string Wrap(ReadOnlySpan<byte> secret)
    {
        using var aes = new AesGcm(key.Value, AesGcm.TagByteSizes.MaxSize);
        var nonce = RandomNumberGenerator.GetBytes(AesGcm.NonceByteSizes.MaxSize);
        var cipher = new byte[secret.Length];
        var tag = new byte[AesGcm.TagByteSizes.MaxSize];
        aes.Encrypt(nonce, secret, cipher, tag);
        return Convert.ToBase64String([.. nonce, .. tag, .. cipher]);
    }

    /// <summary>Reads what <see cref="Wrap"/> wrote; says so if it was wrapped by another key file.</summary>
    public byte[] Unwrap(string stored)
    {
        var bytes = Convert.FromBase64String(stored).AsSpan();
        var (nonce, tag) = (AesGcm.NonceByteSizes.MaxSize, AesGcm.TagByteSizes.MaxSize);
        using var aes = new AesGcm(key.Value, tag);
        var secret = new byte[bytes.Length - nonce - tag];
        try
        {
            aes.Decrypt(bytes[..nonce], bytes[(nonce + tag)..], bytes.Slice(nonce, tag), secret);
        }
        catch (CryptographicException exception)
        {
            throw new InvalidOperationException(
                $"Secrets:KeyFile ({path}) is not the one that this database was made with: put the old file back, or begin with a new database.", exception);
        }
        return secret;
    }

    /// <summary><see cref="Wrap"/> for a text.</summary>
    public string WrapText(string text) => Wrap(Encoding.UTF8.GetBytes(text));

    /// <summary><see cref="Unwrap"/> for a text.</summary>
    public string UnwrapText(string stored) => Encoding.UTF8.GetString(Unwrap(stored));

    static string FolderOf(StorageOptions storage)
    {
        var file = storage.Provider is StorageProvider.Sqlite ? new SqliteConnectionStringBuilder(storage.ConnectionString).DataSource : "";
        return file is "" ? "data" : Path.GetDirectoryName(Path.GetFullPath(file))!;
    }

    byte[] Read()
    {
        // Only Development makes one: elsewhere a lost key would silently become a new one.
        if (!isSet && !isDevelopment)
            throw new InvalidOperationException(
                "Secrets:KeyFile is missing: name a file with 32 random bytes in base64 (for instance made by \"openssl rand -base64 32\"), the same on every node.");
        if (!File.Exists(path))
            Make();
        try
        {
            var read = Convert.FromBase64String(File.ReadAllText(path).Trim());
            return read.Length == KeyBytes ? read : throw new InvalidOperationException($"Secrets:KeyFile ({path}) holds {read.Length} bytes; it must be {KeyBytes}.");
        }
        catch (FormatException exception)
        {
            throw new InvalidOperationException($"Secrets:KeyFile ({path}) does not hold base64.", exception);
        }
    }

    void Make()
    {
        if (!isDevelopment)
            throw new InvalidOperationException($"Secrets:KeyFile ({path}) does not exist.");
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using var writer = new StreamWriter(path, options);
        writer.Write(Convert.ToBase64String(RandomNumberGenerator.GetBytes(KeyBytes)));
    }
}
