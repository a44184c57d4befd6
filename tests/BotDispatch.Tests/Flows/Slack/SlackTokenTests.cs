using BotDispatch.Simulator;

namespace BotDispatch.Tests.Flows.Slack;

/// <summary>Installed by OAuth: tokens die, are renewed and come back in the middle of a dispatch.</summary>
public sealed class SlackTokenTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_token_that_is_revoked_stops_no_call_and_after_the_next_installation_every_line_is_posted(bool isUninstalled)
    {
        await using var world = await SlackTelling.BeginAsync(byOAuth: true);
        await world.InstallAsync(world.Team, "U0DANA");
        var card = await world.DispatchAsync("/dispatch INC-1042", "Marcus Reed", "Ann Lee");
        await world.World.PassAsync(4);
        await (isUninstalled ? world.Slack.Events.UninstallAsync(world.Team) : world.Slack.Events.RevokeTokensAsync(world.Team));
        await world.World.PassAsync(TimeSpan.FromMinutes(25));
        world.World.CallsTo("ann.lee").ShouldHaveSingleItem();
        SlackTelling.LinesOf(card).Count.ShouldBeLessThan(SlackTelling.ExpectedLines.Length);
        var refused = world.Slack.Log.Calls.Count(call => call.Error is "token_revoked" or "account_inactive");
        refused.ShouldBeLessThan(10, "a dead token is not used on and on");

        await world.InstallAsync(world.Team, "U0DANA");
        await world.World.PassAsync(TimeSpan.FromMinutes(11));
        SlackTelling.LinesOf(card).ShouldBe(SlackTelling.ExpectedLines);
        card.Words.ShouldContain("Accepted");
        world.Ops.Roots.ShouldBe([card]);
    }

    [Fact]
    public async Task Tokens_that_live_twelve_hours_are_renewed_under_a_dispatch_that_runs_for_longer()
    {
        await using var world = await SlackTelling.BeginAsync(
            new() { ["Policy:GiveUpAfter"] = "2.00:00:00", ["Policy:RoundPause"] = "05:30:00", ["Policy:AttemptsPerEmployee"] = "1" }, byOAuth: true);
        await world.InstallAsync(world.Team, "U0DANA");
        world.World.Phone("ann.lee").Script = new PersonScript.NeverAnswers();
        var card = await world.DispatchAsync("/dispatch INC-1042", "Ann Lee");
        await world.World.PassAsync(TimeSpan.FromHours(30));
        world.World.Phone("ann.lee").Script = new PersonScript.AnswersAndAccepts();
        await world.ToTheEndAsync(card);

        SlackTelling.LinesOf(card)[^1].ShouldStartWith("Accepted: Ann Lee pressed 1");
        card.Words.ShouldContain("Accepted");
        world.Slack.Log.Of("oauth.v2.access").Count.ShouldBeInRange(3, 6);
        world.Slack.Log.Calls.Where(call => call.Error is not null).ShouldBeEmpty();
    }
}
