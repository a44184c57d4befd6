using BotDispatch.PretendTeams.State;
using BotDispatch.Tests.Flows.Slack;
using BotDispatch.Tests.Flows.Teams;

namespace BotDispatch.Tests.Flows.Scenarios;

/// <summary>Every scenario in every chat, in the very same words.</summary>
public sealed class ScenarioTests
{
    public static TheoryData<string, string> Everywhere
    {
        get
        {
            var all = new TheoryData<string, string>();
            foreach (var scenario in Scenario.All.Keys)
                foreach (var chat in (string[])["Slack", "Teams", "a chat of Teams", "the playground"])
                    all.Add(scenario, chat);
            return all;
        }
    }

    [Theory]
    [MemberData(nameof(Everywhere))]
    public async Task A_scenario_has_the_same_words_everywhere(string scenario, string chat)
    {
        var expected = Scenario.All[scenario];
        await using var stage = await BeginAsync(chat);
        await expected.Tell(stage);

        stage.Thread.ShouldBe(expected.Thread);
        stage.Card.ShouldBe((expected.Status, expected.Headline));
        stage.Buttons.ShouldBe(expected.Buttons);
        // The end of it names the user id, which is the chat's own.
        stage.PrivateMessagesTo(Actor.Dana).Select(words => expected.ToDana.FirstOrDefault(each => words.StartsWith(each, StringComparison.Ordinal)) ?? words).ShouldBe(expected.ToDana);
        stage.PrivateMessagesTo(Actor.Priya).ShouldBeEmpty();
        stage.Complaints.ShouldBeEmpty();
    }

    static async Task<IStage> BeginAsync(string chat) => chat switch
    {
        "Slack" => new SlackStage(await SlackWorld.BeginAsync()),
        "Teams" => await BeginAsync(world => world.Ops),
        "a chat of Teams" => await BeginAsync(world => world.Night),
        _ => new PlaygroundStage(await World.BeginAsync()),
    };

    static async Task<TeamsStage> BeginAsync(Func<TeamsWorld, Place> where)
    {
        var world = await TeamsWorld.BeginAsync();
        return new(world, where(world));
    }
}
