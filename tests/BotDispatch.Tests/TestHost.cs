using System.Runtime.CompilerServices;

namespace BotDispatch.Tests;

/// <summary>What holds for the process of the tests as a whole.</summary>
internal static class TestHost
{
    // Each host would watch its settings files for changes, and Linux gives one user 128 such watchers (inotify instances) for all their processes.
    [ModuleInitializer]
    internal static void WatchNoSettings() => Environment.SetEnvironmentVariable("DOTNET_hostBuilder__reloadConfigOnChange", "false");
}
