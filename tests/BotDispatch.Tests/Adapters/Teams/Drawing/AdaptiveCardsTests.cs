using System.Text.Json.Nodes;
using BotDispatch.Http;
using BotDispatch.Teams.Drawing;

namespace BotDispatch.Tests.Adapters.Teams.Drawing;

/// <summary>Our cards as the Adaptive Cards project's own renderer understands them.</summary>
public sealed class AdaptiveCardsTests
{
    const string Phone = "360";

    static readonly WriteJson NoPart = SafeJson.Texts(("type", "Nothing"));

    [NodeFact("adaptivecards")]
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

    [NodeFact("adaptivecards")]
    public async Task The_renderer_complains_about_what_is_no_card_and_finds_foreign_dates()
    {
        var date = TeamsText.Time(TeamsDrawings.Now);
        var verdict = (await CheckAsync(Card(json => json.WriteLine("None", date), NoPart))).ShouldHaveSingleItem();
        Texts(verdict, "errors").ShouldHaveSingleItem().ShouldContain("Nothing");
        Texts(verdict, "dates").ShouldBe([date]);
    }

    [NodeBrowserFact("adaptivecards")]
    public async Task Every_card_and_dialog_can_be_read_on_a_phone_without_scrolling_sideways()
    {
        (string Name, JsonObject Card)[] all = [.. TeamsDrawings.AllCards, .. TeamsPictured.Dialogs];
        foreach (var ((name, card), look) in all.Zip(await LookAsync(all.Select(each => each.Card))))
        {
            Texts(look, "errors").ShouldBeEmpty(name);
            Texts(look, "over").ShouldBeEmpty(name);
            // Cancel asks in a part of its own.
            look["opened"]!.GetValue<int>().ShouldBe(TeamsDrawings.Texts(card, "Action.ShowCard", "title").Count(), name);
            foreach (var text in TeamsDrawings.Texts(card, "Action.Execute", "title").Concat(TeamsDrawings.Texts(card, "Action.Submit", "title")).Concat(TeamsDrawings.Texts(card, "TextRun")))
                Bare((string)look["words"]!).ShouldContain(Bare(text), Case.Sensitive, name);
        }
    }

    [NodeBrowserFact("adaptivecards")]
    public async Task The_browser_finds_what_is_too_wide_and_what_is_no_card()
    {
        WriteJson own = json => json.WriteOwn("wide");
        var column = new JsonObject { ["type"] = "Column", ["width"] = "900px", ["items"] = new JsonArray(own.AsNode()) };
        var wide = new JsonObject { ["type"] = "ColumnSet", ["columns"] = new JsonArray(column) };
        var looks = await LookAsync([Card(Nodes.Drawing(wide)), Card(NoPart)]);
        Texts(looks[0], "over").ShouldNotBeEmpty();
        Texts(looks[1], "errors").ShouldNotBeEmpty();
    }

    static JsonObject Card(params WriteJson[] parts)
    {
        WriteJson card = json =>
        {
            json.StartCard("");
            foreach (var part in parts)
                part(json);
            json.EndCard();
        };
        return card.AsObject();
    }

    static async Task<List<JsonNode>> LookAsync(IEnumerable<JsonObject> cards) =>
        [.. (await NodePackages.AskAsync("check-looks.mjs", [.. cards.Select(card => card.ToJsonString())], Phone)).Select(line => JsonNode.Parse(line)!)];

    // Where a line is broken is the browser's affair.
    static string Bare(string words) => string.Concat(words.Where(sign => !char.IsWhiteSpace(sign)));

    static IEnumerable<string> Texts(JsonNode verdict, string name) => verdict[name]!.AsArray().Select(text => text!.GetValue<string>());

    static async Task<List<JsonNode>> CheckAsync(params JsonObject[] cards) =>
        [.. (await NodePackages.AskAsync("check-cards.mjs", [.. cards.Select(card => card.ToJsonString())])).Select(line => JsonNode.Parse(line)!)];
}
