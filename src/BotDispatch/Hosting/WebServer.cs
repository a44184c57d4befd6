using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace BotDispatch.Hosting;

/// <summary>What the web server lends to senders whom nobody knows yet, and the path under which it is reached.</summary>
internal static class WebServer
{
    // The largest body that any route reads is Slack's, 4 MB.
    const int LargestBody = 4 * 1024 * 1024 + 1;

    // Kestrel's default is 1 MB for each connection, whoever it is from.
    const int BufferOfOneConnection = 64 * 1024;

    extension(IServiceCollection services)
    {
        /// <summary>Small buffers, bodies no larger than some route reads, and no patience for senders that trickle.</summary>
        public IServiceCollection AddWebServerLimits() => services.Configure<KestrelServerOptions>(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = LargestBody;
            kestrel.Limits.MaxRequestBufferSize = BufferOfOneConnection;
            kestrel.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(10);
            kestrel.Limits.MinRequestBodyDataRate = new(bytesPerSecond: 1024, gracePeriod: TimeSpan.FromSeconds(3));
        });
    }

    extension(WebApplication app)
    {
        /// <summary>
        /// Serves every route below the path of <c>PublicBaseAddress</c> too: some proxies keep that path, others remove it.
        /// </summary>
        public void ServeUnderPublicPath()
        {
            if (!Uri.TryCreate(app.Configuration["PublicBaseAddress"], UriKind.Absolute, out var address) || address.AbsolutePath.TrimEnd('/') is not { Length: > 0 } path)
                return;
            app.UsePathBase(PathString.FromUriComponent(path));
            // Routes are matched after this, not before, as they would be without this line.
            app.UseRouting();
        }
    }
}
