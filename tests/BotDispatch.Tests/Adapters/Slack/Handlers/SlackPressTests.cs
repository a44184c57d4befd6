using BotDispatch.Chat;
using BotDispatch.Core;
using BotDispatch.Ports;
using BotDispatch.Slack.Api;
using BotDispatch.Slack.Drawing;
using BotDispatch.Slack.Inbound;

namespace BotDispatch.Tests.Adapters.Slack.Handlers;

public sealed class SlackPressTests
{
    readonly Workspace acme = new();

    [Fact]
    public async Task A_card_s_button_is_decided_before_it_is_acknowledged()
    {
        var id = await acme.Office.Start("INC-1042");
        (await acme.PressCard("cancel", id.Value)).ShouldBe(new SlackReply.Nothing());
        (await acme.Office.State(id)).Resolution.ShouldBe(new Resolution.Cancelled(new("slack", "T0ACME/U0DANA", "Dana")));
        Workspace.Words((await acme.Next("views.publish"))["view"]!).ShouldContain("Nothing is being dispatched, and no accepted job is waiting to be done.");
        acme.NothingElse();
    }

    [Fact]
    public async Task An_old_button_is_answered_in_private_beside_the_card()
    {
        var id = await acme.Office.Start("INC-1042");
        await acme.Office.Press(id, CardAction.Cancel);
        await acme.PressCard("skip", $"{id}-0-1");
        await acme.Next("views.publish");
        var said = await acme.Next("say");
        Workspace.Shown((string)said["text"]!).ShouldBe("It is closed: Cancelled. Cancelled by Dana. To begin again, press Re-dispatch on its card.");
        ((string)said["response_type"]!, (bool)said["replace_original"]!).ShouldBe(("ephemeral", false));
        await acme.PressCard("cancel", "nosuch");
        await acme.Next("say");
    }

    [Fact]
    public async Task Who_is_linked_by_the_email_that_Slack_knows_takes_the_job_and_others_hear_why_not()
    {
        var id = await acme.Office.Start("INC-1042", "bob");
        await acme.PressCard("take", id.Value);
        await acme.Next("views.publish");
        (await acme.NextSaid()).ShouldContain("your chat account is not linked to one. Ask an administrator to enter your user id T0ACME/U0DANA");
        acme.Office.EmailOf = _ => throw new HttpRequestException("unreachable");
        await acme.PressCard("take", id.Value);
        (await acme.NextSaid()).ShouldStartWith("The chat did not tell us just now which employee that is");
        acme.Office.EmailOf = _ => Task.FromResult<string?>("cleo@example.com");
        await acme.PressCard("take", id.Value);
        (await acme.Office.State(id)).Resolution.ShouldBeOfType<Resolution.Taken>().Employee.ShouldBe(new EmployeeId("cleo"));
    }

    [Fact]
    public async Task Re_dispatch_opens_the_dialog_prefilled_without_those_who_rejected()
    {
        var id = await acme.Office.Start("INC-1042", "ann", "bob");
        await acme.Office.PressKey(id, "2");
        await acme.Office.Press(id, CardAction.Cancel);
        await acme.PressCard("redispatch", id.Value);
        await acme.Next("views.publish");
        var view = (await acme.Next("views.open"))["view"]!;
        Workspace.Words(view).ShouldStartWith("Re-dispatch");
        Workspace.Words(Workspace.Block(view, "order")).ShouldContain("1. Bob Reed");
        (await acme.Submit(view, ["bob"])).ShouldBe(new SlackReply.Nothing());
        (await acme.Office.Engine.ListOpenAsync(default)).ShouldHaveSingleItem().Plan.Replaces.ShouldBe(id);
    }

    [Fact]
    public async Task Re_dispatch_waits_in_a_view_where_the_ticket_system_is_slow()
    {
        var id = await acme.Office.Start("INC-1042");
        await acme.Office.Press(id, CardAction.Cancel);
        var ticket = new TaskCompletionSource<FoundTicket>();
        acme.Office.Tickets.Instead = ticket.Task;
        var pressed = acme.PressCard("redispatch", id.Value);
        await acme.Pass(TimeSpan.FromMilliseconds(300));
        await pressed;
        Workspace.Callback((await acme.Next("views.open"))["view"]!).ShouldBe("dispatch_loading");
        ticket.SetResult(new FoundTicket.Unknown());
        Workspace.Words((await acme.Next("views.update"))["view"]!).ShouldContain("The ticket system does not know INC-1042 any more.");
    }

