using Microsoft.Extensions.Configuration.CommandLine;
using Microsoft.Extensions.Configuration.Json;

namespace BotDispatch.Settings;

/// <summary>The origin of a setting.</summary>
internal enum SettingSource
{
    /// <summary>A settings file. Every entry is meant for us or for the framework.</summary>
    File,
    /// <summary>The command line. Every argument is meant for us or for the framework.</summary>
    CommandLine,
    /// <summary>The environment of the machine. Most of its names belong to other programs.</summary>
    Environment,
}

/// <summary>One name and value as they were written.</summary>
/// <param name="Name">The path of the setting.</param>
/// <param name="Value">The value; null or empty if a JSON file says null, [] or {}.</param>
/// <param name="Source">The origin.</param>
internal sealed record WrittenSetting(string Name, string? Value, SettingSource Source);

/// <summary>Lists the settings that were really written, with their origins, which .NET's configuration hides.</summary>
internal static class WrittenSettings
{
    /// <summary>Returns each name once with the value that counts: a later provider wins.</summary>
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
