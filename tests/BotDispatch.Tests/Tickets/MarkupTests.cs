using System.Text;
using BotDispatch.Tickets.Markup;
using BotDispatch.Voice.Speech;

namespace BotDispatch.Tests.Tickets;

/// <summary>Each markup becomes the words that a person would read aloud from the page.</summary>
public sealed class MarkupTests
{
    [Theory]
    [InlineData("<p>Gas &amp; water</p><p>in the <b>canteen</b></p>", "Gas & water\n\nin the canteen")]
    [InlineData("a<br>b<br/>c", "a\nb\nc")]
    [InlineData("<ul><li>key</li><li><p>two people</p></li></ul><ol><li>go</li><li>lock</li></ol>", "- key\n- two people\n1. go\n2. lock")]
    [InlineData("<table><tr><th>Valve</th><td>7</td></tr><tr><td>Tap</td><td>closed</td></tr></table>", "Valve, 7\nTap, closed")]
    [InlineData("See <a href=\"https://plans.example.com/2\">the plan</a> or <a href=\"https://x.example.com\">https://x.example.com</a>", "See the plan (https://plans.example.com/2) or https://x.example.com")]
    [InlineData("<a href=\"javascript:alert(1)\">press</a> <a href='mailto:a@example.com'>mail</a>", "press mail")]
    [InlineData("<script>evil()</script><style>p{}</style><!-- hidden -->shown<template>no</template>", "shown")]
    [InlineData("<pre>E 1407\n  at main.c</pre>after", "E 1407\n  at main.c\nafter")]
    [InlineData("<img src=x onerror=alert(1) alt=\"a burnt fuse\"> here", "a burnt fuse here")]
    [InlineData("no markup, 3 < 4 & 5 > 2", "no markup, 3 < 4 & 5 > 2")]
    [InlineData("<html><head><title>T</title></head><body>\r\n  words   apart\r\n</body></html>", "words apart")]
    [InlineData("<b>unclosed <i>tags", "unclosed tags")]
    public void Html(string html, string words) => PlainMarkup.Of(html, TextFormat.Html).ShouldBe(words);

    [Theory]
    [InlineData("# Lift 2\n\nIs **stuck** with _two_ people ~~or three~~", "Lift 2\n\nIs stuck with two people ~~or three~~")]
    [InlineData("- key\n- people\n  1. Ann\n  2. Bob\n- [x] called", "- key\n- people\n1. Ann\n2. Bob\n- [x] called")]
    [InlineData("See [the plan](https://plans.example.com) and https://x.example.com", "See the plan (https://plans.example.com) and https://x.example.com")]
    [InlineData("```\nE 1407\n  more\n```\n`code` here", "E 1407\n  more\ncode here")]
    [InlineData("| Valve | State |\n|---|---|\n| 7 | open |", "Valve, State\n7, open")]
    [InlineData("<!-- fill in -->\n<details><summary>Log</summary>\n\nlines\n\n</details>", "Log\nlines")]
    [InlineData("a<br>b &amp; c  \nd\ne", "a\nb & c\nd e")]
    [InlineData("> quoted\n\n---\n\n![a picture](https://x.example.com/a.png)", "quoted\n\na picture")]
    [InlineData("2 * 3 * 4 and snake_case_name", "2 * 3 * 4 and snake_case_name")]
    public void Markdown(string markdown, string words) => PlainMarkup.Of(markdown, TextFormat.Markdown).ShouldBe(words);

