namespace BotDispatch.Hosting;

/// <summary>The folder with appsettings.json.</summary>
internal static class ContentRoot
{
    /// <summary>Where the process was started, if the file is there; else beside the program, as a published build has it.</summary>
    public static string Find() =>
        File.Exists(Path.Combine(Directory.GetCurrentDirectory(), "appsettings.json")) ? Directory.GetCurrentDirectory() : AppContext.BaseDirectory;
}
