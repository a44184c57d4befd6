using System.Diagnostics;
using BotDispatch.Tests.Architecture;

namespace BotDispatch.Tests.Adapters.Teams;

/// <summary>A fact that needs Node and Microsoft's own packages for it; says so aloud where they are not.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class NodeFactAttribute : FactAttribute
{
    public NodeFactAttribute() => Skip = MicrosoftPackages.Missing;
}

/// <summary>Microsoft's own packages, which <c>tests/run</c> installs.</summary>
internal static class MicrosoftPackages
{
    static string Folder => Path.Combine(Repository.Root, "tests", "node");

    static string? Node { get; } = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
        .Select(folder => Path.Combine(folder, OperatingSystem.IsWindows() ? "node.exe" : "node")).FirstOrDefault(File.Exists);

    /// <summary>What is missing; null if nothing is.</summary>
    public static string? Missing { get; } =
        Node is null ? "node is not in PATH: install Node.js to compare with Microsoft's own packages."
        : !Directory.Exists(Path.Combine(Folder, "node_modules", "botframework-connector")) ? "tests/node/node_modules is missing: run tests/run, or npm ci --prefix tests/node, to compare with Microsoft's own packages."
        : null;

    /// <summary>Starts one of the scripts of <c>tests/node</c>; what it complains about goes to the test's own output.</summary>
    public static Process Start(string script, params string[] arguments) =>
        Process.Start(new ProcessStartInfo(Node!, [Path.Combine(Folder, script), .. arguments]) { WorkingDirectory = Folder, RedirectStandardInput = true, RedirectStandardOutput = true })!;
}
