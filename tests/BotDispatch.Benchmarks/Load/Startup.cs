using System.Diagnostics;
using System.Runtime.InteropServices;

namespace BotDispatch.Benchmarks.Load;

/// <summary>How long the published build takes from its start until it says that it is ready.</summary>
internal static class Startup
{
    const int Times = 7;

    /// <summary>The first start, on an empty folder, and the median of those after it; in milliseconds. Null if it could not be published.</summary>
    public static async Task<(double First, double Median)?> MeasureAsync(string folder, HttpClient http, Uri generator)
    {
        if (Root() is not { } root)
            return null;
        var published = Path.Combine(folder, "published");
        using (var publish = Process.Start(new ProcessStartInfo("dotnet", ["publish", Path.Combine(root, "src", "BotDispatch"), "-c", "Release", "-r", RuntimeInformation.RuntimeIdentifier, "-o", published, "-v", "quiet"]) { RedirectStandardOutput = true })!)
        {
            await publish.StandardOutput.ReadToEndAsync();
            await publish.WaitForExitAsync();
            if (publish.ExitCode != 0)
                return null;
        }
        var took = new List<double>();
        for (var i = 0; i < Times; i++)
        {
            var address = LoadRun.FreeAddress();
            var begin = Stopwatch.GetTimestamp();
            using var child = Child.Start(Path.Combine(published, "BotDispatch"), published, RunSettings.For(folder, "startup.db", "Development", address, generator));
            child.DropOutput();
            await ReadyAsync(http, address, child);
            took.Add(Stopwatch.GetElapsedTime(begin).TotalMilliseconds);
        }
        return (took[0], took.Skip(1).Order().ElementAt((Times - 1) / 2));
    }

    /// <summary>Waits until it is ready; fails if it ends or takes a minute.</summary>
    public static async Task ReadyAsync(HttpClient http, Uri address, Child child)
    {
        var begin = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(begin) < TimeSpan.FromMinutes(1))
        {
            if (child.HasExited)
                throw new InvalidOperationException("the product ended instead of starting; it said why above");
            try
            {
                using var answer = await http.GetAsync(new Uri(address, "readyz"));
                if (answer.IsSuccessStatusCode)
                    return;
            }
            catch (HttpRequestException)
            {
                // Not listening yet.
            }
            await Task.Delay(5);
        }
        throw new TimeoutException("the product was not ready in a minute");
    }

    /// <summary>The repository's folder; null outside of it.</summary>
    public static string? Root()
    {
        for (var folder = new DirectoryInfo(Directory.GetCurrentDirectory()); folder is not null; folder = folder.Parent)
            if (File.Exists(Path.Combine(folder.FullName, "BotDispatch.sln")))
                return folder.FullName;
        return null;
    }
}
