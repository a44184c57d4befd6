using System.Diagnostics;
using BotDispatch.Tests.Storage;

namespace BotDispatch.Tests.Hosting;

/// <summary>What the process does with signals, as systems that run services and rotate logs send them.</summary>
public sealed class SignalTests
{
    [LinuxTheory]
    [InlineData("TERM")]
    [InlineData("INT")]
    public async Task A_signal_to_hang_up_changes_nothing_and_is_named_and_one_to_end_ends_the_process_in_order(string last)
    {
        using var launch = new Launch { HeedsSignals = true }.With(("Logging:LogLevel:Default", "Information"));
        using var process = launch.Begin("Production");
        try
        {
            await UntilAsync("BotDispatch is ready at ");
            await SignalAsync("HUP");
            await UntilAsync("SIGHUP changes nothing.");
            await SignalAsync(last);
            await UntilAsync("Stopping in order.");
            await process.WaitForExitAsync();
            process.ExitCode.ShouldBe(0);
        }
        finally
        {
            if (!process.HasExited)
                process.Kill();
        }

        async Task UntilAsync(string words)
        {
            while (await process.StandardOutput.ReadLineAsync() is { } line)
                if (line.Contains(words, StringComparison.Ordinal))
                    return;
            Assert.Fail($"it ended without the words {words}: {await process.StandardError.ReadToEndAsync()}");
        }

        async Task SignalAsync(string signal)
        {
            using var kill = Process.Start("kill", [$"-{signal}", process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]);
            await kill.WaitForExitAsync();
        }
    }
}
