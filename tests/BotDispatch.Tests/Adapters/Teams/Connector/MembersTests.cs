using System.Text;
using BotDispatch.Teams.Connector;
using static BotDispatch.Tests.Adapters.Teams.Connector.ConnectorBench;

namespace BotDispatch.Tests.Adapters.Teams.Connector;

public class MembersTests
{
    [Fact]
    public async Task All_members_are_read_page_by_page()
    {
        var pages = new Queue<ConnectorAnswer>(
        [
            Page("""{"members":[{"id":"29:a"}],"continuationToken":"t1"}"""),
            Page("""{"members":[{"id":"29:b","name":"B"},{"name":"nobody"},7],"continuationToken":"t2"}"""),
            Page("""{"members":[{"id":"29:c"}]}"""),
        ]);
        var asked = new List<string?>();
        var roster = await ReadAsync(continuation =>
        {
            asked.Add(continuation);
            return pages.Dequeue();
        });
        asked.ShouldBe([null, "t1", "t2"]);
        roster.All.Select(each => each.Mri).ShouldBe(["29:a", "29:b", "29:c"]);
        roster.Trouble.ShouldBeNull();
    }

    [Fact]
    public async Task Pages_that_never_end_are_given_up()
    {
        var asked = 0;
        var roster = await ReadAsync(_ => Page($$"""{"members":[],"continuationToken":"t{{asked++}}"}"""));
        asked.ShouldBe(50);
        roster.Trouble.ShouldBeOfType<ConnectorAnswer.Lost>();
    }

    [Fact]
    public async Task A_page_that_leads_to_itself_is_the_last_one()
    {
        var asked = 0;
        var roster = await ReadAsync(_ => Page($$"""{"members":[{"id":"29:{{asked++}}"}],"continuationToken":"t"}"""));
        asked.ShouldBe(2);
        roster.Trouble.ShouldBeNull();
    }

    [Fact]
    public async Task A_page_that_is_not_had_is_told_with_those_before_it()
    {
        var throttled = new ConnectorAnswer.Throttled(TimeSpan.FromSeconds(3));
        var roster = await ReadAsync(continuation => continuation is null ? Page("""{"members":[{"id":"29:a"}],"continuationToken":"t"}""") : throttled);
        roster.All.ShouldHaveSingleItem().Mri.ShouldBe("29:a");
        roster.Trouble.ShouldBe(throttled);
    }

    static Task<Roster> ReadAsync(Func<string?, ConnectorAnswer> answer) =>
        Members.ReadAllAsync((call, _) => Task.FromResult(answer(((ConnectorCall.Members)call).Continuation)), PublicUrl, Channel, default);

    static ConnectorAnswer.Done Page(string json) => new(null, null, ConnectorJson.Parse(Encoding.UTF8.GetBytes(json))!.Value);
}
