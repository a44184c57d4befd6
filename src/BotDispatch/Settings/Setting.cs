using System.Globalization;
using System.Reflection;

namespace BotDispatch.Settings;

/// <summary>What can be written as a setting's value.</summary>
internal enum SettingKind
{
    /// <summary>Any text.</summary>
    Text,
    /// <summary>true or false.</summary>
    Flag,
    /// <summary>A whole number.</summary>
    Whole,
    /// <summary>A number.</summary>
    Number,
    /// <summary>How long.</summary>
    Duration,
    /// <summary>One of a few names.</summary>
    Choice,
    /// <summary>A web address.</summary>
    Address,
    /// <summary>Several texts, numbered.</summary>
    List,
    /// <summary>Several texts, each with a name.</summary>
    Map,
    /// <summary>One text, several, or several with names.</summary>
    TextListOrMap,
}

/// <summary>One setting that there is.</summary>
/// <param name="Name">Its path, as <c>Policy:RetryPause</c>.</param>
/// <param name="Kind">What can be written there.</param>
/// <param name="Default">The value without the setting, as it would be written; empty for none.</param>
/// <param name="Choices">The names to choose from.</param>
/// <param name="Within">How small and large it may be.</param>
internal sealed record Setting(string Name, SettingKind Kind, string Default, IReadOnlyList<string> Choices, WithinAttribute? Within)
{
    const int LongestQuoted = 40;

    /// <summary>The setting's name as a variable of the environment: <c>Policy__RetryPause</c>.</summary>
    public static string InEnvironment(string name) => name.Replace(":", "__", StringComparison.Ordinal);

    /// <summary>Whether one value is written, not several.</summary>
    public bool IsSingle => Kind is not (SettingKind.List or SettingKind.Map or SettingKind.TextListOrMap);

    /// <summary>The setting that a property of an options class is bound from.</summary>
    /// <param name="section">Where its class is bound.</param>
    /// <param name="property">The property.</param>
    /// <param name="options">The class with its defaults.</param>
    public static Setting Of(string section, PropertyInfo property, object options)
    {
        var type = Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType;
        var value = property.GetValue(options);
        var kind = KindOf(type);
        return new($"{section}:{property.Name}", kind, kind is SettingKind.List or SettingKind.Map ? "" : Written(value),
            type.IsEnum ? Enum.GetNames(type) : [], property.GetCustomAttribute<WithinAttribute>());
    }

    /// <summary>What is wrong with a value, and what to write instead, as the end of a sentence that began with the name; null if it can be read.</summary>
    public string? ProblemWith(string value) => Kind switch
    {
        // What a file or a platform's secret adds at the end of a token makes another token of it.
        SettingKind.Text when value.Trim() is { Length: > 0 } bare && bare != value => "begins or ends with a blank or a line break: remove it.",
        SettingKind.Text when value.Contains('…', StringComparison.Ordinal) => "still has the … of an example in it: write the whole value.",
        SettingKind.Flag => bool.TryParse(value, out _) ? null : $"is {Quoted(value)}: write true or false.",
        SettingKind.Whole => int.TryParse(value, NumberStyles.Integer, CultureInfo.InvariantCulture, out _) ? null : $"is {Quoted(value)}: write a whole number{Range}.",
        SettingKind.Number => double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number)
            ? null
            : $"is {Quoted(value)}: write a number{Range}{(value.Contains(',', StringComparison.Ordinal) ? ", with a point for the decimals" : "")}.",
        SettingKind.Duration => HumanDuration.TryRead(value, out _) ? null : $"is {Quoted(value)}: {DurationHint(value)}",
        SettingKind.Choice => Choices.Contains(value.Trim(), StringComparer.OrdinalIgnoreCase) ? null : $"is {Quoted(value)}: write {string.Join(" or ", Choices)}.",
        SettingKind.Address => Uri.TryCreate(value, UriKind.RelativeOrAbsolute, out _) ? null : $"is no address: write one like {(Default.Length > 0 ? Default : "https://bot.example.com")}.",
        _ => null,
    };

    /// <summary>The value as the configuration binder of .NET reads it.</summary>
    public string Canonical(string value) => Kind is SettingKind.Duration && HumanDuration.TryRead(value, out var duration) ? duration.ToString("c", CultureInfo.InvariantCulture) : value;

    string Range => Within is null ? "" : " " + Within.Words;

    string DurationHint(string value) =>
        (HumanDuration.LacksUnit(value) ? $"a duration needs its unit, as {value.Trim()} s or {value.Trim()} min"
            : HumanDuration.IsAmbiguous(value) ? "minutes and seconds, or hours and minutes? Write it with units, as 20 s, 2 min or 1.5 h"
            : "write a number and its unit, as 20 s, 2 min or 1.5 h")
        + (Within is null ? "." : $". It must be {Within.Words}.");

    // A secret that was pasted into the wrong place must not reach a screen or a log.
    static string Quoted(string value) => value.Length > LongestQuoted || value.Contains("xox", StringComparison.OrdinalIgnoreCase) || value.Contains("xapp", StringComparison.OrdinalIgnoreCase)
        ? "something else"
        : $"\"{new string([.. value.Where(sign => !char.IsControl(sign))])}\"";

    static SettingKind KindOf(Type type) => type switch
    {
        _ when type.IsEnum => SettingKind.Choice,
        _ when type == typeof(string) => SettingKind.Text,
        _ when type == typeof(bool) => SettingKind.Flag,
        _ when type == typeof(int) => SettingKind.Whole,
        _ when type == typeof(double) => SettingKind.Number,
        _ when type == typeof(TimeSpan) => SettingKind.Duration,
        _ when type == typeof(Uri) => SettingKind.Address,
        _ when typeof(IEnumerable<KeyValuePair<string, string>>).IsAssignableFrom(type) => SettingKind.Map,
        _ when typeof(IEnumerable<string>).IsAssignableFrom(type) => SettingKind.List,
        _ => throw new NotSupportedException($"no setting can be of the type {type}"),
    };

    static string Written(object? value) => value switch
    {
        null => "",
        TimeSpan duration => HumanDuration.Write(duration),
        bool flag => flag ? "true" : "false",
        Uri address => address.OriginalString,
        _ => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "",
    };
}
