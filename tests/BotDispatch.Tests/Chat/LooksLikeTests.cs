using BotDispatch.Chat;

namespace BotDispatch.Tests.Chat;

/// <summary>Words that are like a command or like a reference never open a dialog that would phone people for them.</summary>
public sealed class LooksLikeTests
{
    readonly Office office = new();

    public LooksLikeTests()
    {
        foreach (var reference in (string[])["INC0010023", "B7-214-68901"])
            office.Tickets.Tickets[reference] = new(reference, "Something", Link: $"https://tickets.example.com/t/{reference}");
    }

    [Theory]
    [InlineData("INC1042", "INC-1042")]
    [InlineData("INC 1042", "INC-1042")]
    [InlineData("INC-1042.", "INC-1042")]
    [InlineData("(INC-1042)", "INC-1042")]
    [InlineData("#inc-1042", "INC-1042")]
    [InlineData("ＩＮＣ－１０４２", "INC-1042")]
    [InlineData("<https://tickets.example.com/t/INC0010023|INC0010023: Something>", "INC0010023")]
    [InlineData("tickets.example.com/t/B7-214-68901", "B7-214-68901")]
    public async Task A_reference_of_another_form_opens_the_dialog_of_its_ticket(string typed, string reference)
    {
        var ticket = (await office.Open(typed)).Ticket;
        (ticket.Reference, ticket.IsFreeText).ShouldBe((reference, false));
    }

    [Theory]
    [InlineData("1042", "Did you mean INC-1042?")]
    [InlineData("INC0010032", "Did you mean INC0010023?")]
    [InlineData("INC010023", "Did you mean INC0010023?")]
    [InlineData("B7-214-68910", "Did you mean B7-214-68901?")]
    [InlineData("B7-214-68910 leaks", "Did you mean B7-214-68901?")]
    [InlineData("INC-1042 lift", "INC-1042 is a ticket.")]
    [InlineData("see INC 1042 now", "INC-1042 is a ticket.")]
    [InlineData("INC-1042 and OPS-7", "INC-1042 and OPS-7 are tickets. Dispatch each by itself")]
    [InlineData("please cancel INC-1042", "Did you mean /dispatch cancel INC-1042?")]
    [InlineData("INC-1042 done", "Did you mean /dispatch done INC-1042?")]
    [InlineData("cancle INC-1042", "Did you mean /dispatch cancel INC-1042?")]
    [InlineData("abort INC-1042", "Did you mean /dispatch cancel INC-1042?")]
    [InlineData("claim INC-1042", "Did you mean /dispatch take INC-1042?")]
    [InlineData("list INC-1042", "Did you mean /dispatch status INC-1042?")]
    [InlineData("open INC-1042", "Did you mean /dispatch status INC-1042?")]
    [InlineData("stauts INC-1024", "Did you mean /dispatch status INC-1042 or ")]
    [InlineData("cancel INC-1042 note: wrong number", "Did you mean /dispatch cancel INC-1042?")]
    [InlineData("canel", "Did you mean /dispatch cancel?")]
    [InlineData("lsit", "Did you mean /dispatch list?")]
    [InlineData("hlep", "Did you mean /dispatch help?")]
    [InlineData("stop", "Did you mean /dispatch cancel?")]
    [InlineData("close it", "Did you mean /dispatch cancel?")]
    [InlineData("who has the job", "Did you mean /dispatch oncall?")]
    [InlineData("what is running?", "Did you mean /dispatch list?")]
    [InlineData("hello", "Did you mean /dispatch help?")]
    [InlineData("Hilfe", "Did you mean /dispatch help?")]
    [InlineData("ayuda", "Did you mean /dispatch help?")]
    [InlineData("βοήθεια", "Did you mean /dispatch help?")]
    [InlineData("помощь", "Did you mean /dispatch help?")]
    public async Task What_is_like_a_reference_or_a_command_is_asked_back_with_a_way_to_go_on(string typed, string question)
    {
        var answer = await office.TypeAndRead(typed);
        answer.ShouldContain(question);
        answer.ShouldContain("/dispatch text: ");
    }

