namespace BotDispatch.Files;

/// <summary>Finds the files that settings name.</summary>
internal static class FilePaths
{
    /// <summary>
    /// Returns the full path. A relative path counts from the folder of the settings, otherwise from the folder of the program, which
    /// contains the samples.
    /// </summary>
    public static string Resolve(string path, IHostEnvironment environment)
    {
        if (Path.IsPathRooted(path))
            return path;
        var beside = Path.GetFullPath(Path.Combine(environment.ContentRootPath, path));
        var shipped = Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, path));
        return !File.Exists(beside) && File.Exists(shipped) ? shipped : beside;
    }
}
