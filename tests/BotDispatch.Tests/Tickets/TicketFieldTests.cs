using BotDispatch.Core;
using BotDispatch.Files;
using BotDispatch.Tickets.File;

namespace BotDispatch.Tests.Tickets;

/// <summary>Fields as Jira Cloud (REST 3) and ServiceNow (Table API) write them: read as text, or refused by name.</summary>
public sealed class TicketFieldTests
{
    [Fact]
    public void A_document_of_jira_is_read_as_text()
    {
        var ticket = Only("""
            { "type": "doc", "version": 1, "content": [
              { "type": "heading", "attrs": { "level": 2 }, "content": [{ "type": "text", "text": "Lift 2" }] },
              { "type": "paragraph", "content": [
                { "type": "text", "text": "Evacuate ", "marks": [{ "type": "strong" }] }, { "type": "text", "text": "first" }, { "type": "hardBreak" },
                { "type": "mention", "attrs": { "id": "5b1", "text": "@Ann Lee" } }, { "type": "text", "text": " knows. " }, { "type": "emoji", "attrs": { "shortName": ":fire:", "text": "🔥" } },
                { "type": "status", "attrs": { "text": "URGENT", "color": "red" } }, { "type": "text", "text": " until " }, { "type": "date", "attrs": { "timestamp": "1795910400000" } },
                { "type": "inlineCard", "attrs": { "url": "https://example.com/plan" } } ] },
              { "type": "bulletList", "content": [
                { "type": "listItem", "content": [{ "type": "paragraph", "content": [{ "type": "text", "text": "key at reception" }] }] },
                { "type": "listItem", "content": [{ "type": "paragraph", "content": [{ "type": "text", "text": "two people" }] },
                  { "type": "orderedList", "content": [{ "type": "listItem", "content": [{ "type": "paragraph", "content": [{ "type": "text", "text": "calm" }] }] }] }] } ] },
              { "type": "panel", "attrs": { "panelType": "warning" }, "content": [{ "type": "paragraph", "content": [{ "type": "text", "text": "Gas!" }] }] },
              { "type": "codeBlock", "content": [{ "type": "text", "text": "E 1407" }] },
              { "type": "expand", "attrs": { "title": "More" }, "content": [{ "type": "paragraph", "content": [{ "type": "text", "text": "inside" }] }] },
              { "type": "table", "content": [{ "type": "tableRow", "content": [
                { "type": "tableHeader", "content": [{ "type": "paragraph", "content": [{ "type": "text", "text": "Valve" }] }] },
                { "type": "tableCell", "content": [{ "type": "paragraph", "content": [{ "type": "text", "text": "7" }] }] } ] }] } ] }
            """, out var problems);
        problems.ShouldBeEmpty();
        var words = ticket.Description.ShouldNotBeNull();
        foreach (var part in (string[])["Lift 2\nEvacuate first\n@Ann Lee knows. 🔥URGENT until 2026-11-29https://example.com/plan\n- key at reception\n- two people\n1. calm\nGas!\nE 1407\nMore\ninside\n"])
            words.ShouldStartWith(part);
        words[words.IndexOf("Valve", StringComparison.Ordinal)..].ShouldContain("7");
        words.ShouldNotContain("paragraph");
    }

    // Two nodes, of which the second is bold too, are one piece that is crossed out.
    [Fact]
    public void A_document_tells_what_is_crossed_out_what_is_done_and_where_a_list_begins()
    {
        var ticket = Only("""
            { "type": "doc", "version": 1, "content": [
              { "type": "paragraph", "content": [
                { "type": "text", "text": "Go to" }, { "type": "text", "text": " pump ", "marks": [{ "type": "strike" }] },
                { "type": "text", "text": "3 ", "marks": [{ "type": "strong" }, { "type": "strike" }] }, { "type": "text", "text": "pump 4" } ] },
              { "type": "paragraph", "content": [{ "type": "text", "text": "and close valve 8", "marks": [{ "type": "strike" }] }] },
              { "type": "taskList", "attrs": { "localId": "a" }, "content": [
                { "type": "taskItem", "attrs": { "localId": "b", "state": "DONE" }, "content": [{ "type": "text", "text": "Power off" }] },
                { "type": "taskItem", "attrs": { "localId": "c", "state": "TODO" }, "content": [{ "type": "text", "text": "Lock out" }] } ] },
              { "type": "orderedList", "attrs": { "order": 3 }, "content": [
                { "type": "listItem", "content": [{ "type": "paragraph", "content": [{ "type": "text", "text": "Test" }] }] } ] } ] }
            """, out var problems);
        problems.ShouldBeEmpty();
        ticket.Description.ShouldBe("Go to ~~pump 3~~ pump 4\n~~and close valve 8~~\n- [x] Power off\n- [ ] Lock out\n3. Test");
    }

