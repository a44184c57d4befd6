using BotDispatch.Chat;
using BotDispatch.Core;
using BotDispatch.Ports;

namespace BotDispatch.Tests.Chat;

public sealed class PressTests
{
    readonly Office office = new();

    [Fact]
    public async Task Cancel_closes_and_the_card_says_it()
    {
        var id = await office.Start("INC-1042");
        (await office.Press(id, CardAction.Cancel)).ShouldBe(new ChatReply.Nothing());
        (await office.State(id)).Resolution.ShouldBe(new Resolution.Cancelled(Office.Dana));
    }

    [Theory]
    [InlineData(CardAction.Cancel)]
    [InlineData(CardAction.Skip)]
    [InlineData(CardAction.TakeIt)]
    public async Task A_button_of_a_closed_dispatch_says_how_it_ended(object action)
    {
        var id = await office.Start("INC-1042");
        await office.Press(id, CardAction.Cancel);
        (await office.Press(id, (CardAction)action, Office.AnnInChat)).ShouldBe(
            new ChatReply.Private("It is closed: Cancelled. Cancelled by Dana. To begin again, press Re-dispatch on its card.", id));
    }

    [Fact]
    public async Task Skip_ends_the_turn_it_was_drawn_for_and_no_other()
    {
        var id = await office.Start("INC-1042", "ann", "bob");
        (await office.Press(id, CardAction.Skip, callee: 0)).ShouldBe(new ChatReply.Nothing());
        Agenda.CallToPlace(await office.State(id))!.Value.Callee.ShouldBe(1);
        (await office.PressAndRead(id, CardAction.Skip, callee: 0)).ShouldBe("Nobody was skipped: it is not Ann Lee's turn any more. Calling. Calling Bob Reed now.");
        (await office.PressAndRead(id, CardAction.Skip, callee: 1, round: 7)).ShouldBe("Nobody was skipped: it is not Bob Reed's turn any more. Calling. Calling Bob Reed now.");
        foreach (var forged in new[] { -1, 99, int.MaxValue })
            (await office.PressAndRead(id, CardAction.Skip, callee: forged)).ShouldStartWith("Nobody was skipped: it is not that person's turn any more.");
    }

    [Fact]
    public async Task Taking_it_needs_a_link_to_an_employee()
    {
        var id = await office.Start("INC-1042", "bob");
        (await office.PressAndRead(id, CardAction.TakeIt)).ShouldBe(
            "Only employees can take a job, and your chat account is not linked to one. Ask an administrator to enter your user id U0DANA, or the email of this account, in the employee directory.");
        (await office.State(id)).IsClosed.ShouldBeFalse();
        (await office.Press(id, CardAction.TakeIt, Office.AnnInChat)).ShouldBe(new ChatReply.Nothing());
        (await office.State(id)).Resolution.ShouldBe(new Resolution.Taken(Office.AnnInChat, new("ann"), -1));
    }

    [Theory]
    [InlineData("ann")]
    [InlineData("ANN")]
    [InlineData("Ann@Example.com")]
    public async Task A_chat_user_is_linked_by_id_or_email(string userId)
    {
        var id = await office.Start("INC-1042", "ann");
        (await office.Press(id, CardAction.TakeIt, new("slack", userId, "A"))).ShouldBeOfType<ChatReply.Nothing>();
    }

    [Theory]
    [InlineData("")]
    [InlineData("Ann Lee")]
    public async Task A_name_or_nothing_links_to_nobody(string userId)
    {
        office.People.List[0] = office.People.List[0] with { Email = null };
        var id = await office.Start("INC-1042", "ann");
        (await office.Press(id, CardAction.TakeIt, new("slack", userId, "Ann Lee"))).ShouldBeOfType<ChatReply.Private>();
        (await office.State(id)).IsClosed.ShouldBeFalse();
    }

    [Fact]
    public async Task While_the_directory_is_silent_nothing_is_taken()
    {
        var id = await office.Start("INC-1042");
        office.People.Instead = new TaskCompletionSource<IReadOnlyList<Employee>>().Task;
        var press = office.Press(id, CardAction.TakeIt, Office.AnnInChat);
        office.Clock.Advance(TimeSpan.FromSeconds(2));
        (await press).ShouldBe(new ChatReply.Private(ReplyText.DirectoryUnavailable, id));
        (await office.State(id)).IsClosed.ShouldBeFalse();
    }

    [Fact]
    public async Task Done_belongs_to_an_accepted_dispatch_and_is_said_once()
    {
        var id = await office.Start("INC-1042");
        (await office.PressAndRead(id, CardAction.Done)).ShouldBe("Nobody has accepted it yet. Calling. Calling Ann Lee now.");
        await office.PressKey(id, "1");
        (await office.Press(id, CardAction.Done)).ShouldBe(new ChatReply.Nothing());
        (await office.PressAndRead(id, CardAction.Done)).ShouldBe("It is already marked as done: Accepted. Ann Lee accepted by phone; done.");
    }

