using BotDispatch.Chat;
using BotDispatch.Core;
using BotDispatch.Ports;

namespace BotDispatch.Tests.Chat;

public sealed class CommandTests
{
    readonly Office office = new();

    [Fact]
    public async Task A_ticket_opens_the_dialog_with_everybody_in_the_directorys_order()
    {
        var form = await office.Open("inc-1042 @cleo @ann note: bring the key");
        form.Ticket.Reference.ShouldBe("INC-1042");
        form.Note.ShouldBe("bring the key");
        form.Picked.Select(each => each.Value).ShouldBe(["cleo", "ann"]);
        form.ExpiresAt.ShouldBe(office.Clock.GetUtcNow() + TimeSpan.FromMinutes(30));
        form.Replaces.ShouldBeNull();
        form.People.Select(each => $"{each.Id} | {each.Name} | {each.Hint} | {each.CannotBePicked} | {each.SpokenPreview}").ShouldBe(
        [
            "ann | Ann Lee | lifts, electrics · en-GB |  | [en-GB] Lift 2 is stuckbring the key",
            "bob | Bob Reed | de-DE |  | [de-DE] Lift 2 is stuckbring the key",
            "cleo | Cleo Reed | ⚠ tlh cannot be spoken, hears en-GB |  | [en-GB] Lift 2 is stuckbring the key",
            "tom | Tom Okafor | lifts · en-GB | No phone number in the directory. | [en-GB] Lift 2 is stuckbring the key".Replace("lifts · ", "", StringComparison.Ordinal),
        ]);
    }

    [Theory]
    [InlineData("Printer on floor 3 is on fire", "Printer on floor 3 is on fire")]
    [InlineData("printer", "printer")]
    [InlineData("text: INC-1042", "INC-1042")]
    [InlineData("A4 paper has run out", "A4 paper has run out")]
    [InlineData("COVID-19 tests have run out", "COVID-19 tests have run out")]
    public async Task Words_that_are_no_ticket_are_dispatched_as_they_are(string typed, string subject)
    {
        var ticket = (await office.Open(typed)).Ticket;
        ticket.ShouldBe(new Ticket(subject, subject, IsFreeText: true));
    }

    [Theory]
    [InlineData("@ann")]
    [InlineData("@ANN@example.com")]
    [InlineData("@\"ann lee\"")]
    [InlineData("@AnnLee")]
    [InlineData("@ann.lee")]
    public async Task People_are_found_by_id_email_and_name(string named) =>
        (await office.Open($"INC-1042 {named}")).Picked.ShouldBe([new EmployeeId("ann")]);

    [Fact]
    public async Task A_mention_of_the_chat_picks_the_employee_it_is_linked_to()
    {
        var answer = await office.Commands.CommandAsync(Office.Dana, Office.Ops, "INC-1042 <@U1>", [new("<@U1>", Office.AnnInChat)], new("d1"), CancellationToken.None);
        answer.ShouldBeOfType<ChatReply.OpenForm>().Form.Picked.ShouldBe([new EmployeeId("ann")]);
    }

