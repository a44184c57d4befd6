using BotDispatch.Settings;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.Extensions.Options;

namespace BotDispatch.Storage;

/// <summary>Where everything is kept, ready before anything else starts.</summary>
internal static class StorageModule
{
    extension(IServiceCollection services)
    {
        public IServiceCollection AddStorage()
        {
            services.AddOptionsWithValidateOnStart<StorageOptions, StorageOptionsValidator>().BindSection("Storage");
            services.AddSingleton<IValidateOptions<StorageOptions>, StorageSettingsValidator>();
            services.AddOptions<SecretsOptions>().BindSection("Secrets");
            services.AddDataProtection().SetApplicationName("BotDispatch");
            services.AddSingleton<ProtectionKeys>().AddOptions<KeyManagementOptions>()
                .Configure<ProtectionKeys>((options, keys) => (options.XmlRepository, options.XmlEncryptor) = (keys, new AlreadyWrapped()));
            return services.AddSingleton<Database>().AddSingleton<Migrator>().AddSingleton<DispatchStore>().AddSingleton<LaneStore>()
                .AddSingleton<TicketStore>()
                .AddSingleton<ThreadStore>().AddSingleton<IPostedCards>(provider => provider.GetRequiredService<ThreadStore>())
                .AddSingleton<NoteStore>().AddSingleton<ApiKeyStore>().AddSingleton<AlertDispatches>().AddSingleton<AlertStore>()
                .AddSingleton<WebhookStore>()
                .AddSingleton<AbsenceStore>().AddSingleton<CallStore>()
                .AddSingleton<CopyStore>()
                .AddSingleton<InstallationStore>().AddSingleton<SeenStore>().AddSingleton<LineStore>()
                .AddSingleton<RetentionStore>().AddSingleton<DatabaseHealth>()
                .AddSingleton<KeyFile>().AddSingleton<KeyRing>();
        }
    }
}
