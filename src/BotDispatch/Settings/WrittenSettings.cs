using Microsoft.Extensions.Configuration.CommandLine;
using Microsoft.Extensions.Configuration.Json;

namespace BotDispatch.Settings;

/// <summary>Where a setting was written.</summary>
internal enum SettingSource
{
    /// <summary>A file of settings: all of it is meant for us or for the framework.</summary>
    File,
    /// <summary>An argument: all of it is meant for us or for the framework.</summary>
    CommandLine,
    /// <summary>The environment of the machine, where most names belong to others.</summary>
    Environment,
}

/// <summary>One name and value as it was written.</summary>
/// <param name="Name">Its path.</param>
/// <param name="Value">Null or empty where a JSON file says null, [] or {}.</param>
/// <param name="Source">Where.</param>
internal sealed record WrittenSetting(string Name, string? Value, SettingSource Source);

/// <summary>Lists what was really written, apart from the place that each value came from, which the configuration itself hides.</summary>
internal static class WrittenSettings
{
    /// <summary>Each name once, with the value that counts: a later provider wins.</summary>
    public static IReadOnlyList<WrittenSetting> Read(IConfigurationRoot configuration)
    {
        var written = new Dictionary<string, WrittenSetting>(StringComparer.OrdinalIgnoreCase);
        foreach (var provider in configuration.Providers)
        {
            var source = provider switch
            {
                JsonConfigurationProvider => SettingSource.File,
                CommandLineConfigurationProvider => SettingSource.CommandLine,
                _ => SettingSource.Environment,
            };
            foreach (var name in Names(provider, null))
                if (provider.TryGet(name, out var value))
                    written[name] = new(name, value, source);
        }
        return [.. written.Values.OrderBy(each => each.Name, StringComparer.OrdinalIgnoreCase)];
    }

    static IEnumerable<string> Names(IConfigurationProvider provider, string? parent)
    {
        foreach (var key in provider.GetChildKeys([], parent).Distinct(StringComparer.OrdinalIgnoreCase))
        {
            var name = parent is null ? key : ConfigurationPath.Combine(parent, key);
            yield return name;
            foreach (var below in Names(provider, name))
                yield return below;
        }
    }
}
