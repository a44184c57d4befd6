using System.Text.Json;
using BotDispatch.Slack;
using BotDispatch.Slack.Api;
using BotDispatch.Slack.Posting;
using BotDispatch.Tests.Employees;

namespace BotDispatch.Tests.Adapters.Slack.Posting;

public sealed class DuplicateCardsTests
{
    static readonly SlackAnswer Ok = new SlackAnswer.Ok(JsonDocument.Parse("""{"ok":true}""").RootElement);

    readonly ManualClock clock = new();
    readonly Logbook<DuplicateCards> log = new();
    readonly List<SlackCall> calls = [];
    readonly PostedCardsOf cards = new(Sample.Ops, "C0OPS:2.000");

    [Fact]
    public async Task A_second_card_is_deleted_and_logged_when_Slack_has_confirmed_it()
    {
        await PressedAsync("C0OPS:1.000", Ok);
        (calls.Single().Method, (string?)calls[0].Arguments.AsObject()["ts"]).ShouldBe(("chat.delete", "1.000"));
        log.Lines.ShouldHaveSingleItem().ShouldStartWith("547 Information Dispatch abc234");
    }

    [Fact]
    public async Task A_second_card_that_Slack_did_not_delete_is_not_logged_as_deleted()
    {
        foreach (var answer in (SlackAnswer[])[new SlackAnswer.Lost("no answer"), new SlackAnswer.NotReached("no connection"), new SlackAnswer.Throttled(TimeSpan.FromSeconds(1)),
            new SlackAnswer.Refused("cant_delete_message", Refusal.Other)])
            await PressedAsync("C0OPS:1.000", answer);
        calls.Count.ShouldBe(4);
        log.Lines.ShouldBeEmpty();
    }

    [Fact]
    public async Task The_cards_are_read_once_for_a_message_that_is_the_card()
    {
        var duplicates = Duplicates(Ok);
        for (var presses = 0; presses < 3; presses++)
            await duplicates.DeleteAsync("T0ACME", Sample.Id, SlackMessageId.Parse("C0OPS:2.000"), default);
        cards.Reads.ShouldBe(1);
        clock.Advance(TimeSpan.FromMinutes(10));
        await duplicates.DeleteAsync("T0ACME", Sample.Id, SlackMessageId.Parse("C0OPS:2.000"), default);
        cards.Reads.ShouldBe(2);
        calls.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_card_that_is_known_hides_no_second_one()
    {
        var duplicates = Duplicates(Ok);
        await duplicates.DeleteAsync("T0ACME", Sample.Id, SlackMessageId.Parse("C0OPS:2.000"), default);
        await duplicates.DeleteAsync("T0ACME", Sample.Id, SlackMessageId.Parse("C0OPS:1.000"), default);
        calls.Single().Method.ShouldBe("chat.delete");
    }

    [Theory]
    [InlineData("C0OPS:2.000")]
    [InlineData("D0DANA:1.000")]
    public async Task The_card_itself_and_a_card_in_another_place_stay(string pressed)
    {
        await PressedAsync(pressed, Ok);
        calls.ShouldBeEmpty();
    }

    Task PressedAsync(string message, SlackAnswer answer) =>
        Duplicates(answer).DeleteAsync("T0ACME", Sample.Id, SlackMessageId.Parse(message), default);

    DuplicateCards Duplicates(SlackAnswer answer) => new(cards, new SlackApiOf((call, _) =>
    {
        calls.Add(call);
        return Task.FromResult(answer);
    }), clock, log);
}
