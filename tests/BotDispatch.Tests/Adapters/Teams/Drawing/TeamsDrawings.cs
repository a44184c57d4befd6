using System.Text.Json.Nodes;
using BotDispatch.Core;
using BotDispatch.Ports;
using BotDispatch.Teams.Drawing;
using BotDispatch.Tests.Adapters.Teams.Posting;

namespace BotDispatch.Tests.Adapters.Teams.Drawing;

/// <summary>Cards and updates of every size and intention, by name.</summary>
internal static class TeamsDrawings
{
    /// <summary>Mentions, links, dates, formatting, lists, tags, direction overrides, controls and lone halves of letters.</summary>
    public const string Hostile = "<at>Everyone</at> [good.example](https://evil.example) ![x](https://evil.example/p.png) **b** _i_ ~~s~~ `c` # h | > q <b>x</b> <a href=\"https://evil.example\">y</a> "
        + "{{DATE(2026-01-05T09:00:00Z, SHORT)}} {{{TIME(2026-01-05T09:00:00Z)}}} &lt;at&gt; \\*z\\* https://evil.example www.evil.example a@b.example @here "
        + "\u202Egnp.exe\u202C \u2066x\u2069 \u061Cy \u0000\u0007 \uD83D \"quoted\"";

    public static readonly DateTimeOffset Now = new(2026, 1, 5, 9, 0, 0, TimeSpan.Zero);

    public static IReadOnlyDictionary<string, DispatchCard> Cards { get; } = new Dictionary<string, DispatchCard>
    {
        ["calling"] = TeamsSample.Card,
        ["the least there can be"] = new(TeamsSample.Id, new("x", "", IsFreeText: true), null, TeamsSample.Dana with { Name = "" }, CardStatus.Waiting, "", null, null, [], [], false),
        ["free text"] = TeamsSample.Card with { Ticket = new("the door of hall 3 jams", "the door of hall 3 jams", IsFreeText: true), Note = null, Until = Now.AddHours(-1), Next = null },
        ["waiting until tomorrow"] = TeamsSample.Card with { Status = CardStatus.Waiting, Headline = "Everyone left is busy.", Until = Now.AddHours(20) },
        ["accepted"] = TeamsSample.Accepted,
        ["in other places too"] = TeamsSample.Card with { AlsoIn = ["Facilities", "#night-shift", Hostile] },
        ["exhausted"] = TeamsSample.Accepted with { Status = CardStatus.Exhausted, Headline = "Nobody accepted in time.", Buttons = [new(CardAction.Redispatch, "Re-dispatch")] },
        ["hostile"] = Card(Hostile, Hostile, "javascript:alert(1)", 2, 2),
        ["long"] = Card(string.Concat(Enumerable.Repeat("lift & <door> ", 800)), string.Concat(Enumerable.Repeat("😀", 5000)), "https://tickets.example/" + new string('x', 5000), 3, 3),
        ["fifty people, five rounds"] = Card("Lift 2 is stuck", "Ann-Sophie Charlotte von der Wiese-Hohenlohe & Söhne", "https://tickets.example/a?b=1&c=<2>|3", 50, 5),
        ["fifty people, none like the other"] = Card(new string('"', 2000), string.Concat(Enumerable.Repeat("😀", 60)), "https://tickets.example/" + new string('x', 700), 50, 40),
        ["a whole company"] = Card("Lift 2 is stuck", new string('漢', 200), "https://tickets.example", 2000, 1),
    };

    public static IReadOnlyDictionary<string, ThreadUpdate> Updates { get; } = new Dictionary<string, ThreadUpdate>
    {
        ["accepted"] = TeamsSample.Update,
        ["tones"] = new("k", [new(Tone.Plain, "Calling Ann."), new(Tone.Bad, "Ann: No answer."), new(Tone.Alert, "Nobody is left.", TeamsSample.Dana), new(Tone.Good, "Done.")], false),
        ["somebody without an account here"] = new("k", [new(Tone.Good, "Accepted.", new("slack", "T0/U0", "Dana *Fox*"))], true),
        ["hostile"] = new("k", [new(Tone.Plain, Hostile), new(Tone.Plain, "1. one"), new(Tone.Plain, "- two"), new(Tone.Good, "\n> quote\n" + Hostile, Eve)], true),
        ["long"] = new("k", [new(Tone.Bad, new string('<', 10_000)), new(Tone.Plain, string.Concat(Enumerable.Repeat("😀", 5000)))], false),
        ["many lines"] = new("k", [new(Tone.Good, "Old.", TeamsSample.Dana),
            .. Enumerable.Range(1, 5000).Select(n => new UpdateLine(Tone.Plain, $"Line {n} of very many lines of a thread that nobody could be told about."))], false),
    };

    /// <summary>By whom the bot knows people.</summary>
    public static IReadOnlyDictionary<Person, string> Mris { get; } = new Dictionary<Person, string> { [TeamsSample.Dana] = "29:dana", [Eve] = "29:eve" };

    public static IReadOnlyList<(string Name, JsonObject Card)> AllCards { get; } =
    [
        .. Cards.Select(card => (card.Key, CardView.Draw(card.Value, Now).AsObject())),
        .. Cards.Select(card => ("elsewhere, " + card.Key, CardView.Draw(card.Value, Now, isElsewhere: true).AsObject())),
    ];

    static Person Eve => TeamsSample.Dana with { UserId = TeamsSample.Tenant + "/29:eve", Name = "</at> *Eve* <b>x" };

    /// <summary>The values of that property, wherever they stand.</summary>
    public static IEnumerable<string> Texts(JsonNode? node, string type, string property = "text") => node switch
    {
        JsonArray list => list.SelectMany(item => Texts(item, type, property)),
        JsonObject part => ((string?)part["type"] == type && part[property] is { } text ? [text.GetValue<string>()] : (string[])[]).Concat(part.SelectMany(each => Texts(each.Value, type, property))),
        _ => [],
    };

    static DispatchCard Card(string words, string name, string link, int people, int rounds) => new(
        TeamsSample.Id, new(words, words, words, words, words, link), words, TeamsSample.Dana with { Name = name }, CardStatus.Calling, words, Now.AddSeconds(25), name,
        [.. Enumerable.Range(0, people).Select(n => new CardPerson($"{name} {n}", n == 1,
            [.. Enumerable.Range(0, rounds * 3).Select(call => (CallOutcome?)(call % 3 == 0 ? CallOutcome.BadNumber : CallOutcome.NoAnswer)), null], "On the phone for another dispatch"))],
        [new(CardAction.TakeIt, words), new(CardAction.Skip, "Skip", people - 1, rounds), new(CardAction.Cancel, "Cancel"), new(CardAction.Done, "Done"), new(CardAction.Redispatch, "Re-dispatch")], false);
}
