using System.Text.Json;

namespace BotDispatch.Http;

/// <summary>
/// Writes one JSON value straight into the bytes that are sent. It writes the same each time, because what is sent may be sent again.
/// </summary>
internal delegate void JsonDrawing(Utf8JsonWriter json);
