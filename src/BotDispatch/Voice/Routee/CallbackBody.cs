using System.Text.Json;

namespace BotDispatch.Voice.Routee;

/// <summary>Reads what Routee posts, up to a size that it never needs.</summary>
internal static class CallbackBody
{
    const int Longest = 64 * 1024;

    /// <summary>The JSON; null if it is none, too long, or was cut off.</summary>
    public static async Task<JsonElement?> ReadAsync(HttpRequest request)
    {
        if (request.ContentLength > Longest)
            return null;
        var body = new byte[(int)(request.ContentLength ?? Longest) + 1];
        var length = 0;
        try
        {
            while (length < body.Length && await request.Body.ReadAsync(body.AsMemory(length), request.HttpContext.RequestAborted) is > 0 and var read)
                length += read;
        }
        // What was cut off is told like what was never JSON: the answer goes by what is known without it.
        catch (Exception cut) when (cut is IOException or OperationCanceledException)
        {
            return null;
        }
        return length > Longest ? null : LooseJson.Parse(body.AsMemory(0, length));
    }
}
