using System.Collections.Immutable;
using System.Text.Json.Nodes;
using BotDispatch.Chat;
using BotDispatch.Slack.Drawing;
using BotDispatch.Teams.Drawing;
using BotDispatch.Teams.Inbound;
using BotDispatch.Tests.Adapters;

namespace BotDispatch.Tests.Chat;

/// <summary>What a dialog shows of a call before it is made.</summary>
public sealed class PreviewTests
{
    const string Spoken = "Hello. Lift 2 is stuck. The rest of the text has been left out. Press 1 to accept. Press 2 to reject.";

    static readonly DispatchForm Form = new(
        "f", new("INC-1042", "Lift 2 is stuck"), null, [new(new("ann"), "Ann", "en-GB", null, Spoken, "The guard has the key")], [new("ann")], null, new(2026, 11, 29, 12, 0, 0, TimeSpan.Zero), []);

    [Fact]
    public void Slack_shows_what_is_not_spoken_below_what_is()
    {
        var drawn = Drawn(FormView.Of(Form, DialogContext.Of(Form, new("slack", "T1/C0OPS"))).AsObject());
        drawn.ShouldContain("Press 1 to accept. Press 2 to reject.");
        drawn.ShouldContain("Not spoken, because it is too long:* The guard has the key");
        drawn.ShouldContain("At most 500 characters");
        Drawn(FormView.Of(Short, DialogContext.Of(Short, new("slack", "T1/C0OPS"))).AsObject()).ShouldNotContain("Not spoken, because");
    }

    [Fact]
    public void Teams_shows_what_is_not_spoken_below_what_is()
    {
        var setting = new DialogSetting(Surface.Dialog, "kept", ConversationKind.Channel, ImmutableDictionary<string, string>.Empty);
        var drawn = Drawn(DispatchDialog.Of(Form, setting).AsObject());
        drawn.ShouldContain("Press 1 to accept. Press 2 to reject.");
        drawn.ShouldContain("Not spoken, because it is too long: The guard has the key");
        drawn.ShouldContain("at most 500 characters");
        Drawn(DispatchDialog.Of(Short, setting).AsObject()).ShouldNotContain("Not spoken, because");
    }

    static DispatchForm Short => Form with { People = [Form.People[0] with { NotSpoken = "" }] };

    static string Drawn(JsonObject view) => view.ToJsonString(new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
}
