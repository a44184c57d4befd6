using System.Collections.Concurrent;
using System.Diagnostics;

namespace BotDispatch.Tests.Published;

/// <summary>The program as a process that runs, with everything that it wrote.</summary>
internal sealed class RunningProgram : IAsyncDisposable
{
    static readonly TimeSpan LongestStart = TimeSpan.FromMinutes(1);
    static readonly TimeSpan LongestEnd = TimeSpan.FromSeconds(30);

    readonly Process process;
    readonly ConcurrentQueue<string> written = [];
    readonly TaskCompletionSource ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    readonly TaskCompletionSource over = new(TaskCreationOptions.RunContinuationsAsynchronously);

    RunningProgram(Process process)
    {
        this.process = process;
        process.OutputDataReceived += (_, line) => Keep(line.Data, isError: false);
        process.ErrorDataReceived += (_, line) => Keep(line.Data, isError: true);
        process.Exited += (_, _) => over.TrySetResult();
        process.EnableRaisingEvents = true;
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    /// <summary>Everything that it wrote until now.</summary>
    public string Said => string.Join('\n', written);

    /// <summary>What it wrote to standard error, and the exceptions that it logged.</summary>
    public IReadOnlyList<string> Complaints => [.. written.Where(IsComplaint)];

    /// <summary>Starts it with these settings, and returns when it is ready.</summary>
    public static async Task<RunningProgram> StartAsync(string folder, string environment, IReadOnlyDictionary<string, string> settings)
    {
        var start = PublishedProgram.Start(folder);
        start.Environment["ASPNETCORE_ENVIRONMENT"] = environment;
        start.Set(settings);
        var program = new RunningProgram(Process.Start(start)!);
        await Task.WhenAny(program.ready.Task, program.over.Task, Task.Delay(LongestStart));
        if (program.ready.Task.IsCompleted)
            return program;
        await program.KillAsync();
        throw new InvalidOperationException($"it did not become ready:\n{program.Said}");
    }

    /// <summary>Stops it in order, and requires that it ended well and never failed at anything.</summary>
    public async Task StopAsync()
    {
        if (OperatingSystem.IsWindows())
        {
            await KillAsync();
            return;
        }
        using (var end = Process.Start("kill", ["-TERM", $"{process.Id}"]))
            await end.WaitForExitAsync();
        await Task.WhenAny(over.Task, Task.Delay(LongestEnd));
        over.Task.IsCompleted.ShouldBeTrue($"it does not end:\n{Said}");
        await process.WaitForExitAsync();
        process.ExitCode.ShouldBe(0, Said);
        Complaints.ShouldBeEmpty(Said);
    }

    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        process.Dispose();
    }

    async Task KillAsync()
    {
        if (!process.HasExited)
            process.Kill();
        await process.WaitForExitAsync();
    }

    // What fails because a busy machine is slow is reported without an exception.
    static bool IsComplaint(string line) => line.StartsWith("crit:", StringComparison.Ordinal) || line.StartsWith("error: ", StringComparison.Ordinal)
        || line.Contains("Exception: ", StringComparison.Ordinal);

    void Keep(string? line, bool isError)
    {
        if (line is null)
            return;
        written.Enqueue(isError ? $"error: {line}" : line);
        if (!isError && line.StartsWith("BotDispatch is ready", StringComparison.Ordinal))
            ready.TrySetResult();
    }
}
