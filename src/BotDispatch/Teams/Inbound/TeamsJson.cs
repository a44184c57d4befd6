using System.Collections.Immutable;
using System.Text.Json;
using BotDispatch.Http;

namespace BotDispatch.Teams.Inbound;

/// <summary>Reads what Teams sends without trusting its shape: what is missing or of another kind is null.</summary>
internal static class TeamsJson
{
    // The activity of a message with a card inside of it nests about twenty deep.
    static readonly JsonDocumentOptions Limits = new() { MaxDepth = 64 };

    /// <summary>What is read from the object in these bytes; null if they hold none.</summary>
    public static T? Read<T>(ReadOnlyMemory<byte> utf8, Func<JsonElement, T?> read) where T : class
    {
        try
        {
            using var document = JsonDocument.Parse(utf8, Limits);
            return document.RootElement.ValueKind is JsonValueKind.Object ? read(document.RootElement) : null;
        }
        catch (Exception malformed) when (malformed is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    extension(JsonElement element)
    {
        /// <summary>The field; null if it is missing, or if this is no object.</summary>
        public JsonElement? Field(string name) => SafeJson.Find(element, name) is { ValueKind: not JsonValueKind.Null } field ? field : null;

        /// <summary>A field inside of fields.</summary>
        public JsonElement? Field(string name, string inner) => element.Field(name)?.Field(inner);

        /// <summary>The field as text; null if it is missing or no single value.</summary>
        public string? Text(string name) => element.Field(name)?.AsText();

        /// <summary>The field of a field as text.</summary>
        public string? Text(string name, string inner) => element.Field(name)?.Text(inner);

        /// <summary>The field as a number from 0; <paramref name="otherwise"/> if it is none.</summary>
        public int Number(string name, int otherwise) =>
            element.Field(name) is { ValueKind: JsonValueKind.Number } number && number.TryGetInt32(out var value) && value >= 0 ? value : otherwise;

        /// <summary>The entries of the field; none if it is no list.</summary>
        public IEnumerable<JsonElement> List(string name) =>
            element.Field(name) is { ValueKind: JsonValueKind.Array } list ? list.EnumerateArray() : [];

        /// <summary>The single values in this object by their names; the last of a name counts.</summary>
        public ImmutableDictionary<string, string> Values()
        {
            var values = ImmutableDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
            if (element.ValueKind is JsonValueKind.Object)
                foreach (var each in element.EnumerateObject())
                    if (each.Value.AsText() is { } text && SafeJson.NameOf(each) is { } name)
                        values[name] = text;
            return values.ToImmutable();
        }

        /// <summary>This value as text, a number and a truth as they are written.</summary>
        public string? AsText() => element.ValueKind switch
        {
            JsonValueKind.String => SafeJson.TextOf(element),
            JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False => element.GetRawText(),
            _ => null,
        };
    }
}
