using BotDispatch.Employees.Remote;
using BotDispatch.Files;
using BotDispatch.Ports;
using BotDispatch.Settings;
using BotDispatch.Storage;
using Microsoft.Extensions.Options;

namespace BotDispatch.Employees.File;

/// <summary>Registers the employees of a file; in Development, without a setting, the sample employees.</summary>
internal static class EmployeesFileModule
{
    /// <summary>The settings that turn on other sources of employees.</summary>
    static readonly string[] OtherSources = ["Ldap:Server", "Employees:SlackGroup", "Employees:GraphGroup"];

    /// <summary>Whether employees come from another source than a file.</summary>
    public static bool HasOtherSource(IConfiguration configuration) =>
        OtherSources.Any(name => !string.IsNullOrWhiteSpace(configuration[name]));

    extension(IServiceCollection services)
    {
        public IServiceCollection AddEmployeesFile()
        {
            services.AddOptionsWithValidateOnStart<EmployeesFileOptions, EmployeesFileOptionsValidator>().BindSection("Employees")
                .PostConfigure<IHostEnvironment, IConfiguration>((options, environment, configuration) =>
                {
                    options.HasOtherSource = HasOtherSource(configuration);
                    if (options.File.Length == 0 && environment.IsDevelopment() && !options.HasOtherSource)
                        options.File = "Samples/employees.csv";
                    if (options.File.Length > 0)
                        options.File = FilePaths.Resolve(options.File, environment);
                    for (var n = 0; n < options.MoreFiles.Length; n++)
                        options.MoreFiles[n] = FilePaths.Resolve(options.MoreFiles[n], environment);
                });
            // Files change in real time, even if the dispatch clock runs faster.
            return services
                .AddSingleton(sp => new EmployeeFile(
                    sp.GetRequiredService<IOptions<EmployeesFileOptions>>(), sp.GetRequiredService<TimeProvider>(),
                    sp.GetRequiredService<ILogger<EmployeeFile>>(), sp.GetRequiredService<EmployeeCopies>()))
                .AddSingleton(sp => new MoreEmployeeFiles(
                    sp.GetRequiredService<IOptions<EmployeesFileOptions>>(), sp.GetRequiredService<TimeProvider>(),
                    sp.GetRequiredService<ILogger<EmployeeFile>>(), sp.GetRequiredService<EmployeeCopies>()))
                // As below, the settings of the database may be wrong.
                .AddSingleton(sp => new EmployeeCopies(
                    sp.GetService<CopyStore>, sp.GetRequiredService<TimeProvider>(), sp.GetRequiredService<ILogger<EmployeeFile>>()))
                .AddSingleton<IEmployeeSource>(sp => sp.GetRequiredService<EmployeeFile>())
                .AddSingleton(sp => new EmployeeDirectory(
                    [
                        .. sp.GetServices<IEmployeeSource>(), .. sp.GetRequiredService<MoreEmployeeFiles>().Files,
                        .. sp.GetRequiredService<RemotePeopleList>().All,
                    ],
                    sp.GetRequiredService<ILogger<EmployeeDirectory>>()))
                // The check of all settings lists people, and must not fail if the settings of the database are wrong.
                .AddSingleton(sp => new RemotePeopleList(
                    sp.GetServices<IPeopleSource>(), sp.GetRequiredService<IOptions<EmployeesFileOptions>>(),
                    sp.GetRequiredService<TimeProvider>(), sp.GetRequiredService<ILogger<RemotePeople>>(), sp.GetService<CopyStore>))
                .AddSingleton<INoticeSource>(sp => sp.GetRequiredService<RemotePeopleList>())
                .AddHostedService<SourceRefresh>()
                .AddSingleton<IEmployeeDirectory>(sp => sp.GetRequiredService<EmployeeDirectory>())
                .AddSingleton<INoticeSource>(sp => sp.GetRequiredService<EmployeeDirectory>())
                .AddSingleton<ISystemStatus>(sp => sp.GetRequiredService<EmployeeDirectory>())
                .AddSingleton<INoticeSource>(sp => sp.GetRequiredService<EmployeeFile>())
                .AddSingleton<INoticeSource>(sp => sp.GetRequiredService<MoreEmployeeFiles>())
                .AddSingleton<IHostedService, FileWatching<EmployeeFile>>()
                .AddSingleton<IHostedService, FileWatching<MoreEmployeeFiles>>()
                .AddHostedService<EmployeeCopying>();
        }
    }
}
