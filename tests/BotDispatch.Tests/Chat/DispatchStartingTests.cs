using BotDispatch.Chat;
using BotDispatch.Core;

namespace BotDispatch.Tests.Chat;

/// <summary>A dispatch that no dialog asks for: a program does.</summary>
public sealed class DispatchStartingTests
{
    static readonly DispatchId Id = DispatchId.From("api", "7");
    readonly Office office = new();

    [Fact]
    public async Task A_program_starts_a_dispatch_without_a_dialog()
    {
        office.Places = [new("Chat:AlsoIn:0", "Floor", "slack:C0FLOOR", IsByRule: true)];
        office.Restart();
        var policy = new EscalationPolicy { AttemptsPerEmployee = 1 };

        (await Start(Asking("cleo", "bob", "cleo") with { Note = " bring\nthe key ", Policy = policy })).ShouldBe(new StartResult.Started(Id));

        var state = await office.State(Id);
        state.Plan.ShouldBe(new DispatchPlan(
            Id, office.Tickets.Tickets["INC-1042"], "bring the key", state.Plan.Roster, policy, new("slack", "U0DANA", "Dana of Ops"), Office.Ops));
        state.Plan.Roster.ShouldBe([new(new("cleo"), "Cleo Reed", "+447700900103", "en-GB"), new(new("bob"), "Bob Reed", "+447700900102", "de-DE")]);
        state.Mirrors.ShouldHaveSingleItem().Name.ShouldBe("Floor");
    }

    [Fact]
    public async Task The_policy_of_the_settings_is_used_where_none_is_given()
    {
        office.Policy.AttemptsPerEmployee = 2;
        await Start(Asking("ann"));
        (await office.State(Id)).Plan.Policy.ShouldBe(office.Policy.ToPolicy());
    }

    [Fact]
    public async Task The_same_request_again_starts_nothing_and_is_answered_while_the_directory_is_away()
    {
        await Start(Asking("ann"));
        office.People.Instead = Task.FromException<IReadOnlyList<Employee>>(new IOException("the directory is away"));
        (await Start(Asking("bob"))).ShouldBe(new StartResult.Started(Id));
        (await office.State(Id)).Plan.Roster.ShouldHaveSingleItem().Name.ShouldBe("Ann Lee");
    }

    [Fact]
    public async Task Each_fault_of_a_request_is_a_value_and_starts_nothing()
    {
        (await Start(Asking())).ShouldBe(new StartResult.NobodyPicked());
        (await Start(Asking([.. Enumerable.Range(0, 51).Select(number => $"p{number}")]))).ShouldBe(new StartResult.TooManyPeople(51));
        (await Start(Asking("ann") with { Note = new string('x', 501) })).ShouldBe(new StartResult.NoteTooLong(501));
        (await Start(Asking("ann", "zoe"))).ShouldBeOfType<StartResult.NotInDirectory>().People.ShouldBe([new("zoe")]);
        (await Start(Asking("ann", "tom"))).ShouldBeOfType<StartResult.CannotBePhoned>().Employee.Name.ShouldBe("Tom Okafor");
        (await Start(Asking("ann") with { AlsoIn = ["Moon"] })).ShouldBeOfType<StartResult.PlaceRefused>();
        office.People.Instead = Task.FromException<IReadOnlyList<Employee>>(new IOException("the directory is away"));
        (await Start(Asking("ann"))).ShouldBe(new StartResult.DirectoryUnavailable());
        (await office.Engine.ListOpenAsync(CancellationToken.None)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_ticket_that_is_being_dispatched_is_answered_with_that_dispatch()
    {
        var open = await office.Start("INC-1042", "ann");
        (await Start(Asking("bob"))).ShouldBeOfType<StartResult.TicketIsOpen>().Other.Plan.Id.ShouldBe(open);
    }

    [Fact]
    public async Task A_closed_dispatch_continues_in_its_own_thread_and_is_replaced_once()
    {
        var old = await office.Start("INC-1042", "ann");
        await office.Press(old, CardAction.Cancel);
        var request = Asking("bob") with { Channel = new("slack", "C0ELSEWHERE"), Replaced = await office.State(old) };

        (await Start(request)).ShouldBe(new StartResult.Started(Id));
        var plan = (await office.State(Id)).Plan;
        (plan.Channel, plan.Replaces).ShouldBe((Office.Ops, old));

        await office.Press(Id, CardAction.Cancel);
        (await Start(request with { Id = DispatchId.From("api", "8") })).ShouldBe(new StartResult.WasReplaced(Id));
    }

    StartRequest Asking(params string[] people) => new(
        Id, office.Tickets.Tickets["INC-1042"], [.. people.Select(each => new EmployeeId(each))], null,
        new("slack", "U0DANA", "Dana\nof Ops"), Office.Ops);

    async Task<StartResult> Start(StartRequest request)
    {
        using var budget = office.Lookups.Begin(TimeSpan.FromSeconds(2), CancellationToken.None);
        return await office.Starting.StartAsync(request, budget);
    }
}
