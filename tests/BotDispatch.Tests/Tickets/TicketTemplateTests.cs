using System.Text.Json;
using BotDispatch.Tickets;

namespace BotDispatch.Tests.Tickets;

public sealed class TicketTemplateTests
{
    static readonly JsonElement Ticket = JsonElement.Parse("""
        {"title":"Lift","empty":"","none":null,"n":7,"body":"<b>Gas</b>","labels":["a","b"],"priority":{"name":"High","id":1},
         "fields":[{"name":"Place","value":"Mill Street"},{"name":"Note","value":""}],"a.b":{"c d":"odd"},"people":[{"id":"x@example.com"},{"id":"y@example.com"}]}
        """);

    [Theory]
    [InlineData("{title}", "Lift"), InlineData("{$.title}!", "Lift!"), InlineData("{n}", "7"), InlineData("{priority}", "High"), InlineData("{priority.id}", "1")]
    [InlineData("{labels[1]}", "b"), InlineData("{labels[*]}", "a, b"), InlineData("{labels}", "a, b"), InlineData("{fields[name=place].value}", "Mill Street"), InlineData("{people[*].id}", "x@example.com, y@example.com")]
    [InlineData("{['a.b']['c d']}", "odd"), InlineData("{none ?? empty ?? title}", "Lift"), InlineData("{body|html}", "Gas"), InlineData("{body}", "<b>Gas</b>"), InlineData("{extra}", "given")]
    [InlineData("{title}\nPlace: {none}\nRequester: {none ?? title}\nplain", "Lift\nRequester: Lift\nplain")]
    [InlineData("{none} {title}", "Lift"), InlineData("{none}", ""), InlineData("{labels[9]}", ""), InlineData("{title.deeper}", ""), InlineData("words alone", "words alone")]
    public void Places_are_filled(string template, string text) =>
        TicketTemplate.Of(template).Fill(Ticket, new Dictionary<string, string> { ["extra"] = "given" }).ShouldBe(text);

    [Theory]
    [InlineData("{title", "has a { without a } after it."), InlineData("title}", "has a } without a { before it."), InlineData("{}", "is no path"), InlineData("{a b}", "is no path")]
    [InlineData("{a[}", "is no path"), InlineData("{a..b}", "is no path"), InlineData("{a|rtf}", "names no markup after its |: write Plain, Html, Markdown, Textile, Jira."), InlineData("{a ?? }", "is no path")]
    public void A_mistake_is_said(string template, string mistake) => TicketTemplate.MistakeIn(template).ShouldNotBeNull().ShouldContain(mistake);
}
