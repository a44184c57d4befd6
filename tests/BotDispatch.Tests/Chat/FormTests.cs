using BotDispatch.Chat;
using BotDispatch.Core;
using BotDispatch.Ports;

namespace BotDispatch.Tests.Chat;

/// <summary>Messages that become dialogs, dialogs that are drawn again, and links between chat and directory.</summary>
public sealed class FormTests
{
    const string Link = "https://chat.example.com/m/1";
    readonly Office office = new();

    [Theory]
    [InlineData("INC-1042 is back", "INC-1042")]
    [InlineData("see inc\u20131042, again INC-1042!", "INC-1042")]
    [InlineData("like OPS-9999 but INC-1042", "INC-1042")]
    [InlineData("INC-1042 or OPS-7?", null)]
    [InlineData("COVID-19 tests have run out", null)]
    [InlineData("cancel everything", null)]
    [InlineData("XINC-1042-9 hums", null)]
    public async Task A_message_is_the_one_ticket_it_speaks_of_or_else_its_words(string message, string? ticket)
    {
        var form = (await Message(message)).ShouldBeOfType<ChatReply.OpenForm>().Form;
        form.Ticket.ShouldBe(ticket is null ? new Ticket(message, message, Link: Link, IsFreeText: true) : office.Tickets.Tickets[ticket]);
    }

    [Fact]
    public async Task A_long_message_is_shortened_to_one_line()
    {
        var form = (await Message(string.Join('\n', Enumerable.Repeat("Lift 2 hums.", 100)))).ShouldBeOfType<ChatReply.OpenForm>().Form;
        form.Ticket.Reference.Length.ShouldBeLessThanOrEqualTo(300);
        form.Ticket.Reference.ShouldStartWith("Lift 2 hums. Lift 2 hums.");
        form.Ticket.Reference.ShouldEndWith("…");
        var id = (await office.Send(form)).ShouldBeOfType<ChatReply.Started>().Dispatch;
        (await office.State(id)).Plan.Ticket.ShouldBe(form.Ticket);
    }

    [Theory]
    [InlineData("javascript:alert(1)")]
    [InlineData("not a link")]
    [InlineData("")]
    [InlineData(null)]
    public async Task Only_a_link_that_a_browser_follows_safely_is_kept(string? link) =>
        (await office.Commands.MessageAsync(Office.Dana, Office.Ops, "Lift 2 hums", link, new("d"), default)).ShouldBeOfType<ChatReply.OpenForm>().Form.Ticket.Link.ShouldBeNull();

    [Fact]
    public async Task A_message_goes_on_while_the_ticket_system_is_silent()
    {
        office.Tickets.Instead = Task.FromResult<FoundTicket>(new FoundTicket.Unavailable("it answers 503"));
        (await Message("INC-1042 is back")).ShouldBeOfType<ChatReply.OpenForm>().Form.Ticket.IsFreeText.ShouldBeTrue();
    }

    [Fact]
    public async Task A_re_dispatch_keeps_the_link_of_its_words()
    {
        var id = (await office.Send((await Message("Lift 2 hums")).ShouldBeOfType<ChatReply.OpenForm>().Form)).ShouldBeOfType<ChatReply.Started>().Dispatch;
        await office.Press(id, CardAction.Cancel);
        var form = (await office.Press(id, CardAction.Redispatch)).ShouldBeOfType<ChatReply.OpenForm>().Form;
        form.Ticket.Link.ShouldBe(Link);
        var again = (await office.Submitting.SubmitAsync(new(form.FormId, Office.Dana, Office.Ops, form.Ticket.Reference, form.Picked, null, id), default)).ShouldBeOfType<ChatReply.Started>();
        (await office.State(again.Dispatch)).Plan.Ticket.Link.ShouldBe(Link);
    }