    [Fact]
    public async Task A_press_that_takes_longer_than_Slack_waits_is_acknowledged_and_answered_later()
    {
        var id = await acme.Office.Start("INC-1042");
        acme.Office.Access.Cancel = ["ann"];
        var email = new TaskCompletionSource<string?>();
        acme.Office.EmailOf = _ => email.Task;
        acme.NameOf = (_, _) => new TaskCompletionSource<string>().Task;
        var pressed = acme.PressCard("cancel", id.Value);
        await acme.Pass(TimeSpan.FromMilliseconds(250));
        await acme.Pass(TimeSpan.FromMilliseconds(2050));
        (await pressed).ShouldBe(new SlackReply.Nothing());
    }

    [Fact]
    public async Task A_press_of_another_workspace_never_reaches_the_dispatch()
    {
        var id = await acme.Office.Start("INC-1042");
        acme.Office.Where = new("slack", "T0OTHER/C0OPS");
        (await acme.Office.Press(id, CardAction.Cancel)).ShouldBe(new ChatReply.Private(ReplyText.UnknownDispatch));
        (await acme.Office.State(id)).IsClosed.ShouldBeFalse();
    }

    [Theory]
    [InlineData("dispatch_cancel", null)]
    [InlineData("dispatch_cancel", "<!channel>")]
    [InlineData("dispatch_skip", "a-b-c")]
    [InlineData("something_else", "x")]
    [InlineData("people_pick", null)]
    [InlineData("mention_open", null)]
    public async Task What_is_no_button_of_ours_is_acknowledged_and_nothing_happens(string action, string? value)
    {
        (await acme.Take(Sent.Press("d", Workspace.From(), action, value, "t", Workspace.There, new("C0OPS", "1.1"), null))).ShouldBe(new SlackReply.Nothing());
        acme.NothingElse();
    }

    [Fact]
    public async Task A_message_becomes_its_ticket_or_its_words_with_a_link_back()
    {
        await Shortcut("Can somebody look at INC-1042 (like INC-9999)? &amp; thanks");
        Workspace.Words((await acme.Next("views.open"))["view"]!).ShouldContain("*INC-1042*  Lift 2 is stuck");

        await Shortcut("<@U0ANN> says:\nthe *till* &lt;4&gt; has run out of paper");
        var view = (await acme.Next("views.open"))["view"]!;
        Workspace.Words(view).ShouldContain("@Ann says: the ∗till∗ <4> has run out of paper");
        Workspace.Words(view).ShouldContain("<https://acme.slack.com/archives/C0OPS/p1000100|The message>");
        await acme.Submit(view, ["ann"]);
        (await acme.Office.Engine.ListOpenAsync(default)).ShouldHaveSingleItem().Plan.Ticket.Link.ShouldBe("https://acme.slack.com/archives/C0OPS/p1000100");
    }

    [Fact]
    public async Task A_message_without_words_is_answered_in_private()
    {
        await Shortcut(" … ");
        (await acme.NextSaid()).ShouldBe(ReplyText.MessageHasNoWords);
    }

    [Fact]
    public async Task A_message_whose_link_is_slow_opens_without_it_behind_a_view_that_waits()
    {
        acme.Instead["chat.getPermalink"] = _ => new TaskCompletionSource<SlackAnswer>().Task;
        var pressed = Take("Lift 9 hums");
        await acme.Pass(TimeSpan.FromMilliseconds(300));
        await pressed;
        await acme.Next("chat.getPermalink");
        await acme.Next("views.open");
        await acme.Pass(TimeSpan.FromMilliseconds(400));
        var view = (await acme.Next("views.update"))["view"]!;
        Workspace.Words(view).ShouldContain("Lift 9 hums");
        Workspace.Words(view).ShouldNotContain("The message");
    }

    [Fact]
    public void No_other_button_of_ours_is_taken_for_one_of_a_card()
    {
        foreach (var own in new[] { HomeView.BeginAction, NoticeView.OpenAction, FormView.PeopleAction, FormView.NoteAction })
            CardPressCodec.Read(own, "abcdefgh").ShouldBeNull();
    }

    async Task Shortcut(string text)
    {
        acme.NameOf = (user, otherwise) => Task.FromResult(user == "U0ANN" ? "Ann" : otherwise);
        (await Take(text)).ShouldBe(new SlackReply.Nothing());
        if (!known)
            await acme.Next("chat.getPermalink");
        known = true;
    }

    bool known;

    Task<SlackReply> Take(string text) => acme.Take(
        Sent.MessageShortcut(acme.NextId(), Workspace.From(), InteractionReader.MessageShortcut, "trigger", new("C0OPS", "1.000100"), "1.000001", text, Workspace.There));
}
