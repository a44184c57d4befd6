using System.Net;
using System.Text.Json.Nodes;
using BotDispatch.Slack.Api;
using BotDispatch.Slack.Install;
using BotDispatch.Tests.Adapters.Slack.Api;
using BotDispatch.Tests.Storage;
using Microsoft.AspNetCore.WebUtilities;

namespace BotDispatch.Tests.Adapters.Slack.Install;

public class InstallFlowTests
{
    static readonly JsonNode Flow = Captured.Read("oauth/install_and_rotation.json");
    static readonly JsonNode Exchange = Flow["token_exchange"]![0]!;

    [Theory, OnSqlite, OnPostgreSql]
    public async Task Somebody_installs_it_and_it_works_there_on_every_node(On on)
    {
        await using var ground = await Ground.ReadyAsync(on);
        await using var room = SlackRoom.ByOAuth(ground, appId: "A0DISPATCH");
        room.Slack.On("oauth.v2.access", _ => AnsweringSlack.Answer(Exchange["response"]!["body"]!));
        var (page, _) = await GoAsync(room, "code=tmpcode");
        page.Status.ShouldBe(HttpStatusCode.OK);
        page.Body.ShouldContain("Acme");
        var asked = room.Slack.Of("oauth.v2.access").ShouldHaveSingleItem();
        asked.Authorization.ShouldBeNull();
        foreach (var captured in (JsonNode[])[Exchange, Captured.Exchange("oauth.v2.access.code")])
            Captured.Fields(asked.Body).ShouldBe(Captured.Fields(captured["body"]!.GetValue<string>()), ignoreOrder: true);

        await using var other = SlackRoom.ByOAuth(ground);
        var found = (await other.Installations.FindAsync("T0ACME", default)).ShouldNotBeNull();
        (found.Name, found.BotUserId).ShouldBe(("Acme", "U0BOT"));
        found.Scopes.ShouldBe(["commands", "chat:write"], ignoreOrder: true);
        (await other.CallAsync("chat.postMessage")).ShouldBeOfType<SlackAnswer.Ok>();
        other.Slack.Of("chat.postMessage").Single().Authorization.ShouldBe("Bearer xoxe.xoxb-1-first");
        // A dot, which no sealed text has: three letters alone come up in one of fifty by chance.
        (await ground.ReadAsync<string>("SELECT body FROM installations")).Single().ShouldNotContain("xoxe.");
        room.Logged.ShouldAllBe(line => !line.Contains("xox", StringComparison.Ordinal) && !line.Contains("tmpcode", StringComparison.Ordinal) && !line.Contains("shhh", StringComparison.Ordinal));
    }

    [Fact]
    public async Task They_are_sent_to_Slack_with_what_its_own_package_sends_and_a_cookie_for_this_host_alone()
    {
        await using var ground = await Ground.ReadyAsync(On.Sqlite);
        await using var room = SlackRoom.ByOAuth(ground);
        using var browser = await room.BrowserAsync();
        using var answer = await browser.GetAsync(new Uri("/slack/install", UriKind.Relative));
        answer.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        var to = answer.Headers.Location.ShouldNotBeNull();
        to.GetLeftPart(UriPartial.Path).ShouldBe("https://slack.com/oauth/v2/authorize");
        var (query, captured) = (QueryHelpers.ParseQuery(to.Query), QueryHelpers.ParseQuery(new Uri(Flow["authorize_url"]!.GetValue<string>()).Query));
        query.Keys.ShouldBe(captured.Keys, ignoreOrder: true);
        foreach (var name in (string[])["client_id", "redirect_uri", "user_scope"])
            query[name].ShouldBe(captured[name]);
        query["scope"].ToString().Split(',').ShouldBe(SlackScopes.Required.AddRange(SlackScopes.Optional));
        var cookie = answer.Headers.GetValues("Set-Cookie").Single();
        cookie.ShouldStartWith("__Host-");
        foreach (var part in (string[])["secure", "httponly", "samesite=lax", "path=/", "max-age=600"])
            cookie.Split("; ").ShouldContain(part);
        cookie.ShouldNotContain("domain");
    }

