using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using BotDispatch.Core;
using BotDispatch.Http;
using BotDispatch.Ports;
using BotDispatch.Teams.Drawing;

namespace BotDispatch.Tests.Adapters.Teams.Drawing;

public sealed partial class TeamsDrawingTests
{
    public static TheoryData<string> Names => [.. TeamsDrawings.AllCards.Select(drawing => drawing.Name)];

    public static TheoryData<string> UpdateNames => [.. TeamsDrawings.Updates.Keys];

    [Theory, MemberData(nameof(Names))]
    public void Every_card_is_small_enough_for_Teams(string name) =>
        SafeJson.Bytes(TeamsActivity.OfCard(Nodes.Drawing(Of(name)), "summary")).Length.ShouldBeLessThan(25_000);

    [Fact]
    public void A_message_is_a_card_or_words_and_never_both()
    {
        var card = TeamsActivity.OfCard(Nodes.Drawing(Of("calling")), "summary").AsObject();
        (card.ContainsKey("text"), card.ContainsKey("attachments")).ShouldBe((false, true));
        var words = ReplyDrawing.Draw(TeamsDrawings.Updates["tones"], TeamsDrawings.Mris).AsObject();
        (words.ContainsKey("text"), words.ContainsKey("attachments")).ShouldBe((true, false));
    }

    [Theory, MemberData(nameof(Names))]
    public void What_is_read_as_Markdown_is_ours_alone(string name)
    {
        foreach (var text in TeamsDrawings.Texts(Of(name), "TextBlock"))
            Ours().IsMatch(text).ShouldBeTrue(text);
    }

    [Theory, MemberData(nameof(Names))]
    public void No_word_turns_the_direction_or_rings_or_is_torn(string name)
    {
        foreach (var text in TeamsDrawings.Texts(Of(name), "TextRun").Append(Of(name)["fallbackText"]!.GetValue<string>().Replace("\n\n", " ")))
            ShouldBeWhole(text);
    }

    [Theory, MemberData(nameof(UpdateNames))]
    public void A_reply_has_no_mark_of_anybody_else_and_every_mention_stands_in_it(string name)
    {
        var reply = ReplyDrawing.Draw(TeamsDrawings.Updates[name], TeamsDrawings.Mris).AsObject();
        var text = reply["text"]!.GetValue<string>();
        text.Length.ShouldBeLessThanOrEqualTo(ReplyDrawing.MostText);
        foreach (var paragraph in text.Split("\n\n"))
            ShouldBeWhole(paragraph);
        var entities = reply["entities"]?.AsArray() ?? [];
        foreach (var entity in entities)
            text.ShouldContain(entity!["text"]!.GetValue<string>());
        foreach (var mention in entities)
            text = text.Replace(mention!["text"]!.GetValue<string>(), "");
        text.ShouldNotContain(letter => letter == '<' || letter == '>' || letter == '*' || letter == '[' || letter == '`' || letter == '\\' || letter == '_' || letter == '~' || letter == '|');
        text.ShouldNotContain("://");
        text.ShouldNotContain("{{");
        text.ShouldNotContain("www.evil");
        Entities().Replace(text, "").ShouldNotContain(letter => letter == '&' || letter == '#');
        foreach (var paragraph in text.Split("\n\n"))
            List().IsMatch(paragraph).ShouldBeFalse(paragraph);
    }

