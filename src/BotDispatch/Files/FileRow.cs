using System.Collections.Immutable;
using System.Text.Json;

namespace BotDispatch.Files;

/// <summary>One entry of a JSON or YAML file, and the line on which it begins.</summary>
internal sealed record FileRow(int Line, JsonElement Object)
{
    /// <summary>The fields of these names as text, compared without case, and what is wrong with them.</summary>
    public FileFields Fields(ImmutableArray<string> names)
    {
        var texts = new Dictionary<string, FieldText>(StringComparer.OrdinalIgnoreCase);
        var mistakes = new List<string>();
        foreach (var property in Object.EnumerateObject())
        {
            // A name with half a character in it cannot be asked for, and is none of ours.
            if (NameOf(property) is not { } name || names.FirstOrDefault(each => each.Equals(name.Trim(), StringComparison.OrdinalIgnoreCase)) is not { } known)
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

/// <summary>The fields of an entry that were asked for.</summary>
/// <param name="texts">By name.</param>
/// <param name="mistakes">Sentences that name a field which cannot be read.</param>
internal sealed class FileFields(Dictionary<string, FieldText> texts, IReadOnlyList<string> mistakes)
{
    /// <summary>Sentences that name a field which cannot be read.</summary>
    public IReadOnlyList<string> Mistakes => mistakes;

    /// <summary>Sentences that name a field of which something is not read.</summary>
    public IEnumerable<string> Losses => texts.Where(each => each.Value.Loss is not null).Select(each => $"{each.Key} {each.Value.Loss}");

    /// <summary>The text; null if it is absent, null or empty.</summary>
    public string? Text(string field) => texts.TryGetValue(field, out var text) && text.Text?.Trim() is { Length: > 0 } filled ? filled : null;

    /// <summary>The texts of a list; null if it is no list.</summary>
    public ImmutableArray<string>? List(string field) => texts.TryGetValue(field, out var text) ? text.List : null;
}
