using BotDispatch.Tickets;

namespace BotDispatch.Tests.Tickets;

/// <summary>Names and titles in a note are written by strangers, and stay plain text in every markup.</summary>
public sealed class NoteTextTests
{
    const string Mark = "[BotDispatch 43v7qauyhc5hdpgg-15]";

    [Theory]
    [InlineData("Accepted: Ann *Lee* pressed 1", @"Accepted: Ann \*Lee\* pressed 1")]
    [InlineData("/close the door", @"\/close the door")]
    [InlineData("see #12 and GH-3", "see #\u206012 and GH-\u20603")]
    [InlineData("# no heading", @"\# no heading")]
    [InlineData("1. no list", @"1\. no list")]
    [InlineData("Thread: https://example.slack.com/a_b/p1_2?x=*", "Thread: https://example.slack.com/a_b/p1_2?x=*")]
    [InlineData("one\ntwo", "one  \ntwo")]
    public void Markdown_has_no_marks_commands_or_references_of_strangers(string plain, string markdown) => NoteText.AsMarkdown(plain).ShouldBe(markdown);

    [Theory]
    [InlineData("Ann {color:red}Lee{color}", @"Ann \{color:red\}Lee\{color\}")]
    [InlineData("!image.png! [link|x]", @"\!image.png\! \[link\|x\]")]
    [InlineData("h1. no heading", @"h1\. no heading")]
    [InlineData("Thread: https://example.slack.com/a_b", "Thread: https://example.slack.com/a_b")]
    public void Wiki_markup_has_no_macros_images_or_links_of_strangers(string plain, string wiki) => NoteText.AsWiki(plain).ShouldBe(wiki);

    [Fact]
    public void A_document_has_a_break_for_each_line_and_links_that_can_be_clicked() => NoteText.AsDocument("one\nThread: https://x.example/1\n\nend").ToJsonString().ShouldBe(
        """{"type":"doc","version":1,"content":[{"type":"paragraph","content":[{"type":"text","text":"one"},{"type":"hardBreak"},{"type":"text","text":"Thread: "},"""
        + """{"type":"text","text":"https://x.example/1","marks":[{"type":"link","attrs":{"href":"https://x.example/1"}}]},{"type":"hardBreak"},{"type":"hardBreak"},{"type":"text","text":"end"}]}]}""");

    [Fact]
    public void A_mark_is_recognised_in_every_markup()
    {
        foreach (var written in (string[])[Mark, NoteText.AsMarkdown(Mark), NoteText.AsWiki(Mark), NoteText.AsDocument(Mark).ToJsonString()])
            written.ShouldContain(NoteText.Core(Mark));
    }
}
