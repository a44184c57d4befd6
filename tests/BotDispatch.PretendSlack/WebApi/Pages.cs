using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;

namespace BotDispatch.PretendSlack.WebApi;

/// <summary>Gives long lists in pages; the cursor is empty at the end.</summary>
/// <remarks>https://docs.slack.dev/apis/web-api/pagination</remarks>
internal static class Pages
{
    const int Most = 1000;

    public static ApiAnswer Of(ApiCall call, string name, IReadOnlyList<JsonNode> all, int otherwise)
    {
        var size = Math.Clamp(call.Number("limit", otherwise), 1, Most);
        var from = 0;
        if (call.Text("cursor") is { Length: > 0 } cursor && !TryRead(cursor, out from)) return ApiAnswer.Error("invalid_cursor");
        var page = all.Skip(from).Take(size).ToList();
        var next = from + page.Count < all.Count ? Convert.ToBase64String(Encoding.ASCII.GetBytes($"next:{from + page.Count}")) : "";
        return ApiAnswer.Ok((name, new JsonArray([.. page])), ("response_metadata", new JsonObject { ["next_cursor"] = next }));
    }

    static bool TryRead(string cursor, out int from)
    {
        var bytes = new byte[cursor.Length];
        from = 0;
        return Convert.TryFromBase64String(cursor, bytes, out var length) && Encoding.ASCII.GetString(bytes, 0, length) is ['n', 'e', 'x', 't', ':', .. var number]
            && int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out from);
    }
}
