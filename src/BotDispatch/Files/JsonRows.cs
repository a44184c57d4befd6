using System.Collections.Immutable;
using System.Text;
using System.Text.Json;

namespace BotDispatch.Files;

/// <summary>Reads a JSON array of objects and remembers their lines, so that a mistake can be reported with its line.</summary>
internal static class JsonRows
{
    static readonly JsonReaderOptions Lenient = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };

    /// <summary>Returns the objects, and a problem for every entry that is not an object. A file that is not JSON has no entries.</summary>
    public static FileContent<FileRow> Read(string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        var reader = new Utf8JsonReader(bytes, Lenient);
        var rows = ImmutableArray.CreateBuilder<FileRow>();
        var problems = ImmutableArray.CreateBuilder<FileProblem>();
        var (line, counted) = (1, 0);
        try
        {
            if (!reader.Read() || reader.TokenType is not JsonTokenType.StartArray)
                return FileContent<FileRow>.Broken(1, "it must be a JSON array of objects.");
            while (reader.Read() && reader.TokenType is not JsonTokenType.EndArray)
            {
                var start = (int)reader.TokenStartIndex;
                line += bytes.AsSpan(counted, start - counted).Count((byte)'\n');
                counted = start;
                var entry = JsonElement.ParseValue(ref reader);
                if (entry.ValueKind is JsonValueKind.Object)
                    rows.Add(new(line, entry));
                else
                    problems.Add(new(line, "an object is expected here."));
            }
            reader.Read();
            return new(rows.ToImmutable(), problems.ToImmutable());
        }
        catch (JsonException broken)
        {
            return FileContent<FileRow>.Broken((int)(broken.LineNumber ?? 0) + 1, "this is not JSON.");
        }
    }
}
