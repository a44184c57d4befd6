using System.Buffers.Binary;
using Microsoft.Data.Sqlite;
using Microsoft.Win32.SafeHandles;

namespace BotDispatch.Storage;

/// <summary>
/// The file of a SQLite database as the system sees it: where it lies, whose it is, and what has become of it. Errors name it and give the
/// system's own reason.
/// </summary>
internal sealed class SqliteFile : IDisposable
{
    const int HeaderLength = 100;
    const long LeastSpace = 1 << 20;
    const string Handles = "/proc/self/fd";
    const string Deleted = " (deleted)";
    const string Scheme = "file:";

    // Held until the process ends: closing any handle of a file ends all fcntl locks of the process on it (POSIX), SQLite's own too.
    FileStream? claimed;
    readonly string path;
    readonly Func<string, bool> canBeLockedTwice;
    string real;
    string leadsTo = "";

    /// <param name="path">The file.</param>
    /// <param name="canBeLockedTwice">For tests: stands for a file system on which locks do nothing.</param>
    public SqliteFile(string path, Func<string, bool>? canBeLockedTwice = null) =>
        (this.path, real, this.canBeLockedTwice) = (path, path, canBeLockedTwice ?? FileLocking.CanLock);

    /// <summary>The full path of what a connection string names, however it is spelled; null for a database that lives in memory.</summary>
    public static string? PathOf(string connectionString)
    {
        var builder = new SqliteConnectionStringBuilder(connectionString);
        if (builder.Mode is SqliteOpenMode.Memory || PathIn(builder.DataSource) is not { Length: > 0 } path || path == ":memory:")
            return null;
        // As Microsoft.Data.Sqlite reads it.
        const string Macro = "|DataDirectory|";
        var folder = AppDomain.CurrentDomain.GetData("DataDirectory") as string ?? "";
        if (path.StartsWith(Macro, StringComparison.OrdinalIgnoreCase))
            path = path[Macro.Length..].TrimStart('/', '\\');
        return Path.GetFullPath(Path.Combine(folder, path));
    }

    /// <summary>Whether a path counts from the folder in which the process was started.</summary>
    public static bool IsRelative(string connectionString) =>
        !Path.IsPathRooted(PathIn(new SqliteConnectionStringBuilder(connectionString).DataSource));

