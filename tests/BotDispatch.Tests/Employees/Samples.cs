using System.Runtime.CompilerServices;

namespace BotDispatch.Tests.Employees;

/// <summary>Where the sample data lies in the sources.</summary>
internal static class Samples
{
    public static string Folder { get; } = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(Here())!, "../../../src/BotDispatch/Samples"));

    static string Here([CallerFilePath] string path = "") => path;
}
