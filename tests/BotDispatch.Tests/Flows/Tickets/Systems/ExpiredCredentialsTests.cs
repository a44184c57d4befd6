using System.Net;
using BotDispatch.Core;
using BotDispatch.Dispatching;
using BotDispatch.Simulator;

namespace BotDispatch.Tests.Flows.Tickets.Systems;

/// <summary>What people read and what is written when the credentials for a ticket system expire, and when somebody corrects them.</summary>
public sealed class ExpiredCredentialsTests
{
    public static TheoryData<string> Systems => EverySystemTests.Systems;

    static async Task<(World World, PretendSystem System, DispatchId Id)> RingingAsync(string name, params string[] further)
    {
        var (world, system) = await EverySystemTests.BeginAsync(EverySystemTests.Make(name), ("WriteNotes", "true"));
        world.Phone("marcus.reed").Script = new PersonScript.NeverAnswers();
        world.Phone("priya.nair").Script = new PersonScript.AnswersAndAccepts();
        foreach (var each in further)
            world.Phone(each).Script = new PersonScript.NeverAnswers();
        var id = await world.DispatchAsync(system.Reference, ["marcus.reed", .. further, "priya.nair"]);
        await world.PassAsync(5);
        await EverySystemTests.LookAsync(world);
        return (world, system, id);
    }

    static async Task<(World World, PretendSystem System, DispatchId Id)> AcceptedAsync(string name)
    {
        var (world, system, id) = await RingingAsync(name);
        await world.ToTheEndAsync(id);
        await world.PassAsync(60);
        await EverySystemTests.LookAsync(world);
        (await world.StateAsync(id)).IsHeld.ShouldBeTrue();
        return (world, system, id);
    }

    static void Expire(PretendSystem system) => system.Trouble = (int.MaxValue, () => new(HttpStatusCode.Unauthorized));

    // Only the watch looks: the dispatch is open all the time.
    static async Task ExpireForAWhileAsync(World world, PretendSystem system)
    {
        Expire(system);
        await EverySystemTests.LookAsync(world);
        await world.PassAsync(TicketWatch.UntilRefusalIsSaid);
        await EverySystemTests.LookAsync(world);
        await EverySystemTests.LookAsync(world);
        system.Trouble = default;
    }

    static IEnumerable<string> Lines(World world, DispatchId id, string words) => world.Thread(id).Where(line => line.Contains(words, StringComparison.Ordinal));

    [Theory, MemberData(nameof(Systems))]
    public async Task One_refusal_alone_is_not_said_and_each_that_lasts_is_said_once_and_so_is_its_end(string name)
    {
        var (world, system, id) = await RingingAsync(name, "ann.lee", "jonas.weber");
        await using var _ = world;
        for (var times = 0; times < 2; times++)
        {
            Expire(system);
            await EverySystemTests.LookAsync(world);
            system.Trouble = default;
            await EverySystemTests.LookAsync(world);
            await world.PassAsync(TicketWatch.UntilRefusalIsSaid);
        }
        world.Thread(id).ShouldNotContain(line => line.Contains(system.Name, StringComparison.Ordinal), "it let us in again each time");
        await ExpireForAWhileAsync(world, system);
        Lines(world, id, "credentials any more").ShouldHaveSingleItem();
        await EverySystemTests.LookAsync(world);
        await EverySystemTests.LookAsync(world);
        Lines(world, id, "lets BotDispatch in").ShouldHaveSingleItem().ShouldBe($"{system.Name} lets BotDispatch in again, so its tickets are read and written again.");
        await ExpireForAWhileAsync(world, system);
        (await world.StateAsync(id)).IsClosed.ShouldBeFalse();
        Lines(world, id, "credentials any more").Count().ShouldBe(2, "they expired twice");
    }

    [Theory, MemberData(nameof(Systems))]
    public async Task Nothing_is_said_of_expired_credentials_in_the_threads_of_accepted_jobs(string name)
    {
        var (world, system, id) = await AcceptedAsync(name);
        await using var _ = world;
        var before = world.Thread(id).Count;
        Expire(system);
        for (var looks = 0; looks < 5; looks++)
        {
            await world.PassAsync(60);
            await EverySystemTests.LookAsync(world);
        }
        world.Thread(id).Count.ShouldBe(before, string.Join('\n', world.Thread(id)));
    }

    [Theory, MemberData(nameof(Systems))]
    public async Task What_somebody_accepts_while_the_credentials_are_expired_is_written_once_they_are_corrected(string name)
    {
        var (world, system, id) = await RingingAsync(name);
        await using var _ = world;
        Expire(system);
        await EverySystemTests.LookAsync(world);
        await world.PassAsync(TicketWatch.UntilRefusalIsSaid);
        await EverySystemTests.LookAsync(world);
        Lines(world, id, "Until then nothing is written into it.").ShouldHaveSingleItem();
        await world.ToTheEndAsync(id);
        await world.PassAsync(TimeSpan.FromMinutes(2));
        system.Assignee.ShouldBeNull();
        Lines(world, id, "the ticket does not show yet who accepted").ShouldHaveSingleItem().ShouldContain($"Correct {system.SettingsSection}:");
        system.Trouble = default;
        await world.PassAsync(TimeSpan.FromMinutes(5));
        (system.Status, system.Assignee).ShouldBe((system.Statuses.Accepted, PretendSystem.Priya));
        string.Join('\n', system.Notes).ShouldContain("Accepted: Priya Nair pressed 1");
        system.Notes.Select(note => note.Split('\n')[^1]).ShouldBeUnique();
    }

    [Theory, MemberData(nameof(Systems))]
    public async Task Credentials_that_nobody_corrects_are_given_up_and_the_thread_says_that_it_was_not_written(string name)
    {
        var (world, system, id) = await RingingAsync(name);
        await using var _ = world;
        Expire(system);
        await world.ToTheEndAsync(id);
        await world.PassAsync(TimeSpan.FromHours(1));
        Lines(world, id, "was not written").ShouldHaveSingleItem().ShouldContain($"Correct {system.SettingsSection}:");
        var asked = system.Asked;
        await world.PassAsync(TimeSpan.FromHours(1));
        system.Asked.ShouldBe(asked, "it is tried no more");
    }

    [Theory, MemberData(nameof(Systems))]
    public async Task A_lost_ticket_of_an_accepted_job_is_said_without_calling_anybody(string name)
    {
        var (world, system, id) = await AcceptedAsync(name);
        await using var _ = world;
        system.Ticket = HttpStatusCode.NotFound;
        await world.PassAsync(61);
        await EverySystemTests.LookAsync(world);
        Lines(world, id, "can no longer be read").ShouldHaveSingleItem().ShouldNotContain("Calling");
    }
}
