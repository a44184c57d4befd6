using System.Text.Json;

namespace BotDispatch.Http;

/// <summary>
/// Writes exactly one JSON value. It may run several times and must write the same each time, because a reply may be sent again.
/// </summary>
internal delegate void WriteJson(Utf8JsonWriter json);

/// <summary>What the JSON of every chat needs.</summary>
internal static class JsonWriting
{
    extension(Utf8JsonWriter json)
    {
        /// <summary>The property with this text; nothing if it is null.</summary>
        public void WriteIfAny(ReadOnlySpan<byte> name, string? text)
        {
            if (text is not null)
                json.WriteString(name, text);
        }

        /// <summary>The property with this value.</summary>
        public void Write(ReadOnlySpan<byte> name, WriteJson value)
        {
            json.WritePropertyName(name);
            value(json);
        }
    }
}
