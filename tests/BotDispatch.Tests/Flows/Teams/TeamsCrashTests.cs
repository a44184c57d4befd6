using System.Text.Json.Nodes;
using BotDispatch.Chat;
using BotDispatch.Core;
using BotDispatch.Storage;
using Dapper;

namespace BotDispatch.Tests.Flows.Teams;

/// <summary>The process dies at a step of a dispatch in Teams, comes back on the same file, and the dispatch ends as it would have.</summary>
public sealed class TeamsCrashTests
{
    /// <summary>1 looks at every step, a larger number at fewer.</summary>
    static int Stride => int.TryParse(Environment.GetEnvironmentVariable("BOTDISPATCH_CRASH_STRIDE"), out var stride) && stride > 0 ? stride : 16;

    const int Parts = 3;

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Wherever_the_process_dies_every_line_is_posted_and_no_phone_rings_again(int part)
    {
        var steps = await LiveAsync(int.MaxValue);
        steps.Count.ShouldBeGreaterThan(100);
        List<string> broken = [];
        for (var step = 1 + part * Stride; step <= steps.Count; step += Stride * Parts)
            try
            {
                await LiveAsync(step);
            }
            catch (Exception exception)
            {
                broken.Add($"dying at step {step}, {steps[step - 1]}: {exception.Message}");
            }
        string.Join("\n\n", broken).ShouldBeEmpty();
    }

    [Fact]
    public async Task Dying_between_a_posted_card_and_its_stored_id_while_the_first_reply_is_worded_loses_and_repeats_nothing()
    {
        using var death = new DeathOverFirstWords();
        await LiveAsync(int.MaxValue, death);
        death.Came.ShouldBeTrue();
    }

    static async Task<IReadOnlyList<string>> LiveAsync(int dyingAt, DeathOverFirstWords? death = null)
    {
        await using var world = await TeamsTelling.BeginAsync(services: death is null ? null : death.Stand);
        await world.OpenAsync(world.Dana, await world.AskAsync(world.Dana, "@BotDispatch dispatch INC-1042", world.Ops));
        await world.Dana.PickAsync(world.Dana.Dialog!.Form, "people", "Marcus Reed", "Ann Lee");
        var life = world.World.Life;
        var before = life.StepCount;
        if (dyingAt != int.MaxValue)
            life.EndIn(dyingAt);
        death?.Await(life);

        // A person who sees an error from Teams sends the dialog again.
        while (world.Dana.Dialog is not null)
        {
            await world.Dana.SubmitAsync("Dispatch");
            await world.SettleAsync();
        }
        await world.World.PassUntilAsync(() => Task.FromResult(TeamsWorld.CardsIn(world.Ops).Any(each => each.Buttons.Contains("Re-dispatch"))));
        await world.World.PassAsync(60);

        (dyingAt == int.MaxValue || life.IsOver || life.StepCount - before < dyingAt).ShouldBeTrue("it must have died");
        var due = await DueAsync(world);
        var card = TeamsWorld.CardsIn(world.Ops).Single(each => each.Buttons.Contains("Re-dispatch"));
        var shown = TeamsTelling.LinesOf(card);
        shown.Distinct().ShouldBe(due);
        shown.GroupBy(line => line).ShouldAllBe(line => line.Count() <= 2);
        TeamsWorld.CardsIn(world.Ops).Count.ShouldBeLessThanOrEqualTo(2);
        card.Words.ShouldContain("Accepted");
        foreach (var person in (string[])["marcus.reed", "ann.lee"])
            world.World.CallsTo(person).ShouldHaveSingleItem($"calls to {person}");
        RequestsPerAttempt(world).ShouldAllBe(count => count == 1);
        (await TeamsTelling.CountAsync(world, "SELECT COUNT(*) FROM dispatches")).ShouldBe(1);
        (await TeamsTelling.CountAsync(world, "SELECT COUNT(*) FROM lanes")).ShouldBe(0, "lanes left behind");
        return [.. life.Steps.Skip(before)];
    }

    static IEnumerable<int> RequestsPerAttempt(TeamsWorld world) => world.World.Routee.Requests
        .Where(request => request is { Method: "POST", Path: "/voice/conversation", Answer: 200 or 500 or 0 })
        .GroupBy(request => JsonNode.Parse(request.Body)!["callback"]!["url"]!.ToString())
        .Select(requests => requests.Count());

    // What the events say, in one go: the lines that were posted piece by piece must be the same.
    static async Task<List<string>> DueAsync(TeamsWorld world)
    {
        await using var connection = await world.World.App.Get<Database>().OpenAsync(default);
        var id = new DispatchId(await connection.ExecuteScalarAsync<string>("SELECT id FROM dispatches") ?? "");
        var events = await world.World.App.Get<DispatchStore>().EventsAfterAsync(id, 0, default);
        return [.. UpdateLines.Of(await world.World.StateAsync(id), 1, [.. events.Select(each => each.Happened)])!.Lines.Select(line => line.Text)];
    }
}
