using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using BotDispatch.Files;
using BotDispatch.Http;

namespace BotDispatch.Tickets;

/// <summary>
/// A path into JSON: names with points between them, <c>[0]</c> for one entry of a list, <c>[*]</c> for all, <c>[name=Place]</c> for the
/// entries whose field has that value, and <c>['a.b']</c> for a name with signs in it.
/// </summary>
internal sealed partial class JsonPath
{
    const int MostValues = 50;

    readonly List<Step> steps;

    JsonPath(string written, List<Step> steps) => (Written, this.steps) = (written, steps);

    /// <summary>The path as it was written.</summary>
    public string Written { get; }

    /// <summary>Returns the path; null if the text is none.</summary>
    public static JsonPath? Read(string written)
    {
        var rest = written.StartsWith("$.", StringComparison.Ordinal) ? written[2..] : written;
        if (!Whole().IsMatch(rest))
            return null;
        return new(written, [.. One().Matches(rest).Select(step => new Step(
            step.Groups["name"] is { Success: true } name ? name.Value : step.Groups["quoted"] is { Success: true } quoted ? quoted.Value
                : null,
            step.Groups["number"] is { Success: true } number ? int.Parse(number.Value, CultureInfo.InvariantCulture) : null,
            step.Groups["field"] is { Success: true } field ? field.Value : null, step.Groups["value"].Value.Trim()))]);
    }

    /// <summary>Returns the elements at the path.</summary>
    public IEnumerable<JsonElement> In(JsonElement root)
    {
        IEnumerable<JsonElement> found = [root];
        foreach (var step in steps)
            found = found.SelectMany(step.In);
        return found.Where(each => each.ValueKind is not JsonValueKind.Null).Take(MostValues);
    }

    /// <summary>
    /// Returns the values at the path as text, with commas between several; null if there are none. An object is read by its name, an
    /// Atlassian document by its words.
    /// </summary>
    public string? TextIn(JsonElement root)
    {
        var words = In(root).Select(each => FieldText.Of(each).Text?.Trim()).OfType<string>().Where(each => each.Length > 0).ToList();
        return words.Count == 0 ? null : string.Join(", ", words);
    }

    sealed record Step(string? Name, int? Number, string? Field, string Value)
    {
        public IEnumerable<JsonElement> In(JsonElement element)
        {
            if (Name is not null)
                return element.Field(Name) is { } field ? [field] : [];
            if (element.ValueKind is not JsonValueKind.Array)
                return [];
            var entries = element.EnumerateArray();
            return Number is { } number ? entries.Skip(number).Take(1)
                : Field is { } own ? entries.Where(each => string.Equals(each.Text(own), Value, StringComparison.OrdinalIgnoreCase))
                : entries;
        }
    }

    const string Brackets = @"\[(?:(?<number>\d{1,4})|(?<all>\*)|'(?<quoted>[^'\]]+)'|(?<field>[^=\[\]']+)=(?<value>[^\[\]]+))\]";

    [GeneratedRegex(@"^(?:[^.\[\]'{}|?\s]+|" + Brackets + @")(?:\.[^.\[\]'{}|?\s]+|" + Brackets + ")*$",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex Whole();

    [GeneratedRegex(@"(?:^|\.)(?<name>[^.\[\]'{}|?\s]+)|" + Brackets, RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex One();
}
