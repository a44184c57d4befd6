namespace BotDispatch.Storage;

/// <summary>
/// Whether .NET locks the files that it opens. Where that is switched off, a file that was opened for one process alone can be opened by
/// others, without an error anywhere.
/// </summary>
/// <remarks>
/// .NET 10 on Linux and macOS: FileStream calls flock unless this switch or, where it is not set, this variable says so. They are meant for
/// network shares that know no locks.
/// </remarks>
internal static class FileLocking
{
    const string Switch = "System.IO.DisableFileLocking";
    const string Variable = "DOTNET_SYSTEM_IO_DISABLEFILELOCKING";

    /// <summary>What switches locking off in this process; null if nothing does.</summary>
    public static string? WhyOff() => OperatingSystem.IsWindows() ? null
        : WhyOff(AppContext.TryGetSwitch(Switch, out var isOff) ? isOff : null, Environment.GetEnvironmentVariable(Variable));

    /// <inheritdoc cref="WhyOff()"/>
    /// <param name="set">The switch; null if it is not set.</param>
    /// <param name="variable">The variable; null if it is not set.</param>
    public static string? WhyOff(bool? set, string? variable) => set switch
    {
        true => $"the setting {Switch} in runtimeconfig.json",
        false => null,
        null => variable is "1" || bool.TryParse(variable, out var isOff) && isOff ? $"the environment variable {Variable}" : null,
    };
}
