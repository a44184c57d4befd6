using System.Text.Json.Nodes;
using BotDispatch.Teams.Inbound;

namespace BotDispatch.Teams.Drawing;

/// <summary>Asks what is to be dispatched, and says where its card will stand, for whoever begins without a subject. What is answered goes on to the dialog.</summary>
internal static class AskDialog
{
    public const string Title = "Dispatch";

    /// <summary>The dialog; <paramref name="error"/> stands above the field with what was typed.</summary>
    public static JsonObject Of(Surface surface, ConversationKind place, string typed = "", string? error = null) => DialogParts.Card(
        [
            .. error is null ? [] : DialogParts.Lines(error, 1000, colour: "Attention"),
            new()
            {
                ["type"] = "Input.Text", ["id"] = DialogData.WhatField, ["label"] = "What needs to be done?", ["placeholder"] = "INC-1042", ["maxLength"] = 1500, ["value"] = typed,
            },
            .. DialogParts.Lines("A ticket, like INC-1042, or words, like Lift 2 is stuck. @name picks people; the words after note: are spoken too.", 200, isSmall: true),
            .. DialogParts.Lines(place is ConversationKind.Channel ? "Its card and thread will appear in this channel." : "Its card will appear in this chat.", 200, isSmall: true),
        ],
        [DialogParts.Button(surface, "Next", DialogData.Button(DialogIntent.Next, ""), isMain: true)]);
}
