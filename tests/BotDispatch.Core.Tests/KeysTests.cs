namespace BotDispatch.Core.Tests;

/// <summary>The provider reports all tones of a call each time, or starts anew.</summary>
public class KeysTests
{
    [Theory]
    [InlineData("", "1", "1")]
    [InlineData("9", "91", "1")]
    [InlineData("9", "9", "")]
    [InlineData("9", "1", "1")]
    [InlineData("99", "91", "91")]
    [InlineData("9", "", "")]
    [InlineData("", "", "")]
    public void What_continues_the_tones_seen_is_fresh_and_what_starts_anew_is_all_fresh(string seen, string tones, string fresh) =>
        Keys.Fresh(seen, tones).ShouldBe(fresh);

    [Theory]
    [InlineData("1", Key.Accept)]
    [InlineData("2", Key.Reject)]
    [InlineData("12", Key.Accept)]
    [InlineData("21", Key.Reject)]
    [InlineData("9#1", Key.Accept)]
    [InlineData("0345678*#", Key.Wrong)]
    [InlineData("", Key.Wrong)]
    public void The_first_valid_key_decides(string tones, Key key) => Keys.First(tones).ShouldBe(key);
}
