using BotDispatch.Files;
using BotDispatch.Ports;
using Microsoft.Extensions.Options;

namespace BotDispatch.Tickets.File;

/// <summary>Registers the tickets of a file; in Development, without a setting, the sample tickets.</summary>
internal static class TicketsFileModule
{
    extension(IServiceCollection services)
    {
        public IServiceCollection AddTicketsFile()
        {
            services.AddOptionsWithValidateOnStart<TicketsFileOptions, TicketsFileOptionsValidator>().BindConfiguration("Tickets")
                .PostConfigure<IHostEnvironment>((options, environment) =>
                {
                    if (options.File.Length == 0 && environment.IsDevelopment())
                        options.File = "Samples/tickets.json";
                    if (options.File.Length > 0)
                        options.File = FilePaths.Resolve(options.File, environment);
                });
            // Files change in real time, even if the dispatch clock runs faster.
            return services
                .AddSingleton(sp => new TicketFile(
                    sp.GetRequiredService<IOptions<TicketsFileOptions>>(), sp.GetRequiredService<TimeProvider>(),
                    sp.GetRequiredService<ILogger<TicketFile>>()))
                .AddSingleton<ITicketSource>(sp => sp.GetRequiredService<TicketFile>())
                .AddSingleton<INoticeSource>(sp => sp.GetRequiredService<TicketFile>())
                .AddSingleton<IHostedService, FileWatching<TicketFile>>();
        }
    }
}
