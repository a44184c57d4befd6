using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using BotDispatch.Slack.Drawing;
using BotDispatch.Tests.Adapters.Slack.Posting;

namespace BotDispatch.Tests.Adapters.Slack.Drawing;

public sealed partial class DrawingTests
{
    public static TheoryData<string> Names => [.. Drawings.All.Select(drawing => drawing.Name)];

    [Theory, MemberData(nameof(Names))]
    public void Every_drawing_is_one_that_Slack_takes(string name) => BlockKitLimits.Check(Of(name).Arguments("C0OPS", isPlain: false).AsObject());

    [Theory, MemberData(nameof(Names))]
    public void Nothing_in_angle_brackets_is_anybody_elses(string name)
    {
        foreach (var text in Drawings.Marked(Of(name)))
            foreach (Match mark in Marks().Matches(text))
                Ours().IsMatch(mark.Value).ShouldBeTrue(mark.Value);
    }

    [Theory, MemberData(nameof(Names))]
    public void No_word_turns_the_direction_or_rings(string name)
    {
        foreach (var text in Drawings.Marked(Of(name)).Concat(Drawings.Texts(Of(name).Blocks.AsNode(), "plain_text")))
            text.ShouldNotContain(letter => letter == '\u202E' || letter == '\u2066' || (char.IsControl(letter) && letter != '\n'));
    }

    [Theory, MemberData(nameof(Names))]
    public void No_letter_is_torn_and_no_entity(string name)
    {
        foreach (var text in Drawings.Marked(Of(name)).Concat(Drawings.Texts(Of(name).Blocks.AsNode(), "plain_text")))
        {
            System.Text.Encoding.UTF8.GetString(System.Text.Encoding.UTF8.GetBytes(text)).ShouldBe(text);
            if (Drawings.Marked(Of(name)).Contains(text))
                text.Replace("&amp;", "").Replace("&lt;", "").Replace("&gt;", "").ShouldNotContain("&");
        }
    }

    [Theory, MemberData(nameof(Names))]
    public void No_address_becomes_a_link_by_itself(string name)
    {
        foreach (var node in Mrkdwn(Of(name).Blocks.AsNode()))
            node["verbatim"]!.GetValue<bool>().ShouldBeTrue();
        foreach (var text in Drawings.Marked(Of(name)))
            Marks().Replace(text, "").ShouldNotContain("://");
    }

    [Fact]
    public void A_screen_reader_hears_what_the_card_shows()
    {
        var text = CardView.Draw(Sample.Card, Drawings.Now).Text;
        foreach (var word in (string[])["Calling", "INC-1042", "Lift 2 is stuck", "Two people inside.", "High", "Tower B", "Use gate B", "Ringing Ann Lee", "Until", "Marcus Reed", "No answer ×2", "under way", "Dana"])
            text.Replace("\u200B", "").ShouldContain(word);
    }

    [Fact]
    public void What_the_card_says_first_survives_any_length()
    {
        var text = CardView.Draw(Drawings.Cards["a whole company"], Drawings.Now).Text;
        text.ShouldContain("Lift 2 is stuck");
        text.ShouldEndWith("more");
        text.ShouldContain("Asked for by");
        Drawings.Texts(CardView.Draw(Drawings.Cards["a whole company"], Drawings.Now).Blocks.AsNode(), "mrkdwn").ShouldContain(part => part.EndsWith("more"));
    }

    [Fact]
    public void Fifty_people_are_all_on_the_card()
    {
        var message = CardView.Draw(Drawings.Cards["many people, many rounds"], Drawings.Now);
        var shown = string.Join('\n', Drawings.Texts(message.Blocks.AsNode(), "mrkdwn"));
        for (var n = 1; n <= 50; n++)
            shown.ShouldContain($"{n}. *Ann-Sophie");
        shown.ShouldContain("<https://tickets.example/a?b=1&amp;c=%3C2%3E%7C3|Open in tickets.example>");
    }

    [Fact]
    public void The_newest_lines_of_a_long_reply_are_in_its_text()
    {
        var text = ReplyMessage.Draw(Drawings.Updates["many lines"]).Text;
        text.ShouldStartWith("… and ");
        text.ShouldContain("Line 5000 of");
    }

    [Theory]
    [InlineData("https://bücher.example/x", "xn--bcher-kva.example")]
    [InlineData("HTTP://tickets.example:8080/a b", "tickets.example")]
    public void A_link_says_where_it_leads(string address, string host) => TicketLink.To(address)!.Replace("\u200B", "").ShouldEndWith($"|Open in {host}>");

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("javascript:alert(1)")]
    [InlineData("slack://open")]
    [InlineData("https://good.example@evil.example/")]
    [InlineData("/relative")]
    public void What_is_no_plain_web_address_is_no_link(string? address) => TicketLink.To(address).ShouldBeNull();

    [Fact]
    public void The_drawings_are_the_approved_ones() =>
        string.Join("\n", Drawings.All.Where(drawing => !drawing.Name.Contains("long") && !drawing.Name.Contains("many") && !drawing.Name.Contains("whole")
            && (!drawing.Name.Contains("elsewhere") || drawing.Name.EndsWith("calling"))).Select(Write))
            .ShouldBeApprovedIn("tests/BotDispatch.Tests/Adapters/Slack/Drawing/Messages.approved.txt");

    static string Write((string Name, SlackMessage Message) drawing) =>
        $"# {drawing.Name}\n--- text\n{drawing.Message.Text}\n--- blocks\n{string.Join("\n", drawing.Message.Blocks.AsArray().Select(block => Write((JsonObject)block!)))}\n".Replace("\u200B", "");

    static string Write(JsonObject block) => block["type"]!.GetValue<string>() switch
    {
        "actions" => string.Join(" ", block["elements"]!.AsArray().Select(button =>
            $"[{button!["text"]!["text"]}] {button["action_id"]}={button["value"]}{(button["style"] is { } style ? " " + style : "")}{(button["confirm"] is null ? "" : " (asks)")}")),
        "context" => "(" + block["elements"]![0]!["text"] + ")",
        "header" => "## " + block["text"]!["text"],
        _ => block["text"]!["text"]!.GetValue<string>(),
    };

    static SlackMessage Of(string name) => Drawings.All.Single(drawing => drawing.Name == name).Message;

    static IEnumerable<JsonObject> Mrkdwn(JsonNode? node) => node switch
    {
        JsonArray list => list.SelectMany(Mrkdwn),
        JsonObject part when part["type"] is JsonValue kind && kind.GetValue<string>() == "mrkdwn" => [part],
        JsonObject part => part.SelectMany(property => Mrkdwn(property.Value)),
        _ => [],
    };

    [GeneratedRegex("<[^>]*>?")]
    private static partial Regex Marks();

    [GeneratedRegex(@"^<(@U0DANA|#C0OPS|!date\^\d+\^[^|>]*\|[^|<>]*UTC|https?://tickets\.example/[^|<> ]*\|Open in tickets\.example)>$")]
    private static partial Regex Ours();
}
