using System.Text.Json.Nodes;
using BotDispatch.Teams.Drawing;

namespace BotDispatch.Tests.Adapters.Teams.Drawing;

/// <summary>Our cards as the Adaptive Cards project's own renderer understands them.</summary>
public sealed class AdaptiveCardsTests
{
    [NodeFact]
    public async Task Every_card_is_understood_without_a_complaint_and_shows_no_date_but_ours()
    {
        var cards = TeamsDrawings.AllCards;
        var verdicts = await CheckAsync([.. cards.Select(each => each.Card)]);
        foreach (var ((name, card), verdict) in cards.Zip(verdicts))
        {
            Texts(verdict, "errors").ShouldBeEmpty(name);
            Texts(verdict, "dates").ShouldAllBe(text => text.StartsWith("Until {{"), name);
            Texts(verdict, "read").Order().ShouldBe(TeamsDrawings.Texts(card, "TextBlock").Order(), name);
            Texts(verdict, "shown").Order().ShouldBe(TeamsDrawings.Texts(card, "TextRun").Order(), name);
            verdict["presses"]!.AsArray().Select(press => press!["verb"]!.GetValue<string>()).ShouldBe(TeamsDrawings.Texts(card, "Action.Execute", "verb"), name);
        }
    }

    [NodeFact]
    public async Task The_renderer_complains_about_what_is_no_card_and_finds_foreign_dates()
    {
        var date = TeamsText.Time(TeamsDrawings.Now);
        var verdict = (await CheckAsync(CardParts.Card([CardParts.Line("None", CardParts.Run(date)), new JsonObject { ["type"] = "Nothing" }], ""))).ShouldHaveSingleItem();
        Texts(verdict, "errors").ShouldHaveSingleItem().ShouldContain("Nothing");
        Texts(verdict, "dates").ShouldBe([date]);
    }

    static IEnumerable<string> Texts(JsonNode verdict, string name) => verdict[name]!.AsArray().Select(text => text!.GetValue<string>());

    static async Task<List<JsonNode>> CheckAsync(params JsonObject[] cards)
    {
        using var node = MicrosoftPackages.Start("check-cards.mjs");
        var asking = Task.Run(async () =>
        {
            foreach (var card in cards)
                await node.StandardInput.WriteLineAsync(card.ToJsonString());
            node.StandardInput.Close();
        });
        var verdicts = new List<JsonNode>();
        while (await node.StandardOutput.ReadLineAsync() is { } line)
            verdicts.Add(JsonNode.Parse(line)!);
        await asking;
        await node.WaitForExitAsync();
        verdicts.Count.ShouldBe(cards.Length);
        return verdicts;
    }
}
