using System.Text.Json.Nodes;
using BotDispatch.PretendSlack.Driver;

namespace BotDispatch.Tests.Adapters.Slack.Pretend;

public sealed class DialogTests
{
    static JsonObject View(string title, params string[] blocks) =>
        Scene.Parse($$"""{"type":"modal","callback_id":"form","title":{"type":"plain_text","text":"{{title}}"},"submit":{"type":"plain_text","text":"Call"},"blocks":[{{string.Join(',', blocks)}}]}""").AsObject();

    static string Note(string block, string action = "text", string initial = "") =>
        $$$"""{"type":"input","block_id":"{{{block}}}","label":{"type":"plain_text","text":"Note"},"element":{"type":"plain_text_input","action_id":"{{{action}}}"{{{(initial.Length == 0 ? "" : $",\"initial_value\":\"{initial}\"")}}}}}""";

    static string People(string initial = "") =>
        $$$"""{"type":"input","block_id":"people","label":{"type":"plain_text","text":"Who"},"element":{"type":"multi_static_select","action_id":"pick","options":[{{{Option("Ann")}}},{{{Option("Bob")}}}]{{{(initial.Length == 0 ? "" : $",\"initial_options\":[{Option(initial)}]")}}}}}""";

    static string Option(string name) => $$"""{"text":{"type":"plain_text","text":"{{name}}"},"value":"{{name.ToLowerInvariant()}}"}""";

    static string Searched(int least) =>
        $$$"""{"type":"input","block_id":"people","label":{"type":"plain_text","text":"Who"},"element":{"type":"multi_external_select","action_id":"pick","min_query_length":{{{least}}},"max_selected_items":2}}""";

    [Fact]
    public async Task A_trigger_opens_one_dialog_within_three_seconds()
    {
        await using var scene = await Scene.StartAsync();
        await scene.Dana.TypeAsync("/dispatch", scene.Ops);
        var trigger = (string)scene.Arrivals[^1].Payload["trigger_id"]!;
        await scene.Dana.TypeAsync("/dispatch", scene.Ops);
        var late = (string)scene.Arrivals[^1].Payload["trigger_id"]!;

        scene.Clock.Advance(TimeSpan.FromSeconds(3));
        ((bool)(await scene.CallAsync("views.open", ("trigger_id", trigger), ("view", View("A"))))["ok"]!).ShouldBeTrue();
        ((string)(await scene.CallAsync("views.open", ("trigger_id", trigger), ("view", View("A"))))["error"]!).ShouldBe("exchanged_trigger_id");
        scene.Clock.Advance(TimeSpan.FromMilliseconds(1));
        ((string)(await scene.CallAsync("views.open", ("trigger_id", late), ("view", View("A"))))["error"]!).ShouldBe("expired_trigger_id");
        scene.Dana.Dialog!.Title.ShouldBe("A");
    }

    [Fact]
    public async Task What_was_typed_survives_an_update_where_both_ids_stay()
    {
        await using var scene = await Scene.StartAsync();
        var view = await scene.OpenAsync(View("A", Note("a"), Note("b"), Note("c", initial: "given")));
        await scene.Dana.FillAsync(view, "a", "typed");
        await scene.Dana.FillAsync(view, "b", "typed");

        await scene.CallAsync("views.update", ("view_id", view.Id), ("view", View("B", Note("a", initial: "new"), Note("b", action: "other", initial: "new"), Note("c2"))));

        (view.Title, view.Filled("a"), view.Filled("b"), view.Filled("c2")).ShouldBe(("B", "typed", "new", ""));
    }

    [Fact]
    public async Task New_initial_options_do_not_change_what_is_chosen()
    {
        await using var scene = await Scene.StartAsync();
        var view = await scene.OpenAsync(View("A", People()));

        await scene.CallAsync("views.update", ("view_id", view.Id), ("view", View("A", People(initial: "Ann"))));

        view.Filled("people").ShouldBe("");
        (await scene.Dana.SubmitAsync(view)).ShouldBeOfType<Submitted.Incomplete>().Blocks.ShouldBe(["people"]);
    }

    [Fact]
    public async Task An_update_with_an_old_hash_is_refused()
    {
        await using var scene = await Scene.StartAsync();
        var view = await scene.OpenAsync(View("A"));
        var hash = view.Hash;

        ((bool)(await scene.CallAsync("views.update", ("view_id", view.Id), ("hash", hash), ("view", View("B"))))["ok"]!).ShouldBeTrue();
        ((string)(await scene.CallAsync("views.update", ("view_id", view.Id), ("hash", hash), ("view", View("C"))))["error"]!).ShouldBe("hash_conflict");
        view.Title.ShouldBe("B");
    }

    [Theory]
    [InlineData("", typeof(Submitted.Closed), false)]
    [InlineData("""{"response_action":"clear"}""", typeof(Submitted.Cleared), false)]
    [InlineData("""{"response_action":"errors","errors":{"note":"Too short"}}""", typeof(Submitted.Errors), true)]
    [InlineData("""{"response_action":"update","view":{"type":"modal","title":{"type":"plain_text","text":"U"},"blocks":[]}}""", typeof(Submitted.Updated), true)]
    [InlineData("""{"response_action":"push","view":{"type":"modal","title":{"type":"plain_text","text":"P"},"blocks":[]}}""", typeof(Submitted.Pushed), true)]
    [InlineData("""{"response_action":"errors","errors":{"text":"an action id"}}""", typeof(Submitted.Failed), true)]
    [InlineData("""{"response_action":"update","view":{"type":"modal","blocks":[]}}""", typeof(Submitted.Failed), true)]
    [InlineData("{}", typeof(Submitted.Failed), true)]
    public async Task A_submission_does_what_its_answer_says(string answer, Type outcome, bool staysOpen)
    {
        await using var scene = await Scene.StartAsync();
        var view = await scene.OpenAsync(View("A", Note("note", initial: "x")));
        if (answer.Length > 0) scene.Answers(answer);

        (await scene.Dana.SubmitAsync(view)).ShouldBeOfType(outcome);

        view.IsOpen.ShouldBe(staysOpen);
        scene.Dana.Complaints.Select(each => each.What).ShouldBe(outcome == typeof(Submitted.Failed) ? ["dialog_error"] : []);
    }

