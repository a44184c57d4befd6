using System.Security.Cryptography;
using System.Text;
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
    readonly ILogger log;

    public KeyFile(IOptions<SecretsOptions> secrets, IOptions<StorageOptions> storage, IHostEnvironment environment, ILogger<KeyFile> log)
    {
        this.log = log;
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
                $"Secrets:KeyFile ({path}) is not the one that this database was made with: "
                + "put the old file back, or begin with a new database.", exception);
        }
        return secret;
    }

    /// <summary><see cref="Wrap"/> for a text.</summary>
    public string WrapText(string text) => Wrap(Encoding.UTF8.GetBytes(text));

    /// <summary><see cref="Unwrap"/> for a text.</summary>
    public string UnwrapText(string stored) => Encoding.UTF8.GetString(Unwrap(stored));

    static string FolderOf(StorageOptions storage)
    {
        var file = storage.Provider is StorageProvider.Sqlite ? SqliteFile.PathOf(storage.ConnectionString) : null;
        return file is null ? "data" : Path.GetDirectoryName(file)!;
    }

    byte[] Read()
    {
        // Only Development makes one: elsewhere a lost key would silently become a new one.
        if (!isSet && !isDevelopment)
            throw new InvalidOperationException(
                "Secrets:KeyFile is missing: name a file with 32 random bytes in base64 "
                + "(for instance made by \"openssl rand -base64 32\"), "
                + "the same on every node.");
        if (!File.Exists(path))
            Make();
        try
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read);
            using var reader = new StreamReader(file);
            var read = Convert.FromBase64String(reader.ReadToEnd().Trim());
            if (read.Length != KeyBytes)
                throw new InvalidOperationException($"Secrets:KeyFile ({path}) holds {read.Length} bytes; it must be {KeyBytes}.");
            RefuseExposed(file);
            return read;
        }
        catch (FormatException exception)
        {
            throw new InvalidOperationException($"Secrets:KeyFile ({path}) does not hold base64.", exception);
        }
    }

    // A group may read it, as one does to which a container's secrets are given; nobody but the owner may put another in its place.
    void RefuseExposed(FileStream file)
    {
        const UnixFileMode Exposed = UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.GroupWrite;
        // Of the open file: a mounted secret is a symbolic link, whose own mode says nothing.
        if (OperatingSystem.IsWindows() || File.GetUnixFileMode(file.SafeFileHandle) is var mode && (mode & Exposed) == 0)
            return;
        var octal = Convert.ToString((int)mode, 8);
        var problem = $"Secrets:KeyFile ({path}) has the mode {octal}, so others than its owner may "
            + $"{((mode & UnixFileMode.OtherRead) != 0 ? "read" : "write")} it: "
            + "make it readable by its owner alone (chmod 600), or by the group too (640)";
        if (!isDevelopment)
            throw new InvalidOperationException(problem + ".");
        log.KeyFileIsExposed(problem);
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