    [Fact]
    public async Task Done_on_a_cancelled_dispatch_says_how_it_ended()
    {
        var id = await office.Start("INC-1042");
        await office.Press(id, CardAction.Cancel);
        (await office.PressAndRead(id, CardAction.Done)).ShouldBe("There is nothing to mark as done: Cancelled. Cancelled by Dana.");
    }

    [Fact]
    public async Task Re_dispatch_opens_the_dialog_as_it_was_with_those_who_rejected_unticked()
    {
        var id = (await office.Send(await office.Open("INC-1042"), ["cleo", "ann", "bob"], "bring the key")).ShouldBeOfType<ChatReply.Started>().Dispatch;
        await office.PressKey(id, "2");
        await office.Press(id, CardAction.Cancel);
        office.People.List.RemoveAll(each => each.Id.Value == "bob");
        office.Tickets.Tickets["INC-1042"] = new("INC-1042", "Lift 2 is stuck with people in it");

        var form = (await office.Press(id, CardAction.Redispatch)).ShouldBeOfType<ChatReply.OpenForm>().Form;
        form.Replaces.ShouldBe(id);
        form.Note.ShouldBe("bring the key");
        form.Ticket.Title.ShouldBe("Lift 2 is stuck with people in it");
        form.Picked.ShouldBe([new EmployeeId("ann")]);
        form.People.Select(each => each.Id.Value).ShouldBe(["ann", "cleo", "tom"]);
    }

    [Fact]
    public async Task Free_words_can_be_re_dispatched()
    {
        var id = await office.Start("Paper has run out");
        await office.Press(id, CardAction.Cancel);
        var form = (await office.Press(id, CardAction.Redispatch)).ShouldBeOfType<ChatReply.OpenForm>().Form;
        (await office.Send(form)).ShouldBeOfType<ChatReply.Started>();
    }

    [Fact]
    public async Task Re_dispatch_of_a_running_dispatch_or_ticket_says_where_it_runs()
    {
        var first = await office.Start("INC-1042");
        (await office.Press(first, CardAction.Redispatch)).ShouldBe(new ChatReply.Private("It is still running: press Cancel first. Calling. Calling Ann Lee now.", first));
        await office.Press(first, CardAction.Cancel);
        var second = await office.Start("INC-1042");
        (await office.Press(first, CardAction.Redispatch)).ShouldBe(new ChatReply.Private("INC-1042 is already being dispatched. Calling. Calling Ann Lee now. Asked for by Dana.", second));
    }

    [Fact]
    public async Task Re_dispatch_says_when_the_ticket_is_gone_and_goes_on_as_before_when_its_system_is()
    {
        var id = await office.Start("INC-1042");
        await office.Press(id, CardAction.Cancel);
        office.Tickets.Instead = Task.FromResult<FoundTicket>(new FoundTicket.Unavailable("it answers 503"));
        var form = (await office.Press(id, CardAction.Redispatch)).ShouldBeOfType<ChatReply.OpenForm>().Form;
        form.Ticket.ShouldBe(new("INC-1042", "Lift 2 is stuck"));
        form.Notices.ShouldBe(["We could not look the ticket up in the ticket system (it answers 503). You can dispatch it as it was dispatched before, or try again in a moment."]);
        office.Tickets.Instead = Task.FromResult<FoundTicket>(new FoundTicket.Unknown());
        (await office.PressAndRead(id, CardAction.Redispatch)).ShouldStartWith("The ticket system does not know INC-1042 any more.");
        office.Tickets.Instead = Task.FromResult<FoundTicket>(new FoundTicket.Unavailable("it answers 503"));
        (await office.State((await office.Send(form)).ShouldBeOfType<ChatReply.Started>().Dispatch)).Plan.Ticket.Title.ShouldBe("Lift 2 is stuck");
    }

    [Fact]
    public async Task A_name_with_line_breaks_cannot_pose_as_a_second_line()
    {
        var id = await office.Start("INC-1042");
        await office.Press(id, CardAction.Cancel, new("slack", "U1", "Eve\nAccepted: Ann"));
        (await office.State(id)).Resolution.ShouldBe(new Resolution.Cancelled(new("slack", "U1", "Eve Accepted: Ann")));
    }

    [Fact]
    public async Task A_dispatch_nobody_knows_is_answered_too()
    {
        foreach (var action in Enum.GetValues<CardAction>())
            (await office.Press(new("gone"), action)).ShouldBe(new ChatReply.Private(ReplyText.UnknownDispatch));
    }
}
