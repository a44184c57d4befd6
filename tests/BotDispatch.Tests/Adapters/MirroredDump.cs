using System.Globalization;
using System.Text.Json.Nodes;
using BotDispatch.Core;
using BotDispatch.Ports;
using BotDispatch.Slack;
using BotDispatch.Slack.Drawing;
using BotDispatch.Teams.Drawing;
using BotDispatch.Tests.Adapters.Slack.Schema;
using BotDispatch.Tests.Adapters.Teams.Posting;

namespace BotDispatch.Tests.Adapters;

/// <summary>
/// One dispatch, begun in Slack and shown in Teams as well, as both draw it; written for <c>tests/node</c> with
/// <c>BOTDISPATCH_DUMP=folder dotnet test tests/BotDispatch.Tests --filter MirroredDump</c>.
/// </summary>
public sealed class MirroredDump
{
    static readonly DateTimeOffset Begin = new(2026, 1, 5, 3, 2, 0, TimeSpan.Zero);
    static readonly Person Dana = SlackAddress.Person("T0ACME", "U0DANA", "Dana Fox");

    static readonly Ticket Lift = new("INC-1042", "Lift 2 is stuck between floors with two people inside", "Reception holds the key to the machine room.",
        "P1", "Harbour House, east wing", "https://tickets.example.com/INC-1042");

    readonly PlayedDispatch played = new PlayedDispatch(
        new(new("abc234"), Lift, null, [Called("Ann Lee", "+447700900101"), Called("Marcus Reed", "+12025550105")], new(), Dana, SlackAddress.Channel("T0ACME", "C0OPS")), Begin,
        new Mirror(TeamsSample.Ops, "Operations (Teams)", Dana))
        .Takes(2, LegStatus.Initiated, LegStatus.Ringing).After(25, LegStatus.NoAnswer).After(20).Takes(2, LegStatus.Initiated, LegStatus.Ringing).After(6, LegStatus.InProgress).Presses(9, "2")
        .After(2, LegStatus.Completed).Takes(2, LegStatus.Initiated, LegStatus.Ringing).After(8, LegStatus.InProgress).Presses(11, "1").After(6, LegStatus.Completed);

    [Fact]
    public void Both_places_say_the_same_and_each_names_the_other()
    {
        var slack = BotDispatch.Slack.Drawing.CardView.Draw(played.Card, played.Now);
        var teams = BotDispatch.Teams.Drawing.CardView.Draw(played.CardIn(1), played.Now).AsObject();
        slack.Blocks.AsNode().ToJsonString().ShouldContain("Also in Operations (Teams)");
        teams.ToJsonString().ShouldContain("Also in Slack");
        foreach (var (_, update) in played.Replies)
            foreach (var line in update.Lines)
            {
                ReplyMessage.Draw(update).Text.ShouldContain(line.Text);
                InTeams(update).ShouldContain(TeamsText.Markdown(line.Text, 1000));
            }
        Write(slack, teams);
    }

    void Write(SlackMessage slack, JsonObject teams)
    {
        if (Environment.GetEnvironmentVariable("BOTDISPATCH_DUMP") is not { Length: > 0 } folder)
            return;
        Directory.CreateDirectory(Path.Combine(folder, "teams"));
        JsonNode InSlack(DateTimeOffset at, SlackMessage message) => new JsonObject { ["at"] = At(at), ["place"] = "thread", ["blocks"] = message.Blocks.AsNode() };
        File.WriteAllText(Path.Combine(folder, "slack-mirrored.json"), new JsonObject
        {
            ["posts"] = new JsonArray([InSlack(Begin, slack), .. played.Replies.Select(reply => InSlack(reply.At, ReplyMessage.Draw(reply.Update)))]),
        }.ToJsonString());
        File.WriteAllText(Path.Combine(folder, "teams", "teams-mirrored.json"), new JsonObject
        {
            ["place"] = "Operations",
            ["ended"] = new JsonObject { ["at"] = At(Begin), ["card"] = teams.DeepClone() },
            ["replies"] = new JsonArray([.. played.Replies.Select(reply => new JsonObject { ["at"] = At(reply.At), ["text"] = InTeams(reply.Update) })]),
        }.ToJsonString());
    }

    // The person who asked has another account in each chat and is named by it.
    static string InTeams(ThreadUpdate update) => (string)ReplyDrawing.Draw(
        update with { Lines = [.. update.Lines.Select(line => line.Mention is null ? line : line with { Mention = TeamsSample.Dana })] }, new Dictionary<Person, string> { [TeamsSample.Dana] = "29:dana" }).AsObject()["text"]!;

    static string At(DateTimeOffset at) => at.ToString("O", CultureInfo.InvariantCulture);

    static Callee Called(string name, string phone) => new(new(name.ToLowerInvariant().Replace(' ', '.')), name, phone, "en-GB");
}
