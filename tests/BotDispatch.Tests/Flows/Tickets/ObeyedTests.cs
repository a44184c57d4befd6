using System.Net;
using BotDispatch.Core;
using BotDispatch.Dispatching;
using BotDispatch.Simulator;

namespace BotDispatch.Tests.Flows.Tickets;

/// <summary>What somebody does with the ticket in its own system counts while people are called for it.</summary>
public sealed class ObeyedTests
{
    static async Task LookAsync(World world)
    {
        await world.App.Get<TicketWatch>().LookAsync(default);
        await world.SettleAsync();
    }

    static async Task<(World World, PretendRedmine Redmine, DispatchId Id)> RingingAsync(params (string, string)[] settings)
    {
        var (world, redmine) = await WriteBackTests.BeginAsync(settings);
        world.Phone("marcus.reed").Script = new PersonScript.NeverAnswers();
        var id = await world.DispatchAsync("#7", "marcus.reed", "priya.nair");
        await world.PassAsync(5);
        (await world.StateAsync(id)).HasLiveLeg.ShouldBeTrue();
        await LookAsync(world);
        (await world.StateAsync(id)).IsClosed.ShouldBeFalse("nothing has changed");
        return (world, redmine, id);
    }

    [Fact]
    public async Task A_ticket_that_is_closed_while_a_phone_rings_stops_it_and_the_thread_says_who_closed_it()
    {
        var (world, redmine, id) = await RingingAsync();
        await using var _ = world;
        redmine.Change("Eve Adams", status: "Closed");
        await LookAsync(world);
        await world.PassAsync(3);
        var state = await world.StateAsync(id);
        state.Resolution.ShouldBe(new Resolution.CalledOff("the ticket was closed in Redmine by Eve Adams (status Closed)"));
        state.HasLiveLeg.ShouldBeFalse();
        world.Thread(id).ShouldContain("Cancelled: the ticket was closed in Redmine by Eve Adams (status Closed). No further calls.");
        world.CallsTo("priya.nair").ShouldBeEmpty();
    }

    [Fact]
    public async Task Somebody_on_the_phone_hears_that_the_job_is_no_longer_needed()
    {
        var (world, redmine) = await WriteBackTests.BeginAsync();
        await using var _ = world;
        world.Phone("marcus.reed").Script = new PersonScript.SaysNothing();
        var id = await world.DispatchAsync("#7", "marcus.reed");
        await world.PassAsync(8);
        await LookAsync(world);
        redmine.Change("Eve Adams", status: "Rejected");
        await LookAsync(world);
        await world.PassAsync(10);
        world.SpokenTo("marcus.reed").ShouldContain(words => words.Contains("no longer needed", StringComparison.Ordinal));
        (await world.StateAsync(id)).HasLiveLeg.ShouldBeFalse();
    }

    [Fact]
    public async Task A_ticket_that_somebody_else_got_stops_the_ringing()
    {
        var (world, redmine, id) = await RingingAsync();
        await using var _ = world;
        redmine.Change("Eve Adams", assignee: 44);
        await LookAsync(world);
        (await world.StateAsync(id)).Resolution.ShouldBe(new Resolution.CalledOff("the ticket was assigned to User 44 in Redmine"));
    }

    [Fact]
    public async Task A_ticket_that_was_lowered_stops_the_ringing_and_one_that_was_raised_does_not()
    {
        var (world, redmine, id) = await RingingAsync();
        await using var _ = world;
        redmine.Change("Eve Adams", priority: "Urgent");
        await LookAsync(world);
        (await world.StateAsync(id)).IsClosed.ShouldBeFalse();
        redmine.Change("Eve Adams", priority: "Low");
        await LookAsync(world);
        (await world.StateAsync(id)).Resolution.ShouldBe(new Resolution.CalledOff("its priority was lowered from Urgent to Low in Redmine"));
    }