    [Theory]
    [InlineData("h1. Lift 2\r\n\r\nIs *stuck* with _two_ people", "Lift 2\n\nIs stuck with two people")]
    [InlineData("* key\n** spare\n# go\n# lock", "- key\n- spare\n1. go\n2. lock")]
    [InlineData("See \"the plan\":https://plans.example.com/2. And [[Fire safety|the rules]], [[Gates]]", "See the plan (https://plans.example.com/2). And the rules, Gates")]
    [InlineData("<pre><code class=\"ruby\">\nE 1407\n  more\n</code></pre>\nafter", "E 1407\n  more\n\nafter")]
    [InlineData("|_. Valve|_. State|\n|7|>. open|", "Valve, State\n7, open")]
    [InlineData("p{color:red}. Gas in @room 3@ !plan.png! {{toc}}%{color:green}green% -gone-", "Gas in room 3 green ~~gone~~")]
    [InlineData("pressure dropped. Now 2 - 3 bar, a_b_c and 3 * 4", "pressure dropped. Now 2 - 3 bar, a_b_c and 3 * 4")]
    [InlineData("bq. quoted\n\n---\n\n<b>kept as text</b>", "quoted\n\n<b>kept as text</b>")]
    [InlineData("> Lift 2 is stuck\n>> which one\n> > the *second*", "Lift 2 is stuck\nwhich one\nthe second")]
    public void Textile(string textile, string words) => PlainMarkup.Of(textile, TextFormat.Textile).ShouldBe(words);

    [Theory]
    [InlineData("h2. Lift 2\n\nIs *stuck* with _two_ people", "Lift 2\n\nIs stuck with two people")]
    [InlineData("* key\n** spare\n# go\n## lock\n- dash", "- key\n- spare\n1. go\n1. lock\n- dash")]
    [InlineData("[the plan|https://plans.example.com], [https://x.example.com], [~ann], [~accountid:5b1], [^log.txt], [mailto:a@example.com]",
        "the plan (https://plans.example.com), https://x.example.com, @ann, @somebody, log.txt, a@example.com")]
    [InlineData("{code:java|title=x}\nE *1407*\n  more\n{code}\nafter {{mono}}", "E *1407*\n  more\n\nafter mono")]
    [InlineData("||Valve||State||\n|7|open|", "Valve, State\n7, open")]
    [InlineData("{panel:title=Safety|borderStyle=solid}\nGas!{panel} {color:red}now{color}", "Safety\n\nGas! now")]
    [InlineData("one\\\\two !plan.png|thumbnail! 2 - 3 bar, a_b_c, \\*kept\\*", "one\ntwo 2 - 3 bar, a_b_c, *kept*")]
    [InlineData("{quote}said{quote}\n----\n??cited?? -gone-", "said\n\ncited ~~gone~~")]
    [InlineData("{noformat}a {code} b{noformat}", "a {code} b")]
    public void Jira(string wiki, string words) => PlainMarkup.Of(wiki, TextFormat.Jira).ShouldBe(words);

    // Mails begin with words for the list of mails, which the mail itself does not show.
    [Theory]
    [InlineData("<div style=\"display: none; max-height: 0\">Open in <div>your</div> browser</div><p>Pump 3 is down</p>", "Pump 3 is down")]
    [InlineData("<p>Pump 3 <span hidden>one<span>two</span></span>is down</p>", "Pump 3 is down")]
    [InlineData("<div style=\"display:block\">Pump 3</div><div hidden>no</div> is down", "Pump 3\nis down")]
    [InlineData("Pump 3<div style='DISPLAY:none'>is down", "Pump 3\nis down")]
    public void What_a_mail_does_not_show_is_not_read(string html, string words) => PlainMarkup.Of(html, TextFormat.Html).ShouldBe(words);

    // Read without their marks, they would send somebody to pump 3.
    [Theory]
    [InlineData("Html", "Go to <s>pump 3</s> pump 4"), InlineData("Html", "Go to <del class=\"x\">pump <b>3</b> </del>pump 4"), InlineData("Html", "Go to <strike>pump</strike> <STRIKE>3</STRIKE> pump 4")]
    [InlineData("Html", "<p><span>Go to</span> <span style=\"text-decoration: line-through;\"><span>pump</span> 3</span> pump 4</p>")]
    [InlineData("Markdown", "Go to ~~pump **3**~~ pump 4"), InlineData("Markdown", "Go to ~pump 3~ pump 4"), InlineData("Markdown", "Go to <del>pump 3</del> pump 4")]
    [InlineData("Markdown", "Go to <s class=\"x\">pump 3</s> pump 4"), InlineData("Textile", "Go to -pump 3- pump 4"), InlineData("Jira", "Go to -pump *3*- pump 4")]
    public void What_is_crossed_out_is_marked_as_such_and_said_to_be(string format, string written)
    {
        var plain = PlainMarkup.Of(written, Enum.Parse<TextFormat>(format));
        plain.ShouldBe("Go to ~~pump 3~~ pump 4");
        PlainText.Of(plain, "en-GB").ShouldBe("Go to. Crossed out: pump 3. pump 4.");
    }

