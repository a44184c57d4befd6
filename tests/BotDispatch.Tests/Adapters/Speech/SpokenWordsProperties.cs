using System.Text.RegularExpressions;
using BotDispatch.Voice.Speech;
using FsCheck;
using FsCheck.Fluent;

namespace BotDispatch.Tests.Adapters.Speech;

/// <summary>Whatever a text is made of: none of its words is lost in speech, and nothing of its marks is spoken.</summary>
public sealed class SpokenWordsProperties
{
    // Words by which each piece is known again: letters and a number, so that none is part of another or of a mark.
    static readonly string[] Marked =
    [
        "<b>{0}</b>", "<p>{0}</p>", "<div class=\"x y\">{0}</div>", "<span style='color: red'>{0}</span>", "<ul><li>{0}</li></ul>", "<br/>{0}<br>", "<table><tr><td>{0}</td></tr></table>", "<font color=red>{0}</font>",
        "<!-- hidden -->{0}", "&quot;{0}&quot;", "&lt;b&gt;{0}&lt;/b&gt;", "{0}&nbsp;", "&#39;{0}&#39;", "[b]{0}[/b]", "[code]{0}[/code]", "[quote=\"hidden\"]{0}[/quote]", "[color=red]{0}[/color]", "[url=https://hidden.example]{0}[/url]",
        "*{0}*", "**{0}**", "__{0}__", "_{0}_", "`{0}`", "[{0}](https://hidden.example/a)", "[{0}|https://hidden.example/a]", "<https://hidden.example|{0}>", "{{color:red}}{0}{{color}}", "{{{{{0}}}}}", "{{quote}}{0}{{quote}}",
        "\nh2. {0}\n", "\n# {0}\n", "\n- {0}\n", "\n> {0}\n", "\n* [ ] {0}\n", "\nbq. {0}\n", "\n||{0}||\n", "+{0}+", "\"{0}\":https://hidden.example", "<a href=\"https://hidden.example\">{0}</a>",
        "<@U0HIDDEN1>{0}", ":hidden_emoji: {0}", "!hidden.png! {0}", "https://hidden.example/x {0}",
    ];

    static readonly string[] NearMarks =
    [
        "<{0}>", "<{0} 7>", "<{0}", "{0}>", "< {0}", "{0} >", "<5 {0}", ">5 {0}", "-18 {0}", "{0}<{0}", "List<{0}>", "<{0}, x>", "[{0}]", "[{0}", "({0})", "[{0}](7)", "{{{0}}}", "{{{0}", "->{0}", "=> {0}", "<- {0}", "<<{0}>>", "</{0}>",
        "<{0}@example.com>", "<main> {0}", "<i {0}", "<b {0} x", "&{0};", "& {0}", "#{0}", "@{0}", "!{0}!", "|{0}", "/var/{0}", "C:\\{0}", "{0}-7", "5-7 {0}", "*{0}", "{0}_x", "<!{0}>", "<@{0}>", "<#{0}>", "[note] {0}", "[b] {0}",
        "{{note}} {0}", "`{0}", "~{0}", "~{0}~", "~~{0}~~", "<del>{0}</del>", "^{0}^", "\"{0}\"", "'{0}'", "{0}:", "{0}%", "\u221218 {0}", "<=5 {0}", "\u2265 {0}", "\\*{0}", "1. {0}", "<valve={0}>", "<a {0}>", "<p {0}>", "P. {0}", "[x] {0}", "--{0}", "{0}!!!",
    ];

    static readonly Gen<string> Piece = Gen.Elements((string[])[.. Marked, .. NearMarks, "{0}", "{0}", "{0}"]);
    static readonly Gen<string> Between = Gen.Elements(" ", " ", " ", "\n", ", ", ". ");

    /// <summary>Texts of up to thirty pieces, each around a word of its own.</summary>
    static readonly Gen<Written> Texts =
        from count in Gen.Choose(1, 30)
        from pieces in Piece.ArrayOf(count)
        from between in Between.ArrayOf(count)
        select new Written(
            string.Concat(pieces.Zip(between).Select((each, index) => string.Format(System.Globalization.CultureInfo.InvariantCulture, each.First, Word(index)) + each.Second)), [.. Enumerable.Range(0, count).Select(Word)]);

    [Fact]
    public void No_word_is_lost_whatever_stands_around_it() => Check.One(
        Config.QuickThrowOnFailure.WithMaxTest(3000),
        Prop.ForAll(Texts.ToArbitrary(), text =>
        {
            var spoken = PlainText.Of(text.Text);
            foreach (var word in text.Words)
                spoken.ShouldContain(word, Case.Sensitive, $"written: {text.Text}");
        }));

    [Fact]
    public void Nothing_of_a_mark_is_spoken() => Check.One(
        Config.QuickThrowOnFailure.WithMaxTest(3000),
        Prop.ForAll(Gen.Elements(Marked).ArrayOf().ToArbitrary(), marks =>
        {
            var written = string.Join(' ', marks.Select((mark, index) => string.Format(System.Globalization.CultureInfo.InvariantCulture, mark, Word(index))));
            var words = Regex.Matches(PlainText.Of(written), @"[\p{L}\p{Nd}]+").Select(match => match.Value);
            words.ShouldBe(marks.Select((_, index) => Word(index)), $"written: {written}");
        }));

    [Fact]
    public void A_text_of_words_alone_is_said_as_it_is_written() => Check.One(
        Config.QuickThrowOnFailure,
        Prop.ForAll(Gen.Elements("pump", "Ölpumpe", "διαρροή", "7", "INC-7", "B7-214-68901", "3,5", "50%", "ann@example.com", "(left)", "R&D", "2026-11-29", "8:30").NonEmptyListOf().ToArbitrary(), words =>
            PlainText.Of(string.Join(' ', words)).ShouldBe(string.Join(' ', words) + ".")));

    static string Word(int index) => $"Word{(char)('a' + index / 10)}{index % 10}";

    sealed record Written(string Text, string[] Words);
}
