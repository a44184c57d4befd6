using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using BotDispatch.Http;
using Microsoft.AspNetCore.WebUtilities;

namespace BotDispatch.Voice.Routee;

/// <summary>
/// Reads what Routee sends as its pages and its practice differ: numbers as text, text as numbers, names in another case, fields that are
/// missing.
/// </summary>
internal static class LooseJson
{
    static readonly JsonDocumentOptions Shallow =
        new() { MaxDepth = 16, AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip };

    static readonly SearchValues<char> OfIds =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_");

    /// <summary>The JSON in <paramref name="utf8"/>; null if it is none.</summary>
    public static JsonElement? Parse(ReadOnlyMemory<byte> utf8)
    {
        try
        {
            using var document = JsonDocument.Parse(SafeJson.WithoutMark(utf8), Shallow);
            return document.RootElement.Clone();
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>
    /// What <paramref name="read"/> makes of the JSON or the form in <paramref name="utf8"/>; null if it is neither. Do not keep the
    /// element: its memory is reused.
    /// </summary>
    public static T? Read<T>(ReadOnlyMemory<byte> utf8, Func<JsonElement, T> read) where T : class
    {
        try
        {
            using var document = JsonDocument.Parse(SafeJson.WithoutMark(utf8), Shallow);
            return read(document.RootElement);
        }
        catch (JsonException)
        {
            return ParseForm(utf8) is { } form ? read(form) : null;
        }
    }

    /// <summary>
    /// The fields of a form as an object, <c>status.name</c> and <c>status[name]</c> as an object in it; null if the text is no form.
    /// </summary>
    public static JsonElement? ParseForm(ReadOnlyMemory<byte> utf8)
    {
        var text = Encoding.UTF8.GetString(utf8.Span).Trim();
        if (text.Length == 0 || !char.IsAsciiLetter(text[0]) || !text.Contains('=', StringComparison.Ordinal))
            return null;
        var fields = new JsonObject();
        foreach (var (name, values) in QueryHelpers.ParseQuery(text))
            switch (name.Split(['.', '[', ']'], StringSplitOptions.RemoveEmptyEntries))
            {
                case [var field]:
                    fields[field] = values[^1];
                    break;
                case [var outer, var field]:
                    if (fields[outer] is not JsonObject)
                        fields[outer] = new JsonObject();
                    fields[outer]![field] = values[^1];
                    break;
            }
        return Parse(SafeJson.Bytes(fields));
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
            element.Text(name) is { Length: > 0 and <= 100 } id && !id.AsSpan().ContainsAnyExcept(OfIds) ? id : null;
    }
}
