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
            try
            {
                await app.BeginAsync();
                await app.RunAsync();
                return 0;
            }
            catch (OptionsValidationException invalid)
            {
                foreach (var failure in invalid.Failures)
                    await Console.Error.WriteLineAsync("BotDispatch cannot start: " + failure);
            }
            catch (InvalidOperationException exception) when (!app.Lifetime.ApplicationStarted.IsCancellationRequested)
            {
                await Console.Error.WriteLineAsync("BotDispatch cannot start: " + exception.Message);
            }
            return 1;
        }
    }
}
