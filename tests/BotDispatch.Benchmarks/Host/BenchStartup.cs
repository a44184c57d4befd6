using BotDispatch.Ports;

namespace BotDispatch.Benchmarks.Host;

/// <summary>Adds to the product what a chat adapter would: a platform that posts over HTTP, and the addresses that a chat sends commands to.</summary>
internal sealed class BenchStartup : IHostingStartup
{
    public void Configure(IWebHostBuilder builder) => builder.ConfigureServices((context, services) =>
    {
        services.AddSingleton<IChatPlatform>(_ => new BenchChat(new Uri(context.Configuration["Bench:Chat"]!)));
        services.AddSingleton<IStartupFilter, BenchDoors>();
    });
}
