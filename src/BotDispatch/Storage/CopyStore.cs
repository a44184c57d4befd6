using System.Collections.Concurrent;
using System.Globalization;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;

namespace BotDispatch.Storage;

/// <summary>
/// The last good copy of what an outside source said, such as a calendar, with the moment at which it was read. It is compressed, and its
/// name is a hash, because the address of a source may be a secret.
/// </summary>
internal sealed class CopyStore(Database database, NoteStore notes)
{
    /// <summary>No copy that is unpacked is larger, whatever is stored.</summary>
    public const int Largest = 16 * 1024 * 1024;

    readonly ConcurrentDictionary<string, bool> used = new(StringComparer.Ordinal);

    /// <summary>Returns the copy; null if there is none, or it cannot be unpacked.</summary>
    /// <param name="kind">The kind of source, as <c>calendar</c>.</param>
    /// <param name="source">What names the source; it is not stored.</param>
    /// <param name="ct">Stops it.</param>
    public async Task<(string Text, DateTimeOffset ReadAt)?> ReadAsync(string kind, string source, CancellationToken ct)
    {
        if (await notes.ReadAsync(UsedNameOf(kind, source), ct) is not { } stored || stored.Split(' ') is not [var at, var packed]
            || !long.TryParse(at, NumberStyles.None, CultureInfo.InvariantCulture, out var milliseconds))
            return null;
        try
        {
            await using var unpacked = new BrotliStream(new MemoryStream(Convert.FromBase64String(packed)), CompressionMode.Decompress);
            var buffer = new MemoryStream();
            var piece = new byte[81_920];
            while (await unpacked.ReadAsync(piece, ct) is > 0 and var count)
            {
                if (buffer.Length + count > Largest)
                    return null;
                buffer.Write(piece, 0, count);
            }
            return (Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length),
                DateTimeOffset.FromUnixTimeMilliseconds(milliseconds));
        }
        catch (Exception broken) when (broken is FormatException or InvalidDataException or InvalidOperationException
            or ArgumentOutOfRangeException)
        {
            return null;
        }
    }

    /// <summary>Stores the copy in place of an earlier one.</summary>
    public async Task KeepAsync(string kind, string source, string text, DateTimeOffset readAt, CancellationToken ct)
    {
        var packed = new MemoryStream();
        await using (var packing = new BrotliStream(packed, CompressionLevel.Optimal, leaveOpen: true))
            await packing.WriteAsync(Encoding.UTF8.GetBytes(text), ct);
        var value = $"{readAt.ToUnixTimeMilliseconds()} {Convert.ToBase64String(packed.GetBuffer(), 0, (int)packed.Length)}";
        await database.WriteAsync([NoteStore.Keep(UsedNameOf(kind, source), value)], ct);
    }

    /// <summary>
    /// Deletes the copies of one kind that this process has neither read nor stored since it began. Returns how many there were.
    /// </summary>
    public async Task<int> DeleteUnusedAsync(string kind, CancellationToken ct) => (await database.WriteAsync(
        [
            new($"DELETE FROM notes WHERE name LIKE $1 AND NOT ({database.AnyOf("name", "$2")})",
                $"{PrefixOf(kind)}%", database.ListOf(used.Keys)),
        ], ct)).Single();

    string UsedNameOf(string kind, string source)
    {
        var name = $"{PrefixOf(kind)}{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(source)))}";
        used[name] = true;
        return name;
    }

    static string PrefixOf(string kind) => $"copy:{kind}:";
}
