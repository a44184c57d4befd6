using BotDispatch.PretendTeams;

namespace BotDispatch.Tests.Adapters.Teams.Pretend;

/// <summary>What people of the pretend Teams do arrives as Teams sends it, and what a bot says is seen by whom it is for.</summary>
public sealed class SceneTests
{
    const string Inputs = """
        {"type":"Input.ChoiceSet","id":"people","isMultiSelect":true,"choices":[{"title":"Ann Lee","value":"a"},{"title":"Marcus Reed","value":"m"}]},
        {"type":"Input.Text","id":"note","maxLength":5},{"type":"Input.Number","id":"count"},{"type":"Input.Toggle","id":"urgent","title":"Urgent"},
        """;

    const string Both = """{"type":"Action.Execute","title":"Skip","verb":"skip","data":{"n":1},"fallback":{"type":"Action.Submit","title":"Skip","data":{"n":2}}}""";

    [Fact]
    public async Task A_mention_is_markup_with_an_entity_and_a_blank_that_does_not_break()
    {
        var scene = await TeamsScene.BeginAsync();
        await scene.Dana.SayAsync("@BotDispatch dispatch <b> @Priya Nair", scene.Ops);
        var activity = scene.Received.ShouldHaveSingleItem();
        activity["text"]!.ToString().ShouldBe("<at>BotDispatch</at>\u00a0dispatch &lt;b&gt; <at>Priya Nair</at>\n");
        activity["conversation"]!["id"]!.ToString().ShouldBe($"{scene.Ops.Id};messageid={activity["id"]}");
        activity["entities"]!.AsArray().Select(each => each!["type"]!.ToString()).ShouldBe(["clientInfo", "mention", "mention"]);
        await scene.Dana.SayAsync("nobody is meant", scene.Ops);
        await scene.Dana.SayAsync("you are meant", scene.Dana.Chat);
        scene.Received.Count.ShouldBe(2);
    }

    [Fact]
    public async Task Fields_are_sent_as_texts_and_an_empty_choice_or_number_not_at_all()
    {
        var scene = await TeamsScene.BeginAsync();
        var post = await scene.CardAsync(TeamsScene.Card("Hello", Both, Inputs));
        scene.BotSays("""{"statusCode":200,"type":"application/vnd.microsoft.activity.message","value":""}""");
        await scene.Dana.PressAsync(post, "Skip");
        scene.Received[^1]["value"]!["action"]!["data"]!.ToJsonString().ShouldBe("""{"n":1,"note":"","urgent":"false"}""");
        var form = post.SeenBy(scene.Dana.Person);
        form.Fill("note", "too long");
        await scene.Dana.PickAsync(form, "people", "Marcus", "Ann");
        await scene.Dana.PressAsync(post, "Skip");
        scene.Received[^1]["value"]!["action"]!["data"]!.ToJsonString().ShouldBe("""{"n":1,"people":"m,a","note":"too l","urgent":"false"}""");
        scene.Complaints.ShouldBeEmpty();
    }

    [Fact]
    public async Task An_old_client_sends_a_message_without_words_in_place_of_an_invoke()
    {
        var scene = await TeamsScene.BeginAsync();
        var post = await scene.CardAsync(TeamsScene.Card("Hello", Both));
        scene.Dana.HasOldClient = true;
        await scene.Dana.PressAsync(post, "Skip");
        var activity = scene.Received.ShouldHaveSingleItem();
        (activity["type"]!.ToString(), activity["value"]!["n"]!.ToString(), activity["replyToId"]!.ToString()).ShouldBe(("message", "2", post.Id));
        activity.ContainsKey("text").ShouldBeFalse();
    }

