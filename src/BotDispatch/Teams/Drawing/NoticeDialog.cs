using BotDispatch.Chat;
using BotDispatch.Core;
using BotDispatch.Http;
using BotDispatch.Teams.Inbound;

namespace BotDispatch.Teams.Drawing;

/// <summary>Draws text in the place of a dialog, with buttons to go on.</summary>
internal static class NoticeDialog
{
    const int Most = 8000;

    /// <summary>Draws the text and one button for each way to go on.</summary>
    public static WriteJson Of(Surface surface, string text, params IReadOnlyCollection<(string Title, WriteJson Data)> ways) => json =>
    {
        json.StartDialog();
        json.WriteLines(text, Most);
        if (ways.Count > 0)
        {
            json.StartLastButtons();
            foreach (var (title, data) in ways)
                json.WriteButton(surface, title, data);
            json.EndParts();
        }
        json.EndDialog();
    };
}

/// <summary>
/// Draws the dialog that asks what to dispatch and says where the card will appear, for a person who starts without a subject. The answer
/// opens the dispatch dialog.
/// </summary>
internal static class AskDialog
{
    public const string Title = "Dispatch";

    /// <summary>Draws the dialog. <paramref name="error"/> stands above the field, which keeps the typed text.</summary>
    public static WriteJson Of(Surface surface, ConversationKind place, string typed = "", string? error = null) => json =>
    {
        json.StartDialog();
        if (error is not null)
            json.WriteLines(error, 1000, colour: "Attention");
        json.StartField("Input.Text"u8, DialogData.WhatField, "What needs to be done?");
        json.WriteString("placeholder"u8, "INC-1042"u8);
        json.WriteNumber("maxLength"u8, 1500);
        json.WriteString("value"u8, typed);
        json.WriteEndObject();
        json.WriteLines(
            "A ticket, like INC-1042, or words, like Lift 2 is stuck. @name picks people; the words after note: are spoken too.",
            200, isSmall: true);
        json.WriteLines(
            place is ConversationKind.Channel
                ? "Its card and thread will appear in this channel."
                : "Its card will appear in this chat.",
            200, isSmall: true);
        json.StartLastButtons();
        json.WriteButton(surface, "Next", DialogData.Button(DialogIntent.Next, ""), isMain: true);
        json.EndParts();
        json.EndDialog();
    };
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
    public static WriteJson Of(Ticket ticket, string request, string? notice = null) => json =>
    {
        var name = CardView.TicketName(ticket);
        json.StartDialog($"{TeamsText.Markdown(name, 300)}: {Choose}. Nobody is phoned before that.");
        json.WriteLines(PlainWords.Sentence(name), 500, isBold: true);
        if (notice is not null)
            json.WriteLines(ReplyText.ToMend([notice]), 500, isSmall: true);
        json.WriteLines("Choose whom to phone. Nobody is phoned before that.", 200, isSmall: true);
        json.StartLastButtons();
        json.WriteOpener("Choose people", request);
        json.WriteButton(Surface.Card, "Choose here", DialogData.Button(DialogIntent.Open, request));
        json.EndParts();
        json.EndDialog();
    };
}
