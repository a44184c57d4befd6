using System.Diagnostics;
using BotDispatch.Voice.Speech;

namespace BotDispatch.Tests.Adapters.Speech;

public sealed class PlainTextTests
{
    [Theory]
    // HTML
    [InlineData("<p>Router <b>down</b></p><p>Floor&nbsp;3 &amp; 4</p>", "Router down. Floor 3 & 4.")]
    [InlineData("<script>alert('x')</script>Fan broken<!-- secret -->", "Fan broken.")]
    [InlineData("Line<br/>break", "Line. break.")]
    [InlineData("&lt;b&gt;bold&lt;/b&gt; move", "bold move.")]
    [InlineData("a < b and c > d", "a b and c d.")]
    [InlineData("<img src=x onerror=alert(1)>Pump", "Pump.")]
    // Markdown
    [InlineData("# Leak\n\n- **Room** 12\n- `valve` open", "Leak. Room 12. valve open.")]
    [InlineData("See [the plan](https://x.example/p?q=1) now", "See the plan now.")]
    [InlineData("![photo](https://x.example/a.png)Broken", "Broken.")]
    [InlineData("Before\n```\nstack trace\n```\nAfter", "Before. After.")]
    [InlineData("| Room | Rack |\n|---|---|\n| 1 | 2 |", "Room, Rack. 1, 2.")]
    [InlineData("> quoted\n\n---\n\nsaid", "quoted. said.")]
    // Slack
    [InlineData("<https://x.example|the page> and <https://y.example>", "the page and.")]
    [InlineData("<@U123ABC> <!here> look at <#C1|ops>", "look at ops.")]
    [InlineData("Fire :fire: in *lab* ~not~ _now_", "Fire in lab not now.")]
    // Jira
    [InlineData("h2. Steps\n{code:java}int x;{code}\n{color:red}Hot{color} {{pipe}}", "Steps. Hot pipe.")]
    [InlineData("Ask [~jdoe] or [wiki|https://w.example/x] !shot.png|thumbnail!", "Ask or wiki.")]
    // Links, mail, emoji, control, invisible
    [InlineData("Go to https://evil.example/a?b=c#d or www.evil.example now", "Go to or now.")]
    [InlineData("Write to ann@example.com today", "Write to today.")]
    [InlineData("Hot 🔥🔥 👩‍🔧 1️⃣ 🇬🇷 day", "Hot 1 day.")]
    [InlineData("a\u0000b\u0007c\u202Ed\u200Be\uFEFF", "a b cde.")]
    [InlineData("lone \uD83D surrogate", "lone surrogate.")]
    [InlineData("Wait!!!!!! What????", "Wait! What?")]
    [InlineData("At 10:30:15, 20 °C, 5 % off, 3 €", "At 10:30:15, 20 °C, 5 % off, 3 €.")]
    [InlineData("snake_case_name", "snake case name.")]
    [InlineData("Βλάβη στον 3ο όροφο;", "Βλάβη στον 3ο όροφο;")]
    [InlineData("Dağ Łódź übermäßig é", "Dağ Łódź übermäßig é.")]
    // Nothing to say
    [InlineData(null, "")]
    [InlineData("  \n ", "")]
    [InlineData("🔥 --- *** https://x.example", "")]
    public void Only_words_are_left(string? written, string spoken) => PlainText.Of(written).ShouldBe(spoken);

    [Theory]
    [InlineData("<")]
    [InlineData("[")]
    [InlineData("{code}")]
    [InlineData("<a href=\"")]
    [InlineData("*_~`")]
    [InlineData("![](")]
    [InlineData("a.b-c+")]
    [InlineData("🔥")]
    public void A_text_made_to_be_slow_is_read_at_once(string bomb)
    {
        var watch = Stopwatch.StartNew();
        _ = PlainText.Of(string.Concat(Enumerable.Repeat(bomb, 300_000 / bomb.Length)));
        watch.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(10));
    }

    [Theory]
    [InlineData("High!", "High")]
    [InlineData("<b>P1</b>.", "P1")]
    [InlineData(null, "")]
    public void A_word_inside_a_sentence_ends_without_a_stop(string? written, string spoken) => PlainText.Inline(written).ShouldBe(spoken);
}
