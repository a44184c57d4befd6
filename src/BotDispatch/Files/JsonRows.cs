using System.Collections.Immutable;
using System.Text;
using System.Text.Json;

namespace BotDispatch.Files;

/// <summary>One object of a JSON array, and the line on which it begins.</summary>
internal sealed record JsonRow(int Line, JsonElement Object)
{
    /// <summary>The field as text, compared without case; null if it is absent, null or empty. A number is text too.</summary>
    public string? Text(string field) => Find(field) is { ValueKind: JsonValueKind.String or JsonValueKind.Number } value && value.ToString().Trim() is { Length: > 0 } text ? text : null;

    /// <summary>The field as it stands; null if it is absent or null.</summary>
    public JsonElement? Find(string field)
    {
        foreach (var property in Object.EnumerateObject())
            if (property.Name.Equals(field, StringComparison.OrdinalIgnoreCase) && property.Value.ValueKind is not JsonValueKind.Null)
                return property.Value;
        return null;
    }
}

/// <summary>Reads a JSON array of objects and remembers their lines, so that a mistake can be named by its place.</summary>
internal static class JsonRows
{
    static readonly JsonReaderOptions Lenient = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };

    public static FileContent<JsonRow> Read(string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        var reader = new Utf8JsonReader(bytes, Lenient);
        var rows = ImmutableArray.CreateBuilder<JsonRow>();
        var (line, counted) = (1, 0);
        try
        {
            if (!reader.Read() || reader.TokenType is not JsonTokenType.StartArray)
                return FileContent<JsonRow>.Broken(1, "it must be a JSON array of objects.");
            while (reader.Read() && reader.TokenType is not JsonTokenType.EndArray)
            {
                var start = (int)reader.TokenStartIndex;
                line += bytes.AsSpan(counted, start - counted).Count((byte)'\n');
                counted = start;
                if (reader.TokenType is not JsonTokenType.StartObject)
                    return FileContent<JsonRow>.Broken(line, "an object is expected here.");
                rows.Add(new(line, JsonElement.ParseValue(ref reader)));
            }
            reader.Read();
            return new(rows.ToImmutable(), []);
        }
        catch (JsonException broken)
        {
            return FileContent<JsonRow>.Broken((int)(broken.LineNumber ?? 0) + 1, "this is not JSON.");
        }
    }
}
