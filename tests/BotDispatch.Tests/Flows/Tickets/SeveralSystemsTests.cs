using BotDispatch.Core;
using BotDispatch.Dispatching;
using BotDispatch.Hosting;
using BotDispatch.Ports;
using BotDispatch.Simulator;
using BotDispatch.Tests.Api;
using BotDispatch.Tickets;

namespace BotDispatch.Tests.Flows.Tickets;

/// <summary>Two systems of one kind side by side: whole dispatches, of which nothing ever touches the other system.</summary>
public sealed class SeveralSystemsTests
{
    static Task<(World World, PretendRedmine First, PretendRedmine Lifts)> BeginAsync() => BeginAsync(out _);

    static Task<(World World, PretendRedmine First, PretendRedmine Lifts)> BeginAsync(out Dictionary<string, string> settings) => BeginWithAsync(settings = new(RemoteProgram.Settings)
    {
        ["Tickets:Redmine:BaseAddress"] = PretendRedmine.Address,
        ["Tickets:Redmine:ApiKey"] = "key-of-the-first",
        ["Tickets:Redmine:WriteNotes"] = "true",
        ["Tickets:Redmine:StatusOnAccepted"] = "In Progress",
        ["Tickets:Systems:lifts:Kind"] = "Redmine",
        ["Tickets:Systems:lifts:BaseAddress"] = "http://localhost/lifts",
        ["Tickets:Systems:lifts:ApiKey"] = "key-of-lifts",
        ["Tickets:Systems:lifts:Prefix"] = "L-",
        ["Tickets:Systems:lifts:WriteNotes"] = "true",
        ["Tickets:Systems:lifts:StatusOnAccepted"] = "Feedback",
        ["Tickets:Systems:lifts:AssignOnAccepted"] = "true",
        ["Tickets:Systems:lifts:Users:priya.nair@example.com"] = "12",
        ["Policy:AttemptsPerEmployee"] = "2",
    });

    static async Task<(World World, PretendRedmine First, PretendRedmine Lifts)> BeginWithAsync(Dictionary<string, string> settings)
    {
        var (first, lifts) = (new PretendRedmine("/redmine", "key-of-the-first"), new PretendRedmine("/lifts", "key-of-lifts"));
        var world = await World.BeginAsync(settings);
        world.Elsewhere = address => address.AbsolutePath.StartsWith("/redmine/", StringComparison.Ordinal) ? first
            : address.AbsolutePath.StartsWith("/lifts/", StringComparison.Ordinal) ? lifts : null;
        return (world, first, lifts);
    }

    static async Task LookAsync(World world)
    {
        await world.App.Get<TicketWatch>().LookAsync(default);
        await world.SettleAsync();
    }

    [Theory]
    [InlineData("L-7"), InlineData("l7"), InlineData("lifts 7"), InlineData("http://localhost/lifts/issues/7?utm_source=mail")]
    public async Task An_accepted_ticket_is_written_into_its_own_system_alone(string typed)
    {
        var (world, first, lifts) = await BeginAsync();
        await using var _ = world;
        world.Phone("marcus.reed").Script = new PersonScript.AnswersAndRejects();
        world.Phone("priya.nair").Script = new PersonScript.AnswersAndAccepts();
        var id = await world.DispatchAsync(typed, "marcus.reed", "priya.nair");
        (await world.StateAsync(id)).Plan.Ticket.Reference.ShouldBe("L-7");
        await LookAsync(world);
        await world.ToTheEndAsync(id);
        await world.PassAsync(TimeSpan.FromMinutes(5));
        await LookAsync(world);
        (lifts.Status, lifts.Assignee).ShouldBe(("Feedback", 12), string.Join('\n', world.Thread(id)));
        string.Join('\n', lifts.Notes).ShouldContain("Status: Feedback.");
        (first.Touched, first.Journals.Count, first.Status).ShouldBe((0, 0, "New"));
    }

    [Theory]
    [InlineData("another one has its references now"), InlineData("no system is set up")]
    public async Task Settings_that_change_move_no_open_dispatch_to_another_system_and_its_thread_says_once_that_its_own_is_gone(string change)
    {
        var (world, first, lifts) = await BeginAsync(out var settings);
        await using var _ = world;
        world.Phone("priya.nair").Script = new PersonScript.AnswersAndAccepts();
        world.Phone("marcus.reed").Script = new PersonScript.NeverAnswers();
        var id = await world.DispatchAsync("L-7", "marcus.reed", "priya.nair");
        (await world.StateAsync(id)).Plan.Ticket.System.ShouldBe("Redmine (lifts)");
        foreach (var name in settings.Keys.Where(each => each.StartsWith(change[0] == 'n' ? "Tickets:" : "Tickets:Systems:", StringComparison.Ordinal)).ToList())
            settings.Remove(name);
        if (change[0] == 'a')
            settings["Tickets:Redmine:Prefix"] = "L-";
        await world.RestartAsync();
        var (before, notes) = (first.Touched, lifts.Journals.Count);
        (await world.ToTheEndAsync(id)).Resolution.ShouldBeOfType<Resolution.Accepted>();
        await world.PassAsync(TimeSpan.FromMinutes(5));
        await LookAsync(world);
        (first.Touched, first.Journals.Count, first.Status, lifts.Journals.Count).ShouldBe((before, 0, "New", notes));
        world.Thread(id).Count(line => line.Contains("is not set up any more, so nothing is read from or written into this ticket. Ask an administrator to set it up again under this name."))
            .ShouldBe(1, string.Join('\n', world.Thread(id)));
    }