    [Theory]
    [InlineData("INC-9999", "There is no ticket INC-9999. Did you mean INC-1099? To dispatch these words as they are, write: /dispatch text: INC-9999")]
    [InlineData("INC-1043", "There is no ticket INC-1043. Did you mean INC-1042 or INC-1099? To dispatch these words as they are, write: /dispatch text: INC-1043")]
    [InlineData("ZZ-1", "There is no ticket ZZ-1. To dispatch these words as they are, write: /dispatch text: ZZ-1")]
    [InlineData("INC-1042 note bring the key", "INC-1042 is a ticket. To add words to it, write: /dispatch INC-1042 note: bring the key. To dispatch all of it as words, write: /dispatch text: INC-1042 note bring the key")]
    [InlineData("INC-1042 notes: the key", "INC-1042 is a ticket. To add words to it, write: /dispatch INC-1042 note: the key. To dispatch all of it as words, write: /dispatch text: INC-1042 notes: the key")]
    [InlineData("inc-1042 please hurry", "INC-1042 is a ticket. To add words to it, write: /dispatch INC-1042 note: please hurry. To dispatch all of it as words, write: /dispatch text: INC-1042 please hurry")]
    [InlineData("@ann", ReplyText.NoSubject)]
    [InlineData("note: hello", ReplyText.NoSubject)]
    [InlineData("text:", ReplyText.NoSubject)]
    [InlineData("https://tickets.example.com/1", ReplyText.NothingToSpeak)]
    [InlineData("INC-1042 @zoe", "Nobody in the employee directory is called @zoe. Write the id, the email or the name, like @\"Ann Lee\", or choose in the dialog. If you mean the at sign as text, write: /dispatch text: mail @zoe")]
    [InlineData("INC-1042 @tom", "Tom Okafor cannot be phoned: No phone number in the directory. Leave them out, or have the directory corrected.")]
    [InlineData("cancel", ReplyText.NothingIsOpen)]
    [InlineData("cancel INC-1042", "There is no dispatch of INC-1042 here. To see what is running: /dispatch list")]
    [InlineData("done OPS-7", "There is no dispatch of OPS-7 here. To see what is running: /dispatch list")]
    [InlineData("status OPS-7", "There is no dispatch of OPS-7 here. To see what is running: /dispatch list")]
    [InlineData("status", ReplyText.NothingIsOpenHere)]
    [InlineData("list", ReplyText.NothingIsOpen)]
    [InlineData("", ReplyText.Help)]
    [InlineData("help", ReplyText.Help)]
    [InlineData("oncall", "Can be phoned: Ann Lee (lifts, electrics), Bob Reed, Cleo Reed.\nCannot be phoned: Tom Okafor (No phone number in the directory).")]
    public async Task A_mistake_or_a_question_is_answered_with_what_to_do(string typed, string answer) => (await office.TypeAndRead(typed)).ShouldBe(answer);

    [Fact]
    public async Task A_name_that_several_people_have_is_asked_back()
    {
        office.People.List.Add(new(new("ann2"), "Ann Moss", "moss@example.com", "+447700900109", "en-GB", "UTC", []));
        office.People.List.RemoveAll(each => each.Id.Value == "ann");
        office.People.List.Add(new(new("a.lee"), "Ann Lee", null, "+447700900101", "en-GB", "UTC", []));
        (await office.TypeAndRead("INC-1042 @Ann")).ShouldBe("Several people are called @Ann: Ann Moss (@ann2), Ann Lee (@a.lee). Write the id of the one you mean.");
    }

    [Fact]
    public async Task A_mention_of_somebody_who_is_linked_to_nobody_says_so()
    {
        var answer = await office.Commands.CommandAsync(Office.Dana, Office.Ops, "INC-1042 <@U9>", [new("<@U9>", new("slack", "U9", "Zoe"))], new("d"), CancellationToken.None);
        answer.ShouldBeOfType<ChatReply.Private>().Text.ShouldStartWith("Zoe is not linked to anybody in the employee directory.");
    }

    [Fact]
    public async Task Too_long_a_note_and_too_many_words_are_refused_with_both_lengths()
    {
        (await office.TypeAndRead("INC-1042 note: " + new string('x', 501))).ShouldBe("The note has 501 characters; at most 500 can be spoken. Shorten it.");
        (await office.TypeAndRead("x " + new string('y', 299))).ShouldStartWith("This has 301 characters; without a ticket, at most 300 can be dispatched.");
        (await office.Open("INC-1042 note: " + new string('x', 500))).Note!.Length.ShouldBe(500);
        (await office.Open("x " + new string('y', 298))).Ticket.Reference.Length.ShouldBe(300);
    }

    [Fact]
    public async Task A_ticket_that_is_being_dispatched_offers_its_thread()
    {
        var running = await office.Start("INC-1042");
        var answer = (await office.Type("INC-1042")).ShouldBeOfType<ChatReply.Private>();
        answer.Text.ShouldBe("INC-1042 is already being dispatched. Calling. Calling Ann Lee now. Asked for by Dana.");
        answer.About.ShouldBe(running);
    }

