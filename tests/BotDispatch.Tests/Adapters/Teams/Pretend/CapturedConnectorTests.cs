using System.Text.Json.Nodes;
using BotDispatch.PretendTeams.State;
using BotDispatch.Tests.Architecture;

namespace BotDispatch.Tests.Adapters.Teams.Pretend;

/// <summary>The pretend Teams answers what Microsoft's Agents Playground was asked as that did: the same status, the same code, the same fields.</summary>
public sealed class CapturedConnectorTests
{
    public static TheoryData<string> Captured =>
    [
        "create-conversation-new-thread-201", "create-conversation-personal-201", "get-member-200", "get-member-404", "get-paged-members-channel-200", "reply-to-activity-in-thread-201",
        "send-bad-mention-400", "send-empty-400", "send-in-thread-201", "send-text-and-card-202", "send-to-conversation-201", "send-typing-202", "send-unknown-conversation-404",
        "update-activity-200", "update-activity-text-and-card-400", "update-activity-unknown-404",
    ];

    [Theory]
    [MemberData(nameof(Captured))]
    public async Task A_call_is_answered_as_it_was(string name)
    {
        var scene = await TeamsScene.BeginAsync();
        await scene.SendAsync(scene.Ops, TeamsScene.OfText("the root"));
        var root = scene.Ops.Roots[0];
        var file = JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(Repository.Root, "tests", "BotDispatch.Tests", "Adapters", "Teams", "Fixtures", "connector", name + ".json")))!;
        var (asked, answered) = (file["request"]!, file["response"]!);
        var path = Named(scene, root, Uri.UnescapeDataString(asked["path"]!.ToString()["/_connector/".Length..]));
        var encoded = string.Join('/', path.Split('?')[0].Split('/').Select(Uri.EscapeDataString)) + (path.Contains('?') ? path[path.IndexOf('?')..] : "");
        var body = asked["body"] is { } sent ? JsonNode.Parse(Named(scene, root, sent.ToJsonString())) : null;

        var (status, said) = await scene.CallAsync(asked["method"]!.ToString(), encoded, body);
        status.ShouldBe((int)answered["status"]!);
        var expected = answered["body"] as JsonObject ?? [];
        said["error"]?["code"]?.ToString().ShouldBe(expected["error"]?["code"]?.ToString());
        if (status is 200 or 201)
            said.Select(field => field.Key).ShouldBe(expected.Select(field => field.Key).Where(field => field != "totalCount"), ignoreOrder: true);
    }

    // Their ids are the Playground's own.
    static string Named(TeamsScene scene, Post root, string text)
    {
        foreach (var message in new[] { "1795329800519", "1795329801001", "1795329801487" })
            text = text.Replace(message, root.Id, StringComparison.Ordinal);
        return text.Replace("channel-announcements-id", scene.Ops.Id, StringComparison.Ordinal)
            .Replace("personal-chat-id", scene.Dana.Chat.Id, StringComparison.Ordinal)
            .Replace("user-id-0", scene.Dana.Person.Mri, StringComparison.Ordinal)
            // The bot's begins with the tenant's.
            .Replace("00000000-0000-0000-0000-00000000000011", scene.Teams.Options.BotId, StringComparison.Ordinal)
            .Replace("00000000-0000-0000-0000-0000000000001", TeamsScene.TenantId, StringComparison.Ordinal);
    }
}
