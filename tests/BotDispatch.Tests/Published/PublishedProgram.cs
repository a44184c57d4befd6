using System.Diagnostics;
using BotDispatch.Dispatching;

namespace BotDispatch.Tests.Published;

/// <summary>
/// The program that tests start as a process: the one that was built beside them, or the one in the folder that <see cref="Variable"/> names, as
/// <c>tests/run native</c> does it.
/// </summary>
internal static class PublishedProgram
{
    public const string Variable = "BOTDISPATCH_PUBLISHED";

    /// <summary>The published folder; null for what was built beside the tests.</summary>
    public static string? Folder => Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } set ? set : null;

    /// <summary>How it is started, with its output redirected.</summary>
    public static ProcessStartInfo Start(string workingFolder, params IEnumerable<string> arguments)
    {
        var start = Folder is { } folder
            ? new ProcessStartInfo(Path.Combine(folder, "BotDispatch"), arguments)
            : new ProcessStartInfo("dotnet", [typeof(DispatchEngine).Assembly.Location, .. arguments]);
        start.WorkingDirectory = workingFolder;
        start.RedirectStandardOutput = start.RedirectStandardError = true;
        return start;
    }

    /// <summary>Sets settings in the environment of the process.</summary>
    public static void Set(this ProcessStartInfo start, IEnumerable<KeyValuePair<string, string>> settings)
    {
        foreach (var (name, value) in settings)
            start.Environment[name.Replace(":", "__", StringComparison.Ordinal)] = value;
    }
}