    [Fact]
    public async Task A_ticket_of_a_system_that_is_set_up_again_is_written_with_all_that_happened_meanwhile()
    {
        var (world, _, lifts) = await BeginAsync(out var settings);
        await using var __ = world;
        world.Phone("marcus.reed").Script = new PersonScript.AnswersAndRejects();
        world.Phone("priya.nair").Script = new PersonScript.AnswersAndAccepts();
        var gone = settings.Where(each => each.Key.StartsWith("Tickets:Systems:", StringComparison.Ordinal)).ToList();
        var id = await world.DispatchAsync("L-7", "marcus.reed", "priya.nair");
        foreach (var (name, _) in gone)
            settings.Remove(name);
        await world.RestartAsync();
        await world.PassAsync(5);
        foreach (var (name, value) in gone)
            settings[name] = value;
        await world.RestartAsync();
        await world.ToTheEndAsync(id);
        await world.PassAsync(TimeSpan.FromMinutes(5));
        lifts.Status.ShouldBe("Feedback", string.Join('\n', world.Thread(id)));
    }

    [Fact]
    public async Task Two_tickets_of_one_number_are_two_jobs_and_closing_one_ends_its_own_alone()
    {
        var (world, first, lifts) = await BeginAsync();
        await using var _ = world;
        (world.Phone("marcus.reed").Script, world.Phone("priya.nair").Script) = (new PersonScript.NeverAnswers(), new PersonScript.NeverAnswers());
        var (mine, other) = (await world.DispatchAsync("L-7", "marcus.reed"), await world.DispatchAsync("#7", "priya.nair"));
        await world.PassAsync(5);
        await LookAsync(world);
        lifts.Change("Eve Adams", status: "Closed");
        await LookAsync(world);
        await world.PassAsync(3);
        var state = await world.StateAsync(mine);
        (state.Resolution, state.HasLiveLeg).ShouldBe((new Resolution.CalledOff("the ticket was closed in Redmine (lifts) by Eve Adams (status Closed)"), false));
        world.Thread(mine).ShouldContain("Cancelled: the ticket was closed in Redmine (lifts) by Eve Adams (status Closed). No further calls.");
        (await world.StateAsync(other)).IsClosed.ShouldBeFalse();
        first.Change("Dan Moss", status: "Closed");
        await LookAsync(world);
        (await world.StateAsync(other)).Resolution.ShouldBe(new Resolution.CalledOff("the ticket was closed in Redmine by Dan Moss (status Closed)"));
    }

    [Fact]
    public async Task News_of_one_system_makes_its_own_ticket_be_read_alone()
    {
        var (world, first, lifts) = await BeginAsync();
        await using var _ = world;
        (world.Phone("marcus.reed").Script, world.Phone("priya.nair").Script) = (new PersonScript.NeverAnswers(), new PersonScript.NeverAnswers());
        var (mine, other) = (await world.DispatchAsync("L-7", "marcus.reed"), await world.DispatchAsync("#7", "priya.nair"));
        using var key = await RemoteProgram.WithKeyAsync(world, "rules", "tickets");
        await world.PassAsync(5);
        await LookAsync(world);
        var before = first.Touched;
        lifts.Change("Eve Adams", status: "Closed");
        first.Change("Eve Adams", status: "Closed");
        (await key.SendAsync(HttpMethod.Post, "/api/tickets/LIFTS", """{"issue":{"id":7}}""")).Status.ShouldBe(202);
        await world.App.Get<TicketHints>().LookAsync(default);
        await world.SettleAsync();
        (await world.StateAsync(mine)).Resolution.ShouldBeOfType<Resolution.CalledOff>();
        ((await world.StateAsync(other)).IsClosed, first.Touched).ShouldBe((false, before));
    }

    [Fact]
    public async Task A_system_that_is_down_or_busy_neither_stops_nor_delays_another_one_of_its_kind()
    {
        var (world, first, lifts) = await BeginAsync();
        await using var _ = world;
        var updates = world.App.Get<ITicketUpdates>();
        await world.PassAsync(5);
        first.Refusals = int.MaxValue;
        var many = Enumerable.Range(0, 50).Select(_ => updates.ReadAsync("Redmine", ["#7"], default)).ToList();
        await world.SettleAsync();
        many.ShouldContain(each => !each.IsCompleted, "the first one has used up its pace");
        (await updates.ReadAsync("Redmine (lifts)", ["L-7"], default)).Keys.ShouldBe(["L-7"]);
        await world.PassAsync(20);
        (await Task.WhenAll(many)).ShouldAllBe(read => read.Count == 0);
    }

    [Fact]
    public async Task Each_has_its_own_name_in_every_list_of_systems()
    {
        var (world, _, _) = await BeginAsync();
        await using var __ = world;
        await world.App.Get<TicketSystemsWatch>().CheckAsync(default);
        world.App.Get<TicketSystemsWatch>().Lines().ShouldBe(["Redmine: can be asked", "Redmine (lifts): can be asked"]);
        var summary = world.App.Get<SetupSummary>().Write(world.App.Get<Microsoft.Extensions.Configuration.IConfiguration>());
        summary.ShouldContain("  Tickets      Redmine at localhost\n  Tickets      Redmine (lifts) at localhost\n");
        summary.ShouldContain("/api/tickets/redmine and /api/tickets/lifts");
    }
}
