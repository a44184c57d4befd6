using BotDispatch.Http;
using BotDispatch.Settings;

namespace BotDispatch.Hosting;

/// <summary>Reads the settings as people write them, and keeps what is wrong with them for <see cref="StartCheck"/>.</summary>
internal static class SettingsModule
{
    extension(WebApplicationBuilder builder)
    {
        /// <summary>
        /// Must come before everything that reads a setting. Throws nothing, because all faults are reported together later.
        /// </summary>
        public void AddSettings()
        {
            var reading = new SettingReader(StartCheck.Catalogue).Read(WrittenSettings.Read(builder.Configuration));
            if (reading.Overlay.Count > 0)
                builder.Configuration.AddInMemoryCollection(reading.Overlay);
            builder.Services.AddSingleton(reading).AddSingleton(new ChatCount(builder.Services)).AddSingleton<StartCheck>()
                .AddSingleton<MachineSummary>().AddSingleton<PeopleSummary>().AddSingleton<SetupSummary>()
                .AddSingleton(MachineProxy.Current).AddSingleton<ProxySummary>();
        }
    }
}