    [Fact]
    public async Task A_select_that_asks_the_app_offers_what_it_answers_once_enough_is_typed()
    {
        await using var scene = await Scene.StartAsync();
        var view = await scene.OpenAsync(View("A", Searched(least: 2)));
        scene.Arrivals.Clear();
        scene.Answers($$"""{"options":[{{Option("Ann")}},{{Option("Anna")}}]}""");

        (await scene.Dana.SearchAsync(view, "people", "a")).ShouldBeEmpty();
        scene.Arrivals.ShouldBeEmpty();
        (await scene.Dana.SearchAsync(view, "people", "an")).ShouldBe(["Ann", "Anna"]);
        await scene.Dana.PickAsync(view, "people", "Anna", "Ann");

        scene.Arrivals[0].Path.ShouldBe("/slack/options");
        view.Filled("people").ShouldBe("anna,ann");
        scene.Answers($$"""{"options":[{"text":{"type":"mrkdwn","text":"x"},"value":"x"}]}""");
        (await scene.Dana.SearchAsync(view, "people", "an")).ShouldBeEmpty();
        scene.Dana.Complaints.Single().During.ShouldContain("must be a plain_text object");
    }

    [Fact]
    public async Task A_stack_is_three_high_and_the_x_closes_it_all()
    {
        await using var scene = await Scene.StartAsync();
        var root = View("A", """{"type":"actions","block_id":"more","elements":[{"type":"button","action_id":"more","text":{"type":"plain_text","text":"More"}}]}""");
        root["notify_on_close"] = true;
        await scene.OpenAsync((JsonObject)root.DeepClone());
        async Task<JsonObject> PushAsync()
        {
            await scene.Dana.PressAsync(scene.Dana.Dialog!, "More");
            return await scene.CallAsync("views.push", ("trigger_id", (string)scene.Arrivals[^1].Payload["trigger_id"]!), ("view", root));
        }

        ((bool)(await PushAsync())["ok"]!).ShouldBeTrue();
        ((bool)(await PushAsync())["ok"]!).ShouldBeTrue();
        ((string)(await PushAsync())["error"]!).ShouldBe("push_limit_reached");
        var first = scene.Dana.Dialog!.Root;
        await scene.Dana.CloseAsync(scene.Dana.Dialog!, all: true);

        scene.Dana.Dialog.ShouldBeNull();
        var shown = scene.Arrivals[^1].Payload;
        ((string)shown["type"]!, (bool)shown["is_cleared"]!, (string)shown["view"]!["id"]!).ShouldBe(("view_closed", true, first.Id));
    }

    [Fact]
    public async Task A_button_is_found_by_its_label_and_asks_first_where_it_should()
    {
        await using var scene = await Scene.StartAsync();
        var message = await scene.PostAsync("card", Scene.Parse(
            """
            {"type":"actions","block_id":"acts","elements":[{"type":"button","action_id":"cancel","value":"d1","text":{"type":"plain_text","text":"Cancel"},
              "confirm":{"title":{"type":"plain_text","text":"Sure?"},"text":{"type":"plain_text","text":"Calls stop."},"confirm":{"type":"plain_text","text":"Yes"},"deny":{"type":"plain_text","text":"No"}}}]}
            """));

        await scene.Dana.PressAsync(message, "Cancel", confirm: false);
        scene.Arrivals.ShouldBeEmpty();
        await scene.Dana.PressAsync(message, "Cancel");

        scene.Dana.Confirmed.ShouldBe(["Calls stop.", "Calls stop."]);
        ((string)scene.Arrivals.Single().Payload["actions"]![0]!["value"]!).ShouldBe("d1");
        (await Should.ThrowAsync<InvalidOperationException>(() => scene.Dana.PressAsync(message, "Skip"))).Message.ShouldBe("there is no button 'Skip', but 'Cancel'");
    }

    [Fact]
    public async Task Home_is_published_for_one_person_and_its_buttons_can_be_pressed()
    {
        await using var scene = await Scene.StartAsync();
        await scene.Dana.OpenHomeAsync();
        scene.Dana.Home.ShouldBeNull();
        var home = Scene.Parse("""{"type":"home","blocks":[{"type":"actions","elements":[{"type":"button","action_id":"new","text":{"type":"plain_text","text":"Dispatch"}}]}]}""");

        ((bool)(await scene.CallAsync("views.publish", ("user_id", "U0DANA"), ("view", home)))["ok"]!).ShouldBeTrue();
        await scene.Dana.PressAsync(scene.Dana.Home!, "Dispatch");

        scene.Slack.User("U0TERRY").Home.ShouldBeNull();
        var pressed = scene.Arrivals[^1].Payload;
        ((string)pressed["view"]!["type"]!, pressed.ContainsKey("response_url"), (string)pressed["actions"]![0]!["action_id"]!).ShouldBe(("home", false, "new"));
    }
}
