using BotDispatch.Chat;
using BotDispatch.Core;
using BotDispatch.Ports;
using BotDispatch.Slack.Api;
using BotDispatch.Slack.Drawing;
using BotDispatch.Slack.Inbound;
using BotDispatch.Storage;

namespace BotDispatch.Tests.Adapters.Slack.Handlers;

public sealed class SlackCommandTests
{
    static readonly TimeSpan ThreeTenths = TimeSpan.FromMilliseconds(300);
    readonly Workspace acme = new();
    readonly TaskCompletionSource<FoundTicket> slow = new();

    [Fact]
    public async Task A_ticket_opens_the_dialog_itself_where_everybody_answers_at_once()
    {
        (await acme.Type("inc-1042 <@U0ANN|ann> note: use gate B &amp; ring")).ShouldBeOfType<SlackReply.Message>();
        var opened = acme.Type("inc-1042 @ann note: use gate B &amp; ring");
        (await opened).ShouldBe(new SlackReply.Nothing());
        var call = await acme.Next("views.open");
        ((string)call["trigger_id"]!).ShouldBe("trigger");
        Workspace.Callback(call["view"]!).ShouldBe("dispatch_form");
        Workspace.Words(call["view"]!).ShouldContain("1. Ann Lee");
        ((string)Workspace.Block(call["view"]!, "note")["element"]!["initial_value"]!).ShouldBe("use gate B & ring");
        acme.NothingElse();
    }

    [Fact]
    public async Task Words_that_are_ready_are_the_reply_itself_private_and_inert()
    {
        acme.Office.Tickets.Tickets["INC-1042"] = new("INC-1042", "<!channel> *stuck*");
        await Start("INC-1042");
        var reply = (await acme.Type("status INC-1042")).ShouldBeOfType<SlackReply.Message>().Body.AsObject();
        ((string)reply["response_type"]!).ShouldBe("ephemeral");
        ((string)reply["text"]!).ShouldNotContain("<!channel>");
        ((string)reply["text"]!).ShouldNotContain("*stuck*");
        Workspace.Shown((string)reply["text"]!).ShouldBe("INC-1042 <!channel> ∗stuck∗: Calling. Calling Ann Lee now. Asked for by Dana.");
    }

    [Fact]
    public async Task A_running_dispatch_is_named_with_a_link_to_its_thread()
    {
        await Start("INC-1042");
        acme.Cards = () => Task.FromResult<List<PostedCard>>([new(Workspace.Ops, "C0OPS:1.000100")]);
        var reply = (await acme.Type("INC-1042")).ShouldBeOfType<SlackReply.Message>().Body.AsObject();
        Workspace.Words(reply).ShouldContain("INC-1042 is already being dispatched.");
        Workspace.Words(reply).ShouldContain("<https://acme.slack.com/archives/C0OPS/p1000100|Open its thread>");
        (await acme.Next("chat.getPermalink")).ToJsonString().ShouldBe("""{"channel":"C0OPS","message_ts":"1.000100"}""");
        await acme.Type("INC-1042");
        acme.NothingElse();
    }

    [Fact]
    public async Task A_link_that_is_slow_is_left_out()
    {
        await Start("INC-1042");
        var asked = new TaskCompletionSource();
        acme.Cards = () =>
        {
            asked.SetResult();
            return new TaskCompletionSource<List<PostedCard>>().Task;
        };
        var typed = acme.Type("INC-1042");
        await asked.Task.WaitAsync(TimeSpan.FromSeconds(20));
        await acme.Pass(TimeSpan.FromMilliseconds(700));
        Workspace.Words((await typed).ShouldBeOfType<SlackReply.Message>().Body.AsObject()).ShouldNotContain("thread>");
    }

    [Fact]
    public async Task A_slow_ticket_system_gets_a_view_that_waits_and_then_becomes_the_dialog()
    {
        (await Slow("INC-1042")).ShouldBe(new SlackReply.Nothing());
        var loading = await acme.Next("views.open");
        Workspace.Callback(loading["view"]!).ShouldBe("dispatch_loading");
        acme.Office.Clock.Advance(TimeSpan.FromSeconds(15));
        acme.NothingElse();
        slow.SetResult(new FoundTicket.Found(new("INC-1042", "Lift 2 is stuck")));
        var update = await acme.Next("views.update");
        ((string)update["view_id"]!).ShouldBe("V1");
        Workspace.Callback(update["view"]!).ShouldBe("dispatch_form");
    }

    [Fact]
    public async Task After_twenty_seconds_the_waiting_view_becomes_a_dialog_that_says_who_did_not_answer()
    {
        await Slow("INC-1042");
        await acme.Next("views.open");
        acme.Office.Clock.Advance(TimeSpan.FromSeconds(20));
        var view = (await acme.Next("views.update"))["view"]!;
        Workspace.Callback(view).ShouldBe("dispatch_form");
        Workspace.Words(view).ShouldContain("We could not look the ticket up in the ticket system (no answer in 20 seconds). You can dispatch what you typed");
    }

