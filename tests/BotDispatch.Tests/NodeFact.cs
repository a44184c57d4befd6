using System.Diagnostics;
using BotDispatch.Tests.Architecture;
using BotDispatch.Tests.Browser;

namespace BotDispatch.Tests;

/// <summary>A fact that compares with a package for Node, as <c>@slack/bolt</c>; says so aloud where that is not installed.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class NodeFactAttribute : FactAttribute
{
    public NodeFactAttribute(string package) => (Package, Skip) = (package, NodePackages.Missing(package));

    public string Package { get; }
}

/// <summary>A fact that draws in a browser what a package for Node understands; says so aloud where one of them is missing.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class NodeBrowserFactAttribute : FactAttribute
{
    public NodeBrowserFactAttribute(string package) =>
        (Package, Skip) = (package, NodePackages.Missing(package) ?? (File.Exists(ChromiumFactAttribute.Path) ? null : $"{ChromiumFactAttribute.Path} is missing: install Debian's chromium to have cards drawn."));

    public string Package { get; }
}

/// <summary>The chats' own packages for Node, which <c>tests/run</c> installs.</summary>
internal static class NodePackages
{
    static string Folder => Path.Combine(Repository.Root, "tests", "node");

    static string? Node { get; } = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
        .Select(folder => Path.Combine(folder, OperatingSystem.IsWindows() ? "node.exe" : "node")).FirstOrDefault(File.Exists);

    /// <summary>Why nothing can be compared with that package; null if it can.</summary>
    public static string? Missing(string package) =>
        Node is null ? $"node is not in PATH: install Node.js to compare with {package}."
        : !Directory.Exists(Path.Combine([Folder, "node_modules", .. package.Split('/')])) ? $"tests/node/node_modules has no {package}: run tests/run, or npm ci --prefix tests/node, to compare with it."
        : null;

    /// <summary>Starts one of the scripts of <c>tests/node</c>; what it complains about goes to the test's own output.</summary>
    public static Process Start(string script, params string[] arguments) => Start(script, arguments, _ => { });

    /// <summary>Starts one as <paramref name="prepare"/> says.</summary>
    public static Process Start(string script, string[] arguments, Action<ProcessStartInfo> prepare)
    {
        var start = new ProcessStartInfo(Node!, [Path.Combine(Folder, script), .. arguments]) { WorkingDirectory = Folder, RedirectStandardInput = true, RedirectStandardOutput = true };
        prepare(start);
        return Process.Start(start)!;
    }

    /// <summary>Hands a script these lines, and takes the line that it answers to each.</summary>
    public static async Task<IReadOnlyList<string>> AskAsync(string script, IReadOnlyList<string> lines, params string[] arguments)
    {
        using var process = Start(script, arguments);
        // Both ways at once: a pipe that nobody reads fills up.
        var asking = Task.Run(async () =>
        {
            foreach (var line in lines)
                await process.StandardInput.WriteLineAsync(line);
            process.StandardInput.Close();
        });
        var answers = (await process.StandardOutput.ReadToEndAsync()).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        await asking;
        await process.WaitForExitAsync();
        process.ExitCode.ShouldBe(0);
        answers.Length.ShouldBe(lines.Count);
        return answers;
    }
}