    [Fact]
    public async Task A_changed_text_is_what_the_next_call_speaks_and_the_thread_says_what_differs()
    {
        var (world, redmine, id) = await RingingAsync();
        await using var _ = world;
        redmine.Change("Eve Adams", title: "Lift 3 is stuck");
        await LookAsync(world);
        world.Thread(id).ShouldContain(line => line.StartsWith("Changed in Redmine: title “Lift 2 is stuck” is now “Lift 3 is stuck”.", StringComparison.Ordinal));
        await world.PassAsync(30);
        world.Phone("marcus.reed").Script = new PersonScript.AnswersAndAccepts();
        await world.ToTheEndAsync(id);
        world.SpokenTo("marcus.reed").ShouldContain(words => words.Contains("Lift 3 is stuck", StringComparison.Ordinal));
        world.SpokenTo("marcus.reed").ShouldNotContain(words => words.Contains("Lift 2 is stuck", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_changed_text_that_cannot_be_read_at_first_is_read_the_next_time()
    {
        var (world, redmine, id) = await RingingAsync();
        await using var _ = world;
        redmine.Change("Eve Adams", title: "Lift 3 is stuck");
        redmine.IsTextDown = true;
        await LookAsync(world);
        (await world.StateAsync(id)).Plan.Ticket.Title.ShouldBe("Lift 2 is stuck");
        redmine.IsTextDown = false;
        await LookAsync(world);
        (await world.StateAsync(id)).Plan.Ticket.Title.ShouldBe("Lift 3 is stuck");
    }

    [Theory]
    [InlineData(HttpStatusCode.NotFound), InlineData(HttpStatusCode.Forbidden)]
    public async Task A_ticket_that_can_no_longer_be_read_is_said_once_and_the_ringing_goes_on(HttpStatusCode status)
    {
        var (world, redmine, id) = await RingingAsync();
        await using var _ = world;
        redmine.Issue = status;
        await LookAsync(world);
        await LookAsync(world);
        (await world.StateAsync(id)).IsClosed.ShouldBeFalse();
        world.Thread(id).Count(line => line.StartsWith("#7 can no longer be read in Redmine", StringComparison.Ordinal)).ShouldBe(1);
    }

    [Fact]
    public async Task What_happened_while_no_process_ran_counts_when_one_runs_again()
    {
        var (world, redmine, id) = await RingingAsync();
        await using var _ = world;
        redmine.Change("Eve Adams", assignee: 44);
        await world.RestartAsync();
        await LookAsync(world);
        (await world.StateAsync(id)).Resolution.ShouldBe(new Resolution.CalledOff("the ticket was assigned to User 44 in Redmine"));
    }

    [Fact]
    public async Task A_ticket_that_was_closed_before_it_was_dispatched_is_dispatched_all_the_same()
    {
        var (world, redmine) = await WriteBackTests.BeginAsync();
        await using var _ = world;
        redmine.Change("Eve Adams", status: "Closed");
        redmine.ClosedLongAgo = true;
        var id = await world.DispatchAsync("#7", "marcus.reed");
        await LookAsync(world);
        await LookAsync(world);
        (await world.StateAsync(id)).IsClosed.ShouldBeFalse();
    }

    [Theory]
    [InlineData("Feedback"), InlineData("Closed")]
    public async Task Our_own_status_and_assignee_are_nobodys_change_and_a_later_end_frees_the_person(string statusOnAccepted)
    {
        var (world, redmine) = await WriteBackTests.BeginAsync(
            ("Tickets:Redmine:StatusOnAccepted", statusOnAccepted), ("Tickets:Redmine:AssignOnAccepted", "true"), ("Tickets:Redmine:Users:priya.nair@example.com", "12"));
        await using var _ = world;
        world.Phone("priya.nair").Script = new PersonScript.AnswersAndAccepts();
        var id = await world.DispatchAsync("#7", "priya.nair");
        await LookAsync(world);
        await world.ToTheEndAsync(id);
        await world.PassAsync(60);
        (redmine.Status, redmine.Assignee).ShouldBe((statusOnAccepted, 12));
        await LookAsync(world);
        (await world.StateAsync(id)).Resolution.ShouldBe(new Resolution.Accepted(new(id, 0, 1)));
        redmine.Change("Eve Adams", status: "Rejected");
        await world.PassAsync(60);
        await LookAsync(world);
        if (statusOnAccepted == "Feedback")
        {
            (await world.StateAsync(id)).Resolution.ShouldBe(new Resolution.Accepted(new(id, 0, 1), IsDone: true));
            world.Thread(id)[^1].ShouldBe("Done: the ticket was closed in Redmine by Eve Adams (status Rejected).");
        }
    }

    [Fact]
    public async Task Watching_can_be_switched_off()
    {
        var (world, redmine, id) = await RingingAsync(("Tickets:Redmine:Watch", "false"));
        await using var _ = world;
        redmine.Change("Eve Adams", status: "Closed");
        await LookAsync(world);
        (await world.StateAsync(id)).IsClosed.ShouldBeFalse();
    }
}
