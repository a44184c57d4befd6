using BotDispatch.Chat;
using BotDispatch.Core;

namespace BotDispatch.Tests.Chat;

/// <summary>Two workspaces of one platform share the app and see nothing of each other.</summary>
public sealed class TenancyTests
{
    static readonly ChatChannel Acme = new("slack", "T0ACME/C1");
    static readonly ChatChannel Teams = new("teams", "19:ops@thread.tacv2");
    static readonly ChatChannel Other = new("slack", "T0OTHER/C1");
    readonly Office office = new() { Where = Acme };

    [Fact]
    public async Task Another_workspace_neither_lists_nor_finds_nor_closes_a_dispatch()
    {
        var id = await office.Start("INC-1042");
        office.Where = Other;
        (await office.TypeAndRead("list")).ShouldBe(ReplyText.NothingIsOpen);
        (await office.TypeAndRead("cancel")).ShouldBe(ReplyText.NothingIsOpen);
        foreach (var verb in new[] { "status", "cancel", "done" })
            (await office.TypeAndRead($"{verb} INC-1042")).ShouldBe("There is no dispatch of INC-1042 here. To see what is running: /dispatch list");
        (await office.Overview.LookAsync(Other, default)).Open.ShouldBeEmpty();
        (await office.Lists.SuggestAsync(Other, "cancel ", default)).ShouldBeEmpty();
        foreach (var action in Enum.GetValues<CardAction>())
            (await office.Press(id, action)).ShouldBe(new ChatReply.Private(ReplyText.UnknownDispatch));
        (await office.State(id)).IsClosed.ShouldBeFalse();
    }

    [Fact]
    public async Task A_ticket_that_another_workspace_works_on_is_refused_without_a_word_of_how_it_stands()
    {
        office.Where = Other;
        var early = await office.Open("INC-1042");
        office.Where = Acme;
        await office.Start("INC-1042");
        office.Where = Other;
        (await office.Type("INC-1042")).ShouldBe(new ChatReply.Private("Others are already dispatching INC-1042, in a channel that cannot be shown here."));
        (await office.Send(early)).ShouldBe(new ChatReply.Private("Others are already dispatching INC-1042, in a channel that cannot be shown here."));
    }

    // Two people must not be sent to one job, so nobody can insist: the second one reads who asked for the first, and may cancel that.
    [Fact]
    public async Task Of_two_chats_that_dispatch_one_ticket_at_once_one_calls_and_the_other_reads_who_asked_and_in_which_chat()
    {
        var eve = new Person("teams", "29:eve", "Eve Adams");
        for (var round = 0; round < 10; round++)
        {
            var ticket = $"lift {round} is stuck";
            office.Where = Acme;
            var inSlack = await office.Open(ticket);
            office.Where = Teams;
            var inTeams = (await office.Type(ticket, eve)).ShouldBeOfType<ChatReply.OpenForm>().Form;
            // The place is read when it is sent.
            office.Where = Acme;
            var first = office.Send(inSlack);
            office.Where = Teams;
            var answers = await Task.WhenAll(first, office.Send(inTeams, who: eve));
            var started = answers.OfType<ChatReply.Started>().ShouldHaveSingleItem().Dispatch;
            var refused = answers.OfType<ChatReply.Private>().ShouldHaveSingleItem();
            refused.Text.ShouldContain("is already being dispatched.");
            refused.About.ShouldBe(started, "its thread is offered");
            refused.Text.ShouldEndWith(answers[0] is ChatReply.Started ? "Asked for by Dana in Slack." : "Asked for by Eve Adams in Teams.");
            office.Where = Acme;
            (await office.Type(ticket)).ShouldBeOfType<ChatReply.Private>("nor does a later dialog open").About.ShouldBe(started);
            await office.Press(started, CardAction.Cancel, who: eve);
            (await office.State(started)).IsClosed.ShouldBeTrue("from either chat");
        }
    }

    [Fact]
    public async Task What_another_workspace_closed_cannot_be_replaced()
    {
        var id = await office.Start("INC-1042");
        await office.Press(id, CardAction.Cancel);
        office.Where = Other;
        var form = await office.Open("INC-1042");
        (await office.Send(form with { Replaces = id })).ShouldBe(new ChatReply.Private(ReplyText.UnknownDispatch));
    }

    [Theory]
    [InlineData("slack", "T0ACME/C2")]
    [InlineData("playground", "channel")]
    public async Task The_same_workspace_and_other_platforms_see_it(string platform, string address)
    {
        await office.Start("INC-1042");
        office.Where = new(platform, address);
        (await office.TypeAndRead("list")).ShouldContain("INC-1042");
    }

    [Theory]
    [InlineData("U0DANA", true)]
    [InlineData("t0acme/u0dana", true)]
    [InlineData("T0OTHER/U0DANA", false)]
    [InlineData("T0ACME", false)]
    [InlineData("0DANA", false)]
    public async Task An_access_list_names_a_user_whole_or_by_the_last_part(string entry, bool may)
    {
        office.Access.Dispatch = [entry];
        var answer = await office.Type("INC-1042", new("slack", "T0ACME/U0DANA", "Dana"));
        (answer is ChatReply.OpenForm).ShouldBe(may);
    }
}
