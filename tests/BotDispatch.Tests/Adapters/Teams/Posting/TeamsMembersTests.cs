using BotDispatch.Core;
using BotDispatch.Ports;
using BotDispatch.Teams;
using BotDispatch.Teams.Connector;
using static BotDispatch.Tests.Adapters.Teams.Posting.RecordedTeams;
using static BotDispatch.Tests.Adapters.Teams.Posting.TeamsSample;

namespace BotDispatch.Tests.Adapters.Teams.Posting;

/// <summary>Whether somebody is a member of a place in Teams: people of the tenant by their id, people of other chats by their email.</summary>
public sealed class TeamsMembersTests
{
    static readonly Person InSlack = new("slack", "T0ACME/U0DANA", "Dana in Slack");

    [Fact]
    public async Task People_of_the_tenant_are_asked_for_by_their_id()
    {
        await using var teams = await ReadyAsync();
        teams.Answers<ConnectorCall.Member>(Ok("""{"id":"29:dana"}"""));
        (await FindAsync(teams, Dana, null)).ShouldBe(new Membership.Is(Dana));
        teams.Last.ShouldBe(new ConnectorCall.Member(ServiceUrl, Channel, "29:dana"), "as this bot knows them");
        teams.Refuses<ConnectorCall.Member>("MemberNotFoundInConversation", Refusal.Gone);
        (await FindAsync(teams, Dana, null)).ShouldBe(new Membership.IsNot());
        teams.Answers<ConnectorCall.Member>(Ok("""{"id":"29:new"}"""));
        (await FindAsync(teams, TeamsAddress.Person(Tenant, "new-object", "29:new", "New"), null)).ShouldBeOfType<Membership.Is>();
        teams.Last.ShouldBe(new ConnectorCall.Member(ServiceUrl, Channel, "new-object"), "never heard of");
    }

    [Fact]
    public async Task People_of_another_chat_are_looked_for_by_email_on_every_page()
    {
        await using var teams = await ReadyAsync();
        teams.Answers<ConnectorCall.Members>(Ok("""{"members":[{"id":"29:a","email":"a@example.com"}],"continuationToken":"more"}"""))
            .Answers<ConnectorCall.Members>(Ok("""{"members":[{"id":"29:d","aadObjectId":"d-object","email":"Dana@Example.com"}]}"""));
        (await FindAsync(teams, InSlack, "dana@example.com")).ShouldBe(new Membership.Is(new("teams", $"{Tenant}/d-object", "Dana in Slack")));
        teams.EveryAnswerWasUsed();
    }

    [Fact]
    public async Task Who_has_no_email_or_another_is_no_member()
    {
        await using var teams = await ReadyAsync();
        (await FindAsync(teams, InSlack, null)).ShouldBe(new Membership.IsNot());
        teams.Calls.ShouldBeEmpty("nobody is looked for without an email");
        teams.Answers<ConnectorCall.Members>(Ok("""{"members":[{"id":"29:a","email":"a@example.com"},{"id":"29:b"}]}"""));
        (await FindAsync(teams, InSlack, "dana@example.com")).ShouldBe(new Membership.IsNot());
    }

    [Fact]
    public async Task Somebody_of_another_tenant_is_not_taken_for_one_of_this_by_an_id()
    {
        await using var teams = await ReadyAsync();
        (await FindAsync(teams, Dana with { UserId = $"99999999-0000-4000-8000-000000000009/{TeamsSample.Object}" }, null)).ShouldBe(new Membership.IsNot());
        teams.Calls.ShouldBeEmpty();
    }

