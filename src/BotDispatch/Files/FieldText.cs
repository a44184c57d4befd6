using System.Collections.Immutable;
using System.Text.Json;

namespace BotDispatch.Files;

/// <summary>
/// A field of JSON or YAML as text. Ticket systems write objects where people would write words; such an object is read, or refused by
/// name.
/// </summary>
/// <param name="Text">The text; null if there is none.</param>
/// <param name="Mistake">Why it cannot be read, as the end of a sentence; null if it can.</param>
/// <param name="Loss">What was left out of the text, as the end of a sentence; null if nothing was.</param>
/// <param name="List">The text of each element, if the field is a list.</param>
internal sealed record FieldText(string? Text, string? Mistake = null, string? Loss = null, ImmutableArray<string>? List = null)
{
    /// <summary>
    /// The fields of an object that hold its name: ServiceNow writes <c>display_value</c>; Jira writes <c>name</c>, <c>displayName</c> or
    /// <c>value</c>; other systems write the rest.
    /// </summary>
    static readonly ImmutableArray<string> Naming =
        ["display_value", "displayValue", "displayName", "display_name", "name", "title", "label", "text", "value"];

    /// <summary>Returns the text of the field.</summary>
    public static FieldText Of(JsonElement value)
    {
        try
        {
            return Read(value);
        }
        // System.Text.Json 10 accepts "\uD800" as valid JSON, and throws this when the text is read, or any name beside such a name.
        catch (InvalidOperationException)
        {
            return new(null, "has half a character in it (a lone surrogate).");
        }
    }

    static FieldText Read(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Null or JsonValueKind.Undefined => new((string?)null),
        JsonValueKind.String when value.GetString()! is var text =>
            FileText.ProblemOf(text) is { } problem ? new(null, problem) : new(text),
        // As it is written, so that a long number keeps its digits.
        JsonValueKind.Number => new(value.GetRawText()),
        JsonValueKind.True => new("true"),
        JsonValueKind.False => new("false"),
        JsonValueKind.Array => OfList(value),
        _ when JiraDocument.IsDocument(value) => JiraDocument.Read(value),
        _ => OfObject(value),
    };

    static FieldText OfList(JsonElement value)
    {
        var parts = value.EnumerateArray().Select(Of).ToList();
        ImmutableArray<string> words = [.. parts.Select(part => part.Text?.Trim()).OfType<string>().Where(text => text.Length > 0)];
        return new(words.IsEmpty ? null : string.Join(", ", words),
            parts.Select(part => part.Mistake).FirstOrDefault(each => each is not null),
            parts.Select(part => part.Loss).FirstOrDefault(each => each is not null), words);
    }

    static FieldText OfObject(JsonElement value)
    {
        var members = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
        foreach (var member in value.EnumerateObject())
            members[member.Name] = member.Value;
        if (members.Count == 0)
            return new((string?)null);
        // ServiceNow's { link, value } contains an id that means nothing to a person.
        var names = Naming.Where(name => members.ContainsKey(name) && !(name == "value" && members.ContainsKey("link")));
        if (names.FirstOrDefault() is not { } chosen)
            return new(null, "is an object without a name in it (display_value, displayName, name, title, label, text or value).");
        var text = Of(members[chosen]);
        var unread = members.Where(member => member.Key != chosen && HoldsWords(member.Value, text.Text)).Select(member => member.Key)
            .Order(StringComparer.Ordinal).ToList();
        var loss = text.Loss
            ?? (unread.Count == 0 ? null : $"is read from {chosen} alone: what stands beside it ({unread.Count} more) is left out.");
        return text with { List = null, Loss = loss };
    }

    // Nobody misses the ids, flags and addresses beside a name.
    static bool HoldsWords(JsonElement value, string? chosen) =>
        value.ValueKind is JsonValueKind.String && Of(value) is var text
        && (text.Mistake is not null || (text.Text is { } words && words.Trim().Contains(' ') && words.Trim() != chosen?.Trim()));
}
