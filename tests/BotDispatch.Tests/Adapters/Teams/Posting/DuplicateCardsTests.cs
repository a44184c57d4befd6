using BotDispatch.Teams;
using BotDispatch.Teams.Connector;
using BotDispatch.Teams.Handlers;
using BotDispatch.Teams.Inbound;
using BotDispatch.Tests.Employees;
using static BotDispatch.Tests.Adapters.Teams.Posting.TeamsSample;

namespace BotDispatch.Tests.Adapters.Teams.Posting;

public sealed class DuplicateCardsTests
{
    static readonly ConversationReference Where = new(Tenant, ServiceUrl, Channel, "", ConversationKind.Channel, null, null, Bot);
    static readonly TeamsMessageId First = new(Channel, "1", "1");
    static readonly TeamsMessageId Second = new(Channel, "2", "2");
    static readonly ConnectorAnswer Done = new ConnectorAnswer.Done(null);

    readonly ManualClock clock = new();
    readonly Logbook<DuplicateCards> log = new();
    readonly List<ConnectorCall> calls = [];
    readonly PostedCardsOf cards = new(Ops, Second.ToString());

    [Fact]
    public async Task A_second_card_is_deleted_and_logged_when_Teams_has_confirmed_it()
    {
        await PressedAsync(First, Done);
        calls.Single().ShouldBe(new ConnectorCall.Delete(ServiceUrl, First.ThreadId, "1"));
        log.Lines.ShouldHaveSingleItem().ShouldStartWith("649 Information Dispatch abc234");
    }

    [Fact]
    public async Task A_second_card_that_Teams_did_not_delete_is_not_logged_as_deleted()
    {
        foreach (var answer in (ConnectorAnswer[])[new ConnectorAnswer.Lost("no answer"), new ConnectorAnswer.NotReached("no connection"), new ConnectorAnswer.Busy(),
            new ConnectorAnswer.Throttled(TimeSpan.FromSeconds(1)), new ConnectorAnswer.Refused("http_403", Refusal.Forbidden)])
            await PressedAsync(First, answer);
        calls.Count.ShouldBe(5);
        log.Lines.ShouldBeEmpty();
    }

    [Fact]
    public async Task The_cards_are_read_once_for_a_message_that_is_the_card()
    {
        var duplicates = Duplicates(cards, Done);
        for (var refreshes = 0; refreshes < 3; refreshes++)
            await duplicates.DeleteAsync(Where, TeamsSample.Card.Id, Second, default);
        cards.Reads.ShouldBe(1);
        calls.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_card_that_Teams_did_not_name_may_be_any_so_none_is_deleted()
    {
        var nameless = new PostedCardsOf(Ops, new TeamsMessageId(Channel, "", NamelessCard.Of(TeamsSample.Card)).ToString());
        await Duplicates(nameless, Done).DeleteAsync(Where, TeamsSample.Card.Id, First, default);
        calls.ShouldBeEmpty();
    }

    Task PressedAsync(TeamsMessageId message, ConnectorAnswer answer) => Duplicates(cards, answer).DeleteAsync(Where, TeamsSample.Card.Id, message, default);

    DuplicateCards Duplicates(PostedCardsOf posted, ConnectorAnswer answer) => new(posted, new ConnectorOf((call, _) =>
    {
        calls.Add(call);
        return Task.FromResult(answer);
    }), clock, log);
}
