using System.Text.Json;

namespace BotDispatch.Http;

/// <summary>
/// Writes exactly one JSON value. It may run several times and must write the same each time, because a reply may be sent again.
/// </summary>
internal delegate void WriteJson(Utf8JsonWriter json);
