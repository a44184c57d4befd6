using System.Globalization;
using System.Reflection;

namespace BotDispatch.Settings;

/// <summary>
/// The least and the greatest value of a setting, both allowed. The attribute stands at the property, so that the texts for an unreadable
/// value and for one out of range come from one place.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class WithinAttribute : Attribute
{
    readonly string least;
    readonly string most;

    /// <summary>Sets the limits of a number.</summary>
    public WithinAttribute(double least, double most)
    {
        (this.least, this.most) = (least.ToString(CultureInfo.InvariantCulture), most.ToString(CultureInfo.InvariantCulture));
        (Least, Most) = (least, most);
    }

    /// <summary>Sets the limits of a duration, in the notation of <see cref="HumanDuration"/>.</summary>
    public WithinAttribute(string least, string most)
    {
        (this.least, this.most) = (least, most);
        (Least, Most) = (Seconds(least), Seconds(most));
    }

    /// <summary>The least value, in units of the number or in seconds.</summary>
    public double Least { get; }

    /// <summary>The greatest value, in units of the number or in seconds.</summary>
    public double Most { get; }

    /// <summary>What a person needs to know to choose a value; empty if there is nothing.</summary>
    public string Note { get; init; } = "";

    /// <summary>The limits as the end of a sentence: <c>between 1 and 20</c>.</summary>
    public string Words => $"between {least} and {most}" + (Note.Length > 0 ? $"; {Note}" : "");

    /// <summary>
    /// Returns one sentence, with the name of its setting, for each property of <paramref name="options"/> whose value is out of range.
    /// </summary>
    public static IEnumerable<string> Wrong(string section, object options) =>
        from property in options.GetType().GetProperties()
        let within = property.GetCustomAttribute<WithinAttribute>()
        where within is not null
        let value = property.GetValue(options)
        let number = value is TimeSpan duration ? duration.TotalSeconds : Convert.ToDouble(value, CultureInfo.InvariantCulture)
        where !(number >= within.Least && number <= within.Most)
        select $"{section}:{property.Name} is "
            + $"{(value is TimeSpan time ? HumanDuration.Write(time) : Convert.ToString(value, CultureInfo.InvariantCulture))}: it must "
            + $"be {within.Words}.";

    static double Seconds(string text) => HumanDuration.TryRead(text, out var duration)
        ? duration.TotalSeconds
        : throw new ArgumentException($"'{text}' is no duration", nameof(text));
}
