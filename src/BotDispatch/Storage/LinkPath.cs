namespace BotDispatch.Storage;

/// <summary>
/// Follows the symbolic links in every part of a path. <see cref="File.ResolveLinkTarget"/> looks only at the last one, and the database's
/// folder may be a link too.
/// </summary>
internal static class LinkPath
{
    // As Linux itself: path_resolution(7).
    const int MostLinks = 40;

    /// <summary>The path without links; parts that do not exist stay as written.</summary>
    /// <exception cref="IOException">The links lead in a circle, or a part cannot be looked at; also
    /// <see cref="UnauthorizedAccessException"/>.</exception>
    public static string Resolve(string path)
    {
        var resolved = Path.GetPathRoot(path)!;
        var parts = new Stack<string>(Parts(path));
        for (var links = 0; parts.TryPop(out var part);)
        {
            if (part == "..")
            {
                resolved = Path.GetDirectoryName(resolved) ?? resolved;
                continue;
            }
            var next = Path.Combine(resolved, part);
            if (new FileInfo(next).LinkTarget is not { } target)
            {
                resolved = next;
                continue;
            }
            if (++links > MostLinks)
                throw new IOException($"{path} leads through too many symbolic links.");
            if (Path.IsPathRooted(target))
                resolved = Path.GetPathRoot(target)!;
            foreach (var each in Parts(target))
                parts.Push(each);
        }
        return resolved;
    }

    // The last one first.
    static IEnumerable<string> Parts(string path) => path[Path.GetPathRoot(path)!.Length..]
        .Split(Path.DirectorySeparatorChar, StringSplitOptions.RemoveEmptyEntries).Where(part => part != ".").Reverse();
}
