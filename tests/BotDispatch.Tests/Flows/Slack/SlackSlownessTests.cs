using BotDispatch.Core;
using BotDispatch.Ports;
using BotDispatch.PretendSlack.Driver;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace BotDispatch.Tests.Flows.Slack;

/// <summary>The ticket system is slow or broken: the dialog opens within Slack's three seconds all the same.</summary>
public sealed class SlackSlownessTests
{
    [Fact]
    public async Task A_loading_view_comes_first_and_becomes_the_dialog()
    {
        var tickets = new SlowTickets();
        await using var world = await SlackWorld.BeginAsync(services: services => Replace(services, tickets));
        var typing = world.Dana.TypeAsync("/dispatch INC-1042", world.Ops);
        await world.World.PassAsync(2);
        await typing;
        var dialog = world.Dana.Dialog.ShouldNotBeNull();
        dialog.Content["submit"].ShouldBeNull();

        tickets.Answer.SetResult(new FoundTicket.Found(new("INC-1042", "Lift 2 is stuck")));
        await world.World.PassAsync(1);
        world.Dana.Dialog!.Id.ShouldBe(dialog.Id);
        world.Dana.Dialog.Words.ShouldContain("Lift 2 is stuck");
        await world.Dana.PickAsync(world.Dana.Dialog, "people", "Ann Lee");
        (await world.Dana.SubmitAsync(world.Dana.Dialog)).ShouldBeOfType<Submitted.Closed>();
        world.Slack.Complaints.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_ticket_system_that_never_answers_is_said_in_a_dialog_that_can_be_sent()
    {
        var tickets = new SlowTickets();
        await using var world = await SlackWorld.BeginAsync(services: services => Replace(services, tickets));
        var typing = world.Dana.TypeAsync("/dispatch INC-1042", world.Ops);
        await world.World.PassAsync(30);
        await typing;
        SlackWorld.Read(world.Dana.Dialog.ShouldNotBeNull().Words).ShouldContain("ticket system");
        world.Dana.Dialog.Content["submit"].ShouldNotBeNull();
        world.Slack.Complaints.ShouldBeEmpty();
    }

    static void Replace(IServiceCollection services, ITicketSource tickets)
    {
        services.RemoveAll<ITicketSource>();
        services.AddSingleton(tickets);
    }

    sealed class SlowTickets : ITicketSource
    {
        public TaskCompletionSource<FoundTicket> Answer { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task<FoundTicket> FindAsync(string reference, CancellationToken ct) => Answer.Task.WaitAsync(ct);

        public Task<IReadOnlyList<Ticket>> SuggestAsync(string typed, int most, CancellationToken ct) => Task.FromResult<IReadOnlyList<Ticket>>([]);
    }
}