    [Fact]
    public void What_a_document_holds_beside_words_is_named()
    {
        var ticket = Only("""{ "type": "doc", "content": [{ "type": "paragraph", "content": [{ "type": "text", "text": "Evacuate first" }] }, { "type": "mediaSingle", "content": [{ "type": "media", "attrs": { "id": "1" } }] }] }""", out var problems);
        ticket.Description.ShouldBe("Evacuate first");
        problems.ShouldBe(["f, line 2: description has parts that cannot be read as text (1 kinds)."]);
    }

    [Theory]
    [InlineData("""{ "display_value": "1 - Critical", "value": "1" }""", "1 - Critical")]
    [InlineData("""{ "display_value": "Mill Street 8", "link": "https://x.example.com/api/now/table/cmn_location/1" }""", "Mill Street 8")]
    [InlineData("""{ "display_value": "", "value": "" }""", null)]
    [InlineData("""{ "self": "https://x.example.com/1", "iconUrl": "https://x.example.com/1.svg", "name": "Highest", "id": "1" }""", "Highest")]
    [InlineData("""{ "self": "https://x.example.com/1", "value": "East wing", "id": "10020" }""", "East wing")]
    [InlineData("""{ "accountId": "1", "displayName": "Ann Lee", "active": true }""", "Ann Lee")]
    [InlineData("""[{ "name": "Lift" }, { "name": "East" }, "Roof", 7]""", "Lift, East, Roof, 7")]
    [InlineData("""{ "name": { "display_value": "nested" } }""", "nested")]
    [InlineData("[]", null)]
    [InlineData("{}", null)]
    [InlineData("null", null)]
    [InlineData("2", "2")]
    [InlineData("1.50", "1.50")]
    [InlineData("true", "true")]
    [InlineData("false", "false")]
    [InlineData("\" East \"", "East")]
    public void Whatever_names_itself_is_read_as_text(string json, string? text)
    {
        var ticket = Only(json, out var problems);
        problems.ShouldBeEmpty();
        ticket.Description.ShouldBe(text);
    }

    [Theory]
    [InlineData("""{ "link": "https://x.example.com/1", "value": "46d44a5dc0a8010e0000c3ef7a0b2ba3" }""", "description is an object without a name in it (display_value, displayName, name, title, label, text or value).")]
    [InlineData("""{ "foo": "evacuate first" }""", "description is an object without a name in it (display_value, displayName, name, title, label, text or value).")]
    [InlineData("""["x", { "foo": 1 }]""", "description is an object without a name in it (display_value, displayName, name, title, label, text or value).")]
    [InlineData("\"half \\uD800\"", "description has half a character in it (a lone surrogate).")]
    [InlineData("""{ "\uD800": 1 }""", "description has half a character in it (a lone surrogate).")]
    [InlineData("""{ "type": "doc", "content": [{ "type": "text", "text": "\uDC00" }] }""", "description has half a character in it (a lone surrogate).")]
    public void What_cannot_be_read_is_refused_by_name_and_takes_no_other_ticket_with_it(string json, string problem)
    {
        var read = Read(json);
        read.Items.Select(each => each.Reference).ShouldBe(["B-2"]);
        read.Problems.Select(each => each.In("f")).ShouldBe([$"f, line 2: {problem}"]);
    }

    [Fact]
    public void Words_beside_a_name_are_not_dropped_in_silence()
    {
        Only("""{ "name": "East wing", "note": "evacuate first", "id": "x7" }""", out var problems).Description.ShouldBe("East wing");
        problems.ShouldBe(["f, line 2: description is read from name alone: what stands beside it (1 more) is left out."]);
    }

    static Ticket Only(string json, out List<string> problems)
    {
        var read = Read(json);
        problems = [.. read.Problems.Select(each => each.In("f"))];
        return read.Items.First(each => each.Reference == "A-1");
    }

    static FileContent<Ticket> Read(string json) => TicketList.Parse(
        $$"""
        [
          { "reference": "A-1", "title": "Lift", "description": {{json}} },
          { "reference": "B-2", "title": "Till" }
        ]
        """);
}