    [Fact]
    public void Each_line_of_what_is_crossed_out_has_its_marks() =>
        PlainMarkup.Of("<del><p>Close <i>valve 7</i><br>and 8.</p><ul><li>lock</li></ul></del><s></s>Call.", TextFormat.Html)
            .ShouldBe("~~Close valve 7~~\n~~and 8.~~\n\n~~- lock~~\nCall.");

    [Theory]
    [InlineData("Html", "<ul><li><input type=\"checkbox\" checked disabled> Power off</li><li><input type=\"checkbox\" disabled> Lock out</li></ul>")]
    [InlineData("Markdown", "- [x] Power off\n- [ ] Lock out")]
    public void A_box_that_is_checked_is_shown_and_said(string format, string written)
    {
        var plain = PlainMarkup.Of(written, Enum.Parse<TextFormat>(format));
        plain.ShouldBe("- [x] Power off\n- [ ] Lock out");
        PlainText.Of(plain, "en-GB").ShouldBe("Done: Power off. Lock out.");
    }

    [Theory]
    [InlineData("Html", "<div dir=\"rtl\"><p>מעלית <b>2</b> תקועה</p><ul><li>شخصان</li></ul>", "מעלית 2 תקועה\n\n- شخصان")]
    [InlineData("Markdown", "# מעלית **2**\n\n- *תקועה*\n- شخصان", "מעלית 2\n\n- תקועה\n- شخصان")]
    [InlineData("Textile", "h1. מעלית *2*\n\n* _תקועה_\n* شخصان", "מעלית 2\n\n- תקועה\n- شخصان")]
    [InlineData("Jira", "h1. מעלית *2*\n\n* _תקועה_\n* شخصان", "מעלית 2\n\n- תקועה\n- شخصان")]
    public void Words_from_right_to_left_are_read_as_others_are(string format, string written, string words)
    {
        var plain = PlainMarkup.Of(written, Enum.Parse<TextFormat>(format));
        plain.ShouldBe(words);
        PlainText.Of(plain, "en-GB").ShouldBe(words.Replace("\n\n", ". ").Replace("\n", ". ").Replace("- ", "") + ".");
    }

    // What is never closed, in the middle of a text.
    [Theory]
    [InlineData("Html", "Lift 2 <b>is <table><tr><td>stuck<td>with <a href=\"https://x.example.com")]
    [InlineData("Html", "Lift 2 is <pre>stuck <ul><li>with <!-- and")]
    [InlineData("Markdown", "Lift 2 **is `stuck [with](https://x.example.com")]
    [InlineData("Markdown", "Lift 2 is stuck\n```\nwith")]
    [InlineData("Textile", "Lift 2 *is \"stuck\":https:// <pre>with")]
    [InlineData("Textile", "|_. Lift 2|is stuck|\n|\\2. with|\n|and\n||||")]
    [InlineData("Jira", "Lift 2 {code}is {color:red}stuck [with|")]
    [InlineData("Jira", "||Lift 2||is\n|stuck|{noformat}with|")]
    public void Markup_that_is_never_closed_leaves_its_words(string format, string written)
    {
        var plain = PlainMarkup.Of(written, Enum.Parse<TextFormat>(format));
        foreach (var word in (string[])["Lift 2", "is", "stuck"])
            plain.ShouldContain(word);
        PlainText.Of(plain, "en-GB").ShouldSatisfyAllConditions(spoken => spoken.ShouldStartWith("Lift 2"), spoken => spoken.ShouldNotContain('<'), spoken => spoken.ShouldNotContain('|'));
    }

