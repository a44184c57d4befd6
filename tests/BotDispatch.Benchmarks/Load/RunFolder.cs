namespace BotDispatch.Benchmarks.Load;

/// <summary>The folder of one run, below the current one: a disk in memory would make every promise cheap.</summary>
internal static class RunFolder
{
    /// <summary>Makes the folder, runs, and deletes the folder with all that is in it.</summary>
    public static async Task<int> UseAsync(string name, Func<string, Task> run)
    {
        var path = Path.Combine(Directory.GetCurrentDirectory(), "data", $"{name}-{Environment.ProcessId}");
        var folder = Directory.CreateDirectory(path).FullName;
        try
        {
            await run(folder);
            return 0;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
