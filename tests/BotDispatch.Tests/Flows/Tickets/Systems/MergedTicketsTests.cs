using BotDispatch.Core;
using BotDispatch.Dispatching;
using BotDispatch.Ports;
using BotDispatch.Simulator;

namespace BotDispatch.Tests.Flows.Tickets.Systems;

/// <summary>Many tickets of one outage that are merged into one, in Request Tracker.</summary>
public sealed class MergedTicketsTests
{
    const string Name = "Request Tracker";

    static async Task<(World World, PretendRequestTracker System)> BeginAsync()
    {
        var system = new PretendRequestTracker();
        var world = await World.BeginAsync(PretendRequestTracker.Settings);
        world.Elsewhere = address => address.AbsolutePath.StartsWith("/rt/", StringComparison.Ordinal) ? system : null;
        return (world, system);
    }

    static async Task<IReadOnlyDictionary<string, TicketReading>> ReadAsync(World world, IEnumerable<int> numbers)
    {
        var reading = world.App.Get<ITicketUpdates>().ReadAsync(Name, [.. numbers.Select(each => $"RT-{each}")], default);
        await world.PassAsync(60);
        return await reading;
    }

    [Fact]
    public async Task However_many_tickets_are_merged_into_one_each_of_them_is_read_and_stands_as_that_one()
    {
        var (world, system) = await BeginAsync();
        await using var _ = world;
        var numbers = Enumerable.Range(1, 12).ToList();
        numbers.ForEach(each => system.Merge(each, 90));
        Dictionary<string, TicketReading> read = [];
        for (var looks = 0; looks < 3; looks++)
            foreach (var (reference, reading) in await ReadAsync(world, numbers))
                read[reference] = reading;
        read.Count.ShouldBe(12);
        read.Values.ShouldAllBe(each => ((TicketReading.Standing)each).MergedInto == "RT-90");
        system.AskedAlone.Where(each => each != 90).ShouldBe(numbers, "each was asked for alone once, and since then with the others");

        system.Statuses[90] = "resolved";
        (await ReadAsync(world, numbers)).Values.Cast<TicketReading.Standing>().Count(each => each is { IsClosed: true, MergedInto: "RT-90" }).ShouldBe(12);
        system.AskedAlone.Count(each => each != 90).ShouldBe(12);
    }

    [Fact]
    public async Task A_ticket_that_was_merged_is_followed_when_the_other_one_is_merged_too()
    {
        var (world, system) = await BeginAsync();
        await using var _ = world;
        system.Merge(1, 90);
        await ReadAsync(world, [1]);
        system.Merge(90, 91);
        ((TicketReading.Standing)(await ReadAsync(world, [1]))["RT-1"]).MergedInto.ShouldBe("RT-91");
    }

    [Fact]
    public async Task Deleted_tickets_let_each_other_have_their_turn()
    {
        var (world, system) = await BeginAsync();
        await using var _ = world;
        var numbers = Enumerable.Range(1, 12).ToList();
        numbers.ForEach(each => system.Statuses[each] = "deleted");
        for (var looks = 0; looks < 3; looks++)
            await ReadAsync(world, numbers);
        system.AskedAlone.Distinct().Order().ShouldBe(numbers);
    }

    [Fact]
    public async Task Each_ticket_into_which_one_is_merged_is_said_once_and_nobody_is_called_for_an_accepted_job()
    {
        var (world, system) = await BeginAsync();
        await using var _ = world;
        world.Phone("marcus.reed").Script = new PersonScript.NeverAnswers();
        world.Phone("priya.nair").Script = new PersonScript.AnswersAndAccepts();
        var id = await world.DispatchAsync("RT-1", "marcus.reed", "priya.nair");
        await world.PassAsync(5);
        await LookAsync(world);
        system.Merge(1, 90);
        await LookAsync(world);
        await LookAsync(world);
        system.Merge(90, 91);
        await LookAsync(world);
        await world.ToTheEndAsync(id);
        system.Merge(91, 92);
        await world.PassAsync(60);
        await LookAsync(world);
        await LookAsync(world);
        (await world.StateAsync(id)).Resolution.ShouldBeOfType<Resolution.Accepted>();
        world.Thread(id).Where(line => line.Contains("merged", StringComparison.Ordinal)).ShouldBe(
        [
            "RT-1 was merged into RT-90 in Request Tracker. Calling goes on, and what happens to RT-90 counts from now on.",
            "RT-1 was merged into RT-91 in Request Tracker. Calling goes on, and what happens to RT-91 counts from now on.",
            "RT-1 was merged into RT-92 in Request Tracker. What happens to RT-92 counts from now on.",
        ]);
    }

    static async Task LookAsync(World world)
    {
        await world.App.Get<TicketWatch>().LookAsync(default);
        await world.SettleAsync();
    }
}
