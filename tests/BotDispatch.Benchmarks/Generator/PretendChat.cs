using System.Text;

namespace BotDispatch.Benchmarks.Generator;

/// <summary>The chat's address: takes cards and replies, and answers at once. A card's message is named after its dispatch.</summary>
internal sealed class PretendChat(PretendWorld world)
{
    public async Task CardAsync(HttpContext http)
    {
        var root = (string)http.GetRouteValue("root")!;
        var isAccepted = await ContainsAsync(http, "\"status\":\"Accepted\""u8.ToArray());
        world.Journey(root).Drawn(isAccepted);
        await AnswerAsync(http, root);
    }

    public async Task ReplyAsync(HttpContext http)
    {
        var root = (string)http.GetRouteValue("root")!;
        var journey = world.Journey(root);
        if (journey.Reply(await ContainsAsync(http, "\"alsoInChannel\":true"u8.ToArray())))
            world.Timings.Add("last key to acceptance in the thread", journey.AcceptedAt);
        await AnswerAsync(http, root);
    }

    static async Task<bool> ContainsAsync(HttpContext http, byte[] words)
    {
        var body = new byte[(int)(http.Request.ContentLength ?? 0)];
        await http.Request.Body.ReadExactlyAsync(body);
        return body.AsSpan().IndexOf(words) >= 0;
    }

    static Task AnswerAsync(HttpContext http, string root) => GeneratorApp.AnswerAsync(http, Encoding.UTF8.GetBytes($$"""{"ok":true,"ts":"{{root}}"}"""));
}
