using System.Globalization;
using System.Text.Json;
using BotDispatch.Http;

namespace BotDispatch.Voice.Routee;

/// <summary>
/// Reads what Routee sends as its pages and its practice differ: numbers as text, text as numbers, names in another case, fields that are
/// missing.
/// </summary>
internal static class LooseJson
{
    static readonly JsonDocumentOptions Shallow =
        new() { MaxDepth = 16, AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip };

    /// <summary>The object in <paramref name="text"/>; null if it is not JSON.</summary>
    public static JsonElement? Parse(string text) => Parse(System.Text.Encoding.UTF8.GetBytes(text));

    /// <inheritdoc cref="Parse(string)"/>
    public static JsonElement? Parse(ReadOnlyMemory<byte> utf8)
    {
        try
        {
            using var document = JsonDocument.Parse(utf8, Shallow);
            return document.RootElement.Clone();
        }
        catch (JsonException)
        {
            return null;
        }
    }

    extension(JsonElement element)
    {
        /// <summary>The field, whatever it holds.</summary>
        public JsonElement? Field(string name) => SafeJson.Find(element, name, StringComparison.OrdinalIgnoreCase);

        /// <summary>The field as text; null if it is missing, null, or not a single value.</summary>
        public string? Text(string name) => element.Field(name) is { } field ? field.AsText() : null;

        /// <summary>The field as a number, also if it is written as text.</summary>
        public decimal? Number(string name) =>
            decimal.TryParse(element.Text(name), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null;

        /// <summary>The field as a moment, with or without parts of a second.</summary>
        public DateTimeOffset? Moment(string name) =>
            DateTimeOffset.TryParse(element.Text(name), CultureInfo.InvariantCulture,
                DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var moment) ? moment : null;

        /// <summary>The field as words: a list, or a text with spaces between.</summary>
        public IReadOnlyList<string> Words(string name) => element.Field(name) is not { } field
            ? []
            : field.ValueKind is JsonValueKind.Array
                ? [.. field.EnumerateArray().Select(each => each.AsText()).OfType<string>()]
                : field.AsText()?.Split([' ', ','], StringSplitOptions.RemoveEmptyEntries) ?? [];

        /// <summary>The field as an id that may stand in an address; null if it is anything else.</summary>
        public string? Id(string name) =>
            element.Text(name) is { Length: > 0 and <= 100 } id && id.All(sign => char.IsAsciiLetterOrDigit(sign) || sign is '-' or '_')
                ? id
                : null;
    }
}
