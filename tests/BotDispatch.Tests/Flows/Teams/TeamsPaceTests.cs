using BotDispatch.PretendTeams;
using BotDispatch.PretendTeams.State;
using BotDispatch.Simulator;

namespace BotDispatch.Tests.Flows.Teams;

/// <summary>Teams takes only so much at once in one conversation, over all its threads. Nothing is sent faster, and what waits keeps nobody else waiting.</summary>
public sealed class TeamsPaceTests : IDisposable
{
    const int Many = 20;

    readonly string file = Path.Combine(Path.GetTempPath(), $"botdispatch-{Guid.NewGuid()}.csv");

    [Fact]
    public async Task A_dispatch_to_twenty_people_who_reject_one_after_the_other_stays_inside_the_limits()
    {
        await using var world = await BeginAsync();
        var people = Enumerable.Range(1, Many).ToList();
        foreach (var n in people)
            world.World.Routee.Phone(NumberOf(n)).Script = n == Many ? new PersonScript.AnswersAndAccepts(1, 0, 0.1) : new PersonScript.AnswersAndRejects(1, 0, 0.1);
        var card = await world.DispatchAsync("@BotDispatch dispatch INC-1042", [.. people.Select(NameOf)]);
        await world.ToTheEndAsync(card);

        var shown = TeamsTelling.LinesOf(card);
        shown.Count(line => line.EndsWith("pressed 2: Rejected.", StringComparison.Ordinal)).ShouldBe(Many - 1);
        shown[^1].ShouldStartWith($"Accepted: {NameOf(Many)} pressed 1");
        card.Words.ShouldContain("Accepted");
        world.Teams.Log.Calls.ShouldNotContain(call => call.Status == 429);
        world.Teams.Complaints.ShouldBeEmpty();
    }

    [Fact]
    public async Task Five_dispatches_in_one_channel_stay_inside_the_limits_together_and_keep_a_chat_free()
    {
        await using var world = await BeginAsync();
        world.Teams.Disorder.ThrottlesAboveLimits = true;
        foreach (var n in Enumerable.Range(1, Many))
            world.World.Routee.Phone(NumberOf(n)).Script = new PersonScript.AnswersAndRejects(1, 0, 0.1);
        foreach (var each in Enumerable.Range(0, 5))
            await BeginAsync(world, world.Ops, $"text: Pump {each + 1} leaks", [.. Enumerable.Range(1 + each * 3, 3).Select(NameOf)]);
        await world.World.PassAsync(1);
        await BeginAsync(world, world.Dana.Chat, "text: The lift is stuck", NameOf(Many));
        var begun = world.World.Clock.GetUtcNow();
        await world.World.PassAsync(120);

        world.Teams.Log.Calls.ShouldNotContain(call => call.Status == 429);
        TeamsWorld.CardsIn(world.Ops).Count.ShouldBe(5);
        TeamsWorld.CardsIn(world.Ops).ShouldAllBe(card => card.Words.Contains("Exhausted", StringComparison.Ordinal));
        foreach (var card in TeamsWorld.CardsIn(world.Ops))
            TeamsTelling.LinesOf(card).Count(line => line.EndsWith("pressed 2: Rejected.", StringComparison.Ordinal)).ShouldBe(3);
        world.Teams.Log.Calls.First(call => call.Call == "send" && call.Place == world.Dana.Chat.Id && call.At >= begun).At.ShouldBeLessThan(begun.AddSeconds(3));
        world.Teams.Complaints.ShouldBeEmpty();
    }

    [Fact]
    public async Task Asked_to_wait_nobody_hurries_and_what_piled_up_comes_as_one()
    {
        await using var world = await TeamsTelling.BeginAsync();
        await using var calm = await TeamsTelling.BeginAsync();
        var card = await world.DispatchAsync("@BotDispatch dispatch INC-1042", "Marcus Reed", "Ann Lee");
        foreach (var call in (string[])["send", "update"])
            world.Teams.Disorder.Always(call, new Spoil.Throttle(30), world.Ops.Id);
        await world.World.PassAsync(70);
        var refused = world.Teams.Log.Calls.Where(call => call.Status == 429).Select(call => call.At).ToList();
        refused.Count.ShouldBeInRange(1, 8);
        world.Teams.Disorder.Calm();
        await world.ToTheEndAsync(card);
        var other = await calm.DispatchAsync("@BotDispatch dispatch INC-1042", "Marcus Reed", "Ann Lee");
        await calm.ToTheEndAsync(other);

        TeamsTelling.CallTimes(world).ShouldBe(TeamsTelling.CallTimes(calm));
        TeamsTelling.LinesOf(card).ShouldBe(TeamsTelling.LinesOf(other));
        world.Ops.RepliesTo(card).Count.ShouldBeLessThan(calm.Ops.RepliesTo(other).Count);
        world.Teams.Complaints.ShouldBeEmpty();
    }

    public void Dispose() => File.Delete(file);

    async Task<TeamsWorld> BeginAsync()
    {
        await File.WriteAllLinesAsync(file,
            ["id,name,email,phone,language,timezone,skills", .. Enumerable.Range(1, Many).Select(n => $"e{n},{NameOf(n)},e{n}@example.com,{NumberOf(n)},en-GB,Europe/London,lifts")]);
        return await TeamsWorld.BeginAsync(new() { ["Employees:File"] = file });
    }

    static async Task BeginAsync(TeamsWorld world, Place place, string what, params string[] people)
    {
        await world.OpenAsync(world.Dana, await world.AskAsync(world.Dana, $"@BotDispatch dispatch {what}", place));
        await world.SendAsync(world.Dana, people);
    }

    static string NameOf(int n) => $"Person {(char)('A' + n - 1)}";

    static string NumberOf(int n) => $"+447700900{n:000}";
}
