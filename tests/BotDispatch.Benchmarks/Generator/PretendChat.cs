using System.Text;

namespace BotDispatch.Benchmarks.Generator;

/// <summary>The chat's address: takes cards and replies, and answers at once. A card's message is named after its dispatch.</summary>
internal sealed class PretendChat(PretendWorld world)
{
    public async Task CardAsync(HttpContext http)
    {
        var root = (string)http.GetRouteValue("root")!;
        var isAccepted = await BodyText.ReadAsync(http, static body => body.Has("\"status\":\"Accepted\""u8));
        world.Journey(root).Drawn(isAccepted);
        await AnswerAsync(http, root);
    }

    public async Task ReplyAsync(HttpContext http)
    {
        var root = (string)http.GetRouteValue("root")!;
        var journey = world.Journey(root);
        if (journey.Reply(await BodyText.ReadAsync(http, static body => body.Has("\"alsoInChannel\":true"u8))))
            world.Timings.Add("last key to acceptance in the thread", journey.AcceptedAt);
        await AnswerAsync(http, root);
    }

    static Task AnswerAsync(HttpContext http, string root) => GeneratorApp.AnswerAsync(http, Encoding.UTF8.GetBytes($$"""{"ok":true,"ts":"{{root}}"}"""));
}
