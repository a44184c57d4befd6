using System.Buffers;
using System.Collections.Immutable;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace BotDispatch.Http;

/// <summary>
/// Reads the JSON of other systems without trusting its shape, and writes ours. A missing field, or one of another kind, is null. Nothing
/// throws: half a character in a name or a text makes that one unreadable, not the rest.
/// </summary>
/// <remarks>
/// System.Text.Json of .NET 10 parses a lone surrogate (<c>"\ud800"</c>) and throws InvalidOperationException when such a name or text is
/// read or compared.
/// </remarks>
internal static class SafeJson
{
    // A chat message with rich text, or with a card in it, nests about twenty deep.
    static readonly JsonDocumentOptions Limits = new() { MaxDepth = 64 };

    // Our JSON is not part of a web page, and escaped letters would count towards the size limits of the chats.
    static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    static readonly JsonWriterOptions PlainWriter = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Returns these options, with letters and signs written as they are.</summary>
    public static JsonSerializerOptions AsWritten(JsonSerializerOptions options) => new(options) { Encoder = Plain.Encoder };

    /// <summary>
    /// Returns the bytes without a byte order mark. PowerShell and many editors write one into files that are then sent, and some servers
    /// into every answer.
    /// </summary>
    /// <remarks>System.Text.Json 10 skips the mark in a stream, and refuses it in bytes.</remarks>
    public static ReadOnlyMemory<byte> WithoutMark(ReadOnlyMemory<byte> utf8) => utf8.Span is [0xEF, 0xBB, 0xBF, ..] ? utf8[3..] : utf8;

