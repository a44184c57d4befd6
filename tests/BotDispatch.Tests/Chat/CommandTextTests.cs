using BotDispatch.Chat;

namespace BotDispatch.Tests.Chat;

/// <summary>One piece of code makes a command of what is written to the bot, in every chat.</summary>
public sealed class CommandTextTests
{
    [Theory]
    [InlineData(": cancel INC-7", "cancel INC-7")]
    [InlineData(", cancel INC-7", "cancel INC-7")]
    [InlineData("- cancel INC-7", "cancel INC-7")]
    [InlineData("\u2013 cancel INC-7", "cancel INC-7")]
    [InlineData("\u2014cancel INC-7", "cancel INC-7")]
    [InlineData("-cancel INC-7", "cancel INC-7")]
    [InlineData("... cancel INC-7", "cancel INC-7")]
    [InlineData("! cancel INC-7", "cancel INC-7")]
    [InlineData("@BotDispatch - cancel INC-7", "cancel INC-7")]
    [InlineData("@botdispatch: @BotDispatch, cancel INC-7", "cancel INC-7")]
    [InlineData("\u00a0:\u00a0cancel\u00a0INC-7\u00a0", "cancel INC-7")]
    [InlineData("\u200B\u2060cancel INC-7\uFEFF", "cancel INC-7")]
    [InlineData("cancel: INC-7", "cancel INC-7")]
    [InlineData("cancel INC-7.", "cancel INC-7")]
    [InlineData("cancel INC-7 !!", "cancel INC-7")]
    [InlineData("Cancel INC-7?", "Cancel INC-7")]
    [InlineData("list.", "list")]
    [InlineData("status?", "status")]
    [InlineData("/dispatch: cancel INC-7.", "cancel INC-7")]
    [InlineData("dispatch, INC-7", "INC-7")]
    [InlineData("dispatch /status INC-7", "status INC-7")]
    [InlineData("INC-7.", "INC-7")]
    [InlineData(": INC-7 @ann", "INC-7 @ann")]
    public void What_stands_around_a_command_is_no_part_of_it(string written, string text) => CommandText.Of(written).ShouldBe(text);

    [Theory]
    [InlineData("-18 C wanted in the cold store")]
    [InlineData("--help")]
    [InlineData("-h")]
    [InlineData("?")]
    [InlineData("Lift 2 is stuck!")]
    [InlineData("Fire!")]
    [InlineData(".5 mm crack in pipe 3")]
    [InlineData("@ann INC-7")]
    [InlineData("@BotDispatcher INC-7")]
    [InlineData("text: - so it is -")]
    [InlineData("cancelled trains at gate 3.")]
    [InlineData("help desk printer is broken!")]
    [InlineData("also the lift in tower B.")]
    public void Words_and_numbers_stay_as_they_were_written(string written) => CommandText.Of(written).ShouldBe(written);

    [Theory]
    [InlineData("> cancel INC-7\nstatus INC-7", "status INC-7")]
    [InlineData("status INC-7\r\n  > cancel INC-7", "status INC-7")]
    [InlineData("status INC-7\n>>> cancel\nINC-7", "status INC-7")]
    [InlineData("&gt; cancel INC-7", "")]
    [InlineData("pressure > 5 bar", "pressure > 5 bar")]
    [InlineData("a\nb", "a\nb")]
    public void Quoted_lines_are_nobodys_command(string written, string own) => CommandText.Unquoted(written).ShouldBe(own);
}
