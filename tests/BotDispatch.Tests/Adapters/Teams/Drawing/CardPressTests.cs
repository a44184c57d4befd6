using System.Collections.Immutable;
using System.Text.Json;
using BotDispatch.Chat;
using BotDispatch.Core;
using BotDispatch.Http;
using BotDispatch.Teams.Drawing;

namespace BotDispatch.Tests.Adapters.Teams.Drawing;

public sealed class CardPressTests
{
    static readonly DispatchId Id = DispatchId.From("teams", "V1");

    [Fact]
    public void What_a_button_carries_is_read_again_with_its_verb_or_without()
    {
        foreach (var action in Enum.GetValues<CardAction>())
        {
            var button = action is CardAction.Skip ? new CardButton(action, "Skip", 49, 5) : new CardButton(action, "x");
            var data = JsonDocument.Parse(SafeJson.Bytes(CardPressCodec.Data(Id, button))).RootElement.Values();
            CardPressCodec.Read(CardPress.NameOf(action), data).ShouldBe(new(Id, action, button.Callee, button.Round));
            CardPressCodec.Read(data).ShouldBe(new(Id, action, button.Callee, button.Round));
        }
    }

    [Fact]
    public void The_verbs_are_the_ones_that_old_cards_carry() =>
        Enum.GetValues<CardAction>().Select(CardPress.NameOf).ShouldBe(["dispatch_cancel", "dispatch_skip", "dispatch_take", "dispatch_redispatch", "dispatch_done"]);

    [Theory]
    [InlineData(null, "dispatch=abc234")]
    [InlineData("other", "dispatch=abc234")]
    [InlineData("dispatch_", "dispatch=abc234")]
    [InlineData("dispatch_cancel", "")]
    [InlineData("dispatch_cancel", "dispatch=a b")]
    [InlineData("dispatch_cancel", "dispatch=abc234 callee=x round=1")]
    [InlineData("dispatch_skip", "dispatch=abc234")]
    [InlineData("dispatch_skip", "dispatch=abc234 callee=1")]
    [InlineData("dispatch_skip", "dispatch=abc234 callee=-1 round=1")]
    [InlineData("dispatch_skip", "dispatch=abc234 callee=1 round=99999999999")]
    public void What_is_not_ours_is_no_press(string? verb, string fields)
    {
        // A blank within a value is written as none.
        var data = fields == "dispatch=a b" ? ImmutableDictionary<string, string>.Empty.Add("dispatch", "a b") : fields.Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .ToImmutableDictionary(each => each.Split('=')[0], each => each.Split('=')[1]);
        CardPressCodec.Read(verb, data).ShouldBeNull();
        CardPressCodec.Read(data).ShouldBeNull();
    }
}
