using System.Collections.Immutable;
using BotDispatch.Core;
using BotDispatch.Ports;
using BotDispatch.Slack;
using BotDispatch.Slack.Drawing;
using BotDispatch.Slack.Inbound;
using BotDispatch.Storage;

namespace BotDispatch.Tests.Adapters.Slack.Handlers;

/// <summary>Where no command is typed: the Home, shortcuts, and what is written to the bot.</summary>
public sealed class SlackPlacesTests
{
    readonly Workspace acme = new();

    [Fact]
    public async Task The_home_is_drawn_when_it_is_looked_at_and_at_most_once_in_three_seconds()
    {
        for (var times = 0; times < 5; times++)
            await acme.Take(Sent.HomeOpened(acme.NextId(), Workspace.From()));
        var first = await acme.Next("views.publish");
        ((string)first["user_id"]!).ShouldBe(Workspace.Dana);
        Workspace.Words(first["view"]!).ShouldContain("Ann Lee  lifts, electrics · en-GB");
        await acme.Office.Start("INC-1042");
        await acme.Take(Sent.HomeOpened(acme.NextId(), Workspace.From()));
        acme.NoHome();
        await acme.Pass(TimeSpan.FromSeconds(3));
        Workspace.Words((await acme.Next("views.publish"))["view"]!).ShouldContain("Calling Ann Lee now.");
    }

    [Fact]
    public async Task The_home_links_to_threads_and_says_when_nobody_can_be_asked()
    {
        await acme.Office.Start("INC-1042");
        acme.Cards = () => Task.FromResult<List<PostedCard>>([new(Workspace.Ops, "C0OPS:1.000100")]);
        acme.Office.People.Instead = Task.FromException<IReadOnlyList<Employee>>(new IOException("no"));
        await acme.Take(Sent.HomeOpened(acme.NextId(), Workspace.From()));
        await acme.Next("chat.getPermalink");
        var words = Workspace.Words((await acme.Next("views.publish"))["view"]!);
        words.ShouldContain("|Open its thread>");
        words.ShouldContain("The employee directory cannot be read just now.");
    }

    [Fact]
    public async Task From_the_home_and_from_anywhere_one_is_asked_what_and_where()
    {
        await acme.Take(Sent.Press("d", Workspace.From(), "home_begin", "begin", "trigger", null, null, new("V0", "h", "", "", ImmutableDictionary<(string, string), FieldValue>.Empty)));
        Workspace.Callback((await acme.Next("views.open"))["view"]!).ShouldBe("dispatch_ask");
        await acme.Take(Sent.Shortcut("d", Workspace.From(), InteractionReader.AnywhereShortcut, "trigger"));
        Workspace.Callback((await acme.Next("views.open"))["view"]!).ShouldBe("dispatch_ask");
        await acme.Take(Sent.Shortcut("d", Workspace.From(), "other", "trigger"));
        acme.NothingElse();
    }

    [Theory]
    [InlineData("C0LIFTS", "T0ACME/C0LIFTS")]
    [InlineData(null, "T0ACME/U0DANA")]
    [InlineData("D0EVE", "T0ACME/U0DANA")]
    public async Task What_was_answered_goes_on_to_the_dialog(string? channel, string address)
    {
        var view = (await Answer("INC-1042 @ann", channel)).ShouldBeOfType<SlackReply.Update>().View.AsObject();
        Workspace.Callback(view).ShouldBe("dispatch_form");
        DialogContextCodec.Read((string)view["private_metadata"]!)!.Channel.Address.ShouldBe(address);
        (await acme.Submit(view, ["ann"])).ShouldBe(new SlackReply.Nothing());
        (await acme.Office.Engine.ListOpenAsync(default)).ShouldHaveSingleItem().Plan.Channel.Address.ShouldBe(address);
    }

    [Fact]
    public async Task A_mistake_in_the_answer_is_said_at_its_field_and_other_words_in_its_place()
    {
        (await Answer("INC-9999", null)).ShouldBeOfType<SlackReply.Errors>().ByBlock["what"].ShouldStartWith("There is no ticket INC-9999.");
        Workspace.Words((await Answer("help", null)).ShouldBeOfType<SlackReply.Update>().View.AsObject()).ShouldContain("/dispatch list");
        Workspace.Words((await Answer("list", null)).ShouldBeOfType<SlackReply.Update>().View.AsObject()).ShouldContain("Nothing is being dispatched, and no accepted job is waiting to be done.");
    }

    [Fact]
    public async Task A_slow_ticket_system_turns_the_answer_into_a_view_that_waits_and_that_is_shown_before_it_is_replaced()
    {
        var ticket = new TaskCompletionSource<FoundTicket>();
        acme.Office.Tickets.Instead = ticket.Task;
        var sent = Answer("INC-1042", "C0OPS");
        await acme.Pass(SlackDeadlines.AskedView);
        Workspace.Callback((await sent).ShouldBeOfType<SlackReply.Update>().View.AsObject()).ShouldBe("dispatch_loading");
        ticket.SetResult(new FoundTicket.Found(new("INC-1042", "Lift 2 is stuck")));
        acme.NothingElse();
        await acme.Pass(SlackDeadlines.ToBeShown);
        var update = await acme.Next("views.update");
        ((string)update["view_id"]!, Workspace.Callback(update["view"]!)).ShouldBe(("V7", "dispatch_form"));
    }

