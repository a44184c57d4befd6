using BotDispatch.Chat;
using BotDispatch.Core;
using BotDispatch.Ports;

namespace BotDispatch.Tests.Chat;

public sealed class SubmitTests
{
    readonly Office office = new();

    [Fact]
    public async Task Sending_the_dialog_starts_the_dispatch_and_freezes_all_it_needs()
    {
        office.Policy.AttemptsPerEmployee = 2;
        office.Policy.RetryPause = TimeSpan.Zero;
        var form = await office.Open("INC-1042");
        var id = (await office.Send(form, ["cleo", "bob", "cleo"], " bring\nthe key ")).ShouldBeOfType<ChatReply.Started>().Dispatch;
        id.ShouldBe(DispatchId.From("slack", form.FormId));

        var plan = (await office.State(id)).Plan;
        plan.Ticket.ShouldBe(office.Tickets.Tickets["INC-1042"]);
        plan.Note.ShouldBe("bring the key");
        plan.Roster.ShouldBe([new(new("cleo"), "Cleo Reed", "+447700900103", "en-GB"), new(new("bob"), "Bob Reed", "+447700900102", "de-DE")]);
        plan.Policy.ShouldBe(new EscalationPolicy { AttemptsPerEmployee = 2, RetryPause = TimeSpan.Zero });
        plan.AskedBy.ShouldBe(Office.Dana);
        plan.Channel.ShouldBe(Office.Ops);
        plan.Replaces.ShouldBeNull();
    }

    [Fact]
    public async Task Free_words_are_dispatched_even_where_they_look_like_a_ticket()
    {
        var id = await office.Start("text: INC-1042");
        (await office.State(id)).Plan.Ticket.ShouldBe(new Ticket("INC-1042", "INC-1042", IsFreeText: true));
    }

    [Fact]
    public async Task Sending_twice_is_one_dispatch_even_after_the_dialog_expired()
    {
        var form = await office.Open("INC-1042");
        var first = await office.Send(form, ["ann"]);
        office.Clock.Advance(TimeSpan.FromHours(1));
        (await office.Send(form, ["bob"])).ShouldBe(first);
        (await office.Engine.ListOpenAsync(CancellationToken.None)).ShouldHaveSingleItem().Plan.Roster.ShouldHaveSingleItem().Name.ShouldBe("Ann Lee");
    }

    [Fact]
    public async Task A_dialog_survives_a_restart_and_lives_thirty_minutes()
    {
        var (early, late) = (await office.Open("INC-1042"), await office.Open("OPS-7"));
        office.Restart();
        office.Clock.Advance(TimeSpan.FromMinutes(30) - TimeSpan.FromMilliseconds(1));
        (await office.Send(early)).ShouldBeOfType<ChatReply.Started>();
        office.Clock.Advance(TimeSpan.FromMilliseconds(1));
        await Refused(late, ReplyText.FormExpired);
    }

    [Fact]
    public async Task A_dialogs_id_cannot_be_edited_made_up_or_carried_to_another_chat()
    {
        var form = await office.Open("INC-1042");
        var middle = form.FormId.Length / 2;
        var edited = form.FormId[..middle] + (form.FormId[middle] == 'A' ? 'B' : 'A') + form.FormId[(middle + 1)..];
        foreach (var id in new[] { edited, "", "x", "CfDJ8", new string('A', 200), "ünïcode", form.FormId + "AAAA" })
            await Refused(form with { FormId = id }, ReplyText.FormIsForeign);
        (await office.Send(form, who: new("teams", "29:x", "Dana"))).ShouldBe(new ChatReply.Private(ReplyText.FormIsForeign));
        await NothingRuns();
    }

    [Fact]
    public async Task What_is_wrong_with_a_field_is_said_at_the_field_and_nothing_starts()
    {
        var form = await office.Open("INC-1042");
        await Wrong(form, [], null, "people", "Pick at least one person to phone.");
        await Wrong(form, ["tom"], null, "people", "Tom Okafor cannot be phoned: No phone number in the directory. Leave them out, or have the directory corrected.");
        await Wrong(form, ["ann", "zoe"], null, "people", "Not in the employee directory any more: zoe. Untick them.");
        await Wrong(form, [.. Enumerable.Range(0, 51).Select(number => $"p{number}")], null, "people", "You picked 51 people; at most 50 are allowed. Untick some.");
        await Wrong(form, ["ann"], new string('x', 501), "note", "The note has 501 characters; at most 500 can be spoken. Shorten it.");
        var both = (await office.Send(form, [], new string('x', 501))).ShouldBeOfType<ChatReply.FieldErrors>();
        both.Errors.Keys.Order().ShouldBe(["note", "people"]);
        await NothingRuns();
    }

