using BotDispatch.Core;
using BotDispatch.Ports;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace BotDispatch.Tests.Flows.Teams;

/// <summary>The ticket system, the directory or the telephone company is slow: what waits for an answer gets one within three seconds all the same.</summary>
public sealed class TeamsSlownessTests
{
    static readonly TimeSpan Soon = TimeSpan.FromSeconds(3);

    [Fact]
    public async Task A_dialog_opens_in_time_while_the_ticket_system_sleeps_and_fills_when_it_wakes()
    {
        var tickets = new SlowTickets();
        await using var world = await TeamsWorld.BeginAsync(services: services => Replace<ITicketSource>(services, tickets));
        await world.Dana.CommandInAsync(world.Ops, "dispatchCompose");
        world.Dana.Dialog.ShouldNotBeNull().Form.Fill("what", "INC-1042");
        var sending = world.Dana.SubmitAsync("Next");
        await world.World.PassAsync(3);
        await sending;
        world.Dana.Dialog.ShouldNotBeNull().Words.ShouldContain("slow just now");
        world.Dana.Dialog.Buttons.ShouldBe(["Try again"]);

        tickets.Answer.SetResult(new FoundTicket.Found(new("INC-1042", "Lift 2 is stuck")));
        await world.World.PassAsync(1);
        await world.Dana.SubmitAsync("Try again");
        world.Dana.Dialog.ShouldNotBeNull().Words.ShouldContain("Lift 2 is stuck");
        await world.SendAsync(world.Dana, "Ann Lee");
        world.Card.Words.ShouldContain("INC-1042");
        InTime(world);
    }

    [Fact]
    public async Task A_command_in_a_message_waits_for_the_ticket_system_and_is_answered_then()
    {
        var tickets = new SlowTickets();
        await using var world = await TeamsWorld.BeginAsync(services: services => Replace<ITicketSource>(services, tickets));
        var written = await world.Dana.SayAsync("@BotDispatch dispatch INC-1042", world.Ops);
        await world.World.PassAsync(8);
        tickets.Answer.SetResult(new FoundTicket.Found(new("INC-1042", "Lift 2 is stuck")));
        await world.World.PassAsync(2);
        world.Ops.RepliesTo(written).ShouldHaveSingleItem().Words.ShouldContain("Lift 2 is stuck");
        InTime(world);
    }

    [Fact]
    public async Task A_ticket_system_that_never_answers_is_said_in_the_thread()
    {
        await using var world = await TeamsWorld.BeginAsync(services: services => Replace<ITicketSource>(services, new SlowTickets()));
        var written = await world.Dana.SayAsync("@BotDispatch dispatch INC-1042", world.Ops);
        await world.World.PassAsync(40);
        world.Ops.RepliesTo(written).ShouldHaveSingleItem().Words.ShouldContain("ticket system");
        InTime(world);
    }

    [Fact]
    public async Task A_directory_that_sleeps_keeps_no_dialog_no_search_and_no_press_waiting()
    {
        var directory = new SlowDirectory();
        await using var world = await TeamsWorld.BeginAsync(services: directory.Hide);
        var asked = await world.AskAsync(world.Dana, "@BotDispatch dispatch INC-1042", world.Ops);
        var dialog = await world.OpenAsync(world.Dana, asked);
        await world.Dana.PickAsync(dialog.Form, "people", "Ann Lee");
        directory.IsAsleep = true;
        await world.World.PassAsync(TimeSpan.FromMinutes(11));

        var searching = world.Dana.SearchAsync(dialog.Form, "people", "mar");
        await world.World.PassAsync(3);
        (await searching).ShouldBeEmpty();
        var opening = world.Priya.PressAsync(asked, "Choose people");
        await world.World.PassAsync(3);
        await opening;
        var sending = world.Dana.SubmitAsync("Dispatch");
        await world.World.PassAsync(3);
        await sending;
        world.Dana.Dialog.ShouldNotBeNull();
        InTime(world);

        directory.IsAsleep = false;
        await world.World.PassAsync(30);
        await world.Dana.SubmitAsync(world.Dana.Dialog.Buttons[0]);
        await world.World.PassAsync(5);
        world.Card.Words.ShouldContain("INC-1042");
        world.World.CallsTo("ann.lee").ShouldHaveSingleItem();
        InTime(world);
    }

