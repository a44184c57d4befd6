using System.Security.Cryptography;

namespace BotDispatch.Files;

/// <summary>Reads the bytes of a file that others may write, move or take away meanwhile.</summary>
internal static class FileBytes
{
    /// <summary>The content of a file as a short text, without keeping it in memory; null if it cannot be read now.</summary>
    public static string? VersionOf(string path)
    {
        try
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            return Version(SHA256.HashData(file));
        }
        catch (Exception broken) when (broken is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>The same of content that was read.</summary>
    public static string VersionOf(byte[] bytes) => Version(SHA256.HashData(bytes));

    /// <summary>Returns the bytes and when they were written; without them what is wrong, as a sentence of its own.</summary>
    public static (byte[]? Bytes, DateTimeOffset WrittenAt, string Problem) Read(string path)
    {
        try
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            using var bytes = new MemoryStream();
            file.CopyTo(bytes);
            // The handle gives the time of the link's target; the path would give the time of the link.
            return (bytes.ToArray(), File.GetLastWriteTimeUtc(file.SafeFileHandle), "");
        }
        catch (Exception broken) when (broken is IOException or UnauthorizedAccessException)
        {
            return (null, default, File.Exists(path)
                ? "it cannot be read."
                : Directory.Exists(path) ? "it is a directory, not a file." : "there is no such file.");
        }
    }

    static string Version(byte[] hash) => Convert.ToHexString(hash);
}
