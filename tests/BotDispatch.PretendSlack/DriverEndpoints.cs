using System.Text.Json.Nodes;
using BotDispatch.PretendSlack.State;

namespace BotDispatch.PretendSlack;

/// <summary>Drives the people of a pretend Slack that runs alone, and shows what they see.</summary>
internal static class DriverEndpoints
{
    extension(WebApplication app)
    {
        public void MapDriver(SlackStandIn slack)
        {
            var driver = app.MapGroup("/driver");
            driver.MapGet("", () => Shown(slack));
            driver.MapGet("log", () => slack.Log.Calls);
            driver.MapPost("type", async (Typing typed) => await slack.User(typed.User).TypeAsync(typed.Text, slack.Workspaces[0].Channel(typed.Channel)));
            driver.MapPost("press", async (Pressing press) => await PressAsync(slack, press));
            driver.MapPost("shortcut", async (Using used) => await slack.User(used.User).GlobalShortcutAsync(used.CallbackId));
            driver.MapPost("home", async (Doing done) => await slack.User(done.User).OpenHomeAsync());
            driver.MapPost("fill", async (Filling fill) => await slack.User(fill.User).FillAsync(Top(slack, fill.User), fill.Block, fill.Value));
            driver.MapPost("pick", async (Filling fill) => await slack.User(fill.User).PickAsync(Top(slack, fill.User), fill.Block, fill.Value));
            driver.MapPost("submit", async (Doing done) => (await slack.User(done.User).SubmitAsync(Top(slack, done.User))).GetType().Name);
        }
    }

    sealed record Doing(string User);

    sealed record Typing(string User, string Channel, string Text);

    sealed record Using(string User, string CallbackId);

    sealed record Pressing(string User, string? Channel, string? Ts, string Label);

    sealed record Filling(string User, string Block, string Value);

    static OpenView Top(SlackStandIn slack, string user) => slack.User(user).Dialog ?? throw new InvalidOperationException("no dialog is open");

    // Without a message it is the dialog's button, or Home's.
    static Task<AppAnswer> PressAsync(SlackStandIn slack, Pressing press)
    {
        var user = slack.User(press.User);
        if (press.Channel is null) return user.PressAsync(user.Dialog ?? user.Home ?? throw new InvalidOperationException("nothing is open"), press.Label);
        return user.PressAsync(user.Team.Channel(press.Channel).Everything.First(each => each.Ts == press.Ts), press.Label);
    }

    static JsonObject Shown(SlackStandIn slack) => new()
    {
        ["messages"] = new JsonArray([.. slack.Workspaces.SelectMany(team => team.Channels).SelectMany(channel => channel.Everything).Where(each => !each.IsDeleted).Select(Shown)]),
        ["views"] = new JsonArray([.. slack.Workspaces.SelectMany(team => team.Views).Where(view => view.IsOpen).Select(view => (JsonNode)view.ToJson())]),
        ["complaints"] = new JsonArray([.. slack.Complaints.Select(each => (JsonNode)$"{each.At:HH:mm:ss} {each.User} {each.What}: {each.During}")]),
        ["pings"] = new JsonArray([.. slack.Pings.Select(each => (JsonNode)each.Who)]),
        ["sockets"] = slack.Sockets.Ready.Count,
    };

    static JsonNode Shown(Message message)
    {
        var made = message.ToJson(message.Channel.Team, withMetadata: true);
        (made["channel"], made["only_for"]) = (message.Channel.Id, message.OnlyFor);
        return made;
    }
}