    [Fact]
    public async Task What_is_written_to_the_bot_is_a_command_answered_in_private_in_that_thread()
    {
        await acme.Office.Start("INC-1042");
        await Write("<@U0BOT> status INC-1042", "1.000001");
        var said = await acme.Next("chat.postEphemeral");
        ((string)said["channel"]!, (string)said["user"]!, (string)said["thread_ts"]!).ShouldBe(("C0OPS", Workspace.Dana, "1.000001"));
        Workspace.Words(said).ShouldContain("Calling Ann Lee now.");
        said.ContainsKey("response_type").ShouldBeFalse();
        await Write("<@U0BOT>", null);
        var help = await acme.Next("chat.postEphemeral");
        help.ContainsKey("thread_ts").ShouldBeFalse();
        Workspace.Words(help).ShouldContain("/dispatch oncall");
    }

    [Fact]
    public async Task A_dialog_that_was_written_for_waits_behind_a_button()
    {
        await Write("<@U0BOT> INC-1042 @bob note: gate &amp; key", "1.000001");
        var said = await acme.Next("chat.postEphemeral");
        Workspace.Words(said).ShouldContain("INC-1042 Lift 2 is stuck: choose whom to phone.");
        var button = Workspace.Block(said, "whisper_actions")["elements"]![0]!;
        await acme.Take(Sent.Press("d", Workspace.From(), (string)button["action_id"]!, (string)button["value"]!, "trigger", Workspace.There, new("C0OPS", "2.1"), null));
        var view = (await acme.Next("views.open"))["view"]!;
        Workspace.Words(view).ShouldContain("1. Bob Reed");
        ((string)Workspace.Block(view, "note")["element"]!["initial_value"]!).ShouldBe("gate & key");
    }

    [Theory]
    [InlineData("<@U0BOT>: cancel INC-1042")]
    [InlineData("<@U0BOT>, cancel INC-1042")]
    [InlineData("<@U0BOT> - cancel INC-1042")]
    [InlineData("<@U0BOT>\u00a0\u2013\u00a0cancel\u00a0INC-1042.")]
    [InlineData("<@U0BOT> <@U0BOT|botdispatch> cancel INC-1042!")]
    [InlineData("<@U0BOT> /dispatch cancel INC-1042")]
    [InlineData("<@U0BOT> dispatch: cancel: INC-1042")]
    [InlineData("<@U0BOT> /cancel INC-1042")]
    public async Task However_people_speak_to_the_bot_the_command_is_understood(string written)
    {
        await acme.Office.Start("INC-1042");
        await Write(written, null);
        await acme.Next("chat.postEphemeral");
        (await acme.Office.Engine.ListOpenAsync(default)).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("cancel INC-1042")]
    [InlineData("&gt; <@U0BOT> cancel INC-1042\nwho wrote this?")]
    [InlineData("<@U0OTHER> cancel INC-1042")]
    public async Task What_does_not_speak_to_the_bot_is_no_command(string written)
    {
        await acme.Office.Start("INC-1042");
        await Write(written, null);
        await acme.BackgroundWork.DisposeAsync();
        (await acme.Office.Engine.ListOpenAsync(default)).ShouldHaveSingleItem();
        acme.NothingElse();
    }

    [Fact]
    public async Task The_bot_does_not_answer_itself_nor_nobody()
    {
        foreach (var user in new[] { Workspace.Bot, "" })
            await acme.Take(Sent.Mentioned(acme.NextId(), Workspace.From(user), "C0OPS", null, "<@U0BOT> help"));
        await acme.BackgroundWork.DisposeAsync();
        acme.NothingElse();
    }

    [Fact]
    public async Task Removed_or_with_its_bots_token_revoked_the_app_forgets_the_workspace()
    {
        await acme.Take(Sent.TokensRevoked("d", Workspace.From(""), ["U0OTHER"]));
        acme.Forgotten.ShouldBeEmpty();
        await acme.Take(Sent.TokensRevoked("d", Workspace.From(""), ["U0OTHER", Workspace.Bot]));
        await acme.Take(Sent.Uninstalled("d", Workspace.From("")));
        acme.Forgotten.ShouldBe([Workspace.Team, Workspace.Team]);
    }

    [Fact]
    public async Task What_nobody_knows_is_acknowledged()
    {
        (await acme.Take(Sent.Unknown("d", Workspace.From(), "new_thing"))).ShouldBe(new SlackReply.Nothing());
        var view = new SlackView("V", "h", "other", "", ImmutableDictionary<(string, string), FieldValue>.Empty);
        (await acme.Take(Sent.Closed("d", Workspace.From(), view))).ShouldBe(new SlackReply.Nothing());
        (await acme.Take(Sent.Submission("d", Workspace.From(), view, "t"))).ShouldBe(new SlackReply.Nothing());
        acme.NothingElse();
    }

    Task<SlackReply> Answer(string what, string? channel) => acme.Take(Sent.Submission(acme.NextId(), Workspace.From(), new(
        "V7", "h", "dispatch_ask", "", ImmutableDictionary<(string, string), FieldValue>.Empty.Add(("what", "what_text"), new(what, [])).Add(("where", "where_channel"), new(channel, []))), "trigger"));

    Task<SlackReply> Write(string text, string? thread) => acme.Take(Sent.Mentioned(acme.NextId(), Workspace.From(), "C0OPS", thread, text));
}
