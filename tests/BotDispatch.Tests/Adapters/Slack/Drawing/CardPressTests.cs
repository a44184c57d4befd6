using BotDispatch.Chat;
using BotDispatch.Core;
using BotDispatch.Slack.Drawing;

namespace BotDispatch.Tests.Adapters.Slack.Drawing;

public sealed class CardPressTests
{
    static readonly DispatchId Id = DispatchId.From("slack", "V1");

    [Fact]
    public void What_a_button_carries_is_read_again()
    {
        foreach (var action in Enum.GetValues<CardAction>())
        {
            var button = action is CardAction.Skip ? new CardButton(action, "Skip", 49, 5) : new CardButton(action, "x");
            CardPressCodec.Read(CardPress.NameOf(action), CardPressCodec.Value(Id, button)).ShouldBe(new(Id, action, button.Callee, button.Round));
        }
    }

    [Fact]
    public void The_ids_are_the_ones_that_old_cards_carry() =>
        Enum.GetValues<CardAction>().Select(CardPress.NameOf).ShouldBe(["dispatch_cancel", "dispatch_skip", "dispatch_take", "dispatch_redispatch", "dispatch_done"]);

    [Theory]
    [InlineData("dispatch_skip", null)]
    [InlineData("dispatch_skip", "")]
    [InlineData("dispatch_skip", "abc-1")]
    [InlineData("dispatch_skip", "abc-x-1")]
    [InlineData("dispatch_skip", "abc--1-1")]
    [InlineData("dispatch_skip", "abc-1-99999999999")]
    [InlineData("dispatch_cancel", "a b")]
    [InlineData("dispatch_", "abc")]
    [InlineData("other", "abc")]
    public void What_is_not_ours_is_no_press(string actionId, string? value) => CardPressCodec.Read(actionId, value).ShouldBeNull();
}
