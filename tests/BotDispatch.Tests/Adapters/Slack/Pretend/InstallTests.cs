using System.Text.Json.Nodes;
using System.Web;
using BotDispatch.PretendSlack;

namespace BotDispatch.Tests.Adapters.Slack.Pretend;

public sealed class InstallTests
{
    static readonly Uri Authorize = new("https://slack.com/oauth/v2/authorize?client_id=111.222&scope=commands,chat:write&redirect_uri=https%3A%2F%2Fbot.example%2Fback&state=s1");

    static string Code(Scene scene) =>
        HttpUtility.ParseQueryString(scene.Slack.Installs.Approve(Authorize, scene.Team, "U0DANA").Query)["code"]!;

    static Task<(HttpResponseMessage, JsonObject Body)> ExchangeAsync(Scene scene, string code, string redirect = "https://bot.example/back") =>
        scene.SendAsync("oauth.v2.access", "", ("client_id", "111.222"), ("client_secret", "client-secret"), ("code", code), ("redirect_uri", redirect));

    static async Task<JsonObject> RefreshAsync(Scene scene, JsonObject pair) =>
        (await scene.SendAsync("oauth.v2.access", "", ("client_id", "111.222"), ("client_secret", "client-secret"), ("grant_type", "refresh_token"), ("refresh_token", pair["refresh_token"]))).Body;

    static async Task<string?> TestAsync(Scene scene, JsonObject pair) => (string?)(await scene.SendAsync("auth.test", (string)pair["access_token"]!)).Body["error"];

    [Fact]
    public async Task A_code_is_good_once_for_ten_minutes_and_for_its_own_address()
    {
        await using var scene = await Scene.StartAsync();
        var (good, other, old) = (Code(scene), Code(scene), Code(scene));

        var (_, given) = await ExchangeAsync(scene, good);
        ((string)(await ExchangeAsync(scene, good)).Body["error"]!).ShouldBe("code_already_used");
        ((string)(await ExchangeAsync(scene, other, "https://evil.example")).Body["error"]!).ShouldBe("bad_redirect_uri");
        scene.Clock.Advance(TimeSpan.FromMinutes(11));
        ((string)(await ExchangeAsync(scene, old)).Body["error"]!).ShouldBe("invalid_code");

        foreach (var name in (ReadOnlySpan<string>)["app_id", "authed_user", "scope", "token_type", "access_token", "bot_user_id", "expires_in", "refresh_token", "team", "enterprise", "is_enterprise_install"])
            given.ContainsKey(name).ShouldBeTrue(name);
        scene.Team.Scopes.ShouldBe(["commands", "chat:write"], ignoreOrder: true);
        InstallOffice.Deny(Authorize).ToString().ShouldBe("https://bot.example/back?error=access_denied&state=s1");
    }

    [Fact]
    public async Task A_token_lives_twelve_hours_and_a_refresh_token_works_once()
    {
        await using var scene = await Scene.StartAsync();
        var (_, first) = await ExchangeAsync(scene, Code(scene));

        var second = await RefreshAsync(scene, first);
        ((string)(await RefreshAsync(scene, first))["error"]!).ShouldBe("invalid_refresh_token");
        (await TestAsync(scene, first)).ShouldBeNull("two live at once");
        scene.Clock.Advance(TimeSpan.FromHours(12));
        (await TestAsync(scene, second)).ShouldBe("token_expired");
        var third = await RefreshAsync(scene, second);
        (await TestAsync(scene, third)).ShouldBeNull();
    }

    [Fact]
    public async Task Of_three_rotated_tokens_the_oldest_dies_and_removal_kills_all()
    {
        await using var scene = await Scene.StartAsync();
        var (_, first) = await ExchangeAsync(scene, Code(scene));
        var second = await RefreshAsync(scene, first);
        var third = await RefreshAsync(scene, second);

        (await TestAsync(scene, first)).ShouldBe("token_expired");
        (await TestAsync(scene, second)).ShouldBeNull();
        await scene.Slack.Events.UninstallAsync(scene.Team);

        (await TestAsync(scene, third)).ShouldBe("account_inactive");
        ((string)(await RefreshAsync(scene, third))["error"]!).ShouldBe("invalid_refresh_token");
        scene.Arrivals.Select(each => (string)each.Payload["event"]!["type"]!).ShouldBe(["tokens_revoked", "app_uninstalled"]);
    }

    [Fact]
    public async Task Auth_test_says_who_it_is_and_names_the_scopes_in_a_header()
    {
        await using var scene = await Scene.StartAsync();

        var (response, body) = await scene.SendAsync("auth.test", Scene.Token);

        response.Headers.GetValues("x-oauth-scopes").Single().Split(',').ShouldContain("chat:write");
        ((string)body["team_id"]!, (string)body["user_id"]!).ShouldBe(("T0ACME", scene.Team.BotUserId));
        ((string)(await scene.SendAsync("auth.test", "")).Body["error"]!).ShouldBe("not_authed");
        ((string)(await scene.SendAsync("auth.test", "xoxb-wrong")).Body["error"]!).ShouldBe("invalid_auth");
        ((string)(await scene.CallAsync("poems.write"))["error"]!).ShouldBe("unknown_method");
    }
}
