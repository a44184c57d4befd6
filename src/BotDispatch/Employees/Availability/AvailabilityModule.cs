using BotDispatch.Employees.Calendars;
using BotDispatch.Files;
using BotDispatch.Http;
using BotDispatch.Ports;
using BotDispatch.Settings;
using BotDispatch.Storage;
using Microsoft.Extensions.Options;

namespace BotDispatch.Employees.Availability;

/// <summary>Registers what judges who may be called now.</summary>
internal static class AvailabilityModule
{
    extension(IServiceCollection services)
    {
        public IServiceCollection AddAvailability()
        {
            services.AddOptionsWithValidateOnStart<AvailabilityOptions, AvailabilityOptionsValidator>().BindSection("Employees")
                .PostConfigure<IHostEnvironment>((options, environment) =>
                {
                    if (options.Schedule.Length > 0)
                        options.Schedule = FilePaths.Resolve(options.Schedule, environment);
                });
            services.AddOutgoingClient(CalendarFeeds.Client, RetryPolicy.AnyFailure, CalendarFeeds.Largest);
            // Files change in real time, even if the dispatch clock runs faster.
            return services
                .AddSingleton(sp => new ScheduleFile(
                    sp.GetRequiredService<IOptions<AvailabilityOptions>>(), sp.GetRequiredService<TimeProvider>(),
                    sp.GetRequiredService<ILogger<ScheduleFile>>()))
                .AddSingleton(sp => new ChatAbsences(
                    sp.GetRequiredService<AbsenceStore>(), sp.GetRequiredService<EmployeeDirectory>(),
                    sp.GetRequiredKeyedService<TimeProvider>("dispatch-clock")))
                .AddSingleton<IAbsences>(sp => sp.GetRequiredService<ChatAbsences>())
                .AddHostedService<AbsenceRefresh>()
                .AddSingleton<CalendarFeeds>().AddSingleton<EmployeeAvailability>()
                .AddHostedService<CalendarRefresh>()
                .AddSingleton<IScheduleView, ScheduleView>()
                .AddSingleton<IAvailability>(sp => sp.GetRequiredService<EmployeeAvailability>())
                .AddSingleton<INoticeSource>(sp => sp.GetRequiredService<EmployeeAvailability>())
                .AddSingleton<IHostedService, FileWatching<EmployeeAvailability>>();
        }
    }
}
