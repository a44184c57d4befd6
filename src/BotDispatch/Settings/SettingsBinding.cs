using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Options;

namespace BotDispatch.Settings;

/// <summary>Fills our settings from the configuration by reflection, in a native build too.</summary>
/// <remarks>
/// The generator of .NET 10, which a native build would otherwise use, leaves <c>init</c> properties as they are, without a warning.
/// </remarks>
internal static class SettingsBinding
{
    const string Kept = "The types of settings are in our assembly, which a native build keeps whole (BotDispatch.csproj).";

    /// <summary>Fills these options from a section of the configuration, and anew when it changes.</summary>
    [UnconditionalSuppressMessage("AOT", "IL3050", Justification = Kept)]
    public static OptionsBuilder<TOptions> BindSection<TOptions>(this OptionsBuilder<TOptions> options, string section)
        where TOptions : class => options.BindConfiguration(section);

    /// <summary>Fills this object from the section.</summary>
    [UnconditionalSuppressMessage("AOT", "IL3050", Justification = Kept)]
    public static void BindTo(this IConfigurationSection section, object settings) => section.Bind(settings);
}
