using System.Text.Json.Nodes;

namespace BotDispatch.Slack.Drawing;

/// <summary>
/// Draws the view that asks what to dispatch and in which channel, for a person who starts outside a channel. The answer opens the dialog.
/// </summary>
internal static class AskView
{
    public const string CallbackId = "dispatch_ask";
    public const string WhatBlock = "what";
    public const string WhatAction = "what_text";
    public const string WhereBlock = "where";
    public const string WhereAction = "where_channel";

    /// <summary>Draws the view.</summary>
    public static JsonObject Draw() => Blocks.Of(
        ("type", "modal"), ("callback_id", CallbackId), ("title", Blocks.Plain("Dispatch", 24)),
        ("submit", Blocks.Plain("Next", 24)), ("close", Blocks.Plain("Close", 24)),
        ("blocks", new JsonArray(
            Blocks.Input(WhatBlock, "What needs to be done?", Blocks.Of(
                ("type", "plain_text_input"), ("action_id", WhatAction), ("max_length", 1500),
                ("placeholder", Blocks.Plain("INC-1042", 150))),
                hint: "A ticket, like INC-1042, or words, like Lift 2 is stuck. @name picks people; the words after note: are spoken too."),
            Blocks.Input(WhereBlock, "Where should its card and thread go?", Blocks.Of(
                ("type", "conversations_select"), ("action_id", WhereAction), ("default_to_current_conversation", true),
                ("filter", Blocks.Of(("include", new JsonArray("public", "private"))))),
                hint: "Without a channel: in your direct messages with this app.", isOptional: true))));
}
