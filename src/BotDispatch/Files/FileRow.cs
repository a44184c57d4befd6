using System.Collections.Immutable;
using System.Text.Json;

namespace BotDispatch.Files;

/// <summary>One entry of a JSON or YAML file, and the line on which it begins.</summary>
internal sealed record FileRow(int Line, JsonElement Object)
{
    /// <summary>Returns the fields with these names as text, compared without case, and what is wrong with them.</summary>
    public FileFields Fields(ImmutableArray<string> names)
    {
        var texts = new Dictionary<string, FieldText>(StringComparer.OrdinalIgnoreCase);
        var mistakes = new List<string>();
        foreach (var property in Object.EnumerateObject())
        {
            // A name that contains half a surrogate pair cannot be read, and is never one of ours.
            if (NameOf(property) is not { } name
                || names.FirstOrDefault(each => each.Equals(name.Trim(), StringComparison.OrdinalIgnoreCase)) is not { } known)
                continue;
            var text = FieldText.Of(property.Value);
            if (!texts.TryAdd(known, text))
                mistakes.Add($"{known} is written twice.");
            if (text.Mistake is { } mistake)
                mistakes.Add($"{known} {mistake}");
        }
        return new(texts, mistakes);
    }

    static string? NameOf(JsonProperty property)
    {
        try
        {
            return property.Name;
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }
}

/// <summary>The requested fields of an entry.</summary>
/// <param name="texts">The fields by name.</param>
/// <param name="mistakes">One sentence for each field that cannot be read.</param>
internal sealed class FileFields(Dictionary<string, FieldText> texts, IReadOnlyList<string> mistakes)
{
    /// <summary>One sentence for each field that cannot be read.</summary>
    public IReadOnlyList<string> Mistakes => mistakes;

    /// <summary>One sentence for each field of which a part is not read.</summary>
    public IEnumerable<string> Losses => texts.Where(each => each.Value.Loss is not null).Select(each => $"{each.Key} {each.Value.Loss}");

    /// <summary>Returns the text; null if it is missing, null or empty.</summary>
    public string? Text(string field) => texts.TryGetValue(field, out var text) && text.Text?.Trim() is { Length: > 0 } filled
        ? filled
        : null;

    /// <summary>Returns the texts of a list; null if the field is not a list.</summary>
    public ImmutableArray<string>? List(string field) => texts.TryGetValue(field, out var text) ? text.List : null;
}
