using System.Text;
using BotDispatch.Http;
using BotDispatch.Teams.Connector;
using BotDispatch.Teams.Posting;
using static BotDispatch.Tests.Adapters.Teams.Connector.ConnectorBench;

namespace BotDispatch.Tests.Adapters.Teams.Posting;

public class MembersTests
{
    readonly ManualClock clock = new();
    readonly List<string?> asked = [];

    [Fact]
    public async Task Somebody_is_looked_for_page_by_page_and_no_further()
    {
        var pages = new Queue<ConnectorAnswer>(
        [
            Page("""{"members":[{"id":"29:a"}],"continuationToken":"t1"}"""),
            Page("""{"members":[{"id":"29:b","name":"B"},{"name":"nobody"},7,{"id":"29:z","name":"Zoe"}],"continuationToken":"t2"}"""),
        ]);
        (await FindAsync(_ => pages.Dequeue())).ShouldBe(new(new("29:z", null, "Zoe", null), null));
        asked.ShouldBe([null, "t1"]);
    }

    [Fact]
    public async Task Where_nobody_is_meant_all_pages_are_read()
    {
        var pages = new Queue<ConnectorAnswer>([Page("""{"members":[{"id":"29:a"}],"continuationToken":"t1"}"""), Page("""{"members":[{"id":"29:b"}]}""")]);
        (await FindAsync(_ => pages.Dequeue())).ShouldBe(new(null, null));
        asked.ShouldBe([null, "t1"]);
    }

    [Theory]
    [InlineData(0, 50)]
    [InlineData(7, 9)]
    public async Task Pages_that_never_end_or_come_slowly_are_given_up(int seconds, int pages)
    {
        (await FindAsync(_ =>
        {
            clock.Advance(TimeSpan.FromSeconds(seconds));
            return Page($$"""{"members":[],"continuationToken":"t{{asked.Count}}"}""");
        })).Trouble.ShouldBeOfType<ConnectorAnswer.Lost>();
        asked.Count.ShouldBe(pages);
    }

    [Fact]
    public async Task A_page_that_leads_to_itself_is_the_last_one()
    {
        (await FindAsync(_ => Page("""{"members":[{"id":"29:a"}],"continuationToken":"t"}"""))).ShouldBe(new(null, null));
        asked.Count.ShouldBe(2);
    }

    [Fact]
    public async Task A_page_that_is_not_had_leaves_it_unknown()
    {
        var throttled = new ConnectorAnswer.Throttled(TimeSpan.FromSeconds(3));
        (await FindAsync(continuation => continuation is null ? Page("""{"members":[{"id":"29:a"}],"continuationToken":"t"}""") : throttled)).ShouldBe(new(null, throttled));
    }

    Task<Sought> FindAsync(Func<string?, ConnectorAnswer> answer) => Members.FindAsync(new ConnectorOf((call, _) =>
    {
        asked.Add(((ConnectorCall.Members)call).Continuation);
        return Task.FromResult(answer(asked[^1]));
    }), PublicUrl, Channel, each => each.Mri == "29:z", clock, default);

    static ConnectorAnswer.Done Page(string json) => new(null, null, SafeJson.Parse(Encoding.UTF8.GetBytes(json))!.Value);
}
