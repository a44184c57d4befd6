namespace BotDispatch.Storage;

/// <summary>Where everything is kept, ready before anything else starts.</summary>
internal static class StorageModule
{
    extension(IServiceCollection services)
    {
        public IServiceCollection AddStorage()
        {
            services.AddOptionsWithValidateOnStart<StorageOptions, StorageOptionsValidator>().BindConfiguration("Storage");
            services.AddOptions<SecretsOptions>().BindConfiguration("Secrets");
            return services.AddSingleton<Database>().AddSingleton<Migrator>().AddSingleton<DispatchStore>().AddSingleton<LaneStore>().AddSingleton<ThreadStore>()
                .AddSingleton<KeyFile>().AddSingleton<KeyRing>();
        }
    }
}