    [Fact]
    public async Task An_open_dialog_is_drawn_again_with_what_is_filled_in_now()
    {
        var form = await office.Open("INC-1042 @ann");
        var again = (await Again(form, " use\ngate B ", "bob")).ShouldNotBeNull();
        (again.FormId, again.ExpiresAt, again.Note).ShouldBe((form.FormId, form.ExpiresAt, "use gate B"));
        again.Picked.ShouldBe([new EmployeeId("bob")]);
        again.People[1].SpokenPreview.ShouldBe("[de-DE] Lift 2 is stuckuse gate B");
    }

    [Fact]
    public async Task It_is_not_drawn_where_it_is_foreign_too_old_or_nobody_answers()
    {
        var form = await office.Open("INC-1042");
        (await Again(form with { FormId = "x" }, null)).ShouldBeNull();
        office.Tickets.Instead = Task.FromResult<FoundTicket>(new FoundTicket.Unavailable("no"));
        (await Again(form, null)).ShouldBeNull();
        office.Tickets.Instead = null;
        office.People.Instead = Task.FromException<IReadOnlyList<Employee>>(new IOException("no"));
        (await Again(form, null)).ShouldBeNull();
        office.People.Instead = null;
        office.Clock.Advance(TimeSpan.FromMinutes(30));
        (await Again(form, null)).ShouldBeNull();
    }

    [Fact]
    public async Task Someone_is_linked_by_the_email_their_chat_knows_only_where_nothing_else_links_them()
    {
        var asked = 0;
        office.EmailOf = _ => Task.FromResult<string?>(asked++ == 0 ? "bob@example.com" : null);
        var id = await office.Start("INC-1042", "cleo");
        await office.Press(id, CardAction.TakeIt, new("slack", "T0ACME/U0BOB", "Bob"));
        (await office.State(id)).Resolution.ShouldBeOfType<Resolution.Taken>().Employee.ShouldBe(new EmployeeId("bob"));
        var other = await office.Start("OPS-7", "cleo");
        await office.Press(other, CardAction.TakeIt, new("slack", "T0ACME/ann", "Ann"));
        (await office.State(other)).Resolution.ShouldBeOfType<Resolution.Taken>().Employee.ShouldBe(new EmployeeId("ann"));
        asked.ShouldBe(1);
    }

    [Fact]
    public async Task While_the_chat_cannot_be_asked_nobody_is_called_unlinked_and_no_list_lets_them_in()
    {
        var id = await office.Start("INC-1042");
        office.EmailOf = _ => new TaskCompletionSource<string?>().Task;
        var press = office.Press(id, CardAction.TakeIt);
        office.Clock.Advance(TimeSpan.FromSeconds(2));
        (await press).ShouldBe(new ChatReply.Private(ReplyText.ChatUnavailable, id));
        office.EmailOf = _ => throw new HttpRequestException("unreachable");
        office.Access.Cancel = ["ann"];
        (await office.PressAndRead(id, CardAction.Cancel)).ShouldBe(ReplyText.ChatUnavailable);
    }

    [Fact]
    public async Task A_patient_delivery_is_waited_for_as_long_as_it_says()
    {
        var ticket = new TaskCompletionSource<FoundTicket>();
        office.Tickets.Instead = ticket.Task;
        var typed = office.Commands.CommandAsync(Office.Dana, Office.Ops, "INC-1042", new Delivery("d", TimeSpan.FromSeconds(20)), default);
        office.Clock.Advance(TimeSpan.FromSeconds(19));
        ticket.SetResult(new FoundTicket.Found(new("INC-1042", "Lift 2 is stuck")));
        (await typed).ShouldBeOfType<ChatReply.OpenForm>();
    }

    Task<ChatReply> Message(string text) => office.Commands.MessageAsync(Office.Dana, Office.Ops, text, Link, new("d"), default);

    Task<DispatchForm?> Again(DispatchForm form, string? note, params string[] picked) =>
        office.Redrawing.AgainAsync("slack", new(form.FormId, form.Ticket.Reference, [.. picked.Select(id => new EmployeeId(id))], note, form.Replaces, null, Office.Ops, []), new("d"), default);
}
