using System.Text.Json;

namespace BotDispatch.Http;

/// <summary>
/// Writes exactly one JSON value. It may run several times and must write the same each time, because a reply may be sent again.
/// </summary>
internal delegate void WriteJson(Utf8JsonWriter json);

/// <summary>Writes what the JSON of every chat has.</summary>
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

    extension(HttpResponse response)
    {
        /// <summary>Answers with this value, and says how long it is.</summary>
        public async Task WriteJsonAsync(WriteJson value)
        {
            using var written = new PooledBytes();
            SafeJson.Write(value, written);
            response.ContentType = "application/json";
            response.ContentLength = written.Memory.Length;
            await response.Body.WriteAsync(written.Memory);
        }
    }
}
