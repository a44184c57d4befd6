using System.Diagnostics;

namespace BotDispatch.Benchmarks.Load;

/// <summary>How long the disk takes to keep something for good: that no durable answer can be faster than.</summary>
internal static class Disk
{
    const int Times = 200;
    const int Bytes = 4096;

    /// <summary>The median and the 99th percentile of writing 4 KiB and making sure of it, in milliseconds.</summary>
    public static (double P50, double P99) Measure(string folder)
    {
        var path = Path.Combine(folder, "fsync.bin");
        var took = new double[Times];
        using (var file = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0))
        {
            var block = new byte[Bytes];
            for (var i = 0; i < Times; i++)
            {
                var begin = Stopwatch.GetTimestamp();
                file.Write(block);
                file.Flush(flushToDisk: true);
                took[i] = Stopwatch.GetElapsedTime(begin).TotalMilliseconds;
            }
        }
        File.Delete(path);
        Array.Sort(took);
        return (took[Times / 2], took[(int)(Times * 0.99)]);
    }
}
