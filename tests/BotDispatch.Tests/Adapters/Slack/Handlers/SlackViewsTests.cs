using System.Text.Json.Nodes;
using BotDispatch.Chat;
using BotDispatch.Core;
using BotDispatch.Slack.Drawing;

namespace BotDispatch.Tests.Adapters.Slack.Handlers;

public sealed class SlackViewsTests
{
    [Theory]
    [MemberData(nameof(SlackViews.Names), MemberType = typeof(SlackViews))]
    public void Slack_takes_every_view(string name) => BlockKitLimits.Check(SlackViews.All[name]);

    [Theory]
    [MemberData(nameof(SlackViews.MessageNames), MemberType = typeof(SlackViews))]
    public void Slack_takes_every_private_message(string name) => BlockKitLimits.Check(SlackViews.Messages[name]);

    [Fact]
    public void What_others_wrote_pings_links_and_formats_nothing()
    {
        foreach (var (name, drawn) in SlackViews.All.Concat(SlackViews.Messages).Where(each => each.Key.Contains("hostile", StringComparison.Ordinal)))
            foreach (var mrkdwn in Marked(drawn))
                foreach (var live in new[] { "<!channel", "<@U0EVE", "<https://evil.example|bank", "*bold*", "_it_", "~no~", "`code`", ":bomb:", "|<!", "javascript:", "data:" })
                    mrkdwn.ShouldNotContain(live, Case.Sensitive, name);
    }

    [Fact]
    public void The_dialog_says_what_whom_in_which_order_and_what_they_hear()
    {
        var words = Workspace.Words(SlackViews.All["form"]);
        words.ShouldContain("*INC-1042*  Lift 2 is stuck");
        words.ShouldContain("Priority: High  ·  Place: Building B  ·  <https://tickets.example.com/INC-1042?a=1&b=2|Open the ticket>");
        words.ShouldContain("Its card and thread will appear in <#C0OPS>.");
        words.ShouldContain("*Will be phoned in this order*, until one presses 1\n1. Person 1\n2. Person 0");
        words.ShouldContain("*What Person 1 will hear*\n>There is a job. INC-1042, Lift 2 is stuck.\n>Press 1 to accept, 1.");
    }

    [Fact]
    public void Who_cannot_be_phoned_is_marked_with_the_reason()
    {
        var view = SlackViews.All["form, who cannot be phoned is picked"];
        var options = Workspace.Block(view, "people")["element"]!["options"]!.AsArray();
        Workspace.Words(options[2]!).ShouldContain("⚠ Person 2");
        Workspace.Words(options[2]!["description"]!).ShouldBe("Cannot be phoned: No phone number in the directory.");
        var order = Workspace.Words(Workspace.Block(view, "order"));
        order.ShouldContain("1. ⚠ Person 2 cannot be phoned: No phone number in the directory. Leave them out.\n2. Person 0\n3. somebody who is not in the directory any more");
        Workspace.Words(Workspace.Block(view, "heard")).ShouldContain("What Person 0 will hear");
    }

    [Theory]
    [InlineData("form", "multi_static_select", 3)]
    [InlineData("form, escapes", "multi_static_select", 100)]
    [InlineData("form, many people", "multi_external_select", null)]
    public void A_hundred_people_are_listed_and_more_are_searched(string name, string type, int? listed)
    {
        var select = Workspace.Block(SlackViews.All[name], "people")["element"]!;
        ((string)select["type"]!).ShouldBe(type);
        (select["options"]?.AsArray().Count).ShouldBe(listed);
    }

    [Fact]
    public void Who_is_picked_already_is_ticked_in_their_order_with_exactly_the_words_of_the_list()
    {
        var select = Workspace.Block(SlackViews.All["form"], "people")["element"]!;
        var ticked = select["initial_options"]!.AsArray();
        ticked.Select(each => (string)each!["value"]!).ShouldBe(["p1", "p0"]);
        foreach (var each in ticked)
            select["options"]!.AsArray().ShouldContain(option => JsonNode.DeepEquals(option, each));
        Workspace.Block(SlackViews.All["form, nobody picked"], "people")["element"]!["initial_options"].ShouldBeNull("Slack refuses an empty list");
    }

    [Fact]
    public void A_list_can_be_chosen_and_its_people_are_ticked_in_a_block_of_their_own()
    {
        var view = SlackViews.All["form, lists"];
        var select = Workspace.Block(view, FormView.ListBlock)["element"]!;
        select["options"]!.AsArray().Select(each => (string)each!["value"]!).ShouldBe([FormView.NoList, "list0", "list1"]);
        ((string)select["initial_option"]!["value"]!).ShouldBe("list0");
        ((bool)Workspace.Block(view, FormView.ListBlock)["dispatch_action"]!).ShouldBeTrue();
        Workspace.Block(view, "people:list0")["element"]!["initial_options"]!.AsArray().Count.ShouldBe(2, "Slack keeps what was picked in a block that keeps its id");
        var words = Workspace.Words(view);
        words.ShouldContain("From the list Lift engineers.");
        words.ShouldContain("1. Person 1 (first: on shift until 08:00 (UTC), Person 1, longest since last called (19 days))");
        SlackViews.All["form"]["blocks"]!.AsArray().ShouldNotContain(block => (string?)block!["block_id"] == FormView.ListBlock, "nothing is offered where no list is set up");
    }