    [Fact]
    public async Task An_empty_directory_and_one_without_numbers_say_whom_to_turn_to()
    {
        office.People.List.RemoveAll(each => each.Phone is not null);
        (await office.TypeAndRead("INC-1042")).ShouldBe(ReplyText.NobodyCanBePhoned);
        office.People.List.Clear();
        (await office.TypeAndRead("INC-1042")).ShouldBe(ReplyText.NobodyInDirectory);
        (await office.TypeAndRead("oncall")).ShouldBe(ReplyText.NobodyInDirectory);
    }

    [Fact]
    public async Task A_ticket_system_that_cannot_be_asked_is_named_and_what_was_typed_can_go()
    {
        office.Tickets.Instead = Task.FromResult<FoundTicket>(new FoundTicket.Unavailable("it answers 503"));
        var form = await office.Open("INC-1042 @ann note: use gate B");
        form.Notices.ShouldBe(["We could not look the ticket up in the ticket system (it answers 503). You can dispatch what you typed, without the ticket's text, or try again in a moment."]);
        (form.Ticket, form.Note, form.Picked).ShouldBe((new("INC-1042", "INC-1042", IsFreeText: true), "use gate B", form.Picked));
        form.Picked.ShouldBe([new("ann")]);
        (await office.Send(form)).ShouldBeOfType<ChatReply.Started>();
        office.Tickets.Instead = Task.FromException<FoundTicket>(new InvalidOperationException("secret detail"));
        (await office.Open("INC-1099")).Notices.ShouldHaveSingleItem().ShouldContain("(it is out of order)");
        (await office.TypeAndRead("INC-1042")).ShouldStartWith("INC-1042 is already being dispatched.");
        (await office.Open("Lift is stuck")).Ticket.IsFreeText.ShouldBeTrue();
    }

    [Fact]
    public async Task A_slow_ticket_system_is_waited_for_two_seconds_and_no_longer()
    {
        office.Tickets.Instead = new TaskCompletionSource<FoundTicket>().Task;
        var typed = office.Type("INC-1042");
        office.Clock.Advance(TimeSpan.FromSeconds(1.9));
        typed.IsCompleted.ShouldBeFalse();
        office.Clock.Advance(TimeSpan.FromSeconds(0.1));
        (await typed).ShouldBeOfType<ChatReply.OpenForm>().Form.Notices.ShouldHaveSingleItem().ShouldContain("no answer in 2 seconds");
    }

    [Fact]
    public async Task A_slow_ticket_system_leaves_time_to_look_up_who_was_mentioned()
    {
        office.EmailOf = _ => Task.FromResult<string?>("ann@example.com");
        office.Tickets.Instead = new TaskCompletionSource<FoundTicket>().Task;
        var typed = office.Commands.CommandAsync(Office.Dana, Office.Ops, "INC-1042 <@U0ANN>", [new("<@U0ANN>", new("slack", "U0ANN", "Ann"))], new Delivery("d"), CancellationToken.None);
        office.Clock.Advance(TimeSpan.FromSeconds(2));
        (await typed).ShouldBeOfType<ChatReply.OpenForm>().Form.Picked.ShouldBe([new("ann")]);
    }

    [Fact]
    public async Task A_reference_that_the_ticket_system_recognises_is_looked_up_in_its_own_spelling()
    {
        office.Tickets.Recognise = text => text.Contains("lifts", StringComparison.Ordinal) ? "#7" : null;
        office.Tickets.Tickets["#7"] = new("#7", "Lift 2 is stuck");
        (await office.Open("# lifts 7")).Ticket.Reference.ShouldBe("#7");
        (await office.Open("<https://tickets.example.com/lifts/7?tab=history&from=a-very-long-mail-that-somebody-copied-it-from|the lift>")).Ticket.Reference.ShouldBe("#7");
        (await office.Commands.MessageAsync(Office.Dana, Office.Ops, "please see https://tickets.example.com/lifts/7 thanks", null, new Delivery("m"), CancellationToken.None))
            .ShouldBeOfType<ChatReply.OpenForm>().Form.Ticket.Reference.ShouldBe("#7");
        office.Tickets.Tickets.Remove("#7");
        (await office.TypeAndRead("# lifts 7")).ShouldStartWith("There is no ticket #7.");
        office.Tickets.Instead = Task.FromResult<FoundTicket>(new FoundTicket.Unavailable("it answers 503"));
        (await office.Open("https://tickets.example.com/lifts/7")).Ticket.ShouldBe(new("#7", "#7", Link: "https://tickets.example.com/lifts/7", IsFreeText: true));
    }

