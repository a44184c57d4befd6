using System.Text.Json.Nodes;
using BotDispatch.Teams.Inbound;

namespace BotDispatch.Teams.Drawing;

/// <summary>
/// Draws the dialog that asks what to dispatch and says where the card will appear, for a person who starts without a subject. The answer
/// opens the dispatch dialog.
/// </summary>
internal static class AskDialog
{
    public const string Title = "Dispatch";

    /// <summary>Draws the dialog. <paramref name="error"/> stands above the field, which keeps the typed text.</summary>
    public static JsonObject Of(Surface surface, ConversationKind place, string typed = "", string? error = null) => DialogParts.Card(
        [
            .. error is null ? [] : DialogParts.Lines(error, 1000, colour: "Attention"),
            new()
            {
                ["type"] = "Input.Text",
                ["id"] = DialogData.WhatField,
                ["label"] = "What needs to be done?",
                ["placeholder"] = "INC-1042",
                ["maxLength"] = 1500,
                ["value"] = typed,
            },
            .. DialogParts.Lines(
                "A ticket, like INC-1042, or words, like Lift 2 is stuck. @name picks people; the words after note: are spoken too.",
                200, isSmall: true),
            .. DialogParts.Lines(
                place is ConversationKind.Channel
                    ? "Its card and thread will appear in this channel."
                    : "Its card will appear in this chat.",
                200, isSmall: true),
        ],
        [DialogParts.Button(surface, "Next", DialogData.Button(DialogIntent.Next, ""), isMain: true)]);
}
