using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Options;

namespace BotDispatch.Hosting;

/// <summary>Runs the process, and ends it with a clear word where it cannot begin.</summary>
internal static class Ending
{
    extension(WebApplication app)
    {
        /// <summary>0 after a graceful stop; 1, with the reasons on standard error, if a setting or the database stops it from beginning.</summary>
        public async Task<int> RunToTheEndAsync()
        {
            var started = app.Lifetime.ApplicationStarted;
            try
            {
                await app.BeginAsync();
                if (!app.Environment.IsDevelopment())
                    started.Register(() => Console.WriteLine($"BotDispatch is ready at {string.Join(", ", app.Urls)}"));
                await app.StartAsync();
                await app.WaitForShutdownAsync();
                return 0;
            }
            catch (Exception exception) when (!started.IsCancellationRequested && ReasonsOf(exception) is { Count: > 0 } reasons)
            {
                // What had started already is stopped in order, or it would tell of its end as of a fault.
                await app.StopAsync();
                foreach (var reason in reasons)
                    await Console.Error.WriteLineAsync("BotDispatch cannot start: " + reason);
                return 1;
            }
            finally
            {
                await app.DisposeAsync();
            }
        }
    }

    /// <summary>What an administrator can do something about; nothing for a bug, which needs its stack.</summary>
    static IReadOnlyList<string> ReasonsOf(Exception exception) => exception switch
    {
        OptionsValidationException invalid => [.. invalid.Failures],
        AggregateException several => [.. several.InnerExceptions.SelectMany(ReasonsOf)],
        IOException { InnerException: AddressInUseException } => [$"{exception.Message} End what uses it, or choose another address (setting urls)."],
        FormatException => [$"{exception.Message}: it must be like http://localhost:5080 (setting urls)."],
        InvalidOperationException or IOException or UnauthorizedAccessException or SocketException => [exception.Message],
        _ => [],
    };
}