    [Fact]
    public async Task Where_the_app_is_not_let_in_it_says_so_for_good_and_what_passes_is_asked_again()
    {
        await using var teams = await ReadyAsync();
        teams.Refuses<ConnectorCall.Member>("BotNotInConversationRoster", Refusal.NotInRoster);
        (await FindAsync(teams, Dana, null)).ShouldBe(new Membership.Unseen("BotNotInConversationRoster"));
        teams.Refuses<ConnectorCall.Member>("ConversationNotFound", Refusal.Gone);
        (await FindAsync(teams, Dana, null)).ShouldBe(new Membership.Unseen("ConversationNotFound"), "nobody is a member of what is not there");
        teams.Refuses<ConnectorCall.Member>("BotNotRegistered", Refusal.Credentials);
        (await FindAsync(teams, Dana, null)).ShouldBeOfType<Membership.Unknown>().After.ShouldBe(TimeSpan.FromMinutes(5));
        teams.Refuses<ConnectorCall.Member>("service_url_not_allowed", Refusal.Forbidden);
        (await FindAsync(teams, Dana, null)).ShouldBeOfType<Membership.Unknown>().After.ShouldBe(TimeSpan.FromMinutes(5));
        teams.Answers<ConnectorCall.Member>(new ConnectorAnswer.Throttled(TimeSpan.FromSeconds(9)));
        (await FindAsync(teams, Dana, null)).ShouldBeOfType<Membership.Unknown>().After.ShouldBe(TimeSpan.FromSeconds(9));
        foreach (var lost in (ConnectorAnswer[])[new ConnectorAnswer.NotReached("x"), new ConnectorAnswer.Lost("x"), new ConnectorAnswer.Busy()])
        {
            teams.Answers<ConnectorCall.Member>(lost);
            (await FindAsync(teams, Dana, null)).ShouldBeOfType<Membership.Unknown>();
        }
    }

    [Fact]
    public async Task In_a_tenant_that_never_wrote_the_app_counts_as_not_installed()
    {
        await using var teams = await EmptyAsync();
        (await FindAsync(teams, Dana, null)).ShouldBe(new Membership.Unseen("the app is not installed there"));
    }

    [Fact]
    public async Task A_mirror_that_is_refused_is_not_replaced_by_a_chat_with_the_requester()
    {
        await using var teams = await ReadyAsync();
        teams.Refuses<ConnectorCall.NewThread>("BotNotInConversationRoster", Refusal.NotInRoster);
        (await teams.Platform.PostCardAsync(Ops, Card with { Thread = 1 }, 0, default)).ShouldBe(new Posted.Refused("BotNotInConversationRoster"));
        teams.Names.ShouldNotContain(nameof(ConnectorCall.PersonalChat));
    }

    [Theory]
    [InlineData("teams:22222222-0000-4000-8000-000000000002/19:aa@thread.tacv2", "22222222-0000-4000-8000-000000000002/19:aa@thread.tacv2")]
    [InlineData("https://teams.microsoft.com/l/channel/19%3Aaa%40thread.tacv2/Operations?groupId=11111111-0000-4000-8000-000000000001&tenantId=22222222-0000-4000-8000-000000000002", "22222222-0000-4000-8000-000000000002/19:aa@thread.tacv2")]
    [InlineData(" https://teams.cloud.microsoft/l/channel/19%3aaa%40thread.tacv2/Night%20shift?tenantId=22222222-0000-4000-8000-000000000002&ngc=true ", "22222222-0000-4000-8000-000000000002/19:aa@thread.tacv2")]
    [InlineData("https://teams.microsoft.com/l/channel/19%3Aaa%40thread.tacv2/Operations?groupId=1", null)]
    [InlineData("https://teams.microsoft.com/l/message/19%3Aaa%40thread.tacv2/1?tenantId=22222222-0000-4000-8000-000000000002", null)]
    [InlineData("teams:acme/19:aa@thread.tacv2", null)]
    [InlineData("teams:22222222-0000-4000-8000-000000000002/19:aa@thread.tacv2;messageid=1", null)]
    [InlineData("slack:T0ACME/C0OPS", null)]
    public void A_channel_is_written_as_its_link_or_as_its_address(string written, string? address) =>
        TeamsAddress.Read(written).ShouldBe(address is null ? null : new ChatChannel("teams", address));

    [Theory]
    [InlineData("22222222-0000-4000-8000-000000000002", "app", true)]
    [InlineData("", "app", false)]
    [InlineData("", "", true)]
    public async Task One_tenant_is_a_single_tenant(string tenant, string app, bool isOne)
    {
        await using var teams = await EmptyAsync();
        (teams.Settings.TenantId, teams.Settings.AppId) = (tenant, app);
        teams.Platform.IsSingleTenant.ShouldBe(isOne);
    }

    static Task<Membership> FindAsync(RecordedTeams teams, Person person, string? email) => teams.Platform.FindMemberAsync(Ops, person, email, default);
}