    [Theory]
    [InlineData("skip INC-1042")]
    [InlineData("take INC-1042")]
    [InlineData("redispatch INC-1042")]
    [InlineData("re-dispatch INC-1042")]
    [InlineData("re dispatch INC-1042")]
    [InlineData("Cancel: INC-1042")]
    [InlineData("/status INC-1042")]
    [InlineData("STATUS, inc1042")]
    [InlineData("ｓｔａｔｕｓ INC-1042")]
    [InlineData("history INC-1042")]
    public async Task A_command_about_a_ticket_without_a_dispatch_says_so(string typed) =>
        (await office.TypeAndRead(typed)).ShouldBe("There is no dispatch of INC-1042 here. To see what is running: /dispatch list");

    [Theory]
    [InlineData("who")]
    [InlineData("Who?")]
    [InlineData("who is on call")]
    [InlineData("Who's on call today?")]
    [InlineData("who is on-call")]
    [InlineData("who can be phoned?")]
    [InlineData("on call")]
    [InlineData("On-Call!")]
    public async Task Who_is_on_call_is_a_question(string typed) => (await office.TypeAndRead(typed)).ShouldStartWith("Can be phoned: ");

    [Theory]
    [InlineData("cancel inc1042")]
    [InlineData("cancel INC 1042")]
    [InlineData("cancel (INC-1042).")]
    [InlineData("CANCEL ＩＮＣ－１０４２")]
    [InlineData("cancel #INC-1042!")]
    public async Task A_command_finds_the_dispatch_in_whatever_form_its_reference_is_written(string typed)
    {
        var lift = await office.Start("INC-1042");
        (await office.Type(typed)).ShouldBe(new ChatReply.Private("Cancelled. Cancelled by Dana.", lift));
    }

    [Theory]
    [InlineData("cancel INC-1024", "Did you mean /dispatch cancel INC-1042 or ")]
    [InlineData("cancel 1042", "Did you mean /dispatch cancel INC-1042?")]
    [InlineData("cancel INC-1042 please do", "Did you mean /dispatch cancel INC-1042?")]
    [InlineData("cancel lift", "Did you mean /dispatch cancel INC-1042?")]
    [InlineData("cancel it", "Which one? Write /dispatch cancel and the ticket")]
    [InlineData("cancel everything", "Which one? Write /dispatch cancel and the ticket")]
    public async Task A_command_that_may_mean_a_dispatch_asks_and_changes_nothing(string typed, string question)
    {
        var lift = await office.Start("INC-1042");
        (await office.TypeAndRead(typed)).ShouldContain(question);
        (await office.State(lift)).IsClosed.ShouldBeFalse();
    }

    [Theory]
    [InlineData("Take the ladder to hall 3")]
    [InlineData("skip lorry blocks the gate")]
    public async Task Words_after_a_command_that_are_no_ticket_can_still_be_dispatched(string typed) =>
        (await office.TypeAndRead(typed)).ShouldContain($"To dispatch these words as they are, write: /dispatch text: {char.ToLowerInvariant(typed[0])}{typed[1..]}");

    [Theory]
    [InlineData("Lift 2 is stuck")]
    [InlineData("Stop the line in hall 3")]
    [InlineData("Open the gate for the fire brigade")]
    [InlineData("Check the pump in cellar B")]
    [InlineData("Next door is flooded")]
    [InlineData("list of lamps to be changed")]
    [InlineData("help desk printer is broken")]
    public async Task Plain_words_are_dispatched(string typed) => (await office.Open(typed)).Ticket.IsFreeText.ShouldBeTrue();

    [Fact]
    public async Task A_message_that_speaks_of_a_ticket_in_its_own_form_is_about_that_ticket()
    {
        var answer = await office.Commands.MessageAsync(Office.Dana, Office.Ops, "could somebody look at inc 0010023 please", null, new("d"), default);
        answer.ShouldBeOfType<ChatReply.OpenForm>().Form.Ticket.Reference.ShouldBe("INC0010023");
    }
}
