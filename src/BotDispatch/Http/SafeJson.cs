using System.Text.Json;

namespace BotDispatch.Http;

/// <summary>Reads fields of foreign JSON. Nothing in it raises: half a character in a name or a text makes that one unreadable, not the rest.</summary>
/// <remarks>System.Text.Json of .NET 10 parses a lone surrogate (<c>"\ud800"</c>) and raises InvalidOperationException when such a name or text is read or compared.</remarks>
internal static class SafeJson
{
    /// <summary>The field of this object with that name, the last one if it stands there twice; null if there is none, or if this is no object.</summary>
    public static JsonElement? Find(JsonElement element, string name, StringComparison comparison = StringComparison.Ordinal)
    {
        if (element.ValueKind is not JsonValueKind.Object)
            return null;
        try
        {
            if (element.TryGetProperty(name, out var exact))
                return exact;
            if (comparison is StringComparison.Ordinal)
                return null;
        }
        catch (InvalidOperationException)
        {
            // Some other name cannot be compared: look at each by itself.
        }
        JsonElement? found = null;
        foreach (var property in element.EnumerateObject())
            if (NameOf(property) is { } own && own.Equals(name, comparison))
                found = property.Value;
        return found;
    }

    /// <summary>The name of a field; null if it has half a character in it.</summary>
    public static string? NameOf(JsonProperty property)
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

    /// <summary>This text; null if it is none, or has half a character in it.</summary>
    public static string? TextOf(JsonElement element)
    {
        try
        {
            return element.ValueKind is JsonValueKind.String ? element.GetString() : null;
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }
}
