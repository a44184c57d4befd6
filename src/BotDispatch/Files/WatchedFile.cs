using System.Collections.Immutable;
using System.Text;

namespace BotDispatch.Files;

/// <summary>Something in a file that must be corrected by hand.</summary>
/// <param name="Line">From 1; 0 if it concerns the whole file.</param>
/// <param name="What">What is wrong, without repeating what stands there: it may be private.</param>
internal sealed record FileProblem(int Line, string What)
{
    /// <summary>As an administrator reads it.</summary>
    public string In(string path) => Line > 0 ? $"{path}, line {Line}: {What}" : $"{path}: {What}";
}

/// <summary>What a file holds; it counts only if there are no problems.</summary>
internal sealed record FileContent<T>(ImmutableArray<T> Items, ImmutableArray<FileProblem> Problems)
{
    public static FileContent<T> Broken(int line, string what) => new([], [new(line, what)]);
}

/// <summary>A list in a file that is read again when the file changes. A broken edit is reported and the last good list stays.</summary>
internal sealed class WatchedFile<T>(string path, Func<string, FileContent<T>> parse, TimeProvider realTime, ILogger log)
{
    static readonly TimeSpan BetweenLooks = TimeSpan.FromSeconds(2);
    readonly Lock gate = new();
    ImmutableArray<T> items = [];
    (DateTime, long)? seen;
    long? looked;

    /// <summary>The list as it was in the last version of the file that was good.</summary>
    public ImmutableArray<T> Read()
    {
        lock (gate)
        {
            if (looked is { } last && realTime.GetElapsedTime(last) < BetweenLooks)
                return items;
            looked = realTime.GetTimestamp();
            var version = VersionNow();
            if (version == seen)
                return items;
            seen = version;
            var content = Load(path, parse);
            if (content.Problems.IsEmpty)
            {
                items = content.Items;
                log.ListRead(path, items.Length);
                return items;
            }
            foreach (var problem in content.Problems)
                log.ListBroken(problem.In(path));
            return items;
        }
    }

    /// <summary>Reads a file once.</summary>
    public static FileContent<T> Load(string path, Func<string, FileContent<T>> parse)
    {
        try
        {
            return parse(TextOf(File.ReadAllBytes(path)));
        }
        catch (DecoderFallbackException)
        {
            return FileContent<T>.Broken(0, "it is not UTF-8 text; save it as UTF-8.");
        }
        catch (Exception broken) when (broken is IOException or UnauthorizedAccessException)
        {
            return FileContent<T>.Broken(0, File.Exists(path) ? "it cannot be read." : "there is no such file.");
        }
    }

    static string TextOf(byte[] bytes) => new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(bytes).TrimStart('\uFEFF');

    (DateTime, long) VersionNow()
    {
        var file = new FileInfo(path);
        return file.Exists ? (file.LastWriteTimeUtc, file.Length) : default;
    }
}