    [Fact]
    public async Task A_directory_that_is_always_too_slow_is_used_all_the_same_by_trying_again()
    {
        var directory = new SlowDirectory();
        await using var world = await TeamsWorld.BeginAsync(services: directory.Hide);
        directory.Takes = TimeSpan.FromSeconds(4);
        var written = await world.Dana.SayAsync("@BotDispatch dispatch INC-1042", world.Ops);
        await world.World.PassAsync(8);
        await WaitingAsync(() => world.Dana.PressAsync(world.Ops.RepliesTo(written).ShouldHaveSingleItem(), "Choose people"));
        await WaitingAsync(() => world.Dana.SubmitAsync("Try again"));
        await world.Dana.PickAsync(world.Dana.Dialog!.Form, "people", "Ann Lee");
        await WaitingAsync(() => world.Dana.SubmitAsync("Dispatch"));
        world.Dana.Dialog.ShouldNotBeNull().Words.ShouldContain("press Dispatch again in a moment");
        await WaitingAsync(() => world.Dana.SubmitAsync("Dispatch"));
        world.Dana.Dialog.ShouldBeNull();
        await WaitingAsync(() => world.Priya.PressAsync(world.Card, "I take it"));
        await WaitingAsync(() => world.Priya.PressAsync(world.Card, "I take it"));
        world.Card.Words.ShouldContain("Taken by Priya Nair");
        InTime(world);

        async Task WaitingAsync(Func<Task> act)
        {
            var acting = act();
            await world.World.PassAsync(6);
            await acting;
        }
    }

    [Fact]
    public async Task A_telephone_company_that_answers_late_keeps_no_press_waiting()
    {
        await using var world = await TeamsTelling.BeginAsync();
        world.World.Routee.Disorder.PostAnswerDelay = TimeSpan.FromSeconds(8);
        var card = await world.DispatchAsync("@BotDispatch dispatch INC-1042", "Marcus Reed", "Ann Lee");
        await world.PressAsync(world.Priya, card, "Skip");
        await world.PressAsync(world.Priya, card, "I take it");
        card.SeenBy(world.Priya.Person).Words.ShouldContain("Taken by Priya Nair");
        await world.World.PassAsync(60);
        card.Words.ShouldContain("Taken by Priya Nair");
        InTime(world);
    }

    static void InTime(TeamsWorld world)
    {
        world.Teams.Courier.Deliveries.ShouldAllBe(each => each.Answer.WasAccepted && each.Answer.Took <= Soon);
        world.Teams.Complaints.ShouldBeEmpty();
    }

    static void Replace<T>(IServiceCollection services, T other) where T : class
    {
        services.RemoveAll<T>();
        services.AddSingleton(other);
    }

    sealed class SlowTickets : ITicketSource
    {
        public TaskCompletionSource<FoundTicket> Answer { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task<FoundTicket> FindAsync(string reference, CancellationToken ct) => Answer.Task.WaitAsync(ct);

        public Task<IReadOnlyList<Ticket>> SuggestAsync(string typed, int most, CancellationToken ct) => Task.FromResult<IReadOnlyList<Ticket>>([]);
    }

    sealed class SlowDirectory : IEmployeeDirectory
    {
        IEmployeeDirectory? real;
        TimeProvider? clock;

        public bool IsAsleep { get; set; }

        public TimeSpan Takes { get; set; }

        /// <summary>Stands before the one that is there.</summary>
        public void Hide(IServiceCollection services)
        {
            var before = services.Last(each => each.ServiceType == typeof(IEmployeeDirectory));
            services.Remove(before);
            services.AddSingleton<IEmployeeDirectory>(provider =>
            {
                (real, clock) = ((IEmployeeDirectory)before.ImplementationFactory!(provider), provider.GetRequiredService<TimeProvider>());
                return this;
            });
        }

        /// <summary>With more people than a dialog can offer, so that it asks for those who are typed.</summary>
        public async Task<IReadOnlyList<Employee>> ListAsync(CancellationToken ct)
        {
            if (IsAsleep)
                await Task.Delay(Timeout.InfiniteTimeSpan, ct);
            if (Takes > TimeSpan.Zero)
                await Task.Delay(Takes, clock!, ct);
            return [.. await real!.ListAsync(ct), .. Enumerable.Range(1, 120).Select(n => new Employee(new($"crowd-{n}"), $"Person {n}", null, $"+447700900{n:000}", "en-GB", "Europe/London", []))];
        }
    }
}
