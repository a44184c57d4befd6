namespace BotDispatch.Hosting;

/// <summary>Finds the folder with appsettings.json.</summary>
internal static class ContentRoot
{
    /// <summary>
    /// Returns the current directory if it contains the file; otherwise the directory of the program, which contains it in a published
    /// build.
    /// </summary>
    public static string Find() =>
        File.Exists(Path.Combine(Directory.GetCurrentDirectory(), "appsettings.json"))
            ? Directory.GetCurrentDirectory()
            : AppContext.BaseDirectory;
}
