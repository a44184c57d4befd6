using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace BotDispatch.Slack.Sockets;

/// <summary>What tells Slack that an envelope was taken.</summary>
/// <remarks>
/// https://docs.slack.dev/apis/events-api/using-socket-mode. Slack's own client always sends a payload, <c>{}</c> where there is nothing
/// to say;
/// we leave it out then, as that page does. In the acknowledgement of a dialog, nothing is what closes it.
/// </remarks>
internal static class Acknowledgement
{
    // Inside a socket's frame nobody takes text for HTML.
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