    [Fact]
    public async Task A_state_is_good_once_for_ten_minutes_and_for_its_own_browser()
    {
        await using var ground = await Ground.ReadyAsync(On.Sqlite);
        await using var room = SlackRoom.ByOAuth(ground);
        await using var other = SlackRoom.ByOAuth(ground);
        var (states, mine, theirs) = (room.Get<InstallStates>(), room.Get<InstallStates>().Begin(), room.Get<InstallStates>().Begin());
        (await states.TakeAsync(mine.State, theirs.Browser, default)).ShouldBeFalse();
        (await states.TakeAsync(mine.State, null, default)).ShouldBeFalse();
        (await states.TakeAsync(null, mine.Browser, default)).ShouldBeFalse();
        (await states.TakeAsync("forged", mine.Browser, default)).ShouldBeFalse();
        (await states.TakeAsync("not base64 !", mine.Browser, default)).ShouldBeFalse();
        (await states.TakeAsync(mine.State, mine.Browser, default)).ShouldBeTrue();
        (await states.TakeAsync(mine.State, mine.Browser, default)).ShouldBeFalse();
        (await other.Get<InstallStates>().TakeAsync(mine.State, mine.Browser, default)).ShouldBeFalse();
        room.Clock.Advance(InstallStates.Life);
        (await other.Get<InstallStates>().TakeAsync(theirs.State, theirs.Browser, default)).ShouldBeFalse();
    }

