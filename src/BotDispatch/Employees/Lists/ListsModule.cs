using BotDispatch.Employees.Availability;
using BotDispatch.Employees.File;
using BotDispatch.Files;
using BotDispatch.Ports;
using BotDispatch.Settings;
using BotDispatch.Storage;
using Microsoft.Extensions.Options;

namespace BotDispatch.Employees.Lists;

/// <summary>Registers the named lists, and the limits of calls.</summary>
internal static class ListsModule
{
    extension(IServiceCollection services)
    {
        public IServiceCollection AddLists()
        {
            services.AddOptionsWithValidateOnStart<RestOptions, RestOptionsValidator>().BindSection("Employees");
            services.AddOptionsWithValidateOnStart<ListOptions, ListOptionsValidator>().BindSection("Employees")
                .PostConfigure<IHostEnvironment, IConfiguration>((options, environment, configuration) =>
                {
                    // The sample lists name the sample people.
                    if (options.Lists.Length == 0 && environment.IsDevelopment()
                        && string.IsNullOrWhiteSpace(configuration["Employees:File"])
                        && !EmployeesFileModule.HasOtherSource(configuration))
                        options.Lists = "Samples/lists.yaml";
                    if (options.Lists.Length > 0)
                        options.Lists = FilePaths.Resolve(options.Lists, environment);
                });
            // Files change in real time, even if the dispatch clock runs faster.
            return services
                .AddSingleton(sp => new ListFile(
                    sp.GetRequiredService<IOptions<ListOptions>>(), sp.GetRequiredService<TimeProvider>(),
                    sp.GetRequiredService<ILogger<ListFile>>()))
                .AddSingleton<INoticeSource>(sp => sp.GetRequiredService<ListFile>())
                .AddSingleton<IHostedService, FileWatching<ListFile>>()
                .AddSingleton<ICallLimits>(sp => new RestLimits(
                    sp.GetRequiredService<CallStore>(), sp.GetRequiredService<EmployeeDirectory>(),
                    sp.GetRequiredService<IOptions<RestOptions>>(), sp.GetRequiredKeyedService<TimeProvider>("dispatch-clock")))
                .AddSingleton<INamedLists>(sp => new NamedLists(
                    sp.GetRequiredService<ListFile>(), sp.GetRequiredService<EmployeeDirectory>(),
                    sp.GetRequiredService<EmployeeAvailability>(), sp.GetRequiredService<ICallLimits>(), sp.GetRequiredService<CallStore>(),
                    sp.GetRequiredKeyedService<TimeProvider>("dispatch-clock")));
        }
    }
}