    /// <summary>A connection string's source that names this path instead of its own.</summary>
    /// <param name="source">A path, or a <c>file:</c> address whose parameters are kept.</param>
    /// <param name="path">A full path.</param>
    public static string SourceWith(string source, string path)
    {
        if (!source.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase))
            return path;
        var parameters = source.Split('#')[0].Split('?', 2) is [_, var query] ? "?" + query : "";
        return Scheme + string.Join('/', path.Split('/').Select(Uri.EscapeDataString)) + parameters;
    }

    /// <summary>
    /// Where the file itself lies. A claimed file is opened by this path, whatever becomes of the symbolic links that led to it: two
    /// connections of one process must not write to two files.
    /// </summary>
    public string Real => real;

    /// <summary>Whether this process has claimed the file, so that it exists.</summary>
    public bool IsClaimed => claimed is not null;

    /// <summary>Makes the folder if need be.</summary>
    /// <exception cref="IOException">It cannot be made, with the system's reason.</exception>
    public void MakeFolder()
    {
        if (Path.GetDirectoryName(path) is not { } folder)
            return;
        try
        {
            // .NET says of a link that leads nowhere, or in a circle, that the folder exists already.
            Directory.CreateDirectory(OperatingSystem.IsLinux() ? LinkPath.Resolve(folder) : folder);
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            throw new IOException($"The folder {folder} cannot be made: {refused.Message}", refused);
        }
    }

    /// <summary>
    /// Takes the file for this process alone, until it ends in whatever way, and proves that its folder can be written to: another process
    /// would free our claims and post what we post.
    /// </summary>
    /// <exception cref="InvalidOperationException">Another process has it, or nothing would keep another process out.</exception>
    /// <exception cref="IOException">It cannot be written; also <see cref="UnauthorizedAccessException"/>.</exception>
    public void Claim()
    {
        if (claimed is not null)
            return;
        if (FileLocking.WhyOff() is { } off)
            throw new InvalidOperationException(
                $"nothing would keep a second BotDispatch out of {path}, which would phone everybody a second time, because {off} keeps "
                + ".NET from locking files. Remove it and keep the database on a local disk, or use Storage:Provider PostgreSql.");
        if (Directory.Exists(path))
            throw new IOException($"{path} is a folder, not a file.");
        MakeFolder();
        // On Linux flock and SQLite's fcntl locks do not see each other, so the lock is on the file itself and no other name of it goes
        // round it. Elsewhere they do.
        var linked = File.Exists(path) ? File.ResolveLinkTarget(path, returnFinalTarget: true)?.FullName : null;
        var locked = OperatingSystem.IsLinux() ? path : (linked ?? path) + ".lock";
        try
        {
            claimed = new(locked, ForUsAlone());
        }
        catch (IOException inUse) when (FileLocking.IsHeld(inUse))
        {
            throw new DatabaseInUseException(
                $"the database of Storage:ConnectionString is in use: another process has locked {locked}. "
                + "If that is another BotDispatch, end it first; several nodes need Storage:Provider PostgreSql.", inUse);
        }
        // .NET takes a lock that the file system does not know for one that it got. SQLite has no lock yet that this could end.
        if (canBeLockedTwice(locked))
        {
            claimed.Dispose();
            claimed = null;
            throw new InvalidOperationException(
                $"nothing would keep a second BotDispatch out of {path}, which would phone everybody a second time, because its file system"
                + $"{(NetworkOf(path) is { } network ? $" ({network})" : "")} does not keep locks: {locked} could be locked twice. Keep "
                + "the database on a local disk, or use Storage:Provider PostgreSql.");
        }
        if (OperatingSystem.IsLinux())
            (real, leadsTo) = (HandleTarget(claimed.SafeFileHandle.DangerousGetHandle()) ?? path, LinkPath.Resolve(path));
        if (WhyFolderTakesNothing() is { } because)
            throw new IOException($"Beside {real} nothing can be written, as SQLite must: {because}");
        if (!IsDatabase())
            throw new IOException($"{real} is no SQLite database, or it is encrypted. Nothing in it was changed. Write the name of a new "
                + "file (one that does not exist is made), or put a backup of the database there.");
    }

    // A new file is for its owner and group, as the key file may be: it holds names, numbers and tickets. SQLite gives the files beside it
    // the same mode.
    static FileStreamOptions ForUsAlone()
    {
        var options = new FileStreamOptions
        {
            Mode = FileMode.OpenOrCreate,
            Access = FileAccess.ReadWrite,
            Share = FileShare.None,
            BufferSize = 1,
        };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.GroupWrite;
        return options;
    }

    /// <summary>The kind of the network file system that a file lies on, or will; null if it is another one, or is not known.</summary>
    public static string? NetworkOf(string path)
    {
        try
        {
            var folder = Path.GetDirectoryName(path);
            while (folder is not null && !Directory.Exists(folder))
                folder = Path.GetDirectoryName(folder);
            return folder is not null && new DriveInfo(folder) is { DriveType: DriveType.Network } drive ? drive.DriveFormat : null;
        }
        catch (Exception unknown) when (unknown is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return null;
        }
    }

    /// <summary>Why the folder takes no new file; null if it does.</summary>
    public string? WhyFolderTakesNothing()
    {
        try
        {
            using var probe = new FileStream(
                Path.Combine(Path.GetDirectoryName(real)!, $".botdispatch-{Guid.NewGuid():N}"),
                FileMode.CreateNew, FileAccess.Write, FileShare.None,
                bufferSize: 1, FileOptions.DeleteOnClose);
            probe.Write(new byte[4096]);
            probe.Flush(flushToDisk: true);
            return null;
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            return refused.Message;
        }
    }

    /// <summary>
    /// What has happened to the file behind our back; null if nothing is seen. Only while nothing is being written: a checkpoint writes
    /// page by page.
    /// </summary>
    public string? Trouble()
    {
        if (claimed is null)
            return null;
        if (!OperatingSystem.IsLinux())
            return File.Exists(path) ? SpaceTrouble() : $"{path} was deleted or moved";
        var now = HandleTarget(claimed.SafeFileHandle.DangerousGetHandle());
        if (now != real)
            return now is null || now.EndsWith(Deleted, StringComparison.Ordinal)
                ? $"{real} was deleted or replaced"
                : $"{real} was moved to {now}";
        // The next start would use the other file, in which nothing of this one is.
        if (LinkPath.Resolve(path) is var leads && leads != leadsTo)
            return $"{path} was a link to {leadsTo}, which is still used, and leads to {leads} now";
        // SQLite takes a WAL file away from an empty database: the cause first.
        if (HeaderTrouble() is { } cut)
            return cut;
        // What is committed lies in the WAL file until it is copied back.
        foreach (var handle in Directory.EnumerateFileSystemEntries(Handles))
            if (Target(handle) is { } target && target.EndsWith(Deleted, StringComparison.Ordinal))
                foreach (var beside in (string[])["-wal", "-shm"])
                    if (target == real + beside + Deleted)
                        return $"{real}{beside} was deleted or replaced";
        return SpaceTrouble();
    }

    public void Dispose() => claimed?.Dispose();

    /// <summary>Whether a file begins as a database, or SQLite makes one there: it does not exist, or is empty.</summary>
    /// <exception cref="IOException">It cannot be read; also <see cref="UnauthorizedAccessException"/>.</exception>
    public static bool IsDatabase(string path)
    {
        if (!File.Exists(path))
            return true;
        using var handle = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        return IsDatabase(handle);
    }

    // Where the claim is not on the file itself, a handle of its own is closed before SQLite has the file.
    bool IsDatabase() => OperatingSystem.IsLinux() ? IsDatabase(claimed!.SafeFileHandle) : IsDatabase(path);

    static bool IsDatabase(SafeFileHandle handle)
    {
        Span<byte> header = stackalloc byte[HeaderLength];
        var length = RandomAccess.Read(handle, header, 0);
        return length == 0 || (length == HeaderLength && header.StartsWith("SQLite format 3\0"u8));
    }

    /// <remarks>https://www.sqlite.org/fileformat.html#the_database_header</remarks>
    string? HeaderTrouble()
    {
        Span<byte> header = stackalloc byte[HeaderLength];
        var file = claimed!.SafeFileHandle;
        if (RandomAccess.Read(file, header, 0) < HeaderLength || !header.StartsWith("SQLite format 3\0"u8))
            return $"{real} does not begin as a database any more: it was cut off or overwritten";
        var pageSize = BinaryPrimitives.ReadUInt16BigEndian(header[16..]) is var size and not 1 ? (long)size : 65536L;
        var isCounted = header.Slice(24, 4).SequenceEqual(header.Slice(92, 4));
        return isCounted && RandomAccess.GetLength(file) < pageSize * BinaryPrimitives.ReadUInt32BigEndian(header[28..])
            ? $"{real} is shorter than it must be: it was cut off"
            : null;
    }

    // A commit may fit into what the WAL file has already, and the next one not.
    string? SpaceTrouble() => Path.GetDirectoryName(real) is { } folder && new DriveInfo(folder).AvailableFreeSpace < LeastSpace
        ? $"the disk is full: less than 1 MB is left in {folder}"
        : null;

    static string? HandleTarget(nint handle) =>
        Target(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{Handles}/{handle}"));

    static string? Target(string link)
    {
        try
        {
            return new FileInfo(link).LinkTarget;
        }
        catch (IOException)
        {
            // Closed meanwhile.
            return null;
        }
    }

    /// <remarks>https://www.sqlite.org/uri.html</remarks>
    static string PathIn(string source)
    {
        if (!source.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase))
            return source;
        var rest = source[Scheme.Length..].Split('#')[0].Split('?', 2);
        if (rest is [_, var query] && query.Split('&').Contains("mode=memory"))
            return "";
        var path = rest[0];
        if (path.StartsWith("//", StringComparison.Ordinal))
            path = path.IndexOf('/', 2) is var begins and > 0 ? path[begins..] : "";
        return Uri.UnescapeDataString(path);
    }
}

/// <summary>Another process uses the SQLite file.</summary>
internal sealed class DatabaseInUseException(string message, Exception inner) : InvalidOperationException(message, inner);
