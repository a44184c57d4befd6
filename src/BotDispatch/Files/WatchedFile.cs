using System.Collections.Immutable;
using System.Security.Cryptography;

namespace BotDispatch.Files;

/// <summary>A list in a file that is read again when its content changes. An edit of which nothing can be used is reported, and the last good list stays.</summary>
/// <remarks>
/// The content itself is compared, not its time or a notification: in a mounted directory (a Kubernetes ConfigMap) only a symbolic link above the file changes,
/// an editor renames a new file into place, a copy may keep time and length, and a network mount notifies nobody.
/// </remarks>
/// <param name="setting">The setting that names the file, as an administrator knows it.</param>
/// <param name="path">The file, or a link to it.</param>
/// <param name="parse">Reads its text.</param>
/// <param name="realTime">Files change in real time, however fast the story runs.</param>
/// <param name="log">Where it is said what was read.</param>
internal sealed class WatchedFile<T>(string setting, string path, Func<string, FileContent<T>> parse, TimeProvider realTime, ILogger log)
{
    /// <summary>How long what was read is taken for what stands there.</summary>
    public static readonly TimeSpan BetweenLooks = TimeSpan.FromSeconds(2);
    const int MostNotices = 5;
    const int MostLogged = 100;

    static readonly TimeSpan LongestLook = TimeSpan.FromSeconds(10);
    static readonly TimeSpan Settling = TimeSpan.FromSeconds(1);

    readonly Lock gate = new();
    readonly Lock first = new();
    volatile State state = new([], [], false, default, null);
    volatile bool isWatched;
    long? looked;
    bool isLooking;
    bool wasSilent;

    sealed record State(ImmutableArray<T> Items, ImmutableArray<FileProblem> Problems, bool IsOutdated, DateTimeOffset InUseSince, string? Version);

    /// <summary>What can be used of the last version of the file of which anything could be used. A watched file is not touched: its disk may not answer.</summary>
    public ImmutableArray<T> Read()
    {
        if (state.Version is null)
            LookFirst();
        else if (!isWatched)
            LookIfDue();
        else if (IsSilent() && !Interlocked.Exchange(ref wasSilent, true))
            log.FileSilent(path);
        return state.Items;
    }

    /// <summary>Reads the file if that is due. Whoever watches it does so from now on, and nobody else.</summary>
    public void Watch()
    {
        isWatched = true;
        if (state.Version is null)
            LookFirst();
        else
            LookIfDue();
    }

    /// <summary>What an administrator has to mend, in sentences for a chat: the file's name and lines, and how old the list in use is. Empty if nothing.</summary>
    public ImmutableArray<string> Notices()
    {
        var now = state;
        var age = now.InUseSince == default ? "no list could be read yet" : $"the list in use is {InWords(realTime.GetUtcNow() - now.InUseSince)} old (read {now.InUseSince.UtcDateTime:yyyy-MM-dd HH:mm} UTC)";
        return
        [
            .. IsSilent() ? [$"{setting}: {age}, because the file does not answer. Is its network mount there?"] : Array.Empty<string>(),
            .. now.IsOutdated ? [$"{setting}: {age}, because the file cannot be used now."] : Array.Empty<string>(),
            .. now.Problems.Take(MostNotices).Select(problem => $"{setting}: {problem.In(Path.GetFileName(path))}"),
            .. now.Problems.Length > MostNotices ? [$"{setting}: {now.Problems.Length - MostNotices} more problems are named in the log."] : Array.Empty<string>(),
        ];
    }

    /// <summary>Reads a file once.</summary>
    public static FileContent<T> Load(string path, Func<string, FileContent<T>> parse) => Bytes(path) switch
    {
        (null, _, var problem) => FileContent<T>.Broken(0, problem),
        var (bytes, _, _) => Parse(bytes, parse),
    };

    // Until something was read there is no list to go on with: whoever comes meanwhile waits, or would take an empty one for the truth.
    void LookFirst()
    {
        lock (first)
            if (state.Version is null)
                LookIfDue();
    }

    void LookIfDue()
    {
        lock (gate)
        {
            if (isLooking || (looked is { } last && realTime.GetElapsedTime(last) < BetweenLooks))
                return;
            looked = realTime.GetTimestamp();
            isLooking = true;
        }
        try
        {
            Look();
        }
        finally
        {
            lock (gate)
                isLooking = false;
        }
    }

    // A network mount that is gone holds up whoever reads from it, for ever.
    bool IsSilent()
    {
        lock (gate)
            return isLooking && realTime.GetElapsedTime(looked!.Value) >= LongestLook;
    }

    void Look()
    {
        var (bytes, writtenAt, unreadable) = Bytes(path);
        Volatile.Write(ref wasSilent, false);
        var version = bytes is null ? unreadable : Convert.ToHexString(SHA256.HashData(bytes));
        if (version == state.Version || (state.Version is not null && IsBeingWritten(writtenAt)))
            return;
        var content = bytes is null ? FileContent<T>.Broken(0, unreadable) : Parse(bytes, parse);
        if (content.IsUsable)
        {
            state = new(content.Items, content.Problems, false, realTime.GetUtcNow(), version);
            log.ListRead(path, content.Items.Length);
        }
        else
            state = state with { Problems = content.Problems, IsOutdated = true, Version = version };
        foreach (var problem in content.Problems.Take(MostLogged))
            if (content.IsUsable)
                log.EntryBroken(problem.In(path));
            else
                log.ListBroken(problem.In(path));
        if (content.Problems.Length > MostLogged)
            log.MoreBroken(path, content.Problems.Length - MostLogged);
    }

    static FileContent<T> Parse(byte[] bytes, Func<string, FileContent<T>> parse)
    {
        if (FileText.IsUtf16(bytes))
            return FileContent<T>.Broken(1, "it is UTF-16 text; save it as UTF-8.");
        try
        {
            return parse(FileText.Read(bytes));
        }
        // Whatever a library throws at a file, the file must be mended, and the last list stays. The message may repeat what stands there.
        catch (Exception unread) when (unread is not OutOfMemoryException)
        {
            return FileContent<T>.Broken(0, "it cannot be understood.");
        }
    }

    // Half a file that is being written is a shorter list, and nothing else tells it from a whole one: the next look will.
    bool IsBeingWritten(DateTimeOffset writtenAt) => realTime.GetUtcNow() - writtenAt is var age && age >= TimeSpan.Zero && age < Settling;

    static (byte[]? Bytes, DateTimeOffset WrittenAt, string Problem) Bytes(string path)
    {
        try
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            using var bytes = new MemoryStream();
            file.CopyTo(bytes);
            // The time of the handle is that of the link's target; the path would give the link's own.
            return (bytes.ToArray(), File.GetLastWriteTimeUtc(file.SafeFileHandle), "");
        }
        catch (Exception broken) when (broken is IOException or UnauthorizedAccessException)
        {
            return (null, default, File.Exists(path) ? "it cannot be read." : Directory.Exists(path) ? "it is a directory, not a file." : "there is no such file.");
        }
    }

    static string InWords(TimeSpan age) => age switch
    {
        { TotalMinutes: < 1 } => "less than a minute",
        { TotalHours: < 1 } => $"{age.Minutes} min",
        { TotalDays: < 1 } => $"{age.Hours} h {age.Minutes} min",
        _ => $"{(int)age.TotalDays} d {age.Hours} h",
    };
}
