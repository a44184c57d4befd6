using System.Collections.Immutable;

namespace BotDispatch.Files;

/// <summary>
/// A list in a file, read again when the content of the file changes. If an edit leaves nothing usable, the problem is reported and the
/// last good list stays.
/// </summary>
/// <remarks>
/// The content itself is compared, and neither its time nor a notification is used. In a mounted directory (a Kubernetes ConfigMap) only a
/// symbolic link above the file changes; an editor renames a new file into place; a copy may keep time and length; and a network mount
/// sends no notifications.
/// </remarks>
/// <param name="setting">The setting that names the file.</param>
/// <param name="path">The file, or a link to it.</param>
/// <param name="parse">Reads the text of the file.</param>
/// <param name="realTime">The system's clock: files change in real time, even if the dispatch clock runs faster.</param>
/// <param name="log">The log for what was read.</param>
/// <param name="without">
/// What is missing while nothing could be read of the file, as a clause: the process goes on without it. Null if nothing goes on before the
/// first read.
/// </param>
/// <param name="copy">Where the text of the list outlives the process; null if it does not.</param>
internal sealed class WatchedFile<T>(
    string setting, string path, Func<string, FileContent<T>> parse, TimeProvider realTime, ILogger log, string? without = null,
    IListCopy? copy = null)
{
    /// <summary>How long the content is used before the file is checked again.</summary>
    public static readonly TimeSpan BetweenLooks = TimeSpan.FromSeconds(2);
    /// <summary>How long a file may take that is read, before it counts as one that does not answer.</summary>
    public static readonly TimeSpan LongestLook = TimeSpan.FromSeconds(10);
    const int MostNotices = 5;
    const int MostLogged = 100;
    const int MostNamed = 20;

    static readonly TimeSpan Settling = TimeSpan.FromSeconds(1);

    readonly Lock gate = new();
    readonly Lock first = new();
    volatile State state = new([], [], false, default, null);
    volatile bool isWatched;
    bool isCopyUseless;
    long? looked;
    bool isLooking;
    bool wasSilent;
    Task? firstLook;

    sealed record State(ImmutableArray<T> Items, ImmutableArray<FileProblem> Problems, bool IsOutdated, DateTimeOffset InUseSince,
        string? Version);

    /// <summary>
    /// Returns the usable entries from the last version of the file that had any. It does not touch a file that is being watched, because
    /// its disk may not answer.
    /// </summary>
    public ImmutableArray<T> Read()
    {
        if (state.Version is null)
            LookFirst();
        else if (!isWatched)
            LookIfDue();
        else if (IsSilent() && !Interlocked.Exchange(ref wasSilent, true))
            log.FileSilent(path);
        UseCopy();
        return state.Items;
    }

    /// <summary>Reads the file if that is due. After the first call, only this method reads the file.</summary>
    public void Watch()
    {
        isWatched = true;
        if (state.Version is null)
            LookFirst();
        else
            LookIfDue();
        UseCopy();
    }

    /// <summary>Whether nothing could be read of the file yet, and no copy of it is in use either.</summary>
    public bool HasNothing => state.InUseSince == default;

    /// <summary>
    /// Returns what an administrator has to mend, in sentences for a chat: the file's name and lines, and the age of the list in use. Empty
    /// if nothing is wrong.
    /// </summary>
    public ImmutableArray<string> Notices()
    {
        var now = state;
        return
        [
            .. IsSilent() ? [Silent(now)] : Array.Empty<string>(),
            .. now.IsOutdated ? [Outdated(now)] : Array.Empty<string>(),
            .. now.Problems.Take(MostNotices).Select(problem => $"{setting}: {problem.In(Path.GetFileName(path))}"),
            .. now.Problems.Length > MostNotices
                ? [$"{setting}: {now.Problems.Length - MostNotices} more problems are named in the log."]
                : Array.Empty<string>(),
        ];
    }

    /// <summary>Why the file cannot be used now, and the age of the list in use, in a sentence; null if it can be used.</summary>
    public string? Trouble => state is var now && IsSilent() ? Silent(now) : now.IsOutdated ? Outdated(now) : null;

    string Silent(State now) => $"{setting}: {Age(now)}, because the file does not answer. Is its network mount there?{Missing(now)}";

    string Outdated(State now) => $"{setting}: {Age(now)}, because the file cannot be used now.{Missing(now)}";

    string Missing(State now) => without is not null && now.InUseSince == default ? $" Meanwhile {without}." : "";

    string Age(State now) => now.InUseSince == default ? "no list could be read yet"
        : $"the list in use is {InWords(realTime.GetUtcNow() - now.InUseSince)} old (read "
            + $"{now.InUseSince.UtcDateTime:yyyy-MM-dd HH:mm} UTC)";

    /// <summary>Reads a file once.</summary>
    public static FileContent<T> Load(string path, Func<string, FileContent<T>> parse) => FileBytes.Read(path) switch
    {
        (null, _, var problem) => FileContent<T>.Broken(0, problem),
        var (bytes, _, _) => Parse(bytes, parse),
    };

    /// <summary>
    /// Returns why a file that a setting names cannot be used at all, with its lines; empty if it has a usable entry, or is empty on
    /// purpose.
    /// </summary>
    /// <param name="setting">The setting that names the file.</param>
    /// <param name="path">The file.</param>
    /// <param name="parse">Reads the text of the file; null if no reader is for files with its extension.</param>
    /// <param name="extensions">The extensions of files that can be read, in words.</param>
    public static IEnumerable<string> Check(string setting, string path, Func<string, FileContent<T>>? parse, string extensions = "")
    {
        if (parse is null)
            return [$"{setting} is {path}: its name must end in {extensions}."];
        var content = Load(path, parse);
        return content.IsUsable ? [] : content.Problems.Take(MostNamed).Select(problem => $"{setting}: {problem.In(path)}");
    }

    // Before the first read there is no list. A caller waits for it, because it would otherwise take an empty list for the truth. Where the
    // process can go on without it, a disk that never answers is waited for once and for a while.
    void LookFirst()
    {
        if (without is not null)
        {
            LookFirstForAWhile();
            return;
        }
        lock (first)
            if (state.Version is null)
                LookIfDue();
    }

    void LookFirstForAWhile()
    {
        if (!IsSilent())
        {
            Task looking;
            lock (gate)
                looking = firstLook is { IsCompleted: false } ? firstLook
                    : firstLook = IsBeginning()
                        ? Task.Factory.StartNew(LookNow, default, TaskCreationOptions.LongRunning, TaskScheduler.Default)
                        : Task.CompletedTask;
            if (Task.WhenAny(looking, Task.Delay(LongestLook, realTime)).GetAwaiter().GetResult() == looking)
            {
                looking.GetAwaiter().GetResult();
                return;
            }
        }
        UseCopy();
        if (Interlocked.Exchange(ref wasSilent, true))
            return;
        if (HasNothing)
            log.ListMissing($"{path}: it does not answer.{Missing(state)}");
        else
            log.FileSilent(path);
    }

    // An earlier process has read the file.
    void UseCopy()
    {
        var now = state;
        if (now.InUseSince != default || isCopyUseless || copy?.Earlier is not var (text, readAt))
            return;
        var content = Parse(text, parse);
        isCopyUseless = !content.IsUsable;
        // What was read of the file meanwhile goes before it.
        var then = now with { Items = content.Items, IsOutdated = true, InUseSince = readAt };
        if (content.IsUsable && Interlocked.CompareExchange(ref state, then, now) == now)
            log.CopyInUse(path, content.Items.Length, $"{readAt.UtcDateTime:yyyy-MM-dd HH:mm} UTC");
    }

    void LookIfDue()
    {
        if (IsBeginning())
            LookNow();
    }

    // A look counts from here, also while a busy machine lets its thread wait: its caller must not wait a second time.
    bool IsBeginning()
    {
        lock (gate)
        {
            if (isLooking || (looked is { } last && realTime.GetElapsedTime(last) < BetweenLooks))
                return false;
            looked = realTime.GetTimestamp();
            return isLooking = true;
        }
    }

    void LookNow()
    {
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

    // Reading from a network mount that is gone blocks for ever.
    bool IsSilent()
    {
        lock (gate)
            return isLooking && realTime.GetElapsedTime(looked!.Value) >= LongestLook;
    }

    void Look()
    {
        // Usually nothing has changed, and then the file is not kept in memory.
        if (FileBytes.VersionOf(path) is { } same && same == state.Version)
        {
            Volatile.Write(ref wasSilent, false);
            return;
        }
        var (bytes, writtenAt, unreadable) = FileBytes.Read(path);
        Volatile.Write(ref wasSilent, false);
        var version = bytes is null ? unreadable : FileBytes.VersionOf(bytes);
        if (version == state.Version || (state.Version is not null && IsBeingWritten(writtenAt)))
            return;
        var content = bytes is null ? FileContent<T>.Broken(0, unreadable) : Parse(bytes, parse);
        if (content.IsUsable)
        {
            state = new(content.Items, content.Problems, false, realTime.GetUtcNow(), version);
            log.ListRead(path, content.Items.Length);
            copy?.Keep(FileText.Read(bytes!), state.InUseSince);
        }
        else
        {
            state = state with { Problems = content.Problems, IsOutdated = true, Version = version };
            UseCopy();
        }
        foreach (var problem in content.Problems.Take(MostLogged))
            if (content.IsUsable)
                log.EntryBroken(problem.In(path));
            else if (state.InUseSince == default)
                log.ListMissing(problem.In(path) + Missing(state));
            else
                log.ListBroken(problem.In(path));
        if (content.Problems.Length > MostLogged)
            log.MoreBroken(path, content.Problems.Length - MostLogged);
    }

    static FileContent<T> Parse(byte[] bytes, Func<string, FileContent<T>> parse)
    {
        if (FileText.ProblemOf(bytes) is { } problem)
            return FileContent<T>.Broken(1, problem);
        return Parse(FileText.Read(bytes), parse);
    }

    static FileContent<T> Parse(string text, Func<string, FileContent<T>> parse)
    {
        try
        {
            return parse(text);
        }
        // Whatever a parser throws, the file must be mended and the last list stays. The exception's message is not used, because it may
        // repeat the text of the file.
        catch (Exception unread) when (unread is not OutOfMemoryException)
        {
            return FileContent<T>.Broken(0, "it cannot be understood.");
        }
    }

    // A file that is being written may look like a complete, shorter list. The next check reads it whole.
    bool IsBeingWritten(DateTimeOffset writtenAt) => realTime.GetUtcNow() - writtenAt is var age && age >= TimeSpan.Zero && age < Settling;

    static string InWords(TimeSpan age) => age switch
    {
        { TotalMinutes: < 1 } => "less than a minute",
        { TotalHours: < 1 } => $"{age.Minutes} min",
        { TotalDays: < 1 } => $"{age.Hours} h {age.Minutes} min",
        _ => $"{(int)age.TotalDays} d {age.Hours} h",
    };
}
