using System.Diagnostics;

namespace BotDispatch.Tests.Hosting;

/// <summary>What takes a disk of its own to show. It is mounted where only the test's own process sees it, and this holds for root too, whom no file's mode stops.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class MountTheoryAttribute : TheoryAttribute
{
    static readonly Lazy<string?> WhyNot = new(Look);

    public MountTheoryAttribute() => Skip = WhyNot.Value;

    /// <summary>What a program is started by, so that it may mount: root may, others where the system lets them be root among themselves.</summary>
    public static string[] Unshare { get; } = Environment.IsPrivilegedProcess ? ["--mount"] : ["--mount", "--user", "--map-root-user"];

    static string? Look()
    {
        if (!OperatingSystem.IsLinux())
            return "Linux only";
        var folder = Directory.CreateTempSubdirectory("botdispatch-mount-").FullName;
        try
        {
            var start = new ProcessStartInfo("unshare", [.. Unshare, "mount", "-t", "tmpfs", "-o", "size=1m", "none", folder]) { RedirectStandardError = true };
            using var process = Process.Start(start)!;
            var error = process.StandardError.ReadToEnd();
            process.WaitForExit();
            return process.ExitCode == 0 ? null : $"this user may not mount a disk of their own here: {error.Trim()}";
        }
        catch (System.ComponentModel.Win32Exception missing)
        {
            return $"unshare is missing: {missing.Message}";
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