    // More brackets than Markdig can read in time, so the text is read line by line.
    [Theory]
    [InlineData("-5 °C in the cold store", "-5 °C in the cold store"), InlineData("+30 210 0000000", "+30 210 0000000"), InlineData("#1042 is stuck", "#1042 is stuck")]
    [InlineData("*3 of 4* pumps", "3 of 4 pumps"), InlineData("- pump 3", "pump 3"), InlineData("* pump 3", "pump 3"), InlineData("+ pump 3", "pump 3")]
    [InlineData("## Lift 2", "Lift 2"), InlineData("> - # Lift 2", "Lift 2"), InlineData(">said", "said"), InlineData("> -5 °C", "-5 °C"), InlineData("- +30 210", "+30 210")]
    [InlineData("**Pump 3** is down", "Pump 3 is down"), InlineData("-------", ""), InlineData("* * *", "")]
    public void A_sign_at_the_beginning_of_a_line_is_a_mark_only_before_a_space(string line, string words)
    {
        var plain = PlainMarkup.Of($"Lift 2\n{line}\nis stuck\n" + new string('[', 2001), TextFormat.Markdown);
        plain.Split('\n', StringSplitOptions.RemoveEmptyEntries).ShouldBe(words.Length == 0 ? ["Lift 2", "is stuck"] : ["Lift 2", words, "is stuck"]);
    }

    // Ten megabytes, as a mail that was answered for years. Only the beginning is read.
    [Theory]
    [InlineData("Html", "<blockquote>"), InlineData("Markdown", "> "), InlineData("Markdown", "- "), InlineData("Textile", "> "), InlineData("Jira", "{quote}"), InlineData("Plain", "> ")]
    public void Ten_megabytes_of_quotes_in_quotes_are_the_words_at_their_beginning(string format, string quote)
    {
        var nested = new StringBuilder("Lift 2 is stuck\n\n", 11_000_000);
        for (var depth = 1; nested.Length < 10_000_000; depth++)
            nested.Insert(nested.Length, quote, Math.Min(depth, 300)).Append("he wrote\n");
        var plain = PlainMarkup.Of(nested.ToString(), Enum.Parse<TextFormat>(format));
        plain.Length.ShouldBeLessThanOrEqualTo(PlainMarkup.LongestRead);
        plain.ShouldStartWith("Lift 2 is stuck");
        plain.ShouldContain("he wrote");
        if (format is not "Plain")
            plain.ShouldNotContain(quote.Trim() == "-" ? "- - - - " : quote.Trim());
        PlainText.Of(plain, "en-GB").ShouldStartWith("Lift 2 is stuck. he wrote.");
    }

    [Fact]
    public void Nothing_in_it_is_nothing()
    {
        foreach (var format in Enum.GetValues<TextFormat>())
            foreach (var text in (string?[])[null, "", "  \r\n\t "])
                PlainMarkup.Of(text, format).ShouldBe("");
    }

    // Deep and repeated marks: Markdig 1.6.0 refuses more than 128 levels with an ArgumentException, and a reader that calls itself would end the process.
    [Theory]
    [InlineData("<div>"), InlineData("<b>"), InlineData("<a href=x>"), InlineData("<ul><li>"), InlineData("<table><tr><td>"), InlineData("> "), InlineData("- "), InlineData("*"), InlineData("["), InlineData("[a|")]
    [InlineData("{code}"), InlineData("<pre>"), InlineData("\"x\":http://"), InlineData("!a"), InlineData("{{"), InlineData("|"), InlineData("* *"), InlineData("\ud800"), InlineData("\0")]
    public void Hostile_text_comes_to_an_end(string repeated)
    {
        var text = new StringBuilder().Insert(0, repeated, 100_000 / repeated.Length).Append("words").ToString();
        foreach (var format in Enum.GetValues<TextFormat>())
            PlainMarkup.Of(text, format).Length.ShouldBeLessThanOrEqualTo(3 * PlainMarkup.LongestRead);
    }
}