    [Fact]
    public async Task A_card_in_an_answer_is_seen_by_the_presser_until_it_is_rewritten_for_all()
    {
        var scene = await TeamsScene.BeginAsync();
        var post = await scene.CardAsync(TeamsScene.Card("Hello", Both));
        scene.BotSays($$"""{"statusCode":200,"type":"application/vnd.microsoft.card.adaptive","value":{{TeamsScene.Card("Skipped", Both).ToJsonString()}}}""");
        await scene.Dana.PressAsync(post, "Skip");
        (post.SeenBy(scene.Dana.Person).Words, post.SeenBy(scene.Priya.Person).Words, post.Words).ShouldBe(("Skipped", "Hello", "Hello"));
        var path = $"v3/conversations/{Uri.EscapeDataString(post.ThreadId)}/activities/{post.Id}";
        (await scene.CallAsync("PUT", path, TeamsScene.OfCard(TeamsScene.Card("For all", Both)))).Status.ShouldBe(200);
        (post.SeenBy(scene.Dana.Person).Words, post.Words).ShouldBe(("For all", "For all"));
        scene.Ops.Delete(post);
        (await scene.CallAsync("PUT", path, TeamsScene.OfText("gone"))).ShouldSatisfyAllConditions(
            answer => answer.Status.ShouldBe(404), answer => answer.Body["error"]!["code"]!.ToString().ShouldBe("ActivityNotFoundInConversation"));
    }

    [Fact]
    public async Task What_is_for_one_person_is_seen_by_them_alone_and_notifies_nobody()
    {
        var scene = await TeamsScene.BeginAsync();
        var activity = TeamsScene.OfText("Only you");
        activity["recipient"] = new System.Text.Json.Nodes.JsonObject { ["id"] = scene.Dana.Person.Mri };
        var path = $"v3/conversations/{Uri.EscapeDataString(scene.Ops.Id)}/activities";
        var (status, body) = await scene.CallAsync("POST", path + "?isTargetedActivity=true", activity);
        status.ShouldBe(201);
        scene.Ops.Posts.ShouldBeEmpty();
        scene.Dana.PrivateNotices.ShouldHaveSingleItem().ShouldSatisfyAllConditions(shown => shown.Way.ShouldBe(Way.Targeted), shown => shown.Text.ShouldBe("Only you"));
        (await scene.CallAsync("PUT", $"{path}/{body["id"]}", TeamsScene.OfText("x"))).Status.ShouldBe(404, "without saying that it is targeted");
        (await scene.CallAsync("PUT", $"{path}/{body["id"]}?isTargetedActivity=true", TeamsScene.OfText("x"))).Status.ShouldBe(200);
        (await scene.CallAsync("DELETE", $"{path}/{body["id"]}?isTargetedActivity=true")).Status.ShouldBe(200);
        scene.Teams.Pings.ShouldBeEmpty();
    }

    [Fact]
    public async Task Where_the_app_is_not_installed_or_blocked_it_may_not_write()
    {
        var scene = await TeamsScene.BeginAsync();
        await scene.Teams.Installs.RemoveAsync(scene.General, scene.Dana.Person);
        scene.Received.Select(each => each["type"]!.ToString()).ShouldBe(["installationUpdate", "conversationUpdate"]);
        (await scene.SendAsync(scene.Ops, TeamsScene.OfText("hi"))).Body["error"]!["code"]!.ToString().ShouldBe("BotNotInConversationRoster");
        scene.Dana.Person.BlocksBot = true;
        (await scene.SendAsync(scene.Dana.Chat, TeamsScene.OfText("hi"))).Body["error"]!["code"]!.ToString().ShouldBe("ConversationBlockedByUser");
    }

    [Fact]
    public async Task A_message_that_nobody_took_comes_twice_more()
    {
        var scene = await TeamsScene.BeginAsync();
        scene.Bot = _ => Task.FromResult((System.Net.HttpStatusCode.ServiceUnavailable, ""));
        await scene.Dana.SayAsync("hello", scene.Dana.Chat);
        for (var n = 0; n < 10; n++)
        {
            scene.Clock.Advance(TimeSpan.FromSeconds(15));
            await scene.Teams.QuietAsync();
        }
        scene.Received.Select(each => each["id"]!.ToString()).Distinct().ShouldHaveSingleItem();
        scene.Received.Count.ShouldBe(3);
    }
}
