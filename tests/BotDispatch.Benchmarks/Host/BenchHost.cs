using System.Reflection;

[assembly: HostingStartup(typeof(BotDispatch.Benchmarks.Host.BenchStartup))]

namespace BotDispatch.Benchmarks.Host;

/// <summary>The product itself, from its own entry point: only a chat and a door for commands are added.</summary>
internal static class BenchHost
{
    public static int Run(string[] settings)
    {
        // No child outlives the process that started it.
        new Thread(() =>
        {
            Console.In.ReadToEnd();
            Environment.Exit(0);
        })
        {
            IsBackground = true,
        }.Start();
        Environment.SetEnvironmentVariable("ASPNETCORE_HOSTINGSTARTUPASSEMBLIES", typeof(BenchStartup).Assembly.GetName().Name);
        var main = typeof(global::Program).Assembly.EntryPoint!;
        return main.Invoke(null, BindingFlags.DoNotWrapExceptions, null, [settings], null) is int code ? code : 0;
    }
}
