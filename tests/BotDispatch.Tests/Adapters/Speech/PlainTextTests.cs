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
    [InlineData("a < b and c > d", "a less than b and c greater than d.")]
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
    [InlineData("Fire :fire: in *lab* ~not~ _now_", "Fire in lab. Crossed out: not. now.")]
    // Jira
    [InlineData("h2. Steps\n{code:java}int x;{code}\n{color:red}Hot{color} {{pipe}}", "Steps. Hot pipe.")]
    [InlineData("Ask [~jdoe] or [wiki|https://w.example/x] !shot.png|thumbnail!", "Ask or wiki.")]
    // Links, mail, emoji, control, invisible
    [InlineData("Go to https://evil.example/a?b=c#d or www.evil.example now", "Go to or now.")]
    [InlineData("Write to ann@example.com today", "Write to ann@example.com today.")]
    [InlineData("Hot 🔥🔥 👩‍🔧 1️⃣ 🇬🇷 day", "Hot 1 day.")]
    [InlineData("a\u0000b\u0007c\u202Ed\u200Be\uFEFF", "a b cde.")]
    [InlineData("lone \uD83D surrogate", "lone surrogate.")]
    [InlineData("Wait!!!!!! What????", "Wait! What?")]
    [InlineData("At 10:30:15, 20 °C, 5 % off, 3 €", "At 10:30:15, 20 °C, 5 % off, 3 €.")]
    [InlineData("~~Pump 3~~ Pump 4", "Crossed out: Pump 3. Pump 4.")]
    [InlineData("Lift <s>2</s> 3, [s]floor 5[/s] floor 6 ~~now~~.", "Lift. Crossed out: 2. 3. Crossed out: floor 5. floor 6. Crossed out: now.")]
    [InlineData("~5 bar or ~10 bar, 10~20, ~~ and ~", "about 5 bar or about 10 bar, 10~20, and.")]
    [InlineData("- [x] Power off\n* [X] ~~Call Ann~~\n- [ ] Lock out\n[x] marks the spot", "Done: Power off. Done. Crossed out: Call Ann. Lock out. x marks the spot.")]
    [InlineData("snake_case_name", "snake case name.")]
    [InlineData("Βλάβη στον 3ο όροφο;", "Βλάβη στον 3ο όροφο;")]
    [InlineData("Dağ Łódź übermäßig é", "Dağ Łódź übermäßig é.")]
    // What only looks like a mark is text
    [InlineData("Switch <core-sw-2> down, fail over to <core-sw-1>", "Switch core-sw-2 down, fail over to core-sw-1.")]
    [InlineData("Reset <valve 7>, not <valve 8>.", "Reset valve 7, not valve 8.")]
    [InlineData("Press <button 3> on the <main> board", "Press button 3 on the main board.")]
    [InlineData("Ask Ann <ann@example.com> or mailto:bob@example.com", "Ask Ann ann@example.com or bob@example.com.")]
    [InlineData("See [3] and [urgent] and [valve](7), [A|B]", "See 3 and urgent and valve (7), A, B.")]
    [InlineData("Use List<string> or Map<string, List<int>> here", "Use List string or Map string, List int here.")]
    [InlineData("Logs in /var/log/x and C:\\temp\\y, \\\\srv\\share", "Logs in /var/log/x and C: temp y, srv share.")]
    [InlineData("Floors 5-7, 10~20 and 2026-11-29, unit A-12, 020-7946", "Floors 5-7, 10~20 and 2026-11-29, unit A-12, 020-7946.")]
    [InlineData("Set core-1 -> core-2 => done <- back --> end", "Set core-1, core-2, done, back, end.")]
    [InlineData("Set +/-5 bar, +- 3 mm, +/−2 and A+-", "Set ±5 bar, ± 3 mm, ±2 and A+.")]
    [InlineData("In ~20 min, for ~€50, ≈ 3 h, 10 ~ 20", "In about 20 min, for about €50, about 3 h, 10 20.")]
    [InlineData("Gate → hall ⇒ door", "Gate, hall, door.")]
    [InlineData("<@home> <#3 pump> <!important> <note:7>", "@home 3 pump !important note:7.")]
    [InlineData("{note} 2*3*4 and un*frigging*real", "note 2*3*4 and un frigging real.")]
    [InlineData("P. Smith at H2. Gas", "P. Smith at H2. Gas.")]
    [InlineData("[code] at the door", "at the door.")]
    [InlineData("Enter [code] at the door", "Enter code at the door.")]
    [InlineData("cut in <b and lost words", "cut in less than b and lost words.")]
    [InlineData("File > Open > Print", "File, Open, Print.")]
    [InlineData("a <b> c", "a b c.")]
    // Scraps of real marks
    [InlineData("&quot;Hot&quot; &amp;quot;tap&amp;quot; it&#39;s R&D", "\"Hot\" \"tap\" it's R&D.")]
    [InlineData("[code]<p>Router <b>down</b></p>[/code]", "Router down.")]
    [InlineData("[code]<b>Router", "Router.")]
    [InlineData("[b]Hot[/b] [url=https://x.example]tap[/url] [size=3]now[/size] [list][*]one[*]two[/list]", "Hot tap now. one. two.")]
    [InlineData("See [the plan](https://x.example/pl", "See the plan.")]
    [InlineData("See [the plan|https://x.example/pl", "See the plan.")]
    [InlineData("See [the plan](", "See the plan.")]
    [InlineData("See [wiki](https://en.example/wiki/A_(b) \"title\") now", "See wiki now.")]
    [InlineData("See [page|https://x.example|smart-link] or \"this\":https://y.example/z", "See page or this.")]
    [InlineData("{color:#ff0000}*Hot*{color} {{pipe}} h2. in text", "Hot pipe h2. in text.")]
    [InlineData("h2. Steps\n* one\n** two\n# three\nbq. said\n||Room||Rack||\n|1|2|", "Steps. one. two. three. said. Room, Rack. 1, 2.")]
    [InlineData("{quote}said{quote} {panel:title=x}in{panel} {note}mind{note}", "said in mind.")]
    [InlineData("p. Text +new+ @code@ -old- |_. head|", "Text new code -old-, head.")]
    [InlineData("> one\n> two\n>three", "one. two. three.")]
    [InlineData("- [ ] open\n- [x] closed\n-valve\n-3 pumps", "open. Done: closed. valve. 3 pumps.")]
    [InlineData("Wave :wave::skin-tone-3: to <@U0123ABCD> and <tel:+441632960000|call>", "Wave to and call.")]
    [InlineData("<a href=\"https://x.example\">here</a> <img src=\"data:image/png;base64,AA==\"> <a href=\"https://x.exam", "here.")]
    [InlineData("<o:p></o:p><![CDATA[Hot tap]]><!doctype html><span style='a>b'>now</span>", "Hot tap now.")]
    // Nothing but code is all there is
    [InlineData("```\nfan broken\n```", "fan broken.")]
    // Nothing to say
    [InlineData(null, "")]
    [InlineData("  \n ", "")]
    [InlineData("🔥 --- *** https://x.example", "")]
    public void Only_words_are_left(string? written, string spoken) => PlainText.Of(written).ShouldBe(spoken);

    [Theory]
    [InlineData("-18 C wanted", "minus 18 C wanted.")]
    [InlineData("Call <5 min", "Call less than 5 min.")]
    [InlineData("> 30 C in the server room", "greater than 30 C in the server room.")]
    [InlineData("x<y, y>z, a<=b, a >= -3, ≤5", "x less than y, y greater than z, a at most b, a at least minus 3, at most 5.")]
    [InlineData("between -5 and \u221218 °C (-3), 5 \u2212 3, T=-4", "between minus 5 and minus 18 °C (minus 3), 5 minus 3, T= minus 4.")]
    [InlineData("Freezer 2 -18 °C, open 8:00 -16:00", "Freezer 2 minus 18 °C, open 8:00 -16:00.")]
    [InlineData("&lt;5 bar and &gt;3 bar, -.5 V", "less than 5 bar and greater than 3 bar, minus .5 V.")]
    public void Signs_that_mean_something_are_said_in_words(string written, string spoken) => PlainText.Of(written).ShouldBe(spoken);

    [Theory]
    [InlineData("de-DE", "minus 18, kleiner als 5, größer als 3.")]
    [InlineData("el-GR", "μείον 18, μικρότερο από 5, μεγαλύτερο από 3.")]
    [InlineData("fr-FR", "moins 18, inférieur à 5, supérieur à 3.")]
    [InlineData("es-LA", "menos 18, menor que 5, mayor que 3.")]
    [InlineData("ru-RU", "минус 18, меньше 5, больше 3.")]
    public void They_are_said_in_the_language_of_the_call(string language, string spoken) => PlainText.Of("-18, <5, >3", language).ShouldBe(spoken);

    [Fact]
    public void Every_language_has_words_of_its_own_for_every_sign()
    {
        foreach (var language in SpokenLanguage.Codes)
        {
            var prompts = Prompts.For(language);
            PlainText.Of("-1 <2 >3 ≤4 ≥5", language)
                .ShouldBe($"{prompts.Minus} 1 {prompts.LessThan} 2 {prompts.GreaterThan} 3 {prompts.AtMost} 4 {prompts.AtLeast} 5.".Replace("  ", " ", StringComparison.Ordinal), language);
        }
    }

    [Fact]
    public void A_block_of_code_beside_other_words_is_left_out_and_that_is_said()
    {
        PlainText.Read("Before\n```\nstack\n```", "en-GB").ShouldBe(new PlainText("Before.", "(a block of code)"));
        PlainText.Read("Before", "en-GB").LeftOut.ShouldBeEmpty();
        PlainText.Read(string.Concat(Enumerable.Repeat("word ", 10_000)), "en-GB").LeftOut.ShouldNotBeEmpty();
    }

    [Theory]
    [InlineData("<")]
    [InlineData("[")]
    [InlineData("{code}")]
    [InlineData("<a href=\"")]
    [InlineData("*_~`")]
    [InlineData("![](")]
    [InlineData("a.b-c+")]
    [InlineData("🔥")]
    [InlineData("<a x=\"")]
    [InlineData("<a b=c ")]
    [InlineData("<!--")]
    [InlineData("<script>")]
    [InlineData("List<")]
    [InlineData("[b][/b]")]
    [InlineData("{note}")]
    [InlineData("> - * ")]
    [InlineData("[a|http://")]
    [InlineData("&amp;lt;")]
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
