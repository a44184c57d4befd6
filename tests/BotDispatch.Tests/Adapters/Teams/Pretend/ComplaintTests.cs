using System.Net;
using System.Text.Json.Nodes;
using BotDispatch.PretendTeams;

namespace BotDispatch.Tests.Adapters.Teams.Pretend;

/// <summary>The pretend Teams complains of all that a person would see as an error, and of all that an app must not do: no complaint is worth something only then.</summary>
public sealed class ComplaintTests
{
    const string Execute = """{"type":"Action.Execute","title":"Skip","verb":"skip","data":{"n":1}}""";
    const string Fetch = """{"type":"Action.Submit","title":"Open","data":{"msteams":{"type":"task/fetch"}}}""";

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("""{"statusCode":200,"type":"application/vnd.microsoft.adaptive.card","value":{"type":"AdaptiveCard","version":"1.5","body":[]}}""")]
    [InlineData("""{"statusCode":200,"type":"application/vnd.microsoft.card.adaptive","value":{"type":"AdaptiveCard","version":"1.6","body":[]}}""")]
    [InlineData("""{"statusCode":400,"type":"application/vnd.microsoft.error","value":"text"}""")]
    public async Task A_button_that_is_answered_with_nothing_that_can_be_shown(string answer)
    {
        var scene = await TeamsScene.BeginAsync();
        var post = await scene.CardAsync(TeamsScene.Card("Hello", Execute));
        scene.BotSays(answer);
        await scene.Dana.PressAsync(post, "Skip");
        scene.Complaints.ShouldHaveSingleItem().ShouldStartWith("a button was answered with what means nothing");
    }

    [Theory]
    [InlineData("")]
    [InlineData("""{"task":{"type":"continue","value":{"title":"T","card":{"type":"AdaptiveCard","version":"1.5"}}}}""")]
    [InlineData("""{"task":{"type":"continue","value":{"title":"T","card":{"contentType":"application/vnd.microsoft.card.adaptive","content":{"type":"AdaptiveCard","version":"1.5","body":[{"type":"ActionSet","actions":[{"type":"Action.Execute","title":"Send"}]}]}}}}}""")]
    public async Task A_dialog_that_cannot_be_shown_or_sent(string answer)
    {
        var scene = await TeamsScene.BeginAsync();
        var post = await scene.CardAsync(TeamsScene.Card("Hello", Fetch));
        scene.BotSays(answer);
        await scene.Dana.PressAsync(post, "Open");
        scene.Complaints.ShouldHaveSingleItem().ShouldContain("dialog");
        scene.Dana.Dialog.ShouldBeNull();
    }

    [Fact]
    public async Task A_person_who_waits_longer_than_three_seconds_sees_an_error()
    {
        var scene = await TeamsScene.BeginAsync();
        var post = await scene.CardAsync(TeamsScene.Card("Hello", Execute));
        scene.Bot = async _ =>
        {
            await Task.Delay(TimeSpan.FromSeconds(4), scene.Clock);
            return (HttpStatusCode.OK, "");
        };
        var pressing = scene.Dana.PressAsync(post, "Skip");
        while (scene.Received.Count == 0)
            await Task.Yield();
        scene.Clock.Advance(TimeSpan.FromSeconds(3.1));
        await pressing;
        scene.Complaints.ShouldHaveSingleItem().ShouldContain("did not answer in time");
    }

    [Theory]
    [InlineData("""{"type":"message"}""", 400)]
    [InlineData("""{"type":"message","text":"hi","entities":[{"type":"mention","text":"<at>Dana</at>","mentioned":{"id":"DANA","name":"Dana"}}]}""", 400)]
    [InlineData("""{"type":"message","text":"<at>Zed</at>","entities":[{"type":"mention","text":"<at>Zed</at>","mentioned":{"id":"29:1zed","name":"Zed"}}]}""", 400)]
    [InlineData("""{"type":"message","text":"hi","attachments":[{"contentType":"application/vnd.microsoft.card.adaptive","content":{"type":"AdaptiveCard","version":"1.5","body":[]}}]}""", 202)]
    [InlineData("""{"type":"message","attachments":[{"contentType":"application/vnd.microsoft.card.adaptive","content":{"type":"AdaptiveCard","version":"1.5","body":[{"type":"Sparkle"}]}}]}""", 400)]
    [InlineData("""{"type":"message","attachments":[{"contentType":"application/vnd.microsoft.card.adaptive","content":{"type":"AdaptiveCard","version":"1.5","body":[],"actions":[{"type":"Action.Execute","title":"X"}]}}]}""", 201)]
    public async Task A_message_that_is_not_shown_as_it_is_meant(string activity, int status)
    {
        var scene = await TeamsScene.BeginAsync();
        var sent = JsonNode.Parse(activity.Replace("DANA", scene.Dana.Person.Mri, StringComparison.Ordinal))!.AsObject();
        (await scene.SendAsync(scene.Ops, sent)).Status.ShouldBe(status);
        scene.Complaints.ShouldHaveSingleItem();
    }

    [Fact]
    public async Task A_message_or_a_card_that_is_too_big()
    {
        var scene = await TeamsScene.BeginAsync();
        (await scene.SendAsync(scene.Ops, TeamsScene.OfText(new('x', 60_000)))).Status.ShouldBe(413);
        (await scene.SendAsync(scene.Ops, TeamsScene.OfCard(TeamsScene.Card(new('x', 30_000), Execute)))).Status.ShouldBe(400);
        scene.Complaints.Count().ShouldBe(2);
    }

    [Fact]
    public async Task A_call_without_the_bots_token_or_to_a_stranger()
    {
        var scene = await TeamsScene.BeginAsync();
        var path = $"v3/conversations/{Uri.EscapeDataString(scene.Ops.Id)}/activities";
        (await scene.CallAsync("POST", path, TeamsScene.OfText("hi"), token: "stolen")).Status.ShouldBe(401);
        (await scene.CallAsync("POST", path, TeamsScene.OfText("hi"), address: "https://evil.example.com/amer/")).Status.ShouldBe(404);
        scene.Complaints.Count().ShouldBe(2);
        scene.Ops.Posts.ShouldBeEmpty();
    }

    [Fact]
    public async Task An_id_that_is_not_encoded()
    {
        await using var server = await StandInServer.StartAsync(TimeProvider.System, new() { Tokens = false });
        using var http = new HttpClient();
        await http.GetAsync(new Uri(server.Teams.Options.ServiceUrl, "v3/conversations/19%3Aaa%40thread.tacv2/members/1"));
        server.Teams.Complaints.ShouldBeEmpty();
        await http.GetAsync(new Uri(server.Teams.Options.ServiceUrl, "v3/conversations/19:aa@thread.tacv2;messageid=1/members/1"));
        server.Teams.Complaints.ShouldHaveSingleItem().What.ShouldStartWith("an id that is not encoded");
    }

    [Theory]
    [InlineData(8, 0)]
    [InlineData(9, 0.2)]
    [InlineData(61, 0.45)]
    public async Task More_than_a_conversation_takes_over_all_its_threads(int messages, double pause)
    {
        var scene = await TeamsScene.BeginAsync();
        for (var n = 1; n < messages; n++)
        {
            (await scene.SendAsync(scene.Ops, TeamsScene.OfText($"{n}"), n % 2 == 0 ? scene.Ops.Roots[0] : null)).Status.ShouldBe(201);
            scene.Clock.Advance(TimeSpan.FromSeconds(pause));
        }
        scene.Complaints.ShouldBeEmpty();
        await scene.SendAsync(scene.General, TeamsScene.OfText("elsewhere"));
        scene.Complaints.ShouldBeEmpty();
        await scene.SendAsync(scene.Ops, TeamsScene.OfText("one more"));
        scene.Complaints.ShouldHaveSingleItem().ShouldStartWith("too fast");
        scene.Teams.Disorder.ThrottlesAboveLimits = true;
        (await scene.SendAsync(scene.Ops, TeamsScene.OfText("one more"))).Status.ShouldBe(429);
    }

    [Fact]
    public async Task A_token_that_is_too_old_is_refused_without_a_complaint()
    {
        var scene = await TeamsScene.BeginAsync();
        var token = scene.Token();
        scene.Clock.Advance(TimeSpan.FromHours(1));
        (await scene.CallAsync("POST", $"v3/conversations/{Uri.EscapeDataString(scene.Ops.Id)}/activities", TeamsScene.OfText("hi"), token)).Status.ShouldBe(401);
        scene.Complaints.ShouldBeEmpty();
    }
}
