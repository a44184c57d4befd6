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

    /// <summary>Whether a file can be locked for one handle alone: not if another handle has it, and its file system keeps locks.</summary>
    /// <remarks>
    /// .NET 10 opens a file for one alone also where flock fails for another reason than that somebody has it, as on a file system that
    /// does not know it. On Linux, flock belongs to a handle, so a second one of the same process is refused like that of another process.
    /// </remarks>
    /// <exception cref="IOException">It cannot be opened for another reason; also <see cref="UnauthorizedAccessException"/>.</exception>
    public static bool CanLock(string path)
    {
        try
        {
            using var handle = new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.None, bufferSize: 1);
            return true;
        }
        catch (IOException held) when (IsHeld(held))
        {
            return false;
        }
    }

    /// <summary>Whether a file could not be opened because another handle has it.</summary>
    // EWOULDBLOCK on Linux and macOS; a sharing or lock violation on Windows.
    public static bool IsHeld(IOException refused) =>
        refused.HResult is 11 or 35 or unchecked((int)0x80070020) or unchecked((int)0x80070021);

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
