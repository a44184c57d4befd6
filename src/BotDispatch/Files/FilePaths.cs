namespace BotDispatch.Files;

/// <summary>Says where a file from the settings lies.</summary>
internal static class FilePaths
{
    /// <summary>A relative path counts from where the settings lie, or else from where the program lies, which is where the samples are.</summary>
    public static string Resolve(string path, IHostEnvironment environment)
    {
        if (Path.IsPathRooted(path))
            return path;
        var beside = Path.GetFullPath(Path.Combine(environment.ContentRootPath, path));
        var shipped = Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, path));
        return !File.Exists(beside) && File.Exists(shipped) ? shipped : beside;
    }
}
