using BotDispatch.Core;
using BotDispatch.Ports;
using BotDispatch.Slack;
using BotDispatch.Slack.Api;
using static BotDispatch.Tests.Adapters.Slack.Posting.RecordedSlack;

namespace BotDispatch.Tests.Adapters.Slack.Posting;

/// <summary>Whether somebody is a member of a channel of Slack: people of the workspace by their id, people of other chats by their email.</summary>
public sealed class SlackMembersTests
{
    static readonly Person InTeams = new("teams", "2222/1111", "Dana in Teams");

    [Fact]
    public async Task People_of_the_workspace_are_looked_for_on_every_page()
    {
        var slack = new RecordedSlack();
        slack.Answers("conversations.members", Ok("""{"ok":true,"members":["U1","U2"],"response_metadata":{"next_cursor":"more"}}"""))
            .Answers("conversations.members", Ok("""{"ok":true,"members":["U0DANA"],"response_metadata":{"next_cursor":""}}"""));
        (await FindAsync(slack, Sample.Dana, null)).ShouldBe(new Membership.Is(Sample.Dana));
        slack.Last.Arguments["cursor"]!.GetValue<string>().ShouldBe("more");
        slack.Answers("conversations.members", Ok("""{"ok":true,"members":["U1","U0DANA2"]}"""));
        (await FindAsync(slack, Sample.Dana, null)).ShouldBe(new Membership.IsNot());
        slack.EveryAnswerWasUsed();
    }

    [Fact]
    public async Task People_of_another_chat_are_known_by_their_email()
    {
        var slack = new RecordedSlack();
        slack.Answers("users.lookupByEmail", Ok("""{"ok":true,"user":{"id":"U7"}}""")).Answers("conversations.members", Ok("""{"ok":true,"members":["U7"]}"""));
        (await FindAsync(slack, InTeams, "dana@example.com")).ShouldBe(new Membership.Is(new("slack", "T0ACME/U7", "Dana in Teams")));
        slack.Refuses("users.lookupByEmail", "users_not_found", Refusal.Other);
        (await FindAsync(slack, InTeams, "dana@example.com")).ShouldBe(new Membership.IsNot());
        slack.Refuses("users.lookupByEmail", "invalid_arguments", Refusal.Content);
        (await FindAsync(slack, InTeams, "dana_example.com#EXT#@acme.onmicrosoft.com")).ShouldBe(new Membership.IsNot(), "what Slack takes for no email is nobody's there");
        var asked = slack.Calls.Count;
        (await FindAsync(slack, InTeams, null)).ShouldBe(new Membership.IsNot());
        slack.Calls.Count.ShouldBe(asked, "nobody is looked for without an email");
    }

    [Fact]
    public async Task Where_the_app_is_not_let_in_it_says_so_for_good_and_what_passes_is_asked_again()
    {
        var slack = new RecordedSlack();
        slack.Refuses("conversations.members", "channel_not_found", Refusal.Place);
        (await FindAsync(slack, Sample.Dana, null)).ShouldBe(new Membership.Unseen("channel_not_found"));
        slack.Refuses("users.lookupByEmail", "missing_scope", Refusal.Rights);
        (await FindAsync(slack, InTeams, "dana@example.com")).ShouldBe(new Membership.Unseen("missing_scope"));
        slack.Refuses("conversations.members", "token_revoked", Refusal.Token);
        (await FindAsync(slack, Sample.Dana, null)).ShouldBeOfType<Membership.Unknown>().After.ShouldBe(TimeSpan.FromMinutes(5));
        slack.Answers("conversations.members", new SlackAnswer.Throttled(TimeSpan.FromSeconds(9)));
        (await FindAsync(slack, Sample.Dana, null)).ShouldBeOfType<Membership.Unknown>().After.ShouldBe(TimeSpan.FromSeconds(9));
        foreach (var lost in (SlackAnswer[])[new SlackAnswer.NotReached("x"), new SlackAnswer.Lost("x")])
        {
            slack.Answers("conversations.members", lost);
            (await FindAsync(slack, Sample.Dana, null)).ShouldBeOfType<Membership.Unknown>();
        }
    }

    [Fact]
    public async Task A_mirror_that_is_refused_is_not_replaced_by_a_direct_message()
    {
        var slack = new RecordedSlack();
        slack.Refuses("chat.postMessage", "not_in_channel", Refusal.Place);
        (await slack.Platform.PostCardAsync(Sample.Ops, Sample.Card with { Thread = 1 }, 0, default)).ShouldBeOfType<Posted.Refused>().Because.ShouldBe("not_in_channel");
        slack.Calls.ShouldHaveSingleItem();
    }

    [Theory]
    [InlineData("slack:T0ACME/C0OPS", "T0ACME/C0OPS")]
    [InlineData("https://app.slack.com/client/T0ACME/C0OPS", "T0ACME/C0OPS")]
    [InlineData(" https://app.slack.com/client/E0ORG/G0OPS/thread/C0OPS-1 ", "E0ORG/G0OPS")]
    [InlineData("https://acme.slack.com/archives/C0OPS", null)]
    [InlineData("slack:T0ACME/U0DANA", null)]
    [InlineData("slack:T0ACME", null)]
    public void A_channel_is_written_as_a_browser_shows_it_or_as_its_address(string written, string? address) =>
        SlackAddress.Read(written).ShouldBe(address is null ? null : new ChatChannel("slack", address));

    [Fact]
    public void One_workspace_is_a_single_tenant()
    {
        var slack = new RecordedSlack();
        slack.Platform.IsSingleTenant.ShouldBeTrue();
        slack.Settings.ClientId = "1.2";
        slack.Platform.IsSingleTenant.ShouldBeFalse();
    }

    static Task<Membership> FindAsync(RecordedSlack slack, Person person, string? email) => slack.Platform.FindMemberAsync(Sample.Ops, person, email, default);
}