    [Fact]
    public async Task Fifty_people_can_be_picked()
    {
        office.People.List.AddRange(Enumerable.Range(0, 50).Select(number => new Employee(new($"p{number}"), $"P {number}", null, $"+4477009{number:00000}", "en-GB", "UTC", [])));
        (await office.Send(await office.Open("INC-1042"), [.. Enumerable.Range(0, 50).Select(number => $"p{number}")])).ShouldBeOfType<ChatReply.Started>();
    }

    [Fact]
    public async Task The_second_of_two_dialogs_for_one_ticket_is_shown_the_first_ones_thread()
    {
        var (one, other) = (await office.Open("INC-1042"), await office.Open("INC-1042"));
        var running = (await office.Send(one)).ShouldBeOfType<ChatReply.Started>().Dispatch;
        (await office.Send(other)).ShouldBe(new ChatReply.Private("INC-1042 is already being dispatched. Calling. Calling Ann Lee now. Asked for by Dana.", running));
    }

    [Fact]
    public async Task A_directory_that_lists_somebody_twice_still_works()
    {
        office.People.List.Add(office.People.List[0]);
        (await office.Send(await office.Open("INC-1042"))).ShouldBeOfType<ChatReply.Started>();
    }

    [Fact]
    public async Task A_ticket_that_is_gone_meanwhile_is_not_dispatched()
    {
        var form = await office.Open("INC-1042");
        office.Tickets.Tickets.Clear();
        await Refused(form, "The ticket system does not know INC-1042 any more. Nothing was started: open the dialog again with /dispatch.");
    }

    [Fact]
    public async Task While_nobody_can_be_asked_the_dialog_stays_open_and_nothing_starts()
    {
        var form = await office.Open("INC-1042");
        office.Tickets.Instead = Task.FromResult<FoundTicket>(new FoundTicket.Unavailable("it answers 503"));
        await Wrong(form, ["ann"], null, "people", "We could not look the ticket up in the ticket system (it answers 503). Nothing was started: press Dispatch again in a moment.");
        office.Tickets.Instead = null;
        office.People.Instead = new TaskCompletionSource<IReadOnlyList<Employee>>().Task;
        var sent = office.Send(form);
        office.Clock.Advance(TimeSpan.FromSeconds(2));
        (await sent).ShouldBeOfType<ChatReply.FieldErrors>().Errors["people"].ShouldBe("The employee directory cannot be read just now. Nothing was started: press Dispatch again in a moment.");
        await NothingRuns();
        office.People.Instead = null;
        (await office.Send(form)).ShouldBeOfType<ChatReply.Started>();
    }

    [Fact]
    public async Task A_re_dispatch_lives_in_the_old_ones_channel_and_names_it()
    {
        var old = await office.Start("INC-1042", "ann", "bob");
        await office.Press(old, CardAction.Cancel);
        var form = (await office.Press(old, CardAction.Redispatch)).ShouldBeOfType<ChatReply.OpenForm>().Form;
        var answer = await office.Submitting.SubmitAsync(
            new(form.FormId, Office.Dana, new("slack", "C0ELSEWHERE"), "INC-1042", form.Picked, form.Note, form.Replaces), CancellationToken.None);
        var plan = (await office.State(answer.ShouldBeOfType<ChatReply.Started>().Dispatch)).Plan;
        plan.Replaces.ShouldBe(old);
        plan.Channel.ShouldBe(Office.Ops);
    }

    [Fact]
    public async Task A_re_dispatch_of_what_is_unknown_open_or_another_ticket_is_refused()
    {
        var open = await office.Start("OPS-7");
        var form = await office.Open("INC-1042");
        await Refused(form with { Replaces = new("nosuch") }, ReplyText.UnknownDispatch);
        (await office.Send(form with { Replaces = open })).ShouldBe(new ChatReply.Private("It is still running: press Cancel first. Calling. Calling Ann Lee now.", open));
        await office.Press(open, CardAction.Cancel);
        await Refused(form with { Replaces = open }, ReplyText.FormIsForeign);
    }

    async Task Refused(DispatchForm form, string because) => (await office.Send(form)).ShouldBe(new ChatReply.Private(because));

    async Task Wrong(DispatchForm form, string[] picked, string? note, string field, string words) =>
        (await office.Send(form, picked, note)).ShouldBeOfType<ChatReply.FieldErrors>().Errors.ShouldHaveSingleItem().ShouldBe(new(field, words));

    async Task NothingRuns() => (await office.Engine.ListOpenAsync(CancellationToken.None)).ShouldBeEmpty();
}
