using System.Text.Json.Nodes;
using BotDispatch.PretendTeams.Driver;
using BotDispatch.PretendTeams.State;

namespace BotDispatch.PretendTeams;

/// <summary>Drives the people of a pretend Teams that runs alone, and shows what they see.</summary>
internal static class DriverEndpoints
{
    extension(WebApplication app)
    {
        public void MapDriver(TeamsStandIn teams)
        {
            var driver = app.MapGroup("/driver");
            driver.MapGet("", () => Shown(teams));
            driver.MapGet("log", () => teams.Log.Calls);
            driver.MapGet("deliveries", () => teams.Courier.Deliveries);
            driver.MapPost("say", async (Saying it) => (await User(teams, it.User).SayAsync(it.Text, PlaceOf(teams, it.User, it.Place), ThreadOf(teams, it.Thread))).Id);
            driver.MapPost("slash", async (Saying it) => (await User(teams, it.User).SlashAsync(it.Text, PlaceOf(teams, it.User, it.Place), ThreadOf(teams, it.Thread))).Id);
            driver.MapPost("press", async (Pressing it) => await User(teams, it.User).PressAsync(PostOf(teams, it.Post), it.Title));
            driver.MapPost("command", async (Using it) => await CommandAsync(teams, it));
            driver.MapPost("fill", (Filling it) => DialogOf(teams, it.User).Form.Fill(it.Field, it.Value));
            driver.MapPost("pick", async (Filling it) => await User(teams, it.User).PickAsync(DialogOf(teams, it.User).Form, it.Field, it.Value));
            driver.MapPost("submit", async (Pressing it) => await User(teams, it.User).SubmitAsync(it.Title));
            driver.MapPost("install", async (Using it) => await teams.Installs.AddAsync(PlaceOf(teams, it.User, it.Place), User(teams, it.User).Person));
        }
    }

    sealed record Saying(string User, string? Place, string Text, string? Thread = null);

    sealed record Pressing(string User, string Title, string Post = "");

    sealed record Using(string User, string? Place = null, string? Post = null, string Command = "");

    sealed record Filling(string User, string Field, string Value);

    static Task CommandAsync(TeamsStandIn teams, Using it) => it.Post is null
        ? User(teams, it.User).CommandInAsync(PlaceOf(teams, it.User, it.Place), it.Command)
        : User(teams, it.User).CommandOnAsync(PostOf(teams, it.Post), it.Command);

    static TeamsUser User(TeamsStandIn teams, string name) => teams.User(teams.Tenants[0].People.First(each => each.Name.StartsWith(name, StringComparison.OrdinalIgnoreCase)));

    // Without a name it is their own chat with the bot.
    static Place PlaceOf(TeamsStandIn teams, string user, string? name) => name is null ? User(teams, user).Chat : teams.Tenants[0].Places.First(each => each.Name == name);

    static Post PostOf(TeamsStandIn teams, string id) => teams.Tenants[0].Places.SelectMany(each => each.Everything).First(each => each.Id == id);

    static Post? ThreadOf(TeamsStandIn teams, string? id) => id is null ? null : PostOf(teams, id);

    static TeamsDialog DialogOf(TeamsStandIn teams, string user) => User(teams, user).Dialog ?? throw new InvalidOperationException("no dialog is open");

    static JsonObject Shown(TeamsStandIn teams) => new()
    {
        ["posts"] = new JsonArray([.. teams.Tenants.SelectMany(each => each.Places).SelectMany(each => each.Everything).Where(each => !each.IsDeleted).Select(Shown)]),
        ["people"] = new JsonArray([.. teams.Tenants.SelectMany(each => each.People).Select(person => Shown(teams.User(person)))]),
        ["complaints"] = new JsonArray([.. teams.Complaints.Select(each => (JsonNode)each.ToString())]),
        ["pings"] = new JsonArray([.. teams.Pings.Select(each => (JsonNode)each.Who.Name)]),
    };

    static JsonObject Shown(Post post) => new JsonObject
    {
        ["id"] = post.Id,
        ["place"] = post.Place.ToString(),
        ["root"] = post.RootId,
        ["from"] = post.From?.Name,
        ["onlyFor"] = post.OnlyFor?.Name,
        ["words"] = post.Words,
        ["buttons"] = new JsonArray([.. post.Buttons.Select(each => (JsonNode)each)]),
        ["updates"] = post.Updates,
    };

    static JsonObject Shown(TeamsUser user) => new JsonObject
    {
        ["name"] = user.Person.Name,
        ["told"] = new JsonArray([.. user.PrivateNotices.Select(each => (JsonNode)$"{each.Way}: {each.Text}")]),
        ["dialog"] = user.Dialog?.Words,
        ["buttons"] = new JsonArray([.. (user.Dialog?.Buttons ?? []).Select(each => (JsonNode)each)]),
    };
}
