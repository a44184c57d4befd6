using BotDispatch.Ports;

namespace BotDispatch.Benchmarks.Host;

/// <summary>
/// Adds to the product what a chat adapter would: a platform that posts over HTTP, and the addresses that a chat sends commands to.
/// Adds nothing where a real adapter is measured.
/// </summary>
internal sealed class BenchStartup : IHostingStartup
{
    public void Configure(IWebHostBuilder builder) => builder.ConfigureServices((context, services) =>
    {
        if (context.Configuration["Bench:Chat"] is not { } address)
            return;
        services.AddSingleton<IChatPlatform>(_ => new BenchChat(new Uri(address)));
        services.AddSingleton<IStartupFilter, BenchDoors>();
    });
}
