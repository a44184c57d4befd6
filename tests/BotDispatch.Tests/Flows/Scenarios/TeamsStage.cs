using System.Text.Json.Nodes;
using BotDispatch.PretendTeams.Driver;
using BotDispatch.PretendTeams.State;
using BotDispatch.Tests.Flows.Teams;

namespace BotDispatch.Tests.Flows.Scenarios;

/// <summary>A channel of Teams, or a group chat, which has no threads.</summary>
internal sealed class TeamsStage(TeamsWorld world, Place place) : IStage
{
    const string Dana = "Dana Dispatcher";

    public World World => world.World;

    public async Task TypeAsync(string command) => await world.OpenAsync(world.Dana, await world.AskAsync(world.Dana, $"@BotDispatch {command}", place));

    public Task PickAsync(params string[] people) => world.Dana.PickAsync(world.Dana.Dialog.ShouldNotBeNull().Form, "people", people);

    public async Task SendAsync()
    {
        // Dispatched again, the dialog stands in the card's place.
        if (world.Dana.Dialog is null)
            await world.Dana.PressAsync(Post, "Dispatch");
        else
            await world.Dana.SubmitAsync("Dispatch");
        await world.SettleAsync();
        world.Dana.Dialog.ShouldBeNull();
    }

    public async Task PressAsync(Actor who, string button)
    {
        await world.PressAsync(User(who), Post, button);
        if (button == "Cancel")
            await world.PressAsync(User(who), Post, "Cancel it");
    }

    public IReadOnlyList<string> Thread => [.. TeamsTelling.LinesOf(Post).Select(line => Stages.Bare(line, Dana))];

    public (string Status, string Headline) Card
    {
        get
        {
            var body = Post.Card!["body"]!.AsArray().OfType<JsonObject>();
            // Below what the job is called.
            var headline = body.Where(each => each["type"]!.ToString() == "RichTextBlock").ElementAt(1)["inlines"]![0]!["text"]!.ToString();
            return (Stages.Bare(Post.Words.Split('\n')[0], Dana), Stages.Bare(headline.Replace("\u200B", "", StringComparison.Ordinal), Dana));
        }
    }

    public IReadOnlyList<string> Buttons => TeamsWorld.CardsIn(place).Count > 0 ? Post.Buttons : [];

    public IReadOnlyList<string> PrivateMessagesTo(Actor who) => [.. User(who).PrivateNotices.Select(each => Stages.Bare(each.Text, Dana))];

    public IReadOnlyList<string> Complaints => [.. world.Teams.Complaints.Select(each => each.What)];

    public ValueTask DisposeAsync() => world.DisposeAsync();

    Post Post => TeamsWorld.CardIn(place);

    TeamsUser User(Actor who) => who is Actor.Dana ? world.Dana : world.Priya;
}
