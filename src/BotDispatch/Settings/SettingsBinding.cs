using System.Globalization;
using Microsoft.Extensions.Options;

namespace BotDispatch.Settings;

/// <summary>Fills our settings from the configuration: every property that <see cref="Setting"/> describes.</summary>
/// <remarks>
/// In a native build the binder of .NET 10 leaves an <c>IList</c> and an <c>IDictionary</c> empty, because their methods were cut off, and
/// its generator leaves <c>init</c> properties as they are. Both do so without a warning, and an empty list may admit everybody. This needs
/// the reflection of our own classes only, which a native build keeps whole (BotDispatch.csproj).
/// </remarks>
internal static class SettingsBinding
{
    /// <summary>Fills these options from a section of the configuration.</summary>
    public static OptionsBuilder<TOptions> BindSection<TOptions>(this OptionsBuilder<TOptions> options, string section)
        where TOptions : class => options.Configure<IConfiguration>((settings, configuration) =>
            configuration.GetSection(section).BindTo(settings));

    /// <summary>
    /// Fills this object from the section. What is not written keeps its default. Throws <see cref="InvalidOperationException"/> for a
    /// value that cannot be read.
    /// </summary>
    public static void BindTo(this IConfigurationSection section, object settings)
    {
        foreach (var property in Setting.PropertiesOf(settings.GetType()))
        {
            var written = section.GetSection(property.Name);
            switch (Setting.KindOf(property))
            {
                case SettingKind.List when EntriesOf(written) is { Count: > 0 } entries:
                    var values = entries.Select(each => each.Value).ToList();
                    property.SetValue(settings, property.PropertyType == typeof(string[]) ? values.ToArray() : values);
                    break;
                case SettingKind.Map:
                    // The default is a map that compares names as its setting needs it.
                    var map = (IDictionary<string, string>)property.GetValue(settings)!;
                    foreach (var (name, value) in EntriesOf(written))
                        map[name] = value;
                    break;
                case not (SettingKind.List or SettingKind.Map) when written.Value is { } value:
                    property.SetValue(settings, ValueOf(property.PropertyType, value, written.Path));
                    break;
            }
        }
    }

    static List<(string Name, string Value)> EntriesOf(IConfigurationSection written) =>
        [.. written.GetChildren().Select(each => (each.Key, each.Value ?? ""))];

    static object? ValueOf(Type type, string value, string path)
    {
        var (bare, isOptional) = Nullable.GetUnderlyingType(type) is { } inner ? (inner, true) : (type, type == typeof(Uri));
        if (value.Length == 0 && isOptional)
            return null;
        try
        {
            return bare switch
            {
                _ when bare == typeof(string) => value,
                _ when bare == typeof(bool) => bool.Parse(value),
                _ when bare == typeof(int) => int.Parse(value, NumberStyles.Integer, CultureInfo.InvariantCulture),
                _ when bare == typeof(double) => double.Parse(value, NumberStyles.Float, CultureInfo.InvariantCulture),
                _ when bare == typeof(TimeSpan) => TimeSpan.Parse(value, CultureInfo.InvariantCulture),
                _ when bare == typeof(Uri) => new Uri(value, UriKind.RelativeOrAbsolute),
                _ => Enum.Parse(bare, value, ignoreCase: true),
            };
        }
        catch (Exception unreadable) when (unreadable is FormatException or OverflowException or ArgumentException)
        {
            throw new InvalidOperationException($"{path} cannot be read.", unreadable);
        }
    }
}