    [Fact]
    public async Task A_slow_directory_is_waited_for_as_well()
    {
        var people = new TaskCompletionSource<IReadOnlyList<Employee>>();
        acme.Office.People.Instead = people.Task;
        var typed = acme.Type("INC-1042");
        await acme.Pass(ThreeTenths);
        await typed;
        Workspace.Callback((await acme.Next("views.open"))["view"]!).ShouldBe("dispatch_loading");
        people.SetResult(acme.Office.People.List);
        Workspace.Callback((await acme.Next("views.update"))["view"]!).ShouldBe("dispatch_form");
    }

    [Fact]
    public async Task A_command_that_opens_nothing_is_answered_later_through_its_own_address()
    {
        acme.Office.People.Instead = new TaskCompletionSource<IReadOnlyList<Employee>>().Task;
        var typed = acme.Type("oncall");
        await acme.Pass(ThreeTenths);
        (await typed).ShouldBe(new SlackReply.Nothing());
        acme.NothingElse();
        await acme.Pass(TimeSpan.FromSeconds(20));
        (await acme.NextSaid()).ShouldBe(ReplyText.DirectoryUnavailable);
    }

    [Fact]
    public async Task A_mistake_after_a_view_that_could_not_open_is_said_in_private()
    {
        acme.Instead["views.open"] = _ => Refused("expired_trigger_id", Refusal.TooLate);
        await Slow("INC-9999");
        await acme.Next("views.open");
        slow.SetResult(new FoundTicket.Unknown());
        (await acme.NextSaid()).ShouldStartWith("There is no ticket INC-9999.");
    }

    [Theory]
    [InlineData("expired_trigger_id", Refusal.TooLate, "The dialog did not open within the three seconds that Slack allows. Nothing was started: try again.")]
    [InlineData("exchanged_trigger_id", Refusal.TooLate, "The dialog did not open within the three seconds that Slack allows. Nothing was started: try again.")]
    [InlineData("missing_scope", Refusal.Rights, "Slack does not let this app open a dialog (missing_scope). Nothing was started. An administrator must check the app's installation.")]
    [InlineData("invalid_arguments", Refusal.Content, "Slack rejected the dialog. Nothing was started. An administrator can find the reason in the log.")]
    public async Task A_person_who_gets_no_dialog_reads_what_to_do(string error, object kind, string says)
    {
        acme.Instead["views.open"] = _ => Refused(error, (Refusal)kind);
        await acme.Open("INC-1042");
        (await acme.NextSaid()).ShouldBe(says);
    }

    [Fact]
    public async Task A_throttled_or_lost_opening_is_said_too()
    {
        acme.Instead["views.open"] = _ => Task.FromResult<SlackAnswer>(new SlackAnswer.Throttled(TimeSpan.FromSeconds(6.5)));
        await acme.Open("INC-1042");
        (await acme.NextSaid()).ShouldBe("Slack asks us to wait 7 seconds before the next dialog. Nothing was started: try again then.");
        acme.Instead["views.open"] = _ => Task.FromResult<SlackAnswer>(new SlackAnswer.Lost("no answer"));
        await acme.Open("INC-1042");
        (await acme.NextSaid()).ShouldBe("We could not reach Slack to open the dialog. If you see no dialog, nothing was started: try again.");
    }

    [Fact]
    public async Task A_waiting_view_whose_opening_was_lost_is_found_by_our_own_id()
    {
        acme.Instead["views.open"] = _ => Task.FromResult<SlackAnswer>(new SlackAnswer.Lost("no answer"));
        await Slow("INC-1042");
        var external = (string)(await acme.Next("views.open"))["view"]!["external_id"]!;
        acme.Instead["views.update"] = _ => Refused("not_found", Refusal.Gone);
        slow.SetResult(new FoundTicket.Found(new("INC-1042", "Lift 2 is stuck")));
        ((string)(await acme.Next("views.update"))["external_id"]!).ShouldBe(external);
        (await acme.NextSaid()).ShouldStartWith("The dialog did not open");
    }

    [Fact]
    public async Task Who_closed_the_waiting_view_hears_no_more_of_it()
    {
        await Slow("INC-1042");
        await acme.Next("views.open");
        acme.Instead["views.update"] = _ => Refused("not_found", Refusal.Gone);
        slow.SetResult(new FoundTicket.Found(new("INC-1042", "Lift 2 is stuck")));
        await acme.Next("views.update");
        await acme.BackgroundWork.DisposeAsync();
        acme.NothingElse();
    }

    [Fact]
    public async Task A_dialog_that_Slack_cannot_take_now_is_put_there_again()
    {
        await Slow("INC-1042");
        await acme.Next("views.open");
        acme.Instead["views.update"] = _ => Task.FromResult<SlackAnswer>(new SlackAnswer.Throttled(TimeSpan.FromSeconds(2)));
        slow.SetResult(new FoundTicket.Found(new("INC-1042", "Lift 2 is stuck")));
        await acme.Next("views.update");
        acme.Instead["views.update"] = _ => Task.FromResult<SlackAnswer>(new SlackAnswer.Lost("no answer"));
        await acme.Pass(TimeSpan.FromSeconds(2));
        await acme.Next("views.update");
        acme.Instead.Clear();
        await acme.Pass(TimeSpan.FromSeconds(1));
        Workspace.Callback((await acme.Next("views.update"))["view"]!).ShouldBe("dispatch_form");
    }

