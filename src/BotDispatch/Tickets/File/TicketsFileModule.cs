using BotDispatch.Files;
using BotDispatch.Ports;
using BotDispatch.Settings;
using Microsoft.Extensions.Options;

namespace BotDispatch.Tickets.File;

/// <summary>Registers the tickets of a file; in Development, if no tickets are set up at all, the sample tickets.</summary>
internal static class TicketsFileModule
{
    extension(IServiceCollection services)
    {
        public IServiceCollection AddTicketsFile()
        {
            services.AddOptionsWithValidateOnStart<TicketsFileOptions, TicketsFileOptionsValidator>().BindSection("Tickets")
                .PostConfigure<IHostEnvironment, IConfiguration>((options, environment, settings) =>
                {
                    options.HasSystems = settings.GetSection("Tickets").GetChildren()
                        .Concat(settings.GetSection(SystemSettings.Further).GetChildren())
                        .Any(each => !string.IsNullOrEmpty(each["BaseAddress"]));
                    if (options.File.Length == 0 && !options.HasSystems && environment.IsDevelopment())
                        options.File = "Samples/tickets.json";
                    if (options.File.Length > 0)
                        options.File = FilePaths.Resolve(options.File, environment);
                });
            // Files change in real time, even if the dispatch clock runs faster.
            return services
                .AddSingleton(sp => new TicketFile(
                    sp.GetRequiredService<IOptions<TicketsFileOptions>>(), sp.GetRequiredService<TimeProvider>(),
                    sp.GetRequiredService<ILogger<TicketFile>>()))
                .AddSingleton<INoticeSource>(sp => sp.GetRequiredService<TicketFile>())
                .AddSingleton<IHostedService, FileWatching<TicketFile>>();
        }
    }
}
