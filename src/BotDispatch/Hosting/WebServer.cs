using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace BotDispatch.Hosting;

/// <summary>Limits what the web server gives to unknown senders, and serves the path of the public address.</summary>
internal static class WebServer
{
    // The largest body that any route reads is Slack's, 4 MB.
    const int LargestBody = 4 * 1024 * 1024 + 1;

    // Kestrel's default is 1 MB for each connection, also for unknown senders.
    const int BufferOfOneConnection = 64 * 1024;

    extension(IServiceCollection services)
    {
        /// <summary>Sets small buffers, no larger bodies than some route reads, and short timeouts for senders that trickle.</summary>
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
        /// Serves every route below the path of <c>PublicBaseAddress</c>, too, because some proxies keep that path and others remove it.
        /// </summary>
        public void ServeUnderPublicPath()
        {
            if (!Uri.TryCreate(app.Configuration["PublicBaseAddress"], UriKind.Absolute, out var address)
                || address.AbsolutePath.TrimEnd('/') is not { Length: > 0 } path)
                return;
            app.UsePathBase(PathString.FromUriComponent(path));
            // With this line, routes are matched after the path was removed. By default they would be matched before.
            app.UseRouting();
        }
    }
}