    [Theory]
    [InlineData("list1", "list1")]
    [InlineData(FormView.NoList, "")]
    [InlineData(null, "")]
    public void A_chosen_list_comes_back_with_the_people_of_its_block(string? chosen, string list)
    {
        var option = chosen is null ? "null" : $"{{\"value\":\"{chosen}\"}}";
        var payload = System.Text.Json.JsonDocument.Parse("""
            {"view":{"id":"V1","hash":"h","callback_id":"dispatch_form","private_metadata":"","state":{"values":{
              "list":{"list_pick":{"type":"static_select","selected_option":OPTION}},
              "people:list0":{"people_pick":{"type":"multi_static_select","selected_options":[{"value":"p1"},{"value":"p0"}]}}}}}}
            """.Replace("OPTION", option, StringComparison.Ordinal));
        var view = BotDispatch.Slack.Inbound.ViewReader.Read(payload.RootElement).ShouldNotBeNull();
        var fields = BotDispatch.Slack.Inbound.ViewReader.Fields(view);
        (fields.List, string.Join(' ', fields.Picked)).ShouldBe((list, "p1 p0"));
        BotDispatch.Slack.Inbound.ViewReader.PeopleBlockOf(view).ShouldBe("people:list0");
    }

    [Fact]
    public void A_re_dispatch_says_so_in_its_title() => Workspace.Words(SlackViews.All["form, again"]).ShouldContain("Re-dispatch\n");

    [Fact]
    public void What_a_dialog_keeps_comes_back_whole()
    {
        var kept = new DialogContext("form \"1\"", new("slack", "T0ACME/C0OPS"), SlackViews.Hostile, new DispatchId("abc"), "https://acme.slack.com/x?a=1&b=2");
        DialogContextCodec.Read(DialogContextCodec.Write(kept)).ShouldBe(kept);
        foreach (var foreign in new[] { "", "x", "[]", "{}", "null", "{\"form\":1,\"channel\":\"a\",\"ticket\":\"b\"}" })
            DialogContextCodec.Read(foreign).ShouldBeNull();
    }

    [Fact]
    public void The_home_shows_what_runs_with_links_and_who_can_be_phoned()
    {
        var words = Workspace.Words(SlackViews.All["home"]);
        words.ShouldContain("*INC-1042*  Lift 2 is stuck\nWaiting. Pause before the next call to Waiting. (until <!date^1795348800^{time_secs}|12:00:00 UTC>) Next: Waiting.\n"
            + "<https://acme.slack.com/archives/C0OPS/p1|Open its thread>  ·  <https://tickets.example.com/INC-1042?a=1&b=2|Open the ticket>");
        words.ShouldContain("Person 0  lifts · en-GB\nPerson 1  lifts · en-GB");
        words.ShouldContain("*Cannot be phoned*\n⚠ Person 2: No phone number in the directory.");
        Workspace.Words(SlackViews.All["home, full"]).ShouldContain("and 25 more: /dispatch list");
    }

    [Fact]
    public void The_home_shows_who_has_which_job_since_when()
    {
        var card = new DispatchCard(
            new("abc234"), new("INC-1042", "Lift 2 is stuck"), null, new("slack", "U0DANA", "Dana"), CardStatus.Accepted, "Ann Lee accepted by phone.", null, null, [], [], IsClosed: true);
        var words = Workspace.Words(HomeView.Of(new([], [], [new(card, "Ann Lee", DateTimeOffset.UnixEpoch)]), ["https://acme.slack.com/p1"], DateTimeOffset.UnixEpoch).AsObject());
        words.ShouldContain("Accepted, not done");
        words.ShouldContain("*INC-1042*  Lift 2 is stuck\nAccepted. Ann Lee accepted by phone.\nAnn Lee has had it since <!date^0^");
        words.ShouldContain("<https://acme.slack.com/p1|Open its thread>");
        words.ShouldContain("Nothing is being dispatched. To begin");
        Workspace.Words(HomeView.Of(new([], []), [], DateTimeOffset.UnixEpoch).AsObject()).ShouldContain("Nothing is being dispatched, and no accepted job is waiting to be done. To begin");
    }

    static IEnumerable<string> Marked(JsonNode? node) => node switch
    {
        JsonObject it when (string?)it["type"] == "mrkdwn" => [(string)it["text"]!],
        JsonObject it => it.SelectMany(each => each.Value is JsonValue ? each.Key == "text" && it["type"] is null ? [(string)each.Value!] : [] : Marked(each.Value)),
        JsonArray list => list.SelectMany(Marked),
        _ => [],
    };
}
