using System.Globalization;
using System.Reflection;

namespace BotDispatch.Settings;

/// <summary>
/// The least and the most that a setting may be, both allowed. It stands at the property, so that the words for a value that cannot be read
/// and for one that is out of range come from one place.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class WithinAttribute : Attribute
{
    readonly string least;
    readonly string most;

    /// <summary>A number's limits.</summary>
    public WithinAttribute(double least, double most)
    {
        (this.least, this.most) = (least.ToString(CultureInfo.InvariantCulture), most.ToString(CultureInfo.InvariantCulture));
        (Least, Most) = (least, most);
    }

    /// <summary>A duration's limits, as <see cref="HumanDuration"/> reads them.</summary>
    public WithinAttribute(string least, string most)
    {
        (this.least, this.most) = (least, most);
        (Least, Most) = (Seconds(least), Seconds(most));
    }

    /// <summary>In units of the number, or in seconds.</summary>
    public double Least { get; }

    /// <summary>In units of the number, or in seconds.</summary>
    public double Most { get; }

    /// <summary>What a person needs to know to choose a value; empty for nothing.</summary>
    public string Note { get; init; } = "";

    /// <summary>As it ends a sentence: <c>between 1 and 20</c>.</summary>
    public string Words => $"between {least} and {most}" + (Note.Length > 0 ? $"; {Note}" : "");

    /// <summary>One sentence for each property of <paramref name="options"/> whose value is out of range, with the name of its setting.</summary>
    public static IEnumerable<string> Wrong(string section, object options) =>
        from property in options.GetType().GetProperties()
        let within = property.GetCustomAttribute<WithinAttribute>()
        where within is not null
        let value = property.GetValue(options)
        let number = value is TimeSpan duration ? duration.TotalSeconds : Convert.ToDouble(value, CultureInfo.InvariantCulture)
        where !(number >= within.Least && number <= within.Most)
        select $"{section}:{property.Name} is {(value is TimeSpan time ? HumanDuration.Write(time) : Convert.ToString(value, CultureInfo.InvariantCulture))}: it must be {within.Words}.";

    static double Seconds(string text) => HumanDuration.TryRead(text, out var duration) ? duration.TotalSeconds : throw new ArgumentException($"'{text}' is no duration", nameof(text));
}
