using BotDispatch.Settings;
using Microsoft.Extensions.Options;

namespace BotDispatch.Tickets;

/// <summary>A kind of ticket system, of which several may be set up.</summary>
internal abstract class SystemKind
{
    /// <summary>The kind, as the settings name it.</summary>
    public abstract string Name { get; }

    /// <summary>Its settings where one system alone is of this kind.</summary>
    public SettingSection Section => SectionOf("");

    /// <summary>Returns the settings of one system of this kind.</summary>
    /// <param name="ownName">Its name under <see cref="SystemSettings.Further"/>; empty for the one that has no name of its own.</param>
    public abstract SettingSection SectionOf(string ownName);

    /// <summary>Registers how the settings of this kind are read and checked.</summary>
    public abstract void AddSettings(IServiceCollection services);

    /// <summary>Makes a system of its settings; null while it is off.</summary>
    public abstract ITicketSystem? Make(IServiceProvider services, string ownName);
}

/// <summary>A kind of ticket system with the class of its settings.</summary>
/// <param name="make">Makes a system of its settings.</param>
internal sealed class SystemKind<TOptions, TValidator>(Func<TOptions, SystemClients, ITicketSystem> make) : SystemKind
    where TOptions : SystemSettings, new() where TValidator : class, IValidateOptions<TOptions>
{
    public override string Name { get; } = new TOptions().Kind;

    public override SettingSection SectionOf(string ownName) =>
        new(new TOptions { OwnName = ownName }.Section, typeof(TOptions), services => SettingsOf(services, ownName));

    public override void AddSettings(IServiceCollection services) => services
        .AddSingleton<IConfigureOptions<TOptions>, SystemSettingsBinding<TOptions>>()
        .AddOptionsWithValidateOnStart<TOptions, TValidator>();

    public override ITicketSystem? Make(IServiceProvider services, string ownName) =>
        SettingsOf(services, ownName) is { IsOn: true } settings ? make(settings, services.GetRequiredService<SystemClients>()) : null;

    // The options of .NET are found by name, and those without a name are the ones that everything else gets.
    static TOptions SettingsOf(IServiceProvider services, string ownName) => ownName.Length == 0
        ? services.GetRequiredService<IOptions<TOptions>>().Value : services.GetRequiredService<IOptionsMonitor<TOptions>>().Get(ownName);
}

/// <summary>Reads the settings of each system from its own section.</summary>
internal sealed class SystemSettingsBinding<TOptions>(IConfiguration configuration) : IConfigureNamedOptions<TOptions>
    where TOptions : SystemSettings
{
    public void Configure(TOptions options) => Configure("", options);

    public void Configure(string? name, TOptions options)
    {
        options.OwnName = name ?? "";
        configuration.GetSection(options.Section).BindTo(options);
    }
}
