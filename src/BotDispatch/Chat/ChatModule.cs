using BotDispatch.Dispatching;
using BotDispatch.Ports;
using BotDispatch.Settings;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.Options;

namespace BotDispatch.Chat;

/// <summary>
/// Adds what every chat platform shares. The voice room gives <see cref="ISpeechPreview"/>, the host <see cref="IPlaceReader"/>.
/// </summary>
internal static class ChatModule
{
    extension(IServiceCollection services)
    {
        public IServiceCollection AddChat()
        {
            services.AddOptionsWithValidateOnStart<PolicyOptions, PolicyOptionsValidator>().BindSection("Policy");
            services.AddOptionsWithValidateOnStart<AccessOptions, AccessOptionsValidator>().BindSection("Access");
            services.AddOptionsWithValidateOnStart<LanguageOptions, LanguageOptionsValidator>().BindSection("Employees");
            services.AddOptions<MirrorOptions>()
                .Configure<IConfiguration>((options, settings) => options.Places = MirrorOptions.Read(settings.GetSection("Chat")))
                .ValidateOnStart();
            services.AddSingleton<IValidateOptions<MirrorOptions>, MirrorOptionsValidator>();
            services.AddDataProtection();
            services.AddSingleton<IMirrorPermission>(provider => provider.GetRequiredService<MirrorPlaces>());
            services.AddSingleton<IThreadWords, ThreadWords>();
            // Dialogs and timeouts use real time, because a demonstration's clock runs faster.
            services.AddSingleton(sp => new FormIds(
                sp.GetRequiredService<IDataProtectionProvider>(), sp.GetRequiredService<TimeProvider>()));
            services.AddSingleton<DirectoryQueries>();
            // The times of accepted jobs come from the dispatch clock, which may be a demonstration's.
            services.AddSingleton(sp => new Workload(
                sp.GetRequiredService<DispatchEngine>(), sp.GetRequiredService<Tenancy>(),
                sp.GetKeyedService<TimeProvider>("dispatch-clock") ?? sp.GetRequiredService<TimeProvider>(),
                sp.GetService<IAvailability>(), sp.GetService<ICallLimits>()));
            services.AddSingleton(sp => new ScheduleCommands(
                sp.GetRequiredService<DirectoryQueries>(), sp.GetRequiredService<EmployeeLinks>(), sp.GetRequiredService<NamedPeople>(),
                sp.GetRequiredService<ListPlanning>(),
                sp.GetKeyedService<TimeProvider>("dispatch-clock") ?? sp.GetRequiredService<TimeProvider>(),
                sp.GetService<IScheduleView>(), sp.GetServices<INoticeSource>()));
            return services
                .AddSingleton(sp => new ListPlanning(
                    sp.GetService<INamedLists>() ?? new NoLists(), sp.GetRequiredService<MirrorPlaces>(),
                    sp.GetRequiredService<Languages>(), sp.GetServices<IChatPlatform>(),
                    sp.GetKeyedService<TimeProvider>("dispatch-clock") ?? sp.GetRequiredService<TimeProvider>()))
                .AddSingleton<Tenancy>().AddSingleton<DispatchFinder>().AddSingleton<MirrorPlaces>().AddSingleton<Mirroring>()
                .AddSingleton<EmployeeLinks>().AddSingleton<Access>().AddSingleton<Languages>().AddSingleton<TicketResolver>()
                .AddSingleton<NamedPeople>().AddSingleton<BackgroundWork>().AddSingleton<FormDrawing>().AddSingleton<FormOpening>()
                .AddSingleton<FormWarmup>().AddSingleton<IWarmup>(provider => provider.GetRequiredService<FormWarmup>())
                .AddSingleton<DispatchStarting>().AddSingleton<FormSubmitting>().AddSingleton<FormRedrawing>()
                .AddSingleton<PressHandler>().AddSingleton<Overview>()
                .AddSingleton<OpenCommands>().AddSingleton<ListStarting>().AddSingleton<ListCommands>()
                .AddSingleton<AbsenceCommands>().AddSingleton<ChatCommands>()
                .AddSingleton(typeof(ChatInbox<>));
        }
    }
}
