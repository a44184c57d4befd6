using System.Globalization;
using System.Text.Json.Nodes;
using BotDispatch.Teams.Drawing;

namespace BotDispatch.Tests.Adapters.Teams.Drawing;

/// <summary>
/// Writes all drawings for <c>tests/node/render-teams.mjs</c>: <c>BOTDISPATCH_DUMP=folder dotnet test tests/BotDispatch.Tests --filter TeamsPictureDump</c>.
/// </summary>
public sealed class TeamsPictureDump
{
    [Fact]
    public void The_pictures_show_everything()
    {
        Write();
        string.Join('\n', TeamsPictured.Replies.Select(reply => (string)reply.Activity["text"]!)).ShouldSatisfyAllConditions(
            text => text.ShouldContain("Ann Lee, attempt 2 of 3: No answer"),
            text => text.ShouldContain("Ann Lee pressed 2"),
            text => text.ShouldContain("<at>Dana Fox</at> Accepted"));
        TeamsDrawings.Texts(TeamsPictured.Ringing.Activity, "TextRun").ShouldContain("Ringing Ann Lee, attempt 2 of 3.");
        TeamsDrawings.Texts(TeamsPictured.Ended.Activity, "TextBlock").ShouldContain(text => text.Contains("Accepted"));
    }

    static void Write()
    {
        if (Environment.GetEnvironmentVariable("BOTDISPATCH_DUMP") is not { Length: > 0 } folder)
            return;
        // Slack's are written beside it, in the same run.
        folder = Path.Combine(folder, "teams");
        Directory.CreateDirectory(folder);
        Save("teams-card", new() { ["place"] = "Operations", ["ringing"] = Message(TeamsPictured.Ringing), ["ended"] = Message(TeamsPictured.Ended), ["replies"] = new JsonArray([.. TeamsPictured.Replies.Select(Message)]) });
        Save("teams-dialog", new() { ["title"] = "Dispatch", ["card"] = TeamsPictured.Dialog });
        foreach (var (name, card) in TeamsDrawings.AllCards)
            Save("card-" + name, new() { ["ended"] = new JsonObject { ["card"] = card.DeepClone() } });
        foreach (var (name, card) in TeamsPictured.Dialogs)
            Save(name, name.StartsWith("choose", StringComparison.Ordinal) || name.Contains("in a card", StringComparison.Ordinal)
                ? new() { ["ended"] = new JsonObject { ["card"] = card.DeepClone() } }
                : new() { ["title"] = "Dispatch", ["card"] = card.DeepClone() });
        foreach (var (name, week) in PicturedSchedule.All)
            Save("schedule-" + name, new() { ["ended"] = new JsonObject { ["card"] = ScheduleCard.Of(new(week, null)).AsNode() } });
        foreach (var (name, update) in TeamsDrawings.Updates)
            Save("reply-" + name, new() { ["replies"] = new JsonArray(Message(new(TeamsDrawings.Now, ReplyDrawing.Draw(update, TeamsDrawings.Mris).AsObject()))) });

        void Save(string name, JsonObject content) => File.WriteAllText(Path.Combine(folder, name.Replace(", ", "-").Replace(' ', '-') + ".json"), content.ToJsonString());
    }

    static JsonNode Message(PicturedMessage message) => new JsonObject
    {
        ["at"] = message.At.ToString("O", CultureInfo.InvariantCulture),
        ["card"] = message.Activity["attachments"]?[0]!["content"]!.DeepClone(),
        ["text"] = message.Activity["text"]?.DeepClone(),
    };
}