    /// <summary>Returns the object in <paramref name="utf8"/>; null if there is none.</summary>
    public static JsonElement? Parse(ReadOnlyMemory<byte> utf8)
    {
        utf8 = WithoutMark(utf8);
        // Slack often answers "ok" or HTML, which is not worth an exception.
        if (utf8.Span.TrimStart(" \t\r\n"u8) is not [(byte)'{', ..])
            return null;
        try
        {
            using var document = JsonDocument.Parse(utf8, Limits);
            return document.RootElement.Clone();
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>
    /// Returns what <paramref name="read"/> makes of the object in <paramref name="utf8"/>; null if there is none. Do not keep the element:
    /// its memory is reused.
    /// </summary>
    public static T? Read<T>(ReadOnlyMemory<byte> utf8, Func<JsonElement, T?> read) where T : class
    {
        try
        {
            using var document = JsonDocument.Parse(WithoutMark(utf8), Limits);
            return document.RootElement.ValueKind is JsonValueKind.Object ? read(document.RootElement) : null;
        }
        catch (Exception malformed) when (malformed is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    /// <summary>Returns this JSON as we send it.</summary>
    public static string Write(JsonNode node) => node.ToJsonString(Plain);

    /// <summary>Returns this JSON as we send it, in UTF-8.</summary>
    public static byte[] Bytes(JsonNode node) => Bytes(ValueOf(node));

    /// <summary>Returns this value as we send it.</summary>
    public static string Write(WriteJson value)
    {
        using var written = new PooledBytes();
        Write(value, written);
        return Encoding.UTF8.GetString(written.Span);
    }

    /// <summary>Returns this value as we send it, in UTF-8.</summary>
    public static byte[] Bytes(WriteJson value)
    {
        using var written = new PooledBytes();
        Write(value, written);
        return written.Span.ToArray();
    }

    /// <summary>
    /// Returns the same value, written already: for what is kept, so that only its bytes stay in memory and not everything that it is drawn
    /// from, such as a whole directory.
    /// </summary>
    public static WriteJson Written(WriteJson value)
    {
        var bytes = Bytes(value);
        return json => json.WriteRawValue(bytes, skipInputValidation: true);
    }

    /// <summary>Returns an object whose fields are these texts.</summary>
    public static WriteJson Texts(params IEnumerable<(string Name, string Text)> fields) => json =>
    {
        json.WriteStartObject();
        foreach (var (name, text) in fields)
            json.WriteString(name, text);
        json.WriteEndObject();
    };

    /// <summary>Writes this value as we send it, in UTF-8.</summary>
    public static void Write(WriteJson value, IBufferWriter<byte> to)
    {
        using var writer = new Utf8JsonWriter(to, PlainWriter);
        value(writer);
    }

    /// <summary>
    /// Returns the field of this object with that name, the last one if the name occurs twice; null if there is none, or if this is not an
    /// object.
    /// </summary>
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
            // Another name cannot be compared, so look at each by itself.
        }
        JsonElement? found = null;
        foreach (var property in element.EnumerateObject())
            if (IsNamed(property, name, comparison))
                found = property.Value;
        return found;
    }

    static WriteJson ValueOf(JsonNode node) => json => node.WriteTo(json, Plain);

    // Only a name with escapes must become a string first. A name of ASCII letters equals no other letters, whatever their case.
    static bool IsNamed(JsonProperty property, string name, StringComparison comparison)
    {
        var written = JsonMarshal.GetRawUtf8PropertyName(property);
        return comparison is StringComparison.OrdinalIgnoreCase && Ascii.IsValid(name) && !written.Contains((byte)'\\')
            ? Ascii.EqualsIgnoreCase(written, name)
            : NameOf(property)?.Equals(name, comparison) is true;
    }

    /// <summary>Returns the name of a field; null if it has half a character in it.</summary>
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

    /// <summary>Returns this text; null if it is not text, or has half a character in it.</summary>
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

    extension(JsonElement element)
    {
        /// <summary>The field; null if it is missing or null, or if this is not an object.</summary>
        public JsonElement? Field(string name) => Find(element, name) is { ValueKind: not JsonValueKind.Null } field ? field : null;

        /// <summary>The field of a field.</summary>
        public JsonElement? Field(string name, string inner) => element.Field(name)?.Field(inner);

        /// <summary>The field as text; null if it is missing or not a single value.</summary>
        public string? Text(string name) => element.Field(name)?.AsText();

        /// <summary>The field of a field as text.</summary>
        public string? Text(string name, string inner) => element.Field(name)?.Text(inner);

        /// <summary>The field as text that is not empty.</summary>
        public string? Name(string name) => element.Text(name) is { Length: > 0 } text ? text : null;

        /// <summary>The field of a field as text that is not empty.</summary>
        public string? Name(string name, string inner) => element.Field(name)?.Name(inner);

        /// <summary>Whether the field is true.</summary>
        public bool Has(string name) => element.Field(name) is { ValueKind: JsonValueKind.True };

        /// <summary>The field as a number from 0; <paramref name="otherwise"/> if it is not one.</summary>
        public int Number(string name, int otherwise) =>
            element.Field(name) is { ValueKind: JsonValueKind.Number } number && number.TryGetInt32(out var value) && value >= 0
                ? value
                : otherwise;

        /// <summary>The entries of the field; empty if it is not a list.</summary>
        public IEnumerable<JsonElement> List(string name) =>
            element.Field(name) is { ValueKind: JsonValueKind.Array } list ? list.EnumerateArray() : [];

        /// <summary>The single values in this object by their names; the last of a name counts.</summary>
        public ImmutableDictionary<string, string> Values()
        {
            var values = ImmutableDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
            if (element.ValueKind is JsonValueKind.Object)
                foreach (var each in element.EnumerateObject())
                    if (each.Value.AsText() is { } text && NameOf(each) is { } name)
                        values[name] = text;
            return values.ToImmutable();
        }

        /// <summary>This value as text; numbers, true and false as they are written; null if it is not a single value.</summary>
        public string? AsText() => element.ValueKind switch
        {
            JsonValueKind.String => TextOf(element),
            JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False => element.GetRawText(),
            _ => null,
        };
    }

    /// <summary>Returns the entries by what identifies them: the first of each, and none of those that nothing identifies.</summary>
    /// <param name="entries">The entries.</param>
    /// <param name="key">What identifies an entry; null if nothing does.</param>
    /// <param name="comparer">How that is compared; by its characters if not said.</param>
    public static Dictionary<string, JsonElement> FirstBy(
        this IEnumerable<JsonElement> entries, Func<JsonElement, string?> key, StringComparer? comparer = null)
    {
        var first = new Dictionary<string, JsonElement>(comparer ?? StringComparer.Ordinal);
        foreach (var entry in entries)
            if (key(entry) is { } known)
                first.TryAdd(known, entry);
        return first;
    }
}
