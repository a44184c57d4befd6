using BotDispatch.Slack.Drawing;

namespace BotDispatch.Tests.Adapters.Slack.Drawing;

public sealed class SlackTextTests
{
    [Theory]
    [InlineData("*all* of _it_ ~is~ `code`", "∗all∗ of ˍitˍ ∼is∼ ˋcodeˋ")]
    [InlineData("＊wide＊ ＿forms＿ ｀too｀", "∗wide∗ ˍformsˍ ˋtooˋ")]
    [InlineData("```x``` **x** __init__", "ˋˋˋxˋˋˋ ∗∗x∗∗ ˍˍinitˍˍ")]
    [InlineData("db_primary_01 is 2*3*4 wide", "db_primary_01 is 2*3*4 wide")]
    [InlineData("ü_x_ü _", "üˍxˍü ˍ")]
    [InlineData("a\u202E_b_ c", "a_bˍ c")]
    [InlineData("10:30 :fire: :\u202Efire: a: b", "10:\u200B30 :\u200Bfire: :\u200Bfire: a: b")]
    public void No_sign_formats_and_none_inside_a_word_is_changed(string foreign, string shown) => SlackText.Inert(foreign).ShouldBe(shown);

    [Theory]
    [InlineData("> a\n> b > c", "\u00AD&gt; a\n\u00AD&gt; b &gt; c")]
    [InlineData("\u202E>a\n\u0007＞b", "\u00AD&gt;a\n\u00AD＞b")]
    public void No_line_becomes_a_quotation(string foreign, string shown) => SlackText.Inert(foreign).ShouldBe(shown);

    [Theory]
    [InlineData(4), InlineData(5), InlineData(6), InlineData(7), InlineData(40)]
    public void What_is_escaped_is_cut_between_letters_and_never_longer(int most)
    {
        foreach (var foreign in new[] { ">>>>>>>>>>>>", "🛗🛗🛗🛗🛗🛗", "a:b:c:d:e:f:g", "\uD83D\uD83Dab_c_d_e_f" })
        {
            var cut = SlackText.Inert(foreign, most);
            cut.Length.ShouldBeLessThanOrEqualTo(most);
            System.Text.Encoding.UTF8.GetString(System.Text.Encoding.UTF8.GetBytes(cut)).ShouldBe(cut);
            System.Text.RegularExpressions.Regex.Count(cut, "&").ShouldBe(System.Text.RegularExpressions.Regex.Count(cut, "&gt;"));
        }
    }
}
