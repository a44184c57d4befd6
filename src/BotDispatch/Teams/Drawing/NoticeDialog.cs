using System.Text.Json.Nodes;
using BotDispatch.Chat;
using BotDispatch.Core;
using BotDispatch.Teams.Inbound;

namespace BotDispatch.Teams.Drawing;

/// <summary>Draws text in the place of a dialog, with buttons to go on.</summary>
internal static class NoticeDialog
{
    const int Most = 8000;

    /// <summary>Draws the text and one button for each way to go on.</summary>
    public static JsonObject Of(Surface surface, string text, params IEnumerable<(string Title, JsonObject Data)> ways) =>
        DialogParts.Card(DialogParts.Lines(text, Most), ways.Select(way => DialogParts.Button(surface, way.Title, way.Data)));
}

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

/// <summary>
/// Draws the answer to a command that needs the dialog. Teams cannot open a dialog after a message, so a button opens it. For clients
/// without dialogs, a second button shows the form in this card's place, for the person who presses only.
/// </summary>
internal static class ChoosePeopleView
{
    const string Choose = "choose whom to phone";

    /// <summary>One line of plain text for a notification.</summary>
    public static string Summary(Ticket ticket) => $"{TeamsText.Inert(CardView.TicketName(ticket), 150)}: {Choose}";

    /// <summary>Draws the card. <paramref name="request"/> is protected; <paramref name="notice"/> is the dialog's notice.</summary>
    public static JsonObject Of(Ticket ticket, string request, string? notice = null)
    {
        var card = Draw(ticket, request, notice);
        card["fallbackText"] = $"{TeamsText.Markdown(CardView.TicketName(ticket), 300)}: {Choose}. Nobody is phoned before that.";
        return card;
    }

    static JsonObject Draw(Ticket ticket, string request, string? notice) => DialogParts.Card(
        [
            .. DialogParts.Lines(PlainWords.Sentence(CardView.TicketName(ticket)), 500, isBold: true),
            .. DialogParts.Lines(notice is null ? "" : ReplyText.ToMend([notice]), 500, isSmall: true),
            .. DialogParts.Lines("Choose whom to phone. Nobody is phoned before that.", 200, isSmall: true),
        ],
        [
            DialogParts.Opener("Choose people", DialogData.Button(DialogIntent.Open, request)),
            DialogParts.Button(Surface.Card, "Choose here", DialogData.Button(DialogIntent.Open, request)),
        ]);
}
