using System.Text.Json.Nodes;

namespace BotDispatch.Slack.Drawing;

/// <summary>Asks what is to be dispatched and where it is to stand, for whoever begins in no channel. What is answered goes on to the dialog.</summary>
internal static class AskView
{
    public const string CallbackId = "dispatch_ask";
    public const string WhatBlock = "what";
    public const string WhatAction = "what_text";
    public const string WhereBlock = "where";
    public const string WhereAction = "where_channel";

    /// <summary>The view.</summary>
    public static JsonObject Draw() => Blocks.Of(
        ("type", "modal"), ("callback_id", CallbackId), ("title", Blocks.Plain("Dispatch", 24)), ("submit", Blocks.Plain("Next", 24)), ("close", Blocks.Plain("Close", 24)),
        ("blocks", new JsonArray(
            Blocks.Input(WhatBlock, "What is to be done?", Blocks.Of(
                ("type", "plain_text_input"), ("action_id", WhatAction), ("max_length", 1500), ("placeholder", Blocks.Plain("INC-1042", 150))),
                hint: "A ticket, as INC-1042, or words, as Lift 2 is stuck. @name picks people, and what follows note: is spoken as well."),
            Blocks.Input(WhereBlock, "Where should its card and thread stand?", Blocks.Of(
                ("type", "conversations_select"), ("action_id", WhereAction), ("default_to_current_conversation", true),
                ("filter", Blocks.Of(("include", new JsonArray("public", "private"))))),
                hint: "Without a channel: in your direct messages with this app.", isOptional: true))));
}
