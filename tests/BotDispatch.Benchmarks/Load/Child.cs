using System.Diagnostics;

namespace BotDispatch.Benchmarks.Load;

/// <summary>Another process of this run. It ends when its input does, at the latest when this object is disposed of.</summary>
internal sealed class Child : IDisposable
{
    readonly Process process;
    bool isOver;

    Child(Process process) => this.process = process;

    public TimeSpan Cpu
    {
        get
        {
            process.Refresh();
            return process.TotalProcessorTime;
        }
    }

    /// <summary>Resident memory now and at its highest, in MB.</summary>
    public (double Now, double Peak) Memory
    {
        get
        {
            process.Refresh();
            return (process.WorkingSet64 / 1e6, process.PeakWorkingSet64 / 1e6);
        }
    }

    /// <summary>Bytes that the process had written to disks, where the system tells it.</summary>
    public long BytesWritten
    {
        get
        {
            var counters = $"/proc/{process.Id}/io";
            return File.Exists(counters) && File.ReadLines(counters).FirstOrDefault(line => line.StartsWith("write_bytes: ", StringComparison.Ordinal)) is { } line
                ? long.Parse(line["write_bytes: ".Length..], System.Globalization.CultureInfo.InvariantCulture)
                : 0;
        }
    }

    public bool HasExited => process.HasExited;

    /// <summary>Starts a part of this same program.</summary>
    public static Child OfThisProgram(string folder, params string[] arguments) => Start(Environment.ProcessPath!, folder, new Dictionary<string, string>(), arguments);

    public static Child Start(string program, string folder, IReadOnlyDictionary<string, string> environment, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { WorkingDirectory = folder, RedirectStandardInput = true, RedirectStandardOutput = true };
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        return new(Process.Start(start)!);
    }

    /// <summary>The first line it says; everything after it is read and dropped.</summary>
    public async Task<string> FirstLineAsync()
    {
        var line = await process.StandardOutput.ReadLineAsync().WaitAsync(TimeSpan.FromSeconds(60)) ?? throw new InvalidOperationException("it ended without a word");
        DropOutput();
        return line;
    }

    /// <summary>Whatever it says is read and dropped: a full pipe would stop it.</summary>
    public void DropOutput() => _ = process.StandardOutput.BaseStream.CopyToAsync(Stream.Null);

    public void Dispose()
    {
        if (isOver)
            return;
        isOver = true;
        if (!process.HasExited)
            process.Kill(entireProcessTree: true);
        process.WaitForExit(10_000);
        process.Dispose();
    }
}
