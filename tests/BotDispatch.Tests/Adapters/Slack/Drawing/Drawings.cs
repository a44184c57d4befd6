using System.Text.Json.Nodes;
using BotDispatch.Core;
using BotDispatch.Ports;
using BotDispatch.Slack.Drawing;
using BotDispatch.Tests.Adapters.Slack.Posting;

namespace BotDispatch.Tests.Adapters.Slack.Drawing;

/// <summary>Cards and updates of every size and intention, by name.</summary>
internal static class Drawings
{
    /// <summary>Mentions, links, dates, emoji codes, formatting, direction overrides, controls and lone halves of letters.</summary>
    public const string Hostile = "<!channel> <@U0EVE> <#C0X> <!subteam^S1> <https://evil.example|https://good.example> <!date^1^{time}|now> @here #general :fire: *b* _i_ ~s~ `c` ```x``` "
        + "&lt; \u202Egnp.exe\u202C \u2066x\u2069 \u0000\u0007 \uD83D https://evil.example mailto:a@b.c";

    public static readonly DateTimeOffset Now = new(2026, 1, 5, 9, 0, 0, TimeSpan.Zero);

    public static IReadOnlyDictionary<string, DispatchCard> Cards { get; } = new Dictionary<string, DispatchCard>
    {
        ["calling"] = Sample.Card,
        ["the least there can be"] = new(Sample.Id, new("x", "", IsFreeText: true), null, Sample.Dana with { Name = "" }, CardStatus.Waiting, "", null, null, [], [], false),
        ["free text"] = Sample.Card with { Ticket = new("the door of hall 3 jams", "the door of hall 3 jams", IsFreeText: true), Note = null, Until = Now.AddHours(-1), Next = null },
        ["waiting until tomorrow"] = Sample.Card with { Status = CardStatus.Waiting, Headline = "Everyone left is busy.", Until = Now.AddHours(20) },
        ["accepted"] = Sample.Card with
        {
            Status = CardStatus.Accepted,
            Headline = "Ann Lee accepted by phone.",
            Until = null,
            Next = null,
            IsClosed = true,
            People = [new("Ann Lee", false, [CallOutcome.NoAnswer, CallOutcome.Busy, CallOutcome.Accepted], "Accepted"), new("Marcus Reed", false, [], "Not called yet")],
            Buttons = [new(CardAction.Done, "Done"), new(CardAction.Redispatch, "Re-dispatch")],
        },
        ["hostile"] = Card(Hostile, Hostile, "javascript:alert(1)", 2, 2),
        ["long"] = Card(string.Concat(Enumerable.Repeat("lift & <door> ", 800)), string.Concat(Enumerable.Repeat("😀", 5000)), "https://tickets.example/" + new string('x', 5000), 3, 3),
        ["many people, many rounds"] = Card("Lift 2 is stuck", "Ann-Sophie Charlotte von der Wiese-Hohenlohe & Söhne", "https://tickets.example/a?b=1&c=<2>|3", 50, 5),
        ["a whole company"] = Card("Lift 2 is stuck", new string('&', 200), "http://tickets.example", 2000, 1),
    };

    public static IReadOnlyDictionary<string, ThreadUpdate> Updates { get; } = new Dictionary<string, ThreadUpdate>
    {
        ["accepted"] = Sample.Update,
        ["tones"] = new("k", [new(Tone.Plain, "Calling Ann."), new(Tone.Bad, "Ann: No answer."), new(Tone.Alert, "Nobody is left.", Sample.Dana), new(Tone.Good, "Done.")], false),
        ["somebody without an account here"] = new("k", [new(Tone.Good, "Accepted.", new("teams", "29:dana", "Dana *Fox*"))], true),
        ["hostile"] = new("k", [new(Tone.Plain, Hostile), new(Tone.Good, "\n> quote\n" + Hostile, Sample.Dana with { UserId = "T0/U1> <!channel" })], true),
        ["long"] = new("k", [new(Tone.Bad, new string('<', 10_000)), new(Tone.Plain, string.Concat(Enumerable.Repeat("😀", 5000)))], false),
        ["many lines"] = new("k", [.. Enumerable.Range(1, 5000).Select(n => new UpdateLine(Tone.Plain, $"Line {n} of very many lines of a thread that nobody could be told about."))], false),
    };

    public static IReadOnlyList<(string Name, SlackMessage Message)> All { get; } =
    [
        .. Cards.Select(card => ("card, " + card.Key, CardView.Draw(card.Value, Now))),
        .. Cards.Select(card => ("card elsewhere, " + card.Key, CardView.Draw(card.Value, Now, "C0OPS"))),
        .. Updates.Select(update => ("reply, " + update.Key, ReplyMessage.Draw(update.Value))),
    ];

    /// <summary>What a reader sees: every text that Slack would read marks in.</summary>
    public static IEnumerable<string> Marked(SlackMessage message) => [message.Text, .. Texts(message.Blocks.AsNode(), "mrkdwn")];

    public static IEnumerable<string> Texts(JsonNode? node, string type) => node switch
    {
        JsonArray list => list.SelectMany(item => Texts(item, type)),
        JsonObject part when part["type"] is JsonValue kind && kind.GetValue<string>() == type => [part["text"]!.GetValue<string>()],
        JsonObject part => part.SelectMany(property => Texts(property.Value, type)),
        _ => [],
    };

    static DispatchCard Card(string words, string name, string link, int people, int rounds) => new(
        Sample.Id, new(words, words, words, words, words, link), words, Sample.Dana with { Name = name }, CardStatus.Calling, words, Now.AddSeconds(25), name,
        [.. Enumerable.Range(0, people).Select(n => new CardPerson($"{name} {n}", n == 1,
            [.. Enumerable.Range(0, rounds * 3).Select(call => (CallOutcome?)(call % 3 == 0 ? CallOutcome.BadNumber : CallOutcome.NoAnswer)), null], "On the phone for another dispatch"))],
        [new(CardAction.TakeIt, words), new(CardAction.Skip, "Skip", people - 1, rounds), new(CardAction.Cancel, "Cancel"), new(CardAction.Done, "Done"), new(CardAction.Redispatch, "Re-dispatch")], false);
}