    [Fact]
    public async Task A_slow_or_broken_directory_is_waited_for_two_seconds_and_no_longer()
    {
        office.People.Instead = new TaskCompletionSource<IReadOnlyList<Employee>>().Task;
        var typed = office.Type("INC-1042");
        office.Clock.Advance(TimeSpan.FromSeconds(2));
        (await typed).ShouldBeOfType<ChatReply.Private>().Text.ShouldBe(ReplyText.DirectoryUnavailable);
        office.People.Instead = Task.FromException<IReadOnlyList<Employee>>(new IOException("no"));
        (await office.TypeAndRead("INC-1042")).ShouldBe(ReplyText.DirectoryUnavailable);
        (await office.TypeAndRead("oncall")).ShouldBe(ReplyText.DirectoryUnavailable);
    }

    [Fact]
    public async Task A_chat_that_stops_waiting_is_not_answered()
    {
        office.Tickets.Instead = new TaskCompletionSource<FoundTicket>().Task;
        using var request = new CancellationTokenSource();
        var typed = office.Commands.CommandAsync(Office.Dana, Office.Ops, "INC-1042", new Delivery("d"), request.Token);
        await request.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => typed);
    }

    [Fact]
    public async Task Status_and_list_say_how_everything_stands()
    {
        var lift = await office.Start("INC-1042", "ann", "bob");
        var status = (await office.Type("status inc-1042")).ShouldBeOfType<ChatReply.Private>();
        status.ShouldBe(new("INC-1042 Lift 2 is stuck: Calling. Calling Ann Lee now. Next: Bob Reed. Asked for by Dana.", lift));
        (await office.Type("status")).ShouldBe(status);
        await office.Start("Paper has run out", "bob");
        (await office.TypeAndRead("list")).Split('\n').Order().ShouldBe(["INC-1042 Lift 2 is stuck: Calling. Calling Ann Lee now.", "Paper has run out: Calling. Calling Bob Reed now."]);
        (await office.TypeAndRead("cancel")).ShouldStartWith("Which one? Write /dispatch cancel and the ticket, as /dispatch cancel ");
    }

    [Fact]
    public async Task Status_without_a_ticket_speaks_of_this_channel_alone()
    {
        await office.Start("INC-1042");
        var elsewhere = await office.Commands.CommandAsync(Office.Dana, new("slack", "C0OTHER"), "status", new Delivery("d"), CancellationToken.None);
        elsewhere.ShouldBeOfType<ChatReply.Private>().Text.ShouldBe(ReplyText.NothingIsOpenHere);
    }

    [Fact]
    public async Task Cancel_is_the_button_typed()
    {
        var lift = await office.Start("INC-1042");
        (await office.Type("cancel INC-1042")).ShouldBe(new ChatReply.Private("Cancelled. Cancelled by Dana.", lift));
        (await office.State(lift)).Resolution.ShouldBe(new Resolution.Cancelled(Office.Dana));
    }

    [Fact]
    public async Task Done_is_the_button_typed_and_finds_the_closed_dispatch()
    {
        var lift = await office.Start("INC-1042");
        (await office.TypeAndRead("done INC-1042")).ShouldBe("Nobody has accepted it yet. Calling. Calling Ann Lee now.");
        await office.PressKey(lift, "1");
        (await office.TypeAndRead("done INC-1042")).ShouldBe("Accepted. Ann Lee accepted by phone; done.");
        (await office.TypeAndRead("done INC-1042")).ShouldBe("It is already marked as done: Accepted. Ann Lee accepted by phone; done.");
    }
}
