using BotDispatch.Ports;

namespace BotDispatch.Tests.Employees;

public sealed class MaskedNumberTests
{
    [Theory]
    [InlineData("+306971234533", "+30 69• ••• ••33")]
    [InlineData("+447700900101", "+44 77•• ••••01")]
    [InlineData("+15550100", "+1 55•••00")]
    [InlineData("nonsense", "••••••••")]
    public void A_number_shows_enough_to_recognise_it_and_too_little_to_call_it(string number, string shown) =>
        MaskedNumber.Of(number).ShouldBe(shown);
}
