using BotDispatch.Storage;
using BotDispatch.Teams.Connector;
using static BotDispatch.Tests.Adapters.Teams.Posting.TeamsSample;

namespace BotDispatch.Tests.Adapters.Teams.Posting;

public sealed class TeamsPeopleTests
{
    const string Answer = $$"""{"id":"29:dana","aadObjectId":"{{TeamsSample.Object}}","name":"Dana Fox","email":"dana@acme.example"}""";

    [Fact]
    public async Task An_email_is_asked_for_once_in_ten_minutes()
    {
        await using var teams = await RecordedTeams.ReadyAsync();
        teams.Answers<ConnectorCall.Member>(RecordedTeams.Ok(Answer));
        (await EmailAsync(teams)).ShouldBe("dana@acme.example");
        teams.Clock.Advance(TimeSpan.FromMinutes(9));
        (await EmailAsync(teams)).ShouldBe("dana@acme.example");
        teams.Calls.ShouldHaveSingleItem().ShouldBe(new ConnectorCall.Member(ServiceUrl, Channel, "29:dana"));
        teams.Clock.Advance(TimeSpan.FromMinutes(1));
        teams.Answers<ConnectorCall.Member>(RecordedTeams.Ok(Answer.Replace("dana@", "fox@")));
        (await EmailAsync(teams)).ShouldBe("fox@acme.example");
    }

    [Fact]
    public async Task A_person_who_is_no_member_of_the_newest_conversation_is_looked_up_in_their_own_chat()
    {
        await using var teams = await RecordedTeams.ReadyAsync();
        teams.Refuses<ConnectorCall.Member>("MemberNotFoundInConversation", Refusal.Gone).Answers<ConnectorCall.Member>(RecordedTeams.Ok(Answer));
        (await EmailAsync(teams)).ShouldBe("dana@acme.example");
        teams.Names.ShouldBe(["Member", "PersonalChat", "Member"]);
        teams.Last.ShouldBe(new ConnectorCall.Member(ServiceUrl, "a:new", "29:dana"));
    }

    [Theory]
    [InlineData("29:ann")]
    [InlineData("11111111-0000-4000-8000-000000000077")]
    public async Task Somebody_who_was_only_ever_mentioned_is_asked_for_in_their_own_chat_too(string id)
    {
        await using var teams = await RecordedTeams.ReadyAsync();
        teams.Refuses<ConnectorCall.Member>("MemberNotFoundInConversation", Refusal.Gone)
            .Answers<ConnectorCall.Member>(RecordedTeams.Ok("""{"id":"29:ann","aadObjectId":"11111111-0000-4000-8000-000000000077","name":"Ann Lee","email":"ann@acme.example"}"""));
        (await teams.Platform.EmailOfAsync(new("teams", $"{Tenant}/{id}", "Ann Lee"), default)).ShouldBe("ann@acme.example");
        teams.Calls[1].ShouldBe(new ConnectorCall.PersonalChat(ServiceUrl, Tenant, Bot, id));
    }

    [Fact]
    public async Task That_the_app_itself_may_ask_nothing_says_nothing_of_anybody()
    {
        await using var teams = await RecordedTeams.ReadyAsync();
        foreach (var (code, kind) in ((string, Refusal)[])[("no_token", Refusal.Credentials), ("BotDisabledByAdmin", Refusal.Disabled), ("service_url_not_allowed", Refusal.Forbidden)])
        {
            teams.Refuses<ConnectorCall.Member>(code, kind);
            await Should.ThrowAsync<IOException>(() => EmailAsync(teams));
        }
        teams.Answers<ConnectorCall.Member>(RecordedTeams.Ok(Answer));
        (await EmailAsync(teams)).ShouldBe("dana@acme.example");
    }

    [Fact]
    public async Task A_missing_answer_is_remembered_too()
    {
        await using var teams = await RecordedTeams.ReadyAsync();
        teams.Refuses<ConnectorCall.Member>("http_403", Refusal.Forbidden);
        (await EmailAsync(teams)).ShouldBeNull();
        (await EmailAsync(teams)).ShouldBeNull();
        teams.Calls.Count.ShouldBe(1);
    }

    [Fact]
    public async Task What_cannot_be_asked_is_not_known_but_earlier_answers_are()
    {
        await using var teams = await RecordedTeams.ReadyAsync();
        teams.Answers<ConnectorCall.Member>(new ConnectorAnswer.Throttled(TimeSpan.FromSeconds(1))).Answers<ConnectorCall.Member>(new ConnectorAnswer.Lost("timeout"));
        await Should.ThrowAsync<IOException>(() => EmailAsync(teams));
        await teams.Store.RememberAsync(new TeamsPerson(Tenant, TeamsSample.Object, "29:dana", null, "dana@acme.example", teams.Clock.GetUtcNow()), default);
        (await EmailAsync(teams)).ShouldBe("dana@acme.example");
        await using var empty = await RecordedTeams.EmptyAsync();
        await Should.ThrowAsync<IOException>(() => EmailAsync(empty));
    }

    [Fact]
    public async Task Nobody_of_another_chat_is_asked_for_and_no_answer_about_somebody_else_is_taken()
    {
        await using var teams = await RecordedTeams.ReadyAsync();
        (await teams.Platform.EmailOfAsync(new("slack", "T0/U0", "Dana"), default)).ShouldBeNull();
        teams.Calls.ShouldBeEmpty();
        teams.Answers<ConnectorCall.Member>(RecordedTeams.Ok("""{"id":"29:eve","aadObjectId":"99999999-0000-4000-8000-000000000001","email":"eve@acme.example"}"""));
        (await EmailAsync(teams)).ShouldBeNull();
    }

    static Task<string?> EmailAsync(RecordedTeams teams) => teams.Platform.EmailOfAsync(Dana, default);
}
