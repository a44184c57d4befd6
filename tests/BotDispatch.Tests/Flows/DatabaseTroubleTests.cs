using System.Collections.Concurrent;
using System.Net;
using BotDispatch.Core;
using BotDispatch.PretendSlack.Driver;
using BotDispatch.Simulator;
using BotDispatch.Tests.Flows.Slack;

namespace BotDispatch.Tests.Flows;

/// <summary>The database cannot be written for a while: nothing is answered or done that is not stored, the person who asks reads why, and everything goes on by itself.</summary>
public sealed class DatabaseTroubleTests
{
    public static TheoryData<string> Troubles => [nameof(DiskTrouble.NoCommit), nameof(DiskTrouble.ReadOnly), nameof(DiskTrouble.Down)];

    [Theory, MemberData(nameof(Troubles))]
    public async Task Health_and_readiness_say_what_is_so_while_nothing_can_be_written_and_again_when_it_can(string trouble)
    {
        await using var world = await World.BeginAsync();
        (await GetAsync(world, "readyz")).Status.ShouldBe(HttpStatusCode.OK);
        for (var times = 0; times < 2; times++)
        {
            await world.Disk.SetAsync(world, Enum.Parse<DiskTrouble>(trouble));
            await world.PassAsync(2);
            (await GetAsync(world, "healthz")).ShouldBe((HttpStatusCode.OK, "ok"));
            var (status, says) = await GetAsync(world, "readyz");
            status.ShouldBe(HttpStatusCode.ServiceUnavailable);
            says.ShouldContain("The database cannot be used: ");
            await world.Disk.SetAsync(world, DiskTrouble.None);
            await world.PassAsync(2);
            (await GetAsync(world, "healthz")).ShouldBe((HttpStatusCode.OK, "ok"));
            (await GetAsync(world, "readyz")).ShouldBe((HttpStatusCode.OK, "ready"));
        }
    }

    [Theory, MemberData(nameof(Troubles))]
    public async Task A_key_that_is_pressed_while_nothing_can_be_written_counts_later_and_nobody_else_is_called(string trouble)
    {
        await using var world = await World.BeginAsync();
        world.Phone("ann.lee").Script = new PersonScript.AnswersAndAccepts();
        var id = await world.DispatchAsync("INC-1042", "ann.lee", "marcus.reed");
        await world.PassUntilAsync(() => Task.FromResult(world.Phone("ann.lee").Snapshot.State == PhoneState.Ringing));
        await world.Disk.SetAsync(world, Enum.Parse<DiskTrouble>(trouble));
        await world.PassAsync(120);
        world.SpokenTo("ann.lee").ShouldNotContain(words => words.StartsWith("Thank you. You accepted", StringComparison.Ordinal), "it is not stored");
        await world.Disk.SetAsync(world, DiskTrouble.None);

        var end = await world.ToTheEndAsync(id);
        end.Resolution.ShouldBeOfType<Resolution.Accepted>().Attempt.Callee.ShouldBe(0);
        world.CallsTo("ann.lee").Count.ShouldBe(1);
        world.CallsTo("marcus.reed").ShouldBeEmpty();
    }

    [Theory, MemberData(nameof(Troubles))]
    public async Task While_nothing_can_be_written_nobody_is_called_and_then_it_goes_on_by_itself(string trouble)
    {
        await using var world = await World.BeginAsync();
        world.Phone("ann.lee").Script = new PersonScript.NeverAnswers();
        var id = await world.DispatchAsync("INC-1042", "ann.lee");
        await world.PassUntilAsync(async () => (await world.StateAsync(id)).Phase is Phase.Pausing);
        var calls = world.Routee.Calls.Count;
        await world.Disk.SetAsync(world, Enum.Parse<DiskTrouble>(trouble));
        await world.PassAsync(300);
        world.Routee.Calls.Count.ShouldBe(calls);
        await world.Disk.SetAsync(world, DiskTrouble.None);
        world.Phone("ann.lee").Script = new PersonScript.AnswersAndAccepts();
        (await world.ToTheEndAsync(id)).Resolution.ShouldBeOfType<Resolution.Accepted>();
        world.Routee.Calls.Count.ShouldBe(calls + 1);
    }

    /// <summary>What is done outside cannot be noted, and would be done again with each look.</summary>
    [Theory, MemberData(nameof(Troubles))]
    public async Task Somebody_on_the_line_hears_at_most_once_that_they_are_not_needed_while_nothing_can_be_written(string trouble)
    {
        await using var world = await World.BeginAsync();
        world.Phone("ann.lee").Script = new PersonScript.SaysNothing();
        var id = await world.DispatchAsync("INC-1042", "ann.lee");
        await world.PassUntilAsync(() => Task.FromResult(world.Phone("ann.lee").Snapshot.State == PhoneState.Talking));
        await world.PassAsync(1);
        var asked = new ConcurrentQueue<string>();
        world.InsteadOfRoutee = request =>
        {
            asked.Enqueue(request.RequestUri!.AbsolutePath);
            return null;
        };
        await world.Pulse.DoAsync(() => world.App.Engine.ApplyAsync(id, new DispatchInput.Cancel(World.Dana), default));
        await world.Disk.SetAsync(world, Enum.Parse<DiskTrouble>(trouble));
        for (var second = 0; second < 30; second++)
            await world.PassAsync(1);
        asked.Count(path => path.EndsWith("/talk", StringComparison.Ordinal)).ShouldBeLessThanOrEqualTo(1, string.Join(" ", asked));
        asked.Count.ShouldBeLessThanOrEqualTo(4, string.Join(" ", asked));
        await world.Disk.SetAsync(world, DiskTrouble.None);
        (await world.ToTheEndAsync(id)).Resolution.ShouldBeOfType<Resolution.Cancelled>();
    }

    [Theory, MemberData(nameof(Troubles))]
    public async Task A_dialog_sent_in_Slack_while_nothing_can_be_written_says_so_and_may_be_sent_again(string trouble)
    {
        await using var world = await SlackWorld.BeginAsync();
        world.World.Phone("ann.lee").Script = new PersonScript.AnswersAndAccepts();
        var dialog = await world.OpenAsync(world.Dana, "/dispatch INC-1042");
        await world.Dana.PickAsync(dialog, "people", "Ann Lee");
        await world.SettleAsync();
        await world.World.Disk.SetAsync(world.World, Enum.Parse<DiskTrouble>(trouble));
        var sent = await world.Dana.SubmitAsync(world.Dana.Dialog!);
        await world.World.PassAsync(10);
        string.Join(' ', sent.ShouldBeOfType<Submitted.Errors>().ByBlock.Values).ShouldContain("Something went wrong, and we do not know whether this has started");
        world.World.Routee.Calls.ShouldBeEmpty();

        await world.World.Disk.SetAsync(world.World, DiskTrouble.None);
        var card = await world.DispatchAsync("/dispatch INC-1042", "Ann Lee");
        await world.ToTheEndAsync(card);
        world.World.CallsTo("ann.lee").ShouldHaveSingleItem();
        world.Ops.Roots.Count(each => each.IsFromBot).ShouldBe(1);
    }

    static async Task<(HttpStatusCode Status, string Says)> GetAsync(World world, string path)
    {
        using var door = new HttpMessageInvoker(world.Door);
        using var request = new HttpRequestMessage(HttpMethod.Get, $"{BotDispatchApp.Address}/{path}");
        using var response = await door.SendAsync(request, default);
        return (response.StatusCode, await response.Content.ReadAsStringAsync());
    }
}
