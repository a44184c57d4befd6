using BotDispatch.Chat;
using BotDispatch.Core;
using BotDispatch.Tests.Storage;

namespace BotDispatch.Tests.Chat;

public sealed class AccessTests
{
    readonly Office office = new();

    [Fact]
    public async Task A_person_who_may_not_dispatch_reads_whom_to_ask_and_nothing_starts()
    {
        var form = await office.Open("INC-1042");
        office.Access.Dispatch = ["ann@example.com", "U0BOSS"];
        (await office.TypeAndRead("INC-1042")).ShouldBe("You may not start a dispatch. Ask somebody who may: Ann Lee, U0BOSS.");
        (await office.Send(form)).ShouldBe(new ChatReply.Private("You may not start a dispatch. Ask somebody who may: Ann Lee, U0BOSS."));
        (await office.Engine.ListOpenAsync(CancellationToken.None)).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("U0DANA")]
    [InlineData(" u0dana ")]
    public async Task A_user_id_on_the_list_may(string entry)
    {
        office.Access.Dispatch = [entry];
        await office.Open("INC-1042");
    }

    [Theory]
    [InlineData("ann")]
    [InlineData("ANN@example.com")]
    public async Task An_employee_on_the_list_may_through_the_link(string entry)
    {
        office.Access.Dispatch = [entry];
        (await office.Type("INC-1042", Office.AnnInChat)).ShouldBeOfType<ChatReply.OpenForm>();
    }

    [Fact]
    public async Task Somebody_of_the_chat_who_is_no_employee_may_by_their_email()
    {
        office.Access.Dispatch = ["Desk@Example.com"];
        office.EmailOf = who => Task.FromResult<string?>(who == Office.Dana ? "desk@example.com" : null);
        (await office.Type("INC-1042")).ShouldBeOfType<ChatReply.OpenForm>();
        (await office.Type("INC-1042", Office.AnnInChat)).ShouldBeOfType<ChatReply.Private>();
    }

    [Theory]
    [InlineData(CardAction.Cancel, "cancel a dispatch")]
    [InlineData(CardAction.Skip, "skip somebody")]
    [InlineData(CardAction.TakeIt, "take a job in the channel")]
    [InlineData(CardAction.Redispatch, "re-dispatch")]
    [InlineData(CardAction.Done, "mark a job as done")]
    public async Task Each_button_has_its_own_list(object action, string doing)
    {
        var id = await office.Start("INC-1042");
        if (action is CardAction.Redispatch or CardAction.Done)
            await office.PressKey(id, "1");
        var before = await office.State(id);
        IList<string> only = ["bob"];
        _ = (CardAction)action switch
        {
            CardAction.Cancel => office.Access.Cancel = only,
            CardAction.Skip => office.Access.Skip = only,
            CardAction.TakeIt => office.Access.Take = only,
            CardAction.Redispatch => office.Access.Redispatch = only,
            _ => office.Access.Done = only,
        };
        (await office.PressAndRead(id, (CardAction)action, Office.AnnInChat)).ShouldBe($"You may not {doing}. Ask somebody who may: Bob Reed.");
        StoredAs.Json(await office.State(id)).ShouldBe(StoredAs.Json(before));
        (await office.Press(id, (CardAction)action, new("slack", "bob", "Bob"))).ShouldNotBeOfType<ChatReply.Private>();
    }

    [Fact]
    public async Task Typing_cancel_needs_the_same_right_as_pressing_it()
    {
        var id = await office.Start("INC-1042");
        office.Access.Cancel = ["bob"];
        (await office.TypeAndRead("cancel INC-1042")).ShouldBe("You may not cancel a dispatch. Ask somebody who may: Bob Reed.");
        (await office.State(id)).IsClosed.ShouldBeFalse();
    }

    [Fact]
    public async Task A_long_list_is_not_read_out()
    {
        office.Access.Dispatch = ["a", "b", "c", "d", "e", "f", "g"];
        (await office.TypeAndRead("INC-1042")).ShouldBe("You may not start a dispatch. Ask somebody who may: a, b, c, d, e or 2 more.");
    }

    [Fact]
    public async Task Where_the_directory_is_silent_nobody_gets_in_by_it()
    {
        office.Access.Dispatch = ["ann"];
        office.People.Instead = Task.FromException<IReadOnlyList<Employee>>(new IOException("no"));
        (await office.TypeAndRead("INC-1042", Office.AnnInChat)).ShouldBe(ReplyText.DirectoryUnavailable);
    }

    [Fact]
    public void An_empty_entry_stops_the_start() =>
        new AccessOptionsValidator().Validate(null, new() { Skip = ["a", " "] }).FailureMessage.ShouldBe("Access:Skip has an empty entry: write a user id or an email there, or remove it.");
}