    [Fact]
    public async Task Without_its_cookie_or_twice_nothing_is_asked_of_Slack()
    {
        await using var ground = await Ground.ReadyAsync(On.Sqlite);
        await using var room = SlackRoom.ByOAuth(ground);
        room.Slack.On("oauth.v2.access", _ => AnsweringSlack.Answer(Exchange["response"]!["body"]!));
        var (page, again) = await GoAsync(room, "code=tmpcode", withCookie: false);
        page.Status.ShouldBe(HttpStatusCode.BadRequest);
        page.Body.ShouldContain("begin again");
        room.Slack.Requests.ShouldBeEmpty();
        (page, again) = await GoAsync(room, "code=tmpcode");
        page.Status.ShouldBe(HttpStatusCode.OK);
        (await again()).Status.ShouldBe(HttpStatusCode.BadRequest);
        room.Slack.Requests.Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_person_who_declines_reads_that_nothing_was_installed()
    {
        await using var ground = await Ground.ReadyAsync(On.Sqlite);
        await using var room = SlackRoom.ByOAuth(ground);
        var (page, _) = await GoAsync(room, "error=access_denied");
        page.Status.ShouldBe(HttpStatusCode.Forbidden);
        page.Body.ShouldContain("Nothing was installed");
        room.Slack.Requests.ShouldBeEmpty();
        (await GoAsync(room, "error=%3Cscript%3E")).Page.Body.ShouldContain("unnamed_error");
        (await GoAsync(room, "nothing=else")).Page.Body.ShouldContain("no_code");
    }

    [Theory]
    [InlineData("""{"ok":false,"error":"invalid_code"}""", HttpStatusCode.BadGateway, "invalid_code")]
    [InlineData("""{"ok":true,"access_token":"xoxp-1","token_type":"user","team":{"id":"T1"}}""", HttpStatusCode.BadGateway, "no_bot_token")]
    [InlineData("""{"ok":true,"access_token":"xoxb-1","token_type":"bot","team":{"id":"T/1"}}""", HttpStatusCode.BadGateway, "no_bot_token")]
    [InlineData("""{"ok":true,"access_token":"xoxb-1","token_type":"bot","app_id":"A0OTHER","team":{"id":"T1"}}""", HttpStatusCode.BadGateway, "another_app")]
    [InlineData("<html>", HttpStatusCode.ServiceUnavailable, "did not answer")]
    public async Task What_Slack_says_instead_is_shown(string answer, HttpStatusCode status, string words)
    {
        await using var ground = await Ground.ReadyAsync(On.Sqlite);
        await using var room = SlackRoom.ByOAuth(ground, appId: "A0DISPATCH");
        room.Slack.On("oauth.v2.access", 200, answer);
        var (page, _) = await GoAsync(room, "code=tmpcode");
        page.Status.ShouldBe(status);
        page.Body.ShouldContain(words);
        (await ground.CountAsync("installations")).ShouldBe(0);
    }

    [Fact]
    public async Task The_page_runs_nothing_loads_nothing_and_takes_a_name_as_it_is()
    {
        await using var ground = await Ground.ReadyAsync(On.Sqlite);
        await using var room = SlackRoom.ByOAuth(ground);
        room.Slack.On("oauth.v2.access", 200, """{"ok":true,"access_token":"xoxb-1","token_type":"bot","team":{"id":"T1","name":"<img src=x onerror=alert(1)>"}}""");
        var (page, _) = await GoAsync(room, "code=tmpcode");
        page.Body.ShouldContain("&lt;img src=x onerror=alert(1)&gt;");
        page.Body.ShouldNotContain("<img");
        page.Body.ShouldNotContain("http");
        page.Header("Content-Security-Policy").ShouldStartWith("default-src 'none'; style-src 'sha256-");
        page.Header("Referrer-Policy").ShouldBe("no-referrer");
        page.Header("Cache-Control").ShouldBe("no-store");
        page.Header("Set-Cookie").ShouldContain("expires=Thu, 01 Jan 1970");
    }

    [Fact]
    public async Task An_org_wide_installation_serves_every_workspace_but_those_with_one_of_their_own()
    {
        await using var ground = await Ground.ReadyAsync(On.Sqlite);
        await using var room = SlackRoom.ByOAuth(ground);
        room.Slack.On("oauth.v2.access", 200, """{"ok":true,"access_token":"xoxb-org","token_type":"bot","is_enterprise_install":true,"team":null,"enterprise":{"id":"E0ORG","name":"Org"}}""");
        (await GoAsync(room, "code=tmpcode")).Page.Body.ShouldContain("Org");
        await room.InstallAsync(new("T0OWN", "Own", "U0BOT", [], "xoxb-own"));
        (await room.Installations.LocateAsync("T0ANY", "E0ORG", default)).ShouldBe("E0ORG");
        (await room.Installations.LocateAsync(null, "E0ORG", default)).ShouldBe("E0ORG");
        (await room.Installations.LocateAsync("T0OWN", "E0ORG", default)).ShouldBe("T0OWN");
        (await room.Installations.LocateAsync("T0ANY", "E0OTHER", default)).ShouldBeNull();
        (await room.Installations.LocateAsync("T0ANY", null, default)).ShouldBeNull();
    }

    [Fact]
    public async Task Without_OAuth_there_is_no_such_page()
    {
        await using var room = await SlackRoom.OpenAsync();
        using var browser = await room.BrowserAsync();
        using var answer = await browser.GetAsync(new Uri("/slack/install", UriKind.Relative));
        answer.StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    sealed record Shown(HttpStatusCode Status, string Body, HttpResponseMessage Answer)
    {
        public string Header(string name) => string.Join(", ", Answer.Headers.GetValues(name));
    }

    /// <summary>From our page to Slack and back with what Slack adds; and the same return once more.</summary>
    static async Task<(Shown Page, Func<Task<Shown>> Again)> GoAsync(SlackRoom room, string added, bool withCookie = true)
    {
        var browser = await room.BrowserAsync();
        using var sent = await browser.GetAsync(new Uri("/slack/install", UriKind.Relative));
        var state = QueryHelpers.ParseQuery(sent.Headers.Location!.Query)["state"].ToString();
        var cookie = sent.Headers.GetValues("Set-Cookie").Single().Split(';')[0];
        return (await ReturnAsync(), ReturnAsync);

        async Task<Shown> ReturnAsync()
        {
            using var back = new HttpRequestMessage(HttpMethod.Get, $"/slack/oauth_redirect?{added}&state={Uri.EscapeDataString(state)}");
            if (withCookie)
                back.Headers.Add("Cookie", cookie);
            var answer = await browser.SendAsync(back);
            return new(answer.StatusCode, await answer.Content.ReadAsStringAsync(), answer);
        }
    }
}
