using System.Security.Cryptography;
using Microsoft.Extensions.Options;

namespace BotDispatch.Storage;

/// <summary>Where the key lies that wraps the stored secrets. Setting <c>Secrets</c>.</summary>
internal sealed class SecretsOptions
{
    /// <summary>A file with 32 random bytes in base64, readable by this process alone. Development makes one beside the database.</summary>
    public string? KeyFile { get; set; }
}

/// <summary>The key that is not in the database.</summary>
internal sealed class KeyFile(IOptions<SecretsOptions> secrets, IOptions<StorageOptions> storage, IHostEnvironment environment)
{
    const int KeyBytes = 32;

    /// <summary>Where it lies.</summary>
    public string Path => secrets.Value.KeyFile is { Length: > 0 } set ? set : System.IO.Path.Combine(DataFolder, "secrets.key");

    /// <summary>Reads it. Only Development makes one: elsewhere a lost key would silently become a new one.</summary>
    public byte[] Read()
    {
        if (secrets.Value.KeyFile is null or "" && !environment.IsDevelopment())
            throw new InvalidOperationException(
                "Secrets:KeyFile is missing: name a file with 32 random bytes in base64 (for instance made by \"openssl rand -base64 32\"), the same on every node.");
        if (!File.Exists(Path))
            Make();
        byte[] key;
        try
        {
            key = Convert.FromBase64String(File.ReadAllText(Path).Trim());
        }
        catch (FormatException exception)
        {
            throw new InvalidOperationException($"Secrets:KeyFile ({Path}) does not hold base64.", exception);
        }
        return key.Length == KeyBytes ? key : throw new InvalidOperationException($"Secrets:KeyFile ({Path}) holds {key.Length} bytes; it must be {KeyBytes}.");
    }

    string DataFolder
    {
        get
        {
            var source = new Microsoft.Data.Sqlite.SqliteConnectionStringBuilder { ConnectionString = storage.Value.Provider is StorageProvider.Sqlite ? storage.Value.ConnectionString : "" }.DataSource;
            return source is "" or ":memory:" ? "data" : System.IO.Path.GetDirectoryName(System.IO.Path.GetFullPath(source))!;
        }
    }

    void Make()
    {
        if (!environment.IsDevelopment())
            throw new InvalidOperationException($"Secrets:KeyFile ({Path}) does not exist.");
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(System.IO.Path.GetFullPath(Path))!);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using var writer = new StreamWriter(Path, options);
        writer.Write(Convert.ToBase64String(RandomNumberGenerator.GetBytes(KeyBytes)));
    }
}
