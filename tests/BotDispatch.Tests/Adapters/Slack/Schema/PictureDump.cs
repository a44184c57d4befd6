using System.Globalization;
using System.Text.Json.Nodes;

namespace BotDispatch.Tests.Adapters.Slack.Schema;

/// <summary>
/// Writes all drawings for <c>tests/node/render-slack.mjs</c>: <c>BOTDISPATCH_DUMP=folder dotnet test tests/BotDispatch.Tests --filter PictureDump</c>.
/// </summary>
public sealed class PictureDump
{
    [Fact]
    public void The_pictures_show_everything()
    {
        Write();
        string.Join('\n', Pictured.Thread.Select(post => post.Message.Text)).ShouldSatisfyAllConditions(
            text => text.ShouldContain("Ringing Ann Lee, attempt 2 of 3."),
            text => text.ShouldContain("Ann Lee pressed 2"),
            text => text.ShouldContain("<@U0DANA> Accepted"));
        Pictured.Thread.Count(post => post.Message.AlsoInChannel).ShouldBe(1);
    }

    static void Write()
    {
        if (Environment.GetEnvironmentVariable("BOTDISPATCH_DUMP") is not { Length: > 0 } folder)
            return;
        Directory.CreateDirectory(folder);
        Save("slack-card", new() { ["posts"] = new JsonArray([.. Pictured.Thread.Select(Post)]) });
        Save("slack-dialog", new() { ["view"] = Pictured.Dialog.DeepClone() });
        Save("slack-home", new() { ["view"] = Pictured.Home.DeepClone() });
        foreach (var drawn in Drawn.All)
            Save(drawn.Name, drawn.Value is JsonArray ? new() { ["blocks"] = drawn.Value.DeepClone() } : new() { ["view"] = drawn.Value.DeepClone() });

        void Save(string name, JsonObject content) => File.WriteAllText(Path.Combine(folder, name.Replace(", ", "-").Replace(' ', '-') + ".json"), content.ToJsonString());
    }

    static JsonNode Post(PicturedPost post) => new JsonObject
    {
        ["at"] = post.At.ToString("O", CultureInfo.InvariantCulture),
        ["place"] = post.Place,
        ["alsoInChannel"] = post.Message.AlsoInChannel,
        ["blocks"] = post.Message.Blocks.AsNode(),
    };
}
