/// <summary>
/// Loads this assembly into another build's published program, so that its counters can be registered there as a hosting startup.
/// </summary>
/// <remarks>.NET 10: <c>DOTNET_STARTUP_HOOKS</c> names the file; the class must have this name, no namespace, and this method.</remarks>
internal static class StartupHook
{
    public static void Initialize()
    {
    }
}