    [Fact]
    public async Task Where_its_own_address_is_used_up_words_go_to_the_channel_and_else_to_direct_messages()
    {
        acme.Instead["views.open"] = _ => Refused("expired_trigger_id", Refusal.TooLate);
        acme.TakesSayings = false;
        await acme.Open("INC-1042");
        await acme.Next("say");
        var there = await acme.Next("chat.postEphemeral");
        ((string)there["channel"]!, (string)there["user"]!).ShouldBe(("C0OPS", Workspace.Dana));
        acme.Instead["chat.postEphemeral"] = _ => Refused("user_not_in_channel", Refusal.Place);
        await acme.Open("INC-1042");
        await acme.Next("say");
        await acme.Next("chat.postEphemeral");
        ((string)(await acme.Next("chat.postMessage"))["channel"]!).ShouldBe(Workspace.Dana);
    }

    [Fact]
    public async Task A_mention_means_the_employee_with_that_email_and_says_so_while_nobody_can_be_asked()
    {
        acme.Office.EmailOf = person => Task.FromResult(person.UserId == "T0ACME/U0ANN" ? "Ann@Example.com" : null);
        Workspace.Words(await acme.Open("INC-1042 <@U0ANN|ann>")).ShouldContain("1. Ann Lee");
        Said(await acme.Type("INC-1042 <@U0ZOE|zoe>")).ShouldStartWith("zoe is not linked to anybody in the employee directory.");
        acme.Office.EmailOf = _ => throw new HttpRequestException("unreachable");
        Said(await acme.Type("INC-1042 <@U0ANN|ann>")).ShouldStartWith("The chat did not tell us just now which employee that is.");
    }

    [Fact]
    public async Task A_name_that_is_slow_to_learn_holds_nothing_up()
    {
        acme.NameOf = (_, _) => new TaskCompletionSource<string>().Task;
        var typed = acme.Type("INC-1042");
        await acme.Pass(TimeSpan.FromMilliseconds(250));
        (await typed).ShouldBe(new SlackReply.Nothing());
        await acme.Next("views.open");
    }

    [Fact]
    public async Task What_is_typed_in_a_talk_between_two_people_is_shown_in_direct_messages()
    {
        await acme.Type("INC-1042", channel: "D0EVE");
        var view = (await acme.Next("views.open"))["view"]!;
        Workspace.Words(view).ShouldContain("in your direct messages with this app");
        DialogContextCodec.Read((string)view["private_metadata"]!)!.Channel.Address.ShouldBe("T0ACME/U0DANA");
    }

    [Fact]
    public async Task A_command_that_breaks_says_so()
    {
        acme.NameOf = (_, _) => throw new InvalidOperationException("secret");
        Said(await acme.Type("INC-1042")).ShouldBe(
            "Something went wrong, and we do not know whether it worked. Check with /dispatch list before you repeat it. An administrator can find the reason in the log.");
    }

    [Fact]
    public async Task Where_the_app_is_not_installed_the_author_reads_so_without_any_token_and_the_log_says_it()
    {
        acme.Installed.Clear();
        Said(await acme.Type("INC-1042")).ShouldStartWith("This app cannot work in this workspace just now");
        acme.NothingElse();
        acme.Log.Lines.ShouldHaveSingleItem().ShouldContain("T0ACME");
        acme.Log.Lines[0].ShouldContain("not installed");
    }

    [Fact]
    public async Task While_Slack_is_not_reached_the_log_says_that_and_not_that_the_app_is_not_installed()
    {
        acme.Installed.Clear();
        acme.Trouble = "the workspace of Slack:BotToken is not known yet, Slack is not reached";
        Said(await acme.Type("INC-1042")).ShouldStartWith("This app cannot work in this workspace just now");
        var line = acme.Log.Lines.ShouldHaveSingleItem();
        line.ShouldContain("because the workspace of Slack:BotToken is not known yet, Slack is not reached");
        line.ShouldNotContain("not installed");
    }

    async Task<SlackReply> Slow(string ticket)
    {
        acme.Office.Tickets.Instead = slow.Task;
        var typed = acme.Type(ticket);
        await acme.Pass(ThreeTenths);
        return await typed;
    }

    async Task Start(string ticket) => await acme.Office.Start(ticket);

    static string Said(SlackReply reply) => Workspace.Shown((string)reply.ShouldBeOfType<SlackReply.Message>().Body.AsObject()["text"]!);

    static Task<SlackAnswer> Refused(string error, Refusal kind) => Task.FromResult<SlackAnswer>(new SlackAnswer.Refused(error, kind, "detail"));
}
