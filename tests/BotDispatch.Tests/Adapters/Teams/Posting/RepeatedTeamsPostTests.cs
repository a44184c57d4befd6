using BotDispatch.Ports;
using BotDispatch.Teams.Connector;

namespace BotDispatch.Tests.Adapters.Teams.Posting;

public sealed class RepeatedTeamsPostTests
{
    [Fact]
    public async Task A_reply_is_repeated_four_times_and_then_taken_as_posted()
    {
        await using var teams = await RecordedTeams.ReadyAsync();
        (await teams.ReplyAsync(earlierTries: 1)).ShouldBeOfType<Posted.Done>();
        (await teams.ReplyAsync(earlierTries: 4)).ShouldBeOfType<Posted.Done>();
        teams.Names.ShouldBe(["Members", "Send", "Members", "Send"]);
        (await teams.ReplyAsync(earlierTries: 5)).ShouldBe(new Posted.Done(TeamsSample.Update.Key));
        teams.Calls.Count.ShouldBe(4);
    }

    [Fact]
    public async Task A_card_is_posted_again_since_a_dispatch_needs_one()
    {
        await using var teams = await RecordedTeams.ReadyAsync();
        (await teams.CardAsync(earlierTries: 4)).ShouldBeOfType<Posted.Done>();
        teams.Names.ShouldBe(["Members", "NewThread"]);
    }

    [Fact]
    public async Task The_repeats_are_not_spent_on_a_Teams_that_does_not_answer()
    {
        await using var teams = await RecordedTeams.ReadyAsync();
        teams.Answers<ConnectorCall.Members>(new ConnectorAnswer.Lost("timeout")).Answers<ConnectorCall.Members>(new ConnectorAnswer.NotReached("no route"))
            .Answers<ConnectorCall.Members>(new ConnectorAnswer.Throttled(TimeSpan.FromSeconds(7)));
        (await teams.ReplyAsync(1)).ShouldBeOfType<Posted.TryLater>();
        (await teams.ReplyAsync(1)).ShouldBeOfType<Posted.TryLater>();
        (await teams.ReplyAsync(1)).ShouldBe(new Posted.NotYet(TimeSpan.FromSeconds(7)));
        teams.Names.ShouldBe(["Members", "Members", "Members"]);
    }

    [Fact]
    public async Task Members_that_may_not_be_read_keep_nothing_from_being_said()
    {
        await using var teams = await RecordedTeams.ReadyAsync();
        (await teams.Refuses<ConnectorCall.Members>("http_403", Refusal.Forbidden).ReplyAsync(1)).ShouldBeOfType<Posted.Done>();
        teams.Logged.ShouldHaveSingleItem().ShouldStartWith("646 ");
    }
}
