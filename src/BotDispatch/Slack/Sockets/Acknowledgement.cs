using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace BotDispatch.Slack.Sockets;

/// <summary>Writes the message that acknowledges an envelope to Slack.</summary>
/// <remarks>
/// https://docs.slack.dev/apis/events-api/using-socket-mode. Slack's own client always sends a payload, <c>{}</c> for an empty answer. We
/// leave an empty payload out, as that page does. An acknowledgement without a payload closes a dialog.
/// </remarks>
internal static class Acknowledgement
{
    // No browser reads a socket's frame as HTML, so nothing needs escaping for it.
    static readonly JsonWriterOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static ReadOnlyMemory<byte> Of(string envelope, JsonObject? payload = null)
    {
        var bytes = new ArrayBufferWriter<byte>(payload is null ? 80 : 1024);
        using (var json = new Utf8JsonWriter(bytes, Plain))
        {
            json.WriteStartObject();
            json.WriteString("envelope_id", envelope);
            if (payload is not null)
            {
                json.WritePropertyName("payload");
                payload.WriteTo(json);
            }
            json.WriteEndObject();
        }
        return bytes.WrittenMemory;
    }
}
