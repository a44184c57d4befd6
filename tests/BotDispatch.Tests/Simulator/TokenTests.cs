using System.Text.Json.Nodes;

namespace BotDispatch.Tests.Simulator;

public class TokenTests
{
    [Fact]
    public async Task The_same_token_is_given_again_with_less_time_left()
    {
        await using var rig = await SimulatorRig.StartAsync();
        var first = await rig.TokenAsync();
        rig.Clock.Advance(TimeSpan.FromSeconds(177.5));
        var second = await rig.TokenAsync();

        Guid.TryParse((string?)first["access_token"], out _).ShouldBeTrue();
        ((string?)second["access_token"]).ShouldBe((string?)first["access_token"]);
        ((int)first["expires_in"]!).ShouldBe(3600);
        ((int)second["expires_in"]!).ShouldBe(3422);
        ((string?)first["token_type"]).ShouldBe("bearer");
        ((string)first["scope"]!).Split(' ').ShouldContain("voice");
        first["permissions"]!.AsArray().Select(role => (string?)role).ShouldContain("MT_ROLE_VOICE");
    }

    [Fact]
    public async Task A_token_that_lived_its_hour_is_refused_and_replaced()
    {
        await using var rig = await SimulatorRig.StartAsync();
        await rig.SignInAsync();
        var first = await rig.TokenAsync();
        rig.Clock.Advance(TimeSpan.FromSeconds(3599));
        (await rig.SendAsync(HttpMethod.Get, "/accounts/me/balance")).Status.ShouldBe(200);
        rig.Clock.Advance(TimeSpan.FromSeconds(1));
        (await rig.SendAsync(HttpMethod.Get, "/accounts/me/balance")).Status.ShouldBe(401);
        ((string?)(await rig.TokenAsync())["access_token"]).ShouldNotBe((string?)first["access_token"]);
    }

    [Fact]
    public async Task Token_life_can_be_set()
    {
        await using var rig = await SimulatorRig.StartAsync(options => options.TokenLifetime = TimeSpan.FromDays(1));
        ((int)(await rig.TokenAsync())["expires_in"]!).ShouldBe(86400);
    }

    [Fact]
    public async Task A_revoked_token_is_refused()
    {
        await using var rig = await SimulatorRig.StartAsync();
        await rig.SignInAsync();
        rig.Routee.RevokeTokens();
        (await rig.PostAsync(Plans.Order())).StatusCode.ShouldBe(System.Net.HttpStatusCode.Unauthorized);
        rig.Routee.Calls.ShouldBeEmpty();
    }

    [Theory, InlineData("wrong", false), InlineData("simulator", true)]
    public async Task Bad_credentials_get_the_body_of_the_gate(string secret, bool refused)
    {
        await using var rig = await SimulatorRig.StartAsync();
        rig.Routee.RefuseCredentials = refused;
        using var answer = await rig.AskForTokenAsync(secret);
        var body = JsonNode.Parse(await answer.Content.ReadAsStringAsync())!.AsObject();
        ((int)answer.StatusCode).ShouldBe(401);
        body.Select(field => field.Key).ShouldBe(["timestamp", "status", "error", "message", "path"]);
        ((string?)body["message"]).ShouldBe("Bad credentials");
        ((string?)body["path"]).ShouldBe("/oauth/token");
    }

    [Theory, InlineData("password", null, "unsupported_grant_type"), InlineData("client_credentials", "moon", "invalid_scope")]
    public async Task A_bad_grant_or_scope_is_named(string grant, string? scope, string error)
    {
        await using var rig = await SimulatorRig.StartAsync();
        using var answer = await rig.AskForTokenAsync(scope: scope, grant: grant);
        ((int)answer.StatusCode).ShouldBe(400);
        var body = JsonNode.Parse(await answer.Content.ReadAsStringAsync())!;
        ((string?)body["error"]).ShouldBe(error);
        body["error_description"].ShouldNotBeNull();
    }

    [Fact]
    public async Task Without_the_voice_scope_calls_are_forbidden()
    {
        await using var rig = await SimulatorRig.StartAsync();
        await rig.SignInAsync("sms");
        (await rig.SendAsync(HttpMethod.Post, "/voice/conversation", Plans.Order())).Status.ShouldBe(403);
    }

    [Fact]
    public async Task No_token_and_a_made_up_one_are_unauthorized()
    {
        await using var rig = await SimulatorRig.StartAsync();
        (await rig.SendAsync(HttpMethod.Get, "/voice/tracking/x")).Status.ShouldBe(401);
        rig.Http.DefaultRequestHeaders.Authorization = new("Bearer", Guid.NewGuid().ToString());
        (await rig.SendAsync(HttpMethod.Get, "/voice/tracking/x")).Status.ShouldBe(401);
    }

    [Fact]
    public async Task Unreachable_means_503_for_everything_but_inspection()
    {
        await using var rig = await SimulatorRig.StartAsync();
        rig.Routee.Unreachable = true;
        (await rig.AskForTokenAsync()).StatusCode.ShouldBe(System.Net.HttpStatusCode.ServiceUnavailable);
        (await rig.SendAsync(HttpMethod.Get, "/simulator/requests")).Status.ShouldBe(200);
    }
}
