using System.Text;

namespace BotDispatch.Tests.Http;

/// <summary>Bodies that are no JSON, or JSON that no serializer would write: the sender is answered, and never with an error of ours.</summary>
public static class OddBodies
{
    public static IReadOnlyList<byte[]> Around(string good)
    {
        List<byte[]> bodies = [.. new[]
        {
            "", " ", "{", "}", "[]", "[[[]]]", "null", "true", "0", "\"", "\"text\"", "{}", "{}{}", "{\"\\ud800\":1}", "{\"\\udfff\\ud800\":{\"\\ud800\":\"\\ud800\"}}",
            "{\"messageId\":\"\\ud800\",\"status\":{\"\\ud800\":1,\"name\":\"\\ud800\"},\"collectedTones\":\"\\ud800\"}",
            "{\"status\":1e999999,\"duration\":1e400,\"price\":-1e-400,\"messageId\":99999999999999999999999999999999}",
            "{\"status\":{\"name\":{\"name\":[]}},\"messageId\":[{}],\"collectedTones\":{}}", "{\"status\":[],\"status\":null,\"status\":\"Completed\"}",
            "{\"type\":\"\\ud800\",\"\\ud800\":1,\"value\":{\"\\ud800\":\"\\ud800\"}}", "payload=%", "payload=%ZZ", "payload=%ED%A0%80", "payload={\"\\ud800\":1}", "text=%00&command=%ff",
        }.Select(Encoding.UTF8.GetBytes)];
        bodies.Add([.. Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("[", 5000)))]);
        bodies.Add([.. Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("{\"a\":", 5000)))]);
        bodies.Add([0xFF, 0xFE, 0x7B, 0x00]);
        bodies.Add([.. "{\"a"u8, 0xC3, .. "\":\""u8, 0xFF, .. "\"}"u8]);
        var whole = Encoding.UTF8.GetBytes(good);
        // Cut off anywhere, and with each byte turned into others that mean something in JSON or are no text at all.
        for (var at = 0; at < whole.Length; at += 7)
        {
            bodies.Add(whole[..at]);
            foreach (var other in (byte[])[0x00, (byte)'"', (byte)'\\', (byte)'{', 0xED, 0xFF])
                bodies.Add([.. whole[..at], other, .. whole[(at + 1)..]]);
        }
        return bodies;
    }
}
