using System.Text.Json.Nodes;
using BotDispatch.Chat;
using BotDispatch.Core;
using BotDispatch.PretendSlack.Driver;
using BotDispatch.Storage;
using Dapper;

namespace BotDispatch.Tests.Flows.Slack;

/// <summary>The process dies at a step of a dispatch in Slack, comes back on the same file, and the dispatch ends as it would have.</summary>
public sealed class SlackCrashTests
{
    /// <summary>1 looks at every step, a larger number at fewer. Some are looked at where lines are posted once, others where they may be posted twice.</summary>
    static int Stride => int.TryParse(Environment.GetEnvironmentVariable("BOTDISPATCH_CRASH_STRIDE"), out var stride) && stride > 0 ? stride : 16;

    [Theory]
    [InlineData(true, 0)]
    [InlineData(true, 1)]
    [InlineData(true, 2)]
    [InlineData(false, 0)]
    [InlineData(false, 1)]
    [InlineData(false, 2)]
    public async Task Wherever_the_process_dies_every_line_is_posted_and_no_phone_rings_again(bool mayReadHistory, int part)
    {
        var steps = await LiveAsync(mayReadHistory, int.MaxValue);
        steps.Count.ShouldBeGreaterThan(100);
        List<string> broken = [];
        for (var step = 1 + part * Stride + (mayReadHistory ? 0 : Stride / 2); step <= steps.Count; step += Stride * Parts)
            try
            {
                await LiveAsync(mayReadHistory, step);
            }
            catch (Exception exception)
            {
                broken.Add($"dying at step {step}, {steps[step - 1]}: {exception.Message}");
            }
        string.Join("\n\n", broken).ShouldBeEmpty();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Dying_between_a_posted_card_and_its_stored_id_while_the_first_reply_is_worded_loses_and_repeats_nothing(bool mayReadHistory)
    {
        using var death = new DeathOverFirstWords();
        await LiveAsync(mayReadHistory, int.MaxValue, death);
        death.Came.ShouldBeTrue();
    }

    const int Parts = 3;

    static async Task<IReadOnlyList<string>> LiveAsync(bool mayReadHistory, int dyingAt, DeathOverFirstWords? death = null)
    {
        await using var world = await SlackTelling.BeginAsync(services: death is null ? null : death.Stand);
        if (mayReadHistory)
            SlackTelling.MayReadHistory(world);
        var dialog = await world.OpenAsync(world.Dana, "/dispatch INC-1042");
        await world.Dana.PickAsync(dialog, "people", "Marcus Reed", "Ann Lee");
        await world.SettleAsync();
        var life = world.World.Life;
        var before = life.StepCount;
        if (dyingAt != int.MaxValue)
            life.EndIn(dyingAt);
        death?.Await(life);

        // A person who sees an error from Slack sends the dialog again.
        while (await world.Dana.SubmitAsync(world.Dana.Dialog.ShouldNotBeNull()) is not Submitted.Closed)
            await world.SettleAsync();
        await world.World.PassUntilAsync(() => Task.FromResult(world.Ops.Roots.Any(card => card.Buttons.Contains("Re-dispatch"))));
        await world.World.PassAsync(60);

        (dyingAt == int.MaxValue || life.IsOver || life.StepCount - before < dyingAt).ShouldBeTrue("it must have died");
        var due = await DueAsync(world);
        var card = world.Card;
        var shown = SlackTelling.LinesOf(card);
        if (mayReadHistory)
            shown.ShouldBe(due);
        shown.Distinct().ShouldBe(due);
        shown.GroupBy(line => line).ShouldAllBe(line => line.Count() <= 2);
        world.Ops.Roots.Count.ShouldBeLessThanOrEqualTo(mayReadHistory ? 1 : 2);
        card.Words.ShouldContain("Accepted");
        foreach (var person in (string[])["marcus.reed", "ann.lee"])
            world.World.CallsTo(person).ShouldHaveSingleItem($"calls to {person}");
        RequestsPerAttempt(world).ShouldAllBe(count => count == 1);
        (await SlackTelling.CountAsync(world, "SELECT COUNT(*) FROM dispatches")).ShouldBe(1);
        (await SlackTelling.CountAsync(world, "SELECT COUNT(*) FROM lanes")).ShouldBe(0, "lanes left behind");
        return [.. life.Steps.Skip(before)];
    }

    static IEnumerable<int> RequestsPerAttempt(SlackWorld world) => world.World.Routee.Requests
        .Where(request => request is { Method: "POST", Path: "/voice/conversation", Answer: 200 or 500 or 0 })
        .GroupBy(request => JsonNode.Parse(request.Body)!["callback"]!["url"]!.ToString())
        .Select(requests => requests.Count());

    // What the events say, in one go: the lines that were posted piece by piece must be the same.
    static async Task<List<string>> DueAsync(SlackWorld world)
    {
        await using var connection = await world.World.App.Get<Database>().OpenAsync(default);
        var id = new DispatchId(await connection.ExecuteScalarAsync<string>("SELECT id FROM dispatches") ?? "");
        var events = await world.World.App.Get<DispatchStore>().EventsAfterAsync(id, 0, default);
        var end = await world.World.StateAsync(id);
        return [.. UpdateLines.Of(end, 1, [.. events.Select(each => each.Happened)])!.Lines.Select(line => SlackTelling.Bare(line.Text))];
    }
}