    [Theory]
    [InlineData("https://bücher.example/x", "Open in xn--bcher-kva.example")]
    [InlineData("HTTPS://tickets.example:8080/a b", "Open in tickets.example")]
    public void A_link_says_where_it_leads(string address, string title) => TicketLink.To(address)!.Title.ShouldBe(title);

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("javascript:alert(1)")]
    [InlineData("msteams://open")]
    [InlineData("http://tickets.example/")]
    [InlineData("https://good.example@evil.example/")]
    [InlineData("/relative")]
    public void What_is_no_safe_web_address_is_no_link(string? address) => TicketLink.To(address).ShouldBeNull();

    [Fact]
    public void Fifty_people_are_all_on_the_card_with_what_came_of_their_calls()
    {
        foreach (var name in (string[])["fifty people, five rounds", "elsewhere, fifty people, five rounds"])
        {
            var shown = string.Join('\n', TeamsDrawings.Texts(Of(name), "TextRun"));
            for (var n = 1; n <= 50; n++)
                shown.ShouldContain($"{n}. Ann-Sophie");
            Regex.Count(shown, "under way").ShouldBe(50);
        }
        string.Join('\n', TeamsDrawings.Texts(Of("a whole company"), "TextRun")).ShouldContain(" more");
    }

    [Fact]
    public void Of_fifty_people_those_around_whose_turn_it_is_are_seen_at_once()
    {
        var body = Of("fifty people, five rounds")["body"]!.AsArray();
        var hidden = body.Where(part => (bool?)part!["isVisible"] == false).ToList();
        var seen = body.Single(part => (string?)part!["type"] == "Container" && part["isVisible"] is null);
        seen!["items"]!.AsArray().Count.ShouldBe(8);
        TeamsDrawings.Texts(seen, "TextRun").ShouldContain(text => text.StartsWith("▶️ 2. "));
        hidden.Sum(part => part!["items"]!.AsArray().Count).ShouldBe(42);
        TeamsDrawings.Texts(body, "Action.ToggleVisibility", "title").ShouldBe(["Show everybody (50)"]);
        TeamsDrawings.Texts(Of("calling"), "Action.ToggleVisibility", "title").ShouldBeEmpty();
    }

    [Fact]
    public void What_is_happening_and_what_can_be_pressed_come_first()
    {
        var kinds = Of("calling")["body"]!.AsArray().Select(part => Write(part!).Split('\n')[0]).ToList();
        kinds[0].ShouldStartWith("## ☎️ Calling");
        kinds.FindIndex(each => each.Contains("I take it")).ShouldBeInRange(1, kinds.FindIndex(each => each.Contains("Two people inside")) - 1);
        kinds[^1].ShouldStartWith("[Open in tickets.example]");
    }

    [Fact]
    public void What_came_of_a_call_is_not_said_twice()
    {
        RosterWords.Calls(new("Ann Lee", false, [CallOutcome.Accepted], "Accepted"), 16).ShouldBeEmpty();
        RosterWords.Calls(new("Ann Lee", false, [CallOutcome.NoAnswer, CallOutcome.Accepted], "Accepted"), 16).ShouldBe(" (No answer)");
        RosterWords.Calls(new("Ann Lee", true, [CallOutcome.NoAnswer, null], "Now"), 16).ShouldBe(" (No answer, under way)");
    }

    [Fact]
    public void A_moment_is_said_in_every_readers_own_time()
    {
        TeamsDrawings.Texts(Of("calling"), "TextBlock").ShouldContain("Until {{TIME(2026-01-05T09:00:25Z)}}");
        TeamsDrawings.Texts(Of("waiting until tomorrow"), "TextBlock").ShouldContain("Until {{DATE(2026-01-06T05:00:00Z, SHORT)}} {{TIME(2026-01-06T05:00:00Z)}}");
        TeamsDrawings.Texts(Of("free text"), "TextBlock").ShouldNotContain(text => text.StartsWith("Until"));
    }

    [Fact]
    public void Cancel_pressed_by_mistake_only_asks()
    {
        var card = Of("calling");
        var buttons = card["body"]!.AsArray().First(part => (string?)part!["type"] == "ActionSet")!["actions"]!.AsArray();
        buttons.Where(button => (string?)button!["type"] == "Action.Execute").Select(button => (string?)button!["verb"]).ShouldBe(["dispatch_take", "dispatch_skip"]);
        TeamsDrawings.Texts(card, "Action.Execute", "verb").ShouldContain("dispatch_cancel");
    }

    [Fact]
    public void The_newest_lines_of_a_long_reply_are_in_it_and_nobody_is_mentioned_who_is_not()
    {
        var reply = ReplyDrawing.Draw(TeamsDrawings.Updates["many lines"], TeamsDrawings.Mris).AsObject();
        reply["text"]!.GetValue<string>().ShouldStartWith("… and ");
        reply["text"]!.GetValue<string>().ShouldContain("Line 5000 of");
        reply.ContainsKey("entities").ShouldBeFalse();
    }

    [Fact]
    public void The_drawings_are_the_approved_ones() => string.Join("\n",
        TeamsDrawings.AllCards.Where(drawing => !drawing.Name.Contains("long") && !drawing.Name.Contains("company") && !drawing.Name.Contains("none like")
            && (!drawing.Name.Contains("elsewhere") || drawing.Name.EndsWith("calling"))).Select(drawing => $"# card, {drawing.Name}\n{Write(drawing.Card)}\n")
        .Concat(TeamsDrawings.Updates.Where(update => update.Value.Lines.Length < 10 && update.Key != "long").Select(update => $"# reply, {update.Key}\n{Write(update.Value)}\n")))
        .Replace("\u200B", "·")
        .ShouldBeApprovedIn("tests/BotDispatch.Tests/Adapters/Teams/Drawing/Messages.approved.txt");

    static string Write(ThreadUpdate update)
    {
        var reply = ReplyDrawing.Draw(update, TeamsDrawings.Mris).AsObject();
        return $"{reply["text"]}\n{string.Join('\n', (reply["entities"]?.AsArray() ?? []).Select(each => $"({each!["text"]} = {each["mentioned"]!["id"]} {each["mentioned"]!["name"]})"))}";
    }

    static string Write(JsonNode part) => (string?)part["type"] switch
    {
        "AdaptiveCard" when part["fallbackText"] is { } fallback => $"--- fallback\n{fallback}\n--- card\n{Lines(part["body"])}",
        "AdaptiveCard" => Lines(part["body"]),
        "Container" when part["isVisible"] is not null => $"(hidden, {part["id"]})\n{Lines(part["items"])}".TrimEnd(),
        "Container" => Lines(part["items"]),
        "RichTextBlock" => string.Concat(part["inlines"]!.AsArray().Select(run => $"{((string?)run!["weight"] is null ? "" : "!")}{run["text"]}")),
        "ActionSet" => Lines(part["actions"]),
        "Action.ShowCard" => $"[{part["title"]}] asks ({Lines(part["card"]!["body"]).Replace("\n", " ")})",
        "Action.ToggleVisibility" => $"[{part["title"]}] shows",
        "Action.OpenUrl" => $"[{part["title"]}] {part["url"]}",
        "Action.Execute" => $"[{part["title"]}] {part["verb"]} {part["data"]!.ToJsonString()} {part["style"]}".TrimEnd(),
        _ => $"{((string?)part["style"] is null ? "" : "## ")}{part["text"]}{(part["color"] is { } color ? $" ({color})" : "")}",
    };

    static string Lines(JsonNode? parts) => string.Join('\n', parts!.AsArray().Select(part => Write(part!)));

    static void ShouldBeWhole(string text)
    {
        text.ShouldNotContain(letter => letter == '\u202E' || letter == '\u2066' || letter == '\u061C' || char.IsControl(letter));
        Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text)).ShouldBe(text);
    }

    static JsonObject Of(string name) => TeamsDrawings.AllCards.Single(drawing => drawing.Name == name).Card;

    [GeneratedRegex(@"^((☎️|⏳|⏸️|✅|⛔|❗) (Calling|Waiting|Paused|Accepted|Cancelled|Exhausted)|Until (\{\{DATE\([-0-9T:]+Z, SHORT\)\}\} )?\{\{TIME\([-0-9T:]+Z\)\}\}|Really cancel\? [^*<\[]+|This app cannot post [^*<\[]+)$")]
    private static partial Regex Ours();

    [GeneratedRegex("&(amp|lt|gt|#[0-9]+);")]
    private static partial Regex Entities();

    [GeneratedRegex(@"^\s*([-+=]|[0-9]+[.)])")]
    private static partial Regex List();
}
