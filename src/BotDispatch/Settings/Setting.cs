using System.Globalization;
using System.Reflection;

namespace BotDispatch.Settings;

/// <summary>The kind of value that a setting accepts.</summary>
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
    /// <summary>A duration.</summary>
    Duration,
    /// <summary>One of several names.</summary>
    Choice,
    /// <summary>A web address.</summary>
    Address,
    /// <summary>Several texts, numbered.</summary>
    List,
    /// <summary>Several texts, each with a name.</summary>
    Map,
    /// <summary>One text, several texts, or several texts with names.</summary>
    TextListOrMap,
}

/// <summary>One setting.</summary>
/// <param name="Name">The path, such as <c>Policy:RetryPause</c>.</param>
/// <param name="Kind">The kind of value.</param>
/// <param name="Default">The default value as it would be written; empty if there is none.</param>
/// <param name="Choices">The names to choose from.</param>
/// <param name="Within">The limits of the value.</param>
/// <param name="MayHaveLines">The value may have line breaks.</param>
internal sealed record Setting(
    string Name, SettingKind Kind, string Default, IReadOnlyList<string> Choices, WithinAttribute? Within, bool MayHaveLines = false)
{
    const int LongestQuoted = 40;

    /// <summary>Returns the setting's name as an environment variable: <c>Policy__RetryPause</c>.</summary>
    public static string InEnvironment(string name) => name.Replace(":", "__", StringComparison.Ordinal);

    /// <summary>Whether the setting has a single value.</summary>
    public bool IsSingle => Kind is not (SettingKind.List or SettingKind.Map or SettingKind.TextListOrMap);

    /// <summary>Returns the setting that is bound to a property of an options class.</summary>
    /// <param name="section">The section to which the class is bound.</param>
    /// <param name="property">The property of the class.</param>
    /// <param name="options">The class with its defaults.</param>
    public static Setting Of(string section, PropertyInfo property, object options)
    {
        var type = Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType;
        var value = property.GetValue(options);
        var kind = KindOf(property);
        return new($"{section}:{property.Name}", kind, kind is SettingKind.List or SettingKind.Map ? "" : Written(value),
            type.IsEnum ? Enum.GetNames(type) : [], property.GetCustomAttribute<WithinAttribute>(),
            property.IsDefined(typeof(MultilineAttribute)));
    }

    /// <summary>
    /// Returns the properties of an options class that are settings. A property without a public setter is computed or set by us.
    /// </summary>
    public static IEnumerable<PropertyInfo> PropertiesOf(Type options) =>
        options.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(each => each.SetMethod is { IsPublic: true });

    /// <summary>Returns the kind of value that a property accepts.</summary>
    public static SettingKind KindOf(PropertyInfo property) =>
        KindOf(Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType);

    /// <summary>
    /// Returns what is wrong with a value and what to write in its place, as the end of a sentence that begins with the name. Returns null
    /// if the value can be read.
    /// </summary>
    public string? ProblemWith(string value) => Kind switch
    {
        // A file of variables for a container, and some secrets, keep the marks around a value, which then is another value.
        not SettingKind.TextListOrMap when value.Trim() is ['"', _, .., '"'] or ['\'', _, .., '\''] =>
            "stands in quotation marks, which count as a part of it here: remove them.",
        // A file or a platform's secret may add blanks or line breaks at the end of a token, which then is a different token.
        SettingKind.Text when value.Trim() is { Length: > 0 } bare && bare != value =>
            "begins or ends with a blank or a line break: remove it.",
        // .NET refuses such a value in the header of a request, at the first request.
        SettingKind.Text when !MayHaveLines && value.Any(char.IsControl) =>
            "has a line break or another control character in it: remove it.",
        SettingKind.Text when value.Contains('…', StringComparison.Ordinal) =>
            "still has the … of an example in it: write the whole value.",
        SettingKind.Flag => bool.TryParse(value, out _) ? null : $"is {Quoted(value)}: write true or false.",
        SettingKind.Whole => int.TryParse(value, NumberStyles.Integer, CultureInfo.InvariantCulture, out _)
            ? null
            : $"is {Quoted(value)}: write a whole number{Range}.",
        SettingKind.Number =>
            double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number)
            ? null
            : $"is {Quoted(value)}: write a "
                + $"number{Range}{(value.Contains(',', StringComparison.Ordinal) ? ", with a point for the decimals" : "")}.",
        SettingKind.Duration => HumanDuration.TryRead(value, out _) ? null : $"is {Quoted(value)}: {DurationHint(value)}",
        SettingKind.Choice => Choices.Contains(value.Trim(), StringComparer.OrdinalIgnoreCase)
            ? null
            : $"is {Quoted(value)}: write {string.Join(" or ", Choices)}.",
        SettingKind.Address => Uri.TryCreate(value, UriKind.RelativeOrAbsolute, out _)
            ? null
            : $"is not an address: write one like {(Default.Length > 0 ? Default : "https://bot.example.com")}.",
        _ => null,
    };

    /// <summary>Returns an entry of a list or of a map as a setting of its own.</summary>
    public Setting EntryOf(string key) => this with { Name = $"{Name}:{key}", Kind = SettingKind.Text, Default = "" };

    /// <summary>Returns the value in the notation that <see cref="SettingsBinding"/> reads.</summary>
    public string Canonical(string value) => Kind is SettingKind.Duration && HumanDuration.TryRead(value, out var duration)
        ? duration.ToString("c", CultureInfo.InvariantCulture)
        : value;

    string Range => Within is null ? "" : " " + Within.Words;

    string DurationHint(string value) =>
        (HumanDuration.LacksUnit(value) ? $"a duration needs its unit, as {value.Trim()} s or {value.Trim()} min"
            : HumanDuration.IsAmbiguous(value) ? "minutes and seconds, or hours and minutes? Write it with units, as 20 s, 2 min or 1.5 h"
            : "write a number and its unit, as 20 s, 2 min or 1.5 h")
        + (Within is null ? "." : $". It must be {Within.Words}.");

    // A secret that was pasted into the wrong setting must not reach a screen or a log.
    static string Quoted(string value) => value.Length > LongestQuoted
        || value.Contains("xox", StringComparison.OrdinalIgnoreCase)
        || value.Contains("xapp", StringComparison.OrdinalIgnoreCase)
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
